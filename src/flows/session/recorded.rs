//! What was recorded, in whichever form it was kept: a session, or lines of JSON.

use std::path::Path;

use super::Played;
use super::lines::Lines;
use crate::capture::session::Facts;
use crate::capture::{Judge, Noted, SharedView};
use crate::domain::object::SecretNames;
use crate::domain::task::Problem;

/// Records from a file, in their order.
pub struct Recorded {
    records: Kind,
    facts: Facts,
}

enum Kind {
    Session(Box<Played>),
    Lines(Lines),
}

impl Recorded {
    /// Opens a session, or a file of lines as `session export` writes them, which may be a pipe, or `-` for standard input;
    /// `view` is how a row's path is shown.
    pub fn open(path: &Path, view: SharedView) -> Result<Self, Problem> {
        let facts = Facts {
            began: jiff::Timestamp::now(),
            by: env!("CARGO_PKG_VERSION").to_owned(),
            server: String::new(),
            answer_limit: 4 << 20,
            redacted: false,
            hidden: SecretNames::default(),
        };
        let judge = || Judge { view: view.clone(), answer_limit: facts.answer_limit };
        if let Some(lines) = Lines::open(path, judge)? {
            return Ok(Self { records: Kind::Lines(lines), facts });
        }
        let played = Played::open(path, view)?;
        let facts = played.facts().clone();
        Ok(Self { records: Kind::Session(Box::new(played)), facts })
    }

    /// What it says of itself.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

impl Iterator for Recorded {
    type Item = Result<Noted, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.records {
            Kind::Session(played) => played.next(),
            Kind::Lines(lines) => lines.next(),
        }
    }
}
