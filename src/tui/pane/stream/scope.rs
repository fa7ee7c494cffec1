//! Which records an export or a replay is about.

use super::Pane;
use crate::domain::filter::Filter;
use crate::tui::text;

/// Records that are meant together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scope {
    /// One.
    Row(u64),
    /// What the list shows.
    Listed {
        /// Only what this means.
        filter: Option<Box<Filter>>,
        /// Nothing after this record: where the list is held still.
        until: Option<u64>,
    },
    /// What is marked.
    Marked,
    /// All that is kept.
    All,
}

/// A scope, with how many records that are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meant {
    /// Which.
    pub(crate) scope: Scope,
    /// How many were there when it was asked for; all of them are not known while a search looks.
    pub(crate) count: u64,
}

impl Meant {
    /// In a few words.
    pub(crate) fn words(&self) -> (String, String) {
        match &self.scope {
            Scope::Row(seq) => ("this row".to_owned(), format!("#{seq}")),
            Scope::Listed { filter: Some(_), .. } => {
                ("what the filter shows".to_owned(), text::count(self.count))
            }
            Scope::Listed { .. } => ("what the list shows".to_owned(), text::count(self.count)),
            Scope::Marked => ("what is marked".to_owned(), text::count(self.count)),
            Scope::All => ("all".to_owned(), text::count(self.count)),
        }
    }
}

impl Pane {
    /// The selected record.
    pub(crate) fn this_row(&self) -> Option<Meant> {
        self.selected.map(|seq| Meant { scope: Scope::Row(seq), count: 1 })
    }

    /// What the list shows.
    pub(crate) fn listed(&self) -> Meant {
        let filter = self.filter.as_ref().filter(|_| self.is_filtered());
        let filter = filter.map(|filtered| Box::new(filtered.filter.clone()));
        let scope = Scope::Listed { filter, until: self.paused };
        Meant { scope, count: self.window.total as u64 }
    }

    /// What is marked, where anything is.
    pub(crate) fn marked(&self) -> Option<Meant> {
        let count = self.marks.len() as u64;
        (count > 0).then_some(Meant { scope: Scope::Marked, count })
    }

    /// All that is kept.
    pub(crate) fn everything(&self) -> Meant {
        Meant { scope: Scope::All, count: self.stats.listed as u64 }
    }
}
