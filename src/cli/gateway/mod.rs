//! `tyk-tui gateway`: a Gateway by its control API. How it is, its APIs, reloads, a trial without a deployment, keys.

mod debug;
mod delete;
mod get;
mod hello;
mod key;
mod put;
mod reload;

use super::Answer;
use super::server::{Place, apis};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::remote::Keeper;

pub(super) const ABOUT: &str = "A Gateway, by its control API.

Its secret (`secret` of its tyk.conf) is in the variable TYK_GW_SECRET, or where the profile says \
(`[use.NAME.gateway]`); no flag takes it, and it follows no redirect. With a --url that is not the profile's, the \
variable's alone is sent.";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say how it is: its release, whether it is ready, what it needs and whether that is there.
    Hello(hello::Args),
    /// List the APIs that it has loaded, classic and OAS.
    Apis(apis::Args),
    /// Print an API as the Gateway keeps it.
    Get(get::Args),
    /// Create or replace an API, and say what differs from what is deployed.
    Put(put::Args),
    /// Take an API away; asks first.
    Delete(delete::Args),
    /// Have it load its APIs anew, and wait until it has.
    Reload(reload::Args),
    /// Try a definition with a request, undeployed: the response, and what each middleware did.
    #[command(long_about = debug::ABOUT)]
    Debug(debug::Args),
    /// Make, list and delete keys; find those that sessions of plugins left behind.
    Key(key::Args),
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::Hello(args) => args.json,
            Command::Apis(args) => args.json,
            Command::Get(args) => args.json(),
            Command::Put(args) => args.json(),
            Command::Delete(args) => args.json,
            Command::Reload(args) => args.json,
            Command::Debug(args) => args.json,
            Command::Key(args) => args.json(),
        }
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let connected = args.place.connect(Keeper::Gateway, chosen)?;
    match &args.command {
        Command::Hello(it) => hello::run(it, &connected),
        Command::Apis(it) => apis::run(it, &connected),
        Command::Get(it) => get::run(it, &connected),
        Command::Put(it) => put::run(it, &connected),
        Command::Delete(it) => delete::run(it, &connected),
        Command::Reload(it) => reload::run(it, &connected),
        Command::Debug(it) => debug::run(it, &connected),
        Command::Key(it) => key::run(it, &connected),
    }
}
