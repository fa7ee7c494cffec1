//! The keys of vim, for those whose hands know them: `ui.vim = true`.

mod parse;
mod reach;
mod run;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use parse::{Find, Motion, Stop, parse};

use super::{Answer, Editor, motion};
use crate::tui::keymap::Key;

/// What keys do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are commands.
    #[default]
    Normal,
    /// They are typed.
    Insert,
    /// They widen what is selected, and work on it.
    Visual,
    /// The same for whole lines.
    Lines,
}

/// The state of the keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Vim {
    pub(super) mode: Mode,
    /// What was typed of a command so far.
    pending: String,
    find: Option<Find>,
    /// The keys of the change under way, and of the last one: `.` presses them again.
    record: Vec<KeyEvent>,
    last: Vec<KeyEvent>,
    /// Where in the history the change under way began.
    began: usize,
}

impl Vim {
    /// What the section says of it.
    pub(super) fn word(&self) -> String {
        let mode = match self.mode {
            Mode::Normal => "NORMAL",
            Mode::Insert => "INSERT",
            Mode::Visual => "VISUAL",
            Mode::Lines => "V-LINE",
        };
        if self.pending.is_empty() { mode.to_owned() } else { format!("{} {mode}", self.pending) }
    }

    pub(super) fn selects(&self) -> bool {
        matches!(self.mode, Mode::Visual | Mode::Lines)
    }
}

impl Editor {
    /// A key in a mode where keys are commands.
    pub(super) fn vim_key(&mut self, event: KeyEvent) -> Answer {
        let Some(vim) = &mut self.vim else { return Answer::Not };
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let half = (self.rows / 2).max(1).cast_signed();
        let page = self.rows.cast_signed();
        match event.code {
            KeyCode::Esc if vim.pending.is_empty() => return self.vim_escape(),
            KeyCode::Esc => vim.pending.clear(),
            KeyCode::Char('r') if control => self.redo(),
            KeyCode::Char('d') if control => self.vertical(half, self.selects()),
            KeyCode::Char('u') if control => self.vertical(-half, self.selects()),
            KeyCode::Char('f') if control => self.vertical(page, self.selects()),
            KeyCode::Char('b') if control => self.vertical(-page, self.selects()),
            KeyCode::Enter => self.vertical(1, self.selects()),
            KeyCode::Backspace => self.vim_go(Motion::Left, None),
            _ => match Key::from(event).typed() {
                Some(typed) => return self.vim_typed(typed, event),
                None if self.selects() => {
                    return self.movement(KeyEvent::new(
                        event.code,
                        event.modifiers | KeyModifiers::SHIFT,
                    ));
                }
                None => return self.movement(event),
            },
        }
        self.on_letter();
        Answer::Done(Vec::new())
    }

    pub(super) fn selects(&self) -> bool {
        self.vim.as_ref().is_some_and(Vim::selects)
    }

    fn vim_typed(&mut self, typed: char, event: KeyEvent) -> Answer {
        let selects = self.selects();
        let depth = self.buffer.depth();
        let Some(vim) = &mut self.vim else { return Answer::Not };
        if vim.pending.is_empty() {
            vim.record.clear();
            vim.began = depth;
        }
        vim.pending.push(typed);
        vim.record.push(event);
        let answer = match parse(&vim.pending, selects) {
            Err(Stop::More) => return Answer::Done(Vec::new()),
            Err(Stop::Bad) => Answer::Done(Vec::new()),
            Ok(command) => {
                vim.pending.clear();
                let answer = self.run(command);
                if let Some(vim) = &mut self.vim
                    && command.verb.changes()
                    && !selects
                    && vim.mode == Mode::Normal
                {
                    vim.last = std::mem::take(&mut vim.record);
                }
                answer
            }
        };
        if let Some(vim) = &mut self.vim {
            vim.pending.clear();
        }
        self.on_letter();
        answer
    }

    /// A key that is typed while inserting is part of the change.
    pub(super) fn vim_record(&mut self, event: KeyEvent) {
        if let Some(vim) = self.vim.as_mut().filter(|vim| vim.mode == Mode::Insert) {
            vim.record.push(event);
        }
    }

    /// Esc: back to commands; from there, out of the text.
    pub(super) fn vim_escape(&mut self) -> Answer {
        let Some(vim) = &mut self.vim else { return Answer::Not };
        match std::mem::take(&mut vim.mode) {
            Mode::Normal => {
                if self.search.matches().is_empty() {
                    self.leave();
                    return Answer::Left;
                }
                self.search.hide();
            }
            Mode::Insert => {
                vim.last = std::mem::take(&mut vim.record);
                let began = vim.began;
                // Whatever was typed in one go is taken back in one.
                self.buffer.join(began);
                let start = self.buffer.line_span(self.buffer.line_of(self.at)).start;
                self.go(motion::left(&self.buffer, self.at).max(start), false);
            }
            Mode::Visual | Mode::Lines => self.anchor = None,
        }
        Answer::Done(Vec::new())
    }

    /// The cursor of commands stands on a letter, not behind the last one.
    fn on_letter(&mut self) {
        let Some(vim) = self.vim.as_ref().filter(|vim| vim.mode != Mode::Insert) else { return };
        let span = self.buffer.line_span(self.buffer.line_of(self.at));
        if self.at >= span.end && span.end > span.start && !vim.selects() {
            self.at = motion::left(&self.buffer, span.end);
        }
    }
}

#[cfg(test)]
mod tests;
