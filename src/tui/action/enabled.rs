//! Whether an action can be had now, and why not.

use super::{Action, Place};
use crate::capture::Kind;
use crate::config::TargetKind;
use crate::tui::model::Model;
use crate::tui::overlay::{Intent, Overlay};
use crate::tui::pane::Tab;
use crate::tui::pane::apis::Api;
use crate::tui::pane::request::Slot;
use crate::tui::pane::server::Life;
use crate::tui::pane::stream::View;
use crate::tui::sheet::Sheet;

/// Why what writes outside this machine cannot be had.
pub(crate) const READ_ONLY: &str = "read-only: nothing is written outside this machine";

/// Why an action cannot be had now; `None` where it can.
pub(crate) fn why_not(model: &Model, action: Action) -> Option<String> {
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    let manifest = &model.manifest;
    match action {
        Action::Ship | Action::ShipProbe | Action::Build | Action::Sign | Action::Unsigned => {
            build_why_not(model, action)
        }
        Action::Add if model.tab == Tab::Manifest && manifest.making.is_some() => {
            Some("a project is being made".to_owned())
        }
        action if is_about_held(action) => held_why_not(model, action),
        Action::ToggleServer | Action::Record => because(
            matches!(model.server.server, Life::Attached(_)),
            "a session is looked at: a console without one runs a server",
        ),
        Action::LeaveServer | Action::Leave => leave_why_not(model, action),
        Action::RollBack => because(model.ship.under_way, "a ship is under way"),
        Action::Cancel => {
            because(!is_anything_under_way(model), "nothing is under way that could be cancelled")
        }
        Action::Replay | Action::ReplayListed | Action::Export => records_why_not(model, action),
        action if concerns_request(model, action) => request_why_not(model, action),
        Action::Mark | Action::LeftOut | Action::TypePath => {
            let open = matches!(model.overlays.last(), Some(Overlay::Files(_)));
            because(!open, "open file_list in 1 Manifest first")
        }
        Action::Verify => because(model.bundle.path.is_none(), "there is no bundle yet: build one"),
        Action::Save
        | Action::Undo
        | Action::Redo
        | Action::Editor
        | Action::Fix
        | Action::Finding
        | Action::Add
        | Action::Delete
        | Action::Gravity
        | Action::Accept
            if model.tab == Tab::Problems && model.overlays.is_empty() =>
        {
            problems_why_not(model, action)
        }
        Action::Save
        | Action::Diff
        | Action::Undo
        | Action::Redo
        | Action::Editor
        | Action::Reload => file_why_not(model, action),
        Action::EntryUp | Action::EntryDown if model.tab != Tab::Apis => {
            Some("hooks are moved in the APIs pane".to_owned())
        }
        action if action.is_of_gateway() => gateway_why_not(model, action),
        Action::Upgrade | Action::Extend | Action::Convert => {
            model.apis.why_not(action).map(str::to_owned)
        }
        Action::Fix if model.tab == Tab::Apis => model.apis.fix().err().map(str::to_owned),
        Action::Finding | Action::Delete if model.tab == Tab::Apis => None,
        Action::Fix => because(manifest.fix().is_none(), "no fix is known for what is selected"),
        Action::Finding => because(manifest.findings.is_empty(), "nothing is wrong"),
        Action::Delete => {
            let target = manifest.target();
            because(target.is_none(), "select in the form what is to be taken out").or_else(|| {
                let set = target.is_some_and(|target| manifest.is_set(target));
                because(!set, "it is not set, so there is nothing to take out")
            })
        }
        action if action.spec().place == Place::Editor => text_why_not(model, action),
        action if action.spec().place == Place::Publish => publish_why_not(model, action),
        Action::Accept if model.tab == Tab::Publish && model.overlays.is_empty() => {
            publish_why_not(model, action)
        }
        Action::OtherPort => {
            let failed = [&model.server.server, &model.server.host]
                .iter()
                .any(|life| matches!(life, Life::Failed(_)));
            because(!failed, "server and host have the ports that they asked for")
        }
        Action::Probe if model.read_only() => Some(READ_ONLY.to_owned()),
        Action::Examine | Action::Probe => because(model.doctor.busy, "doctor is looking already"),
        action if is_about_marks(action) => marks_why_not(model, action),
        Action::Secrets | Action::RequestFlow => row_why_not(model, action),
        Action::FoldAll | Action::UnfoldAll => {
            because(model.stream.open.is_none(), "no row is open")
        }
        Action::CopyPath => {
            let focused = model.stream.detail_focused && model.stream.open.is_some();
            because(!focused, "move into the JSON first: the path is that of the selected value")
        }
        Action::Next | Action::Previous if model.stream.detail_focused => {
            because(model.stream.needle.is_empty(), "nothing was searched yet")
        }
        Action::Next | Action::Previous => {
            because(!model.stream.is_filtered(), "nothing was searched yet")
        }
        Action::LogNext | Action::LogPrevious => {
            because(model.log.needle.is_empty(), "nothing was searched yet")
        }
        Action::Suspend => {
            because(cfg!(not(unix)), "this system cannot stop and continue a program")
        }
        _ => None,
    }
}

