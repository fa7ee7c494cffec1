//! Edits of `request.return_overrides` in the answer of a request hook.

use serde_json::Value;

use super::super::change::Change;
use super::super::overrides::writable;
use super::super::set_headers::is_token;
use super::{Said, Sides};

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
        // `writeTemplateErrorResponse` (gateway/handler_error.go) sets it after the plugin's headers.
        ["headers", name]
            if sides.code >= 400 && !own && name.eq_ignore_ascii_case("content-type") =>
        {
            Said::ignored("the Gateway's error template has a Content-Type of its own")
                .fix("set overrideError, and responseBody")
        }
        ["headers", name] => match &change.after {
            Some(Value::String(value)) if value.contains(['\r', '\n']) => {
                Said::applied("the client gets it, with a space for each line break")
            }
            Some(_) if !is_token(name) => {
                Said::ignored("Go's server sends no header of such a name")
            }
            Some(_) => Said::applied("the client gets it"),
            None => Said::ignored("it is not set any more"),
        },
        ["overrideError"] if sides.code < 400 => {
            Said::ignored("a code below 400 sends responseBody as it is in any case")
        }
        ["overrideError"] => {
            Said::applied("responseBody is sent as it is, not in the error template")
        }
        ["responseError"] if sides.code >= 400 && !own => {
            Said::applied("the client gets it, in the Gateway's error template")
        }
        // It overwrites the body before the Gateway looks which of them it sends.
        ["responseError"] => Said::applied("overwrites responseBody, as which the client gets it"),
        ["responseBody"] if error(sides) => {
            Said::ignored("responseError overwrites it").fix("set one of them")
        }
        ["responseBody"] if sides.code >= 400 && !own => {
            Said::applied("the client gets it, in the Gateway's error template")
        }
        ["responseBody"] => Said::applied("the client gets it as it is"),
        _ => Said::ignored("the Gateway does not read it"),
    }
}

fn error(sides: &Sides<'_>) -> bool {
    let error = sides.answer.pointer("/request/returnOverrides/responseError");
    error.and_then(Value::as_str).is_some_and(|error| !error.is_empty())
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
