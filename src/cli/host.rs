//! `tyk-tui host`.

use super::Answer;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args) -> Result<Answer, Problem> {
    Err(Problem::failed("not built yet"))
}