/// Whether there is something to be cancelled.
fn is_anything_under_way(model: &Model) -> bool {
    let busy = model.publish.busy.is_some() || model.apis.on_gateway.busy.is_some();
    let records = model.export.busy.is_some() || model.replay.busy.is_some();
    model.ship.under_way || model.request.sending || busy || records
}

/// Of what is done with records.
fn records_why_not(model: &Model, action: Action) -> Option<String> {
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    match action {
        Action::ReplayListed => because(model.stream.window.total == 0, "the list shows nothing"),
        Action::Export => because(model.stream.stats.listed == 0, "nothing was captured yet"),
        _ => match model.stream.row().map(|row| row.kind) {
            None => Some("no row is selected".to_owned()),
            Some(Kind::Dropped { .. }) => Some("what was lost cannot be sent again".to_owned()),
            Some(_) => None,
        },
    }
}

/// Of leaving the server running.
fn leave_why_not(model: &Model, action: Action) -> Option<String> {
    let asked =
        matches!(model.overlays.last(), Some(Overlay::Ask(ask)) if ask.intent == Intent::Quit);
    if action == Action::Leave && !asked {
        return Some("this leaves the server running where quitting asks".to_owned());
    }
    match &model.server.server {
        life if life.process().is_some_and(|process| process.console) => {
            Some("it is another console's, which can leave it running".to_owned())
        }
        life if life.process().is_some() => {
            Some("it runs without this console already: quitting is enough".to_owned())
        }
        Life::On(_) if model.keeps_unsaved => None,
        Life::On(_) => Some("no console would find it: there is no state directory".to_owned()),
        _ => Some("no plugin server runs here".to_owned()),
    }
}

/// Whether an action is about breakpoints.
fn is_about_held(action: Action) -> bool {
    let sets = matches!(action, Action::Break | Action::BreakRule | Action::OpenHeld);
    sets || action.spec().place == Place::Held
}

/// Of breakpoints, and those that are held.
fn held_why_not(model: &Model, action: Action) -> Option<String> {
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    let key = model.keymap.key(Action::OpenHeld).unwrap_or_default();
    match model.overlays.last() {
        _ if action.spec().place != Place::Held => because(
            matches!(model.server.server, Life::Attached(_)),
            "a session is looked at: a console without one runs a server, which can hold",
        ),
        Some(Overlay::HeldText(_)) => None,
        Some(Overlay::Held(_)) if action == Action::LetGoEdited => {
            let edit = model.keymap.key(Action::EditHeld).unwrap_or_default();
            Some(format!("edit an answer first: {edit}"))
        }
        Some(Overlay::Held(_)) => because(model.holding.held.is_empty(), "nothing is held"),
        _ if action == Action::LetAllGo => {
            because(model.holding.held.is_empty(), "nothing is held")
        }
        _ => Some(format!("{key} opens the list of those that are held")),
    }
}

/// Whether an action is about marks of rows.
fn is_about_marks(action: Action) -> bool {
    let of_row = matches!(action, Action::MarkRow | Action::NoteRow);
    of_row || matches!(action, Action::NextMarked | Action::PreviousMarked | Action::Marks)
}

/// Of marks of rows.
fn marks_why_not(model: &Model, action: Action) -> Option<String> {
    let stream = &model.stream;
    if matches!(action, Action::MarkRow | Action::NoteRow) {
        return stream.selected.is_none().then(|| "no row is selected".to_owned());
    }
    if !stream.marks.is_empty() || action == Action::Marks && stream.window.total > 0 {
        return None;
    }
    let mark = model.keymap.key(Action::MarkRow).unwrap_or_default();
    Some(format!("nothing is marked yet: {mark} marks the selected row"))
}

/// Of a row of the Stream.
fn row_why_not(model: &Model, action: Action) -> Option<String> {
    let no_call = match model.stream.row().map(|row| row.kind) {
        None => return Some("no row is selected".to_owned()),
        Some(Kind::Dispatch) => return None,
        Some(Kind::Event) => "an event is no call of a request: select a hook",
        Some(Kind::Dropped { .. }) => "what was lost cannot be shown",
    };
    (action == Action::RequestFlow).then(|| no_call.to_owned())
}

