//! What the index keeps of a record, in 48 bytes.

use std::time::Duration;

use jiff::Timestamp;

use crate::capture::{Kind, Row};
use crate::domain::effect::Outcome;
use crate::domain::object::Hook;

/// One row, whatever its record's size; its texts are numbers in the block's table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The record's number.
    pub(super) seq: u64,
    /// Microseconds since 1970.
    at: i64,
    /// Microseconds, 71 minutes at most. Of lost records these two are their count.
    took: u32,
    held: u32,
    /// Bytes of both sides, 4 GiB at most.
    size: u32,
    /// By [`Place`].
    pub(super) texts: [u16; PLACES],
    status: u16,
    hook: u8,
    /// Two bits of kind, three of outcome, one each for: has a status, has a rule, was let go.
    flags: u8,
}

const _: () = assert!(size_of::<Entry>() == 48, "the budget of a row");

/// The texts of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Name,
    Api,
    Method,
    Path,
    Rule,
    Peer,
    Error,
}

/// How many there are.
pub(super) const PLACES: usize = 7;

const HAS_STATUS: u8 = 1 << 5;
const HAS_RULE: u8 = 1 << 6;
const LET_GO: u8 = 1 << 7;
const NO_OUTCOME: u8 = 7;
const OUTCOMES: [Outcome; 6] = [
    Outcome::Passed,
    Outcome::Changed,
    Outcome::Refused,
    Outcome::Overridden,
    Outcome::Failed,
    Outcome::Held,
];

impl Entry {
    /// Of this row, whose texts have these numbers.
    pub(super) fn of(row: &Row, held: Duration, texts: [u16; PLACES]) -> Self {
        let (kind, [took, held]) = match row.kind {
            Kind::Dispatch => (0, [micros(row.took), micros(held)]),
            Kind::Event => (1, [micros(row.took), micros(held)]),
            Kind::Dropped { count } => (2, halves(count)),
        };
        let outcome = OUTCOMES.iter().position(|outcome| Some(*outcome) == row.outcome);
        let outcome = outcome.map_or(NO_OUTCOME, |at| u8::try_from(at).unwrap_or(NO_OUTCOME));
        let has = |there: bool, flag: u8| if there { flag } else { 0 };
        Self {
            seq: row.seq,
            at: row.at.as_microsecond(),
            took,
            held,
            size: u32::try_from(row.size).unwrap_or(u32::MAX),
            texts,
            status: row.status.unwrap_or_default(),
            hook: match row.hook {
                Hook::Unknown => 0,
                Hook::Pre => 1,
                Hook::Post => 2,
                Hook::PostKeyAuth => 3,
                Hook::AuthCheck => 4,
                Hook::Response => 5,
                Hook::Other(_) => 6,
            },
            flags: kind
                | outcome << 2
                | has(row.status.is_some(), HAS_STATUS)
                | has(row.rule.is_some(), HAS_RULE)
                | has(row.let_go, LET_GO),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self.flags & 3 {
            0 => Kind::Dispatch,
            1 => Kind::Event,
            _ => Kind::Dropped { count: u64::from(self.took) | u64::from(self.held) << 32 },
        }
    }

    pub(super) fn is_call(&self) -> bool {
        self.flags & 3 < 2
    }

    /// In microseconds.
    pub(super) fn took(&self) -> u64 {
        if self.is_call() { self.took.into() } else { 0 }
    }

    /// In microseconds.
    pub(super) fn held(&self) -> u64 {
        if self.is_call() { self.held.into() } else { 0 }
    }

    pub(super) fn at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.at).unwrap_or_default()
    }

    /// Which number of a hook that no Gateway sends it was is not kept: only its word is ever shown.
    pub(super) fn hook(&self) -> Hook {
        Hook::from_number(self.hook.into())
    }

    /// In the order in which a Gateway calls them; events and what was lost come last.
    pub(super) fn hook_rank(&self) -> u64 {
        match (self.kind(), self.hook()) {
            (Kind::Dropped { .. }, _) => 9,
            (Kind::Event, _) => 8,
            (_, Hook::Pre) => 1,
            (_, Hook::AuthCheck) => 2,
            (_, Hook::PostKeyAuth) => 3,
            (_, Hook::Post) => 4,
            (_, Hook::Response) => 5,
            (_, Hook::Unknown | Hook::Other(_)) => 6,
        }
    }

    pub(super) fn outcome(&self) -> Option<Outcome> {
        OUTCOMES.get(usize::from(self.flags >> 2 & 7)).copied()
    }

    pub(super) fn status(&self) -> Option<u16> {
        (self.flags & HAS_STATUS != 0).then_some(self.status)
    }

    pub(super) fn has_rule(&self) -> bool {
        self.flags & HAS_RULE != 0
    }

    pub(super) fn let_go(&self) -> bool {
        self.flags & LET_GO != 0
    }

    pub(super) fn size(&self) -> u32 {
        self.size
    }
}

fn micros(duration: Duration) -> u32 {
    u32::try_from(duration.as_micros()).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "the lower and the upper half of a number")]
fn halves(count: u64) -> [u32; 2] {
    [count as u32, (count >> 32) as u32]
}
