//! Stream: every Dispatch, live; the open one as JSON.

mod body;
mod columns;
mod diff;
mod draw;
mod filter_line;
mod filtered;
mod held;
mod kin;
mod marks;
mod moving;
pub(crate) mod outcome;
mod requests;
mod scope;
mod strip;

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::layout::Rect;
use serde_json::Value;

pub(crate) use body::Form;
pub(crate) use columns::Columns;
pub(crate) use draw::{draw, layout};
pub(crate) use filter_line::{FilterLine, draw as draw_filter};
pub(crate) use scope::{Meant, Scope};

use body::Bodies;
use filtered::Filtered;
use kin::Kin;
pub(crate) use requests::{Absent, Missing};

use crate::capture::{Capture, From, Marks, Query, Row, Stats, Unpacked, Window};
use crate::config;
use crate::domain::effect::Edited;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::Effects;
use crate::tui::widget::tree::Tree;

/// Bytes of a record that are not read within a frame or two.
const LARGE: usize = 1 << 20;

/// Which part of the open record is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// What the Gateway sent.
    #[default]
    Request,
    /// What we answered.
    Reply,
    /// What the answer has otherwise, and what becomes of it.
    Diff,
    /// The bodies of both sides, in the form that suits them or that was chosen.
    Body,
    /// All of it, as one line of `--json`.
    Record,
}

impl View {
    /// In the order of the screen.
    pub(crate) const ALL: [Self; 5] =
        [Self::Request, Self::Reply, Self::Diff, Self::Body, Self::Record];

    /// Its name.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Reply => "reply",
            Self::Diff => "diff",
            Self::Body => "body",
            Self::Record => "record",
        }
    }

    fn step(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self).unwrap_or(0);
        Self::ALL[(at + by) % Self::ALL.len()]
    }
}

/// Where the next window begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    /// At the newest.
    End,
    /// Where it was.
    Stay,
    /// So that this record is selected and visible.
    Seq(u64),
    /// So that this row (of those that match) is selected and visible.
    Row(usize),
}

/// The state of the pane.
pub(crate) struct Pane {
    /// The rows that are visible.
    pub(crate) window: Window,
    /// What of them is shown.
    pub(crate) columns: Columns,
    /// Counters, rate, latency.
    pub(crate) stats: Stats,
    /// The selected record.
    pub(crate) selected: Option<u64>,
    /// The one that was gone to last: a filter that leaves it out selects another until it is there again.
    gone_to: Option<u64>,
    /// Which visible rows are of its HTTP request.
    kin: Kin,
    /// Of the visible requests, which hooks did not come.
    pub(crate) missing: Missing,
    /// Rows that are marked.
    pub(crate) marks: Marks,
    /// Why they are not in the session's file.
    pub(crate) unkept: Option<String>,
    /// From this record to the next one of them, or to the one before.
    jump: Option<(u64, bool)>,
    /// The newest that had come when the rows were fetched.
    newest: u64,
    /// Nothing after this record is shown.
    pub(crate) paused: Option<u64>,
    /// Only rows that this means.
    filter: Option<Filtered>,
    /// What helps while a filter is typed.
    pub(crate) filter_line: FilterLine,
    /// What there was when following stopped.
    left_at: Option<moving::Left>,
    aim: Aim,
    /// The focus is on the JSON.
    pub(crate) detail_focused: bool,
    /// Which part of it.
    pub(crate) view: View,
    /// The open record's JSON, once it is made.
    pub(crate) open: Option<Open>,
    /// The record that is being decoded.
    asked: Option<(u64, bool, bool)>,
    /// Rows that are being read.
    reading: Vec<u64>,
    /// Records whose secrets the user has asked for.
    shown: BTreeSet<u64>,
    /// The first visible line of the diff.
    diff_top: usize,
    /// The form in which bodies are shown, where one was chosen.
    form: Option<Form>,
    /// The last text searched in the JSON.
    pub(crate) needle: String,
}

