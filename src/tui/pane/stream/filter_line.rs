//! The line on which a filter is typed: coloured while one types, the mistake at its character, completion, history.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::layout::Rect;

use super::Pane;
use crate::domain::filter::{self, Class, Completion, Filter, Text};
use crate::flows::filters::MOST;
use crate::tui::overlay::{Prompt, Purpose};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Field, Pen};

/// Choices that are shown at once.
const CHOICES: u16 = 8;

/// Values of one field that are remembered.
const REMEMBERED: usize = 64;

/// What helps while a filter is typed.
#[derive(Default)]
pub(crate) struct FilterLine {
    /// Filters that were used, the last one last.
    history: Vec<String>,
    /// Which of them is on the line, counted from the newest; and what stood there before.
    recalled: Option<(usize, String)>,
    /// The choices that tab goes through, and which is taken.
    taken: Option<(Completion, usize)>,
    /// Values that rows have had.
    seen: BTreeMap<&'static str, BTreeSet<String>>,
}

impl FilterLine {
    /// Remembers a filter that was used.
    pub(crate) fn used(&mut self, text: &str) {
        self.left();
        self.history.retain(|used| used != text);
        self.history.push(text.to_owned());
        self.history.drain(..self.history.len().saturating_sub(MOST));
    }

    /// Takes in what is on the disk, the last one last; what was used here and is not there comes after it.
    pub(crate) fn remember(&mut self, kept: Vec<String>) {
        let here = std::mem::replace(&mut self.history, kept);
        let recalled = |(at, typed): (usize, String)| {
            let text = here.iter().rev().nth(at)?;
            Some((text.clone(), typed))
        };
        let recalled = self.recalled.take().and_then(recalled);
        let new: Vec<String> =
            here.into_iter().filter(|used| !self.history.contains(used)).collect();
        self.history.extend(new);
        self.history.drain(..self.history.len().saturating_sub(MOST));
        // Who is walking through them stays where he is.
        self.recalled = recalled.and_then(|(text, typed)| {
            let at = self.history.iter().rev().position(|used| *used == text)?;
            Some((at, typed))
        });
    }

    /// The line was left, or typed on.
    pub(crate) fn left(&mut self) {
        self.recalled = None;
        self.taken = None;
    }

    /// Remembers values that can be offered.
    pub(super) fn see(&mut self, field: &'static str, value: &str) {
        let seen = self.seen.entry(field).or_default();
        if !value.is_empty() && seen.len() < REMEMBERED && !seen.contains(value) {
            seen.insert(value.to_owned());
        }
    }

    /// Takes the next choice that may stand before the cursor, or the one before.
    pub(crate) fn complete(&mut self, field: &mut Field, back: bool) {
        let (completion, at) = match self.taken.take() {
            Some((completion, at)) => (completion, Some(at)),
            None => (self.offered(field), None),
        };
        let last = completion.choices.len().saturating_sub(1);
        let at = match at {
            Some(at) if back => at.checked_sub(1).unwrap_or(last),
            Some(at) if at < last => at + 1,
            None if back => last,
            _ => 0,
        };
        let Some(choice) = completion.choices.get(at) else { return };
        let range = completion.range.clone();
        let cursor = field.cursor();
        let text = field.text();
        let (before, after) = (&text[..range.start], &text[cursor.max(range.start)..]);
        let put = format!("{before}{}{after}", choice.text);
        field.set(&put, range.start + choice.text.len());
        // One choice is made: what comes next is another matter.
        if completion.choices.len() > 1 {
            self.taken = Some((completion, at));
        }
    }

    /// Puts the filter on the line that was used before it (or after it).
    pub(crate) fn recall(&mut self, field: &mut Field, older: bool) {
        self.taken = None;
        let (at, typed) = match (self.recalled.take(), older) {
            (None, true) => (0, field.text().to_owned()),
            (None, false) => return,
            (Some((at, typed)), true) => (at + 1, typed),
            (Some((0, typed)), false) => return field.set(&typed, typed.len()),
            (Some((at, typed)), false) => (at - 1, typed),
        };
        let at = at.min(self.history.len().saturating_sub(1));
        if let Some(used) = self.history.iter().rev().nth(at) {
            field.set(used, used.len());
            self.recalled = Some((at, typed));
        }
    }

