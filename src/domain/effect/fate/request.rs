//! Edits of `request` in the answer of a request hook.

use std::borrow::Cow;

use serde_json::Value;

use super::super::change::Change;
use super::super::{go_url, method, set_headers, url};
use super::{Said, Sides, headers, overrides, text};

/// No `request` at all.
pub(super) fn missing() -> Said {
    Said::breaks("the Gateway panics, and its client's connection drops")
        .fix("echo request, with its returnOverrides")
}

/// An edit at a path within `request`.
pub(super) fn of(sides: &Sides<'_>, path: &[&str], change: &Change) -> Vec<Said> {
    if let ["returnOverrides", rest @ ..] = path {
        return vec![overrides::of(sides, rest, change)];
    }
    if *path == ["body"] && sides.trimmed && change.after.is_none() {
        return Vec::new();
    }
    if sides.code > 0 && !(*path == ["url"] && breaks(sides, change).is_some()) {
        return vec![Said::ignored(
            "the answer ends the request here: nothing goes to the upstream",
        )];
    }
    let said = match path {
        ["setHeaders", name] => set_header(sides, name, change),
        ["deleteHeaders", name] => delete_header(sides, name, change),
        ["headers", name] => {
            Said::ignored("headers is what came; it is not read").fix(if change.after.is_some() {
                format!("put it into setHeaders: {name}")
            } else {
                format!("name it in deleteHeaders: {name}")
            })
        }
        ["rawBody"] => match change.after {
            Some(_) => Said::applied("the upstream gets this body"),
            None => Said::applied("the upstream gets an empty body")
                .fix("echo rawBody, unless it is to be empty"),
        },
        ["body"] => body(sides),
        // With a rewrite in force params are edited in the URL that came, and its target is taken instead
        // (`ObjectPostProcess`, gateway/coprocess.go; `DummyProxyHandler`, gateway/api_loader.go).
        ["addParams" | "deleteParams", _] if is_rewritten(sides) => {
            Said::ignored("a URL rewrite is in force, and its target goes to the upstream")
                .fix("write the query into url")
        }
        ["addParams", _] => match change.after {
            Some(_) => Said::applied(anew(
                sides,
                "replaces all values of that name; the query is written anew, sorted",
            )),
            None => Said::ignored("it was to be added before; only what is there now is"),
        },
        ["deleteParams", name] => delete_param(sides, name, change),
        // `ObjectPostProcess` (gateway/coprocess.go) reads addParams and deleteParams alone.
        ["params" | "extendedParams", ..] => Said::ignored("params is what came; it is not read")
            .fix("put it into addParams, or name it in deleteParams"),
        ["url"] => return of_url(sides, change),
        ["method"] => match change.after.as_ref().and_then(Value::as_str) {
            Some(it) if method::bad(it).is_some() => {
                Said::breaks("500: no request can have such a method").fix("one word, as PUT")
            }
            // `net/http` writes such a request as one to a proxy.
            Some("CONNECT") => Said::applied(
                "the upstream gets this method, and the target's host in the place of path and query",
            ),
            Some(_) => Said::applied("the upstream gets this method"),
            None => Said::ignored("an empty method leaves the original one"),
        },
        // requestUri and scheme: `ObjectPostProcess` (gateway/coprocess.go) reads neither.
        _ => Said::ignored("the Gateway does not read it back"),
    };
    vec![said]
}

fn set_header(sides: &Sides<'_>, name: &str, change: &Change) -> Said {
    let value = change.after.as_ref().and_then(Value::as_str);
    let Some(value) = value else { return Said::ignored("it is not set any more") };
    if let Some(bad) = set_headers::bad(name, value) {
        return Said::breaks(format!("500: {bad}")).fix("a header holds one line of text");
    }
    // `Header.Set` makes both the same name, and Go walks a map in no order.
    let set = sides.answer.pointer("/request/setHeaders").and_then(Value::as_object);
    let twice = set.is_some_and(|set| {
        set.iter().any(|(other, it)| {
            other != name && other.eq_ignore_ascii_case(name) && Some(it) != change.after.as_ref()
        })
    });
    if twice {
        return Said::depends(
            "depends on chance: the same header is set twice, to different values",
        )
        .fix("set it once: names of headers know no case");
    }
    headers::of_request(sides, name, value).unwrap_or_else(|| Said::applied("the upstream gets it"))
}

fn delete_header(sides: &Sides<'_>, name: &str, change: &Change) -> Said {
    let set = sides.answer.pointer("/request/setHeaders").and_then(Value::as_object);
    let again = set.is_some_and(|set| set.keys().any(|key| key.eq_ignore_ascii_case(name)));
    match (&change.after, again) {
        (None, _) => Said::ignored("it is not deleted any more"),
        (Some(_), true) => Said::ignored("setHeaders comes after, and sets it again"),
        (Some(_), false) => {
            headers::deleted(name).unwrap_or_else(|| Said::applied("the upstream does not get it"))
        }
    }
}

