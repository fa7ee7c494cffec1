//! `tyk-tui attach`.

use std::path::PathBuf;

use super::session::named;
use super::{Answer, output};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::session::Opened;
use crate::tui;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A session by name, or a file [default: the newest].
    session: Option<PathBuf>,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let path = named(args.session.as_deref())?;
    let words = tui::attach(chosen, Opened::new(&path)?)?;
    words.iter().for_each(output::notice);
    Ok(Answer::Yes)
}
