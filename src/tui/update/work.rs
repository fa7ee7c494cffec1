//! Results of work, as they arrive.

use std::path::PathBuf;

use super::{
    begin, columns, export, flow, gateway, hold, manifest, marks, problems, publish, remote,
    replay, request, ship, unsaved,
};
use crate::config::Loaded;
use crate::dispatch::Reloaded;
use crate::domain::task::{Problem, Severity};
use crate::flows::control::News;
use crate::flows::edit::NotSaved;
use crate::flows::filters::Used;
use crate::flows::ship::Failure;
use crate::tui::effect::Effect;
use crate::tui::location::Location;
use crate::tui::message::Message;
use crate::tui::model::{Effects, Model, User};
use crate::tui::overlay::{Ask, Intent, Overlay, Prompt, Purpose, Quoted};
use crate::tui::pane::server::{Life, On, wrong_rules};
use crate::tui::pane::{apis, publish as publish_pane, stream};
use crate::tui::text;
use crate::tui::view;
use crate::tui::widget::Field;

/// What a console does whose server has ended.
const AWAITS: &str = "the next one that begins in this project is attached to by itself";

pub(super) fn arrived(model: &mut Model, message: Message) -> Effects {
    match message {
        Message::Manifest(read) => manifest::read(model, read),
        Message::Apis(read) => apis_read(model, read),
        Message::Created(created) => self::created(model, created),
        Message::Saved(location, saved) => self::saved(model, location, saved),
        Message::Remotes(keeper, listed) => remote::listed(model, keeper, listed),
        Message::Gateway(news) => gateway::arrived(model, *news),
        Message::Schemas(schemas) => remote::schemas(model, schemas),
        Message::Fetched(remote, text) => remote::fetched(model, &remote, text),
        Message::Put { remote, sent, put } => remote::arrived(model, remote, &sent, put),
        Message::Copied(_, Err(problem))
        | Message::ToCopy(_, Err(problem))
        | Message::Curl(Err(problem)) => model.fail(&problem),
        Message::ToCopy(what, Ok(text)) => vec![Effect::Copy(what, text)],
        Message::Sizes(sizes) => {
            model.manifest.sizes = sizes;
            Vec::new()
        }
        Message::Offered { whole, offered } => manifest::offered(model, whole, offered),
        Message::Code(found) => manifest::code_read(model, found),
        Message::Paused(version) => {
            model.apis.paused(version);
            model.manifest.paused(version)
        }
        Message::LintDue => problems::due(model),
        Message::Linted(found) => problems::arrived(model, found),
        Message::Mended(mended) => problems::mended(model, mended),
        Message::Unsaved(kept) => unsaved::found(model, kept),
        Message::NotKept(problem) => unsaved::not_kept(model, &problem),
        Message::Edited(edited) if model.replay.editing.is_some() => replay::edited(model, edited),
        Message::Edited(edited) => {
            let mut effects = edited.err().map(|problem| model.fail(&problem)).unwrap_or_default();
            effects.extend([Effect::ReadManifest, Effect::ReadApis, Effect::LintSoon]);
            effects
        }
        Message::Copied(what, Ok(how)) => model.say(format!("copied the {what}: {how}")),
        Message::Searching(filter, order, search) => {
            model.stream.searching(&filter, order, search);
            Vec::new()
        }
        Message::Columns(kept) => columns::read(model, kept),
        Message::Marked { on, count, left } => marks::done(model, on, count, left),
        Message::MarksKept(kept) => marks::kept(model, kept),
        Message::Filters(used) => filters(model, used),
        Message::Trail { seq, found, next } => {
            flow::found(model, seq, found, next);
            Vec::new()
        }
        Message::Decoded { seq, shown, decoded } => {
            let layout = stream::layout(model, view::screen(model.size).pane);
            let page = layout.json.map_or(0, |json| usize::from(json.height));
            model.stream.decoded(seq, shown, decoded, page);
            Vec::new()
        }
        Message::Export(news) => export::arrived(model, *news),
        Message::Replay(news) => replay::arrived(model, *news),
        Message::Looked(path, looked) => {
            model.bundle.busy = None;
            match looked {
                // At the start there may be none yet.
                Ok(None) => model.bundle.path = None,
                Ok(Some(look)) => {
                    model.bundle.path = Some(path);
                    model.bundle.look = Some(Ok(look));
                }
                Err(problem) => {
                    model.bundle.path = Some(path);
                    let effects = model.fail(&problem);
                    model.bundle.look = Some(Err(problem));
                    return effects;
                }
            }
            Vec::new()
        }
        Message::Built(path, built) => {
            let mut effects = self::built(model, &path, built);
            effects.push(Effect::LintSoon);
            effects
        }
        Message::Shipping(steps) => {
            model.ship.steps = steps;
            Vec::new()
        }
        Message::Shipped(ended) => ship::ended(model, ended),
        Message::ShipAsks { outline, profile } => ship::asks(model, outline, profile),
        Message::RolledBack(ended) => ship::rolled_back(model, ended),
        Message::Held(news) => hold::arrived(model, news),
        Message::Examined(examined) => {
            model.doctor.arrived(examined);
            Vec::new()
        }
        Message::Publish(news) => publish::arrived(model, *news),
        Message::First(made) => begin::first(model, made),
        Message::Project(made) => begin::made(model, made),
        Message::Answered { outcome, kept } => request::arrived(model, outcome, kept),
        Message::Requests(entries) => request::history(model, entries),
        Message::Curl(Ok(line)) => vec![Effect::Copy("command of curl", line)],
        Message::Configured(loaded) => configured(model, *loaded),
        message => servers(model, message),
    }
}

