//! The grammar, read by hand so that an error is at its character and colours are there for text under way.
//!
//! ```text
//! filter  = [ any ] [ "|" jq ]
//! any     = all { "||" all }
//! all     = one { [ "&" ] one }
//! one     = "!" one | "(" any ")" | test
//! test    = field ( ":" | "=" | "!=" | "~" | "<" | "<=" | ">" | ">=" ) value | "header." name | "mark" | text
//! ```
//!
//! `|` begins jq, as it does in a shell's mind; so alternatives are `||`, where mitmproxy writes `|`.

use std::ops::Range;

use super::error::FilterError;
use super::expr::{Expr, How, Pattern, Test};
use super::field::{self, FIELDS, HEADER, MARK, Meant, Takes, Text};
use super::number;
use crate::domain::nearest::nearest;

/// How deep parentheses and `!` may lie in one another.
const DEPTH: usize = 50;

/// What a stretch of the text is, for colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A field's name.
    Field,
    /// What compares, joins or groups.
    Sign,
    /// A value.
    Value,
    /// A text that is looked for anywhere.
    Anywhere,
    /// A jq expression.
    Jq,
}

/// How the console and the figures call that no rule handled a call; no rule may be called so.
const NO_RULE: &str = "(none)";

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Has,
    Is,
    IsNot,
    Matches,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Sign {
    /// Whether the whole value is meant.
    fn is_equal(self) -> bool {
        matches!(self, Self::Is | Self::IsNot)
    }

    /// Whether a word that is compared whole is meant.
    fn is_plain(self) -> bool {
        matches!(self, Self::Has | Self::Is | Self::IsNot)
    }
}

const SIGNS: [(&str, Sign); 8] = [
    ("!=", Sign::IsNot),
    ("<=", Sign::AtMost),
    (">=", Sign::AtLeast),
    (":", Sign::Has),
    ("=", Sign::Is),
    ("~", Sign::Matches),
    ("<", Sign::Below),
    (">", Sign::Above),
];

type Read<T> = Result<T, FilterError>;

