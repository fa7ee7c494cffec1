//! Waiting for what a test expects to be called.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;

use super::Opened;
use super::growing::Growing;
use crate::capture::session::Kept;
use crate::capture::{Marks, Noted, SharedView};
use crate::domain::filter::Filter;
use crate::domain::task::Problem;

/// What is waited for.
pub struct Wish {
    /// Which records.
    pub filter: Filter,
    /// Those that were there before do not count.
    pub only_new: bool,
}

/// Gives each record that is meant to `each` until that breaks off, or the session has ended. Where the filter asks what is
/// marked, a record counts once somebody marks it.
pub async fn wait(
    path: &Path,
    wish: &Wish,
    view: SharedView,
    mut each: impl FnMut(&Noted) -> Result<ControlFlow<()>, Problem>,
) -> Result<(), Problem> {
    let opened = Opened::new(path)?;
    let first = if wish.only_new { opened.last(1)? + 1 } else { 0 };
    let judge = opened.judge(view);
    let mut growing = Growing::new(opened, first)?;
    // As records were looked at last, and those that were meant.
    let (mut known, mut counted) = (Marks::default(), HashSet::new());
    while let Some(piece) = growing.next().await? {
        judge.view.learn(growing.hidden());
        let mut looked = vec![(growing.marks_of(&piece), piece)];
        if wish.filter.asks_marks() {
            let marks = growing.marks_since(first);
            let is_new = |seq: &u64| known.note(*seq) != marks.note(*seq) && !counted.contains(seq);
            let seqs: Vec<u64> = marks.iter().map(|(seq, _)| seq).filter(is_new).collect();
            looked.push((marks.clone(), growing.these(&seqs)?));
            known = marks;
        }
        for (marks, piece) in looked {
            for Kept { seq, exchange } in piece {
                let record = marks.noted(judge.record(seq, exchange));
                if !record.is_meant(&wish.filter, &*judge.view)
                    || wish.filter.asks_marks() && !counted.insert(seq)
                {
                    continue;
                }
                if each(&record)?.is_break() {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}
