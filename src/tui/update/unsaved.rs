//! Edits that are not saved: kept while one types, offered again after a console that was killed.

use crate::domain::task::{Problem, Severity};
use crate::flows::survey::shown;
use crate::tui::effect::Effect;
use crate::tui::location::Location;
use crate::tui::message::Kept;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Ask, Intent, Overlay, Quoted};

/// What has to be kept or forgotten for the state directory to have what is not saved.
pub(super) fn keep(model: &mut Model) -> Effects {
    // What was left by another console is not written over before it was decided about.
    let pending: Vec<_> = model.kept.iter().map(|kept| kept.path.clone()).collect();
    let addresses: Vec<_> =
        model.apis.connections.iter().map(|it| (it.keeper, it.address.clone())).collect();
    let name = |location: &Location| match location {
        Location::File(path) => Some(path.clone()),
        Location::Remote(remote) => {
            let (_, address) = addresses.iter().find(|(keeper, _)| *keeper == remote.keeper)?;
            Some(remote.kept_as(address))
        }
    };
    let kept = model.sheets_mut().filter_map(|sheet| {
        let name = name(sheet.location()).filter(|name| !pending.contains(name))?;
        sheet.keep(name)
    });
    kept.collect()
}

/// Edits were found that were not saved: whether they are wanted is asked.
pub(super) fn found(model: &mut Model, found: Result<Vec<Kept>, Problem>) -> Effects {
    let kept = match found {
        Ok(kept) if kept.is_empty() => return Vec::new(),
        Ok(kept) => kept,
        Err(problem) => {
            return model.warn(Severity::Warning, &problem.what, problem.to_string());
        }
    };
    let mut reasons =
        vec!["These were changed and not saved when a console last ended:".to_owned()];
    for it in &kept {
        let at = jiff::Timestamp::try_from(it.at).map(|at| at.to_zoned(model.zone.clone()));
        let at = at.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        let changed = if it.changed { "; the file was changed since" } else { "" };
        reasons.push(format!("  {} ({at}{changed})", shown(&model.folder, &it.path)));
    }
    reasons.push("Yes brings the changes back, still not saved. No puts them among the previous versions: `tyk-tui backups list FILE`.".to_owned());
    model.kept = kept;
    model.overlays.push(Overlay::Ask(Ask {
        title: "Bring unsaved changes back?".to_owned(),
        reasons,
        quoted: Quoted::default(),
        intent: Intent::Recover,
    }));
    Vec::new()
}

/// Closes what lies over the panes, but for this question: until it is answered, edits of those files are not kept.
pub(super) fn clear_overlays(model: &mut Model) {
    let text = model.overlays.iter().position(|it| matches!(it, Overlay::HeldText(_)));
    if let Some(Overlay::HeldText(text)) = text.map(|at| model.overlays.remove(at)) {
        super::hold::shelve(model, *text);
    }
    let is_asked = |it: &Overlay| matches!(it, Overlay::Ask(Ask { intent: Intent::Recover, .. }));
    model.overlays.retain(is_asked);
}

/// They are wanted.
pub(super) fn bring_back(model: &mut Model) -> Effects {
    let mut effects = Vec::new();
    let (mut count, mut shelved) = (0, Vec::new());
    for Kept { path, text, .. } in std::mem::take(&mut model.kept) {
        if !model.sheet_of(&path).is_some_and(|sheet| sheet.take_back(&text)) {
            // There is nothing to put them into: an API of a Gateway that is not open, a file that is gone.
            shelved.push(shown(&model.folder, &path));
            effects.push(Effect::Shelve(path, text));
            continue;
        }
        count += 1;
        if model.manifest.sheet.file_path() == Some(&path) {
            effects.extend(model.manifest.text_changed());
        } else {
            model.apis.text_changed_at(&path);
        }
    }
    if !shelved.is_empty() {
        let text =
            format!("{} is not open: `tyk-tui backups list` has its changes", shelved.join(", "));
        effects.extend(model.warn(Severity::Warning, &text, text.clone()));
        return effects;
    }
    effects.extend(model.say(match count {
        1 => "the changes are back, not saved yet".to_owned(),
        count => format!("the changes of {count} files are back, not saved yet"),
    }));
    effects
}

/// They are not.
pub(super) fn leave(model: &mut Model) -> Effects {
    let kept = std::mem::take(&mut model.kept);
    kept.into_iter().map(|kept| Effect::Shelve(kept.path, kept.text)).collect()
}

/// Why they are not kept, once: who types is not told at every pause.
pub(super) fn not_kept(model: &mut Model, problem: &Problem) -> Effects {
    if model.told_not_kept {
        return Vec::new();
    }
    model.told_not_kept = true;
    model.warn(Severity::Warning, &problem.what, problem.to_string())
}
