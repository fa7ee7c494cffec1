//! What may come where the cursor is.

use std::ops::Range;

use super::complete_jq;
use super::field::{self, FIELDS, HEADER, Meant, Takes, Text};
use super::parse::ends_word;

/// What may replace the stretch before the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a choice replaces.
    pub range: Range<usize>,
    /// In the order in which they are offered.
    pub choices: Vec<Choice>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is written.
    pub text: String,
    /// What it is, for people; may be empty.
    pub about: &'static str,
}

/// Completes the text before the cursor (a byte's place); `seen` knows values that a field has had.
pub fn complete(text: &str, cursor: usize, seen: &dyn Fn(&Text) -> Vec<String>) -> Completion {
    let before = text.get(..cursor).unwrap_or(text);
    let start = match place(before) {
        Place::Term(start) => start,
        Place::Jq(start) => return complete_jq::complete(&before[start..], start),
    };
    let written = &before[start..];
    let sign = written.find([':', '=', '~', '<', '>', '!']);
    let Some(sign) = sign else {
        let fields = FIELDS
            .iter()
            .map(|field| (format!("{}{}", field.word, sign_of(field.takes)), field.says));
        let header = (HEADER.to_owned(), "a header, by its name");
        let choices = fields.chain([header]);
        return offer(start..before.len(), written, choices);
    };
    let values = written[sign..].trim_start_matches([':', '=', '~', '<', '>', '!']);
    let value_at = before.len() - values.len();
    let values: Vec<String> = match field::meant(&written[..sign]) {
        Some(Meant::Text(_, Takes::OneOf(words))) => {
            words.iter().map(|word| (*word).to_owned()).collect()
        }
        Some(Meant::Text(field, _)) => seen(&field).iter().map(|value| quoted(value)).collect(),
        Some(Meant::Number(_, Takes::Status)) => {
            ["2xx", "3xx", "4xx", "5xx"].map(str::to_owned).to_vec()
        }
        Some(Meant::Number(..)) | None => Vec::new(),
    };
    offer(value_at..before.len(), &before[value_at..], values.into_iter().map(|value| (value, "")))
}

/// What has been written already begins it.
pub(super) fn offer(
    range: Range<usize>,
    written: &str,
    choices: impl Iterator<Item = (String, &'static str)>,
) -> Completion {
    let lower = written.to_lowercase();
    let choices = choices
        .filter(|(text, _)| text.to_lowercase().starts_with(&lower) && text != written)
        .map(|(text, about)| Choice { text, about })
        .collect();
    Completion { range, choices }
}

/// Where the cursor is.
enum Place {
    /// In a term that begins here.
    Term(usize),
    /// In jq, whose expression begins here.
    Jq(usize),
}

fn place(before: &str) -> Place {
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    let mut signs = 0;
    for (at, c) in before.char_indices() {
        if quoted {
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        // A single | begins jq.
        signs = if c == '|' {
            signs + 1
        } else if signs == 1 {
            return Place::Jq(at);
        } else {
            0
        };
        match c {
            '"' => quoted = true,
            '!' if at == start => start = at + 1,
            c if ends_word(c) => start = at + c.len_utf8(),
            _ => {}
        }
    }
    if signs == 1 { Place::Jq(before.len()) } else { Place::Term(start) }
}

/// The sign that is most often meant after a field.
fn sign_of(takes: Takes) -> &'static str {
    match takes {
        Takes::Time | Takes::Size | Takes::Count => ">",
        Takes::Nothing => "",
        _ => ":",
    }
}

fn quoted(value: &str) -> String {
    let plain = !value.is_empty() && !value.contains(|c: char| ends_word(c) || c == '\\');
    if plain {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
