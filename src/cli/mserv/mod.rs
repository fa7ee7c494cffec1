//! `tyk-tui mserv`: what mservctl does, with its flags and its table. What is wrong is an exit code, and each bundle is
//! verified.

mod connection;
mod delete;
mod download;
mod health;
mod list;
mod push;
mod table;
mod update;

use std::path::PathBuf;

use super::{Answer, output};
use crate::config::{self, Chosen, Sources};
use crate::domain::task::Problem;
use crate::services::bundle::keys::PublicKey;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    connection: connection::Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Verify a bundle and push it under a new id, by which a Gateway downloads it.
    Push(push::Args),
    /// Replace a bundle under its id: a trial is pushed, downloaded and verified first.
    Update(update::Args),
    /// List the bundles.
    List(list::List),
    /// Show what mserv says of a bundle.
    Fetch(list::Fetch),
    /// Delete a bundle.
    Delete(delete::Args),
    /// Download a bundle and verify it.
    Download(download::Args),
    /// Say whether mserv is there.
    Health(health::Args),
}

/// Whose signature a bundle has to have.
#[derive(Debug, clap::Args)]
struct Signed {
    /// Refuse a bundle that is not signed by the owner of this key: the Gateway's `public_key_path`.
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
}

impl Signed {
    fn key(&self) -> Result<Option<PublicKey>, Problem> {
        let load = |path: &PathBuf| PublicKey::load(path).map_err(|error| error.problem(path));
        self.public_key.as_ref().map(load).transpose()
    }
}

impl Command {
    fn writes(&self) -> bool {
        matches!(self, Self::Push(_) | Self::Update(_) | Self::Delete(_))
    }
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::Push(args) => args.json,
            Command::Update(args) => args.json,
            Command::List(args) => args.json,
            Command::Fetch(args) => args.json,
            Command::Delete(args) => args.json,
            Command::Download(args) => args.json,
            Command::Health(args) => args.json,
        }
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    if args.command.writes() {
        let loaded = config::load_safe(&Sources::here(chosen)?)?;
        loaded.settings.writes_outside("change what is on mserv")?;
    }
    let connect = || connection::Connection::of(&args.connection);
    match &args.command {
        Command::Push(it) => push::run(it, connect),
        Command::Update(it) => update::run(it, connect),
        Command::List(it) => list::list(it, &connect()?),
        Command::Fetch(it) => list::fetch(it, &connect()?),
        Command::Delete(it) => delete::run(it, &connect()?),
        Command::Download(it) => download::run(it, &connect()?),
        Command::Health(it) => health::run(it, &connect()?),
    }
}

/// A result line as mservctl has it: on stderr, without a prefix.
fn result(what: &str, id: &str, json: bool) {
    if !json {
        output::remark(format_args!("Middleware {what} successfully, ID: {id}"));
    }
}
