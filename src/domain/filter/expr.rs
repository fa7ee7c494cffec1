//! A filter as it was understood, and its one way of being written.

use std::fmt;

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};

use super::field::{HOOKS, MARK, Number, OUTCOMES, Text};

/// What must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// All of these; at least two, none of them an `And`.
    And(Vec<Expr>),
    /// Any of these; at least two, none of them an `Or`.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// One question.
    Test(Test),
}

/// One question about a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The text in any field of a list's row, without case.
    Anywhere(Pattern),
    /// A value of a field of text.
    Text(Text, How),
    /// A number between these, both included; a record without it does not match.
    Number(Number, u64, u64),
}

/// How a text is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// Has this in it, without case (`:`).
    Has(Pattern),
    /// Is this (`=`); words are compared without case.
    Is(String),
    /// Matches this regular expression (`~`).
    Matches(Pattern),
}

/// A compiled text: two are equal that are written alike.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    regex: Regex,
    /// Finds a word that stands in every text that matches, where there is such a word.
    word: Option<Regex>,
    /// Finds the longest part of a text that is looked for which is written in one way only: ten times as fast as the text
    /// itself, whose letters may be small or large.
    sign: Option<Regex>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Pattern {
    /// Finds a text as it is, without case.
    pub(super) fn text(text: &str) -> Result<Self, regex::Error> {
        let regex = RegexBuilder::new(&regex::escape(text)).case_insensitive(true).build()?;
        let word = word_of(text).and_then(|word| found(word, true));
        let signs = text.split(|c: char| !c.is_ascii() || c.is_ascii_alphabetic());
        let sign = signs.max_by_key(|sign| sign.len()).and_then(|sign| found(sign, false));
        Ok(Self { written: text.to_owned(), regex, word, sign })
    }

    /// A regular expression.
    pub(super) fn regex(text: &str) -> Result<Self, regex::Error> {
        let regex = Regex::new(text)?;
        // Bytes that are no text may match as well, as they do in the expression itself.
        let parsed = regex_syntax::ParserBuilder::new().utf8(false).build().parse(text).ok();
        let literal = parsed.and_then(|parsed| literal(&parsed));
        let word = literal.as_deref().and_then(word_of).and_then(|word| found(word, false));
        Ok(Self { written: text.to_owned(), regex, word, sign: None })
    }

    /// Whether a text that was not yet looked at through any view may be one that matches once it is: false only where
    /// it surely is not. A view puts marks in the place of secrets and adds nothing else, so that a word that no mark has
    /// stands in what came, too.
    pub(super) fn may_be_in(&self, raw: &[u8]) -> bool {
        self.word.as_ref().is_none_or(|word| word.is_match(raw))
    }

    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        self.regex.is_match(text)
    }

    /// Whether a text that is looked for as it is is in one of those that were put one after the other here.
    pub(super) fn is_in_any(&self, texts: &[u8]) -> bool {
        self.sign.as_ref().is_none_or(|sign| sign.is_match(texts)) && self.regex.is_match(texts)
    }

    /// Whether a text that is looked for as it is may be in what a row has from a table, or in its status.
    pub(super) fn is_in_word_of_table(&self) -> bool {
        self.written.bytes().all(|byte| byte.is_ascii_digit())
            || HOOKS.iter().chain(OUTCOMES).any(|word| self.is_in(word.as_bytes()))
    }
}

/// A text that every match of an expression has in it; the longest that is plain to see.
fn literal(parsed: &Hir) -> Option<String> {
    match parsed.kind() {
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok(),
        HirKind::Capture(capture) => literal(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => literal(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(literal).max_by_key(String::len),
        _ => None,
    }
}

/// What marks say, besides digits; a compressed body's has all of it.
const MARKS: [&str; 3] = ["redacted", "bytes", "compressed"];

/// The longest word of a text that no mark has, whole or in part. As it has nothing but letters and digits, it cannot be
/// partly of a mark and partly of what stands beside it.
fn word_of(text: &str) -> Option<&str> {
    let is_of_mark = |word: &str| {
        let word = word.to_ascii_lowercase();
        word.chars().all(|c| c.is_ascii_hexdigit()) || MARKS.iter().any(|mark| mark.contains(&word))
    };
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !is_of_mark(word)).max_by_key(|word| word.len())
}

fn found(word: &str, any_case: bool) -> Option<Regex> {
    RegexBuilder::new(&regex::escape(word)).case_insensitive(any_case).build().ok()
}

impl How {
    /// Whether a text may hold once it was looked at through a view; see [`Pattern::may_be_in`].
    pub(super) fn may_hold(&self, raw: &[u8]) -> bool {
        match self {
            Self::Has(pattern) | Self::Matches(pattern) => pattern.may_be_in(raw),
            Self::Is(_) => true,
        }
    }
}

impl Expr {
    /// All of them, without an `And` in an `And`.
    pub(super) fn and(parts: Vec<Self>) -> Self {
        let flat = |part| match part {
            Self::And(parts) => parts,
            part => vec![part],
        };
        one_or(parts.into_iter().flat_map(flat).collect(), Self::And)
    }

    /// Any of them, without an `Or` in an `Or`.
    pub(super) fn or(parts: Vec<Self>) -> Self {
        let flat = |part| match part {
            Self::Or(parts) => parts,
            part => vec![part],
        };
        one_or(parts.into_iter().flat_map(flat).collect(), Self::Or)
    }

    /// Whether it asks what people marked.
    pub(super) fn asks_marks(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_marks),
            Self::Not(part) => part.asks_marks(),
            Self::Test(Test::Text(field, _)) => field.is_mark(),
            Self::Test(Test::Anywhere(_) | Test::Number(..)) => false,
        }
    }

    /// Whether the row of a list tells it all.
    pub(super) fn is_indexed(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().all(Self::is_indexed),
            Self::Not(part) => part.is_indexed(),
            Self::Test(Test::Text(field, _)) => field.is_indexed(),
            Self::Test(Test::Anywhere(_) | Test::Number(..)) => true,
        }
    }
}

