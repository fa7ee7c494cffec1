//! The answer beside the request: each field that differs, what a Gateway makes of it, and what to write instead.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ratatui::layout::Rect;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;

use super::Open;
use crate::domain::effect::{Edited, Fate};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// Characters of a value that are shown; the rest is in the JSON.
const LONGEST: usize = 400;

/// Fields of a message that came or went as a whole, at most.
const MOST: usize = 40;

/// A line, and how it looks.
pub(super) type Line = (Role, String);

/// All of it, in lines of at most this width.
pub(super) fn lines(open: &Open, width: u16) -> Vec<Line> {
    let document = &open.document;
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let mut lines = Lines { lines: Vec::new(), width: width.into() };
    let outcome = match (text("outcome"), document.get("status").and_then(Value::as_u64)) {
        (Some(outcome), Some(status)) => format!("{outcome}, the caller sees {status}"),
        (Some(outcome), None) => outcome.to_owned(),
        (None, _) => "an event has no answer that could change anything".to_owned(),
    };
    lines.put(Role::Heading, 0, &outcome);
    if let Some(error) = text("error") {
        lines.put(Role::Error, 0, &format!("✗ {error}"));
    }
    if document.get("reply").is_none_or(Value::is_null) || text("outcome").is_none() {
        return lines.lines;
    }
    if open.edits.is_empty() {
        lines.put(Role::Dim, 0, "The answer is what came: no field differs.");
    }
    if document.get("trimmed") == Some(&Value::Bool(true)) {
        let what = match document.pointer("/request/hookType").and_then(Value::as_str) {
            Some("Response") => "all of request, and the body beside rawBody",
            _ => "the body beside rawBody",
        };
        let trimmed = "Left out by this server, as the Gateway does not read it:";
        lines.put(Role::Dim, 0, &format!("{trimmed} {what}."));
    }
    for edit in &open.edits {
        lines.lines.push((Role::Text, String::new()));
        lines.edit(edit);
    }
    lines.lines
}

struct Lines {
    lines: Vec<Line>,
    width: usize,
}

impl Lines {
    /// A text with what is before it, broken where it is too long: between words, or in the middle of one that no line holds.
    fn put(&mut self, role: Role, indent: usize, what: &str) {
        let room = self.width.saturating_sub(indent).max(8);
        let mut line = String::new();
        for word in text::clean(what).split(' ') {
            if !line.is_empty() && text::width(&line) + 1 + text::width(word) > room {
                self.lines.push((role, " ".repeat(indent) + &line));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            for letter in word.graphemes(true) {
                if text::width(&line) + text::width(letter) > room {
                    self.lines.push((role, " ".repeat(indent) + &line));
                    line.clear();
                }
                line.push_str(letter);
            }
        }
        self.lines.push((role, " ".repeat(indent) + &line));
    }

    /// A value that came or went: a message by its fields, anything else in a line.
    fn whole(&mut self, role: Role, head: &str, name: &str, value: &Value) {
        if value.as_object().is_none_or(|members| members.len() < 2) {
            return self.put(role, 0, &format!("{head}  {}", shown(name, value)));
        }
        self.put(role, 0, head);
        let mut leaves = Vec::new();
        leaves_of(value, "", &mut leaves);
        for (path, leaf) in leaves.iter().take(MOST) {
            let name = path.rsplit('.').next().unwrap_or_default();
            self.put(role, 4, &format!("{path}  {}", shown(name, leaf)));
        }
        if let Some(more) = leaves.len().checked_sub(MOST).filter(|more| *more > 0) {
            self.put(Role::Dim, 4, &format!("… {more} more, in the JSON"));
        }
    }

    fn edit(&mut self, edit: &Edited) {
        let change = &edit.change;
        let name = change.path.last().map_or("", String::as_str);
        let path = change.path.join(".");
        // Of a list of names the name itself is the value.
        let is_name = matches!(change.path.as_slice(), [_, list, _] if list.starts_with("delete"));
        match (&change.before, &change.after) {
            (None, None) => self.put(Role::Error, 0, &format!("! {path}  is missing")),
            (None, Some(_)) if is_name => self.put(Role::Changed, 0, &format!("+ {path}")),
            (Some(_), None) if is_name => self.put(Role::Refused, 0, &format!("- {path}")),
            (None, Some(after)) => self.whole(Role::Changed, &format!("+ {path}"), name, after),
            (Some(before), None) => self.whole(Role::Refused, &format!("- {path}"), name, before),
            (Some(before), Some(after)) => {
                self.put(Role::Text, 0, &format!("~ {path}"));
                self.put(Role::Refused, 1, &format!("-  {}", shown(name, before)));
                self.put(Role::Changed, 1, &format!("+  {}", shown(name, after)));
            }
        }
        let (role, sign) = match edit.fate {
            Fate::Applied if edit.fix.is_none() => (Role::Good, "✓ applied:"),
            Fate::Applied => (Role::Warning, "⚠ applied:"),
            Fate::Ignored if edit.fix.is_none() => (Role::Dim, "· ignored:"),
            Fate::Ignored => (Role::Warning, "⚠ ignored:"),
            Fate::Breaks => (Role::Error, "✗ breaks:"),
            Fate::Depends => (Role::Hint, "?"),
        };
        self.put(role, 2, &format!("{sign} {}", edit.why));
        if let Some(fix) = &edit.fix {
            self.put(Role::Key, 2, &format!("→ {fix}"));
        }
    }
}

/// The fields of a message that are no messages, by their paths.
fn leaves_of<'a>(value: &'a Value, path: &str, leaves: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                let at = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                leaves_of(member, &at, leaves);
            }
        }
        leaf => leaves.push((path.to_owned(), leaf)),
    }
}

