//! `s3 fetch`.

use std::path::PathBuf;

use serde_json::json;

use super::connection::{self, Place};
use crate::cli::{Answer, output};
use crate::domain::task::{Problem, size};
use crate::flows::s3::Desk;
use crate::flows::target::file_name;
use crate::services::s3::Location;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle: `s3://BUCKET/KEY`.
    from: Location,
    /// The file to write [default: the last part of the key].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long)]
    force: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Answer, Problem> {
    let key = connection::object(&args.from)?;
    let path = match &args.output {
        Some(path) => path.clone(),
        None => file_name(key)?,
    };
    if path.is_file() && !args.force {
        return Err(Problem::failed("this file is there already")
            .at(path.display())
            .help("give another with -o FILE, or --force to write over it"));
    }
    let got = place.work(&args.from, async |desk: &Desk| desk.fetch(key, &path).await)?;
    got.bundle.warnings.iter().for_each(output::warning);
    let path = got.path.display().to_string();
    if args.json {
        output::line(json!({
            "bucket": args.from.bucket,
            "key": key,
            "path": path,
            "checksum": got.bundle.checksum,
            "bytes": got.bundle.bytes,
        }))?;
    } else {
        let line = format!("{path}  {}  {}", size(got.bundle.bytes), got.bundle.checksum);
        output::line(output::printable(&line))?;
    }
    Ok(Answer::Yes)
}