/// Filters that were used before.
fn filters(model: &mut Model, used: Used) -> Effects {
    model.stream.filter_line.remember(used.filters);
    let log = |problem: Problem| Effect::Log(Severity::Warning, problem.to_string());
    used.problem.map(log).into_iter().collect()
}

/// News of plugin server and bundle host.
fn servers(model: &mut Model, message: Message) -> Effects {
    match message {
        Message::Server(started) => {
            let (life, mut effects) = started_or_failed(model, started, "plugin server");
            model.server.server = life;
            // Those of another server, or of files as they were before.
            model.server.rules.clear();
            model.holding.ask_anew();
            for news in std::mem::take(&mut model.server.early) {
                effects.extend(elsewhere(model, news));
            }
            effects.extend(to_record(model));
            let awaited = std::mem::take(&mut model.server.awaits);
            if let Some(process) = model.server.server.process() {
                let said = format!("attached to the plugin server of pid {}", process.pid);
                let (most, seconds) = process.holds;
                model.holding.most = most;
                model.holding.seconds = seconds;
                // Those that were set before hold there, too.
                if !model.holding.breakpoints.is_empty() {
                    effects.push(super::hold::put_in_force(model));
                }
                if awaited {
                    effects.extend(model.say(said));
                }
            }
            effects
        }
        // A key may have been faster.
        Message::ServerFound if model.server.awaits => {
            model.server.server = Life::Starting;
            vec![Effect::AttachServer]
        }
        Message::ServerMissed => {
            let what = "the plugin server that began has ended again";
            model.server.server = Life::Failed(Problem::failed(what).help(AWAITS));
            vec![Effect::AwaitServer]
        }
        Message::SessionEnded(ended) => {
            if let Life::Attached(attached) = &mut model.server.server {
                attached.growing = false;
            }
            ended.err().map_or_else(Vec::new, |problem| {
                model.warn(Severity::Error, &problem.what, problem.to_string())
            })
        }
        Message::Rules(reloaded) => {
            // Others may be in force, by other names.
            model.server.rules.clear();
            match (&reloaded, reloaded.lines().first()) {
                (Reloaded::Wrong(problem), Some(line)) => {
                    model.warn(Severity::Error, &wrong_rules(problem), line)
                }
                (_, Some(line)) => model.say(line),
                (_, None) => Vec::new(),
            }
        }
        Message::Recording(Ok(recorded)) => {
            let said = format!("recording to the session {}", recorded.name);
            model.server.recorded = Some(recorded);
            model.say(said)
        }
        Message::Recording(Err(problem)) => {
            model.warn(Severity::Error, &problem.what, problem.to_string())
        }
        Message::RecordingEnded(path, spilled) => {
            model.server.recorded = None;
            let path = path.display();
            match spilled.stopped {
                Some(why) => {
                    let story = format!("recorded {} to {path}, then {why}", spilled.written);
                    model.warn(Severity::Error, &story, story.clone())
                }
                None => model.say(format!("recorded {} to {path}", text::count(spilled.written))),
            }
        }
        Message::Elsewhere(news) => elsewhere(model, news),
        Message::Left(Ok(())) => super::end(model),
        Message::Left(Err((problem, on))) => not_left(model, &problem, on),
        Message::Onlookers(count) => {
            model.server.onlookers = count;
            Vec::new()
        }
        Message::StopAsked => stop_asked(model),
        Message::ServerStopped => {
            model.server.wrong_rules = None;
            model.server.server = Life::Off;
            model.say("the plugin server has stopped")
        }
        Message::Host(started) => {
            let (life, effects) = started_or_failed(model, started, "bundle host");
            model.server.host = life;
            effects
        }
        Message::HostStopped => {
            model.server.host = Life::Off;
            model.say("the bundle host has stopped")
        }
        _ => Vec::new(),
    }
}