fn one_or(mut parts: Vec<Expr>, many: fn(Vec<Expr>) -> Expr) -> Expr {
    if parts.len() > 1 { many(parts) } else { parts.remove(0) }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Self], sign: &str| {
            for (at, part) in parts.iter().enumerate() {
                f.write_str(if at > 0 { sign } else { "" })?;
                match part {
                    Self::And(_) | Self::Or(_) => write!(f, "({part})")?,
                    _ => write!(f, "{part}")?,
                }
            }
            Ok(())
        };
        match self {
            Self::And(parts) => joined(f, parts, " & "),
            Self::Or(parts) => joined(f, parts, " || "),
            Self::Not(part) => match **part {
                Self::And(_) | Self::Or(_) => write!(f, "!({part})"),
                _ => write!(f, "!{part}"),
            },
            Self::Test(test) => test.fmt(f),
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anywhere(text) => write!(f, "{}", Written { text: &text.written, bare: true }),
            Self::Text(Text::Mark, _) => f.write_str(MARK),
            Self::Text(field, how) => {
                let (sign, text) = match how {
                    How::Has(pattern) => (':', &pattern.written),
                    How::Is(text) => ('=', text),
                    How::Matches(pattern) => ('~', &pattern.written),
                };
                write!(f, "{}{sign}{}", field.word(), Written { text, bare: false })
            }
            Self::Number(field, low, high) => {
                let unit = if matches!(field, Number::Took | Number::Held) { "us" } else { "" };
                f.write_str(field.word())?;
                match (*low, *high) {
                    (low, high) if low == high => write!(f, "={low}{unit}"),
                    (low, u64::MAX) => write!(f, ">={low}{unit}"),
                    (0, high) => write!(f, "<={high}{unit}"),
                    (low, high) => write!(f, ":{low}{unit}..{high}{unit}"),
                }
            }
        }
    }
}

/// A value with quotes where it needs them.
struct Written<'a> {
    text: &'a str,
    /// Stands alone, where a field's name and an operator would be taken for a question.
    bare: bool,
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let special = |c: char| c.is_whitespace() || "&|()\"\\".contains(c);
        let quoted = self.text.is_empty()
            || self.text.contains(special)
            || self.bare && self.text == MARK
            || self.bare && self.text.contains(['!', ':', '=', '~', '<', '>', '.']);
        if quoted {
            write!(f, "\"{}\"", self.text.replace('\\', "\\\\").replace('"', "\\\""))
        } else {
            f.write_str(self.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_of_every_match_and_of_no_mark() {
        for (expression, word) in [
            ("order.:[0-9]*77,", Some("order")),
            ("[0-9]+nothing", Some("nothing")),
            ("(ab|cd)-(xyz)+", Some("xyz")),
            ("(xyz)*", None),
            ("xyz|abz", None),
            ("redacted [0-9]", None),
            ("press-[0-9]", None),
            ("pressed_", None),
            ("pressure_", Some("pressure")),
            ("deadbeef", None),
            ("«redacted", None),
            ("\\bnorth wind\\b", Some("north")),
            ("(?i)north", None),
            ("", None),
        ] {
            let pattern = Pattern::regex(expression).unwrap();
            let found = pattern.word.map(|word| word.as_str().to_owned());
            assert_eq!(found.as_deref(), word, "{expression}");
        }
        assert!(Pattern::text("NORTH wind").unwrap().may_be_in(b"of the north"));
        assert!(!Pattern::text("north wind").unwrap().may_be_in(b"of the nor th wind"));
        assert!(Pattern::text("dead").unwrap().may_be_in(b""));
    }
}
