//! `tyk-tui demo`.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::time::Duration;

use super::{Answer, output};
use crate::capture::line;
use crate::config::Redact;
use crate::domain::task::Problem;
use crate::flows::demo;
use crate::flows::serve::Entry;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print each Dispatch as one JSON object a line, as `serve --json` does, instead of opening the console.
    #[arg(long)]
    pub(super) headless: bool,
    /// End after so many seconds [default: when a signal comes].
    #[arg(long, value_name = "N", requires = "headless", value_parser = seconds)]
    seconds: Option<Duration>,
    /// Print secrets as they are.
    #[arg(long, requires = "headless")]
    show_secrets: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    if args.headless {
        return headless(args);
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Problem::usage("the demo's console needs a terminal")
            .help("`tyk-tui demo --headless` prints its traffic as lines of JSON instead"));
    }
    Err(Problem::failed("not built yet"))
}

fn headless(args: &Args) -> Result<Answer, Problem> {
    let view = crate::capture::view(&Redact::default(), args.show_secrets)?;
    let shown = Arc::clone(&view);
    let json = move |entry: &Entry<'_>| match entry {
        Entry::Record(record) => line::to_json(record, &*shown).to_string(),
        Entry::Dropped { seq, count } => line::dropped(*seq, *count).to_string(),
    };
    let notice = |text: &str| output::notice(text);
    demo::headless(args.seconds, view, std::io::stdout(), json, notice)?;
    Ok(Answer::Yes)
}

/// A length of time: `2`, `0.5`.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "a number of seconds is needed".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
