//! Breakpoints and those that they hold, as the plugin server has them.

use std::sync::Arc;

use super::{Worker, slot};
use crate::capture::{Judge, Seen, SharedView, line};
use crate::dispatch::{Breakpoint, Held};
use crate::domain::filter::Filter;
use crate::flows::hold::{self, Fault};
use crate::tui::effect::HeldAnswer;
use crate::tui::message::{HeldNews, LetGo, Message};

/// Why one cannot be answered.
fn gone() -> Fault {
    let what = "it is not held any more: it was let go unchanged, or its caller went away";
    Fault { place: None, what: what.to_owned() }
}

impl Worker {
    fn view(&self, shown: bool) -> SharedView {
        Arc::clone(if shown { &self.shown } else { &self.redacted })
    }

    /// A filter sees what the list shows.
    pub(super) fn set_breakpoints(&self, breakpoints: Vec<Breakpoint>) {
        let answer_limit = slot(&self.settings).server.answer_limit;
        let view = Arc::clone(&self.redacted);
        if let Some(attached) = &*slot(&self.elsewhere) {
            attached.break_at(&breakpoints);
        }
        self.breaks.own(breakpoints, Judge { view, answer_limit });
    }

    pub(super) fn decode_held(&self, id: u64, shown: bool) {
        let Some(held) = self.holds.get(id) else { return };
        let view = self.view(shown);
        self.blocking(move || {
            let mut document = line::to_json(&held.record, &*view);
            if let Some(members) = document.as_object_mut() {
                // It has none of these before it is answered.
                for name in ["seq", "took_us", "held_us", "count"] {
                    members.shift_remove(name);
                }
            }
            Message::Held(HeldNews::Decoded { id, shown, document: Arc::new(document) })
        });
    }

    /// As the list is filtered: by what the redacted view shows.
    pub(super) fn filter_held(&self, filter: Box<Filter>, ids: &[u64]) {
        let held: Vec<_> = ids.iter().filter_map(|id| self.holds.get(*id)).collect();
        let view = self.view(false);
        self.blocking(move || {
            let is_meant = |held: &Held| filter.matches(&Seen::new(&held.record, &*view));
            let means = held.iter().map(|held| (held.id, is_meant(held))).collect();
            Message::Held(HeldNews::Meant { filter, means })
        });
    }

    pub(super) fn edit_held(&self, id: u64, shown: bool) {
        let Some(held) = self.holds.get(id) else {
            let _ = self.messages.send(Message::Held(HeldNews::Answered(id, Err(gone()))));
            return;
        };
        let view = self.view(shown);
        self.blocking(move || {
            Message::Held(HeldNews::Text { id, shown, text: hold::text(&held, &view) })
        });
    }

    pub(super) fn answer_held(&self, id: u64, answer: HeldAnswer) {
        let holds = self.holds.clone();
        let view = match &answer {
            HeldAnswer::Text { shown, .. } => self.view(*shown),
            HeldAnswer::Unchanged | HeldAnswer::Override(_) => self.view(false),
        };
        self.blocking(move || {
            let answered = (|| {
                let held = holds.get(id).ok_or_else(gone)?;
                let (bytes, how) = match &answer {
                    HeldAnswer::Unchanged => (None, "unchanged"),
                    HeldAnswer::Text { text, anyway, .. } => {
                        let bytes = hold::edited(&held, text, &view)?;
                        let breaks = || hold::breaks(&held, &bytes, &view);
                        if let Some(why) = (!anyway).then(breaks).flatten() {
                            return Ok(LetGo::Breaks(why));
                        }
                        (Some(bytes), "with the edited answer")
                    }
                    HeldAnswer::Override(overrides) => {
                        let bytes = hold::overridden(&held, overrides);
                        let fault = |problem: crate::domain::task::Problem| Fault {
                            place: None,
                            what: problem.what,
                        };
                        (Some(bytes.map_err(fault)?), "with the override")
                    }
                };
                if holds.let_go(id, bytes) { Ok(LetGo::Done(how)) } else { Err(gone()) }
            })();
            Message::Held(HeldNews::Answered(id, answered))
        });
    }

    pub(super) fn let_all_go(&self) {
        let count = self.holds.let_all_go();
        let _ = self.messages.send(Message::Held(HeldNews::AllGone(count)));
    }

    pub(super) fn hold_on(&self, id: u64) {
        if let Some(attached) = &*slot(&self.elsewhere) {
            // That it came too late is told by itself.
            attached.hold_on(id);
            return;
        }
        let held_on = self.holds.hold_on(id);
        let _ = self.messages.send(Message::Held(HeldNews::HeldOn(held_on)));
    }
}
