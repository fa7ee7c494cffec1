//! What the APIs pane has the Gateway do: trials, keys, reloads, definitions of files compared and put.

use std::time::Duration;

use secrecy::ExposeSecret as _;

use super::act::ask;
use crate::domain::task::{Problem, Severity};
use crate::flows::edit::NotSaved;
use crate::flows::keys::{Key, Limits, Revoked, is_leftover};
use crate::flows::remote::{Keeper, Prepared, Put};
use crate::flows::trial::{self, Said, Tried};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{
    Ask, Choice, Choose, Intent, MadeKey, Note, OnYes, Overlay, Picked, Quoted, Trial,
};
use crate::tui::pane::apis::{GatewayNews as News, GatewayWish as Wish};
use crate::tui::text;
use crate::tui::theme::Role;

/// Columns of a trial's story, where the screen has them.
const WIDE: u16 = 120;

/// Does an action; [`crate::tui::action::why_not`] has said that it can be had.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    let Some(address) = model.apis.gateway().map(|it| it.address.clone()) else {
        return Vec::new();
    };
    match action {
        Action::TryApi => {
            let Some(api) = model.apis.selected() else { return Vec::new() };
            let Some(definition) = api.definition() else { return Vec::new() };
            let leaves = trial::leaves(definition);
            let typed = model.apis.on_gateway.typed.as_ref();
            let form = Trial::new(&api.name, leaves, typed);
            model.overlays.push(Overlay::Trial(form));
            Vec::new()
        }
        Action::AgainstGateway | Action::PushApi => {
            let Some(api) = model.apis.selected() else { return Vec::new() };
            let (text, put) = (api.sheet.bytes().to_vec(), action == Action::PushApi);
            model.apis.have_gateway(Wish::Compare { text, put })
        }
        Action::ReloadGateway | Action::ReloadGroup => {
            let group = action == Action::ReloadGroup;
            let who = if group {
                format!("Every Gateway of the group of {address} loads")
            } else {
                format!("The Gateway at {address} loads")
            };
            let reasons = vec![
                format!("{who} its APIs anew: definitions that were put take effect."),
                "An API whose bundle cannot be fetched or verified is served no more.".to_owned(),
            ];
            ask(model, "Reload?", reasons, Intent::Gateway(OnYes::Reload { group }))
        }
        Action::MakeKey => {
            let Some(id) = model.apis.selected_id() else { return Vec::new() };
            let choices = limits().into_iter().map(|(name, about, limits)| Choice {
                name: name.to_owned(),
                about: about.to_owned(),
                picked: Picked::Limits(id.clone(), limits),
            });
            let choose = Choose::new(format!("A key for {id}"), choices.collect());
            model.overlays.push(Overlay::Choose(choose));
            Vec::new()
        }
        Action::DeleteKey => {
            let Some(id) = model.apis.selected_id() else { return Vec::new() };
            model.apis.have_gateway(Wish::ListKeys(id))
        }
        Action::Leftovers => model.apis.have_gateway(Wish::FindLeftovers),
        _ => Vec::new(),
    }
}

/// How far a key for a test may go.
fn limits() -> [(&'static str, &'static str, Limits); 4] {
    let hour = Limits::default();
    [
        ("1 hour", "no other limit", hour),
        ("1 hour, 10 a second", "refused above that rate", Limits { rate: Some(10.0), ..hour }),
        ("1 hour, 100 requests", "refused after them", Limits { quota: Some(100), ..hour }),
        ("30 days", "no other limit", Limits { life: Some(Duration::from_hours(24 * 30)), ..hour }),
    ]
}

/// The request of a trial was typed.
pub(super) fn try_it(model: &mut Model, form: Trial) -> Effects {
    let request = match form.request() {
        Ok(request) => request,
        Err(problem) => {
            model.overlays.push(Overlay::Trial(form));
            model.refuse(problem.what);
            return Vec::new();
        }
    };
    let Some(api) = model.apis.selected() else { return Vec::new() };
    let text = api.sheet.bytes().to_vec();
    model.apis.on_gateway.typed = Some(form);
    model.apis.have_gateway(Wish::Try { text, request })
}

/// The limits of a key were chosen.
pub(super) fn make_key(model: &mut Model, api: String, limits: Limits) -> Effects {
    model.apis.have_gateway(Wish::MakeKey(api, limits))
}

/// A key was chosen from those that open an API.
pub(super) fn chosen(model: &mut Model, at: usize) -> Effects {
    let Some(key) = model.apis.on_gateway.keys.get(at) else { return Vec::new() };
    let reason = format!(
        "{} opens {}. Callers that send it are refused at once.",
        key.name.shown(),
        opens(key)
    );
    ask(model, "Delete the key?", vec![reason], Intent::Gateway(OnYes::Delete(at)))
}

