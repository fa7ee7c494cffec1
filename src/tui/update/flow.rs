//! The request that a call is of: looked for, laid out by what is known of its API.

use super::answer;
use crate::capture::Found;
use crate::domain::api::Definition;
use crate::domain::json::{Document, Trailing};
use crate::domain::trail::Plan;
use crate::flows::remote::Keeper;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Flow, Overlay, Selected};
use crate::tui::view;

/// Opens the request of the selected call.
pub(super) fn open(model: &mut Model) -> Effects {
    let Some(row) = model.stream.row() else {
        model.refuse("no row is selected");
        return Vec::new();
    };
    let seq = row.seq;
    let api = row.api.clone();
    model.overlays.push(Overlay::Flow(Box::new(Flow::of(seq))));
    let mut effects = vec![Effect::Trail(seq)];
    // What the Gateway has says most of what it calls.
    effects.extend(model.apis.ask_servers(false));
    effects.extend(model.apis.open_named(&api));
    effects
}

/// Does an action in the request, or in the plots; the key that opened them closes them.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    match (action, model.overlays.last_mut()) {
        (Action::RequestFlow, Some(Overlay::Flow(_)))
        | (Action::Plots, Some(Overlay::Plots(_))) => return answer::close(model),
        (_, Some(Overlay::Flow(flow))) => flow.act(action, area),
        (_, Some(Overlay::Plots(plots))) => plots.act(action, area),
        _ => {}
    }
    Vec::new()
}

/// The request was looked for.
pub(super) fn found(model: &mut Model, seq: u64, found: Option<Box<Found>>, next: u64) {
    let flows = model.overlays.iter_mut().rev();
    let flow = flows.filter_map(|overlay| match overlay {
        Overlay::Flow(flow) => Some(flow),
        _ => None,
    });
    if let Some(flow) = flow.filter(|flow| flow.seq == seq).last() {
        flow.found(found, next);
    }
}

/// Goes to the selected call; of one that did not come it is said why.
pub(super) fn accept(model: &mut Model, flow: Box<Flow>) -> Effects {
    match flow.selected() {
        Some(Selected::Call(seq)) => model.stream.go_to(seq),
        Some(Selected::Missing(why)) => {
            model.overlays.push(Overlay::Flow(flow));
            model.refuse(why);
        }
        None => {}
    }
    Vec::new()
}

/// Lays out what is shown, by the definitions that are known; looks for the request again where more of it may have come.
pub(crate) fn settle(model: &mut Model, next: u64) -> Option<Effect> {
    let Some(Overlay::Flow(flow)) = model.overlays.last() else { return None };
    let api = flow.api().map(|(api, hash)| (api.to_owned(), hash.to_owned()));
    let plan = api.and_then(|(api, bundle_hash)| plan(model, &api, &bundle_hash));
    let (area, now) = (view::screen(model.size).pane, model.now);
    let Some(Overlay::Flow(flow)) = model.overlays.last_mut() else { return None };
    let page = flow.page(area);
    flow.lay_out(plan, now, page);
    flow.wants(next, now).then_some(Effect::Trail(flow.seq))
}

/// What the open definitions of an API lead one to expect: the one that the Gateway has comes first, and before it the
/// one that names the bundle of the calls.
fn plan(model: &Model, api: &str, bundle_hash: &str) -> Option<Plan> {
    let manifest = &model.manifest.sheet;
    let manifest =
        manifest.is_there().then(|| Document::parse(manifest.bytes(), Trailing::Refused));
    let manifest = manifest.and_then(Result::ok).map(Definition::of_manifest);
    let of = |it: &crate::tui::pane::apis::Api| {
        let definition = it.definition()?;
        if definition.summary().id.text() != api {
            return None;
        }
        let is_loaded = it.remote().is_some_and(|remote| remote.keeper == Keeper::Gateway);
        let manifest = manifest.as_ref().filter(|_| !is_loaded);
        let plan = Plan::of(&it.name, definition, manifest, is_loaded);
        Some((!plan.is_of(bundle_hash), !is_loaded, plan))
    };
    let plans = model.apis.apis.iter().filter_map(of);
    plans.min_by_key(|(is_other, is_file, _)| (*is_other, *is_file)).map(|(.., plan)| plan)
}
