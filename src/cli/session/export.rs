//! `tyk-tui session export`.

use std::path::PathBuf;

use super::named;
use crate::capture::{Seen, line};
use crate::cli::serve::filter;
use crate::cli::{Answer, output};
use crate::config::{Chosen, Sources};
use crate::domain::task::Problem;
use crate::flows::session::Played;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A session by name, or a file [default: the newest].
    session: Option<PathBuf>,
    /// Only what this filter means, as in the console's list.
    #[arg(long, value_name = "EXPR")]
    filter: Option<String>,
    /// Print secrets as they are.
    #[arg(long)]
    show_secrets: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let filter = args.filter.as_deref().map(filter).transpose()?;
    let path = named(args.session.as_deref())?;
    let settings = crate::config::load(&Sources::here(Chosen::default())?)?.settings;
    let view = crate::capture::view(&settings.redact, args.show_secrets)?;
    for record in Played::open(&path, view.clone())? {
        let record = record?;
        if filter.as_ref().is_none_or(|filter| filter.matches(&Seen::new(&record, &*view))) {
            output::line(line::to_json(&record, &*view))?;
        }
    }
    Ok(Answer::Yes)
}