/// The configuration wants a session of the server that runs here now, and it is the first.
fn to_record(model: &mut Model) -> Option<Effect> {
    let is_ours = matches!(&model.server.server, Life::On(on) if on.process.is_none());
    if !is_ours || !std::mem::take(&mut model.server.to_record) || model.server.recorded.is_some() {
        return None;
    }
    Some(Effect::Record { project: model.project.clone() })
}

/// Nobody has taken the server over: it runs on here, as long as there is somebody at the terminal.
fn not_left(model: &mut Model, problem: &Problem, on: On) -> Effects {
    model.server.server = Life::On(on);
    let mut effects = model.fail(problem);
    if model.user == User::Gone {
        effects.extend(super::end(model));
    }
    effects
}

/// Another process has the server of this console end.
fn stop_asked(model: &mut Model) -> Effects {
    match &model.server.server {
        Life::On(on) if on.process.is_none() => model.server.server = Life::Stopping,
        // It runs already, and that comes as the next message.
        Life::Starting => {}
        _ => return Vec::new(),
    }
    let what = "another process ends the plugin server: a console, or `serve --stop`";
    let mut effects = model.warn(Severity::Warning, what, what.to_owned());
    effects.push(Effect::StopServer);
    effects
}

/// News of the server of another process.
fn elsewhere(model: &mut Model, news: News) -> Effects {
    let server = &mut model.server;
    let ended = match (&mut server.server, news) {
        (_, News::Late) => {
            model.refuse("it was not held any more: let go meanwhile, or its caller went away");
            return Vec::new();
        }
        (_, News::InForce(asked)) => {
            model.holding.in_force = asked;
            return Vec::new();
        }
        (Life::On(On { process: Some(_), notices, .. }), News::Figures(figures)) => {
            *notices = figures.notices;
            server.rules = figures.rules;
            server.unanswered = figures.unanswered;
            server.in_flight = figures.in_flight;
            server.sampled_out = figures.sampled_out;
            let wrong = figures.wrong_rules.map(Problem::from);
            let before = std::mem::replace(&mut server.wrong_rules, wrong);
            return match &server.wrong_rules {
                Some(wrong) if before.as_ref() != Some(wrong) => {
                    let (line, story) = (wrong_rules(wrong), wrong.to_string());
                    model.warn(Severity::Error, &line, story)
                }
                _ => Vec::new(),
            };
        }
        // It overtook what says that it is attached.
        (Life::Starting, news @ (News::Figures(_) | News::Ended)) => {
            server.early.push(news);
            return Vec::new();
        }
        (Life::On(On { process: Some(process), address, .. }), News::Ended) => {
            let of = if process.console { "of the console, " } else { "" };
            let what = format!("the plugin server ({of}pid {}) has ended", process.pid);
            Some(Problem::failed(what).at(address).help(AWAITS))
        }
        (Life::Stopping, News::Ended) => None,
        _ => return Vec::new(),
    };
    server.wrong_rules = None;
    server.in_flight = 0;
    model.holding.ask_anew();
    let Some(problem) = ended else {
        server.server = Life::Off;
        return model.say("the plugin server has stopped");
    };
    server.server = Life::Failed(problem.clone());
    server.awaits = true;
    let mut effects = model.warn(Severity::Error, &problem.what, problem.to_string());
    effects.push(Effect::AwaitServer);
    effects
}