/// What was made of a record.
pub(crate) struct Decoded {
    /// As a line of `--json` has it ([`crate::capture::line`]).
    pub(crate) document: Arc<Value>,
    /// What the answer has otherwise, and what becomes of it.
    pub(crate) edits: Vec<Edited>,
    /// Its bodies without their encodings, where they have some and were asked for.
    pub(crate) unpacked: Option<Unpacked>,
    /// They have some, and were not asked for.
    pub(crate) packed: bool,
    /// The note that is in it, as it was made.
    pub(crate) noted: Option<Arc<str>>,
}

impl Decoded {
    /// Nothing but the document.
    pub(crate) fn of(document: Arc<Value>, noted: Option<Arc<str>>) -> Self {
        Self { document, edits: Vec::new(), unpacked: None, packed: false, noted }
    }
}

/// A decoded record.
pub(crate) struct Open {
    /// Which.
    pub(crate) seq: u64,
    /// With its secrets.
    pub(crate) shown: bool,
    document: Arc<Value>,
    /// What the answer has otherwise.
    edits: Vec<Edited>,
    /// What is shown of it.
    pub(crate) tree: Tree,
    unpacked: Option<Unpacked>,
    packed: bool,
    noted: Option<Arc<str>>,
    /// Its bodies, where they are shown.
    bodies: Option<Bodies>,
}

impl Pane {
    /// Nothing captured yet, following.
    pub(crate) fn new() -> Self {
        Self {
            window: Window::default(),
            columns: Columns::default(),
            stats: Stats::default(),
            selected: None,
            gone_to: None,
            kin: Kin::default(),
            missing: Missing::default(),
            marks: Marks::default(),
            unkept: None,
            jump: None,
            newest: 0,
            paused: None,
            filter: None,
            filter_line: FilterLine::default(),
            left_at: None,
            aim: Aim::End,
            detail_focused: false,
            view: View::default(),
            open: None,
            asked: None,
            reading: Vec::new(),
            shown: BTreeSet::new(),
            diff_top: 0,
            form: None,
            needle: String::new(),
        }
    }

    /// With the columns that are configured.
    pub(crate) fn with_columns(mut self, ui: &config::Ui) -> Self {
        self.columns = Columns::of(ui);
        self
    }

    /// Whether the newest row is kept in sight.
    pub(crate) fn follows(&self) -> bool {
        self.left_at.is_none() && self.paused.is_none()
    }

    /// How many came since following stopped: of those that the filter means, where there is one.
    pub(crate) fn news(&self) -> u64 {
        let Some(left) = &self.left_at else { return 0 };
        if self.is_filtered() {
            return left.found;
        }
        (self.stats.captured + self.stats.dropped).saturating_sub(left.came)
    }

    /// Whether the secrets of this record are shown.
    pub(crate) fn is_shown(&self, seq: u64) -> bool {
        self.shown.contains(&seq)
    }

