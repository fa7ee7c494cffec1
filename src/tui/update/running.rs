//! Exports and replays that are under way: cancelled, and lost where the console ends.

use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::overlay::Overlay;
use crate::tui::pane::Tab;

/// What cancelling means now: what is on top, else what is under way in the Stream pane.
pub(super) fn cancelled(model: &Model) -> Option<Effect> {
    let (export, replay) = (model.export.busy.is_some(), model.replay.busy.is_some());
    match model.overlays.last() {
        Some(Overlay::Export(_)) if export => Some(Effect::CancelExport),
        Some(Overlay::Replay(_)) if replay => Some(Effect::CancelReplay),
        _ => {
            let others = model.ship.under_way
                || model.publish.busy.is_some()
                || model.apis.on_gateway.busy.is_some()
                || model.request.sending;
            if others && model.tab != Tab::Stream {
                return None;
            }
            match (export, replay) {
                (_, true) => Some(Effect::CancelReplay),
                (true, _) => Some(Effect::CancelExport),
                _ => None,
            }
        }
    }
}

/// What ends with the console.
pub(super) fn lost(model: &Model) -> impl Iterator<Item = String> + use<> {
    let export = model.export.busy.map(|_| "An export is under way; nothing of it would be left.");
    let replay = model.replay.busy.map(|_| "A replay is under way; it would be cut off.");
    [export, replay].into_iter().flatten().map(str::to_owned)
}
