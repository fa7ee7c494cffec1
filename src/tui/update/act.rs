//! What an action does.

use super::{answer, begin, busy_server, edit, end, problems, remote};
use crate::flows::doctor::LEAVES;
use crate::tui::action::{Action, Place, why_not};
use crate::tui::editor::Editor;
use crate::tui::effect::{Effect, Signing};
use crate::tui::location::Location;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{
    Ask, Changes, Files, Intent, Overlay, Palette, Prompt, Purpose, Quoted, help,
};
use crate::tui::pane::{Tab, apis, bundle, doctor, log, manifest, server, stream};
use crate::tui::theme::Theme;
use crate::tui::view;
use crate::tui::widget::{Cursor, Field, Wants};

/// Does an action, or says why it cannot be had.
pub(crate) fn act(model: &mut Model, action: Action) -> Effects {
    if let Some(why) = why_not(model, action) {
        model.refuse(why);
        return Vec::new();
    }
    if let Some(effects) = everywhere(model, action) {
        return effects;
    }
    if !model.overlays.is_empty() {
        return in_overlay(model, action);
    }
    if action == Action::Close {
        return close(model);
    }
    if action.spec().place == Place::Editor {
        return edit::act(model, action);
    }
    match model.tab {
        Tab::Manifest => in_manifest(model, action),
        Tab::Bundle => in_bundle(model, action),
        Tab::Server => in_server(model, action),
        Tab::Stream => in_stream(model, action),
        Tab::Doctor => in_doctor(model, action),
        Tab::Apis => in_apis(model, action),
        Tab::Problems => problems::act(model, action),
        Tab::Log => in_log(model, action),
    }
}

fn everywhere(model: &mut Model, action: Action) -> Option<Effects> {
    let tab = Tab::ALL.into_iter().find(|tab| tab.action() == action);
    if let Some(tab) = tab {
        model.overlays.clear();
        return Some(open(model, tab));
    }
    match action {
        Action::Quit => Some(quit(model)),
        Action::Suspend => Some(suspend(model)),
        Action::Redraw => Some(vec![Effect::Redraw]),
        Action::Ship => Some(ship(model)),
        Action::Cancel => Some(cancel(model)),
        Action::Theme => Some(next_theme(model)),
        Action::Help => {
            model.overlays.retain(|overlay| !matches!(overlay, Overlay::Help(_)));
            model.overlays.push(Overlay::Help(Cursor::default()));
            Some(Vec::new())
        }
        Action::Palette => {
            model.overlays.clear();
            let palette = Palette::new(model.places());
            model.overlays.push(Overlay::Palette(palette));
            Some(Vec::new())
        }
        Action::Zoom if model.overlays.is_empty() => {
            model.zoom = !model.zoom;
            Some(Vec::new())
        }
        Action::Focus if model.overlays.is_empty() => {
            let focus = match model.tab {
                Tab::Manifest => &mut model.manifest.detail_focused,
                Tab::Apis => &mut model.apis.detail_focused,
                Tab::Bundle => &mut model.bundle.detail_focused,
                Tab::Server => &mut model.server.detail_focused,
                Tab::Stream => &mut model.stream.detail_focused,
                Tab::Problems => &mut model.problems.detail_focused,
                Tab::Doctor => &mut model.doctor.detail_focused,
                Tab::Log => return Some(Vec::new()),
            };
            *focus = !*focus;
            Some(Vec::new())
        }
        _ => None,
    }
}

/// Opens a pane.
pub(super) fn open(model: &mut Model, tab: Tab) -> Effects {
    model.tab = tab;
    match tab {
        // Others may have written it meanwhile.
        Tab::Manifest => vec![Effect::ReadManifest],
        Tab::Doctor if model.doctor.examined.is_none() && !model.doctor.busy => {
            model.doctor.examine(false)
        }
        Tab::Apis => {
            let mut effects = vec![Effect::ReadApis];
            effects.extend(model.apis.ask_servers(false));
            effects
        }
        // Code and keys may be others meanwhile.
        Tab::Problems => vec![Effect::LintSoon],
        _ => Vec::new(),
    }
}

