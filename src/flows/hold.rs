//! The answer to a Dispatch that is held at a breakpoint: as JSON, edited, or an override.

use bytes::Bytes;
use serde_json::Value;

use crate::capture::SharedView;
use crate::dispatch::Held;
use crate::domain::effect::{self, Fate, Outcome};
use crate::domain::json::{Document, Place, Trailing};
use crate::domain::object::{
    self, Edit, Hook, JsonError, Message, Overrides, Parsed, from_json, patch,
};
use crate::domain::redact::{Shown, restore};
use crate::domain::task::Problem;

/// Why an edited text is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", place.map(|place| format!("{place}: ")).unwrap_or_default())]
pub struct Fault {
    /// Where in the text.
    pub place: Option<Place>,
    /// What is wrong.
    pub what: String,
}

/// The answer that is proposed, as text to be edited; where none is, as an error is to be returned, what came.
pub fn text(held: &Held, view: &SharedView) -> Result<String, Problem> {
    Ok(format!("{:#}\n", json(held, view)?))
}

/// What is wrong with a text under way; it is an Object's JSON, or is not.
pub fn check(text: &[u8]) -> Result<(), Fault> {
    let (document, json) = read(text)?;
    from_json(Message::Object, &json).map(drop).map_err(|error| fault(&document, &error))
}

/// The answer that an edited text is. Marks in it, where the view has shown some, stand for the secrets that they stood for.
pub fn edited(held: &Held, text: &[u8], view: &SharedView) -> Result<Bytes, Fault> {
    let (document, after) = read(text)?;
    // Before the marks are looked at: a mark is text like any other.
    from_json(Message::Object, &after).map_err(|error| fault(&document, &error))?;
    let failed = |what: String| Fault { place: None, what };
    let bytes = base(held).map_err(|problem| failed(problem.what))?;
    let redacted = json(held, view).map_err(|problem| failed(problem.what))?;
    let shown = object::to_json(Message::Object, &bytes, &Shown);
    let shown = shown.map_err(|error| failed(error.to_string()))?;
    let after = if redacted == shown {
        after
    } else {
        restore(&after, &redacted, &shown).map_err(|lost| {
            let what = format!(
                "nothing tells what {} stands for: show the secrets, and edit then",
                lost.mark
            );
            fault(&document, &JsonError { path: lost.path, what })
        })?
    };
    let edited = patch(Message::Object, &bytes, &shown, &after);
    Ok(edited.map_err(|error| fault(&document, &error))?.into())
}

/// What the Gateway fails on in an answer, in a line, as it is said of an answer that was captured; `None` where it takes it.
pub fn breaks(held: &Held, answer: &[u8], view: &SharedView) -> Option<String> {
    let exchange = &held.record.exchange;
    let request = exchange.request.as_deref()?;
    let sides = [(Message::Object, request), (Message::Object, answer)];
    let knowing = view.knowing(&Parsed::those(&sides));
    let knowing = knowing.as_deref().unwrap_or(&**view);
    let json = |bytes: &[u8]| object::to_json(Message::Object, bytes, knowing).ok();
    let edits = effect::fates(&json(request)?, &json(answer)?, exchange.trimmed);
    if let Some(edit) = edits.into_iter().find(|edit| edit.fate == Fate::Breaks) {
        let fix = edit.fix.map(|fix| format!(" → {fix}")).unwrap_or_default();
        return Some(format!("{}{fix}", edit.why));
    }
    // What is too long is cut down before it goes out.
    let verdict = effect::judge(request, Ok(answer), exchange.trimmed, usize::MAX).ok()?;
    verdict.error.filter(|_| verdict.outcome == Outcome::Failed)
}

/// The answer by which the Gateway answers the caller itself. A response hook's is an edit of the upstream's answer: the
/// Gateway reads no overrides there.
pub fn overridden(held: &Held, overrides: &Overrides) -> Result<Bytes, Problem> {
    if !(200..=599).contains(&overrides.code) {
        return Err(Problem::usage(format!("{} is no status from 200 to 599", overrides.code)));
    }
    if !overrides.error.is_empty() && !overrides.body.is_empty() {
        return Err(Problem::usage(
            "an error and a body: the Gateway writes the error over the body",
        )
        .help("leave one of them out"));
    }
    let mut edit = Edit::default();
    if held.record.row.hook == Hook::Response {
        edit.response.status = Some(overrides.code);
        for (name, value) in &overrides.headers {
            edit.response.set_header(name, value);
        }
        let body = if overrides.body.is_empty() { &overrides.error } else { &overrides.body };
        if !body.is_empty() {
            edit.response.body = Some(Bytes::copy_from_slice(body.as_bytes()));
        }
    } else {
        edit.overrides = Some(overrides.clone());
    }
    edit.apply(&base(held)?).map_err(|error| Problem::failed(error.to_string()))
}

/// The JSON of the proposed answer, as the view shows it beside its request.
fn json(held: &Held, view: &SharedView) -> Result<Value, Problem> {
    let bytes = base(held)?;
    let request = held.record.exchange.request.as_deref().unwrap_or_default();
    let sides = [(Message::Object, request), (Message::Object, &bytes)];
    let knowing = view.knowing(&Parsed::those(&sides));
    let knowing = knowing.as_deref().unwrap_or(&**view);
    object::to_json(Message::Object, &bytes, knowing)
        .map_err(|error| Problem::failed(error.to_string()))
}

/// What is edited.
fn base(held: &Held) -> Result<Bytes, Problem> {
    let exchange = &held.record.exchange;
    match (&exchange.reply, &exchange.request) {
        (Ok(reply), _) => Ok(reply.clone()),
        (Err(_), Some(request)) => {
            object::complete(request).map_err(|error| Problem::failed(error.to_string()))
        }
        (Err(_), None) => Err(Problem::failed("there is nothing to answer")),
    }
}

fn read(text: &[u8]) -> Result<(Document, Value), Fault> {
    let document = Document::parse(text, Trailing::Refused)
        .map_err(|error| Fault { place: Some(error.place), what: error.message })?;
    let json = serde_json::from_slice(text).map_err(|error| {
        let place = Place { line: error.line(), column: error.column() };
        Fault { place: Some(place), what: error.to_string() }
    })?;
    Ok((document, json))
}

/// At the value that an error names, or at what is nearest to it.
fn fault(document: &Document, error: &JsonError) -> Fault {
    let mut here = document.root();
    for name in &error.path {
        let next = match name.parse() {
            Ok(index) if here.member(name).is_none() => here.element(index),
            _ => here.member(name),
        };
        let Some(next) = next else { break };
        here = next;
    }
    // An unknown name is told of where it stands.
    let quoted = error.what.split('`').nth(1).and_then(|name| here.member(name));
    let place = quoted.map_or_else(|| here.place(), crate::domain::json::Value::key_place);
    Fault { place: Some(place), what: error.to_string() }
}
