//! What was captured is exported: asked for, under way, done.

use super::act::ask;
use crate::domain::export::Exported;
use crate::domain::task::{Kind, Severity};
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::export::{Export, News, To, Wish, copied};
use crate::tui::overlay::{Intent, Overlay};
use crate::tui::text;

/// Asks what is to be exported, and how.
pub(super) fn open(model: &mut Model) -> Effects {
    let form = Export::new(model);
    model.overlays.push(Overlay::Export(form));
    Vec::new()
}

/// Enter in the form.
pub(super) fn accept(model: &mut Model, mut form: Export) -> Effects {
    let wish = form.wish();
    model.overlays.push(Overlay::Export(form));
    if model.export.busy.is_some() {
        model.refuse("an export is under way");
        return Vec::new();
    }
    match wish {
        Ok(wish) => begin(model, Box::new(wish)),
        Err(why) => {
            model.refuse(why);
            Vec::new()
        }
    }
}

fn begin(model: &mut Model, wish: Box<Wish>) -> Effects {
    model.export.begin(&wish);
    vec![Effect::Export(wish)]
}

/// Yes: the file that is there is to be replaced.
pub(super) fn replace(model: &mut Model) -> Effects {
    let Some(mut wish) = model.export.asked.take() else { return Vec::new() };
    if let To::File { replace, .. } = &mut wish.to {
        *replace = true;
    }
    begin(model, wish)
}

/// What came of it.
pub(super) fn arrived(model: &mut Model, news: News) -> Effects {
    match news {
        News::Progress(done) => {
            if let Some(busy) = &mut model.export.busy {
                busy.done = done;
            }
            Vec::new()
        }
        News::Exists(wish) => {
            model.export.busy = None;
            let path = match &wish.to {
                To::File { path, .. } => path.display().to_string(),
                To::Clipboard => String::new(),
            };
            model.export.asked = Some(wish);
            let reason = format!("There is a file already: {path}");
            ask(model, "Replace it?", vec![reason], Intent::ReplaceExport)
        }
        News::Ended(_, Err(problem)) => {
            model.export.busy = None;
            if problem.kind == Kind::Interrupted {
                return model.say("the export was cancelled: nothing was written");
            }
            model.fail(&problem)
        }
        News::Ended(wish, Ok((exported, text))) => {
            model.export.busy = None;
            model.overlays.retain(|overlay| !matches!(overlay, Overlay::Export(_)));
            ended(model, &wish, exported, text)
        }
    }
}

fn ended(model: &mut Model, wish: &Wish, exported: Exported, text: Option<String>) -> Effects {
    let Exported { records, written, left_out, redacted } = exported;
    let mut said = Vec::new();
    if left_out > 0 {
        said.push(format!("{} have no form there", text::count(left_out)));
    }
    if redacted > 0 {
        let many = text::count(redacted);
        said.push(format!("secrets of {many} are hidden: it cannot be replayed"));
    }
    said.insert(0, String::new());
    let notes = said.join("; ");
    if written == 0 {
        let what = format!("nothing was exported of {} records{notes}", text::count(records));
        return model.warn(Severity::Warning, &what, what.clone());
    }
    match (text, &wish.to) {
        // How it is copied is said by who copies.
        (Some(text), _) => {
            let mut effects = vec![Effect::Copy(copied(wish.format, wish.is_row()), text)];
            if said.len() > 1 {
                let story = format!("copied {}{notes}", text::count(written));
                effects.push(Effect::Log(Severity::Hint, story));
            }
            effects
        }
        (None, To::File { path, .. }) => {
            let path = path.strip_prefix(&model.folder).unwrap_or(path).display().to_string();
            model.say(format!("exported {} to {path}{notes}", text::count(written)))
        }
        (None, To::Clipboard) => Vec::new(),
    }
}
