//! `tyk-tui s3`: bundles in a bucket, with the AWS CLI's flags.

mod check;
mod connection;
mod delete;
mod fetch;
mod list;
mod policy;
mod presign;
mod push;

use super::Answer;
use crate::config::Chosen;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: connection::Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Verify a bundle and push it under a name with a hash of its content; it is fetched again to see that it is there.
    Push(push::Args),
    /// List what is there.
    List(list::Args),
    /// Fetch a bundle into a file, which is there only once it was verified.
    Fetch(fetch::Args),
    /// Delete a bundle.
    Delete(delete::Args),
    /// Print a link that fetches a bundle without credentials until it expires.
    ///
    /// For people and scripts: a Gateway cannot use it, as a bundle's name cannot hold a query.
    Presign(presign::Args),
    /// Print the least IAM policy for what these commands do, or for what mserv does.
    Policy(policy::Args),
    /// Say what a Gateway meets where it looks for a bundle: it asks without credentials, once, for 5 s.
    Check(check::Args),
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::Push(args) => args.json,
            Command::List(args) => args.json,
            Command::Fetch(args) => args.json,
            Command::Delete(args) => args.json,
            Command::Presign(args) => args.json,
            Command::Policy(args) => args.json,
            Command::Check(args) => args.json,
        }
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let place = &args.place;
    match &args.command {
        Command::Push(it) => push::run(it, place, chosen),
        Command::List(it) => list::run(it, place),
        Command::Fetch(it) => fetch::run(it, place),
        Command::Delete(it) => delete::run(it, place, chosen),
        Command::Presign(it) => presign::run(it, place),
        Command::Policy(it) => policy::run(it),
        Command::Check(it) => check::run(it, place),
    }
}