    /// Fetches what is to be seen: never more rows than fit.
    pub(crate) fn refresh(&mut self, capture: &Capture, rows: usize) {
        self.stats = capture.stats();
        self.refresh_marks(capture);
        self.newest = capture.next_seq().saturating_sub(1);
        let first = match self.aim {
            Aim::End => From::End,
            Aim::Seq(seq) => From::Seq(seq),
            Aim::Stay => self.stays(rows).map_or(From::End, From::Seq),
            Aim::Row(index) if index < self.window.first => From::Index(index),
            Aim::Row(index) if index >= self.window.first + rows => {
                From::Index((index + 1).saturating_sub(rows))
            }
            Aim::Row(_) => From::Index(self.window.first),
        };
        let search = match &self.filter {
            // What was found last stays until the search has begun.
            Some(Filtered { search: None, .. }) => return,
            Some(filtered) => filtered.search.as_ref(),
            None => None,
        };
        let query = Query { search, until: self.paused, from: first, rows };
        self.window = capture.window(&query);
        if let (Some(left), Some(search)) = (&mut self.left_at, search) {
            left.found = capture.found_since(search, left.newest) as u64;
        }
        for row in &self.window.rows {
            self.filter_line.see("api", &row.api);
            self.filter_line.see("name", &row.name);
            self.filter_line.see("method", &row.method);
            self.filter_line.see("rule", row.rule.as_deref().unwrap_or_default());
        }
        let visible = &self.window.rows;
        self.selected = match self.aim {
            Aim::End => visible.last(),
            // It may have left the list; the next one is not the one behind it where rows are sorted.
            Aim::Seq(seq) => visible
                .iter()
                .find(|row| row.seq == seq)
                .or_else(|| visible.iter().find(|row| row.seq >= seq))
                .or(visible.last()),
            Aim::Row(index) => {
                visible.get(index.saturating_sub(self.window.first)).or(visible.last())
            }
            Aim::Stay => {
                let kept = visible.iter().find(|row| Some(row.seq) == self.selected);
                // Of one that went the next takes the place.
                let next = || visible.iter().find(|row| Some(row.seq) > self.selected);
                kept.or_else(next).or(visible.last())
            }
        }
        .map(|row| row.seq);
        self.gone_to = match self.aim {
            Aim::Row(_) => self.selected,
            // Who follows has gone to none.
            Aim::End => None,
            Aim::Seq(_) | Aim::Stay => self.gone_to,
        };
        self.kin.find(capture, self.selected, &self.window);
        // Rows have no places of their own until all are sorted, and one that is looked for may be found yet.
        if self.window.whole || self.order().is_none() && !matches!(self.aim, Aim::Seq(_)) {
            self.aim = if self.follows() { Aim::End } else { Aim::Stay };
        }
        if self.shown.len() > 1000 {
            self.shown.pop_first();
        }
    }

    /// The first row that stays in sight: where there is room for fewer than before, the list scrolls so that the
    /// selected one does.
    fn stays(&self, rows: usize) -> Option<u64> {
        let visible = &self.window.rows;
        let selected = visible.iter().position(|row| Some(row.seq) == self.selected);
        let first = selected.map_or(0, |at| (at + 1).saturating_sub(rows));
        visible.get(first).map(|row| row.seq)
    }

    /// The selected row.
    pub(crate) fn row(&self) -> Option<&Row> {
        self.window.rows.iter().find(|row| Some(row.seq) == self.selected)
    }

    /// The selected row, while its record is so large that it takes a while to be read: what is open is another's.
    fn reading(&self) -> Option<&Row> {
        let is_open = |row: &&Row| self.open.as_ref().is_some_and(|open| open.seq == row.seq);
        self.row().filter(|row| row.size >= LARGE && !is_open(row))
    }

    /// What the detail shows: nothing while a large record is read.
    fn in_detail(&self) -> Option<&Open> {
        self.open.as_ref().filter(|_| self.reading().is_none())
    }

    /// Goes to a record: the list stands still there.
    pub(crate) fn go_to(&mut self, seq: u64) {
        self.filter = None;
        self.paused = None;
        self.leave();
        self.gone_to = Some(seq);
        self.aim = Aim::Seq(seq);
        self.detail_focused = false;
    }

    /// The JSON of the selected record, once it is made.
    pub(crate) fn document(&self) -> Option<&Value> {
        let open = self.open.as_ref()?;
        (Some(open.seq) == self.selected).then_some(&*open.document)
    }

    /// Asks for what is not there yet: the JSON of the selected record, and what the list does not have of its rows.
    pub(crate) fn wanted(&mut self) -> Effects {
        let mut wanted: Effects = self.wanted_json().into_iter().collect();
        wanted.extend(self.marks_moved());
        if self.reading != self.window.unread {
            self.reading.clone_from(&self.window.unread);
            wanted
                .extend((!self.reading.is_empty()).then(|| Effect::ReadRows(self.reading.clone())));
        }
        wanted
    }

