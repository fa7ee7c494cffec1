//! A message that a person edits as JSON before it is sent again. What is secret stands there as a mark, so that it is in no
//! file and on no screen, and is put back when the text is taken.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::domain::json::{self, Document, Path, Place, Step, Trailing};
use crate::domain::object::{Message, View, WireError, from_json, to_json};
use crate::domain::redact::{MARK, Shown};

/// A text that is no such message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct EditError {
    /// What is wrong.
    pub what: String,
    /// Where, in the text.
    pub place: Place,
}

/// The text that is edited: the message as the view shows it.
pub fn editable(message: Message, bytes: &[u8], view: &dyn View) -> Result<String, WireError> {
    Ok(format!("{:#}\n", to_json(message, bytes, view)?))
}

/// The message that an edited text of [`editable`] stands for. A body that was edited as text alone is the message's, as
/// what counts is its bytes.
pub fn taken(
    text: &str,
    message: Message,
    original: &[u8],
    view: &dyn View,
) -> Result<Vec<u8>, EditError> {
    let document = Document::parse(text, Trailing::Refused)
        .map_err(|error| EditError { what: error.message, place: error.place })?;
    let no_json = |error: &serde_json::Error| EditError {
        what: error.to_string(),
        place: Place { line: error.line(), column: error.column() },
    };
    let mut edited: Value = serde_json::from_str(text).map_err(|error| no_json(&error))?;
    let [shown, truth] = [view, &Shown].map(|view| to_json(message, original, view));
    let nothing = Value::Null;
    let shown = shown.as_ref().unwrap_or(&nothing);
    for part in ["request", "response"] {
        follow_body(&mut edited, shown, part);
    }
    let marks = Marks::of(shown, truth.as_ref().unwrap_or(&nothing));
    let at = |path: &Path, what: String| {
        let value = document.at(path).or_else(|| Some(document.root()));
        let place = value.map_or(Place { line: 1, column: 1 }, json::Value::place);
        EditError { what, place }
    };
    if let Err(path) = marks.put_back(&mut edited, &Path::default()) {
        let what = format!("{path}: a part of this is a hidden secret: write all of it anew");
        return Err(at(&path, what));
    }
    from_json(message, &edited).map_err(|error| {
        let what = error.to_string();
        at(&document.locate(&error.path), what)
    })
}

/// `rawBody` is what counts; who edits `body`, which he can read, means it.
fn follow_body(edited: &mut Value, shown: &Value, part: &str) {
    let Some(edited) = edited.get_mut(part).and_then(Value::as_object_mut) else { return };
    let before = |name: &str| shown.get(part).and_then(|it| it.get(name));
    let same_bytes = edited.get("rawBody") == before("rawBody");
    if let Some(Value::String(body)) = edited.get("body")
        && same_bytes
        && edited.get("body") != before("body")
    {
        let bytes = BASE64_STANDARD.encode(body);
        edited.insert("rawBody".to_owned(), bytes.into());
    }
}

/// What marks stand for: in a place, and in the whole message.
struct Marks {
    in_place: BTreeMap<String, Vec<Pair>>,
    all: Vec<Pair>,
}

/// A mark, and what it stands for there.
type Pair = (Vec<u8>, Vec<u8>);

impl Marks {
    fn of(shown: &Value, truth: &Value) -> Self {
        let mut marks = Self { in_place: BTreeMap::new(), all: Vec::new() };
        marks.look(shown, truth, &Path::default());
        marks
    }

    fn look(&mut self, shown: &Value, truth: &Value, path: &Path) {
        match (shown, truth) {
            // Names may be hidden too; their order is the same.
            (Value::Object(shown), Value::Object(truth)) if shown.len() == truth.len() => {
                for ((name, value), (true_name, true_value)) in shown.iter().zip(truth) {
                    self.all.extend(pairs(name.as_bytes(), true_name.as_bytes()));
                    self.look(value, true_value, &path.key(name));
                }
            }
            (Value::Array(shown), Value::Array(truth)) => {
                for (at, (value, true_value)) in shown.iter().zip(truth).enumerate() {
                    self.look(value, true_value, &path.index(at));
                }
            }
            (Value::String(shown), Value::String(truth)) => {
                let [shown, truth] = [shown, truth].map(|text| bytes(text, path));
                let pairs = pairs(&shown, &truth);
                if !pairs.is_empty() {
                    self.all.extend(pairs.iter().cloned());
                    self.in_place.insert(path.to_string(), pairs);
                }
            }
            _ => {}
        }
    }

