//! APIs of the profile's Gateway and Dashboard: what comes from there, and what is sent.

use super::act::ask;
use crate::domain::diff;
use crate::domain::schema::Schemas;
use crate::domain::task::{Problem, Severity};
use crate::flows::edit::NotSaved;
use crate::flows::remote::{Keeper, Put, Remote};
use crate::tui::effect::Effect;
use crate::tui::location::Location;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Ask, Intent, Overlay, Quoted};
use crate::tui::pane::apis::Brief;

/// A server said which APIs it has. Why it did not stands in the pane.
pub(super) fn listed(
    model: &mut Model,
    keeper: Keeper,
    listed: Result<Vec<Brief>, Problem>,
) -> Effects {
    let wanted = keeper == Keeper::Gateway && model.apis.schemas.is_none();
    let effects = match &listed {
        Ok(_) if wanted => vec![Effect::AskSchemas],
        Ok(_) => Vec::new(),
        Err(problem) => vec![Effect::Log(Severity::Error, problem.to_string())],
    };
    model.apis.listed(keeper, listed);
    effects
}

/// The Gateway's schemas, once a session. Without them the rules of ours are all there is, which is worth a line.
pub(super) fn schemas(model: &mut Model, schemas: Result<Schemas, Problem>) -> Effects {
    match schemas {
        Ok(schemas) => {
            model.apis.know(schemas);
            vec![Effect::LintSoon]
        }
        Err(problem) => vec![Effect::Log(Severity::Warning, problem.to_string())],
    }
}

/// A definition came from a server.
pub(super) fn fetched(
    model: &mut Model,
    remote: &Remote,
    text: Result<Vec<u8>, Problem>,
) -> Effects {
    let problem = text.as_ref().err().cloned();
    if model.apis.fetched(remote, text) {
        let said = format!("{remote} was changed there; saving will ask before it overwrites that");
        return model.warn(Severity::Warning, &said, said.clone());
    }
    problem.map(|problem| model.fail(&problem)).unwrap_or_default()
}

/// Saving an API of a server changes what callers get, so it is asked first.
pub(super) fn save(model: &mut Model, remote: &Remote) -> Effects {
    let Some(sheet) = model.sheet() else { return Vec::new() };
    let before = sheet.editor.buffer().saved().unwrap_or_default();
    let quoted = Quoted::new(diff::lines(before, sheet.bytes()));
    let address = model.apis.address(remote.keeper);
    let what = match remote.keeper {
        Keeper::Gateway => {
            "which is then reloaded: callers get the new definition at once. What it changes there:"
        }
        Keeper::Dashboard => "which hands it to its Gateways. What it changes there:",
    };
    let server = remote.keeper.title();
    let reason = format!("Saving replaces {} in {server} at {address}, {what}", remote.id);
    ask(model, &format!("Change {server}?"), vec![reason], Intent::Replace(remote.clone()));
    if let Some(Overlay::Ask(ask)) = model.overlays.last_mut() {
        ask.quoted = quoted;
    }
    Vec::new()
}

/// Sends what stands here; `force`: over whatever is there.
pub(super) fn put(model: &mut Model, remote: &Remote, force: bool) -> Effects {
    let Some(sheet) = model.sheet_at(&Location::Remote(remote.clone())) else { return Vec::new() };
    let effect = sheet.save(force);
    model.apis.putting(remote);
    let mut effects = model.say(format!("sending {remote}: {} takes it in", remote.keeper.title()));
    effects.push(effect);
    effects
}

/// What came of it.
pub(super) fn arrived(
    model: &mut Model,
    remote: Remote,
    sent: &[u8],
    put: Result<Put, NotSaved>,
) -> Effects {
    model.apis.put(&remote, sent, &put);
    match put {
        Ok(put) => said(model, &remote, &put),
        Err(NotSaved::Problem(problem) | NotSaved::Unknown(problem)) => model.fail(&problem),
        Err(changed @ NotSaved::Changed { .. }) => {
            let is_gone = matches!(changed, NotSaved::Changed { there: None, .. });
            let server = remote.keeper.title();
            let reason = if is_gone {
                format!("It is gone from {server} since it was opened here; nothing was sent.")
            } else {
                format!(
                    "Somebody has changed it in {server} since it was opened here; nothing was sent. What overwriting \
                     would change there:"
                )
            };
            model.overlays.push(Overlay::Ask(Ask {
                title: format!("Overwrite {remote}?"),
                reasons: vec![reason],
                quoted: Quoted::new(changed.diff()),
                intent: Intent::Overwrite(Location::Remote(remote)),
            }));
            Vec::new()
        }
    }
}

fn said(model: &mut Model, remote: &Remote, put: &Put) -> Effects {
    let mut effects = Vec::new();
    for warning in &put.warnings {
        effects.push(Effect::Log(Severity::Warning, warning.to_string()));
    }
    let server = remote.keeper.title();
    let mut said = match remote.keeper {
        Keeper::Gateway => format!("saved {remote}: {server} has reloaded and serves it"),
        Keeper::Dashboard => format!("saved {remote}: {server} hands it to its Gateways"),
    };
    if !put.differs.is_empty() {
        let undo = model.keymap.key(crate::tui::action::Action::Undo).unwrap_or_default();
        said = format!("{said}; it keeps it otherwise than it was sent ({undo} shows that)");
    }
    match put.warnings.first() {
        Some(warning) => {
            let text = format!("{said}; {}", warning.what);
            effects.extend(model.warn(Severity::Warning, &text, text.clone()));
        }
        None => effects.extend(model.say(said)),
    }
    effects
}
