//! `target push`.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::Which;
use super::chosen::Place;
use crate::cli::{Answer, output, progress};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::target::name_of;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle.
    file: PathBuf,
    /// Its name before the hash [default: the file's where it is NAME-HASH.zip, else the project's].
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    pub(super) which: Which,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let place = Place::of(chosen)?;
    let target = place.target_to_change(&args.which, "push a bundle")?;
    let name = name_of(&args.file, args.name.as_deref(), &place.settings, &place.folder)?;
    let (pushed, doubt) = progress::work(async |tell, cancel| {
        let told = Arc::new(move |progress| tell("pushing", progress));
        let pushed = target.push(&args.file, &name, told, &cancel).await?;
        let doubt = target.doubt(&pushed).await;
        Ok((pushed, doubt))
    })?;
    if let Some(doubt) = doubt {
        output::warning(&Problem::no(doubt).help("tyk-tui s3 check says more"));
    }
    if args.which.json {
        output::line(json!({
            "target": target.name(),
            "id": pushed.id,
            "bundle": pushed.bundle,
            "already_there": pushed.already_there,
            "url": pushed.url,
        }))?;
        return Ok(Answer::Yes);
    }
    if pushed.already_there {
        output::notice("the same content is there already");
    }
    output::line(output::printable(&pushed.bundle))?;
    if let Some(url) = &pushed.url {
        output::notice(format_args!("a Gateway finds it at {url}"));
    }
    Ok(Answer::Yes)
}
