//! Which of the visible calls are of one HTTP request with the selected one: of no more than are to be seen.

use crate::capture::{Capture, Window};

/// Those rows.
#[derive(Default)]
pub(super) struct Kin {
    seqs: Vec<u64>,
    /// What they were looked for with: the selected one, and the visible ones.
    among: (Option<u64>, Vec<u64>),
}

impl Kin {
    /// Looks for them where others are visible, or another one is selected.
    pub(super) fn find(&mut self, capture: &Capture, selected: Option<u64>, window: &Window) {
        let among = (selected, window.rows.iter().map(|row| row.seq).collect());
        let members = || window.rows.iter().zip(&window.members);
        if let Some((_, selected)) = members().find(|(row, _)| Some(row.seq) == selected) {
            // Where the calls of a request are together it is known.
            let is_kin = |request: u64| request == selected.request && !selected.is_alone();
            let kin = members().filter(|(row, it)| is_kin(it.request) && Some(row.seq) != among.0);
            self.seqs = kin.map(|(row, _)| row.seq).collect();
            self.among = (None, Vec::new());
            return;
        }
        if among == self.among {
            return;
        }
        let seqs = window.rows.iter().map(|row| row.seq);
        self.seqs = selected.map(|selected| capture.kin(selected, seqs)).unwrap_or_default();
        self.among = among;
    }

    /// Whether this call is one of them.
    pub(super) fn has(&self, seq: u64) -> bool {
        self.seqs.contains(&seq)
    }
}
