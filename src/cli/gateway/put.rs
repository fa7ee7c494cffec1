//! `gateway put`.

use crate::cli::Answer;
use crate::cli::server::{Connected, put};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    common: put::Common,
    /// Reload the Gateway, and ask whether it serves the API then.
    #[arg(long)]
    reload: bool,
}

impl Args {
    pub(super) fn json(&self) -> bool {
        self.common.json
    }
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    if args.common.writes() {
        connected.settings.writes_outside("change an API")?;
    }
    put::run(&args.common, args.reload, connected)
}
