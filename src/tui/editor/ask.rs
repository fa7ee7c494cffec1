//! What is asked in the line below the text: what to search, what to replace it with, where to go.

use super::{Answer, Editor, LARGEST};
use crate::domain::json::{Document, Edit, Path, Place, Trailing};
use crate::tui::keymap::Key;
use crate::tui::widget::Field;
use crossterm::event::{KeyCode, KeyEvent};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// What to search; finds while it is typed.
    Search,
    /// What to replace.
    Replace,
    /// With what.
    With,
    /// Whether this place is to be replaced with the text in the field.
    Each,
    /// A command of vim's.
    Command,
    /// Where to go: a line, a line and a column, a path.
    GoTo,
}

/// A question under way.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) question: Question,
    pub(super) field: Field,
    /// Where the cursor was.
    from: usize,
}

impl Ask {
    /// What stands before the field.
    pub(super) fn label(&self) -> &'static str {
        match self.question {
            Question::Search => "search",
            Question::Replace => "replace",
            Question::With | Question::Each => "with",
            Question::GoTo => "go to",
            Question::Command => ":",
        }
    }

    /// What stands behind it.
    pub(super) fn hint(&self) -> &'static str {
        match self.question {
            Question::Search => "enter done",
            Question::Replace => "enter next",
            Question::With => "enter: one by one",
            Question::Each => "y replace  n skip  a all  esc done",
            Question::Command => "w  q  wq  12  %s/a/b/",
            Question::GoTo => "12, 12:5, a.b[0] or /a/b/0",
        }
    }
}

impl Editor {
    /// Asks something; the selection, where it is on one line, is the answer to begin with.
    pub(super) fn ask(&mut self, question: Question) {
        let selected = self.selection().map(|span| self.text(span));
        let selected = selected.filter(|text| !text.contains('\n'));
        let text = match question {
            Question::Search | Question::Replace => selected.unwrap_or_default(),
            _ => String::new(),
        };
        let from = self.selection().map_or(self.at, |span| span.start);
        self.ask = Some(Ask { question, field: Field::new(&text), from });
        self.asked();
    }

    /// The answer has changed.
    pub(super) fn asked(&mut self) {
        let Some(ask) = &self.ask else { return };
        if matches!(ask.question, Question::Search | Question::Replace) {
            let from = ask.from;
            self.search.set(ask.field.text(), self.buffer.bytes());
            match self.search.from(from) {
                Some(found) => self.select(found),
                None => self.go(from, false),
            }
        }
    }

    /// Selects a place, with the cursor at its start, so that typing replaces it and searching goes on behind it.
    fn select(&mut self, found: std::ops::Range<usize>) {
        self.go(found.start, false);
        self.anchor = Some(found.end);
    }

    /// A key while something is asked.
    pub(super) fn answer(&mut self, event: KeyEvent) -> Answer {
        let Some(ask) = &mut self.ask else { return Answer::Not };
        if ask.question == Question::Each {
            return self.replace_each(event);
        }
        match event.code {
            KeyCode::Esc => {
                let from = ask.from;
                self.ask = None;
                self.search.hide();
                self.go(from, false);
            }
            KeyCode::Enter => return self.answered(),
            KeyCode::Down => self.next(true),
            KeyCode::Up => self.next(false),
            _ if ask.field.key(event) => self.asked(),
            _ if Key::from(event).typed().is_none() => return Answer::Not,
            _ => {}
        }
        Answer::Done(Vec::new())
    }

    fn answered(&mut self) -> Answer {
        let Some(ask) = self.ask.take() else { return Answer::Not };
        let text = ask.field.text().to_owned();
        match ask.question {
            Question::Search | Question::Each => {
                self.notice = self.search.count(self.at);
                self.anchor = None;
            }
            Question::Replace if self.search.matches().is_empty() => {
                self.notice = format!("“{text}” is not found");
            }
            Question::Replace => {
                self.ask =
                    Some(Ask { question: Question::With, field: Field::default(), from: ask.from });
            }
            Question::With => self.ask = Some(Ask { question: Question::Each, ..ask }),
            Question::Command => return self.command(text.trim()),
            Question::GoTo => {
                if let Err(why) = self.go_where(text.trim()) {
                    self.notice = why;
                }
            }
        }
        Answer::Done(Vec::new())
    }

