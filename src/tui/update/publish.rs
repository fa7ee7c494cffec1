//! The Publish pane: what its keys do, and what comes of it.

use super::act::{ask, prompt};
use crate::domain::task::{Kind, Problem, Severity};
use crate::flows::prune::Pruned;
use crate::flows::target::Stored;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Compared, Intent, Overlay, Purpose};
use crate::tui::pane::publish::{self, News, Wish};
use crate::tui::view;
use crate::tui::widget::Field;

/// So many bundles a question names.
const NAMED: usize = 8;

/// Does an action in the pane.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    let layout = publish::layout(model, view::screen(model.size).pane);
    let pane = &mut model.publish;
    let focused = if pane.browse.detail_focused { layout.detail } else { layout.rows };
    let rows = focused.map_or(0, |rows| usize::from(rows.height));
    match action {
        Action::PushBundle => push(model),
        Action::FetchBundle => {
            let Some(stored) = pane.selected() else { return Vec::new() };
            let purpose = Purpose::Fetch(stored.id.clone());
            let file = pane.file().map(|file| file.display().to_string()).unwrap_or_default();
            let note = "The file to write; a relative path begins at the project's folder.";
            prompt(model, "Fetch into", note, purpose, Field::new(&file))
        }
        Action::Accept => {
            let Some(id) = pane.selected().map(|stored| stored.id.clone()) else {
                return Vec::new();
            };
            let wish = Wish::Look { target: pane.name(), id: id.clone() };
            pane.begin(format!("fetching {id}"), wish)
        }
        Action::CompareBundles => {
            let [one, other] = &pane.marked[..] else { return Vec::new() };
            let at = |id: &String| {
                let stored = pane.bundles().iter().find(|stored| stored.id == *id);
                stored.and_then(|stored| stored.at)
            };
            // Whichever was marked first: what came later is the newer one.
            let (old, new) = if at(one) > at(other) { (other, one) } else { (one, other) };
            let wish = Wish::Compare { target: pane.name(), old: old.clone(), new: new.clone() };
            pane.begin("comparing".to_owned(), wish)
        }
        Action::DeleteBundle => delete(model),
        Action::PruneBundles => prune(model),
        action => model.publish.act(action, rows).unwrap_or_default(),
    }
}

fn push(model: &mut Model) -> Effects {
    let Some(file) = model.bundle.path.clone() else { return Vec::new() };
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let target = model.publish.name();
    let wish = Wish::Push { target: target.clone(), file };
    if model.publish.profile.production {
        let profile = model.profile.clone().unwrap_or_default();
        let reason = format!("The profile {profile} is marked as production.");
        return ask(
            model,
            &format!("Push {name} to {target}?"),
            vec![reason],
            Intent::Publish(wish),
        );
    }
    begin(model, wish)
}

/// Begins what was wished, and asked about where it had to be.
pub(super) fn begin(model: &mut Model, wish: Wish) -> Effects {
    let what = match &wish {
        Wish::Push { file, .. } => {
            format!("pushing {}", file.file_name().unwrap_or_default().to_string_lossy())
        }
        Wish::Fetch { id, .. } => format!("fetching {id}"),
        Wish::Delete { id, .. } => format!("deleting {id}"),
        Wish::Prune { bundles, .. } => format!("deleting {} bundles", bundles.len()),
        _ => "working".to_owned(),
    };
    model.publish.begin(what, wish)
}

fn delete(model: &mut Model) -> Effects {
    let pane = &model.publish;
    let Some(stored) = pane.selected() else { return Vec::new() };
    let users = pane.usage.as_ref().and_then(|usage| usage.as_ref().ok()).map(|it| it.of(stored));
    let mut reasons = Vec::new();
    if let Some(users) = users.filter(|users| !users.is_empty()) {
        let users = users.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        reasons.push(format!("In use by {users}: a Gateway that starts anew would not find it."));
    } else if pane.known().is_some() {
        reasons.push("No API uses it.".to_owned());
    } else {
        reasons.push("Which APIs use it is not known.".to_owned());
    }
    let title = format!("Delete {} from {}?", stored.id, pane.name());
    let wish = Wish::Delete { target: pane.name(), id: stored.id.clone() };
    ask(model, &title, reasons, Intent::Publish(wish))
}