/// A value in a line; bytes as the text that they are.
fn shown(name: &str, value: &Value) -> String {
    let text = match value {
        Value::String(bytes) if name == "rawBody" => {
            let bytes = BASE64_STANDARD.decode(bytes).ok();
            bytes
                .and_then(|bytes| String::from_utf8(bytes).ok())
                .map(|text| Value::from(text).to_string())
        }
        _ => None,
    };
    let text = text.unwrap_or_else(|| value.to_string());
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Draws the lines from this one on.
pub(super) fn draw(open: &Open, top: usize, pen: &mut Pen<'_>, area: Rect) {
    let lines = lines(open, area.width.saturating_sub(1));
    let visible = lines.iter().skip(top).take(area.height.into());
    for (y, (role, line)) in (area.y..).zip(visible) {
        pen.put(area.x, y, area.width, line, *role);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::domain::effect::fates;
    use crate::tui::widget::tree::Tree;

    fn said(reply: &Value, width: u16) -> Vec<String> {
        let request = json!({
            "hookType": "Pre",
            "request": {
                "headers": {"X-A": "1"},
                "rawBody": "b2xk",
                "returnOverrides": {"responseCode": -1},
                "url": "/a?b=c",
            },
        });
        let edits = fates(&request, reply, false);
        let document = Arc::new(json!({
            "outcome": "changed", "status": null, "error": null, "request": request, "reply": reply,
        }));
        let tree = Tree::new(Arc::clone(&document));
        let open = Open {
            seq: 1,
            shown: false,
            document,
            edits,
            tree,
            unpacked: None,
            packed: false,
            noted: None,
            bodies: None,
        };
        lines(&open, width).into_iter().map(|(_, line)| line).collect()
    }

    #[test]
    fn each_edit_is_named_with_what_becomes_of_it_and_the_fix() {
        let reply = json!({
            "hookType": "Pre",
            "request": {
                "headers": {"X-A": "1", "X-B": "2"},
                "rawBody": "bmV3",
                "returnOverrides": {"responseCode": -1},
                "url": "/a?b=d",
                "deleteHeaders": ["X-A"],
            },
        });
        let lines = said(&reply, 100);
        let expected = [
            "changed",
            "",
            "+ request.headers.X-B  \"2\"",
            "  ⚠ ignored: headers is what came; it is not read",
            "  → put it into setHeaders: X-B",
            "",
            "~ request.url",
            " -  \"/a?b=c\"",
            " +  \"/a?b=d\"",
            "  ⚠ ignored: its query is ignored: the original one is put back",
            "  → use addParams and deleteParams",
            "",
            "~ request.rawBody",
            " -  \"old\"",
            " +  \"new\"",
            "  ✓ applied: the upstream gets this body",
            "",
            "+ request.deleteHeaders.X-A",
            "  ✓ applied: the upstream does not get it",
        ];
        assert_eq!(lines, expected);
        let narrow = said(&reply, 30);
        assert!(narrow.iter().all(|line| text::width(line) <= 30), "{narrow:?}");
    }

    #[test]
    fn what_breaks_comes_first() {
        let reply = json!({"hookType": "Pre", "request": {"url": "/a?b=c"}});
        let lines = said(&reply, 100);
        assert!(lines[2].starts_with("- request.returnOverrides"), "{lines:?}");
        assert_eq!(lines[3], "  ✗ breaks: the Gateway panics, and its client's connection drops");
        assert_eq!(lines[4], "  → echo returnOverrides, empty or not");
    }

    #[test]
    fn a_message_that_is_new_is_shown_by_its_fields_and_a_long_text_whole() {
        let reply = json!({
            "hookType": "Pre",
            "request": {
                "headers": {"X-A": "1"},
                "rawBody": "b2xk",
                "returnOverrides": {"responseCode": -1},
                "url": "/a?b=c",
                "setHeaders": {"X-Long": "y".repeat(100)},
            },
            "session": {"rate": 10.0, "metadata": {"token": "t"}, "tags": ["a", "b"]},
        });
        let lines = said(&reply, 40);
        let at = lines.iter().position(|line| line == "+ session").unwrap();
        let fields = ["    rate  10.0", "    metadata.token  \"t\"", "    tags  [\"a\",\"b\"]"];
        assert_eq!(lines[at + 1..at + 4], fields);
        assert_eq!(lines.iter().map(|line| line.matches('y').count()).max(), Some(40));
        assert_eq!(lines.join("").matches("yy").count(), 50, "{lines:?}");
        assert!(lines.iter().all(|line| text::width(line) <= 40), "{lines:?}");
    }
}