/// What is read of a filter's text.
pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// What has been understood, in order.
    pub(super) spans: Vec<(Range<usize>, Class)>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, spans: Vec::new() }
    }

    /// The whole text: what must hold, and where the jq expression after it is.
    pub(super) fn filter(&mut self) -> Read<(Option<Expr>, Option<Range<usize>>)> {
        self.space();
        if self.rest().is_empty() {
            return Err(self.missing("the filter is empty"));
        }
        let expr = if self.begins_jq() { None } else { Some(self.any()?) };
        self.space();
        if self.begins_jq() {
            self.sign(1);
            self.space();
            let jq = self.at..self.text.trim_end().len().max(self.at);
            if jq.is_empty() {
                return Err(self
                    .missing("after | comes a jq expression")
                    .help("| .status == 403; alternatives are written ||"));
            }
            self.spans.push((jq.clone(), Class::Jq));
            return Ok((expr, Some(jq)));
        }
        match self.rest().chars().next() {
            None => Ok((expr, None)),
            Some(c) => {
                let what = if c == ')' { "this ) closes nothing" } else { "this is not expected" };
                Err(FilterError::new(self.at..self.at + c.len_utf8(), what))
            }
        }
    }

    fn any(&mut self) -> Read<Expr> {
        let mut parts = vec![self.all()?];
        while self.space().starts_with("||") {
            self.sign(2);
            parts.push(self.all()?);
        }
        Ok(Expr::or(parts))
    }

    fn all(&mut self) -> Read<Expr> {
        let mut parts = vec![self.one()?];
        loop {
            let rest = self.space();
            if rest.starts_with("&&") {
                self.sign(2);
            } else if rest.starts_with('&') {
                self.sign(1);
            } else if rest.is_empty() || rest.starts_with(['|', ')']) {
                return Ok(Expr::and(parts));
            }
            parts.push(self.one()?);
        }
    }

    fn one(&mut self) -> Read<Expr> {
        let rest = self.space();
        let start = self.at;
        match rest.chars().next() {
            Some('!' | '(') if self.depth >= DEPTH => Err(FilterError::new(
                start..start + 1,
                format!("more than {DEPTH} levels lie in one another here"),
            )),
            Some('!') => {
                self.sign(1);
                self.depth += 1;
                let part = self.one()?;
                self.depth -= 1;
                Ok(Expr::Not(Box::new(part)))
            }
            Some('(') => {
                self.sign(1);
                self.depth += 1;
                let part = self.any()?;
                self.depth -= 1;
                if self.begins_jq() {
                    return Err(FilterError::new(self.at..self.at + 1, "jq comes after all else")
                        .help("close the ( first; alternatives are written ||"));
                }
                if !self.rest().starts_with(')') {
                    return Err(FilterError::new(start..start + 1, "this ( is not closed"));
                }
                self.sign(1);
                Ok(part)
            }
            Some('"') => {
                let text = self.value(Class::Anywhere)?;
                self.ends_here()?;
                self.anywhere(&text, start)
            }
            Some('&' | '|' | ')') | None => Err(self.missing("something to look for is missing")),
            Some(_) => self.test(),
        }
    }

    fn test(&mut self) -> Read<Expr> {
        let start = self.at;
        let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let name = self.while_in(of_name);
        let sign = SIGNS.iter().find(|(written, _)| self.rest().starts_with(written));
        let Some((written, sign)) = sign else {
            if let Some(Meant::Text(field, _)) =
                field::meant(name).filter(|_| name.starts_with(HEADER) || name == MARK)
                && self.is_end()
            {
                self.spans.push((start..self.at, Class::Field));
                let there = pattern(Pattern::text(""), start..self.at)?;
                return Ok(Expr::Test(Test::Text(field, How::Has(there))));
            }
            self.while_in(|c| !ends_word(c));
            self.ends_here()?;
            self.spans.push((start..self.at, Class::Anywhere));
            return self.anywhere(&self.text[start..self.at], start);
        };
        let named = start..self.at;
        if name.is_empty() {
            let end = self.at + written.len();
            return Err(FilterError::new(
                self.at..end,
                format!("a field is missing before {written}"),
            )
            .help(format!("to look for the text, quote it: \"{written}…\"")));
        }
        let Some(field) = field::meant(name) else { return Err(unknown(name, named)) };
        if name == MARK {
            let end = self.at + written.len();
            return Err(FilterError::new(self.at..end, "mark takes no value")
                .help("mark alone means marked rows, !mark the others; notes are found by note:"));
        }
        self.spans.push((named.clone(), Class::Field));
        let operator = self.at..self.at + written.len();
        self.sign(written.len());
        let value_at = self.at;
        let value = self.value(Class::Value)?;
        let place = value_at..self.at;
        self.ends_here()?;
        let test = match field {
            Meant::Text(Text::Rule, _) if value == NO_RULE && sign.is_plain() => {
                Test::Text(Text::Rule, How::Is(String::new()))
            }
            Meant::Text(field, takes) => {
                let how = how(*sign, takes, &value, &operator, place)?;
                Test::Text(field, how)
            }
            // As of texts: a number that is none is missing, as a status is until the answer fixes it.
            Meant::Number(field, _) if value.is_empty() && sign.is_equal() => {
                let there = Expr::Test(Test::Number(field, 0, u64::MAX));
                let is_missing = *sign == Sign::Is;
                return Ok(if is_missing { Expr::Not(Box::new(there)) } else { there });
            }
            Meant::Number(field, takes) => {
                let range = between(*sign, takes, &value, operator, place)?;
                Test::Number(field, range.0, range.1)
            }
        };
        let test = Expr::Test(test);
        Ok(if *sign == Sign::IsNot { Expr::Not(Box::new(test)) } else { test })
    }

    fn anywhere(&self, text: &str, start: usize) -> Read<Expr> {
        Ok(Expr::Test(Test::Anywhere(pattern(Pattern::text(text), start..self.at)?)))
    }

    /// A value: quoted, or up to a space or a sign.
    fn value(&mut self, class: Class) -> Read<String> {
        let start = self.at;
        if !self.rest().starts_with('"') {
            let value = self.while_in(|c| !ends_word(c)).to_owned();
            if value.is_empty() && self.is_end() {
                return Err(self
                    .missing("a value is missing")
                    .help("an empty one is written \"\""));
            }
            self.spans.push((start..self.at, class));
            return Ok(value);
        }
        let mut value = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((offset, c)) = chars.next() {
            match (c, chars.peek()) {
                ('"', _) => {
                    self.at = start + offset + 1;
                    self.spans.push((start..self.at, class));
                    return Ok(value);
                }
                // Any other \ is the text's own, as regular expressions have many.
                ('\\', Some((_, next @ ('"' | '\\')))) => {
                    value.push(*next);
                    chars.next();
                }
                _ => value.push(c),
            }
        }
        self.spans.push((start..self.text.len(), class));
        Err(FilterError::new(start..start + 1, "this quote is not closed"))
    }

    /// A value or a text must end at a space or a sign.
    fn ends_here(&self) -> Read<()> {
        if self.is_end() {
            return Ok(());
        }
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        Err(FilterError::new(self.at..self.at + length, "a space is missing here")
            .help("a text with ( or \" in it is written in quotes: \"a\\\"(b)\""))
    }

    fn is_end(&self) -> bool {
        self.rest().chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '&' | '|' | ')'))
    }

    fn missing(&self, what: &str) -> FilterError {
        FilterError::new(self.at..self.at, what)
    }

    fn begins_jq(&self) -> bool {
        self.rest().starts_with('|') && !self.rest().starts_with("||")
    }

    fn sign(&mut self, length: usize) {
        self.spans.push((self.at..self.at + length, Class::Sign));
        self.at += length;
    }

    fn space(&mut self) -> &'t str {
        self.while_in(char::is_whitespace);
        self.rest()
    }

    fn while_in(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }
}

