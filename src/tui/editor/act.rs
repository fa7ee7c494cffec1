//! The editor's actions: what has a key in the keymap, a line in help and in the palette.

use super::ask::Question;
use super::outline::Container;
use super::{Answer, Clip, Editor, motion};
use crate::tui::action::Action;
use crate::tui::effect::Effect;

impl Editor {
    /// Does an action of [`crate::tui::action::Place::Editor`].
    pub(crate) fn act(&mut self, action: Action) -> Answer {
        self.notice.clear();
        self.popup = None;
        match action {
            Action::TextUndo => self.undo(),
            Action::TextRedo => self.redo(),
            Action::TextCopy => return Answer::Done(self.copy()),
            Action::TextCut => return Answer::Done(self.cut()),
            Action::TextPaste => self.put_back(),
            Action::SelectAll => {
                self.go(0, false);
                self.anchor = Some(0);
                self.at = self.buffer.len();
            }
            Action::TextSearch => self.ask(Question::Search),
            Action::TextNext => self.next(true),
            Action::TextPrevious => self.next(false),
            Action::Replace => self.ask(Question::Replace),
            Action::GoTo => self.ask(Question::GoTo),
            Action::Complete => self.offer(true),
            Action::Format => {
                if let Err(why) = self.format() {
                    self.say(why);
                }
            }
            Action::Fold => self.fold(),
            Action::TextFoldAll => {
                self.folds.fold_all(&self.outline);
                self.folds.hide(&self.outline, &self.buffer);
                self.out_of_folds();
            }
            Action::TextUnfoldAll => self.unfold_all(),
            Action::NextMark => self.next_mark(),
            Action::DeleteLine => {
                let lines = self.touched();
                self.cut_lines(*lines.start(), *lines.end());
            }
            Action::DuplicateLine => self.duplicate_lines(),
            Action::LineUp => self.move_lines(true),
            Action::LineDown => self.move_lines(false),
            _ => return Answer::Not,
        }
        Answer::Done(Vec::new())
    }

    /// Copies what is selected, or the cursor's line.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if let Some(span) = self.selection() {
            self.clip = Clip { text: self.text(span), lines: false };
        } else {
            let line = self.buffer.line_of(self.at);
            self.copy_lines(line, line);
        }
        vec![Effect::Copy("text", self.clip.text.clone())]
    }

    fn cut(&mut self) -> Vec<Effect> {
        let effects = self.copy();
        if let Some(span) = self.selection() {
            self.type_in(span, "");
        } else {
            let line = self.buffer.line_of(self.at);
            self.cut_lines(line, line);
        }
        effects
    }

    /// Folds the container that the cursor is in, or unfolds the one on its line.
    pub(crate) fn fold(&mut self) {
        let line = self.cursor_line();
        if self.folds.last_of(line) > line {
            return self.unfold();
        }
        let is_long = |container: &Container| {
            let lines = [container.open, container.close].map(|at| self.buffer.line_of(at));
            lines[0] < lines[1] && !self.folds.is_folded(container.open)
        };
        // The one that opens on this line comes first; one that stands on a single line has nothing to fold.
        let span = self.buffer.line_span(line);
        let containers = self.outline.containers();
        let from = containers.partition_point(|container| container.open < span.start);
        let on_line = containers[from..].iter().take_while(|container| container.open < span.end);
        let mut found = on_line.filter(|container| is_long(container)).last();
        if found.is_none() {
            found = self.outline.around(self.at);
            while let Some(container) = found.filter(|container| !is_long(container)) {
                found = self.outline.parent(container);
            }
        }
        if let Some(open) = found.map(|container| container.open) {
            self.folds.toggle(open);
            self.folds.hide(&self.outline, &self.buffer);
            self.go(open, false);
        }
    }

    /// Unfolds what is folded on the cursor's line.
    pub(crate) fn unfold(&mut self) {
        let line = self.cursor_line();
        let span =
            self.buffer.line_span(line).start..self.buffer.line_span(self.folds.last_of(line)).end;
        let containers = self.outline.containers();
        let from = containers.partition_point(|container| container.open < span.start);
        let here = containers[from..].iter().take_while(|container| container.open < span.end);
        let on_line =
            here.filter(|container| self.folds.seen(self.buffer.line_of(container.open)) == line);
        // What is folded inside stays so: only what is seen is unfolded.
        let mut behind = span.start;
        let mut opened = Vec::new();
        for container in on_line.filter(|container| self.folds.is_folded(container.open)) {
            if container.open >= behind {
                opened.push(container.open);
                behind = container.close;
            }
        }
        for open in opened {
            self.folds.unfold(open);
        }
        self.folds.hide(&self.outline, &self.buffer);
    }

    pub(super) fn unfold_all(&mut self) {
        self.folds.unfold_all();
        self.folds.hide(&self.outline, &self.buffer);
    }

    /// What is folded over the cursor takes the cursor to its bracket.
    pub(super) fn out_of_folds(&mut self) {
        let mut inner = self.outline.around(self.at);
        let mut to = self.at;
        while let Some(container) = inner {
            if self.folds.is_folded(container.open) && self.at < container.close {
                to = container.open;
            }
            inner = self.outline.parent(container);
        }
        self.go(to, false);
    }

    /// Goes to the next thing that is wrong.
    fn next_mark(&mut self) {
        let next = self.marks.iter().find(|mark| mark.start() > self.at).or(self.marks.first());
        match next.map(super::Mark::start) {
            Some(at) => self.go(at, false),
            None => self.say("nothing is wrong"),
        }
    }

    /// Moves the cursor of a text that is only read, by an action of [`crate::tui::action::Place::Move`].
    pub(crate) fn look_around(&mut self, action: Action) -> bool {
        let page = self.rows.cast_signed();
        match action {
            Action::Up => self.vertical(-1, false),
            Action::Down => self.vertical(1, false),
            Action::PageUp => self.vertical(-page, false),
            Action::PageDown => self.vertical(page, false),
            Action::Top => self.go(0, false),
            Action::Bottom => {
                self.go(motion::first_sign(&self.buffer, self.buffer.line_count() - 1), false);
            }
            Action::Left => {
                let line = self.cursor_line();
                if self.folds.last_of(line) == line {
                    self.fold();
                }
            }
            Action::Right => self.unfold(),
            _ => return false,
        }
        true
    }
}
