//! Publish: the targets of the profile, and the bundles of one of them.

mod draw;
mod news;

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};

pub(crate) use draw::{draw, layout, line_count, so_far};
pub(crate) use news::{News, Told, Wish};

use crate::config::{Profile, Settings, TargetKind};
use crate::domain::task::{Problem, Progress};
use crate::flows::prune::{Plan, Usage};
use crate::flows::target::{Stored, Target};
use crate::tui::action::{Action, READ_ONLY};
use crate::tui::effect::Effect;
use crate::tui::model::Effects;
use crate::tui::widget::Browse;

/// So many bundles can be marked: those that are compared.
const MARKED: usize = 2;

/// A target, and what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its name.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: TargetKind,
    /// What it said; `None`: it was not asked yet, or has not answered.
    pub(crate) told: Option<Result<Told, Problem>>,
}

/// Work that takes its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Busy {
    /// What is done: `pushing bundle.zip`.
    pub(crate) what: String,
    /// How far it is.
    pub(crate) progress: Progress,
}

/// The files of a bundle that was looked into, by its id.
pub(crate) type Files = (String, Result<Vec<(String, u64)>, Problem>);

/// The state of the pane.
#[derive(Debug, Default)]
pub(crate) struct Pane {
    /// The targets.
    pub(crate) targets: Vec<Row>,
    /// The chosen one.
    pub(crate) at: usize,
    /// Its bundles; `None`: not asked yet, or not answered.
    pub(crate) shelf: Option<Result<Vec<Stored>, Problem>>,
    /// Which APIs use which bundles.
    pub(crate) usage: Option<Result<Usage, Problem>>,
    /// What is in the bundle that was looked into last.
    pub(crate) files: Option<Files>,
    /// The bundles that are marked, by their ids; the one that was marked first comes first.
    pub(crate) marked: Vec<String>,
    /// What is being done.
    pub(crate) busy: Option<Busy>,
    /// What holds for the profile: whether anything may be written, and whether a push wants a yes.
    pub(crate) profile: Profile,
    /// Where one is in what is shown, and in the detail.
    pub(crate) browse: Browse,
    /// Everybody was asked once.
    asked: bool,
}

impl Pane {
    /// With the targets of these settings; the one that is meant where none is asked for is chosen.
    pub(crate) fn of(settings: &Settings) -> Self {
        let kind =
            |name: &String| settings.targets.get(name).map_or(TargetKind::Folder, |it| it.kind);
        let row = |name: String| Row { kind: kind(&name), name, told: None };
        let targets: Vec<Row> = Target::names(settings).into_iter().map(row).collect();
        let usual = Target::usual(settings);
        let at = targets.iter().position(|row| row.name == usual).unwrap_or(0);
        Self { targets, at, profile: settings.profile.clone(), ..Self::default() }
    }

    /// The chosen target.
    pub(crate) fn target(&self) -> Option<&Row> {
        self.targets.get(self.at)
    }

    /// The name of the chosen target.
    pub(crate) fn name(&self) -> String {
        self.target().map(|row| row.name.clone()).unwrap_or_default()
    }

    /// The bundles of the chosen target.
    pub(crate) fn bundles(&self) -> &[Stored] {
        self.shelf.as_ref().and_then(|shelf| shelf.as_ref().ok()).map_or(&[], Vec::as_slice)
    }

    /// The selected bundle.
    pub(crate) fn selected(&self) -> Option<&Stored> {
        self.bundles().get(self.browse.cursor.at)
    }

    /// What is known of the bundles' use, where everybody answered.
    pub(crate) fn known(&self) -> Option<&Usage> {
        self.usage.as_ref()?.as_ref().ok().filter(|usage| usage.is_known())
    }

    /// What prune would take; why nothing, where it cannot be said.
    pub(crate) fn plan(&self) -> Result<Plan, String> {
        let stored = match &self.shelf {
            Some(Ok(stored)) => stored.clone(),
            Some(Err(_)) => return Err("the target did not say what it has".to_owned()),
            None => return Err("the target is still being asked".to_owned()),
        };
        let plan = match &self.usage {
            None => {
                return Err("the Gateway is still being asked which bundles are in use".to_owned());
            }
            Some(Err(problem)) => {
                return Err(format!("nobody knows which bundles are in use: {}", problem.what));
            }
            Some(Ok(usage)) => Plan::of(stored, usage).map_err(|problem| problem.what)?,
        };
        if plan.unused.is_empty() {
            return Err("there is no bundle here that no API uses".to_owned());
        }
        Ok(plan)
    }