fn quit(model: &mut Model) -> Effects {
    let mut reasons = Vec::new();
    if model.manifest.sheet.dirty() {
        reasons.push("The manifest has changes that are not saved.".to_owned());
    }
    reasons
        .extend(model.apis.unsaved().map(|name| format!("{name} has changes that are not saved.")));
    if !reasons.is_empty() && model.keeps_unsaved {
        reasons.push("They are kept, and offered when a console is opened here again.".to_owned());
    }
    if model.ship.under_way {
        reasons.push("A ship is under way; it would be cancelled.".to_owned());
    }
    if busy_server(model) {
        reasons.push(
            "The plugin server had traffic in the last minute; without it the Gateway answers 500."
                .to_owned(),
        );
    }
    // Asked twice means yes: ctrl-c on the question must not be a dead end.
    let asked =
        matches!(model.overlays.last(), Some(Overlay::Ask(ask)) if ask.intent == Intent::Quit);
    if reasons.is_empty() || asked {
        return end(model);
    }
    ask(model, "Quit?", reasons, Intent::Quit)
}

fn suspend(model: &mut Model) -> Effects {
    if !busy_server(model) {
        return vec![Effect::Suspend];
    }
    let reason = "A suspended console's plugin server answers nobody, and it had traffic in the last minute; the \
                  Gateway would answer 500.";
    ask(model, "Suspend?", vec![reason.to_owned()], Intent::Suspend)
}

fn cancel(model: &mut Model) -> Effects {
    let publishing = model.ship.step() == Some("publish");
    if !publishing {
        return vec![Effect::CancelShip];
    }
    let reason = "The bundle is being published; what a Gateway has loaded already stays loaded.";
    ask(model, "Cancel the ship?", vec![reason.to_owned()], Intent::CancelShip)
}

/// Asks a question.
pub(super) fn ask(model: &mut Model, title: &str, reasons: Vec<String>, intent: Intent) -> Effects {
    model.overlays.push(Overlay::Ask(Ask {
        title: title.to_owned(),
        reasons,
        quoted: Quoted::default(),
        intent,
    }));
    Vec::new()
}

fn ship(model: &mut Model) -> Effects {
    let shown = model.overlays.iter().any(|overlay| matches!(overlay, Overlay::Ship));
    if !shown {
        model.overlays.push(Overlay::Ship);
    }
    if model.ship.under_way {
        return Vec::new();
    }
    model.ship.begin();
    vec![Effect::Ship(None)]
}

fn next_theme(model: &mut Model) -> Effects {
    let names: Vec<_> = Theme::names().collect();
    let at = names.iter().position(|name| *name == model.theme.name()).map_or(0, |at| at + 1);
    let name = names[at % names.len()];
    if let Some(theme) = Theme::embedded(name, model.depth) {
        model.theme = theme;
        model.refuse(format!(
            "theme {name}; to keep it: theme = \"{name}\" under [ui] in config.toml"
        ));
    }
    Vec::new()
}