fn prune(model: &mut Model) -> Effects {
    let pane = &model.publish;
    let Ok(plan) = pane.plan() else { return Vec::new() };
    let asked = pane.known().map(|usage| usage.asked().join(" and ")).unwrap_or_default();
    let mut reasons = vec![format!("No API of {asked} uses these; who is in use by then stays.")];
    reasons.extend(plan.unused.iter().take(NAMED).map(|stored| format!("· {}", stored.id)));
    if plan.unused.len() > NAMED {
        reasons.push(format!("· and {} more", plan.unused.len() - NAMED));
    }
    reasons.push(
        "A Gateway does not list the APIs whose bundle it could not load: look for those first."
            .to_owned(),
    );
    let count = match plan.unused.len() {
        1 => "1 bundle".to_owned(),
        count => format!("{count} bundles"),
    };
    let title = format!("Delete {count} from {}?", pane.name());
    let wish = Wish::Prune { target: pane.name(), bundles: plan.unused };
    ask(model, &title, reasons, Intent::Publish(wish))
}

/// The file that a bundle is fetched into was named.
pub(super) fn fetch(model: &mut Model, id: String, into: &str) -> Effects {
    if into.is_empty() {
        return Vec::new();
    }
    let target = model.publish.name();
    begin(model, Wish::Fetch { target, id, into: into.into(), over: false })
}

/// Takes news in.
pub(super) fn arrived(model: &mut Model, news: News) -> Effects {
    let pane = &mut model.publish;
    match news {
        News::Asked(target, told) => {
            pane.told(&target, told);
            Vec::new()
        }
        News::Listed(target, shelf) => {
            let problem = shelf.as_ref().err().cloned();
            pane.listed(&target, shelf);
            logged(problem)
        }
        News::Used(usage) => {
            let problem = usage.as_ref().err().cloned();
            pane.usage = Some(usage);
            logged(problem)
        }
        News::Progress(progress) => {
            if let Some(busy) = &mut pane.busy {
                busy.progress = progress;
            }
            Vec::new()
        }
        ended => {
            pane.busy = None;
            self::ended(model, ended)
        }
    }
}

/// Why it is not known stands in the pane; the whole story is in the log.
fn logged(problem: Option<Problem>) -> Effects {
    problem.map(|problem| Effect::Log(Severity::Error, problem.to_string())).into_iter().collect()
}

/// What took its time has ended.
fn ended(model: &mut Model, news: News) -> Effects {
    match news {
        News::Pushed(Ok(pushed)) => {
            let mut effects = if pushed.already_there {
                model.say(format!("{} is there already, with the same content", pushed.bundle))
            } else {
                model.say(format!("pushed: custom_middleware_bundle is {}", pushed.bundle))
            };
            effects.extend(model.publish.list());
            effects
        }
        News::Exists(wish) => {
            let Wish::Fetch { into, .. } = &wish else { return Vec::new() };
            let reason =
                format!("{} is there already; what it holds would be lost.", into.display());
            ask(model, "Write over the file?", vec![reason], Intent::Publish(wish))
        }
        News::Fetched(Ok(path)) => model.say(format!("fetched and verified: {}", path.display())),
        News::Looked(id, files) => {
            let problem = files.as_ref().err().cloned();
            model.publish.files = Some((id, files));
            problem.map(|problem| failed(model, &problem)).unwrap_or_default()
        }
        News::Compared { old, new, compared: Ok(comparison) } => {
            if comparison.is_same() {
                return model.say("both bundles have the same files");
            }
            let compared = Compared::of(&old, &new, &comparison);
            model.overlays.push(Overlay::Compared(compared));
            Vec::new()
        }
        News::Deleted(Ok(id)) => {
            let mut effects = model.say(format!("deleted {id}"));
            effects.extend(model.publish.list());
            effects
        }
        News::Pruned(Ok(pruned)) => {
            let mut effects = said(model, &pruned);
            effects.extend(model.publish.list());
            effects.push(Effect::Publish(Wish::Usage));
            effects
        }
        News::Deleted(Err(problem)) | News::Pruned(Err(problem)) | News::Pushed(Err(problem)) => {
            // What is there by now nobody knows.
            let mut effects = failed(model, &problem);
            effects.extend(model.publish.list());
            effects
        }
        News::Fetched(Err(problem)) | News::Compared { compared: Err(problem), .. } => {
            failed(model, &problem)
        }
        News::Asked(..) | News::Listed(..) | News::Used(_) | News::Progress(_) => Vec::new(),
    }
}

fn said(model: &mut Model, pruned: &Pruned) -> Effects {
    let names = |all: &[Stored]| all.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(", ");
    let deleted = format!("deleted {}", names(&pruned.deleted));
    if pruned.taken.is_empty() {
        return model.say(deleted);
    }
    let text = format!("{deleted}; an API uses {} by now", names(&pruned.taken));
    model.warn(Severity::Warning, &text, text.clone())
}

fn failed(model: &mut Model, problem: &Problem) -> Effects {
    if problem.kind == Kind::Interrupted {
        return model.warn(Severity::Hint, &problem.what, problem.to_string());
    }
    model.fail(problem)
}
