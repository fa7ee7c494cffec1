//! `s3 check`.

use serde_json::json;

use super::connection::{self, Place};
use crate::cli::{Answer, output, runtime};
use crate::domain::conf::bundle_url;
use crate::domain::task::{Problem, size};
use crate::flows::s3::check;
use crate::services::s3::Location;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle: `s3://BUCKET/KEY`.
    at: Location,
    /// The Gateway's `bundle_base_url`, where it is another than the bucket's own address: a CDN's. The key's last part is the
    /// bundle's name.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Answer, Problem> {
    let key = connection::object(&args.at)?;
    let (folder, name) = key.rsplit_once('/').unwrap_or(("", key));
    let base = match &args.base_url {
        Some(base) => base.clone(),
        None => place.store(&args.at)?.url(folder).map_err(|error| error.problem())?.into(),
    };
    let url = bundle_url(&base, name).map_err(|error| {
        Problem::usage(format!("a Gateway makes no URL of this: {error}"))
            .at(base)
            .help("give --base-url as in https://cdn.example.org/plugins/")
    })?;
    let meets = runtime::block_on(check(&url, place.is_insecure()))??;
    if args.json {
        output::line(json!({
            "url": meets.url,
            "readable": meets.fails.is_none(),
            "status": meets.status,
            "redirected": meets.redirected,
            "bytes": meets.bytes,
            "took_ms": u64::try_from(meets.took.as_millis()).unwrap_or(u64::MAX),
            "why": meets.fails.as_ref().map(|problem| &problem.what),
            "help": meets.fails.as_ref().and_then(|problem| problem.help.as_ref()),
            "note": meets.note,
        }))?;
    } else if let Some(problem) = &meets.fails {
        output::problem(problem, false);
    } else {
        let (bytes, took) = (size(meets.bytes), meets.took);
        output::line(output::printable(&format!("{}  {bytes} in {took:.1?}", meets.url)))?;
        output::notice("a Gateway gets it, and it is sound");
        meets.note.iter().for_each(output::notice);
    }
    Ok(if meets.fails.is_none() { Answer::Yes } else { Answer::No })
}
