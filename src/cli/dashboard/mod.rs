//! `tyk-tui dashboard`: a Dashboard's APIs. Written from its public swagger, and not run against one.

use super::Answer;
use super::server::{self, Place, apis, get, put};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::remote::Keeper;

pub(super) const ABOUT: &str = "A Dashboard's APIs: those of a user, whose API key is in the variable TYK_DB_KEY, or where the \
profile says (`[use.NAME.dashboard]`).

These commands are written from the Dashboard's public description of its API (swagger), and were not run against a \
real Dashboard: look at what `put --dry-run` says first.";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List its APIs, classic and OAS.
    Apis(apis::Args),
    /// Print an API: a classic one in the Dashboard's wrapper, with the database's id.
    Get(get::Common),
    /// Create or replace an API, and say what differs from what is there.
    Put(put::Common),
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::Apis(args) => args.json,
            Command::Get(args) => args.json,
            Command::Put(args) => args.json,
        }
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let connected: server::Connected = args.place.connect(Keeper::Dashboard, chosen)?;
    match &args.command {
        Command::Apis(it) => apis::run(it, &connected),
        Command::Get(it) => get::run(it, &connected),
        Command::Put(it) => {
            if it.writes() {
                connected.settings.writes_outside("change an API")?;
            }
            put::run(it, false, &connected)
        }
    }
}