/// The configuration was read anew: what hangs on it begins again.
pub(super) fn configured(model: &mut Model, loaded: Result<Loaded, Problem>) -> Effects {
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(problem) => return model.fail(&problem),
    };
    model.untrusted.clear();
    model.project = loaded.project_name();
    model.apis.connect(&loaded.settings);
    model.publish = publish_pane::Pane::of(&loaded.settings);
    model.request.connect(&loaded.settings);
    model.bundle.key.clone_from(&loaded.settings.project.key);
    model.stream.columns.configure(&loaded.settings.ui);
    model.holding.most = loaded.settings.server.hold_limit;
    model.holding.seconds = loaded.settings.server.hold_seconds;
    model.server.server = Life::Starting;
    model.server.host = Life::Starting;
    vec![Effect::StartServer { other_port: false }, Effect::StartHost { other_port: false }]
}

fn started_or_failed(
    model: &mut Model,
    started: Result<On, Problem>,
    what: &str,
) -> (Life, Effects) {
    match started {
        Ok(on) => {
            let effects = on
                .notices
                .iter()
                .map(|notice| Effect::Log(Severity::Warning, format!("{what}: {notice}")))
                .collect();
            (Life::On(on), effects)
        }
        Err(problem) => {
            let short = format!("the {what} could not start (5 Server says why)");
            let effects = model.warn(
                Severity::Error,
                &short,
                format!("the {what} could not start: {problem}"),
            );
            (Life::Failed(problem), effects)
        }
    }
}

/// A document was written, or stands as it was.
fn saved(model: &mut Model, location: Location, saved: Result<Vec<u8>, NotSaved>) -> Effects {
    let Some(sheet) = model.sheet_at(&location) else {
        return saved_unopened(model, &location, saved);
    };
    let what = sheet.what();
    match saved {
        Ok(bytes) => {
            sheet.saved(bytes);
            let mut effects = model.say(format!("saved {location}"));
            effects.extend([model.manifest.measure(), Effect::LintSoon]);
            effects
        }
        Err(NotSaved::Problem(problem) | NotSaved::Unknown(problem)) => model.fail(&problem),
        Err(changed @ NotSaved::Changed { .. }) => {
            let is_gone = matches!(changed, NotSaved::Changed { there: None, .. });
            let reason = if is_gone {
                "Another program has moved or removed it since it was read here."
            } else {
                "Another program has written it since it was read here. What overwriting would change there:"
            };
            model.overlays.push(Overlay::Ask(Ask {
                title: format!("Overwrite {what}?"),
                reasons: vec![reason.to_owned()],
                quoted: Quoted::new(changed.diff()),
                intent: Intent::Overwrite(location),
            }));
            Vec::new()
        }
    }
}