    fn wanted_json(&mut self) -> Option<Effect> {
        let seq = self.selected?;
        let (shown, bodies) = (self.is_shown(seq), self.view == View::Body);
        let open = self.open.as_ref();
        let there = open.is_some_and(|open| {
            (open.seq, open.shown, open.noted.as_deref()) == (seq, shown, self.marks.note(seq))
                && !(bodies && open.packed)
        });
        let wanted = (seq, shown, bodies);
        if there || self.asked == Some(wanted) {
            return None;
        }
        self.asked = Some(wanted);
        Some(Effect::Decode { seq, shown, bodies })
    }

    /// A record was decoded.
    pub(crate) fn decoded(&mut self, seq: u64, shown: bool, decoded: Decoded, page: usize) {
        let Decoded { document, edits, unpacked, packed, noted } = decoded;
        // What was asked for since is on its way.
        if self.asked.is_none_or(|(asked, with, _)| (asked, with) == (seq, shown)) {
            self.asked = None;
            let headers = document.pointer("/request/request/headers").and_then(Value::as_object);
            for (name, _) in headers.into_iter().flatten() {
                self.filter_line.see("header.", name);
            }
            let tree = self.tree(&document, page);
            if self.open.as_ref().is_none_or(|open| open.seq != seq) {
                self.diff_top = 0;
            }
            let mut bodies = self.bodies(&document, unpacked.as_ref());
            if let (Some(bodies), Some(open)) = (&mut bodies, &self.open) {
                bodies.like(open.bodies.as_ref(), open.seq == seq, page);
            }
            self.open =
                Some(Open { seq, shown, document, edits, tree, unpacked, packed, noted, bodies });
        }
    }

    fn bodies(&self, document: &Value, unpacked: Option<&Unpacked>) -> Option<Bodies> {
        let document = unpacked.map_or(document, |unpacked| &unpacked.document);
        let said = unpacked.map_or(&[][..], |unpacked| &unpacked.said);
        (self.view == View::Body).then(|| Bodies::new(document, said, self.form))
    }

    /// Shows bodies in the next form.
    fn next_form(&mut self, page: usize) {
        if self.view != View::Body {
            self.show(View::Body, page);
            return;
        }
        if let Some(bodies) = self.open.as_mut().and_then(|open| open.bodies.as_mut()) {
            let form = bodies.form.next();
            bodies.set(form);
            self.form = Some(form);
        }
    }

    /// The form in which bodies are shown, where they are.
    pub(crate) fn body_form(&self) -> Option<Form> {
        self.open.as_ref()?.bodies.as_ref().map(|bodies| bodies.form)
    }

    fn tree(&self, document: &Arc<Value>, page: usize) -> Tree {
        let part = match self.view {
            View::Record | View::Diff | View::Body => Arc::clone(document),
            View::Request => Arc::new(document.get("request").cloned().unwrap_or_default()),
            View::Reply => Arc::new(document.get("reply").cloned().unwrap_or_default()),
        };
        let tree = Tree::new(part);
        match &self.open {
            Some(open) => tree.like(&open.tree, page),
            None => tree,
        }
    }

    /// Does an action; `None` where it is none of this pane's.
    pub(crate) fn act(&mut self, action: Action, rows: usize, page: usize) -> Option<Effects> {
        match action {
            Action::Pause => {
                self.pause();
                return Some(Vec::new());
            }
            Action::Follow => {
                return Some(self.follow().into_iter().collect());
            }
            Action::Secrets => {
                if let Some(seq) = self.selected
                    && !self.shown.remove(&seq)
                {
                    self.shown.insert(seq);
                }
                return Some(Vec::new());
            }
            Action::ViewNext | Action::ViewPrevious => {
                let by = if action == Action::ViewNext { 1 } else { View::ALL.len() - 1 };
                self.show(self.view.step(by), page);
                return Some(Vec::new());
            }
            Action::BodyForm => {
                self.next_form(page);
                return Some(Vec::new());
            }
            Action::CopyPath => {
                let path = self.open.as_ref().map(|open| self.prefixed(&open.tree.path()));
                return Some(path.map(|path| Effect::Copy("path", path)).into_iter().collect());
            }
            Action::FoldAll | Action::UnfoldAll => {
                if let Some(open) = &mut self.open {
                    open.tree.act(action, page);
                }
                return Some(Vec::new());
            }
            Action::Copy => return Some(self.copy().into_iter().collect()),
            _ => {}
        }
        if self.detail_focused && self.view == View::Diff {
            return self.scroll_diff(action, page).then(Vec::new);
        }
        if self.detail_focused
            && let Some(bodies) = self.open.as_mut().and_then(|open| open.bodies.as_mut())
        {
            if matches!(action, Action::Next | Action::Previous) {
                bodies.search(&self.needle, action == Action::Next, false, page);
                return Some(Vec::new());
            }
            return bodies.act(action, page).then(Vec::new);
        }
        if self.detail_focused {
            match (action, &mut self.open) {
                (Action::Next | Action::Previous, Some(open)) => {
                    open.tree.search(&self.needle, action == Action::Next, false, page);
                    Some(Vec::new())
                }
                (_, Some(open)) => open.tree.act(action, page).then(Vec::new),
                (_, None) => None,
            }
        } else {
            self.move_in_list(action, rows).then(Vec::new)
        }
    }

