//! Filters: which records are meant. One grammar for the list of Dispatches, marks, breakpoints, export and commands.
//!
//! In mitmproxy's manner: `hook:auth_check & path:/orders & status:403 & body~"x.*y"`. `:` has it (without case), `=` is
//! it, `~` matches a regular expression; numbers are compared by `=`, `!=`, `<`, `<=`, `>`, `>=`, or lie in a range
//! (`400..499`, `4xx`); `rule=""` is a row that no rule handled. `&` (or a space) joins, `||` is either, `!` is not,
//! parentheses group; a text alone is looked for in a list's fields; `mark` alone means marked rows. After one `|` comes a jq
//! expression over the record's JSON, as `--json` writes it.
//!
//! A filter sees what the view shows that its fields were made through: of a secret, its mark.

mod complete;
mod complete_jq;
mod error;
mod expr;
mod fault;
mod field;
mod held;
mod jq;
mod json;
mod marked;
mod number;
mod parse;

use std::fmt;
use std::ops::Range;

pub use complete::{Choice, Completion, complete};
pub use complete_jq::LINE;
pub use error::FilterError;
pub use expr::{Expr, How, Test};
pub use field::{Number, Text};
pub use json::Json;
pub use marked::Marked;
pub use parse::Class;

use expr::Pattern;
use fault::Faults;
use jq::Jq;
use parse::Parser;

/// What a filter asks of a record.
pub trait Fields {
    /// Shows the values of a field until one is taken; whether one was.
    fn any(&self, field: &Text, take: &mut dyn FnMut(&[u8]) -> bool) -> bool;

    /// The number, where the record has it.
    fn number(&self, field: Number) -> Option<u64>;

    /// The record as one JSON object, for jq.
    fn json(&self) -> Json;

    /// What the values of this field are parts of, before any view; `None` where that is not to be had at once, or where
    /// a view writes it anew.
    fn raw(&self, _: &Text) -> Option<[&[u8]; 2]> {
        None
    }

    /// Whether it has this field's values at hand; where it has not, [`Fields::any`] shows none.
    fn knows(&self, _: &Text) -> bool {
        true
    }

    /// Whether it has the JSON object at hand.
    fn knows_json(&self) -> bool {
        true
    }
}

/// Which records are meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    expr: Option<Expr>,
    jq: Option<Jq>,
}

impl Filter {
    /// Reads a filter.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        Self::read(&mut Parser::new(text), text)
    }

    /// The same, where nothing is marked yet: of what is only just coming.
    pub fn parse_live(text: &str) -> Result<Self, FilterError> {
        let filter = Self::parse(text)?;
        if filter.expr.as_ref().is_some_and(Expr::asks_marks) {
            let error = FilterError::new(0..text.len(), "nothing that only just comes is marked");
            return Err(error.help("mark and note are for a console's list, and for sessions"));
        }
        Ok(filter)
    }

    /// Means each record.
    pub fn all() -> Self {
        Self { expr: None, jq: None }
    }

    fn read(parser: &mut Parser<'_>, text: &str) -> Result<Self, FilterError> {
        let (expr, jq) = parser.filter()?;
        let jq = jq.map(|place| {
            Jq::compile(&text[place.clone()]).map_err(|error| {
                let span = place.start + error.span.start..place.start + error.span.end;
                FilterError { span, ..error }
            })
        });
        Ok(Self { expr, jq: jq.transpose()? })
    }

    /// Whether a record is meant.
    pub fn matches(&self, record: &dyn Fields) -> bool {
        self.expr.as_ref().is_none_or(|expr| holds(expr, record))
            && self.jq.as_ref().is_none_or(|jq| jq.matches(record.json()))
    }

    /// The same, as far as the fields tell that are at hand; `None` where it hangs on others.
    pub fn decides(&self, record: &dyn Fields) -> Option<bool> {
        let held = self.expr.as_ref().map_or(Some(true), |expr| decided(expr, record));
        match &self.jq {
            Some(_) if held == Some(false) => held,
            Some(_) if !record.knows_json() => None,
            Some(jq) => held.map(|held| held && jq.matches(record.json())),
            None => held,
        }
    }

    /// Whether it may mean one of many rows, whose texts are put one after the other here: hook names, paths and whatever
    /// else a row has that is no word of a table. False only where it surely means none, so that none is looked at.
    pub fn may_mean(&self, texts: &[u8]) -> bool {
        self.expr.as_ref().is_none_or(|expr| may_hold(expr, texts))
    }

    /// Has this called with what jq says once it fails on a record, which is not meant then; no more than once.
    #[must_use]
    pub fn telling(self, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { jq: self.jq.map(|jq| jq.with(Faults::telling(tell))), ..self }
    }

    /// The same, with failures of its own: clones count theirs together.
    #[must_use]
    pub fn afresh(self) -> Self {
        Self { jq: self.jq.map(|jq| jq.with(Faults::default())), ..self }
    }

    /// On how many records jq failed, and what it said of the first; `None` where it did not.
    pub fn faults(&self) -> Option<(u64, &str)> {
        self.jq.as_ref()?.faults()
    }

    /// Whether it asks what people marked or noted: then it may mean other records once they mark others.
    pub fn asks_marks(&self) -> bool {
        let in_jq = |jq: &Jq| jq.written().contains("note");
        self.expr.as_ref().is_some_and(Expr::asks_marks) || self.jq.as_ref().is_some_and(in_jq)
    }

    /// Whether a list's row tells it all, so that no Object is read for it.
    pub fn is_indexed(&self) -> bool {
        self.jq.is_none() && self.expr.as_ref().is_none_or(Expr::is_indexed)
    }
}

