//! Some thousand rows in order, with a table of their texts: what the index forgets at once.

use std::sync::Arc;
use std::time::Duration;

use super::entry::{Entry, PLACES, Place};
use crate::capture::{Kind, Row};
use crate::config::Column;
use crate::domain::effect::Outcome;
use crate::domain::filter::{Fields, Filter, Json, Number, Text};

/// Rows of a block.
pub(in crate::capture) const ROWS: usize = 8_192;

/// Bytes of a block's texts, at most: 64 a row. What is beyond that is read from the session when it is seen.
const TEXT_BYTES: usize = ROWS * 64;

/// A text that is longer is left to the session, so that a few of them cannot take the room of all others.
const LONGEST: usize = 1 << 10;

/// The number of a text that is not in the table.
pub(super) const UNKNOWN: u16 = u16::MAX;

const _: () = assert!(ROWS * PLACES < UNKNOWN as usize, "each text of a block has a number");

/// Rows in the order in which they were captured.
#[derive(Clone, Debug, Default)]
pub(in crate::capture) struct Block {
    pub(super) entries: Vec<Entry>,
    texts: Texts,
}

/// Texts by their numbers; 0 is the empty one.
#[derive(Clone, Debug, Default)]
struct Texts {
    all: String,
    /// Where number 1, 2, … ends.
    ends: Vec<u32>,
    /// There were others, for which there was no room.
    has_unknown: bool,
}

impl Texts {
    /// The number of one more.
    fn add(&mut self, text: &str) -> u16 {
        if text.len() > LONGEST || self.all.len() + text.len() > TEXT_BYTES {
            self.has_unknown = true;
            return UNKNOWN;
        }
        self.all.push_str(text);
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        u16::try_from(self.ends.len()).unwrap_or(UNKNOWN)
    }

    fn get(&self, number: u16) -> Option<&str> {
        let Some(at) = usize::from(number).checked_sub(1) else { return Some("") };
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.all.get(start..end)
    }
}

impl Block {
    pub(super) fn begin() -> Self {
        Self { entries: Vec::with_capacity(ROWS), texts: Texts::default() }
    }

    pub(super) fn is_full(&self) -> bool {
        self.entries.len() >= ROWS
    }

    pub(super) fn add_text(&mut self, text: &str) -> u16 {
        self.texts.add(text)
    }

    /// Gives back what it has too much, once it is full.
    pub(super) fn shrink(&mut self) {
        self.texts.all.shrink_to_fit();
        self.texts.ends.shrink_to_fit();
    }

    #[cfg(test)]
    pub(super) fn text_bytes(&self) -> usize {
        self.texts.all.capacity() + self.texts.ends.capacity() * size_of::<u32>()
    }

    /// Whether one of its rows may be meant: a rare text is looked for in all of them at once.
    pub(in crate::capture) fn may_have(&self, filter: &Filter) -> bool {
        self.texts.has_unknown || filter.may_mean(self.texts.all.as_bytes())
    }

    /// The row at this place.
    pub(in crate::capture) fn brief(&self, at: usize) -> Option<Brief<'_>> {
        Some(Brief { at, entry: self.entries.get(at)?, block: self })
    }
}

/// What the index has of a record.
#[derive(Clone, Copy)]
pub(in crate::capture) struct Brief<'a> {
    at: usize,
    entry: &'a Entry,
    block: &'a Block,
}

impl<'a> Brief<'a> {
    /// The row's place in its block.
    pub(in crate::capture) fn at(&self) -> usize {
        self.at
    }

    pub(in crate::capture) fn seq(&self) -> u64 {
        self.entry.seq
    }

    pub(in crate::capture) fn outcome(&self) -> Option<Outcome> {
        self.entry.outcome()
    }

    /// Whether nothing of its row has to be read.
    pub(in crate::capture) fn is_whole(&self) -> bool {
        // A list shows no more of an error than that there is one.
        let [row @ .., _error] = self.entry.texts;
        !row.contains(&UNKNOWN)
    }