    /// Why nothing may be written to the chosen target.
    pub(crate) fn why_closed(&self) -> Option<&'static str> {
        let elsewhere = self.target().is_some_and(|row| row.kind != TargetKind::Folder);
        (self.profile.read_only && elsewhere).then_some(READ_ONLY)
    }

    /// The pane is opened: asks everybody, the first time, as the configuration has them now.
    pub(crate) fn open(&mut self) -> Effects {
        if self.asked { Vec::new() } else { self.ask() }
    }

    /// Asks everybody anew.
    pub(crate) fn ask(&mut self) -> Effects {
        self.asked = true;
        for row in &mut self.targets {
            row.told = None;
        }
        self.usage = None;
        let targets = self.targets.iter().map(|row| row.name.clone()).collect();
        let mut effects = vec![Effect::Publish(Wish::Ask(targets))];
        effects.extend(self.list());
        effects.push(Effect::Publish(Wish::Usage));
        effects
    }

    /// Asks the chosen target for its bundles.
    pub(crate) fn list(&mut self) -> Effects {
        self.shelf = None;
        self.files = None;
        vec![Effect::Publish(Wish::List(self.name()))]
    }

    /// Begins what takes its time.
    pub(crate) fn begin(&mut self, what: String, wish: Wish) -> Effects {
        self.busy = Some(Busy { what, progress: Progress::default() });
        vec![Effect::Publish(wish)]
    }

    /// Takes the list of a target, where that is the chosen one still. The same bundle stays selected.
    pub(crate) fn listed(&mut self, target: &str, bundles: Result<Vec<Stored>, Problem>) {
        if self.name() != target {
            return;
        }
        let selected = self.selected().map(|stored| stored.id.clone());
        self.shelf = Some(bundles);
        let ids: Vec<String> = self.bundles().iter().map(|stored| stored.id.clone()).collect();
        let at = selected.and_then(|selected| ids.iter().position(|id| *id == selected));
        self.browse.cursor.at =
            at.unwrap_or(self.browse.cursor.at).min(ids.len().saturating_sub(1));
        self.marked.retain(|marked| ids.contains(marked));
    }

    /// Takes what a target said.
    pub(crate) fn told(&mut self, target: &str, told: Result<Told, Problem>) {
        if let Some(row) = self.targets.iter_mut().find(|row| row.name == target) {
            row.told = Some(told);
        }
    }

    /// What was pushed is fetched into this file, where no other is named.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        crate::flows::target::file_name(&self.selected()?.id).ok()
    }

    /// Chooses the next target, or the one before.
    fn turn(&mut self, forward: bool) -> Effects {
        let len = self.targets.len().max(1);
        self.at = (self.at + if forward { 1 } else { len - 1 }) % len;
        let detail_focused = self.browse.detail_focused;
        self.browse = Browse { detail_focused, ..Browse::default() };
        self.marked.clear();
        self.list()
    }

    /// Marks the selected bundle, or not any more; of three the one that was marked first goes.
    fn mark(&mut self) {
        let Some(id) = self.selected().map(|stored| stored.id.clone()) else { return };
        let before = self.marked.len();
        self.marked.retain(|marked| *marked != id);
        if self.marked.len() == before {
            self.marked.push(id);
            let over = self.marked.len().saturating_sub(MARKED);
            self.marked.drain(..over);
        }
    }

    /// Keeps the cursor visible; the detail has so many lines.
    pub(crate) fn show(&mut self, rows: usize, detail: usize, lines: usize) {
        let len = self.bundles().len();
        self.browse.show(len, rows, detail, lines);
    }

    /// A click or the wheel; in the list where its rows are there, else in the detail.
    pub(crate) fn mouse(&mut self, wheel: isize, at: Position, rows: Option<Rect>) {
        let len = self.bundles().len();
        self.browse.mouse(wheel, at, rows, len);
    }

    /// Does an action; `None` where it is none of this pane's own.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        match action {
            Action::ViewNext | Action::ViewPrevious => Some(self.turn(action == Action::ViewNext)),
            Action::AskTargets => Some(self.ask()),
            Action::MarkBundle => {
                self.mark();
                Some(Vec::new())
            }
            Action::Copy => {
                let bundle = self.selected()?.bundle.clone();
                Some(vec![Effect::Copy("bundle's name", bundle)])
            }
            _ => {
                let len = self.bundles().len();
                self.browse.act(action, len, rows).then(Vec::new)
            }
        }
    }
}

#[cfg(test)]
mod tests;
