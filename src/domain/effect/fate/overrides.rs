//! Edits of `request.return_overrides` in the answer of a request hook.

use serde_json::Value;

use super::super::change::Change;
use super::super::overrides::{has_no_body, writable};
use super::super::set_headers::is_token;
use super::{Said, Sides, text};

/// An edit at a path within `returnOverrides`.
pub(super) fn of(sides: &Sides<'_>, path: &[&str], change: &Change) -> Said {
    let own = sides.answer.pointer("/request/returnOverrides/overrideError");
    let own = own == Some(&Value::Bool(true));
    match path {
        [] if change.after.is_none() => {
            Said::breaks("the Gateway panics, and its client's connection drops")
                .fix("echo returnOverrides, empty or not")
        }
        ["responseCode"] => code(sides.code, own),
        _ if sides.code <= 0 => {
            Said::ignored("without a responseCode above 0 nothing is overridden")
                .fix("set responseCode")
        }
        [] => Said::applied("the client gets this answer"),
        ["headers", name] => match &change.after {
            Some(value) => header(sides, name, value.as_str().unwrap_or_default(), own),
            None => Said::ignored("it is not set any more"),
        },
        ["overrideError"] if sides.code < 400 => {
            Said::ignored("a code below 400 sends responseBody as it is in any case")
        }
        ["overrideError"] => {
            Said::applied("responseBody is sent as it is, not in the error template")
        }
        ["responseError" | "responseBody"]
            if change.after.is_some() && bodyless(sides).is_some() =>
        {
            Said::ignored(bodyless(sides).unwrap_or_default())
        }
        ["responseError"] if sides.code >= 400 && !own => in_template(sides, change),
        // It overwrites the body before the Gateway looks which of them it sends.
        ["responseError"] => Said::applied("overwrites responseBody, as which the client gets it"),
        ["responseBody"] if error(sides) => {
            Said::ignored("responseError overwrites it").fix("set one of them")
        }
        ["responseBody"] if sides.code >= 400 && !own => in_template(sides, change),
        ["responseBody"] => Said::applied("the client gets it as it is"),
        _ => Said::ignored("the Gateway does not read it"),
    }
}

fn error(sides: &Sides<'_>) -> bool {
    !text(sides.answer, "/request/returnOverrides/responseError").is_empty()
}

/// Why the client gets no body, where it gets none: neither Go's server nor HTTP has one there.
fn bodyless(sides: &Sides<'_>) -> Option<String> {
    let code = i32::try_from(sides.code).ok().and_then(writable)?;
    if has_no_body(code) {
        return Some(format!("an answer with {code} has no body"));
    }
    (text(sides.sent, "/request/method") == "HEAD")
        .then(|| "an answer to HEAD has no body".to_owned())
}

/// A text that goes into the Gateway's error template. Source: `writeTemplateErrorResponse` (`gateway/handler_error.go`), which
/// escapes as scripts are (`\'` is no JSON) and leaves a text in XML as it is.
fn in_template(sides: &Sides<'_>, change: &Change) -> Said {
    let text = change.after.as_ref().and_then(Value::as_str).unwrap_or_default();
    match (is_xml(sides), text.contains('\''), text.contains(['<', '&'])) {
        (true, _, true) => Said::applied(
            "the client gets it in the Gateway's template of XML, not escaped: < and & break that",
        )
        .fix("no < and &, or overrideError and a whole responseBody"),
        (false, true, _) => Said::applied(
            "the client gets it, in the Gateway's error template, with \\' for ', which is no JSON",
        )
        .fix("no ', or overrideError and a whole responseBody"),
        _ => Said::applied("the client gets it, in the Gateway's error template"),
    }
}

/// Whether the Gateway's error is XML: by the request's `Content-Type`, as it is after the answer's own edits.
fn is_xml(sides: &Sides<'_>) -> bool {
    let of = sides.header("content-type").unwrap_or_default();
    let of = of.split(';').next().unwrap_or_default();
    matches!(of, "application/xml" | "text/xml" | "application/soap+xml")
}

/// A header of the answer that ends the request. What is said of those that Go's server writes itself was recorded
/// (`override-own-…`).
fn header(sides: &Sides<'_>, name: &str, value: &str, own: bool) -> Said {
    if !is_token(name) {
        return Said::ignored("Go's server sends no header of such a name");
    }
    let in_template = sides.code >= 400 && !own;
    let code = i32::try_from(sides.code).ok().and_then(writable).unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        // `writeTemplateErrorResponse` (gateway/handler_error.go) sets it after the plugin's headers.
        "content-type" if in_template => {
            Said::ignored("the Gateway's error template has a Content-Type of its own")
                .fix("set overrideError, and responseBody")
        }
        "content-type" if code == 304 => Said::ignored("an answer with 304 has no body"),
        "content-length" | "transfer-encoding" if has_no_body(code) => {
            Said::ignored("an answer of that status has no body")
        }
        "content-length" => length(sides, value, in_template),
        "transfer-encoding" if matches!(value, "chunked" | "identity") => {
            Said::ignored("Go's server writes it by the body")
        }
        "transfer-encoding" => {
            Said::breaks("Go's server adds its own to it, and clients cannot read the answer")
                .fix("leave it out")
        }
        "connection" if value != "close" => {
            Said::depends("depends on the client: Go's server writes close where it closes")
        }
        _ if value.contains(['\r', '\n']) => {
            Said::applied("the client gets it, with a space for each line break")
        }
        _ => Said::applied("the client gets it"),
    }
}

/// `Content-Length` of an answer: Go's server takes the plugin's word, and then sends no byte more than that.
fn length(sides: &Sides<'_>, value: &str, in_template: bool) -> Said {
    let Some(length) = value.parse::<i64>().ok().filter(|length| *length >= 0) else {
        return Said::ignored("Go's server writes it by the body, as this is no length");
    };
    let of = if error(sides) { "responseError" } else { "responseBody" };
    let body = text(sides.answer, &format!("/request/returnOverrides/{of}")).len();
    if text(sides.sent, "/request/method") == "HEAD"
        || !in_template && usize::try_from(length) == Ok(body)
    {
        return Said::applied("the client gets it");
    }
    Said::breaks("the body has another length: Go's server breaks the answer off")
        .fix("leave it out: Go's server counts")
}

fn code(code: i64, own: bool) -> Said {
    let is_status = i32::try_from(code).ok().and_then(writable).is_some();
    match code {
        ..=0 => Said::ignored("-1 and 0 go on alike"),
        _ if !is_status => {
            Said::breaks("the Gateway panics: this is no status").fix("a code from 100 to 999")
        }
        // `net/http` sends an informational status and then one of its own; 101 alone is final.
        100 | 102..=199 => {
            Said::ignored("the client gets it as an informational answer, and 200 then")
                .fix("a code from 200 to 999")
        }
        400.. if !own => Said::applied("ends the request with this status; no later hook runs"),
        _ => Said::applied(
            "ends the request with this status; no later hook runs, nor a response hook",
        ),
    }
}
