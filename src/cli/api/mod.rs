//! `tyk-tui api`: what the APIs pane does, without a terminal. Each command changes what it says and no other byte of
//! the file.

mod create;
mod list;
mod opened;
mod remote;
mod rewrite;
mod values;

pub(super) use opened::{open, parse};

use super::Answer;
use crate::config::Chosen;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List API definitions: name, id, kind, listen path, driver, bundle, authentication.
    List(list::Args),
    /// Print a definition, or the value at a path.
    Show(values::Show),
    /// Set the value at a path.
    Set(values::Set),
    /// Remove what is at a path.
    Unset(values::Unset),
    /// Make a definition: the smallest that a Gateway loads, with what plugins need next.
    New(create::Args),
    /// Write a definition that is YAML as JSON.
    Convert(rewrite::Convert),
    /// Give a plain OpenAPI document the `x-tyk-api-gateway` that a Gateway needs.
    Extend(rewrite::Extend),
    /// Write the older plugin form of Tyk OAS (`prePlugin`) as lists (`prePlugins`).
    Upgrade(rewrite::Upgrade),
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::List(args) => args.json,
            Command::Show(args) => args.common.json,
            Command::Set(args) => args.common.json,
            Command::Unset(args) => args.common.json,
            Command::New(args) => args.json,
            Command::Convert(args) => args.common.json,
            Command::Extend(args) => args.common.json,
            Command::Upgrade(args) => args.common.json,
        }
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    match &args.command {
        Command::List(args) => return list::run(args, chosen),
        Command::Show(args) => values::show(args, chosen),
        Command::Set(args) => values::set(args, chosen),
        Command::Unset(args) => values::unset(args, chosen),
        Command::New(args) => create::run(args),
        Command::Convert(args) => rewrite::convert(args, chosen),
        Command::Extend(args) => rewrite::extend(args, chosen),
        Command::Upgrade(args) => rewrite::upgrade(args, chosen),
    }
    .map(|()| Answer::Yes)
}
