//! A manifest or a project where there is none.

use super::work;
use crate::domain::task::Problem;
use crate::flows::manifest::First;
use crate::flows::new::{COMMAND, Kind};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::message::Project;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Choose, Note, Overlay};
use crate::tui::pane::manifest::{Begin, ways, with_pip};
use crate::tui::theme::Role;

/// Offers the ways to begin.
pub(super) fn offer(model: &mut Model) -> Effects {
    model.overlays.push(Overlay::Choose(Choose::new("Begin", ways())));
    Vec::new()
}

/// One of them was chosen.
pub(super) fn chosen(model: &mut Model, begin: Begin) -> Effects {
    if model.manifest.sheet.is_there() {
        model.refuse("there is a manifest by now, and nothing is overwritten");
        return Vec::new();
    }
    match begin {
        Begin::Empty => {
            model.manifest.begin();
            let save = model.keymap.key(Action::Save).unwrap_or_default();
            model.refuse(format!("begun; {save} writes it"));
            Vec::new()
        }
        Begin::FromCode => vec![Effect::First],
        Begin::Kind(kind) if kind.is_vendored => {
            let title = format!("{} needs PyJWT, which pip fetches from elsewhere", kind.name);
            model.overlays.push(Overlay::Choose(Choose::new(title, with_pip(kind))));
            Vec::new()
        }
        Begin::Kind(kind) => make(model, kind, false),
        Begin::Project(kind, pip) => make(model, kind, pip),
    }
}

fn make(model: &mut Model, kind: &'static Kind, pip: bool) -> Effects {
    model.manifest.making = Some(if pip { COMMAND } else { "the files are being written" });
    vec![Effect::Project { kind, pip }]
}

/// A first manifest was made of the folder's code.
pub(super) fn first(model: &mut Model, first: Result<First, Problem>) -> Effects {
    let first = match first {
        Ok(first) => first,
        Err(problem) => return model.fail(&problem),
    };
    if !model.manifest.begin_first(&first) {
        model.refuse("there is a manifest by now, and nothing is overwritten");
        return Vec::new();
    }
    let save = model.keymap.key(Action::Save).unwrap_or_default();
    let mut lines = vec![
        (Role::Heading, format!("{}.", first.summary())),
        (Role::Text, format!("Look at it: it is guessed. Nothing is written yet; {save} does.")),
    ];
    lines.extend(first.remarks.iter().map(|remark| (Role::Dim, format!("- {remark}"))));
    note(model, "A manifest of this folder's code".to_owned(), lines);
    vec![model.manifest.measure()]
}

/// A project was made, or could not be.
pub(super) fn made(model: &mut Model, made: Result<Project, Problem>) -> Effects {
    model.manifest.making = None;
    let project = match made {
        Ok(project) => project,
        Err(problem) => {
            let mut lines = vec![(Role::Error, problem.to_string())];
            lines.push((Role::Text, "Nothing was written.".to_owned()));
            note(model, "No project was made".to_owned(), lines);
            return model.fail(&problem);
        }
    };
    let Project { kind, files, vendored, configured } = project;
    let wrote = format!("Wrote {}.", files.join(", "));
    let mut lines = vec![(Role::Text, wrote.clone())];
    let add = "then list what is in vendor: enter on file_list";
    match vendored {
        Some(Ok(count)) => {
            lines.push((Role::Text, format!("pip brought {count} files; they are in file_list.")));
        }
        Some(Err(problem)) => {
            lines.push((Role::Error, format!("pip: {}", problem.what)));
            lines.push((Role::Text, format!("Run it yourself: {COMMAND}; {add}.")));
        }
        None if kind.is_vendored => {
            let why =
                "Without PyJWT in vendor the plugin cannot be loaded, and every request fails.";
            lines.push((Role::Warning, why.to_owned()));
            lines.push((Role::Text, format!("Run {COMMAND} in this folder; {add}.")));
        }
        None => {}
    }
    let ship = model.keymap.key(Action::Ship).unwrap_or_default();
    lines.push((Role::Text, format!("README.md says how to go on; {ship} builds and ships it.")));
    let mut effects = model.say(format!("made a project {}", kind.name));
    effects.push(Effect::ReadManifest);
    if let Some(loaded) = configured {
        effects.extend(work::configured(model, *loaded));
    } else {
        let again = "Its tyk-tui.toml counts once the console is started again.";
        lines.push((Role::Warning, again.to_owned()));
    }
    effects.push(Effect::ReadApis);
    note(model, format!("A project {}", kind.name), lines);
    effects
}

fn note(model: &mut Model, title: String, lines: Vec<(Role, String)>) {
    model.overlays.push(Overlay::Note(Note { title, lines, top: 0, widest: 76 }));
}
