//! What commands do to the text.

use super::Mode;
use super::parse::{Command, Motion, Operator, Target, Verb};
use super::reach::Reach;
use crate::domain::json::Edit;
use crate::tui::editor::ask::Question;
use crate::tui::editor::{Answer, Clip, Editor, motion};
use crate::tui::effect::Effect;

impl Editor {
    pub(super) fn run(&mut self, Command { count, verb }: Command) -> Answer {
        let times = count.unwrap_or(1);
        match verb {
            Verb::Go(way) => self.vim_go(way, count),
            Verb::Operate(_, target @ Target::Object { .. }) if self.selects() => {
                self.select_object(target);
            }
            Verb::Operate(operator, target) => {
                return Answer::Done(self.operate(operator, target, count));
            }
            Verb::Insert(how) => self.begin_insert(how),
            Verb::Replace(letter) => self.replace_letters(times, |_| letter.to_string()),
            Verb::ToggleCase => {
                self.replace_letters(times, toggled);
                self.go(self.at + 1, false);
            }
            Verb::Join => (0..times.max(2) - 1).for_each(|_| self.join_lines()),
            Verb::Put { before } => self.put(before, times),
            Verb::Undo => (0..times).for_each(|_| self.undo()),
            Verb::Repeat => return self.repeat(times),
            Verb::Visual { lines } => {
                self.toggle_visual(if lines { Mode::Lines } else { Mode::Visual });
            }
            Verb::OtherEnd => {
                if let Some(anchor) = self.anchor.replace(self.at) {
                    self.at = anchor;
                }
            }
            Verb::Ask('/') => self.ask(Question::Search),
            Verb::Ask(_) => self.ask(Question::Command),
            Verb::Word => self.search_word(),
            Verb::Fold(how) => self.fold_by(how),
        }
        Answer::Done(Vec::new())
    }

    pub(super) fn vim_go(&mut self, way: Motion, count: Option<usize>) {
        let select = self.selects();
        let times = count.unwrap_or(1).min(self.buffer.len() + 1).cast_signed();
        match way {
            Motion::Up => return self.vertical(-times, select),
            Motion::Down => return self.vertical(times, select),
            Motion::Match { .. } if self.search.matches().is_empty() => return self.next(true),
            Motion::Find(find) => {
                if let Some(vim) = &mut self.vim {
                    vim.find = Some(find);
                }
            }
            _ => {}
        }
        if let Some(to) = self.destination(way, count) {
            self.go(to, select);
        }
        match way {
            Motion::LineEnd => self.goal = Some(usize::MAX),
            Motion::Match { .. } => self.say(self.search.count(self.at)),
            _ => {}
        }
    }

    fn operate(&mut self, operator: Operator, target: Target, count: Option<usize>) -> Vec<Effect> {
        if let (Target::Motion(Motion::Find(find)), Some(vim)) = (target, &mut self.vim) {
            vim.find = Some(find);
        }
        let reach = self.reach(operator, target, count);
        let visual = target == Target::Selection;
        if let Some(vim) = self.vim.as_mut().filter(|_| visual) {
            vim.mode = Mode::Normal;
        }
        let at = self.at;
        self.anchor = None;
        let Some(reach) = reach else { return Vec::new() };
        match (operator, reach) {
            (Operator::In | Operator::Out, reach) => {
                let (first, last) = match reach {
                    Reach::Lines(first, last) => (first, last),
                    Reach::Span(span) => {
                        (self.buffer.line_of(span.start), self.buffer.line_of(span.end))
                    }
                };
                self.anchor = Some(self.buffer.line_span(last).end);
                self.at = self.buffer.line_span(first).start;
                self.indent(operator == Operator::Out);
                self.go(motion::first_sign(&self.buffer, first), false);
            }
            (Operator::Delete, Reach::Lines(first, last)) => self.cut_lines(first, last),
            (Operator::Yank, Reach::Lines(first, last)) => {
                self.copy_lines(first, last);
                self.go(if visual { self.buffer.line_span(first).start } else { at }, false);
                return vec![Effect::Copy("text", self.clip.text.clone())];
            }
            (Operator::Change, Reach::Lines(first, last)) => {
                self.copy_lines(first, last);
                let span = motion::first_sign(&self.buffer, first)..self.buffer.line_span(last).end;
                self.type_in(span, "");
                self.insert_mode();
            }
            (Operator::Yank, Reach::Span(span)) => {
                self.clip = Clip { text: self.text(span.clone()), lines: false };
                self.go(span.start, false);
                return vec![Effect::Copy("text", self.clip.text.clone())];
            }
            (Operator::Delete | Operator::Change, Reach::Span(span)) => {
                self.clip = Clip { text: self.text(span.clone()), lines: false };
                self.type_in(span.clone(), "");
                self.go(span.start, false);
                if operator == Operator::Change {
                    self.insert_mode();
                }
            }
        }
        Vec::new()
    }

    fn select_object(&mut self, target: Target) {
        if let Some(Reach::Span(span)) = self.reach(Operator::Yank, target, None)
            && !span.is_empty()
        {
            self.anchor = Some(span.start);
            self.at = motion::left(&self.buffer, span.end);
        }
    }

    fn insert_mode(&mut self) {
        if let Some(vim) = &mut self.vim {
            vim.mode = Mode::Insert;
        }
        self.anchor = None;
    }

