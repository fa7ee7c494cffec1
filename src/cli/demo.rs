//! `tyk-tui demo`.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::{Answer, output, runtime, seconds, serve};
use crate::config::Redact;
use crate::domain::task::Problem;
use crate::flows::demo::{self, Pace, Stage, Traffic};
use crate::flows::serve::Entry;
use crate::log;
use crate::services::files::{self, Mode};
use crate::tui::drive::Drive;
use crate::tui::picture::{Paper, svg};
use crate::tui::{self, Console};

/// How long traffic plays before its picture is taken: the strip of calls a second is then as long as it is wide.
const POSED: Duration = Duration::from_secs(20);

/// Rows that are looked through for one to show: more than a request has hooks.
const MOST_UP: usize = 12;

/// What marks the chosen row; tabs have it too, with another sign before them.
const CHOSEN: char = '▌';
const OPENED: char = '▐';

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
    /// Write a picture of the console into this file, as SVG, instead of opening it.
    #[arg(long, value_name = "FILE", conflicts_with = "headless")]
    picture: Option<PathBuf>,
    /// The picture's columns and rows.
    #[arg(long, value_name = "COLUMNSxROWS", requires = "picture", value_parser = size, default_value = "140x36")]
    size: (u16, u16),
    /// The console's theme: ansi, dark, light, contrast, mono [default: ansi, for a picture dark].
    #[arg(long, value_name = "NAME", conflicts_with = "headless")]
    theme: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    match &args.picture {
        Some(file) => picture(args, file)?,
        None if args.headless => headless(args)?,
        None => console(args)?,
    }
    Ok(Answer::Yes)
}

fn headless(args: &Args) -> Result<(), Problem> {
    let view = crate::capture::view(&Redact::default(), args.show_secrets)?;
    let shown = Arc::clone(&view);
    let line = move |entry: &Entry<'_>| serve::json(entry, &*shown);
    let notice = |text: &str| output::notice(text);
    demo::headless(args.seconds, view, std::io::stdout(), line, notice)
}

fn console(args: &Args) -> Result<(), Problem> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Problem::usage("the demo's console needs a terminal")
            .help("`tyk-tui demo --headless` prints its traffic as lines of JSON instead"));
    }
    let stage = Stage::set()?;
    // Nothing of it outlives the demo: the log is what its pane shows.
    let (log, _) = log::start(None);
    let console = opened(&stage, &log, args.theme.as_deref())?;
    let traffic = Traffic::start(&stage.settings().server.listen, Pace::CALM)?;
    let ended = tui::run_with(console);
    drop(traffic);
    ended
}

/// The console of the sample project, which was shipped once.
fn opened(stage: &Stage, log: &log::Log, theme: Option<&str>) -> Result<Console, Problem> {
    let mut loaded = stage.loaded().clone();
    if let Some(theme) = theme {
        theme.clone_into(&mut loaded.settings.ui.theme);
    }
    let mut console = Console::new(loaded, log.ring.clone());
    console.traced = true;
    console.stream_first = true;
    console.problems = stage.stepped_over().into_iter().map(Problem::failed).collect();
    if let Err(failure) = runtime::block_on(demo::ship_once(stage, None))? {
        console.problems.push(failure.into());
    }
    Ok(console)
}

fn picture(args: &Args, file: &Path) -> Result<(), Problem> {
    let theme = args.theme.as_deref().unwrap_or("dark");
    let paper = if theme == "light" { Paper::LIGHT } else { Paper::DARK };
    let stage = Stage::set()?;
    let (log, _) = log::start(None);
    let mut console = opened(&stage, &log, Some(theme))?;
    // A message about this machine's ports is no part of the picture.
    console.problems.clear();
    let (columns, rows) = args.size;
    let drive = Drive::open(console, columns, rows)?;
    let traffic = Traffic::start(&stage.settings().server.listen, Pace::CALM)?;
    output::notice(format_args!("playing traffic for {} seconds", POSED.as_secs()));
    std::thread::sleep(POSED);
    drop(traffic);
    let frame = posed(&drive)?;
    let title = "tyk-tui: the hooks of a Tyk Gateway, live in a terminal";
    files::write(file, svg(&frame, paper, title).as_bytes(), Mode::Shared, "the picture")
}

/// Goes up to a Dispatch that an answer changed, and opens that answer.
fn posed(drive: &Drive) -> Result<ratatui::buffer::Buffer, Problem> {
    let unseen = |screen: String| {
        Problem::failed(format!("the console does not show its traffic:\n{screen}"))
    };
    drive.wait_for(" auth").map_err(unseen)?;
    for _ in 0..MOST_UP {
        // Up first: while the list follows, the newest row may still be another in the next frame.
        let before = drive.text();
        drive.key("up");
        let moved = drive.wait(|screen| chosen(screen) != chosen(&before));
        moved.map_err(unseen)?;
        if chosen(&drive.text())
            .is_some_and(|line| line.contains(" auth") && line.contains(" changed"))
        {
            break;
        }
    }
    drive.key("]");
    drive.wait_for("▐reply▌").map_err(unseen)
}

/// The line of the chosen Dispatch.
fn chosen(screen: &str) -> Option<&str> {
    screen.lines().find(|line| line.contains(CHOSEN) && !line.contains(OPENED))
}

/// `120x36`.
fn size(text: &str) -> Result<(u16, u16), String> {
    text.split_once('x')
        .and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)))
        .filter(|(columns, rows)| (20..=400).contains(columns) && (6..=200).contains(rows))
        .ok_or_else(|| "columns and rows are needed, such as 120x36".to_owned())
}
