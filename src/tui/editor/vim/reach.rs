//! How far a motion or an object reaches.

use std::ops::Range;

use super::parse::{Find, Motion, Operator, Target};
use crate::tui::editor::outline::string_end;
use crate::tui::editor::{Editor, motion};

/// What an operator works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Span(Range<usize>),
    /// From this line to that one.
    Lines(usize, usize),
}

impl Editor {
    /// Where a motion leads; `None`: nowhere.
    pub(super) fn destination(&self, way: Motion, count: Option<usize>) -> Option<usize> {
        let buffer = &self.buffer;
        let line = buffer.line_of(self.at);
        let span = buffer.line_span(line);
        let times = count.unwrap_or(1);
        let repeat = |step: fn(&crate::tui::buffer::Buffer, usize) -> usize| {
            (0..times.min(buffer.len() + 1)).fold(self.at, |at, _| step(buffer, at))
        };
        Some(match way {
            Motion::Left => repeat(motion::left).max(span.start),
            Motion::Right => repeat(motion::right).min(span.end),
            Motion::Up | Motion::Down => return None,
            Motion::Word => repeat(motion::next_word),
            Motion::Back => repeat(motion::previous_word),
            Motion::End => repeat(motion::word_end),
            Motion::LineStart => span.start,
            Motion::FirstSign => motion::first_sign(buffer, line),
            Motion::LineEnd => {
                buffer.line_span((line + times - 1).min(buffer.line_count() - 1)).end
            }
            Motion::FirstLine | Motion::LastLine => {
                let last = buffer.line_count() - 1;
                let default = if way == Motion::FirstLine { 0 } else { last };
                motion::first_sign(
                    buffer,
                    count.map_or(default, |line| line.saturating_sub(1).min(last)),
                )
            }
            Motion::Find(find) => self.find_letter(find, times)?,
            Motion::Again { reverse } => {
                let find = self.vim.as_ref()?.find?;
                self.find_letter(Find { back: find.back != reverse, ..find }, times)?
            }
            Motion::Bracket => self.bracket()?,
            Motion::Match { reverse: false } => self.search.from(self.at + 1)?.start,
            Motion::Match { reverse: true } => self.search.before(self.at)?.start,
        })
    }

    /// `f` and its like stay on their line.
    fn find_letter(&self, find: Find, times: usize) -> Option<usize> {
        let span = self.buffer.line_span(self.buffer.line_of(self.at));
        let line = std::str::from_utf8(&self.buffer.bytes()[span.clone()]).ok()?;
        let here = self.at - span.start;
        let found = if find.back {
            line[..here].rmatch_indices(find.letter).nth(times - 1)?.0
        } else {
            // Before the letter that is next already, `t` would stand still.
            let from = motion::right(&self.buffer, self.at).min(span.end) - span.start;
            from + line[from..].match_indices(find.letter).nth(times - 1)?.0
        };
        let at = span.start + found;
        Some(match (find.till, find.back) {
            (false, _) => at,
            (true, false) => motion::left(&self.buffer, at),
            (true, true) => at + find.letter.len_utf8(),
        })
    }

    /// `%`: the bracket that belongs to the next one on the line.
    fn bracket(&self) -> Option<usize> {
        let end = self.buffer.line_span(self.buffer.line_of(self.at)).end;
        (self.at..end).find_map(|at| self.outline.matching(self.buffer.bytes(), at))
    }

