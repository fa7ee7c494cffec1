//! `s3 delete`.

use serde_json::json;

use super::connection::{self, Place};
use crate::cli::{Answer, output};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::s3::Desk;
use crate::services::s3::Location;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle: `s3://BUCKET/KEY`.
    at: Location,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, place: &Place, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    connection::may_write(chosen, "delete a bundle from S3")?;
    let key = connection::object(&args.at)?;
    place.work(&args.at, async |desk: &Desk| desk.delete(key).await)?;
    if args.json {
        output::line(json!({"bucket": args.at.bucket, "key": key, "deleted": true}))?;
    } else {
        output::notice(format_args!("deleted {}", args.at));
    }
    Ok(Answer::Yes)
}
