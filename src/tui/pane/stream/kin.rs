//! Which of the visible calls are of one HTTP request with the selected one: of no more than are to be seen.

use crate::capture::{Capture, Row};

/// Those rows.
#[derive(Default)]
pub(super) struct Kin {
    seqs: Vec<u64>,
    /// What they were looked for with: the selected one, and the visible ones.
    among: (Option<u64>, Vec<u64>),
}

impl Kin {
    /// Looks for them where others are visible, or another one is selected.
    pub(super) fn find(&mut self, capture: &Capture, selected: Option<u64>, rows: &[Row]) {
        let among = (selected, rows.iter().map(|row| row.seq).collect());
        if among == self.among {
            return;
        }
        let seqs = rows.iter().map(|row| row.seq);
        self.seqs = selected.map(|selected| capture.kin(selected, seqs)).unwrap_or_default();
        self.among = among;
    }

    /// Whether this call is one of them.
    pub(super) fn has(&self, seq: u64) -> bool {
        self.seqs.contains(&seq)
    }
}
