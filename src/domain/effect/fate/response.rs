//! Edits of `response` in the answer of a response hook.

use serde_json::Value;

use super::super::change::Change;
use super::super::overrides::{has_no_body, writable};
use super::{Said, Sides, headers};

/// An edit at a path within `response`.
pub(super) fn of(sides: &Sides<'_>, path: &[&str], change: &Change) -> Vec<Said> {
    if *path == ["body"] && sides.trimmed && change.after.is_none() {
        return Vec::new();
    }
    let said = match path {
        [] => match &change.after {
            None => Said::breaks("500 Middleware error: a response hook's answer needs response")
                .fix("echo response"),
            Some(response) => status(response.get("statusCode"), "the client gets this response"),
        },
        ["statusCode"] => status(change.after.as_ref(), "the client gets this status"),
        ["rawBody"] if change.after.is_some() && no_body(sides).is_some() => {
            Said::ignored(no_body(sides).unwrap_or_default())
        }
        ["rawBody"] => match change.after {
            Some(_) => Said::applied("the client gets this body"),
            None => Said::applied("the client gets an empty body")
                .fix("echo rawBody, unless it is to be empty"),
        },
        ["body"] => {
            let said = Said::ignored("the Gateway takes the body from rawBody");
            let raw = |side: &Value| side.pointer("/response/rawBody").cloned();
            if raw(sides.sent) == raw(sides.answer) {
                said.fix("put the bytes into rawBody too (base64 in JSON)")
            } else {
                said
            }
        }
        ["headers", name] => match (own(sides, name, change), &change.after) {
            (Some(said), _) => said,
            (None, Some(_)) => {
                Said::applied("the client gets it; of several values it replaces the first")
            }
            (None, None) => Said::applied("the client does not get it"),
        },
        ["multivalueHeaders", name] => multivalue(sides, name, change),
        _ => Said::ignored("the Gateway does not read it"),
    };
    vec![said]
}

/// What a status decides; `applied` is said of one that the client gets.
fn status(code: Option<&Value>, applied: &str) -> Said {
    let code = code.and_then(Value::as_i64).unwrap_or(0);
    match i32::try_from(code).ok().and_then(writable) {
        Some(100 | 102..=199) => {
            Said::ignored("the client gets it as an informational answer, and 200 then")
                .fix("a code from 200 to 999")
        }
        // `HandleResponse` (gateway/reverse_proxy.go) writes no 101, and the body goes out with 200.
        Some(101) => Said::ignored("the Gateway does not write it: the client gets 200")
            .fix("a code from 200 to 999"),
        Some(304) => {
            Said::applied(format!("{applied}, and no body nor Content-Type: 304 has none"))
        }
        Some(code) if has_no_body(code) => {
            Said::applied(format!("{applied}, and no body: {code} has none"))
        }
        Some(_) => Said::applied(applied.to_owned()),
        None => Said::breaks("the Gateway panics: this is no status").fix("a code from 100 to 999"),
    }
}

/// Why the client gets no body, where it gets none.
fn no_body(sides: &Sides<'_>) -> Option<String> {
    let code = code(sides).filter(|code| *code != 101 && has_no_body(*code))?;
    Some(format!("an answer with {code} has no body"))
}

/// The status of the answer.
fn code(sides: &Sides<'_>) -> Option<u16> {
    let code = sides.answer.pointer("/response/statusCode").and_then(Value::as_i64)?;
    u16::try_from(code).ok()
}

/// The values of a header, as `multivalueHeaders` has them.
fn values(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Where `headers` was edited too, it has the last word: what is not in it is removed, and its value stands in the place of
/// the first (`syncHeadersAndMultiValueHeaders` in gateway/coprocess.go).
fn multivalue(sides: &Sides<'_>, name: &str, change: &Change) -> Said {
    let headers = |side: &Value| side.pointer("/response/headers").cloned().unwrap_or_default();
    let edited = headers(sides.sent) != headers(sides.answer);
    let has = headers(sides.answer).get(name).is_some();
    match (&change.after, edited, own(sides, name, change)) {
        (Some(_), true, _) if !has => {
            Said::ignored("headers was edited too, and what is not in it is removed")
                .fix("put it into headers as well")
        }
        (None, true, None) if has && values(change.before.as_ref()).len() > 1 => {
            Said::applied("headers was edited too, and has it: the client gets that value alone")
                .fix("echo multivalueHeaders, unless the other values are to go")
        }
        (None, true, _) if has => Said::ignored("headers was edited too, and has it"),
        (Some(_), _, Some(said)) => said,
        (Some(_), true, None) if is_first_alone(change) => {
            Said::ignored("headers was edited too, and its value takes the place of the first")
                .fix("put it into headers as well")
        }
        (Some(_), true, None) => {
            Said::applied("the client gets these values, the first of them from headers")
        }
        (Some(_), false, None) => Said::applied("the client gets these values"),
        (None, _, said) => said
            .unwrap_or_else(|| Said::applied("the client does not get it"))
            .fix("echo multivalueHeaders, unless it is to go"),
    }
}

/// Whether only the first value of a header is another.
fn is_first_alone(change: &Change) -> bool {
    let rest = |value: Option<&Value>| values(value).get(1..).unwrap_or_default().to_vec();
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    !values(after).is_empty() && rest(before) == rest(after)
}

/// What is said of a header in either form, where it is not simply applied.
fn own(sides: &Sides<'_>, name: &str, change: &Change) -> Option<Said> {
    // `net/http`'s server leaves it out.
    if change.after.is_some()
        && name.eq_ignore_ascii_case("content-type")
        && code(sides) == Some(304)
    {
        return Some(Said::ignored("an answer with 304 has no body, nor a Content-Type"));
    }
    let is_there = change.after.as_ref().is_some_and(|it| it != &Value::Array(Vec::new()));
    headers::of_response(name, is_there).or_else(|| {
        let breaks = |value: &Value| value.as_str().is_some_and(|it| it.contains(['\r', '\n']));
        let broken = match change.after.as_ref()? {
            Value::Array(values) => values.iter().any(breaks),
            value => breaks(value),
        };
        // As `net/http`'s server writes it (`headerNewlineToSpace`).
        broken.then(|| Said::applied("the client gets it, with a space for each line break"))
    })
}