/// What ends a text without quotes.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '&' | '|' | '(' | ')' | '"')
}

fn pattern(pattern: Result<Pattern, regex::Error>, place: Range<usize>) -> Read<Pattern> {
    pattern.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => FilterError::new(place, "this is too long to look for"),
        error => {
            // The last line says what, those before it show where, which the place does.
            let error = error.to_string();
            let what = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
            FilterError::new(place, format!("not a regular expression: {what}"))
        }
    })
}

fn unknown(name: &str, place: Range<usize>) -> FilterError {
    let error = FilterError::new(place, format!("there is no field {name:?}"));
    let words = FIELDS.iter().map(|about| about.word);
    match nearest(name, words.clone()) {
        Some(near) => error.help(format!("did you mean {near}? A text is looked for in quotes")),
        None if name == "header" || name.starts_with(HEADER) => {
            error.help("header.NAME, as header.Authorization")
        }
        None => {
            let words: Vec<&str> = words.collect();
            error.help(format!(
                "fields are {}, header.NAME; a text with : in it is looked for in quotes",
                words.join(", ")
            ))
        }
    }
}

/// The numbers that a comparison takes, both included.
fn between(
    sign: Sign,
    takes: Takes,
    value: &str,
    operator: Range<usize>,
    place: Range<usize>,
) -> Read<(u64, u64)> {
    let wrong = |what| FilterError::new(place.clone(), what).help(number::example(takes));
    let (low, high) = match sign {
        Sign::Has | Sign::Is | Sign::IsNot => {
            return number::range(takes, value).map_err(wrong);
        }
        Sign::Matches => {
            return Err(FilterError::new(operator, "a number matches no expression")
                .help("compare by =, !=, <, <=, > or >=, or give a range: 400..499"));
        }
        Sign::Below => (Some(0), number::one(takes, value).map_err(wrong)?.checked_sub(1)),
        Sign::AtMost => (Some(0), Some(number::one(takes, value).map_err(wrong)?)),
        Sign::Above => (number::one(takes, value).map_err(wrong)?.checked_add(1), Some(u64::MAX)),
        Sign::AtLeast => (Some(number::one(takes, value).map_err(wrong)?), Some(u64::MAX)),
    };
    low.zip(high).ok_or_else(|| FilterError::new(place, "there is no such number"))
}

fn how(
    sign: Sign,
    takes: Takes,
    value: &str,
    operator: &Range<usize>,
    place: Range<usize>,
) -> Read<How> {
    Ok(match (sign, takes) {
        (Sign::Matches, _) => How::Matches(pattern(Pattern::regex(value), place)?),
        (Sign::Has | Sign::Is | Sign::IsNot, Takes::OneOf(words)) => {
            let word = words.iter().find(|word| word.eq_ignore_ascii_case(value));
            let Some(word) = word else {
                let error = FilterError::new(place, format!("{value:?} is none of its words"));
                return Err(match nearest(value, words.iter().copied()) {
                    Some(near) => error.help(format!("did you mean {near}?")),
                    None => error.help(words.join(", ")),
                });
            };
            How::Is((*word).to_owned())
        }
        (Sign::Is | Sign::IsNot, _) | (Sign::Has, Takes::Word) => How::Is(value.to_owned()),
        (Sign::Has, _) => How::Has(pattern(Pattern::text(value), place)?),
        (Sign::Below | Sign::AtMost | Sign::Above | Sign::AtLeast, _) => {
            return Err(FilterError::new(operator.clone(), "texts are not more or less")
                .help("compare by : (has it), = (is it) or ~ (matches)"));
        }
    })
}