    fn offered(&self, field: &Field) -> Completion {
        let seen = |of: &Text| {
            let word = of.word();
            self.seen.get(&*word).into_iter().flatten().cloned().collect()
        };
        let mut completion = filter::complete(field.text(), field.cursor(), &seen);
        // Headers are completed by the names that were seen.
        let before = &field.text()[..field.cursor()];
        let at = completion.range.start.min(before.len());
        if let Some(name) = before[at..].strip_prefix("header.") {
            let names = self.seen.get("header.").into_iter().flatten();
            let fits = names.filter(|known| {
                known.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            });
            let choice =
                |name: &String| filter::Choice { text: format!("header.{name}"), about: "" };
            completion.choices = fits.map(choice).collect();
        }
        completion
    }
}

/// The role of a part of a filter.
fn role(class: Class) -> Role {
    match class {
        Class::Field => Role::Key,
        Class::Sign => Role::Dim,
        Class::Value => Role::Text,
        Class::Anywhere => Role::Changed,
        Class::Jq => Role::Hint,
    }
}

/// Draws the line, and what it says of what is typed above it.
pub(crate) fn draw(pane: &Pane, prompt: &Prompt, pen: &mut Pen<'_>, line: Rect, above: Rect) {
    let (field, breaks) = (&prompt.field, prompt.purpose == Purpose::Break);
    let typed = field.text();
    let (spans, error) = match typed.trim() {
        "" => (Vec::new(), None),
        _ => filter::look(typed),
    };
    // Not all that a list can be asked for is known of a call under way.
    let of_break = || Filter::parse_break(typed).err().filter(|_| breaks && !spans.is_empty());
    let error = error.or_else(of_break);
    pen.clear(line, Role::Text);
    let sign = if breaks { " break at ❯ " } else { " ❯ " };
    let used = pen.line(line, [(Role::Key, sign.into())]);
    let room = Rect { x: line.x + used, width: line.width.saturating_sub(used), ..line };
    let wrong = error.as_ref().map(|error| error.span.clone());
    let role_at = |at: usize| match &wrong {
        Some(wrong) if wrong.contains(&at) => Role::Error,
        _ => spans
            .iter()
            .find(|(span, _)| span.contains(&at))
            .map_or(Role::Field, |(_, class)| role(*class)),
    };
    let skipped = field.draw_painted(pen, room, role_at);
    let column = |at: usize| {
        let before = typed.get(..at).map_or(0, text::width).saturating_sub(skipped);
        room.x + u16::try_from(before).unwrap_or(0).min(room.width.saturating_sub(1))
    };
    let offered = match &pane.filter_line.taken {
        Some((completion, at)) => Some((completion.clone(), Some(*at))),
        None => Some((pane.filter_line.offered(field), None)),
    };
    let bottom = above.bottom().saturating_sub(1);
    // Nothing is wrong yet with what is still being typed.
    let at_end = error.as_ref().is_some_and(|error| error.span.end >= typed.trim_end().len());
    let offers = offered.as_ref().is_some_and(|(completion, _)| !completion.choices.is_empty());
    if let Some(error) = error.filter(|_| !(at_end && offers)) {
        let help = error.help.as_ref().map(|help| format!(" · {help}")).unwrap_or_default();
        let said = format!(" ✗ {}{help} ", error.what);
        let wide = u16::try_from(text::width(&said)).unwrap_or(u16::MAX);
        let x = column(error.span.start).min(line.right().saturating_sub(wide)).max(line.x);
        let strip = Rect { x: line.x, y: bottom, width: line.width, height: 1 };
        pen.clear(strip, Role::Text);
        pen.put(x, bottom, line.width, &said, Role::Error);
        let under = column(error.span.start);
        if under > x.saturating_add(wide) {
            pen.put(under, bottom, 1, "▾", Role::Error);
        }
        return;
    }
    if let Some(fails) = pane.jq_fails().filter(|_| !offers && !breaks) {
        let strip = Rect { x: line.x, y: bottom, width: line.width, height: 1 };
        pen.clear(strip, Role::Text);
        pen.put(line.x, bottom, line.width, &format!(" ⚠ {fails}"), Role::Warning);
        return;
    }
    let Some((completion, at)) = offered else { return };
    if !typed.trim().is_empty() || at.is_some() {
        draw_choices(&completion, at, pen, column(completion.range.start), above);
    } else {
        let strip = Rect { x: line.x, y: bottom, width: line.width, height: 1 };
        pen.clear(strip, Role::Text);
        let mut x = line.x;
        if let Some(last) = pane.filter_line.history.last() {
            let said = format!(" ↑ {}", text::fit(last, usize::from(line.width / 3)));
            x += pen.put(x, bottom, line.width, &said, Role::Text) + 2;
        }
        let said = if breaks {
            " hook:pre & path:/orders   status:4xx   | .reply.session == null   (it sees the answer that is proposed)   tab completes"
        } else {
            " hook:auth_check & status:4xx   path:/orders || body~\"x.*y\"   !rule:a   took>10ms   | .status == 403   tab completes"
        };
        pen.put(x, bottom, line.right().saturating_sub(x), said, Role::Dim);
    }
}

