//! What an action does in the pane that is open. Problems has a file of its own.

use super::act::{ask, leave, prompt};
use super::{
    answer, begin, busy_server, export, flow, gateway, hold, marks, remote, replay, request,
};
use crate::flows::doctor::LEAVES;
use crate::tui::action::Action;
use crate::tui::editor::Editor;
use crate::tui::effect::{Effect, Signing};
use crate::tui::holding::are_held;
use crate::tui::location::Location;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Changes, ColumnList, Intent, Overlay, Purpose};
use crate::tui::pane::{Tab, apis, bundle, doctor, log, manifest, server, stream};
use crate::tui::view;
use crate::tui::widget::Field;

/// Does an action in the Manifest pane.
pub(super) fn in_manifest(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    let layout = manifest::layout(model, area);
    let focused = if model.manifest.detail_focused { layout.findings } else { layout.rows };
    let rows = focused.map_or(0, |rows| usize::from(rows.height));
    let pane = &mut model.manifest;
    match action {
        Action::Add if !pane.sheet.is_there() => begin::offer(model),
        Action::Save | Action::Editor | Action::Reload | Action::Diff => on_file(model, action),
        Action::Accept | Action::Add if !pane.detail_focused && !pane.raw => {
            let Some(target) = pane.target().cloned() else { return Vec::new() };
            pane.member = None;
            let edit = pane.edit(&target, action == Action::Add);
            super::manifest::edited(model, edit)
        }
        Action::Accept if !pane.detail_focused => begin_text(model),
        Action::Add => {
            let view = model.keymap.key(Action::ViewNext).unwrap_or_default();
            model.refuse(format!("hooks and files are added in the form: {view}"));
            Vec::new()
        }
        action => pane.act(action, rows).unwrap_or_default(),
    }
}

/// What concerns the file of the open pane, whichever it is.
fn on_file(model: &mut Model, action: Action) -> Effects {
    let Some(sheet) = model.sheet() else { return Vec::new() };
    let location = sheet.location().clone();
    match action {
        Action::Save => match &location {
            Location::File(_) => vec![sheet.save(false)],
            Location::Remote(api) => remote::save(model, api),
        },
        Action::Diff => {
            let name = match model.tab {
                Tab::Apis => model.apis.selected().map(|api| api.name.as_str()),
                _ => None,
            };
            let file = location.file().and_then(std::path::Path::file_name);
            let file = file.map(std::ffi::OsStr::to_string_lossy);
            let name = name.map(Into::into).or(file).unwrap_or_default();
            let changes = Changes::of(sheet, &name);
            model.overlays.push(Overlay::Changes(changes));
            Vec::new()
        }
        Action::Editor => {
            let file = location.file();
            file.map(|file| Effect::Edit(file.to_owned(), None)).into_iter().collect()
        }
        _ if sheet.dirty() => {
            let reason = "The changes that are not saved would be lost.".to_owned();
            let title = format!("Read {} anew?", sheet.what());
            ask(model, &title, vec![reason], Intent::Reload(location))
        }
        _ => {
            let mut effects = vec![Effect::ReadManifest, Effect::ReadApis];
            effects.extend(model.apis.ask_servers(true));
            effects.extend(model.apis.reopen(None));
            effects
        }
    }
}

/// Keys are typed into the text of the open pane from now on.
fn begin_text(model: &mut Model) -> Effects {
    if let Some(Err(why)) = model.editor_mut().map(Editor::begin) {
        let editor = model.keymap.key(Action::Editor).unwrap_or_default();
        model.refuse(format!("{why}: {editor} opens it in your own editor"));
    }
    Vec::new()
}

/// Does an action in the APIs pane.
pub(super) fn in_apis(model: &mut Model, action: Action) -> Effects {
    let layout = apis::layout(model, view::screen(model.size).pane);
    let focused = if model.apis.detail_focused { layout.form } else { layout.rows };
    let rows = focused.map_or(0, |rows| usize::from(rows.height));
    match action {
        Action::Save | Action::Editor | Action::Reload | Action::Diff => on_file(model, action),
        Action::Accept if model.apis.selected().is_some_and(apis::Api::is_unopened) => {
            model.apis.open_selected()
        }
        Action::Accept if model.editor().is_some() => begin_text(model),
        Action::NewApi => answer::wished(model, apis::New::begin()),
        Action::Add if !model.apis.detail_focused => answer::wished(model, apis::New::begin()),
        Action::Convert => convert(model),
        action if action.is_of_gateway() => gateway::act(model, action),
        Action::Accept | Action::Add if model.apis.detail_focused => {
            let wish = model.apis.wish(action == Action::Add);
            wish.map(|wish| answer::wished(model, wish)).unwrap_or_default()
        }
        action => {
            let said = model.apis.act(action, rows);
            said.map(|effects| {
                effects.unwrap_or_else(|why| {
                    model.refuse(why);
                    Vec::new()
                })
            })
            .unwrap_or_default()
        }
    }
}

/// Asks whether the open definition is to be written as JSON.
fn convert(model: &mut Model) -> Effects {
    let Some((path, _)) = model.apis.as_json() else { return Vec::new() };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let reasons = vec![
        format!("It is written beside the YAML, as {}.", name.unwrap_or_default()),
        "Comments and anchors have no form in JSON. The YAML stays as it is: remove it once the JSON has taken its \
         place, or both are the same API."
            .to_owned(),
    ];
    ask(model, "Write it as JSON?", reasons, Intent::Convert)
}