/// Yes to a question.
pub(super) fn yes(model: &mut Model, what: &OnYes) -> Effects {
    let on_gateway = &mut model.apis.on_gateway;
    match what {
        OnYes::Reload { group } => model.apis.have_gateway(Wish::Reload { group: *group }),
        OnYes::Delete(at) if *at < on_gateway.keys.len() => {
            let key = on_gateway.keys.swap_remove(*at);
            model.apis.have_gateway(Wish::DeleteKey(key))
        }
        OnYes::Delete(_) => Vec::new(),
        OnYes::Revoke => {
            let keys = std::mem::take(&mut on_gateway.keys);
            model.apis.have_gateway(Wish::Revoke(keys))
        }
        OnYes::Put => match on_gateway.prepared.take() {
            Some(prepared) => model.apis.have_gateway(Wish::Put(prepared)),
            None => Vec::new(),
        },
    }
}

/// What came of something.
pub(super) fn arrived(model: &mut Model, news: News) -> Effects {
    model.apis.on_gateway.busy = None;
    let said = match news {
        News::Reloaded(group, reloaded) => reloaded.map(|()| self::reloaded(model, group)),
        News::Tried(tried) => tried.map(|tried| self::tried(model, &tried)),
        News::Compared(put, prepared) => prepared.map(|prepared| compared(model, put, prepared)),
        News::Pushed(id, put) => return pushed(model, &id, put),
        News::Made(made) => made.map(|(key, notes)| {
            model.overlays.push(Overlay::MadeKey(MadeKey { key, notes }));
            Vec::new()
        }),
        News::Keys(api, keys) => keys.map(|keys| listed(model, &api, keys)),
        News::Deleted(deleted) => deleted.map(|name| model.say(format!("{name} is deleted"))),
        News::Leftovers(found) => found.map(|found| leftovers(model, found)),
        News::Revoked(revoked) => revoked.map(|revoked| self::revoked(model, &revoked)),
        News::Cancelled => {
            let text = "given up; what the Gateway had begun it goes on with";
            return model.warn(Severity::Warning, text, text.to_owned());
        }
    };
    said.unwrap_or_else(|problem| model.fail(&problem))
}

fn reloaded(model: &mut Model, group: bool) -> Effects {
    if group {
        return model.say("every Gateway of the group was told to reload");
    }
    let mut effects = model.say("the Gateway has reloaded");
    // An API whose bundle failed is gone.
    effects.extend(model.apis.ask_servers(true));
    effects
}

fn tried(model: &mut Model, tried: &Tried) -> Effects {
    let status = tried.status.map_or("not run".to_owned(), |status| status.to_string());
    let title = match (tried.built, tried.is_good()) {
        (false, _) => "The Gateway cannot build the API".to_owned(),
        (_, true) => format!("Tried: {status}"),
        (_, false) => format!("Tried: {status}, and something failed"),
    };
    let note = Note { title, lines: story(tried), top: 0, widest: WIDE };
    model.overlays.push(Overlay::Note(note));
    Vec::new()
}

/// A trial, as lines: the chain, the response, the request after the chain, what is left.
fn story(tried: &Tried) -> Vec<(Role, String)> {
    let role_of = |level: &str| match level {
        "error" | "fatal" | "panic" => Role::Error,
        "warning" => Role::Warning,
        _ => Role::Dim,
    };
    let mut lines = Vec::new();
    for line in &tried.building {
        lines.push((role_of(&line.level), format!("{} {}", line.level, line.text)));
    }
    let titles = tried.chain.iter().map(|it| text::width(&it.title())).max().unwrap_or(0);
    for middleware in &tried.chain {
        let stopped = middleware.code.is_some_and(|code| code >= 400);
        let role = match (&middleware.hook, stopped) {
            (_, true) => Role::Error,
            (Some(_), _) => Role::Good,
            (None, _) => Role::Text,
        };
        let code = middleware.code.map_or(String::new(), |code| code.to_string());
        let took = middleware.took.map(|took| format!("{took:.1?}")).unwrap_or_default();
        let error = middleware.error.as_deref().unwrap_or_default();
        let title = text::left(&middleware.title(), titles);
        let line = format!("{title}  {code:>3}  {took:>7}  {error}");
        lines.push((role, line.trim_end().to_owned()));
        for line in &middleware.lines {
            lines.push((role_of(&line.level), format!("    {}", line.text)));
        }
    }
    for (title, said) in
        [("The response", &tried.response), ("The request after the chain", &tried.request)]
    {
        let Some(Said { first, headers, body }) = said else { continue };
        lines.push((Role::Text, String::new()));
        lines.push((Role::Heading, title.to_owned()));
        lines.push((Role::Text, first.clone()));
        lines.extend(headers.iter().map(|(name, value)| (Role::Text, format!("{name}: {value}"))));
        lines.extend(body.lines().map(|line| (Role::Text, format!("  {line}"))));
    }
    if !tried.leaves.is_empty() {
        lines.push((Role::Text, String::new()));
    }
    lines.extend(
        tried.leaves.iter().map(|left| (Role::Hint, format!("Left on the Gateway: {left}."))),
    );
    lines
}