/// Of building and shipping.
fn build_why_not(model: &Model, action: Action) -> Option<String> {
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    let manifest = &model.manifest;

    let save = model.keymap.key(Action::Save).unwrap_or_default();
    because(model.ship.under_way && action != Action::Ship, "a ship is under way")
        .or_else(|| {
            because(!manifest.sheet.is_there(), "there is no manifest to build from (1 Manifest)")
        })
        .or_else(|| {
            let why = format!("the manifest has changes that are not saved: {save} saves them");
            because(manifest.sheet.dirty() && !model.ship.under_way, &why)
        })
        .or_else(|| {
            let building = action != Action::Ship && model.bundle.busy.is_some();
            because(building, "a build is under way")
        })
}

/// Of what the Gateway is asked to do.
fn gateway_why_not(model: &Model, action: Action) -> Option<String> {
    if model.tab != Tab::Apis {
        return Some("this is done in 2 APIs".to_owned());
    }
    let read_only = model.read_only() && !action.only_asks_gateway();
    model.apis.gateway_why_not(action).or_else(|| read_only.then(|| READ_ONLY.to_owned()))
}

/// Whether an action is one of the Request pane's, or what is general is about its answer.
fn concerns_request(model: &Model, action: Action) -> bool {
    let on_answer =
        model.tab == Tab::Request && model.request.detail_focused && model.overlays.is_empty();
    match action {
        Action::RequestOf => true,
        Action::Accept | Action::Copy => on_answer,
        action => action.spec().place == Place::Request,
    }
}

/// Of actions that concern requests.
fn request_why_not(model: &Model, action: Action) -> Option<String> {
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    let pane = &model.request;
    let accept = model.keymap.key(Action::Accept).unwrap_or_default();
    match action {
        Action::SendRequest if pane.sending => {
            let cancel = model.keymap.key(Action::Cancel).unwrap_or_default();
            Some(format!("a request is under way: {cancel} cancels it"))
        }
        Action::SendRequest | Action::CopyCurl => because(
            pane.draft.request.url.is_empty(),
            &format!("there is no URL yet: {accept} on its row"),
        )
        .or_else(|| pane.forbidden().filter(|_| action == Action::SendRequest).map(|it| it.what)),
        Action::DropHeader => {
            let is_header = matches!(pane.slot(), Some(Slot::Header(_)));
            because(pane.detail_focused || !is_header, "select a header that is to be taken out")
        }
        Action::RequestSecrets | Action::Copy => {
            because(pane.shown().is_none(), "there is no answer yet")
        }
        Action::Accept => because(
            pane.dispatch().is_none(),
            &format!("{accept} on a Dispatch opens it in 6 Stream"),
        ),
        Action::RequestOf => match model.stream.row().map(|row| row.kind) {
            None => Some("no row is selected".to_owned()),
            Some(kind) => because(kind != Kind::Dispatch, "only a Dispatch is of a request"),
        },
        _ => None,
    }
}

/// Of actions in the Problems pane.
fn problems_why_not(model: &Model, action: Action) -> Option<String> {
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    let pane = &model.problems;
    let selected = pane.selected();
    match action {
        Action::Save => because(!model.sheets().any(Sheet::dirty), "nothing has changed"),
        Action::Undo => because(pane.fixed.is_empty(), "no fix was made here"),
        Action::Gravity => because(pane.all().is_empty(), "nothing is wrong"),
        Action::Fix => because(
            selected.is_none_or(|found| found.finding.fix.is_none()),
            "no fix is known for this: its message says what to write",
        ),
        Action::Accept | Action::Editor => because(selected.is_none(), "no problem is selected"),
        _ => {
            let accept = model.keymap.key(Action::Accept).unwrap_or_default();
            Some(format!("{accept} goes to where it is wrong: it is changed there"))
        }
    }
}

/// Of actions in the Publish pane.
fn publish_why_not(model: &Model, action: Action) -> Option<String> {
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    let pane = &model.publish;
    let key = |action| model.keymap.key(action).unwrap_or_default();
    if model.tab != Tab::Publish {
        return Some("targets and their bundles are in 4 Publish".to_owned());
    }
    if let Some(busy) =
        pane.busy.as_ref().filter(|_| !matches!(action, Action::MarkBundle | Action::AskTargets))
    {
        return Some(format!("{} is under way: {} cancels it", busy.what, key(Action::Cancel)));
    }
    let none = because(pane.selected().is_none(), "no bundle is selected");
    let closed = pane.why_closed().map(str::to_owned);
    let away = || {
        let said = pane.selected().and_then(|stored| stored.note);
        said.filter(|_| pane.target().is_some_and(|row| row.kind != TargetKind::Folder))
            .map(str::to_owned)
    };
    match action {
        Action::PushBundle => closed.or_else(|| {
            let build = key(Action::OpenBundle);
            because(
                model.bundle.path.is_none(),
                &format!("there is no bundle yet: build one ({build})"),
            )
        }),
        Action::DeleteBundle => closed.or(none),
        Action::PruneBundles => closed.or_else(|| pane.plan().err()),
        Action::CompareBundles => because(
            pane.marked.len() < 2,
            &format!("mark two bundles first: {}", key(Action::MarkBundle)),
        ),
        Action::FetchBundle | Action::Accept => none.or_else(away),
        Action::MarkBundle => none,
        _ => None,
    }
}

