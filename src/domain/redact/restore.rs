//! The way back: a text that was shown redacted, and edited, gets the truth in its marks' places again.

use std::collections::HashMap;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use regex::{Captures, Regex};
use serde_json::{Map, Value};

static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("«redacted [0-9a-f]{6}»").expect("the pattern is valid"));

/// A mark that stands for nothing that was shown, or for more than one thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: nothing tells what {mark} stands for", path.join("."))]
pub struct LostMark {
    /// The names that lead to the text that has it.
    pub path: Vec<String>,
    /// The mark.
    pub mark: String,
}

/// What was edited, with the secrets that its marks stand for. `redacted` is what was shown before it was edited, and
/// `shown` the same without redaction. Whatever was left alone is what it was; a mark that was moved or has other text
/// around it now stands for the secret that it stood for.
pub fn restore(edited: &Value, redacted: &Value, shown: &Value) -> Result<Value, LostMark> {
    let mut secrets = Secrets::default();
    secrets.learn_all(redacted, shown, "");
    secrets.restore(edited, Some((redacted, shown)), &mut Vec::new())
}

/// What each mark stands for; `None`: for more than one text, as the encoded form of a secret has its mark too.
#[derive(Default)]
struct Secrets(HashMap<String, Option<String>>);

/// The one field of Objects that is bytes, and base64 in JSON.
const BYTES: &str = "rawBody";

impl Secrets {
    fn learn_all(&mut self, redacted: &Value, shown: &Value, name: &str) {
        match (redacted, shown) {
            (Value::String(redacted), Value::String(shown)) if redacted != shown => {
                if let (BYTES, Some(redacted), Some(shown)) = (name, text(redacted), text(shown)) {
                    self.learn(&redacted, &shown);
                } else {
                    self.learn(redacted, shown);
                }
            }
            (Value::Object(redacted), Value::Object(shown)) if redacted.len() == shown.len() => {
                // Both are in the order of the message, whatever became of the names.
                for ((name, redacted), (true_name, shown)) in redacted.iter().zip(shown) {
                    if name != true_name {
                        self.learn(name, true_name);
                    }
                    self.learn_all(redacted, shown, true_name);
                }
            }
            (Value::Array(redacted), Value::Array(shown)) => {
                redacted.iter().zip(shown).for_each(|(one, other)| self.learn_all(one, other, ""));
            }
            _ => {}
        }
    }

    /// Lays a text with marks over the same without.
    fn learn(&mut self, redacted: &str, shown: &str) {
        let marks: Vec<&str> = MARK.find_iter(redacted).map(|mark| mark.as_str()).collect();
        let laid = |between: &str| {
            let literals: Vec<String> = MARK.split(redacted).map(regex::escape).collect();
            let pattern = Regex::new(&format!("(?s)^{}$", literals.join(between))).ok()?;
            let found = pattern.captures(shown)?;
            let texts = found.iter().skip(1).map(|it| it.map(|it| it.as_str().to_owned()));
            texts.collect::<Option<Vec<String>>>()
        };
        // Where there is more than one way to lay it, none is believed.
        let (short, long) = (laid("(.+?)"), laid("(.+)"));
        for (at, mark) in marks.iter().enumerate() {
            let secret = short.as_ref().filter(|_| short == long).map(|texts| texts[at].clone());
            let known = self.0.entry((*mark).to_owned()).or_insert_with(|| secret.clone());
            if *known != secret {
                *known = None;
            }
        }
    }

    fn restore(
        &self,
        edited: &Value,
        was: Option<(&Value, &Value)>,
        path: &mut Vec<String>,
    ) -> Result<Value, LostMark> {
        if let Some((redacted, shown)) = was
            && edited == redacted
        {
            return Ok(shown.clone());
        }
        Ok(match edited {
            Value::String(edited) => {
                let is_bytes = path.last().is_some_and(|name| name == BYTES);
                match is_bytes.then(|| text(edited)).flatten() {
                    Some(text) => BASE64_STANDARD.encode(self.put_back(&text, path)?).into(),
                    None => self.put_back(edited, path)?.into(),
                }
            }
            Value::Object(members) => {
                let mut out = Map::with_capacity(members.len());
                for (name, value) in members {
                    let was = was.and_then(|(redacted, shown)| member(redacted, shown, name));
                    path.push(name.clone());
                    let true_name = match was {
                        Some((true_name, ..)) => true_name.to_owned(),
                        None => self.put_back(name, path)?,
                    };
                    let was = was.map(|(_, redacted, shown)| (redacted, shown));
                    out.insert(true_name, self.restore(value, was, path)?);
                    path.pop();
                }
                out.into()
            }
            Value::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                for (at, item) in items.iter().enumerate() {
                    let was =
                        was.and_then(|(redacted, shown)| Some((redacted.get(at)?, shown.get(at)?)));
                    path.push(at.to_string());
                    out.push(self.restore(item, was, path)?);
                    path.pop();
                }
                out.into()
            }
            other => other.clone(),
        })
    }

    fn put_back(&self, text: &str, path: &[String]) -> Result<String, LostMark> {
        let mut lost = None;
        let restored = MARK.replace_all(text, |mark: &Captures<'_>| {
            if let Some(Some(secret)) = self.0.get(&mark[0]) {
                return secret.clone();
            }
            lost = Some(mark[0].to_owned());
            String::new()
        });
        match lost {
            Some(mark) => Err(LostMark { path: path.to_vec(), mark }),
            None => Ok(restored.into_owned()),
        }
    }
}

