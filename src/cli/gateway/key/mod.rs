//! `gateway key`: keys are secrets, so each is shown whole once, where it is made, and by its end everywhere else.

mod create;
mod delete;
mod leftovers;
mod list;
mod meant;
mod shown;

use crate::cli::Answer;
use crate::cli::server::Connected;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a key for one API, for a test: it ends in an hour. The key is printed, once.
    Create(create::Args),
    /// Show what a key may do.
    Get(list::Get),
    /// List keys, by their ends.
    List(list::List),
    /// Delete a key; asks first.
    Delete(delete::Args),
    /// Find live keys that sessions of auth plugins left behind, and revoke them.
    #[command(long_about = leftovers::ABOUT)]
    Leftovers(leftovers::Args),
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::Create(args) => args.json,
            Command::Get(args) => args.json,
            Command::List(args) => args.json,
            Command::Delete(args) => args.json,
            Command::Leftovers(args) => args.json,
        }
    }
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    match &args.command {
        Command::Create(it) => create::run(it, connected),
        Command::Get(it) => list::get(it, connected),
        Command::List(it) => list::list(it, connected),
        Command::Delete(it) => delete::run(it, connected),
        Command::Leftovers(it) => leftovers::run(it, connected),
    }
}

/// What is said while the Gateway is asked for all its keys.
const WAITS: &str = "the Gateway is asked for each of its keys";
