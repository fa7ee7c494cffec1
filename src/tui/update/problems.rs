//! Lint in the background, and the Problems pane.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{act, unsaved};
use crate::domain::lint::Finding;
use crate::domain::task::Problem;
use crate::flows::edit::Base;
use crate::flows::survey::{Found, Unsaved, shown};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::location::Location;
use crate::tui::message::Mended;
use crate::tui::model::{Effects, Model};
use crate::tui::pane::Tab;
use crate::tui::pane::problems::{self, Fixed};
use crate::tui::view;

/// Nothing has changed for a moment: edits are kept, and the project is looked at.
pub(super) fn due(model: &mut Model) -> Effects {
    let mut effects = unsaved::keep(model);
    let versions = |model: &Model| {
        model
            .sheets()
            .filter(|it| it.is_there())
            .filter_map(|it| Some((it.file_path()?.to_owned(), it.version())))
            .collect()
    };
    let asked = versions(model);
    if model.problems.begin(asked) {
        effects.push(Effect::Lint(texts(model)));
    }
    effects
}

/// The open texts, which count in place of their files.
fn texts(model: &Model) -> Unsaved {
    let there = model.sheets().filter(|sheet| sheet.is_there());
    there.filter_map(|it| Some((it.file_path()?.to_owned(), it.bytes().to_vec()))).collect()
}

/// The project was looked at: each open text gets what was found in it, where it is still the same.
pub(super) fn arrived(model: &mut Model, found: Result<Vec<Found>, Problem>) -> Effects {
    let failed = found.as_ref().err().cloned();
    let mut by_file: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for it in found.iter().flatten() {
        by_file.entry(it.finding.file.clone()).or_default().push(it.finding.clone());
    }
    let new_failure = failed
        .filter(|failed| !matches!(&model.problems.found, Some(Err(before)) if before == failed));
    let (asked, again) = model.problems.arrived(found);
    let mut effects = Vec::new();
    if let Some(problem) = new_failure {
        effects = model.fail(&problem);
    } else {
        for (path, version) in asked {
            let found = by_file.remove(&shown(&model.folder, &path)).unwrap_or_default();
            surveyed(model, &path, version, found);
        }
    }
    if again {
        effects.extend(due(model));
    }
    effects
}

fn surveyed(model: &mut Model, path: &Path, version: u64, found: Vec<Finding>) {
    let is_current = model.sheet_of(path).is_some_and(|sheet| sheet.version() == version);
    if !is_current {
        return;
    }
    if model.manifest.sheet.file_path() == Some(path) {
        model.manifest.surveyed(found);
    } else {
        model.apis.surveyed(path, found);
    }
}

/// An action in the Problems pane.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    let layout = problems::layout(model, view::screen(model.size).pane);
    let focused = if model.problems.browse.detail_focused { layout.detail } else { layout.rows };
    let rows = focused.map_or(0, |rows| usize::from(rows.height));
    match action {
        Action::Accept => jump(model),
        Action::Fix => fix(model),
        Action::Undo => undo(model),
        Action::Save => model.sheets().filter(|it| it.dirty()).map(|it| it.save(false)).collect(),
        Action::Editor => edit(model),
        Action::Reload => vec![Effect::ReadManifest, Effect::ReadApis, Effect::LintSoon],
        action => model.problems.act(action, rows).unwrap_or_default(),
    }
}

fn file_of(model: &Model, file: &str) -> PathBuf {
    model.folder.join(file)
}

fn is_bundle(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"))
}

/// Goes where the selected finding is.
fn jump(model: &mut Model) -> Effects {
    let Some(finding) = model.problems.selected().map(|found| found.finding.clone()) else {
        return Vec::new();
    };
    let path = file_of(model, &finding.file);
    if model.manifest.sheet.file_path() == Some(&path) && model.manifest.sheet.is_there() {
        let effects = act::open(model, Tab::Manifest);
        model.manifest.go_to(&finding);
        return effects;
    }
    if model.apis.go_to(&path, &finding) {
        return act::open(model, Tab::Apis);
    }
    if is_bundle(&path) {
        model.tab = Tab::Bundle;
        return model.bundle.open(path);
    }
    edit(model)
}

