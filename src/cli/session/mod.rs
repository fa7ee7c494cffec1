//! `tyk-tui session`: what `serve --record` and the console wrote to the disk.

mod delete;
mod export;
mod list;

use std::path::{Path, PathBuf};

use super::{Answer, output};
use crate::config::Paths;
use crate::domain::filter::Filter;
use crate::domain::task::Problem;
use crate::flows::session;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the sessions that are kept, the newest last.
    List(list::Args),
    /// Print the Dispatches of a session, one JSON object a line, as `serve --json` does.
    Export(export::Args),
    /// Delete a session.
    Delete(delete::Args),
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::List(args) => args.json,
            Command::Export(_) => false,
            Command::Delete(args) => args.json,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    match &args.command {
        Command::List(args) => list::run(args),
        Command::Export(args) => export::run(args),
        Command::Delete(args) => delete::run(args),
    }
}

/// A filter over what was recorded, where rows may be marked, and none is held any more.
pub(super) fn filter(text: &str) -> Result<Filter, Problem> {
    Filter::parse_ended(text).map(output::telling).map_err(|error| error.problem(text))
}

/// What was recorded, by a session's name or a file, which may have lines of JSON: `-` is standard input. The newest session
/// where none is named.
pub(super) fn recorded(session: Option<&Path>) -> Result<PathBuf, Problem> {
    match session {
        Some(path) if path == Path::new("-") => Ok(path.to_owned()),
        session => named(session),
    }
}

/// The session that is meant by a name or a file; the newest where none is.
pub(super) fn named(session: Option<&Path>) -> Result<PathBuf, Problem> {
    session::find(&folder(session)?, session)
}

/// The sessions' folder; one that is recorded into a file of the user's needs none.
pub(super) fn folder(file: Option<&Path>) -> Result<PathBuf, Problem> {
    match Paths::of_user() {
        Ok(paths) => Ok(paths.sessions()),
        Err(_) if file.is_some() => Ok(PathBuf::new()),
        Err(problem) => Err(problem),
    }
}
