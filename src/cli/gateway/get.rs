//! `gateway get`.

use crate::cli::Answer;
use crate::cli::server::{Connected, get};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    common: get::Common,
    /// As it is in force, classic: an OAS API's projection too, with the hooks of the bundle that was loaded.
    #[arg(long)]
    loaded: bool,
}

impl Args {
    pub(super) fn json(&self) -> bool {
        self.common.json
    }
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    if args.loaded {
        get::loaded(&args.common, connected)
    } else {
        get::run(&args.common, connected)
    }
}
