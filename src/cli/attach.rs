//! `tyk-tui attach`.

use std::path::PathBuf;

use super::Answer;
use super::session::folder;
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::session;
use crate::tui;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A session by name, or a file [default: the newest].
    session: Option<PathBuf>,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let named = args.session.as_deref();
    let path = session::find(&folder(named)?, named)?;
    tui::attach(chosen, session::Opened::new(&path)?)?;
    Ok(Answer::Yes)
}
