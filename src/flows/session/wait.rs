//! Waiting for what a test expects to be called.

use std::path::Path;

use super::Opened;
use super::growing::Growing;
use crate::capture::session::Kept;
use crate::capture::{Record, Seen, SharedView};
use crate::domain::filter::Filter;
use crate::domain::task::Problem;

/// What is waited for.
pub struct Wish {
    /// Which records.
    pub filter: Filter,
    /// How many of them.
    pub count: u64,
    /// Those that were there before do not count.
    pub only_new: bool,
}

/// Gives each record that is meant to `each` until there were enough, or the session has ended; how many there were.
pub async fn wait(
    path: &Path,
    wish: &Wish,
    view: SharedView,
    mut each: impl FnMut(&Record) -> Result<(), Problem>,
) -> Result<u64, Problem> {
    let opened = Opened::new(path)?;
    let next = if wish.only_new { opened.last(1)? + 1 } else { 0 };
    let judge = opened.judge(view);
    let mut growing = Growing::new(opened, next)?;
    let mut found = 0;
    while let Some(piece) = growing.next().await? {
        judge.view.learn(growing.hidden());
        for Kept { seq, exchange } in piece {
            let record = judge.record(seq, exchange);
            if wish.filter.matches(&Seen::new(&record, &*judge.view)) {
                each(&record)?;
                found += 1;
                if found >= wish.count {
                    return Ok(found);
                }
            }
        }
    }
    Ok(found)
}
