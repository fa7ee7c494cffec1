//! The request that a call is of: looked for, laid out by what is known of its API.

use std::collections::HashMap;

use super::answer;
use crate::capture::{Calls, Capture, Found, Kind};
use crate::domain::api::Definition;
use crate::domain::json::{Document, Trailing};
use crate::domain::trail::{Came, Circumstances, Plan, Step, Why, phase, steps};
use crate::flows::remote::Keeper;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Flow, Overlay, Selected};
use crate::tui::pane::stream::Absent;
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

/// Of the requests whose calls the list has together it is said how many hooks did not come, where the definitions of their
/// APIs are known; what is not, is asked for once.
pub(crate) fn missing(model: &mut Model, capture: &Capture) -> Effects {
    let mut effects = Effects::new();
    let missing = &mut model.stream.missing;
    missing.of.clear();
    missing.waits = false;
    let window = &model.stream.window;
    let mut requests: Vec<u64> = Vec::new();
    for (row, member) in window.rows.iter().zip(&window.members) {
        if row.kind != Kind::Dispatch || member.basis.is_none() || !member.is_first {
            continue;
        }
        requests.push(member.request);
        if !model.stream.missing.asked.contains(&*row.api) {
            let asked = model.apis.open_named(&row.api);
            if !asked.is_empty() {
                model.stream.missing.asked.insert((&*row.api).into());
                effects.extend(asked);
            }
        }
    }
    let mut plans = HashMap::new();
    for request in requests {
        let calls = capture.calls_of(request);
        let Some(first) = calls.rows.first() else { continue };
        let key = (first.api.clone(), calls.bundle_hash.clone());
        let of = || plan(model, &first.api, &calls.bundle_hash);
        let plan = plans.entry(key).or_insert_with(of).as_ref();
        // Of another bundle than the Gateway's it would say nothing.
        let plan = plan.filter(|plan| plan.names_all() && plan.is_of(&calls.bundle_hash));
        let Some(plan) = plan else { continue };
        match absent(&calls, plan, model.now) {
            Some(absent) => drop(model.stream.missing.of.insert(request, absent)),
            None => model.stream.missing.waits = true,
        }
    }
    effects
}

/// Which hooks of a request did not come; `None` where some may come yet.
fn absent(calls: &Calls, plan: &Plan, now: jiff::Timestamp) -> Option<Absent> {
    let came = calls.rows.iter().filter_map(|row| {
        let (outcome, status) = (row.outcome, row.status);
        Some(Came { phase: phase(row.hook)?, name: &row.name, outcome, status })
    });
    let came: Vec<_> = came.collect();
    let end = |row: &crate::capture::Row| row.at.checked_add(row.took).unwrap_or(row.at);
    let end = calls.rows.iter().map(end).max()?;
    let circumstances = Circumstances {
        since: now.as_microsecond() - end.as_microsecond(),
        headers: calls.headers.clone(),
        ..Circumstances::default()
    };
    let mut absent = Absent { count: 0, is_odd: false };
    for step in steps(&came, Some(plan), &circumstances) {
        match step {
            Step::Missing { why: Why::NotYet | Why::Held { .. }, .. } => return None,
            Step::Missing { why, .. } => {
                absent.count += 1;
                absent.is_odd |= matches!(
                    why,
                    Why::Failed { .. }
                        | Why::Stopped { .. }
                        | Why::NoId { .. }
                        | Why::Skipped
                        | Why::Lost { .. }
                        | Why::Forgotten
                        | Why::Event { .. }
                );
            }
            Step::Came { .. } => {}
        }
    }
    Some(absent)
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
