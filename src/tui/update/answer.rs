//! What overlays bring about: answers to questions, texts that were typed, choices.

use std::path::PathBuf;

use super::input::is_live;
use super::{
    act, begin, end, export, flow, gateway, hold, manifest, marks, panes, publish, remote, replay,
    request, ship, unsaved, work,
};
use crate::domain::task::Severity;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Signing};
use crate::tui::location::Location;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Ask, Choice, Choose, Intent, Overlay, Picked, Prompt, Purpose};
use crate::tui::pane::{Tab, apis, stream};
use crate::tui::view;
use crate::tui::widget::Field;

/// A letter was typed into the topmost field.
pub(super) fn typed(model: &mut Model) -> Effects {
    let mut live = None;
    let mut filter = None;
    match model.overlays.last_mut() {
        Some(Overlay::Palette(palette)) => palette.find(),
        Some(Overlay::Prompt(prompt)) if prompt.purpose == Purpose::Filter => {
            filter = Some(prompt.field.text().to_owned());
        }
        Some(Overlay::Prompt(prompt)) if prompt.is_filter() => model.stream.filter_line.left(),
        Some(Overlay::Prompt(prompt)) if is_live(&prompt.purpose) => {
            live = Some(prompt.field.text().to_owned());
        }
        _ => {}
    }
    if let Some(text) = live {
        search(model, &text);
    }
    filter.map(|text| filter_typed(model, &text)).unwrap_or_default()
}

/// A filter is typed: the list follows once it is one.
fn filter_typed(model: &mut Model, text: &str) -> Effects {
    model.stream.filter_line.left();
    model.stream.filter(text).unwrap_or_default().into_iter().collect()
}

/// Tab on the line of the filter completes; up and down bring back filters that were used.
pub(super) fn on_filter(model: &mut Model, action: Action) -> Effects {
    let Some(Overlay::Prompt(prompt)) = model.overlays.last_mut() else { return Vec::new() };
    let line = &mut model.stream.filter_line;
    match action {
        Action::Up | Action::Down => line.recall(&mut prompt.field, action == Action::Up),
        _ => line.complete(&mut prompt.field, action == Action::FocusBack),
    }
    if prompt.purpose == Purpose::Break {
        return Vec::new();
    }
    let text = prompt.field.text().to_owned();
    model.stream.filter(&text).unwrap_or_default().into_iter().collect()
}

fn search(model: &mut Model, text: &str) {
    let layout = stream::layout(model, view::screen(model.size).pane);
    let page = layout.json.map_or(0, |json| usize::from(json.height));
    let found = model.stream.set_search(text, page);
    if !found && model.stream.detail_focused {
        model.refuse(format!("nothing here has “{text}”"));
    }
}

/// Esc on the topmost overlay.
pub(super) fn close(model: &mut Model) -> Effects {
    match model.overlays.pop() {
        Some(Overlay::Prompt(prompt)) if prompt.purpose == Purpose::Filter => {
            model.stream.filter_line.left();
            return model.stream.unfilter().into_iter().collect();
        }
        Some(Overlay::Prompt(prompt)) if prompt.is_filter() => model.stream.filter_line.left(),
        Some(Overlay::HeldText(text)) => hold::shelve(model, *text),
        Some(Overlay::Ask(Ask { intent: Intent::Recover, .. })) => return unsaved::leave(model),
        Some(Overlay::Ask(Ask { intent: Intent::GoOn, .. })) => return ship::refused(model),
        Some(Overlay::Ask(Ask { intent: Intent::EditRequest, .. })) => model.replay.waits = None,
        Some(Overlay::Prompt(Prompt { purpose: Purpose::Production(_), .. })) => {
            return ship::refused(model);
        }
        _ => {}
    }
    Vec::new()
}