/// Bytes that are text.
fn text(base64: &str) -> Option<String> {
    String::from_utf8(BASE64_STANDARD.decode(base64).ok()?).ok()
}

/// A member by the name that was shown: its true name, and both of its values.
fn member<'v>(
    redacted: &'v Value,
    shown: &'v Value,
    name: &str,
) -> Option<(&'v str, &'v Value, &'v Value)> {
    let (redacted, shown) = (redacted.as_object()?, shown.as_object()?);
    if redacted.len() != shown.len() {
        return None;
    }
    let at = redacted.keys().position(|known| known == name)?;
    let (true_name, shown) = shown.iter().nth(at)?;
    Some((true_name, &redacted[name], shown))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const A: &str = "«redacted 0a0a0a»";
    const B: &str = "«redacted 0b0b0b»";

    fn pair() -> (Value, Value) {
        let base64 = |text: &str| BASE64_STANDARD.encode(text);
        let redacted = json!({
            "headers": {"Authorization": A, "X": "1", "Cookie": format!("a={A}; b={B}")},
            "url": format!("/x?key={B}&y=1"),
            "rawBody": base64(&format!("{{\"password\": \"{B}\"}}")),
            "list": [A, "free"],
        });
        let shown = json!({
            "headers": {"Authorization": "alpha", "X": "1", "Cookie": "a=alpha; b=beta"},
            "url": "/x?key=beta&y=1",
            "rawBody": base64("{\"password\": \"beta\"}"),
            "list": ["alpha", "free"],
        });
        (redacted, shown)
    }

    #[test]
    fn what_is_left_alone_is_the_truth() {
        let (redacted, shown) = pair();
        assert_eq!(restore(&redacted, &redacted, &shown).unwrap(), shown);
        let mut edited = redacted.clone();
        edited["headers"]["X"] = "2".into();
        edited["headers"]["New"] = "n".into();
        let restored = restore(&edited, &redacted, &shown).unwrap();
        assert_eq!(restored["headers"]["Authorization"], "alpha");
        assert_eq!(restored["headers"]["X"], "2");
        assert_eq!(restored["url"], shown["url"]);
        assert_eq!(restored["rawBody"], shown["rawBody"]);
    }

    #[test]
    fn a_mark_that_is_moved_stands_for_what_it_stood_for() {
        let (redacted, shown) = pair();
        let mut edited = redacted.clone();
        edited["headers"]["X-Copy"] = format!("Bearer {A}").into();
        edited["url"] = format!("/y?key={B}").into();
        edited["rawBody"] = BASE64_STANDARD.encode(format!("new {B}")).into();
        edited["list"] = json!(["free", A]);
        let restored = restore(&edited, &redacted, &shown).unwrap();
        assert_eq!(restored["headers"]["X-Copy"], "Bearer alpha");
        assert_eq!(restored["url"], "/y?key=beta");
        assert_eq!(restored["rawBody"], BASE64_STANDARD.encode("new beta"));
        assert_eq!(restored["list"], json!(["free", "alpha"]));
    }

    #[test]
    fn a_mark_that_nothing_tells_is_an_error_with_its_place() {
        let (redacted, shown) = pair();
        let mut edited = redacted.clone();
        edited["headers"]["X"] = "«redacted ffffff»".into();
        let error = restore(&edited, &redacted, &shown).unwrap_err();
        assert_eq!(error.path, ["headers", "X"]);
        assert_eq!(error.mark, "«redacted ffffff»");
        // One secret in two forms: left alone it is right, moved it is not known.
        let redacted = json!({"a": A, "b": A, "c": "x"});
        let shown = json!({"a": "s/1", "b": "s%2F1", "c": "x"});
        let mut edited = redacted.clone();
        edited["c"] = "y".into();
        assert_eq!(restore(&edited, &redacted, &shown).unwrap()["b"], "s%2F1");
        edited["c"] = A.into();
        assert!(restore(&edited, &redacted, &shown).is_err());
    }
}