    fn begin_insert(&mut self, how: char) {
        let line = self.buffer.line_of(self.at);
        let span = self.buffer.line_span(line);
        match how {
            'a' => self.go(motion::right(&self.buffer, self.at).min(span.end), false),
            'A' => self.go(span.end, false),
            'I' => self.go(motion::first_sign(&self.buffer, line), false),
            'o' => {
                self.go(span.end, false);
                self.new_line();
            }
            'O' => {
                let indent = motion::indent(&self.buffer, line);
                let text = format!("{indent}{}", motion::newline(&self.buffer));
                self.type_in(span.start..span.start, &text);
                self.go(span.start + indent.len(), false);
            }
            _ => {}
        }
        self.insert_mode();
    }

    /// Replaces so many letters from the cursor on, where the line has them.
    fn replace_letters(&mut self, times: usize, with: impl Fn(&str) -> String) {
        let end = self.buffer.line_span(self.buffer.line_of(self.at)).end;
        let to = (0..times.min(end - self.at))
            .fold(self.at, |at, _| motion::right(&self.buffer, at))
            .min(end);
        let old = self.text(self.at..to);
        let new: String = old.chars().map(|letter| with(letter.encode_utf8(&mut [0; 4]))).collect();
        let behind = self.at + new.len();
        self.apply(&[Edit { span: self.at..to, text: new }]);
        self.go(motion::left(&self.buffer, behind), false);
    }

    fn join_lines(&mut self) {
        let line = self.buffer.line_of(self.at);
        if line + 1 >= self.buffer.line_count() {
            return;
        }
        let end = self.buffer.line_span(line).end;
        let next = motion::first_sign(&self.buffer, line + 1);
        let closes = matches!(self.buffer.bytes().get(next), Some(b'}' | b']') | None);
        let text = if closes { "" } else { " " }.to_owned();
        self.apply(&[Edit { span: end..next, text }]);
        self.go(end, false);
    }

    fn put(&mut self, before: bool, times: usize) {
        let Clip { text, lines } = self.clip.clone();
        let line = self.buffer.line_of(self.at);
        let span = self.buffer.line_span(line);
        let newline = motion::newline(&self.buffer);
        let (at, text) = match (lines, before) {
            (true, true) => (span.start, format!("{text}{newline}").repeat(times)),
            (true, false) => (span.end, format!("{newline}{text}").repeat(times)),
            (false, true) => (self.at, text.repeat(times)),
            (false, false) => {
                (motion::right(&self.buffer, self.at).min(span.end), text.repeat(times))
            }
        };
        let end = at + text.len();
        self.apply(&[Edit { span: at..at, text }]);
        if lines {
            let line = if before { line } else { line + 1 };
            self.go(motion::first_sign(&self.buffer, line), false);
        } else {
            self.go(motion::left(&self.buffer, end), false);
        }
    }

    /// `.`: the keys of the last change again.
    fn repeat(&mut self, times: usize) -> Answer {
        let keys = self.vim.as_ref().map(|vim| vim.last.clone()).unwrap_or_default();
        for event in keys.iter().cycle().take(keys.len() * times.min(1_000)) {
            self.key(*event);
        }
        Answer::Done(Vec::new())
    }

    fn toggle_visual(&mut self, mode: Mode) {
        let Some(vim) = &mut self.vim else { return };
        if vim.mode == mode {
            vim.mode = Mode::Normal;
            self.anchor = None;
        } else {
            vim.mode = mode;
            self.anchor = self.anchor.or(Some(self.at));
        }
    }

    fn search_word(&mut self) {
        if let Some(Reach::Span(span)) =
            self.reach(Operator::Yank, Target::Object { around: false, of: 'w' }, None)
        {
            let word = self.text(span);
            self.search.set(&word, self.buffer.bytes());
            self.next(true);
        }
    }

    fn fold_by(&mut self, how: char) {
        let line = self.cursor_line();
        let folded = self.folds.last_of(line) > line;
        match how {
            'o' if folded => self.unfold(),
            'c' if !folded => self.fold(),
            'a' => self.fold(),
            'M' => {
                self.folds.fold_all(&self.outline);
                self.folds.hide(&self.outline, &self.buffer);
                self.out_of_folds();
            }
            'R' => self.unfold_all(),
            _ => {}
        }
    }

    /// A line of `:`.
    pub(in crate::tui::editor) fn command(&mut self, line: &str) -> Answer {
        match line {
            "w" => return Answer::Save,
            "q" | "q!" => {
                self.leave();
                return Answer::Left;
            }
            "wq" | "x" => {
                self.leave();
                return Answer::Save;
            }
            "noh" => self.search.hide(),
            _ if line.starts_with("%s/") => {
                let mut parts = line[3..].split('/');
                let (what, with) =
                    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                self.search.set(what, self.buffer.bytes());
                if self.search.matches().is_empty() {
                    self.say(format!("“{what}” is not found"));
                }
                self.replace_all(with);
            }
            _ => {
                if self.go_where(line).is_err() {
                    self.say(format!(
                        ":{line} is not known here: w, q, wq, x, noh, %s/a/b/, a line, a path"
                    ));
                }
            }
        }
        Answer::Done(Vec::new())
    }
}

fn toggled(letter: &str) -> String {
    if letter.chars().any(char::is_lowercase) {
        letter.to_uppercase()
    } else {
        letter.to_lowercase()
    }
}