    /// What an operator works on.
    pub(super) fn reach(
        &self,
        operator: Operator,
        target: Target,
        count: Option<usize>,
    ) -> Option<Reach> {
        let buffer = &self.buffer;
        let line = buffer.line_of(self.at);
        let last = buffer.line_count() - 1;
        let times = count.unwrap_or(1);
        let way = match target {
            Target::Lines => return Some(Reach::Lines(line, (line + times - 1).min(last))),
            Target::Selection => {
                let selected = self.selection()?;
                if self.vim.as_ref()?.mode == super::Mode::Lines {
                    return Some(Reach::Lines(
                        buffer.line_of(selected.start),
                        buffer.line_of(selected.end),
                    ));
                }
                return Some(Reach::Span(selected));
            }
            Target::Object { around, of } => return self.object(around, of).map(Reach::Span),
            Target::Motion(way) => way,
        };
        match way {
            Motion::Up => return Some(Reach::Lines(line.checked_sub(times)?, line)),
            Motion::Down if line + times <= last => return Some(Reach::Lines(line, line + times)),
            Motion::Down => return None,
            Motion::FirstLine | Motion::LastLine => {
                let to = buffer.line_of(self.destination(way, count)?);
                return Some(Reach::Lines(line.min(to), line.max(to)));
            }
            _ => {}
        }
        // `cw` leaves the space behind the word.
        let at_word = motion::class(buffer, self.at) != motion::Class::Space;
        let changes_word = operator == Operator::Change && way == Motion::Word && at_word;
        let way = if changes_word { Motion::End } else { way };
        let to = match count {
            None | Some(1) if changes_word && self.ends_word() => self.at,
            _ => self.destination(way, count)?,
        };
        let includes = match way {
            Motion::End | Motion::Bracket => true,
            Motion::Find(find) => !find.back,
            Motion::Again { reverse } => self.vim.as_ref()?.find?.back == reverse,
            _ => false,
        };
        let (from, mut to) = (self.at.min(to), self.at.max(to));
        if includes {
            to = motion::right(buffer, to).min(buffer.line_span(buffer.line_of(to)).end);
        }
        // A word that ends its line does not take the line's end with it.
        let end = buffer.line_span(line).end;
        if way == Motion::Word && to > end && self.at < end && times == 1 {
            to = end;
        }
        (from < to || operator == Operator::Change).then_some(Reach::Span(from..to))
    }

    /// Whether the cursor is on the last letter of a word.
    fn ends_word(&self) -> bool {
        let next = motion::right(&self.buffer, self.at);
        motion::class(&self.buffer, next) != motion::class(&self.buffer, self.at)
    }

    /// `iw`, `a"`, `i{`, …
    fn object(&self, around: bool, of: char) -> Option<Range<usize>> {
        let bytes = self.buffer.bytes();
        match of {
            'w' => Some(self.word(around)),
            '"' => {
                let line = self.buffer.line_span(self.buffer.line_of(self.at));
                let mut at = line.start;
                while let Some(open) = bytes[at..line.end].iter().position(|byte| *byte == b'"') {
                    let open = at + open;
                    let end = string_end(bytes, open);
                    // Before the first string of the line it is that one.
                    if self.at < end && end > open + 1 {
                        return Some(if around { open..end } else { open + 1..end - 1 });
                    }
                    at = end;
                }
                None
            }
            '{' | '}' | 'B' | '[' | ']' => {
                let is_object = matches!(of, '{' | '}' | 'B');
                let mut found =
                    self.outline.opening_at(self.at).or_else(|| self.outline.around(self.at))?;
                while found.is_object != is_object {
                    found = self.outline.parent(found)?;
                }
                let close = found.close.min(bytes.len());
                Some(if around {
                    found.open..(close + 1).min(bytes.len())
                } else {
                    found.open + 1..close
                })
            }
            _ => None,
        }
    }

    fn word(&self, around: bool) -> Range<usize> {
        let buffer = &self.buffer;
        let line = buffer.line_span(buffer.line_of(self.at));
        let kind = motion::class(buffer, self.at);
        let run = |mut at: usize, kind| {
            while at < line.end && motion::class(buffer, at) == kind {
                at += 1;
            }
            at
        };
        let mut start = self.at;
        while start > line.start && motion::class(buffer, start - 1) == kind {
            start -= 1;
        }
        let end = run(self.at, kind);
        start..if around { run(end, motion::Class::Space) } else { end }
    }
}