/// Opens the selected finding's file in the user's editor, at its line.
fn edit(model: &mut Model) -> Effects {
    let Some(finding) = model.problems.selected().map(|found| found.finding.clone()) else {
        return Vec::new();
    };
    let path = file_of(model, &finding.file);
    let keys = [&model.bundle.key, &model.bundle.public_key];
    let is_key = keys.into_iter().flatten().any(|key| model.folder.join(key) == path);
    let is_open = model.sheets().any(|sheet| sheet.file_path() == Some(&path) && sheet.dirty());
    if is_key || is_bundle(&path) {
        model.refuse(format!("{} is no text to be edited: {}", finding.file, finding.message));
        Vec::new()
    } else if is_open {
        let save = model.keymap.key(Action::Save).unwrap_or_default();
        model.refuse(format!("{} has changes that are not saved: {save} saves them", finding.file));
        Vec::new()
    } else {
        vec![Effect::Edit(path, finding.place.map(|place| place.line))]
    }
}

/// Makes the selected finding's fix: in the open text, or in its file.
fn fix(model: &mut Model) -> Effects {
    let selected = model.problems.selected().map(|found| found.finding.clone());
    let Some((finding, fix)) = selected.and_then(|it| it.fix.clone().map(|fix| (it, fix))) else {
        return Vec::new();
    };
    let path = file_of(model, &fix.file);
    if !model.sheet_of(&path).is_some_and(|sheet| sheet.is_there()) {
        return vec![Effect::Mend { finding: Box::new(finding), texts: texts(model) }];
    }
    // The edits are of the text that was looked at.
    let known = if model.manifest.sheet.file_path() == Some(&path) {
        model.manifest.mend(&finding)
    } else {
        model.apis.mend(&path, &finding)
    };
    let Some(version) = known else {
        model.refuse("the text has changed since it was looked at: once more, please");
        return vec![Effect::LintSoon];
    };
    model.problems.fixed.push(Fixed::Text(path, version));
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let (undo, save) = (key(Action::Undo), key(Action::Save));
    model.say(format!("{}: {}; {undo} undoes it, {save} saves", fix.file, fix.title))
}

/// A file that is not open was mended.
pub(super) fn mended(model: &mut Model, mended: Result<Option<Mended>, Problem>) -> Effects {
    let mut effects = match mended {
        Err(problem) => model.fail(&problem),
        Ok(None) => {
            let text = "nothing was mended: it is not found there any more";
            model.refuse(text);
            Vec::new()
        }
        Ok(Some(mended)) => {
            let undo = model.keymap.key(Action::Undo).unwrap_or_default();
            let file = shown(&model.folder, &mended.path);
            let text = format!("saved {file}: {}; {undo} undoes it", mended.title);
            model.problems.fixed.push(Fixed::File(mended));
            model.say(text)
        }
    };
    effects.push(Effect::LintSoon);
    effects
}

/// Takes the last fix back that was made here.
fn undo(model: &mut Model) -> Effects {
    match model.problems.fixed.pop() {
        None => Vec::new(),
        Some(Fixed::Text(path, version)) => {
            let is_last = model.sheet_of(&path).is_some_and(|sheet| sheet.version() == version);
            if is_last {
                if model.manifest.sheet.file_path() == Some(&path) {
                    model.manifest.undo();
                } else {
                    model.apis.undo(&path);
                }
            } else {
                let file = shown(&model.folder, &path);
                model.refuse(format!("{file} was changed since: undo it where it is edited"));
            }
            Vec::new()
        }
        Some(Fixed::File(Mended { path, before, after, .. })) => {
            let (location, base) = (Location::File(path), Base::Read(after));
            vec![Effect::Save { location, what: "the file", bytes: before, base }]
        }
    }
}
