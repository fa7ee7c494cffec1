//! `tyk-tui completions`.

use clap::CommandFactory as _;

use super::{Answer, Cli, output};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell.
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tyk-tui", &mut script);
    output::bytes(&script)?;
    Ok(Answer::Yes)
}
