//! `tyk-tui serve`.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;

use super::output::cell;
use super::{Answer, output, session};
use crate::capture::{Kind, Row, Seen, line};
use crate::config::{Chosen, Paths, Sources};
use crate::domain::address::Listen;
use crate::domain::effect::Outcome;
use crate::domain::filter::Filter;
use crate::domain::object::View;
use crate::domain::task::{Problem, size};
use crate::flows::control::{self, Hello, Place};
use crate::flows::serve::{self, Entry, Plan, Project, Session};
use crate::log;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct Args {
    /// Where to listen: HOST:PORT or unix:PATH [default: 127.0.0.1:50051].
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Print each Dispatch as one JSON object a line.
    #[arg(long)]
    pub(super) json: bool,
    /// Print secrets as they are.
    #[arg(long)]
    show_secrets: bool,
    /// Answer by the rules of this file instead of the configured ones.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Serve figures for Prometheus under /metrics: calls by hook, outcome and rule, latency, what was dropped.
    #[arg(long, value_name = "ADDR")]
    metrics: Option<Listen>,
    /// Write all of it to the disk, secrets too, for its owner alone: into this file, or a new one of the sessions'
    /// folder (`tyk-tui session list`).
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "clap's shape of a flag that may have a value")]
    record: Option<Option<PathBuf>>,
    /// Print only what this filter means, as in the console's list: hook:pre & status:4xx, body~"x.*y", took>10ms,
    /// | .status == 403 (jq). What was lost is printed in any case.
    #[arg(long, value_name = "EXPR")]
    filter: Option<String>,
    /// End the server of this project that runs, a console's own too: the one of --listen, or the only one.
    #[arg(long, conflicts_with_all = ["rules", "metrics", "record", "filter", "json"])]
    stop: bool,
    /// Take the listening socket over that is standard input: a console leaves its server running so.
    #[arg(long, hide = true)]
    take_over: bool,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    // First of all: nothing else has read from it, and a hang-up of the terminal is no end any more.
    let socket = args.take_over.then(control::take_over).transpose()?;
    let filter = args.filter.as_deref().map(filter).transpose()?;
    let sources = Sources::here(chosen)?.flag("server.listen", "--listen", args.listen.as_deref());
    if args.stop {
        return stop(&sources, args.listen.as_deref());
    }
    let loaded = crate::config::load(&sources)?;
    loaded.warnings.iter().for_each(output::warning);
    let paths = sources.paths.as_ref();
    let (log, problem) = log::start(paths.map(Paths::log_file).as_deref());
    problem.iter().for_each(output::warning);
    output::warnings_of(log.ring.clone());
    let view = crate::capture::view(&loaded.settings.redact, args.show_secrets)?;
    let record = match (&args.record, loaded.settings.capture.record) {
        (Some(file), _) => Some(file.clone()),
        (None, true) => Some(None),
        (None, false) => None,
    };
    let record = record.map(|file| -> Result<Session, Problem> {
        let folder = session::folder(file.as_deref())?;
        Ok(Session { file, folder, project: loaded.project_name() })
    });
    let project = Project {
        name: loaded.project_name(),
        folder: loaded.folder.clone(),
        place: paths.map(|paths| Place::of(paths.state(), &loaded.folder)),
    };
    let nobody_reads = socket.is_some();
    let plan = Plan {
        project,
        socket,
        record: record.transpose()?,
        metrics: args.metrics.clone(),
        settings: loaded.settings,
        rules: args.rules.clone(),
        view: Arc::clone(&view),
    };
    let stdout = std::io::stdout();
    let seen = Arc::clone(&view);
    let is_meant = move |entry: &Entry<'_>| match (entry, &filter) {
        _ if nobody_reads => false,
        (Entry::Record(record), Some(filter)) => filter.matches(&Seen::new(record, &*seen)),
        _ => true,
    };
    let notice = |text: &str| output::notice(text);
    if args.json {
        serve::run(
            plan,
            stdout,
            move |entry| is_meant(entry).then(|| json(entry, &*view)),
            notice,
        )?;
    } else {
        let colour =
            stdout.is_terminal() && supports_color::on(supports_color::Stream::Stdout).is_some();
        serve::run(
            plan,
            stdout,
            move |entry| is_meant(entry).then(|| pretty(entry, &*view, colour)),
            notice,
        )?;
    }
    Ok(Answer::Yes)
}

/// Ends the server of this project.
fn stop(sources: &Sources, listen: Option<&str>) -> Result<Answer, Problem> {
    let Some(paths) = &sources.paths else {
        return Err(Problem::failed("there is no state directory, where a server would be found")
            .help("set HOME or XDG_STATE_HOME"));
    };
    let ended = control::stop(&Place::of(paths.state(), &sources.folder), listen)?;
    let of = if ended.console { "of the console, " } else { "" };
    let Hello { address, pid, .. } = &ended;
    output::notice(format_args!("the server at {address} ({of}pid {pid}) has ended"));
    Ok(Answer::Yes)
}

/// A filter over calls as they end: a line is printed then, and not while one is held.
fn filter(text: &str) -> Result<Filter, Problem> {
    Filter::parse_ending(text).map(output::telling).map_err(|error| error.problem(text))
}

/// A line of `--json`.
pub(super) fn json(entry: &Entry<'_>, view: &dyn View) -> String {
    let object = match entry {
        Entry::Record(record) => line::to_json(record, view),
        Entry::Dropped { seq, count } => line::dropped(*seq, *count),
    };
    object.to_string()
}

/// A line for people: columns that stay where they are as long as their text fits.
pub(super) fn pretty(entry: &Entry<'_>, view: &dyn View, colour: bool) -> String {
    let paint = |code: &str, text: &str| {
        if colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    };
    let record = match entry {
        Entry::Record(record) => record,
        Entry::Dropped { seq, count } => {
            return paint("31", &format!("{count} lost, from number {seq} on"));
        }
    };
    let row = &record.row;
    let outcome = outcome(row);
    let ending = match row.outcome {
        Some(Outcome::Failed) => "31",
        Some(Outcome::Refused | Outcome::Overridden) => "33",
        Some(Outcome::Changed) => "36",
        Some(Outcome::Held) => "35",
        Some(Outcome::Passed) | None => "2",
    };
    let event = row.kind == Kind::Event;
    let columns = [
        paint("2", &row.at.strftime("%H:%M:%S%.3f").to_string()),
        format!("{:13}", if event { "event" } else { row.hook.word() }),
        format!("{:20}", cell(&row.name)),
        format!("{:12}", cell(&row.api)),
        format!("{:7}", cell(&row.method)),
        format!("{:40}", cell(&line::path(record, view))),
        paint(ending, &format!("{outcome:14}")),
        format!("{:>8.1} ms", row.took.as_secs_f64() * 1e3),
        format!("{:>10}", size(row.size as u64)),
        cell(row.rule.as_deref().unwrap_or_default()),
        paint("31", &cell(record.error.as_deref().unwrap_or_default())),
    ];
    columns.join("  ").trim_end().to_owned()
}

fn outcome(row: &Row) -> String {
    let word = row.outcome.map_or("", Outcome::word);
    match row.status {
        Some(status) => format!("{word} {status}"),
        None => word.to_owned(),
    }
}
