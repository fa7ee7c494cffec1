//! Breakpoints of the consoles that look at a server, and whom they hold.
//!
//! The server holds; a console is shown who is held, and says with what they are let go. What a console has set is gone with
//! it: whoever is held for nobody else then goes on unchanged. A console whose own server it is has a seat, too, which is
//! there before the socket is, and after it.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::AsyncWrite;
use tokio::time::Instant;

use super::wire::{self, Head, Said};
use crate::capture::Judge;
use crate::dispatch::{Breakpoint, Holds, MOST_BREAKPOINTS};

/// The seat of the console whose own server it is.
const OWN: u64 = 0;

/// The breakpoints of all consoles of a server. A cheap clone.
#[derive(Clone)]
pub struct Breaks {
    holds: Holds,
    seats: Arc<Mutex<Seats>>,
}

struct Seats {
    next: u64,
    judge: Judge,
    breakpoints: BTreeMap<u64, Vec<Breakpoint>>,
}

impl Breaks {
    /// Those of a server that holds here; filters see what the judge's view shows.
    pub fn new(holds: Holds, judge: Judge) -> Self {
        let seats = Seats { next: OWN, judge, breakpoints: BTreeMap::new() };
        Self { holds, seats: Arc::new(Mutex::new(seats)) }
    }

    /// Puts these in force for the console whose own server it is, instead of those that it set before.
    pub fn own(&self, breakpoints: Vec<Breakpoint>, judge: Judge) {
        let mut seats = self.seats();
        seats.judge = judge;
        seats.breakpoints.insert(OWN, breakpoints);
        self.put_in_force(&seats);
    }

    /// A console sits down; it has no breakpoint yet.
    pub(super) fn seat(&self) -> Seat {
        let mut seats = self.seats();
        seats.next += 1;
        Seat { id: seats.next, breaks: self.clone() }
    }

    /// Whom the server holds.
    pub(super) fn holds(&self) -> &Holds {
        &self.holds
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts those of all consoles in force.
    fn put_in_force(&self, seats: &Seats) {
        let mut all: Vec<Breakpoint> = Vec::new();
        for breakpoint in seats.breakpoints.values().flatten() {
            if !all.contains(breakpoint) {
                all.push(breakpoint.clone());
            }
        }
        if all.len() > MOST_BREAKPOINTS {
            tracing::warn!(
                "consoles have set more than {MOST_BREAKPOINTS} breakpoints: the last are left out"
            );
            all.truncate(MOST_BREAKPOINTS);
        }
        self.holds.set(all, seats.judge.clone());
    }
}

/// A console's place at the server.
pub(super) struct Seat {
    id: u64,
    breaks: Breaks,
}

impl Seat {
    /// Puts these breakpoints of the console in force; what it set before is not any more. One that it had set already stays
    /// itself, as it knows on how much its jq failed.
    pub(super) fn set(&self, breakpoints: Vec<Breakpoint>) {
        let mut seats = self.breaks.seats();
        let before = seats.breakpoints.remove(&self.id).unwrap_or_default();
        let known = |new: Breakpoint| before.iter().find(|it| **it == new).cloned().unwrap_or(new);
        let breakpoints = breakpoints.into_iter().map(known).collect();
        seats.breakpoints.insert(self.id, breakpoints);
        self.breaks.put_in_force(&seats);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.breaks.seats();
        let Some(left) = seats.breakpoints.remove(&self.id) else { return };
        if left.is_empty() {
            return;
        }
        self.breaks.put_in_force(&seats);
        let others: HashSet<String> =
            seats.breakpoints.values().flatten().map(Breakpoint::to_string).collect();
        drop(seats);
        for held in self.breaks.holds.held() {
            if !others.contains(&held.by) {
                self.breaks.holds.let_go(held.id, None);
            }
        }
    }
}

/// What a console was told of those that are held.
#[derive(Default)]
pub(super) struct Told(BTreeMap<u64, Instant>);

impl Told {
    /// Tells what is another way now.
    pub(super) async fn tell<W: AsyncWrite + Unpin>(
        &mut self,
        output: &mut W,
        holds: &Holds,
    ) -> io::Result<()> {
        let held = holds.held();
        let still: HashSet<u64> = held.iter().map(|held| held.id).collect();
        let gone: Vec<u64> = self.0.keys().filter(|id| !still.contains(id)).copied().collect();
        for id in gone {
            self.0.remove(&id);
            wire::write(output, &Said::Gone { id }, [&[], &[]]).await?;
        }
        for held in held {
            let (id, until) = (held.id, held.until());
            let left = wire::micros(held.left());
            match self.0.insert(id, until) {
                Some(before) if before == until => {}
                Some(_) => wire::write(output, &Said::Longer { id, left }, [&[], &[]]).await?,
                None => {
                    let (record, sides) = Head::of(&held.record);
                    let said = Said::Held { id, by: held.by.clone(), left, record };
                    wire::write(output, &said, sides).await?;
                }
            }
        }
        Ok(())
    }
}