/// In the one way of writing it, which reads as the same filter again.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(expr) = &self.expr {
            write!(f, "{expr}")?;
        }
        if let Some(jq) = &self.jq {
            f.write_str(if self.expr.is_some() { " | " } else { "| " })?;
            f.write_str(jq.written())?;
        }
        Ok(())
    }
}

/// What the parts of a text under way are, in order, and what is wrong with it.
pub fn look(text: &str) -> (Vec<(Range<usize>, Class)>, Option<FilterError>) {
    let mut parser = Parser::new(text);
    let read = Filter::read(&mut parser, text);
    (parser.spans, read.err())
}

/// The fields that a text alone is looked for in.
const ANYWHERE: [Text; 8] = [
    Text::Path,
    Text::Hook,
    Text::Name,
    Text::Api,
    Text::Method,
    Text::Outcome,
    Text::Rule,
    Text::Error,
];

fn holds(expr: &Expr, record: &dyn Fields) -> bool {
    match expr {
        // What the row tells is asked first: most records are out by then.
        Expr::And(parts) => [true, false].into_iter().all(|cheap| {
            parts.iter().filter(|part| part.is_indexed() == cheap).all(|part| holds(part, record))
        }),
        Expr::Or(parts) => [true, false].into_iter().any(|cheap| {
            parts.iter().filter(|part| part.is_indexed() == cheap).any(|part| holds(part, record))
        }),
        Expr::Not(part) => !holds(part, record),
        Expr::Test(Test::Anywhere(text)) => anywhere(text, record),
        // What is not there is the empty text, of what a row has once.
        Expr::Test(Test::Text(field, How::Is(text))) if text.is_empty() && field.is_indexed() => {
            !record.any(field, &mut |_| true)
        }
        Expr::Test(Test::Text(field, how)) => {
            // To look at a message through a view costs ten times as much as to look for a word in it.
            record.raw(field).is_none_or(|raw| raw.iter().any(|raw| how.may_hold(raw)))
                && record.any(field, &mut |value| how_holds(how, field, value))
        }
        Expr::Test(Test::Number(field, low, high)) => {
            record.number(*field).is_some_and(|number| (*low..=*high).contains(&number))
        }
    }
}

/// Whether it holds, in so far as it hangs on what is known.
fn decided(expr: &Expr, record: &dyn Fields) -> Option<bool> {
    // Ends at the first part that settles it; else one that is not known leaves it open.
    let settled = |parts: &[Expr], by: bool| {
        let mut open = false;
        for part in parts {
            match decided(part, record) {
                Some(held) if held == by => return Some(by),
                Some(_) => {}
                None => open = true,
            }
        }
        if open { None } else { Some(!by) }
    };
    match expr {
        Expr::And(parts) => settled(parts, false),
        Expr::Or(parts) => settled(parts, true),
        Expr::Not(part) => decided(part, record).map(|held| !held),
        Expr::Test(Test::Anywhere(text)) => {
            let held = anywhere(text, record);
            (held || ANYWHERE.iter().all(|field| record.knows(field))).then_some(held)
        }
        Expr::Test(Test::Text(field, _)) if !record.knows(field) => None,
        Expr::Test(_) => Some(holds(expr, record)),
    }
}

/// Whether it may hold of one of the rows that have these texts.
fn may_hold(expr: &Expr, texts: &[u8]) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| may_hold(part, texts)),
        Expr::Or(parts) => parts.iter().any(|part| may_hold(part, texts)),
        Expr::Test(Test::Anywhere(text)) => text.is_in_word_of_table() || text.is_in_any(texts),
        Expr::Test(Test::Text(field, How::Has(text))) if field.is_free() => text.is_in_any(texts),
        Expr::Test(Test::Text(field, how)) if field.is_free() => how.may_hold(texts),
        Expr::Not(_) | Expr::Test(_) => true,
    }
}

fn anywhere(text: &Pattern, record: &dyn Fields) -> bool {
    let status = record.number(Number::Status);
    ANYWHERE.iter().any(|field| record.any(field, &mut |value| text.is_in(value)))
        || status.is_some_and(|status| text.is_in(status.to_string().as_bytes()))
}

fn how_holds(how: &How, field: &Text, value: &[u8]) -> bool {
    match how {
        How::Has(pattern) | How::Matches(pattern) => pattern.is_in(value),
        How::Is(text) if *field == Text::Method => value.eq_ignore_ascii_case(text.as_bytes()),
        How::Is(text) => value == text.as_bytes(),
    }
}

#[cfg(test)]
mod tests;