fn delete_param(sides: &Sides<'_>, name: &str, change: &Change) -> Said {
    let again = sides.answer["request"]["addParams"].get(name).is_some();
    match (&change.after, again) {
        (None, _) => Said::ignored("it is not deleted any more"),
        (Some(_), true) => Said::ignored("addParams comes after, and sets it again"),
        (Some(_), false) => Said::applied(anew(
            sides,
            "the upstream does not get it; the query is written anew, sorted",
        )),
    }
}

/// What is said of an edit with which the query is written anew: Go's parser leaves out pairs with a `;`, and those whose
/// escapes it cannot read (`url.Values`).
fn anew(sides: &Sides<'_>, said: &'static str) -> Cow<'static, str> {
    let query = text(sides.sent, "/request/url").split_once('?').map_or("", |(_, query)| query);
    if query
        .split('&')
        .any(|pair| pair.contains(';') || go_url::parse(&format!("/{pair}")).is_err())
    {
        return format!("{said}, and loses what has ; or a bad % in it").into();
    }
    said.into()
}

/// `body` is never read; where `rawBody` was edited with it, nothing is missing.
fn body(sides: &Sides<'_>) -> Said {
    let said = Said::ignored("the Gateway takes the body from rawBody");
    let raw = |side: &Value| side.pointer("/request/rawBody").cloned();
    if raw(sides.sent) == raw(sides.answer) {
        return said.fix("put the bytes into rawBody too (base64 in JSON)");
    }
    said
}

/// Why the Gateway answers 500 to a url.
fn breaks(sides: &Sides<'_>, change: &Change) -> Option<Said> {
    let to = change.after.as_ref().and_then(Value::as_str).unwrap_or_default();
    if let Err(error) = go_url::parse(to) {
        let said = Said::breaks(format!("500 Middleware error: {error}"));
        return Some(said.fix("a path as /path, or an absolute URL"));
    }
    (is_rewritten(sides) && !url::is_absolute(to)).then(|| {
        Said::breaks("500: a URL rewrite is in force, and this is not absolute")
            .fix("write the whole target: scheme, host, path and query")
    })
}

fn is_rewritten(sides: &Sides<'_>) -> bool {
    url::is_absolute(text(sides.sent, "/request/url"))
        && !url::is_absolute(text(sides.sent, "/request/requestUri"))
}

/// Path and query part ways.
fn of_url(sides: &Sides<'_>, change: &Change) -> Vec<Said> {
    if let Some(said) = breaks(sides, change) {
        return vec![said];
    }
    if is_rewritten(sides) {
        return vec![Said::applied("replaces the whole target, as a URL rewrite is in force")];
    }
    let of = |value: &Option<Value>| {
        value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let (from, to) = (of(&change.before), of(&change.after));
    // Go has what stands after a scheme's colon as it is, and sends it in the place of a path (`url.URL`, `Opaque`).
    if let Some((scheme, rest)) = to.split_once(':')
        && !scheme.contains('/')
        && !rest.starts_with('/')
    {
        let said = "the upstream gets what stands after the colon in the place of a path";
        return vec![Said::applied(said).fix("a path as /path, or an absolute URL")];
    }
    let ((from_host, from_path, from_query), (to_host, to_path, to_query)) =
        (split(&from), split(&to));
    let mut said = Vec::new();
    if to_host != from_host && !to_host.is_empty() {
        // The proxy's director (gateway/reverse_proxy.go) writes the target's over it.
        said.push(
            Said::ignored("its host is ignored: the request goes to the API's own target")
                .fix("set the target in the API definition, or rewrite the URL there"),
        );
    }
    if from_path != to_path {
        said.push(Said::applied(anew(
            sides,
            "its path replaces the path, without the listen path where that is stripped; the original query stays, written \
             anew and sorted where the url has another",
        )));
    }
    if to_query != from_query && !to_query.is_empty() {
        said.push(
            Said::ignored("its query is ignored: the original one is put back")
                .fix("use addParams and deleteParams"),
        );
    }
    if said.is_empty() {
        // The query was left out, which changes nothing but its order.
        said.push(Said::ignored("the original query is put back").fix("use deleteParams"));
    }
    said
}

/// Scheme and host, path, and query of a URL.
fn split(url: &str) -> (&str, &str, &str) {
    let (rest, query) = url.split_once('?').unwrap_or((url, ""));
    let Some(at) = rest.find("://").filter(|_| url::is_absolute(rest)) else {
        return ("", rest, query);
    };
    let end = rest[at + 3..].find('/').map_or(rest.len(), |slash| at + 3 + slash);
    (&rest[..end], &rest[end..], query)
}