    /// A path inside the shown part, as a path inside the record.
    pub(crate) fn prefixed(&self, path: &str) -> String {
        match (self.view, path) {
            (View::Record | View::Diff | View::Body, path) => path.to_owned(),
            (view, ".") => format!(".{}", view.word()),
            (view, path) => format!(".{}{path}", view.word()),
        }
    }

    fn copy(&self) -> Option<Effect> {
        if self.detail_focused {
            let open = self.open.as_ref()?;
            if self.view == View::Diff {
                let lines = diff::lines(open, u16::MAX);
                let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
                return Some(Effect::Copy("diff", lines.join("\n")));
            }
            if let Some(bodies) = &open.bodies {
                return Some(Effect::Copy("body", bodies.text()));
            }
            return Some(Effect::Copy("value", open.tree.value()));
        }
        let seq = self.selected?;
        Some(Effect::CopyRecord { seq, shown: self.is_shown(seq) })
    }

    /// Shows another part of the open record.
    pub(crate) fn show(&mut self, view: View, page: usize) {
        self.view = view;
        if let Some(open) = self.open.take() {
            let tree = self.tree(&open.document, page);
            let bodies = self.bodies(&open.document, open.unpacked.as_ref());
            self.open = Some(Open { tree, bodies, ..open });
        }
    }

    /// Searches in the JSON.
    pub(crate) fn set_search(&mut self, text: &str, page: usize) -> bool {
        text.clone_into(&mut self.needle);
        let Some(open) = &mut self.open else { return false };
        if let Some(bodies) = &mut open.bodies {
            return text.is_empty() || bodies.search(text, true, true, page);
        }
        text.is_empty() || open.tree.search(text, true, true, page)
    }

    fn scroll_diff(&mut self, action: Action, page: usize) -> bool {
        let page = page.max(1);
        self.diff_top = match action {
            Action::Up => self.diff_top.saturating_sub(1),
            Action::Down => self.diff_top + 1,
            Action::PageUp => self.diff_top.saturating_sub(page),
            Action::PageDown => self.diff_top + page,
            Action::Top => 0,
            Action::Bottom => usize::MAX,
            _ => return false,
        };
        true
    }

    /// Lays out what is no tree, and keeps its lines in sight.
    pub(crate) fn settle_detail(&mut self, area: Option<Rect>) {
        if let (Some(area), Some(bodies)) =
            (area, self.open.as_mut().and_then(|open| open.bodies.as_mut()))
        {
            bodies.settle(area.width.saturating_sub(1).into(), area.height.into());
        }
        self.show_diff(area);
    }

    fn show_diff(&mut self, area: Option<Rect>) {
        let (Some(open), Some(area), View::Diff) = (&self.open, area, self.view) else { return };
        let lines = diff::lines(open, area.width.saturating_sub(1)).len();
        self.diff_top = self.diff_top.min(lines.saturating_sub(area.height.into()));
    }
}
