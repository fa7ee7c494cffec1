//! `tyk-tui session delete`.

use std::path::PathBuf;

use serde_json::json;

use super::folder;
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::session;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Sessions by name, or files.
    #[arg(required = true, value_name = "SESSION")]
    sessions: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let folder = folder(args.sessions.first().map(PathBuf::as_path))?;
    // All are looked for first, so that a misspelt one deletes none.
    let found = args.sessions.iter().map(|named| session::find(&folder, Some(named)));
    for path in found.collect::<Result<Vec<_>, _>>()? {
        session::delete(&path)?;
        if args.json {
            output::line(json!({ "deleted": path }))?;
        } else {
            output::line(format_args!("deleted {}", output::printable(&path.to_string_lossy())))?;
        }
    }
    Ok(Answer::Yes)
}
