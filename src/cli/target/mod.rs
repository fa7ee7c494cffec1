//! `tyk-tui target`: the bundles of a target, whatever it is.

mod bundles;
mod chosen;
mod delete;
mod fetch;
mod list;
mod prune;
mod push;

use super::{Answer, output};
use crate::config::Chosen;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the targets of the profile, with how each is.
    List(list::List),
    /// Say whether a target can be used.
    Health(list::Health),
    /// List the bundles of a target, with the APIs that use them.
    Bundles(bundles::Args),
    /// Verify a bundle and push it, under a name with a hash of its content where the target keeps names.
    Push(push::Args),
    /// Fetch a bundle into a file, which is there only once it was verified.
    Fetch(fetch::Args),
    /// Delete a bundle; one that an API uses only with --force.
    Delete(delete::Args),
    /// Show the bundles that no API uses, and with --yes delete them.
    ///
    /// The profile's Gateway and Dashboard are asked, and the project's definitions count too; where one cannot be asked
    /// nothing is deleted. A Gateway does not list the APIs whose bundle it could not load: look for those first.
    Prune(prune::Args),
}

/// Which target.
#[derive(Debug, clap::Args)]
struct Which {
    /// The target's name [default: the profile's `ship_target`, else `host`, the folder of the bundle host].
    #[arg(long, value_name = "NAME")]
    target: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::List(args) => args.json,
            Command::Health(args) => args.which.json,
            Command::Bundles(args) => args.which.json,
            Command::Push(args) => args.which.json,
            Command::Fetch(args) => args.which.json,
            Command::Delete(args) => args.which.json,
            Command::Prune(args) => args.which.json,
        }
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    match &args.command {
        Command::List(args) => list::list(args, chosen),
        Command::Health(args) => list::health(args, chosen),
        Command::Bundles(args) => bundles::run(args, chosen),
        Command::Push(args) => push::run(args, chosen),
        Command::Fetch(args) => fetch::run(args, chosen),
        Command::Delete(args) => delete::run(args, chosen),
        Command::Prune(args) => prune::run(args, chosen),
    }
}

/// A name of others in one cell of a table.
fn cell(text: &str) -> String {
    match text {
        "" => "-".to_owned(),
        text => output::printable(&text.replace(['\n', '\t'], " ")).into_owned(),
    }
}