fn in_overlay(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    let page = help::page(area);
    let lines = help::len(model);
    match (action, model.overlays.last_mut()) {
        (Action::Yes, Some(Overlay::Ask(_))) => answer::yes(model),
        (Action::TakeTheirs, Some(Overlay::Ask(_))) => answer::theirs(model),
        (Action::Close | Action::No, Some(_)) | (Action::Diff, Some(Overlay::Changes(_))) => {
            answer::close(model)
        }
        (Action::Accept, _) => answer::accept(model),
        (Action::Save, Some(Overlay::Changes(_))) => {
            model.overlays.pop();
            act(model, Action::Save)
        }
        (_, Some(Overlay::Changes(changes))) => {
            let page = changes.page(area);
            changes.quoted.act(action, page);
            Vec::new()
        }
        (_, Some(Overlay::Ask(ask))) => {
            let page = ask.page(area);
            ask.quoted.act(action, page);
            Vec::new()
        }
        (_, Some(Overlay::Help(cursor))) => {
            match action {
                Action::Up => cursor.top = cursor.top.saturating_sub(1),
                Action::Down => cursor.top += 1,
                Action::PageUp => cursor.top = cursor.top.saturating_sub(page),
                Action::PageDown => cursor.top += page,
                Action::Top => cursor.top = 0,
                Action::Bottom => cursor.top = lines,
                _ => {}
            }
            cursor.top = cursor.top.min(lines.saturating_sub(page));
            Vec::new()
        }
        (_, Some(Overlay::Palette(palette))) => {
            palette.act(action);
            Vec::new()
        }
        (Action::TypePath, Some(Overlay::Files(_))) => {
            let note = "Relative to the manifest's folder; it need not be there yet.";
            let field = Field::default().wanting(Wants::File);
            prompt(model, "Add a file", note, Purpose::Listed, field)
        }
        (_, Some(Overlay::Files(files))) => {
            let page = Files::page(view::screen(model.size).pane);
            files.act(action, page).into_iter().collect()
        }
        (_, Some(Overlay::Note(note))) => {
            let page = isize::try_from(page).unwrap_or(1);
            let by = match action {
                Action::Up => -1,
                Action::Down => 1,
                Action::PageUp => -page,
                Action::PageDown => page,
                _ => 0,
            };
            note.scroll(by, view::screen(model.size).pane);
            Vec::new()
        }
        (_, Some(Overlay::Choose(choose))) => {
            choose.cursor.act(action, choose.choices.len(), page);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Esc with nothing on top: back from the detail, then out of a search.
fn close(model: &mut Model) -> Effects {
    if let Some(editor) = model.editor_mut().filter(|editor| editor.editing()) {
        editor.leave();
        return Vec::new();
    }
    if model.detail_focused() {
        return everywhere(model, Action::Focus).unwrap_or_default();
    }
    if model.zoom {
        model.zoom = false;
    } else if model.tab == Tab::Stream && !model.stream.search.is_empty() {
        model.stream.set_search("", 1);
    } else if model.tab == Tab::Log {
        model.log.needle.clear();
    }
    Vec::new()
}

fn prompt(model: &mut Model, title: &str, note: &str, purpose: Purpose, field: Field) -> Effects {
    let prompt = Prompt { title: title.to_owned(), note: note.to_owned(), purpose, field };
    model.overlays.push(Overlay::Prompt(prompt));
    Vec::new()
}

fn in_manifest(model: &mut Model, action: Action) -> Effects {
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

fn in_apis(model: &mut Model, action: Action) -> Effects {
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

fn in_bundle(model: &mut Model, action: Action) -> Effects {
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

fn in_server(model: &mut Model, action: Action) -> Effects {
    if action == Action::ToggleServer && busy_server(model) {
        let reason =
            "The plugin server had traffic in the last minute; without it the Gateway answers 500.";
        return ask(model, "Stop the server?", vec![reason.to_owned()], Intent::StopServer);
    }
    let area = view::screen(model.size).pane;
    let rows = server::layout(model, area).rows.map_or(0, |rows| usize::from(rows.height));
    model.server.act(action, rows).unwrap_or_default()
}

fn in_doctor(model: &mut Model, action: Action) -> Effects {
    if action == Action::Probe {
        let mut reason = LEAVES.to_owned();
        reason[..1].make_ascii_uppercase();
        return ask(model, "Probe the Gateway?", vec![reason + "."], Intent::Probe);
    }
    let area = view::screen(model.size).pane;
    let rows = doctor::layout(model, area).rows.map_or(0, |rows| usize::from(rows.height));
    model.doctor.act(action, rows).unwrap_or_default()
}

fn in_stream(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    let layout = stream::layout(model, area);
    let visible = layout.rows.map_or(0, |rows| usize::from(rows.height));
    let page = layout.json.map_or(0, |json| usize::from(json.height));
    if action == Action::Search {
        let stream = &model.stream;
        let field = Field::new(if stream.detail_focused { &stream.needle } else { &stream.search });
        return prompt(model, "Search", "", Purpose::SearchStream, field);
    }
    model.stream.act(action, visible, page).unwrap_or_default()
}

fn in_log(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    let rows = usize::from(log::layout(model, area).rows.height);
    if action == Action::LogSearch {
        let field = Field::new(&model.log.needle);
        return prompt(model, "Search", "", Purpose::SearchLog, field);
    }
    model.log.act(action, rows).unwrap_or_default()
}