    fn text(&self, place: Place) -> Option<&'a str> {
        self.block.texts.get(self.entry.texts[place as usize])
    }

    /// What it is sorted by: a number, else a text with its first eight bytes as one. A text that the index has not comes last.
    pub(in crate::capture) fn key(&self, by: Column) -> (u64, &'a str) {
        let entry = self.entry;
        let text = |place: Place| match self.text(place) {
            Some(text) => {
                let mut start = [0; 8];
                let most = text.len().min(8);
                start[..most].copy_from_slice(&text.as_bytes()[..most]);
                (u64::from_be_bytes(start), text)
            }
            None => (u64::MAX, ""),
        };
        // What has none comes before what has 0.
        let status = entry.status().map_or(0, |status| u64::from(status) + 1);
        let number = match by {
            // Times of before 1970 stand in order, too.
            Column::Time => entry.at().as_microsecond().cast_unsigned() ^ 1 << 63,
            Column::Hook => entry.hook_rank(),
            Column::Outcome => {
                entry.outcome().map_or(0, |outcome| 1 + outcome as u64) << 32 | status
            }
            Column::Status => status,
            Column::Took => entry.took(),
            Column::Size => entry.size().into(),
            Column::Name => return text(Place::Name),
            Column::Api => return text(Place::Api),
            Column::Method => return text(Place::Method),
            Column::Path => return text(Place::Path),
            Column::Rule => return text(Place::Rule),
        };
        (number, "")
    }

    /// The row; what is not known of it is empty.
    pub(in crate::capture) fn row(&self) -> Row {
        let entry = self.entry;
        let text = |place: Place| -> Arc<str> { self.text(place).unwrap_or_default().into() };
        Row {
            seq: entry.seq,
            kind: entry.kind(),
            at: entry.at(),
            took: Duration::from_micros(entry.took()),
            hook: entry.hook(),
            name: text(Place::Name),
            api: text(Place::Api),
            method: text(Place::Method),
            path: text(Place::Path),
            outcome: entry.outcome(),
            let_go: entry.let_go(),
            status: entry.status(),
            rule: entry.has_rule().then(|| text(Place::Rule)),
            size: entry.size() as usize,
        }
    }
}

/// Where a field of text is among a row's texts; `None` where it is none of them.
fn place(field: &Text) -> Option<Place> {
    Some(match field {
        Text::Name => Place::Name,
        Text::Api => Place::Api,
        Text::Method => Place::Method,
        Text::Path => Place::Path,
        Text::Rule => Place::Rule,
        Text::Peer => Place::Peer,
        Text::Error => Place::Error,
        Text::Hook
        | Text::Kind
        | Text::Outcome
        | Text::Body
        | Text::Header(_)
        | Text::Mark
        | Text::Note => return None,
    })
}

impl Fields for Brief<'_> {
    fn any(&self, field: &Text, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        let text = match field {
            Text::Hook => match self.entry.kind() {
                Kind::Dispatch => self.entry.hook().word(),
                Kind::Event => "event",
                Kind::Dropped { .. } => "",
            },
            Text::Kind => match self.entry.kind() {
                Kind::Dispatch => "dispatch",
                Kind::Event => "event",
                Kind::Dropped { .. } => "dropped",
            },
            Text::Outcome => self.entry.outcome().map_or("", Outcome::word),
            field => place(field).and_then(|place| self.text(place)).unwrap_or_default(),
        };
        !text.is_empty() && take(text.as_bytes())
    }

    fn number(&self, field: Number) -> Option<u64> {
        let is_call = self.entry.is_call();
        match field {
            Number::Status => self.entry.status().map(u64::from),
            Number::Took => is_call.then(|| self.entry.took()),
            Number::Held => is_call.then(|| self.entry.held()),
            Number::Size => is_call.then(|| self.entry.size().into()),
            Number::Seq => Some(self.entry.seq),
        }
    }

    fn json(&self) -> Json {
        Json::default()
    }

    fn knows(&self, field: &Text) -> bool {
        match field {
            // What is marked is beside it.
            Text::Hook | Text::Kind | Text::Outcome | Text::Mark | Text::Note => true,
            Text::Body | Text::Header(_) => false,
            field => place(field).is_some_and(|place| self.entry.texts[place as usize] != UNKNOWN),
        }
    }

    fn knows_json(&self) -> bool {
        false
    }
}
