//! Which rows are listed: the filter in force.

use super::{Aim, Pane};
use crate::capture::Search;
use crate::domain::filter::{Filter, FilterError};
use crate::tui::effect::Effect;
use crate::tui::model::Effects;

/// The filter in force.
pub(super) struct Filtered {
    /// As it was typed.
    pub(super) text: String,
    pub(super) filter: Filter,
    /// What it found, once it has begun to look.
    pub(super) search: Option<Search>,
    /// What it finds by other marks: takes the place once all was looked at, so that the list does not flicker.
    pub(super) next: Option<Search>,
    /// The version of the marks that it was begun with.
    pub(super) marks: u64,
}

impl Pane {
    /// The filter in force as it was typed; empty where there is none.
    pub(crate) fn filter_text(&self) -> &str {
        self.filter.as_ref().map_or("", |filtered| &filtered.text)
    }

    /// Whether a filter is in force.
    pub(crate) fn is_filtered(&self) -> bool {
        self.filter.is_some()
    }

    /// Whether the filter has yet to look at records that are there.
    pub(crate) fn is_searching(&self) -> bool {
        match &self.filter {
            Some(filtered) => filtered.search.is_none() || !self.window.whole,
            None => false,
        }
    }

    /// Shows only what a filter means; where the text is none, the one before stays in force.
    pub(crate) fn filter(&mut self, text: &str) -> Result<Option<Effect>, FilterError> {
        if text.trim().is_empty() {
            self.unfilter();
            return Ok(None);
        }
        let filter = Filter::parse(text)?;
        self.aim = if self.follows() { Aim::End } else { Aim::Stay };
        if let Some(filtered) = self.filter.as_mut().filter(|filtered| filtered.filter == filter) {
            text.clone_into(&mut filtered.text);
            return Ok(None);
        }
        let effect = Effect::Search(Box::new(filter.clone()));
        self.filter = Some(Filtered {
            text: text.to_owned(),
            filter,
            search: None,
            next: None,
            marks: self.marks.version(),
        });
        Ok(Some(effect))
    }

    /// The same, and remembers the filter, also for the next console.
    pub(crate) fn keep_filter(&mut self, text: &str) -> Result<Effects, FilterError> {
        let mut effects: Effects = self.filter(text)?.into_iter().collect();
        if self.is_filtered() {
            self.filter_line.used(text);
            effects.push(Effect::KeepFilter(text.to_owned()));
        }
        Ok(effects)
    }

    /// A search has begun; one that is not wanted any more ends as it is dropped.
    pub(crate) fn searching(&mut self, filter: &Filter, search: Search) {
        if let Some(filtered) = self.filter.as_mut().filter(|filtered| filtered.filter == *filter) {
            if filtered.search.is_some() {
                filtered.next = Some(search);
                return;
            }
            filtered.search = Some(search);
            self.aim = if self.follows() { Aim::End } else { Aim::Stay };
        }
    }

    /// Shows all again.
    pub(crate) fn unfilter(&mut self) {
        self.filter = None;
        self.aim = if self.follows() { Aim::End } else { Aim::Stay };
    }
}