/// The same of a file that is not open.
fn saved_unopened(
    model: &mut Model,
    location: &Location,
    saved: Result<Vec<u8>, NotSaved>,
) -> Effects {
    let mut effects = match saved {
        Ok(_) => model.say(format!("saved {location}")),
        Err(not_saved) => model.fail(&not_saved.into()),
    };
    effects.push(Effect::LintSoon);
    effects
}

/// What is read next of a document is taken whatever stands here.
pub(super) fn read_anew(model: &mut Model, location: &Location) -> Effects {
    if let Some(sheet) = model.sheet_at(location) {
        sheet.force_read = true;
    }
    match location {
        Location::File(_) => vec![Effect::ReadManifest, Effect::ReadApis],
        Location::Remote(_) => {
            let mut effects = model.apis.ask_servers(true);
            effects.extend(model.apis.reopen(Some(location)));
            effects
        }
    }
}

fn apis_read(model: &mut Model, read: Result<Vec<apis::OnDisk>, Problem>) -> Effects {
    match read {
        Ok(read) => {
            let news = model.apis.read(read);
            let mut effects = gone(model, &news.gone);
            effects.extend(news.differs.iter().flat_map(|name| changed_on_disk(model, name)));
            effects
        }
        Err(problem) => {
            let effects = model.fail(&problem);
            model.apis.unfound = Some(problem);
            effects
        }
    }
}

/// A definition was written to a new file.
fn created(model: &mut Model, created: Result<PathBuf, Problem>) -> Effects {
    match created {
        Ok(path) => {
            let mut effects = model.say(format!("wrote {}", path.display()));
            model.apis.open_next(path);
            effects.push(Effect::ReadApis);
            effects
        }
        Err(problem) => model.fail(&problem),
    }
}

/// Definitions whose files another program has moved or removed.
fn gone(model: &mut Model, names: &[String]) -> Effects {
    let Some(first) = names.first() else { return Vec::new() };
    let text = match names.len() {
        1 => format!("{first} is gone: another program has moved or removed it"),
        more => format!(
            "{first} and {} more are gone: another program has moved or removed them",
            more - 1
        ),
    };
    model.warn(Severity::Warning, &text, text.clone())
}

pub(super) fn changed_on_disk(model: &mut Model, what: &str) -> Effects {
    let text = format!("{what} was changed on disk; saving will ask before it overwrites that");
    model.warn(Severity::Warning, &text, text.clone())
}

fn built(
    model: &mut Model,
    path: &std::path::Path,
    built: Result<Vec<String>, Failure>,
) -> Effects {
    model.bundle.busy = None;
    match built {
        Ok(warnings) => {
            let mut effects = model.bundle.open(path.to_owned());
            effects.extend(model.say(format!("built {}", path.display())));
            if let Some(first) = warnings.first() {
                let count = warnings.len();
                let text = if count == 1 {
                    first.clone()
                } else {
                    format!("{first} (and {} more)", count - 1)
                };
                effects.extend(model.warn(
                    Severity::Warning,
                    &format!("built, but: {text}"),
                    warnings.join("; "),
                ));
            }
            effects
        }
        Err(Failure::PassphraseNeeded { key, wrong }) => {
            passphrase(model, Purpose::BuildPassphrase(key.clone()), &key, wrong)
        }
        Err(Failure::Cancelled) => Vec::new(),
        Err(Failure::Problem(problem)) => model.fail(&problem),
    }
}

pub(super) fn passphrase(
    model: &mut Model,
    purpose: Purpose,
    key: &std::path::Path,
    wrong: bool,
) -> Effects {
    let note = if wrong {
        format!("That is not the passphrase of {}.", key.display())
    } else {
        format!("{} is encrypted.", key.display())
    };
    let title = "Passphrase".to_owned();
    model.overlays.push(Overlay::Prompt(Prompt { title, note, purpose, field: Field::masked() }));
    Vec::new()
}
