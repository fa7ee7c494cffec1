//! `s3 presign`.

use std::time::Duration;

use serde_json::json;

use super::connection::{self, Place};
use crate::cli::{Answer, output, runtime};
use crate::domain::task::Problem;
use crate::services::s3::{LONGEST_LINK, Location};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle: `s3://BUCKET/KEY`.
    at: Location,
    /// For how many seconds the link holds; S3 takes 604800 (7 days) at most.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 3600,
        value_parser = clap::value_parser!(u64).range(1..=LONGEST_LINK.as_secs())
    )]
    expires_in: u64,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Answer, Problem> {
    let key = connection::object(&args.at)?;
    let store = place.store(&args.at)?;
    let (credentials, url) = runtime::block_on(async {
        let credentials = store.credentials().await?;
        let url = store.presign(key, Duration::from_secs(args.expires_in)).await?;
        Ok::<_, crate::services::s3::S3Error>((credentials, url))
    })?
    .map_err(|error| error.problem())?;
    if args.json {
        let ends = credentials.expires.map(|at| at.to_string());
        output::line(json!({
            "bucket": args.at.bucket,
            "key": key,
            "url": url.as_str(),
            "expires_in": args.expires_in,
            "credentials_expire": ends,
        }))?;
        return Ok(Answer::Yes);
    }
    output::line(&url)?;
    if let Some(ends) = credentials.expires {
        output::notice(format_args!("the credentials end at {ends:.0}, and the link with them"));
    }
    Ok(Answer::Yes)
}