    fn replace_each(&mut self, event: KeyEvent) -> Answer {
        let with = self.ask.as_ref().map(|ask| ask.field.text().to_owned()).unwrap_or_default();
        match event.code {
            KeyCode::Char('y') | KeyCode::Enter => {
                if let Some(found) = self.search.within(self.at..self.at + 1).first().cloned() {
                    let behind = found.start + with.len();
                    self.apply(&[Edit { span: found, text: with }]);
                    self.search.find(self.buffer.bytes());
                    self.go(behind, false);
                    self.say("replaced 1");
                }
                self.go_on(self.at);
            }
            KeyCode::Char('n') => self.go_on(self.at + 1),
            KeyCode::Char('a') => {
                self.replace_all(&with);
                self.ask = None;
            }
            KeyCode::Esc | KeyCode::Char('q') => {
                self.ask = None;
                self.anchor = None;
            }
            _ => {}
        }
        Answer::Done(Vec::new())
    }

    fn go_on(&mut self, from: usize) {
        match self.search.from(from) {
            Some(found) => self.select(found),
            None => self.ask = None,
        }
    }

    /// Replaces every place that was found, in one step of the history.
    pub(super) fn replace_all(&mut self, with: &str) {
        let places = self.search.matches();
        let count = places.len();
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return };
        // One edit for all: a thousand of them would move the rest of the text a thousand times.
        let whole = first.start..last.end;
        let mut text = String::new();
        let mut at = whole.start;
        for place in places {
            let Ok(between) = std::str::from_utf8(&self.buffer.bytes()[at..place.start]) else {
                return self.say("there are bytes that are no text in between: replace one by one");
            };
            text.push_str(between);
            text.push_str(with);
            at = place.end;
        }
        self.apply(&[Edit { span: whole, text }]);
        self.search.find(self.buffer.bytes());
        self.anchor = None;
        self.notice = format!("replaced {count}");
    }

    /// Goes to the next place that is found, or the one before.
    pub(super) fn next(&mut self, forward: bool) {
        if self.search.matches().is_empty() {
            let needle = self.search.needle().to_owned();
            self.search.set(&needle, self.buffer.bytes());
        }
        let found =
            if forward { self.search.from(self.at + 1) } else { self.search.before(self.at) };
        match found {
            Some(found) => {
                self.go(found.start, false);
                self.notice = self.search.count(self.at);
            }
            None if self.search.needle().is_empty() => self.say("nothing was searched yet"),
            None => self.notice = format!("“{}” is not found", self.search.needle()),
        }
    }

    /// Goes to a line, a line and a column, or a path; the error says why not.
    pub(super) fn go_where(&mut self, text: &str) -> Result<(), String> {
        let (line, column) = text.split_once(':').unwrap_or((text, "1"));
        if let (Ok(line), Ok(column)) = (line.parse(), column.parse()) {
            self.go_to(Place { line, column });
            return Ok(());
        }
        let path = if text.starts_with('/') { Path::pointer(text) } else { text.parse().ok() };
        let path = path
            .ok_or_else(|| format!("“{text}” is no line and no path such as a.b[0] or /a/b/0"))?;
        let bytes = self.buffer.bytes();
        if bytes.len() > LARGEST {
            return Err("the text is larger than 4 MiB".to_owned());
        }
        let document = Document::parse(bytes, Trailing::Ignored)
            .map_err(|error| format!("paths need JSON: {}: {error}", error.place))?;
        let found = document.at(&path);
        let found = found.ok_or_else(|| format!("nothing is at {path}"))?.whole_span().start;
        self.go(found, false);
        Ok(())
    }
}