fn compared(model: &mut Model, put: bool, prepared: Prepared) -> Effects {
    let changes = prepared.changes();
    let is_new = prepared.before.is_none();
    if !put {
        let id = &prepared.id;
        if is_new {
            return model.say(format!("the Gateway serves no API with the id {id}"));
        }
        if changes.is_empty() {
            return model
                .say(format!("nothing that counts differs from what the Gateway serves as {id}"));
        }
        let changes = crate::tui::overlay::Changes::against(id, changes);
        model.overlays.push(Overlay::Changes(changes));
        return Vec::new();
    }
    if prepared.is_there() {
        return model.say("the Gateway serves just that already: nothing is to be put");
    }
    let address = model.apis.address(Keeper::Gateway).to_owned();
    let reason = match (is_new, changes.is_empty()) {
        (true, _) => format!("{} is new at {address}, which is then reloaded.", prepared.id),
        (false, true) => {
            format!("It replaces {} at {address}; nothing that counts differs.", prepared.id)
        }
        (false, false) => format!(
            "It replaces {} at {address}, which is then reloaded: callers get the new definition at once. What it \
             changes there:",
            prepared.id
        ),
    };
    model.apis.on_gateway.prepared = Some(prepared);
    model.overlays.push(Overlay::Ask(Ask {
        title: "Put it into the Gateway?".to_owned(),
        reasons: vec![reason],
        quoted: Quoted::new(changes),
        intent: Intent::Gateway(OnYes::Put),
    }));
    Vec::new()
}

fn pushed(model: &mut Model, id: &str, put: Result<Put, NotSaved>) -> Effects {
    let put = match put {
        Ok(put) => put,
        Err(NotSaved::Problem(problem) | NotSaved::Unknown(problem)) => {
            return model.fail(&problem);
        }
        Err(NotSaved::Changed { .. }) => {
            let what = "somebody has changed it there meanwhile: nothing was sent";
            return model.fail(
                &Problem::failed(what).at(id).help("look at what differs, and put it again"),
            );
        }
    };
    let mut effects: Effects =
        put.warnings.iter().map(|it| Effect::Log(Severity::Warning, it.to_string())).collect();
    effects.extend(model.say(format!("put {id}: the Gateway has reloaded and serves it")));
    effects.extend(model.apis.ask_servers(true));
    effects
}

fn listed(model: &mut Model, api: &str, keys: Vec<Key>) -> Effects {
    if keys.is_empty() {
        return model.say(format!("no key opens {api}"));
    }
    let choices = keys.iter().enumerate().map(|(at, key)| {
        let alias = match key.session.alias.as_str() {
            "" => String::new(),
            alias => format!("  {alias}"),
        };
        let of = if is_leftover(&key.session) { "left by a plugin, " } else { "" };
        Choice {
            name: format!("{}{alias}", key.name.shown()),
            about: format!("{of}opens {}", opens(key)),
            picked: Picked::Key(at),
        }
    });
    let choose = Choose::new(format!("Delete which key of {api}?"), choices.collect());
    model.overlays.push(Overlay::Choose(choose));
    model.apis.on_gateway.keys = keys;
    Vec::new()
}

fn leftovers(model: &mut Model, found: Vec<Key>) -> Effects {
    if found.is_empty() {
        return model.say("no session of a plugin is a live key");
    }
    if model.read_only() {
        let text = match found.len() {
            1 => "1 session of a plugin is a live key".to_owned(),
            count => format!("{count} sessions of plugins are live keys"),
        };
        return model.warn(Severity::Warning, &text, text.clone());
    }
    let count = found.len();
    let mut reasons = vec![
        "The Gateway keeps these sessions, which auth plugins returned, as ordinary keys. A caller whom the plugin still \
         accepts gets a new one with his next request."
            .to_owned(),
    ];
    reasons.extend(found.iter().map(|key| format!("{} opens {}", key.name.shown(), opens(key))));
    model.apis.on_gateway.keys = found;
    let title =
        if count == 1 { "Revoke this key?".to_owned() } else { format!("Revoke {count} keys?") };
    ask(model, &title, reasons, Intent::Gateway(OnYes::Revoke))
}

fn revoked(model: &mut Model, revoked: &Revoked) -> Effects {
    let mut effects = Vec::new();
    for (key, problem) in &revoked.failed {
        effects.push(Effect::Log(Severity::Error, format!("{}: {problem}", key.name.shown())));
    }
    let text = match revoked.failed.len() {
        0 => return model.say(format!("{} revoked", revoked.count)),
        failed => format!("{} revoked, {failed} are live keys still", revoked.count),
    };
    effects.extend(model.warn(Severity::Error, &text, text.clone()));
    effects
}

fn opens(key: &Key) -> String {
    match key.apis() {
        None => "EVERY API".to_owned(),
        Some(apis) if apis.is_empty() => "what its policies say".to_owned(),
        Some(apis) => apis.join(", "),
    }
}

/// Copies the key that is shown.
pub(super) fn copy(made: &MadeKey) -> Effects {
    vec![Effect::Copy("key", made.key.expose_secret().to_owned())]
}
