//! What typing does: pairs of signs, indentation, lines; each of it one edit of the text.

use super::outline::string_end;
use super::{Clip, Editor, motion};
use crate::domain::json::Edit;

impl Editor {
    /// Puts a text in place of what is selected, or at the cursor.
    pub(super) fn insert(&mut self, text: &str) {
        let span = self.selection().unwrap_or(self.at..self.at);
        self.type_in(span, text);
    }

    /// Types one character: brackets and quotes come in pairs where that helps, and a closing sign that was put in for
    /// the user is stepped over.
    pub(super) fn type_char(&mut self, typed: char) {
        if self.selection().is_some() {
            self.insert(typed.encode_utf8(&mut [0; 4]));
            return;
        }
        let next = self.buffer.bytes().get(self.at).copied();
        if next == u8::try_from(typed).ok() && self.pairs.contains(&self.at) {
            let at = self.at;
            self.pairs.retain(|pair| *pair != at);
            self.go(at + 1, false);
            return;
        }
        // Before a word a pair would be in the way.
        let free = next.is_none_or(|byte| byte.is_ascii_whitespace() || b",:]}".contains(&byte));
        let pair = match typed {
            '{' if free && !self.in_string() => "{}",
            '[' if free && !self.in_string() => "[]",
            '"' if free && !self.in_string() => "\"\"",
            '}' | ']' if !self.in_string() => return self.close_bracket(typed),
            _ => return self.insert(typed.encode_utf8(&mut [0; 4])),
        };
        self.insert(pair);
        self.go(self.at - 1, false);
        self.pairs.push(self.at);
    }

    /// A closing bracket on a line of its own goes below the line of its opening one.
    fn close_bracket(&mut self, typed: char) {
        let line = self.buffer.line_of(self.at);
        let start = self.buffer.line_span(line).start;
        let blank = self.buffer.bytes()[start..self.at].iter().all(u8::is_ascii_whitespace);
        match self.outline.around(self.at).filter(|_| blank && self.at > start) {
            Some(container) => {
                let indent = motion::indent(&self.buffer, self.buffer.line_of(container.open));
                self.type_in(start..self.at, &format!("{indent}{typed}"));
            }
            None => self.insert(typed.encode_utf8(&mut [0; 4])),
        }
    }

    /// Whether the cursor is inside a string; no string of JSON goes over a line's end.
    pub(super) fn in_string(&self) -> bool {
        let mut at = self.buffer.line_span(self.buffer.line_of(self.at)).start;
        while at < self.at {
            if self.buffer.bytes()[at] == b'"' {
                at = string_end(self.buffer.bytes(), at);
                // A string that ends with its line was not closed.
                let closed = self.buffer.bytes()[at - 1] == b'"';
                if at > self.at || at == self.at && !closed {
                    return true;
                }
            } else {
                at += 1;
            }
        }
        false
    }

    /// A new line, as far in as this one; behind an opening bracket one level more, and the closing one goes below.
    pub(super) fn new_line(&mut self) {
        let bytes = self.buffer.bytes();
        let span = self.selection().unwrap_or(self.at..self.at);
        let line = self.buffer.line_of(span.start);
        let newline = motion::newline(&self.buffer);
        let indent = motion::indent(&self.buffer, line);
        let start = self.buffer.line_span(line).start;
        let indent = indent[..indent.len().min(span.start - start)].to_owned();
        let before = bytes[start..span.start].iter().rev().find(|byte| !byte.is_ascii_whitespace());
        let after = bytes.get(span.end);
        let opens = matches!(before, Some(b'{' | b'[')) && !self.in_string();
        let unit = if opens { motion::unit(&self.buffer) } else { String::new() };
        let inner = format!("{newline}{indent}{unit}");
        if opens && matches!(after, Some(b'}' | b']')) {
            let below = format!("{newline}{indent}");
            self.type_in(span, &format!("{inner}{below}"));
            self.go(self.at - below.len(), false);
        } else {
            self.type_in(span, &inner);
        }
    }

    /// Erases what is selected, else from the cursor to where `motion` leads.
    pub(super) fn erase(&mut self, motion: impl Fn(&crate::tui::buffer::Buffer, usize) -> usize) {
        if let Some(selected) = self.selection() {
            return self.type_in(selected, "");
        }
        let to = motion(&self.buffer, self.at);
        let mut span = to.min(self.at)..to.max(self.at);
        // Of an empty pair both signs go.
        if span.end == self.at && span.len() == 1 && self.pairs.contains(&self.at) {
            span.end += 1;
        }
        self.type_in(span, "");
    }

    /// The lines that the selection touches, or the cursor's.
    pub(super) fn touched(&self) -> std::ops::RangeInclusive<usize> {
        let span = self.selection().unwrap_or(self.at..self.at);
        let (first, last) = (self.buffer.line_of(span.start), self.buffer.line_of(span.end));
        // A selection that ends before the first letter of a line does not touch it.
        let untouched = last > first && self.buffer.line_span(last).start == span.end;
        first..=if untouched { last - 1 } else { last }
    }

