//! Keys that are typed into the text. Those that every editor has are fixed; the others are actions of the keymap.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::vim::Mode;
use super::{Answer, Editor, motion};
use crate::tui::buffer::Buffer;
use crate::tui::keymap::Key;

impl Editor {
    /// Takes a key.
    pub(crate) fn key(&mut self, event: KeyEvent) -> Answer {
        if self.ask.is_some() {
            return self.answer(event);
        }
        let offered = self.popup.is_some();
        if let Some(answer) = self.pick(event) {
            return answer;
        }
        self.notice.clear();
        if self.vim.as_ref().is_some_and(|vim| vim.mode != Mode::Insert) {
            return self.vim_key(event);
        }
        self.vim_record(event);
        let answer = self.plain(event);
        let typed = Key::from(event).typed();
        let in_word = typed.is_some_and(|c| c == '"' || c == '_' || c.is_alphanumeric());
        if in_word || offered && event.code == KeyCode::Backspace {
            self.offer(false);
        }
        answer
    }

    fn plain(&mut self, event: KeyEvent) -> Answer {
        if let Some(typed) = Key::from(event).typed() {
            self.type_char(typed);
            return Answer::Done(Vec::new());
        }
        let by_word = event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match event.code {
            KeyCode::Esc if self.vim.is_some() => return self.vim_escape(),
            KeyCode::Esc => return self.escape(),
            KeyCode::Enter => self.new_line(),
            KeyCode::Tab if self.selection().is_some() => self.indent(false),
            KeyCode::Tab => self.insert(&motion::unit(&self.buffer)),
            KeyCode::BackTab => self.indent(true),
            KeyCode::Backspace if by_word => self.erase(motion::previous_word),
            KeyCode::Backspace => self.erase(motion::left),
            KeyCode::Delete if by_word => self.erase(motion::next_word),
            KeyCode::Delete if event.modifiers.is_empty() => self.erase(motion::right),
            _ => return self.movement(event),
        }
        Answer::Done(Vec::new())
    }

    /// Closes the topmost thing: the selection, what was found, and then the text is left.
    pub(super) fn escape(&mut self) -> Answer {
        if self.selection().is_some() {
            self.anchor = None;
        } else if !self.search.matches().is_empty() {
            self.search.hide();
        } else {
            self.leave();
            return Answer::Left;
        }
        Answer::Done(Vec::new())
    }

    /// Moves the cursor; with shift it selects.
    pub(super) fn movement(&mut self, event: KeyEvent) -> Answer {
        let select = event.modifiers.contains(KeyModifiers::SHIFT);
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER) {
            return Answer::Not;
        }
        let page = self.rows.cast_signed();
        let mut go = |motion: fn(&Buffer, usize) -> usize| {
            let to = motion(&self.buffer, self.at);
            self.go(to, select);
        };
        match event.code {
            KeyCode::Left if control => go(motion::previous_word),
            KeyCode::Right if control => go(motion::next_word),
            KeyCode::Left => go(motion::left),
            KeyCode::Right => go(motion::right),
            KeyCode::Home if control => go(|_, _| 0),
            KeyCode::End if control => go(|buffer, _| buffer.len()),
            KeyCode::Home => go(home),
            KeyCode::End => go(|buffer, at| buffer.line_span(buffer.line_of(at)).end),
            KeyCode::Up => self.vertical(-1, select),
            KeyCode::Down => self.vertical(1, select),
            KeyCode::PageUp => self.vertical(-page, select),
            KeyCode::PageDown => self.vertical(page, select),
            _ => return Answer::Not,
        }
        Answer::Done(Vec::new())
    }
}

/// The first letter of the line; from there, its start.
fn home(buffer: &Buffer, at: usize) -> usize {
    let line = buffer.line_of(at);
    let sign = motion::first_sign(buffer, line);
    if at == sign { buffer.line_span(line).start } else { sign }
}