/// Enter on the topmost overlay.
pub(super) fn accept(model: &mut Model) -> Effects {
    match model.overlays.pop() {
        Some(Overlay::Palette(palette)) => match palette.chosen() {
            Some(action) => act::act(model, action),
            None => Vec::new(),
        },
        Some(Overlay::Choose(choose)) => {
            let choice = choose.choices.into_iter().nth(choose.cursor.at);
            match choice.map(|choice| choice.picked) {
                Some(Picked::Request(slot, text)) => request::entered(model, slot, &text),
                Some(Picked::Again(entry)) => request::again(model, &entry),
                Some(Picked::Begin(way)) => begin::chosen(model, way),
                Some(Picked::Manifest(change)) => manifest::chosen(model, change),
                Some(Picked::Api(choice)) => {
                    model.apis.chosen(choice).map(|wish| wished(model, wish)).unwrap_or_default()
                }
                Some(Picked::Limits(api, limits)) => gateway::make_key(model, api, limits),
                Some(Picked::Key(at)) => gateway::chosen(model, at),
                Some(Picked::Break(breakpoint)) => hold::toggle(model, breakpoint),
                Some(Picked::BreakFilter) => hold::ask_filter(model),
                Some(Picked::NoBreaks) => hold::none(model),
                Some(Picked::Marks(marking)) => marks::chosen(model, marking),
                None => Vec::new(),
            }
        }
        Some(Overlay::HeldOverride(form)) => hold::send_override(model, form),
        Some(Overlay::Flow(flow)) => flow::accept(model, flow),
        Some(Overlay::Trial(form)) => gateway::try_it(model, form),
        Some(Overlay::Export(form)) => export::accept(model, form),
        Some(Overlay::Replay(form)) => replay::accept(model, form),
        Some(Overlay::Files(files)) => manifest::listed(model, &files),
        Some(Overlay::Prompt(prompt)) => match prompt.field.mistake() {
            Some((Severity::Error, what)) => {
                model.overlays.push(Overlay::Prompt(prompt));
                model.refuse(what);
                Vec::new()
            }
            _ => prompted(model, prompt),
        },
        // Enter is no answer to a question that loses something.
        Some(ask @ Overlay::Ask(_)) => {
            model.overlays.push(ask);
            let yes = model.keymap.key(Action::Yes).unwrap_or_default();
            let no = model.keymap.key(Action::No).unwrap_or_default();
            model.refuse(format!("{yes} or {no}"));
            Vec::new()
        }
        Some(
            Overlay::Ship
            | Overlay::Help(_)
            | Overlay::Note(_)
            | Overlay::Changes(_)
            | Overlay::MadeKey(_)
            | Overlay::Held(_)
            | Overlay::HeldText(_)
            | Overlay::Compared(_)
            | Overlay::Replayed(_)
            | Overlay::Columns(_)
            | Overlay::Plots(_),
        )
        | None => Vec::new(),
    }
}

/// Asks for what a row of a definition's form wants.
pub(super) fn wished(model: &mut Model, wish: apis::Wish) -> Effects {
    match wish {
        apis::Wish::Choose(title, choices) => {
            let picked = |choice: apis::Choice| Choice {
                name: choice.name,
                about: choice.about,
                picked: Picked::Api(choice.wanted),
            };
            let choices = choices.into_iter().map(picked).collect();
            model.overlays.push(Overlay::Choose(Choose::new(title, choices)));
        }
        apis::Wish::Ask { title, note, text, wants, wanted } => {
            let (purpose, field) = (Purpose::Api(wanted), Field::new(&text).wanting(wants));
            model.overlays.push(Overlay::Prompt(Prompt { title, note, purpose, field }));
        }
        apis::Wish::No(why) => model.refuse(why),
    }
    Vec::new()
}

