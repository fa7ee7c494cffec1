//! `tyk-tui man`.

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::{Answer, Cli, output};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The page of this command, such as `build` or `config show`.
    #[arg(value_name = "COMMAND", num_args = 0..)]
    command: Vec<String>,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    // No page for `help`, which only says what the pages say; built, so that global flags are in each page.
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let mut command = &root;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            Problem::usage(format!("there is no command `{name}`"))
                .help(format!("known: {}", known.join(", ")))
        })?;
    }
    let mut page = Vec::new();
    Man::new(command.clone())
        .source(concat!("tyk-tui ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .map_err(|error| Problem::failed(format!("cannot write the page: {error}")))?;
    output::bytes(&page)?;
    Ok(Answer::Yes)
}