    /// Puts what they stand for in their place; the path of one that stands for nothing known.
    fn put_back(&self, value: &mut Value, path: &Path) -> Result<(), Path> {
        match value {
            Value::Object(members) => {
                for (name, value) in std::mem::take(members) {
                    let mut value = value;
                    let path = path.key(&name);
                    self.put_back(&mut value, &path)?;
                    let name = self.text(name.into_bytes(), &path)?;
                    members.insert(String::from_utf8(name).map_err(|_| path)?, value);
                }
            }
            Value::Array(elements) => {
                for (at, value) in elements.iter_mut().enumerate() {
                    self.put_back(value, &path.index(at))?;
                }
            }
            Value::String(text) => {
                let bytes = self.text(bytes(text, path), path)?;
                *text = if is_bytes(path) {
                    // What is no base64 stays as it is, and is refused as that.
                    match BASE64_STANDARD.decode(&*text) {
                        Ok(_) => BASE64_STANDARD.encode(bytes),
                        Err(_) => return Ok(()),
                    }
                } else {
                    String::from_utf8(bytes).map_err(|_| path.clone())?
                };
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&self, mut text: Vec<u8>, path: &Path) -> Result<Vec<u8>, Path> {
        let here = self.in_place.get(&path.to_string()).into_iter().flatten();
        for (mark, secret) in here.chain(&self.all) {
            while let Some(at) = find(&text, mark) {
                text.splice(at..at + mark.len(), secret.iter().copied());
            }
        }
        if find(&text, MARK.as_bytes()).is_some() { Err(path.clone()) } else { Ok(text) }
    }
}

/// Bytes are base64 in JSON.
fn is_bytes(path: &Path) -> bool {
    matches!(path.steps().last(), Some(Step::Key(name)) if name == "rawBody")
}

fn bytes(text: &str, path: &Path) -> Vec<u8> {
    let decoded = if is_bytes(path) { BASE64_STANDARD.decode(text).ok() } else { None };
    decoded.unwrap_or_else(|| text.as_bytes().to_vec())
}

/// The marks of a text, and what stands there in truth; none where the rest is not the same.
fn pairs(shown: &[u8], truth: &[u8]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let (mut shown, mut truth) = (shown, truth);
    while let Some(begin) = find(shown, MARK.as_bytes()) {
        let end = "»".as_bytes();
        let Some(length) = find(&shown[begin..], end).map(|at| at + end.len()) else { break };
        let (before, rest) = (&shown[..begin], &shown[begin + length..]);
        let Some(after) = truth.strip_prefix(before) else { return Vec::new() };
        let next = find(rest, MARK.as_bytes()).unwrap_or(rest.len());
        let secret = match &rest[..next] {
            [] if next == rest.len() => after.len(),
            until => match find(after, until) {
                Some(at) => at,
                None => return Vec::new(),
            },
        };
        let mark = &shown[begin..begin + length];
        // What stands for itself would be put back for ever.
        if find(&after[..secret], MARK.as_bytes()).is_none() {
            pairs.push((mark.to_vec(), after[..secret].to_vec()));
        }
        (shown, truth) = (rest, &after[secret..]);
    }
    pairs
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::redact::{Policy, Redacted};

    fn original() -> Vec<u8> {
        let body = r#"{"a": 1, "password": "hunter2-hunter2"}"#;
        let json = json!({
            "hookType": "Pre",
            "request": {
                "headers": {"Authorization": "Bearer t0k3n-t0k3n-t0k3n", "X-A": "1"},
                "body": body,
                "rawBody": BASE64_STANDARD.encode(body),
                "url": "/a?api_key=in-the-url&b=c",
            },
        });
        from_json(Message::Object, &json).unwrap()
    }

    fn view() -> Redacted {
        Redacted::new(Policy::default(), [7; 32])
    }

    #[test]
    fn a_text_that_nobody_changed_is_the_message_with_its_secrets() {
        let text = editable(Message::Object, &original(), &view()).unwrap();
        for secret in ["t0k3n", "hunter2", "in-the-url"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert_eq!(taken(&text, Message::Object, &original(), &view()), Ok(original()));
        let plain = editable(Message::Object, &original(), &Shown).unwrap();
        assert_eq!(taken(&plain, Message::Object, &original(), &Shown), Ok(original()));
    }

    #[test]
    fn what_is_changed_beside_a_secret_is_changed_and_the_secret_stays() {
        let text = editable(Message::Object, &original(), &view()).unwrap();
        let text = text.replace("&b=c", "&b=d").replace(r#"{\"a\": 1,"#, r#"{\"a\": 2,"#);
        let taken = taken(&text, Message::Object, &original(), &view()).unwrap();
        let json = to_json(Message::Object, &taken, &Shown).unwrap();
        let request = &json["request"];
        assert_eq!(request["url"], "/a?api_key=in-the-url&b=d");
        assert_eq!(request["headers"]["Authorization"], "Bearer t0k3n-t0k3n-t0k3n");
        let body = r#"{"a": 2, "password": "hunter2-hunter2"}"#;
        assert_eq!(request["body"], body);
        assert_eq!(request["rawBody"], BASE64_STANDARD.encode(body), "the bytes follow");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_in_the_text() {
        let text = editable(Message::Object, &original(), &view()).unwrap();
        let wrong = |text: &str| {
            let error = taken(text, Message::Object, &original(), &view()).unwrap_err();
            (error.what, error.place.line)
        };
        let line = |part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
        let (what, at) = wrong(&text.replace("\"X-A\": \"1\"", "\"X-A\": 1"));
        assert_eq!(what, "request.headers.X-A: text is needed, not a number");
        assert_eq!(at, line("X-A"));
        let (what, at) = wrong(&text.replace("\"url\"", "\"uri\""));
        assert_eq!(what, "request: MiniRequestObject has no field `uri`: did you mean `url`?");
        assert_eq!(at, line("\"request\""));
        let (_, at) = wrong(&text.replace("\"X-A\": \"1\"", "\"X-A\": "));
        assert!(at >= line("X-A") && at <= line("X-A") + 1);
        let mark = "«redacted 123456»";
        let (what, at) = wrong(&text.replace("\"X-A\": \"1\"", &format!("\"X-A\": \"{mark}\"")));
        assert!(what.starts_with("request.headers.X-A: a part of this is a hidden secret"));
        assert_eq!(at, line("X-A"));
    }
}