/// Does an action in the Bundle pane.
pub(super) fn in_bundle(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    let rows = bundle::layout(model, area).rows.map_or(0, |rows| usize::from(rows.height));
    let pane = &mut model.bundle;
    match action {
        Action::Build => {
            pane.busy = Some("building");
            let signing = match &pane.key {
                Some(key) => Signing::Key(key.clone(), None),
                None => Signing::Unsigned,
            };
            vec![Effect::Build(signing)]
        }
        Action::Unsigned => {
            pane.busy = Some("building");
            vec![Effect::Build(Signing::Unsigned)]
        }
        Action::Sign => {
            let key = pane.key.as_ref().map(|key| key.display().to_string()).unwrap_or_default();
            let note = "The private key: PEM, RSA; a relative path begins at the project's folder.";
            prompt(model, "Sign with", note, Purpose::Key, Field::new(&key))
        }
        Action::OpenFile => {
            let note = "The bundle's path; a relative one begins at the project's folder.";
            prompt(model, "Look into", note, Purpose::Bundle, Field::default())
        }
        action => pane.act(action, rows).unwrap_or_default(),
    }
}

/// Does an action in the Server pane.
pub(super) fn in_server(model: &mut Model, action: Action) -> Effects {
    if action == Action::LeaveServer {
        return leave(model);
    }
    if action == Action::ToggleServer
        && let Some(process) = model.server.server.process()
    {
        let whose =
            if process.console { "is another console's" } else { "runs in a process of its own" };
        let reason = format!(
            "It {whose} (pid {}), which goes on without this console. Without it the Gateway answers 500.",
            process.pid
        );
        return ask(model, "Stop the server?", vec![reason], Intent::StopServer);
    }
    let held = model.holding.held.len();
    if action == Action::ToggleServer && (busy_server(model) || held > 0) {
        let reason =
            "The plugin server had traffic in the last minute; without it the Gateway answers 500.";
        let mut reasons = vec![reason.to_owned()];
        if held > 0 {
            reasons.push(format!("{} and would be let go unchanged.", are_held(held)));
        }
        return ask(model, "Stop the server?", reasons, Intent::StopServer);
    }
    if action == Action::BreakRule {
        return hold::at_rule(model);
    }
    if action == Action::Record {
        return vec![Effect::Record { project: model.project.clone() }];
    }
    let area = view::screen(model.size).pane;
    let rows = server::layout(model, area).rows.map_or(0, |rows| usize::from(rows.height));
    model.server.act(action, rows).unwrap_or_default()
}

/// Does an action in the Doctor pane.
pub(super) fn in_doctor(model: &mut Model, action: Action) -> Effects {
    if action == Action::Probe {
        let mut reason = LEAVES.to_owned();
        reason[..1].make_ascii_uppercase();
        return ask(model, "Probe the Gateway?", vec![reason + "."], Intent::Probe);
    }
    let area = view::screen(model.size).pane;
    let rows = doctor::layout(model, area).rows.map_or(0, |rows| usize::from(rows.height));
    model.doctor.act(action, rows).unwrap_or_default()
}

/// Does an action in the Stream pane.
pub(super) fn in_stream(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    let layout = stream::layout(model, area);
    let visible = layout.rows.map_or(0, |rows| usize::from(rows.height));
    let page = layout.json.map_or(0, |json| usize::from(json.height));
    match action {
        Action::Break => return hold::choose(model),
        // What the list shows then stands above it.
        Action::Accept
            if model.stream.window.rows.is_empty()
                && model.stream.is_filtered()
                && model.holding.listed().next().is_some() =>
        {
            return hold::open(model);
        }
        Action::RequestOf => return request::of_dispatch(model),
        Action::Export => return export::open(model),
        Action::Replay => {
            let meant = model.stream.this_row();
            return replay::open(model, meant);
        }
        Action::ReplayListed => {
            let meant = model.stream.listed();
            return replay::open(model, Some(meant));
        }
        Action::RequestFlow => return flow::open(model),
        Action::Columns => {
            // The list's lines begin and end with room for signs.
            let width = layout.rows.map_or(area.width, |rows| rows.width.saturating_sub(3));
            let list = ColumnList::new(model.stream.columns.shown(width));
            model.overlays.push(Overlay::Columns(list));
            return Vec::new();
        }
        Action::ByRequest => return super::columns::by_request(model),
        Action::MarkRow
        | Action::NoteRow
        | Action::NextMarked
        | Action::PreviousMarked
        | Action::Marks => return marks::act(model, action),
        Action::Plots => {
            model.overlays.push(Overlay::Plots(Box::default()));
            return Vec::new();
        }
        _ => {}
    }
    if action == Action::Search {
        let stream = &model.stream;
        let (purpose, text) = if stream.detail_focused {
            (Purpose::SearchStream, "")
        } else {
            (Purpose::Filter, stream.filter_text())
        };
        let field = Field::new(text);
        return prompt(model, "Search", "", purpose, field);
    }
    model.stream.act(action, visible, page).unwrap_or_default()
}

/// Does an action in the Log pane.
pub(super) fn in_log(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    let rows = usize::from(log::layout(model, area).rows.height);
    if action == Action::LogSearch {
        let field = Field::new(&model.log.needle);
        return prompt(model, "Search", "", Purpose::SearchLog, field);
    }
    model.log.act(action, rows).unwrap_or_default()
}
