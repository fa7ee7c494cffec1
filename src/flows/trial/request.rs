//! The request that an API is tried with.

use std::collections::BTreeMap;

use crate::domain::task::Problem;
use crate::services::gateway::Request;

/// A request as a person gives it in parts: headers as `Name: value`.
pub fn request(
    method: &str,
    path: &str,
    headers: &[impl AsRef<str>],
    body: &str,
) -> Result<Request, Problem> {
    if method.is_empty() || !method.chars().all(|c| c.is_ascii_alphabetic()) {
        return Err(Problem::usage(format!("{method:?} is no method")).help("GET, POST, …"));
    }
    if let Some((path, _)) = path.split_once(['?', '#']) {
        return Err(Problem::usage("a Gateway cannot try a request with a query")
            .help(format!("leave it out: {path}")));
    }
    if path.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Problem::usage(format!("{path:?} is no path"))
            .help("write a space as %20; the path is below the listen path"));
    }
    let mut all = BTreeMap::<String, Vec<String>>::new();
    for header in headers {
        let (name, value) = named(header.as_ref())?;
        all.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    let slash = if path.starts_with('/') { "" } else { "/" };
    Ok(Request {
        method: method.to_ascii_uppercase(),
        path: format!("{slash}{path}"),
        headers: all,
        body: body.to_owned(),
    })
}

/// A request as HTTP has it: `POST /orders`, headers, an empty line, the body. `HTTP/1.1` may stand behind the path, and
/// lines may end in CR LF.
pub fn parse(text: &str) -> Result<Request, Problem> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim_start_matches('\n');
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end_matches('\n'), ""));
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default();
    let mut words = first.split_whitespace();
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return Err(Problem::usage("the request's first line is no method and path")
            .help("begin it as HTTP does: POST /orders"));
    };
    request(method, path, &lines.collect::<Vec<_>>(), body)
}

fn named(header: &str) -> Result<(&str, &str), Problem> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    match header.split_once(':') {
        Some((name, value)) if !name.is_empty() && name.chars().all(is_token) => {
            Ok((name, value.trim()))
        }
        // Not repeated: there may be a secret in it.
        _ => Err(Problem::usage("a header is not written as Name: value")
            .help("for example Content-Type: application/json")),
    }
}
