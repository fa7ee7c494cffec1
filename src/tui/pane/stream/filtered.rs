//! Which rows are listed, and in which order: the filter in force, and the column that they are sorted by.

use super::{Aim, Pane};
use crate::capture::{By, Order, Search};
use crate::config::Column;
use crate::domain::filter::{Filter, FilterError};
use crate::tui::effect::Effect;
use crate::tui::model::Effects;
use crate::tui::text;

/// What the list shows where that is not all as it came.
pub(super) struct Filtered {
    /// The filter as it was typed; empty where the list is only sorted.
    pub(super) text: String,
    pub(super) filter: Filter,
    pub(super) order: Option<Order>,
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

    /// The filter in force.
    pub(crate) fn filter_in_force(&self) -> Option<&Filter> {
        self.filter.as_ref().filter(|it| !it.text.is_empty()).map(|filtered| &filtered.filter)
    }

    /// What jq says where it fails on records, which are not listed then: `jq: 12 records: …`.
    pub(crate) fn jq_fails(&self) -> Option<String> {
        let (count, first) = self.filter.as_ref()?.search.as_ref()?.faults()?;
        let records = if count == 1 { "record" } else { "records" };
        Some(format!("jq: {} {records}: {first}", text::count(count)))
    }

    /// Whether a filter is in force.
    pub(crate) fn is_filtered(&self) -> bool {
        !self.filter_text().is_empty()
    }

    /// What the list is sorted by, where it is not as it came.
    pub(crate) fn order(&self) -> Option<Order> {
        self.filter.as_ref().and_then(|filtered| filtered.order)
    }

    /// Whether the calls of each request are together.
    pub(crate) fn is_by_request(&self) -> bool {
        self.order() == Some(Order::BY_REQUEST)
    }

    /// Whether rows are sorted so that new ones may be anywhere: such a list does not follow.
    pub(super) fn is_sorted(&self) -> bool {
        self.order().is_some() && !self.is_by_request()
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
            return Ok(self.unfilter());
        }
        let filter = Filter::parse(text)?;
        // Where the list begins is decided already, and may not be reached yet.
        if let Some(filtered) = self.filter.as_mut().filter(|filtered| filtered.filter == filter) {
            text.clone_into(&mut filtered.text);
            return Ok(None);
        }
        self.aim = match self.gone_to.or(self.selected) {
            _ if self.is_sorted() => Aim::Row(0),
            _ if self.follows() => Aim::End,
            // Until all is looked at: what was found first may not have it yet.
            Some(seq) => Aim::Seq(seq),
            None => Aim::Stay,
        };
        Ok(self.list(text.to_owned(), filter, self.order()))
    }

    /// Lists what a filter means, in an order; what was found is that of another list until the search has begun.
    fn list(&mut self, text: String, filter: Filter, order: Option<Order>) -> Option<Effect> {
        if text.is_empty() && order.is_none() {
            self.filter = None;
            return None;
        }
        let effect = Effect::Search(Box::new(filter.clone()), order);
        let marks = self.marks.version();
        self.filter = Some(Filtered { text, filter, order, search: None, next: None, marks });
        Some(effect)
    }

    /// Sorts by a column; by the same once more the other way round, then not at all.
    pub(crate) fn sort_by(&mut self, by: Column) -> Option<Effect> {
        // What is looked for in numbers is mostly the largest, in times the newest.
        let largest = matches!(by, Column::Time | Column::Status | Column::Took | Column::Size);
        let order = match self.order() {
            Some(order) if order.by == By::Column(by) && order.descending != largest => None,
            Some(order) if order.by == By::Column(by) => {
                Some(Order { descending: !largest, ..order })
            }
            _ => Some(Order { by: By::Column(by), descending: largest }),
        };
        self.sort(order)
    }

    /// Has the calls of each request together, or shows rows as they came.
    pub(crate) fn toggle_by_request(&mut self) -> Option<Effect> {
        self.sort((!self.is_by_request()).then_some(Order::BY_REQUEST))
    }

    /// Sorts, or shows rows as they came. A list that is sorted by a column stands still: what is new may belong anywhere. A
    /// row that was gone to stays selected; otherwise what one looks for is the first one.
    pub(crate) fn sort(&mut self, order: Option<Order>) -> Option<Effect> {
        let by_column = |order: Option<Order>| order.is_some_and(|it| it != Order::BY_REQUEST);
        let was_gone_to = !(self.follows() || self.is_sorted() && self.index() == 0);
        self.aim = match self.selected {
            Some(seq) if was_gone_to => Aim::Seq(seq),
            _ if by_column(order) => Aim::Row(0),
            _ if self.follows() => Aim::End,
            selected => selected.map_or(Aim::End, Aim::Seq),
        };
        if by_column(order) {
            self.leave();
        }
        let (text, filter) = match self.filter.take() {
            Some(Filtered { text, filter, .. }) => (text, filter),
            None => (String::new(), Filter::all()),
        };
        self.list(text, filter, order)
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
    pub(crate) fn searching(&mut self, filter: &Filter, order: Option<Order>, search: Search) {
        let is_it =
            |filtered: &&mut Filtered| filtered.filter == *filter && filtered.order == order;
        if let Some(filtered) = self.filter.as_mut().filter(is_it) {
            if filtered.search.is_some() {
                filtered.next = Some(search);
                return;
            }
            filtered.search = Some(search);
            if self.follows() {
                self.aim = Aim::End;
            }
        }
    }

    /// Shows all again.
    pub(crate) fn unfilter(&mut self) -> Option<Effect> {
        let order = self.order();
        self.aim = match self.gone_to {
            _ if self.follows() => Aim::End,
            Some(seq) => Aim::Seq(seq),
            None => Aim::Stay,
        };
        self.filter = None;
        self.list(String::new(), Filter::all(), order)
    }
}