/// Of actions that concern the file of the open pane.
fn file_why_not(model: &Model, action: Action) -> Option<String> {
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    let Some(sheet) = model.sheet() else {
        return because(action != Action::Reload, "no API definition is selected");
    };
    let busy = model.apis.selected().filter(|_| model.tab == Tab::Apis).and_then(Api::busy);
    match action {
        Action::Save if sheet.location().remote().is_some() && model.read_only() => {
            Some(READ_ONLY.to_owned())
        }
        Action::Save if busy.is_some() => busy.map(|busy| format!("it is {busy} already")),
        Action::Save | Action::Diff => because(!sheet.dirty(), "nothing has changed"),
        Action::Undo => because(!sheet.can_undo(), "there is no change to take back"),
        Action::Redo => because(!sheet.can_redo(), "no change was taken back"),
        Action::Editor if sheet.location().remote().is_some() => {
            Some("it is in no file that an editor could open: edit it here".to_owned())
        }
        Action::Editor if sheet.dirty() => {
            Some("save or undo the changes first: the editor opens the file".to_owned())
        }
        Action::Editor => {
            let none = format!("{} is not there to be opened", sheet.what());
            because(!sheet.is_there(), &none)
        }
        _ => None,
    }
}

fn text_why_not(model: &Model, action: Action) -> Option<String> {
    let Some(editor) = model.editor().filter(|editor| editor.editing()) else {
        let accept = model.keymap.key(Action::Accept).unwrap_or_default();
        return Some(format!("no text is being edited: {accept} on a text begins"));
    };
    let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
    match action {
        Action::TextUndo => because(!editor.buffer().can_undo(), "there is no change to take back"),
        Action::TextRedo => because(!editor.buffer().can_redo(), "no change was taken back"),
        _ => None,
    }
}

/// What the key line says of an action where the place gives it another name than the table.
pub(crate) fn label(model: &Model, action: Action) -> &'static str {
    match action {
        Action::Pause if model.stream.paused.is_some() => "go on",
        Action::Secrets if model.stream.selected.is_some_and(|seq| model.stream.is_shown(seq)) => {
            "hide secrets"
        }
        Action::Search if model.stream.detail_focused => "search",
        Action::MarkRow if model.stream.is_marked() => "unmark",
        Action::Record if model.server.recorded.is_some() => "end recording",
        Action::ToggleServer if matches!(model.server.server, Life::On(_)) => "stop server",
        Action::ToggleServer => "start server",
        Action::ToggleHost if matches!(model.server.host, Life::On(_)) => "stop host",
        Action::ToggleHost => "start host",
        Action::Zoom if model.zoom => "unzoom",
        Action::ViewNext if model.tab == Tab::Apis => {
            if model.apis.raw {
                "form"
            } else {
                "text"
            }
        }
        Action::ViewNext if model.tab == Tab::Manifest => {
            if model.manifest.raw {
                "form"
            } else {
                "text"
            }
        }
        Action::ViewNext if model.tab == Tab::Publish => "next target",
        Action::Accept if model.tab == Tab::Publish => "files",
        Action::BodyForm => match model.stream.body_form() {
            Some(form) => form.next().word(),
            None => "body",
        },
        Action::ViewNext => match model.stream.view {
            View::Request => "reply",
            View::Reply => "diff",
            View::Diff => "body",
            View::Body => "record",
            View::Record => "request",
        },
        Action::Accept if model.tab == Tab::Request && !model.request.detail_focused => "change",
        Action::RequestSecrets if model.request.shows_secrets => "hide secrets",
        Action::Copy if model.tab == Tab::Request => "copy body",
        Action::Copy if model.tab == Tab::Stream && !model.stream.detail_focused => "copy JSON",
        Action::Accept if model.editor().is_some() => "edit",
        Action::Add if model.tab == Tab::Manifest && !model.manifest.sheet.is_there() => "begin",
        action => action.spec().label,
    }
}
