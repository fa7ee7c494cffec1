//! `tyk-tui verify`.

use super::Answer;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(_args: &Args) -> Result<Answer, Problem> {
    Err(Problem::failed("not built yet"))
}
