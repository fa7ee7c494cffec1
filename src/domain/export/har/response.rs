//! What the last hook fixed of the response: a response hook's answer is it, an override is it, else nobody saw it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::super::http::{body, headers};
use super::{content, pair};
use crate::domain::effect::has_no_body;

/// The response of a request whose last hook this is.
pub(super) fn response(last: &Value) -> Value {
    let status = last["status"].as_u64();
    let answer = &last["reply"]["response"];
    let overrides = &last["reply"]["request"]["returnOverrides"];
    match (last["hook"].as_str(), last["outcome"].as_str()) {
        (_, Some("failed")) => {
            let why = last["error"].as_str().unwrap_or_default();
            let what = match &last["reply"] {
                Value::Null => "the plugin's call failed",
                _ => "the request fails by the plugin's answer",
            };
            made(status, &[], None, &format!("{what}: {why}"))
        }
        (Some("response"), _) if answer.is_object() => {
            of_answer(&last["request"]["response"], answer)
        }
        (_, Some("overridden" | "refused")) if status.is_some() => {
            of_overrides(status, last, overrides)
        }
        _ => made(None, &[], None, "not known: no response hook saw it"),
    }
}

/// The Gateway clears the upstream's headers, and takes those of the answer.
fn of_answer(sent: &Value, answer: &Value) -> Value {
    let multi = answer["multivalueHeaders"].as_array();
    let each = multi.into_iter().flatten().flat_map(|header| {
        let name = header["key"].as_str().unwrap_or_default();
        let values = header["values"].as_array().into_iter().flatten();
        values.map(move |value| (name.to_owned(), value.as_str().unwrap_or_default().to_owned()))
    });
    let mut all: Vec<(String, String)> = each.collect();
    let single = headers(answer);
    // Where a plugin changed `headers`, they are synced: the first value replaced, what is missing removed, what is new
    // added. Else the others are used as they are.
    if single != headers(sent) {
        all.retain(|(name, _)| single.iter().any(|(other, _)| other == name));
        for (name, value) in single {
            match all.iter_mut().find(|(other, _)| *other == name) {
                Some(first) => first.1 = value,
                None => all.push((name, value)),
            }
        }
    }
    let bytes = body(answer);
    // Informational statuses are followed by 200, which is all that comes of 101.
    let status = answer["statusCode"].as_u64().map(|status| status.max(200));
    made(status, &all, Some(&bytes), "")
}

/// What a Gateway makes of overrides.
fn of_overrides(status: Option<u64>, last: &Value, overrides: &Value) -> Value {
    // A line break in a value becomes a space.
    let unbroken = |(name, value): (String, String)| {
        (name, value.replace(['\r', '\n'], " ").trim().to_owned())
    };
    let mut all: Vec<_> = headers(overrides).into_iter().map(unbroken).collect();
    let text = |name: &str| overrides[name].as_str().filter(|it| !it.is_empty());
    let is_error = status.is_some_and(|it| it >= 400) && overrides["overrideError"] != true;
    if !is_error {
        // `response_error` overwrites `response_body`.
        let said = text("responseError").or(text("responseBody")).unwrap_or_default();
        return made(status, &all, Some(said.as_bytes()), "");
    }
    let request = headers(&last["request"]["request"]);
    let asked = request.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if overrides["responseCode"].as_i64().unwrap_or(0) < 400
        || asked.is_some_and(|(_, value)| value.contains("xml"))
    {
        return made(status, &all, None, "the Gateway's own body");
    }
    let said = text("responseError").or(text("responseBody")).unwrap_or("Key not authorised");
    all.push(("Content-Type".into(), "application/json".into()));
    all.push(("X-Generator".into(), "tyk.io".into()));
    let said = format!("{{\n    \"error\": \"{}\"\n}}", js_escaped(said));
    made(status, &all, Some(said.as_bytes()), "the body is of the Gateway's own template")
}

/// A text as the Gateway's template has it: Go's `template.JSEscapeString`, in which `'` is no JSON.
fn js_escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '\'' | '"' => escaped.extend(['\\', c]),
            '<' | '>' | '&' | '=' | '\0'..='\x1f' => {
                // Writing to a text does not fail.
                let _ = write!(escaped, "\\u{:04X}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A response; without a status nobody knows one, which programs write as 0.
fn made(
    status: Option<u64>,
    headers: &[(String, String)],
    body: Option<&[u8]>,
    comment: &str,
) -> Value {
    let header = |name: &str| {
        let found = headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str())
    };
    let is_empty = status.and_then(|status| u16::try_from(status).ok()).is_some_and(has_no_body);
    let body = body.map(|body| if is_empty { &body[..0] } else { body });
    let mut content = match body {
        Some(bytes) => content(bytes, header("content-type")),
        None => json!({ "mimeType": "" }),
    };
    content["size"] = body.map_or(0, <[u8]>::len).into();
    let cookies = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let cookies = cookies.filter_map(|(_, value)| super::cookies(value).into_iter().next());
    let mut made = json!({
        "status": status.unwrap_or(0),
        "statusText": reason(status),
        "httpVersion": "HTTP/1.1",
        "cookies": cookies.collect::<Vec<_>>(),
        "headers": headers.iter().map(|(name, value)| pair(name, value)).collect::<Vec<_>>(),
        "content": content,
        "redirectURL": header("location"),
        "headersSize": -1,
        "bodySize": body.map_or(-1, |bytes| i64::try_from(bytes.len()).unwrap_or(-1)),
    });
    if !comment.is_empty() {
        made["comment"] = comment.into();
    }
    made
}

/// The words that HTTP has for a status.
fn reason(status: Option<u64>) -> &'static str {
    let status = status.and_then(|it| u16::try_from(it).ok());
    let status = status.and_then(|it| http::StatusCode::from_u16(it).ok());
    status.and_then(|it| it.canonical_reason()).unwrap_or_default()
}