fn draw_choices(
    completion: &Completion,
    at: Option<usize>,
    pen: &mut Pen<'_>,
    x: u16,
    above: Rect,
) {
    let choices = &completion.choices;
    let shown = CHOICES.min(u16::try_from(choices.len()).unwrap_or(CHOICES)).min(above.height);
    let first = at.unwrap_or(0).saturating_sub(usize::from(shown.saturating_sub(1)));
    let visible = choices.iter().enumerate().skip(first).take(shown.into());
    let words = choices.iter().map(|choice| text::width(&choice.text)).max().unwrap_or(0).min(40);
    let about = choices.iter().map(|choice| text::width(choice.about)).max().unwrap_or(0);
    let wide = u16::try_from(words + about + 4).unwrap_or(above.width).min(above.width);
    let x = x.saturating_sub(1).min(above.right().saturating_sub(wide)).max(above.x);
    for (row, (number, choice)) in visible.enumerate() {
        let y = above.bottom() - shown + u16::try_from(row).unwrap_or(0);
        let area = Rect { x, y, width: wide, height: 1 };
        pen.clear(area, Role::Field);
        pen.put(x + 1, y, wide - 1, &choice.text, Role::Field);
        let after = x + 2 + u16::try_from(words).unwrap_or(0);
        pen.put(after, y, area.right().saturating_sub(after), choice.about, Role::Dim);
        if at == Some(number) {
            pen.select(area, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_goes_through_the_choices_and_keeps_what_follows() {
        let mut line = FilterLine::default();
        let mut field = Field::new("outcome:");
        line.complete(&mut field, false);
        assert_eq!(field.text(), "outcome:passed");
        line.complete(&mut field, false);
        assert_eq!(field.text(), "outcome:changed");
        line.left();
        line.see("api", "orders");
        field.set("api:o & x", 5);
        line.complete(&mut field, false);
        assert_eq!((field.text(), field.cursor()), ("api:orders & x", 10));
        line.see("header.", "X-Request-Id");
        field.set("header.x", 8);
        line.complete(&mut field, false);
        assert_eq!(field.text(), "header.X-Request-Id");
    }

    #[test]
    fn history_goes_back_and_returns_to_what_was_typed() {
        let mut line = FilterLine::default();
        let mut field = Field::new("typ");
        for used in ["a", "b", "a"] {
            line.used(used);
        }
        let mut recall = |older| {
            line.recall(&mut field, older);
            field.text().to_owned()
        };
        assert_eq!(recall(false), "typ");
        assert_eq!(recall(true), "a");
        assert_eq!(recall(true), "b");
        assert_eq!(recall(true), "b");
        assert_eq!(recall(false), "a");
        assert_eq!(recall(false), "typ");
    }

    #[test]
    fn what_comes_from_the_disk_is_older_than_what_was_used_here() {
        let mut line = FilterLine::default();
        let mut field = Field::new("");
        line.used("here");
        line.recall(&mut field, true);
        // While one walks.
        line.remember(["old", "other"].map(str::to_owned).to_vec());
        assert_eq!(line.history, ["old", "other", "here"]);
        line.recall(&mut field, true);
        assert_eq!(field.text(), "other");
        line.remember(["old", "here", "other"].map(str::to_owned).to_vec());
        line.recall(&mut field, true);
        assert_eq!(field.text(), "here");
        line.recall(&mut field, false);
        assert_eq!(field.text(), "other");
    }
}
