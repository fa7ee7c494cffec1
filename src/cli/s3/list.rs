//! `s3 list`.

use serde_json::{Value as Json, json};

use super::connection::Place;
use crate::cli::{Answer, output, runtime, table};
use crate::domain::task::{Problem, size};
use crate::services::s3::{Location, Object};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where: `s3://BUCKET/PREFIX`.
    at: Location,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Answer, Problem> {
    let store = place.store(&args.at)?;
    let objects = runtime::block_on(store.list(&args.at.key))?.map_err(|error| error.problem())?;
    if args.json {
        let objects: Vec<_> = objects.iter().map(as_json).collect();
        output::line(json!({"bucket": args.at.bucket, "objects": objects}))?;
        return Ok(Answer::Yes);
    }
    if objects.is_empty() {
        output::notice(format_args!("{} has nothing", args.at));
    }
    let rows: Vec<_> = objects.iter().map(row).collect();
    table::print(["KEY", "SIZE", "STORED"], &rows)?;
    Ok(Answer::Yes)
}

fn row(object: &Object) -> [String; 3] {
    [
        output::printable(&object.key.replace(['\n', '\t'], " ")).into_owned(),
        size(object.bytes),
        object.at.map(|at| format!("{at:.0}")).unwrap_or_default(),
    ]
}

fn as_json(object: &Object) -> Json {
    json!({
        "key": object.key,
        "bytes": object.bytes,
        "stored": object.at.map(|at| at.to_string()),
        "etag": object.etag,
    })
}
