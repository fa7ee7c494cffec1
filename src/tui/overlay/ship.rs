//! Ship: its steps, from lint to the Gateway that runs the bundle, or back.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::domain::lint::Finding;
use crate::domain::task::{Problem, Progress, Severity, State, Step};
use crate::flows::ship::{Failure, RolledBack, STEPS, Shipped, aftermath};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// Cells of a progress bar.
const BAR: u64 = 18;

/// The ship under way, or the last one.
#[derive(Default)]
pub(crate) struct Ship {
    /// Where its steps stand.
    pub(crate) steps: Vec<Step>,
    /// It has not ended yet.
    pub(crate) under_way: bool,
    /// Why it ended, where it failed.
    pub(crate) failure: Option<Failure>,
    /// What was shipped last.
    pub(crate) last: Option<Shipped>,
    /// What was taken back last, where that is what this is about.
    pub(crate) back: Option<RolledBack>,
    /// What will be done, while it asks.
    pub(crate) outline: Vec<String>,
    /// The console ends with it.
    pub(crate) quits: bool,
    /// The path that is asked for in the end, where that is wished.
    pub(crate) probe: Option<String>,
    /// It takes back the one before.
    is_back: bool,
}

impl Ship {
    /// A new one begins.
    pub(crate) fn begin(&mut self) {
        *self = Self {
            under_way: true,
            probe: self.probe.take(),
            steps: STEPS.iter().map(|name| Step::waiting(name)).collect(),
            ..Self::default()
        };
    }

    /// The one before begins to be taken back.
    pub(crate) fn begin_back(&mut self) {
        *self = Self { under_way: true, is_back: true, ..Self::default() };
    }

    /// The step that runs, for the status line.
    pub(crate) fn step(&self) -> Option<&'static str> {
        let running = self.steps.iter().find(|step| matches!(step.state, State::Running(_)));
        self.under_way.then(|| running.map_or("begins", |step| step.name))
    }
}

pub(super) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let ship = &model.ship;
    let width = area.width.min(76);
    let story = story(ship, usize::from(width.saturating_sub(6)));
    let lines = ship.steps.len() + story.len();
    let height = u16::try_from(lines).unwrap_or(area.height).saturating_add(2);
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let keys = if ship.under_way {
        format!("{} hide   {} cancel", key(Action::Close), key(Action::Cancel))
    } else {
        format!(
            "{} close   {} again   {} log",
            key(Action::Close),
            key(Action::Ship),
            key(Action::OpenLog)
        )
    };
    let title = if ship.is_back { "Roll back" } else { "Ship" };
    let title = format!("{title}  {}", model.project);
    let inner = framed(pen, centred(area, width, height), &title, &keys);
    let mut rows = inner.y..inner.bottom();
    for (step, y) in ship.steps.iter().zip(&mut rows) {
        draw_step(step, pen, Rect { y, height: 1, ..inner });
    }
    for ((role, line), y) in story.iter().zip(&mut rows) {
        pen.put(inner.x + 2, y, inner.width.saturating_sub(2), line, *role);
    }
}

fn draw_step(step: &Step, pen: &mut Pen<'_>, row: Rect) {
    let (role, sign) = match &step.state {
        State::Waiting => (Role::Dim, " "),
        State::Running(_) => (Role::Focus, "▸"),
        State::Done(_) => (Role::Good, "✓"),
        State::Skipped(_) => (Role::Dim, "–"),
        State::Failed(_) => (Role::Error, "✗"),
    };
    let took = step.took.map(|took| format!("{} ms", text::millis(took))).unwrap_or_default();
    let wide = u16::try_from(text::width(&took)).unwrap_or(0);
    let name = text::left(step.name, 10);
    let line = Rect { width: row.width.saturating_sub(wide + 1), ..row };
    let mut pieces = vec![(role, Cow::from(format!("{sign} "))), (role, name.into())];
    match &step.state {
        State::Waiting => {}
        State::Running(progress) => pieces.extend(progress_of(*progress)),
        State::Done(what) | State::Skipped(what) => pieces.push((Role::Text, what.into())),
        State::Failed(problem) => pieces.push((Role::Error, problem.what.as_str().into())),
    }
    pen.line(line, pieces);
    pen.put(row.right().saturating_sub(wide), row.y, wide, &took, Role::Dim);
}

fn progress_of(progress: Progress) -> Vec<(Role, Cow<'static, str>)> {
    match progress.total.filter(|total| *total > 0) {
        Some(total) => {
            let done = progress.done.min(total);
            let cells = done * BAR / total;
            let bar = |cells: u64, sign: &str| sign.repeat(usize::try_from(cells).unwrap_or(0));
            let percent = done * 100 / total;
            let (done, total) = (text::bytes(done), text::bytes(total));
            vec![
                (Role::Bar, bar(cells, "▇").into()),
                (Role::BarLeft, bar(BAR - cells, "▁").into()),
                (Role::Text, format!("  {percent} %  {done} of {total}").into()),
            ]
        }
        None if progress.done > 0 => vec![(Role::Text, text::bytes(progress.done).into())],
        None => Vec::new(),
    }
}

/// What there is to say below the steps: what was shipped, or why nothing was.
fn story(ship: &Ship, columns: usize) -> Vec<(Role, String)> {
    let mut lines = Vec::new();
    let mut say = |role: Role, what: &str| {
        lines.extend(text::wrap(&text::clean(what), columns).into_iter().map(|line| (role, line)));
    };
    match (&ship.failure, &ship.last) {
        _ if ship.under_way => {
            for line in &ship.outline {
                say(Role::Text, line);
            }
        }
        (Some(Failure::Problem(problem)), _) => {
            let Problem { what, place, help, .. } = problem;
            say(Role::Text, "");
            say(
                Role::Error,
                &match place {
                    Some(place) => format!("{place}: {what}"),
                    None => what.clone(),
                },
            );
            if let Some(help) = help {
                say(Role::Text, help);
            }
            say(Role::Dim, &aftermath(&ship.steps));
        }
        (Some(Failure::Cancelled), _) => {
            say(Role::Text, "");
            say(Role::Warning, &format!("Cancelled. {}", aftermath(&ship.steps)));
        }
        (Some(Failure::PassphraseNeeded { .. }), _) => {
            say(Role::Text, "");
            say(Role::Warning, "The key needs its passphrase. Nothing was pushed.");
        }
        (None, Some(shipped)) => {
            say(Role::Text, "");
            say(Role::Good, &shipped.bundle);
            say(Role::Dim, shipped.url.as_deref().unwrap_or(&shipped.target));
            if shipped.already_there {
                say(Role::Dim, "It was there already, with the same content.");
            }
            let warned = |found: &&Finding| found.severity > Severity::Hint;
            for finding in shipped.findings.iter().filter(warned) {
                say(Role::Warning, &format!("⚠ {}", finding.message));
            }
        }
        (None, None) => {
            let Some(RolledBack { from, apis }) = &ship.back else { return lines };
            say(Role::Text, "");
            say(Role::Good, &format!("{from} was taken back"));
            for (api, bundle) in apis {
                let bundle = bundle.as_deref().unwrap_or("no bundle");
                say(Role::Dim, &format!("{api} runs {bundle} again"));
            }
        }
    }
    lines
}
