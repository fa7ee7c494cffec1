//! `tyk-tui config`.

use super::Answer;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

impl Args {
    pub(super) fn json(&self) -> bool {
        false
    }
}

pub(super) fn run(_args: &Args) -> Result<Answer, Problem> {
    Err(Problem::failed("not built yet"))
}
