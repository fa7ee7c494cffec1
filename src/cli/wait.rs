//! `tyk-tui wait`.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Duration;

use super::session::named;
use super::{Answer, output, runtime, seconds, serve};
use crate::capture::Record;
use crate::config::{Chosen, Sources};
use crate::domain::task::{Kind, Problem};
use crate::flows::serve::Entry;
use crate::flows::session::{self, Wish};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which Dispatches: a filter as in the console's list, such as `hook:auth_check & status:403`.
    #[arg(value_name = "FILTER")]
    filter: String,
    /// The session of the server, by name, or a file [default: the newest].
    session: Option<PathBuf>,
    /// How many of them.
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u64).range(1..))]
    count: u64,
    /// Seconds to wait.
    #[arg(long, value_name = "S", default_value = "60", value_parser = seconds)]
    timeout: Duration,
    /// Those that came before do not count.
    #[arg(long)]
    only_new: bool,
    /// Print each as one JSON object a line, as `serve --json` does.
    #[arg(long)]
    pub(super) json: bool,
    /// Print secrets as they are.
    #[arg(long)]
    show_secrets: bool,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let wish =
        Wish { filter: serve::filter(&args.filter)?, count: args.count, only_new: args.only_new };
    let path = named(args.session.as_deref())?;
    let settings = crate::config::load(&Sources::here(chosen)?)?.settings;
    let view = crate::flows::rules::view(&settings, args.show_secrets)?;
    let shown = view.clone();
    let colour = std::io::stdout().is_terminal()
        && supports_color::on(supports_color::Stream::Stdout).is_some();
    let mut came = 0;
    let each = |record: &Record| {
        came += 1;
        let entry = Entry::Record(record);
        output::line(if args.json {
            serve::json(&entry, &*shown)
        } else {
            serve::pretty(&entry, &*shown, colour)
        })
    };
    let ended = runtime::block_on(async {
        let cancel = runtime::cancelled_by_signal()?;
        tokio::select! {
            () = cancel.cancelled() => {
                Err(Problem { kind: Kind::Interrupted, ..Problem::failed("cancelled") })
            }
            waited = tokio::time::timeout(args.timeout, session::wait(&path, &wish, view, each)) => {
                waited.map_or(Ok("in time"), |found| found.map(|_| "before the session ended"))
            }
        }
    })??;
    if came >= args.count {
        return Ok(Answer::Yes);
    }
    output::notice(format_args!("{came} of {} came {ended}", args.count));
    Ok(Answer::No)
}
