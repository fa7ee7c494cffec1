//! `tyk-tui wait`.

use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::session::{filter, named};
use super::{Answer, output, runtime, seconds, serve};
use crate::capture::{Noted, Record, Seen, SharedView};
use crate::config::{Chosen, Sources};
use crate::domain::task::{Kind, Problem};
use crate::flows::control::{Place, Watch};
use crate::flows::serve::Entry;
use crate::flows::session::{self, Wish};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which Dispatches: a filter as in the console's list, such as `hook:auth_check & status:403`.
    #[arg(value_name = "FILTER")]
    filter: String,
    /// The session of a server, by name, or a file [default: what the project's server that runs captures, else the newest].
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
    let wish = Wish { filter: filter(&args.filter)?, count: args.count, only_new: args.only_new };
    let sources = Sources::here(chosen)?;
    let settings = crate::config::load(&sources)?.settings;
    let view = crate::flows::rules::view(&settings, args.show_secrets)?;
    let shown = view.clone();
    let colour = std::io::stdout().is_terminal()
        && supports_color::on(supports_color::Stream::Stdout).is_some();
    let mut came = 0;
    let each = |noted: &Noted| {
        came += 1;
        output::line(if args.json {
            noted.to_json(&*shown).to_string()
        } else {
            serve::pretty(&Entry::Record(&noted.record), &*shown, colour)
        })
    };
    let ended = runtime::block_on(async {
        let cancel = runtime::cancelled_by_signal()?;
        let waiting = async {
            let server = match (&args.session, &sources.paths) {
                (None, Some(paths)) => {
                    let place = Place::of(paths.state(), &sources.folder);
                    Watch::find(&place, &settings.server.listen).await?
                }
                _ => None,
            };
            wait(args, &wish, server, view, each).await
        };
        tokio::select! {
            () = cancel.cancelled() => {
                Err(Problem { kind: Kind::Interrupted, ..Problem::failed("cancelled") })
            }
            waited = tokio::time::timeout(args.timeout, waiting) => waited.unwrap_or(Ok("in time")),
        }
    })??;
    if came >= args.count {
        return Ok(Answer::Yes);
    }
    output::notice(format_args!("{came} of {} came {ended}", args.count));
    Ok(Answer::No)
}

/// Until there were enough; else what ended first. Without a session by name, the project's server that runs is meant: its session,
/// which has all from its beginning, or, where it writes none, what it has in memory and what comes.
async fn wait(
    args: &Args,
    wish: &Wish,
    server: Option<Watch>,
    view: SharedView,
    mut each: impl FnMut(&Noted) -> Result<(), Problem>,
) -> Result<&'static str, Problem> {
    let of_session = "before the session ended";
    let Some(server) = server else {
        let path = named(args.session.as_deref()).map_err(|problem| match args.session {
            None => problem.help(
                "no server of this project runs, either: start one, `tyk-tui serve` or a console",
            ),
            Some(_) => problem,
        })?;
        return session::wait(&path, wish, view, each).await.map(|_| of_session);
    };
    if let Some(path) = &server.hello().session {
        return session::wait(path, wish, view, each).await.map(|_| of_session);
    }
    // What nobody keeps is marked in consoles alone.
    serve::filter(&args.filter)?;
    let most = if wish.only_new { 0 } else { u64::MAX };
    let (seen, mut found) = (Arc::clone(&view), 0);
    let meant = |record: &Record| {
        if !wish.filter.matches(&Seen::new(record, &*seen)) {
            return Ok(ControlFlow::Continue(()));
        }
        each(&Noted { record: record.clone(), note: None })?;
        found += 1;
        Ok(if found >= wish.count { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    server.records(most, view, meant).await.map(|()| "before the server ended")
}