fn prompted(model: &mut Model, mut prompt: Prompt) -> Effects {
    // Only of what is no secret: this copy is not wiped.
    let text = if prompt.field.is_masked() { "" } else { prompt.field.text() };
    let text = text.trim().to_owned();
    match prompt.purpose {
        // Nothing typed is the search before.
        Purpose::SearchStream if text.is_empty() => panes::in_stream(model, Action::Next),
        Purpose::SearchStream => {
            search(model, &text);
            Vec::new()
        }
        Purpose::Filter => match model.stream.keep_filter(&text) {
            Ok(effects) => effects,
            Err(error) => {
                model.refuse(error.to_string());
                model.overlays.push(Overlay::Prompt(prompt));
                Vec::new()
            }
        },
        Purpose::SearchLog => {
            model.log.set_search(&text);
            Vec::new()
        }
        Purpose::Production(profile) => ship::typed(model, &profile, &text),
        Purpose::ShipPassphrase => {
            let passphrase = prompt.field.take_secret();
            ship::with_passphrase(model, Some(passphrase))
        }
        Purpose::BuildPassphrase(key) => {
            model.bundle.busy = Some("building");
            vec![Effect::Build(Signing::Key(key, Some(prompt.field.take_secret())))]
        }
        Purpose::Key | Purpose::Bundle | Purpose::Probe if text.is_empty() => Vec::new(),
        Purpose::Probe => ship::begin_probing(model, &text),
        Purpose::Key => {
            model.bundle.busy = Some("building");
            vec![Effect::Build(Signing::Key(PathBuf::from(text), None))]
        }
        Purpose::Bundle => model.bundle.open(PathBuf::from(text)),
        Purpose::Fetch(id) => publish::fetch(model, id, &text),
        Purpose::Api(apis::Wanted::New(new)) => match new.clone().entered(&text) {
            Ok(apis::Entered::Ask(wish)) => wished(model, wish),
            Ok(apis::Entered::Done(kind, draft)) => vec![Effect::NewApi(kind, draft)],
            Err(why) => {
                let effects = wished(model, new.ask());
                model.refuse(why);
                effects
            }
        },
        Purpose::Api(wanted) => {
            if let Err(why) = model.apis.typed(&wanted, &text) {
                model.refuse(why);
            }
            Vec::new()
        }
        Purpose::Break => match hold::filter_typed(model, &text) {
            Ok(effects) => effects,
            Err(why) => {
                model.refuse(why);
                model.overlays.push(Overlay::Prompt(prompt));
                Vec::new()
            }
        },
        Purpose::Note(seq) => marks::noted(model, seq, &text),
        Purpose::Request(slot) => request::entered(model, slot, &text),
        Purpose::Listed => match model.overlays.last_mut() {
            Some(Overlay::Files(files)) if !text.is_empty() => vec![files.add(&text)],
            _ => Vec::new(),
        },
        Purpose::Manifest(target) => {
            match model.manifest.typed(target, &text) {
                Ok(change) => {
                    model.manifest.change(&change);
                }
                Err(why) => model.refuse(why),
            }
            vec![model.manifest.measure()]
        }
    }
}

/// To the question whether to overwrite: no, what is there is to be read.
pub(super) fn theirs(model: &mut Model) -> Effects {
    match model.overlays.last() {
        Some(Overlay::Ask(Ask { intent: Intent::Overwrite(location), .. })) => {
            let location = location.clone();
            model.overlays.pop();
            work::read_anew(model, &location)
        }
        _ => Vec::new(),
    }
}

/// To the question whether to quit: yes, and the server goes on.
pub(super) fn leave(model: &mut Model) -> Effects {
    model.overlays.pop();
    act::leave(model)
}

/// Yes to the topmost question.
pub(super) fn yes(model: &mut Model) -> Effects {
    let Some(Overlay::Ask(ask)) = model.overlays.pop() else { return Vec::new() };
    match ask.intent {
        Intent::Quit => end(model),
        Intent::Suspend => vec![Effect::Suspend],
        Intent::StopServer => model.server.act(Action::ToggleServer, 1).unwrap_or_default(),
        Intent::Overwrite(location) => match location {
            Location::Remote(api) => remote::put(model, &api, true),
            Location::File(_) => {
                let sheet = model.sheet_at(&location);
                sheet.map(|sheet| sheet.save(true)).into_iter().collect()
            }
        },
        Intent::Replace(api) => remote::put(model, &api, false),
        Intent::Gateway(what) => gateway::yes(model, &what),
        Intent::Probe => model.doctor.examine(true),
        Intent::Reload(location) => work::read_anew(model, &location),
        Intent::Convert => {
            let written = model.apis.as_json();
            let create = |(path, text)| Effect::Create { path, what: "the API definition", text };
            written.map(create).into_iter().collect()
        }
        Intent::Publish(wish) => publish::begin(model, wish),
        Intent::CancelShip => vec![Effect::CancelShip],
        Intent::GoOn => {
            model.ship.outline.clear();
            vec![Effect::GoOn]
        }
        Intent::Recover => unsaved::bring_back(model),
        Intent::ReplaceExport => export::replace(model),
        Intent::EditRequest => replay::again(model),
        Intent::Unmark(seq) => vec![Effect::Mark(vec![(seq, None)])],
        Intent::UnmarkListed => marks::unmark_listed(model),
        Intent::ClearMarks => marks::clear(model),
        Intent::Trust => {
            model.tab = Tab::Server;
            vec![Effect::Trust]
        }
    }
}
