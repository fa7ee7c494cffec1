//! Rules tried on Dispatches without a server: lines of `serve --json` or of an export, an Object's JSON, or its bytes.

use std::io::Read as _;
use std::path::Path;

use bytes::Bytes;
use prost::Message as _;
use serde_json::Value;

use crate::capture::{self, SharedView};
use crate::config;
use crate::dispatch::{Rules, Tried};
use crate::domain::effect::{self, Verdict};
use crate::domain::object::{Message, check, coprocess, from_json};
use crate::domain::redact::hides;
use crate::domain::task::Problem;

/// Bytes of a file of Dispatches, at most.
const LARGEST: u64 = 1 << 30;

/// What every file of `SQLite` begins with, and so every session.
const SESSION: &[u8] = b"SQLite format 3\0";

/// What a file has for rules to be tried on.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Its Dispatches, in order.
    pub dispatches: Vec<Dispatch>,
    /// How many lines were passed over, which have none: events, what was lost, what was not taken whole.
    pub passed_over: usize,
}

/// A Dispatch to try rules on.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// Where it stands: `file:line`, or the file.
    pub place: String,
    /// Its Object.
    pub object: Bytes,
}

/// What rules made of it.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What they did.
    pub tried: Tried,
    /// What a Gateway will make of the answer.
    pub verdict: Verdict,
}

/// How what was captured is shown where no server runs that would tell: by `[redact]`, and by where the project's rules take
/// credentials from.
pub fn view(settings: &config::Settings, show_secrets: bool) -> Result<SharedView, Problem> {
    let view = capture::view(&settings.redact, show_secrets)?;
    view.learn(&Rules::secret_names_of(settings));
    Ok(view)
}

/// The Dispatches of a file, or of standard input where the path is `-`: JSON lines as `serve --json` prints them, one
/// Object as JSON, or one in its wire form. A session is told what makes lines of it, and an Event that it has no rules.
pub fn read(path: &Path) -> Result<Found, Problem> {
    let name = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let cannot = |error: std::io::Error| {
        Problem::failed(format!("cannot read Dispatches: {error}")).at(&name)
    };
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(LARGEST).read_to_end(&mut bytes).map_err(cannot)?;
    } else {
        let file = std::fs::File::open(path).map_err(cannot)?;
        file.take(LARGEST).read_to_end(&mut bytes).map_err(cannot)?;
    }
    if bytes.starts_with(SESSION) {
        let help = format!(
            "write its lines, and try those: tyk-tui session export {name} --format jsonl --show-secrets"
        );
        return Err(Problem::failed("this is a session, and no Dispatch").at(name).help(help));
    }
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if first != Some(&b'{') {
        let dispatches = vec![wire(bytes, name)?];
        return Ok(Found { dispatches, passed_over: 0 });
    }
    let mut found = Found::default();
    let mut add = |json: &Value, place: &str| -> Result<(), Problem> {
        match of_json(json, place)? {
            Some(dispatch) => found.dispatches.push(dispatch),
            None => found.passed_over += 1,
        }
        Ok(())
    };
    // One document over many lines, or one a line.
    if let Ok(json) = serde_json::from_slice::<Value>(&bytes) {
        add(&json, &name)?;
        return Ok(found);
    }
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let place = format!("{name}:{number}");
        let json = serde_json::from_slice::<Value>(line)
            .map_err(|error| Problem::failed(format!("this is no JSON: {error}")).at(&place))?;
        add(&json, &place)?;
    }
    Ok(found)
}

fn wire(bytes: Vec<u8>, name: String) -> Result<Dispatch, Problem> {
    let object = Bytes::from(bytes);
    let help = "give a line of `serve --json`, the JSON of an Object, or its bytes";
    if object.is_empty() {
        return Err(Problem::failed("there is no Dispatch in it").at(name).help(help));
    }
    // An Object has no text in that field, and so reads as one with a field that nobody knows.
    if coprocess::Event::decode(&*object).is_ok_and(|event| !event.payload.is_empty()) {
        return Err(event(&name));
    }
    match check(Message::Object, &object) {
        Ok(()) => Ok(Dispatch { place: name, object }),
        Err(error) => {
            Err(Problem::failed(format!("this is no Dispatch: {error}")).at(name).help(help))
        }
    }
}

fn event(place: &str) -> Problem {
    Problem::failed("this is an Event, and rules answer Dispatches alone").at(place)
}

/// The Dispatch of a line, or of an Object's own JSON; lines of events have none.
fn of_json(json: &Value, place: &str) -> Result<Option<Dispatch>, Problem> {
    // A line has both sides; an Object has neither of these names.
    let object = match (json.get("kind"), json.get("request")) {
        (Some(kind), Some(request)) if kind == "dispatch" && request.is_object() => request,
        (Some(_), _) => return Ok(None),
        // An Object has no such field.
        (None, _) if json.get("payload").is_some() => return Err(event(place)),
        (None, _) => json,
    };
    if hides(object) {
        return Err(Problem::failed(
            "its secrets are redacted: no authentication can be tried on it",
        )
        .at(place)
        .help(
            "take it from `serve --json --show-secrets`, or from `session export --show-secrets`",
        ));
    }
    let object = from_json(Message::Object, object)
        .map_err(|error| Problem::failed(error.to_string()).at(place))?;
    Ok(Some(Dispatch { place: place.to_owned(), object: object.into() }))
}

/// Tries rules on a Dispatch; `limit` is the most bytes of an answer that a Gateway takes.
pub async fn try_on(rules: &Rules, dispatch: &Dispatch, limit: usize) -> Result<Trial, Problem> {
    let no_object = |error: String| Problem::failed(error).at(&dispatch.place);
    let tried = rules.try_on(&dispatch.object).await.map_err(no_object)?;
    let reply = tried.reply.as_ref().map(|reply| &**reply).map_err(String::as_str);
    let verdict = effect::judge(&dispatch.object, reply, false, limit)
        .map_err(|error| no_object(error.to_string()))?;
    Ok(Trial { tried, verdict })
}