    /// Moves the touched lines one level in, or out.
    pub(super) fn indent(&mut self, out: bool) {
        let unit = motion::unit(&self.buffer);
        let edits: Vec<_> = self
            .touched()
            .filter_map(|line| {
                let start = self.buffer.line_span(line).start;
                if !out {
                    let blank = self.buffer.line(line).is_empty();
                    return (!blank).then(|| Edit { span: start..start, text: unit.clone() });
                }
                let indent = motion::indent(&self.buffer, line);
                let less = if indent.starts_with(&unit) {
                    unit.len()
                } else {
                    indent.len().min(unit.len())
                };
                Some(Edit { span: start..start + less, text: String::new() })
            })
            .collect();
        self.apply(&edits);
        self.reveal();
    }

    /// Moves the touched lines over the line above, or below.
    pub(super) fn move_lines(&mut self, up: bool) {
        let lines = self.touched();
        let other = if up { lines.start().checked_sub(1) } else { Some(lines.end() + 1) };
        let Some(other) = other.filter(|line| *line < self.buffer.line_count()) else { return };
        let (first, last) = (*lines.start().min(&other), *lines.end().max(&other));
        let block =
            self.buffer.line_span(*lines.start()).start..self.buffer.line_span(*lines.end()).end;
        let single = self.buffer.line_span(other);
        let between = if up { single.end..block.start } else { block.end..single.start };
        let [block_text, single_text, between] =
            [block.clone(), single.clone(), between].map(|span| self.text(span));
        let whole = self.buffer.line_span(first).start..self.buffer.line_span(last).end;
        let (text, to) = if up {
            (format!("{block_text}{between}{single_text}"), whole.start)
        } else {
            let to = whole.start + single_text.len() + between.len();
            (format!("{single_text}{between}{block_text}"), to)
        };
        let (at, anchor) = (
            self.at - block.start + to,
            self.anchor.map(|anchor| anchor - block.start.min(anchor) + to),
        );
        // Bytes that are no text would not survive.
        if text.len() == whole.len() && self.apply(&[Edit { span: whole, text }]) {
            self.at = at;
            self.anchor = anchor;
            self.reveal();
        }
    }

    /// Makes the touched lines once more, below.
    pub(super) fn duplicate_lines(&mut self) {
        let lines = self.touched();
        let end = self.buffer.line_span(*lines.end()).end;
        let text = self.text(self.buffer.line_span(*lines.start()).start..end);
        let text = format!("{}{text}", motion::newline(&self.buffer));
        let at = self.at + text.len();
        self.apply(&[Edit { span: end..end, text }]);
        self.go(at, false);
    }

    /// Lines with the line break behind them; of the last line, which has none, the one before it.
    pub(super) fn whole_lines(&self, first: usize, last: usize) -> std::ops::Range<usize> {
        let start = self.buffer.line_span(first).start;
        if last + 1 < self.buffer.line_count() {
            return start..self.buffer.line_span(last + 1).start;
        }
        let before = first.checked_sub(1).map_or(start, |line| self.buffer.line_span(line).end);
        before..self.buffer.len()
    }

    /// Takes lines out; they can be put back.
    pub(super) fn cut_lines(&mut self, first: usize, last: usize) {
        self.copy_lines(first, last);
        self.type_in(self.whole_lines(first, last), "");
        let line = self.buffer.line_of(self.at.min(self.buffer.len()));
        self.go(motion::first_sign(&self.buffer, line), false);
    }

    /// Keeps lines to be put elsewhere.
    pub(super) fn copy_lines(&mut self, first: usize, last: usize) {
        let span = self.buffer.line_span(first).start..self.buffer.line_span(last).end;
        self.clip = Clip { text: self.text(span), lines: true };
    }

    /// Puts what was cut or copied here at the cursor; lines above its line.
    pub(super) fn put_back(&mut self) {
        let Clip { text, lines } = self.clip.clone();
        if !lines || self.selection().is_some() {
            return self.insert(&text);
        }
        let start = self.buffer.line_span(self.buffer.line_of(self.at)).start;
        let text = format!("{text}{}", motion::newline(&self.buffer));
        self.apply(&[Edit { span: start..start, text: text.clone() }]);
        self.go(start + text.len(), false);
    }

    /// Puts a pasted text in; its line breaks become those of the document.
    pub(crate) fn paste(&mut self, text: &str) {
        if let Some(ask) = &mut self.ask {
            ask.field.paste(text);
            self.asked();
            return;
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let newline = motion::newline(&self.buffer);
        let text = if newline == "\n" { text } else { text.replace('\n', newline) };
        let span = self.selection().unwrap_or(self.at..self.at);
        let end = span.start + text.len();
        self.apply(&[Edit { span, text }]);
        self.go(end, false);
    }
}
