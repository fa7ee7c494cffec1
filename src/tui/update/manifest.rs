//! What concerns the manifest alone: its file was read, its form is changed, its code was looked at.

use super::work::changed_on_disk;
use crate::domain::code::Candidate;
use crate::domain::task::Problem;
use crate::flows::manifest::Offered;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Choose, Files, Overlay, Prompt, Purpose, help};
use crate::tui::pane::manifest::{Change, Edit};
use crate::tui::sheet::Reading;
use crate::tui::view;
use crate::tui::widget::Field;

/// The file was read.
pub(super) fn read(model: &mut Model, read: Result<Option<Vec<u8>>, Problem>) -> Effects {
    let problem = read.as_ref().err().cloned();
    if model.manifest.read(read) == Reading::Differs {
        return changed_on_disk(model, "the manifest");
    }
    if let Some(problem) = problem {
        return model.fail(&problem);
    }
    // Who wrote the manifest may have written its code too.
    model.manifest.code.forget();
    vec![model.manifest.measure()]
}

/// The folder was read, for the tree of files.
pub(super) fn offered(model: &mut Model, whole: bool, offered: Offered) -> Effects {
    let page = Files::page(view::screen(model.size).pane);
    let files = model.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Files(files) => Some(files),
        _ => None,
    });
    if let Some(files) = files {
        files.arrived(whole, offered, page);
    }
    Vec::new()
}

/// The code was read; a list of its functions that is open is made anew.
pub(super) fn code_read(model: &mut Model, found: Vec<Candidate>) -> Effects {
    let page = help::page(view::screen(model.size).pane);
    model.manifest.code.functions = found;
    if let Some(Overlay::Choose(choose)) = model.overlays.last_mut()
        && let Some(hook) = &choose.hook
    {
        let choices = model.manifest.hook_choices(hook);
        choose.renew(choices, page);
    }
    Vec::new()
}

/// The files of `file_list` were chosen.
pub(super) fn listed(model: &mut Model, files: &Files) -> Effects {
    let Some(chosen) = files.chosen() else {
        model.refuse("nothing was chosen, so nothing has changed");
        return Vec::new();
    };
    if !model.manifest.list(&chosen) {
        model.refuse("the manifest is none any more, so nothing has changed");
    }
    vec![model.manifest.measure()]
}

/// A change was chosen from a list.
pub(super) fn chosen(model: &mut Model, change: Change) -> Effects {
    model.manifest.member = None;
    let edit = match &change {
        Change::AskMember(target, member) => {
            model.manifest.member = Some(member);
            model.manifest.ask_member(target, member)
        }
        Change::AskValue(target) => model.manifest.edit(target, false),
        Change::PickName(target) => model.manifest.pick_name(target),
        _ => Edit::Now(change),
    };
    edited(model, edit)
}

/// Changes a row of the manifest's form, or asks what is wanted there.
pub(super) fn edited(model: &mut Model, edit: Edit) -> Effects {
    match edit {
        Edit::Choose(title, choices) => {
            model.overlays.push(Overlay::Choose(Choose::new(title, choices)));
            Vec::new()
        }
        Edit::Pick(title, target) => {
            let choices = model.manifest.hook_choices(&target);
            let hook = Some(target);
            model.overlays.push(Overlay::Choose(Choose { hook, ..Choose::new(title, choices) }));
            // Somebody may have written the code since it was looked at.
            model.manifest.read_code().into_iter().collect()
        }
        Edit::Ask { title, note, target, text, wants } => {
            let field = Field::new(&text).wanting(wants);
            let purpose = Purpose::Manifest(target);
            model.overlays.push(Overlay::Prompt(Prompt { title, note, purpose, field }));
            Vec::new()
        }
        Edit::Files(listed) => {
            let mut files = Files::new(&listed);
            let read = files.read();
            model.overlays.push(Overlay::Files(files));
            vec![read]
        }
        Edit::Now(change) => {
            model.manifest.change(&change);
            vec![model.manifest.measure()]
        }
        Edit::No(why) => {
            model.refuse(why);
            Vec::new()
        }
    }
}
