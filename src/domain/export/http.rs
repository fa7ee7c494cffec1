//! The HTTP request that a Dispatch is about, as far as its Object says it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

/// An HTTP request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// Its method.
    pub method: String,
    /// Scheme, host, path and query.
    pub url: String,
    /// Its headers: of each name the first value, as a Gateway has no other. `Host` is among them only where it is not
    /// the URL's.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Http {
    /// The request in a line of `--json`; `None` where there is none, as of an event.
    pub fn of(line: &Value) -> Option<Self> {
        let request = line.pointer("/request/request")?;
        let text = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default();
        let method = text("method");
        if line.get("kind").is_some_and(|kind| kind != "dispatch") || method.is_empty() {
            return None;
        }
        let all = headers(request);
        let host = all.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
        let url = text("url");
        let url = if is_absolute(url) {
            url.to_owned()
        } else {
            let scheme = if text("scheme").is_empty() { "http" } else { text("scheme") };
            // A client of HTTP/1.0 need not name one.
            let host = host.map_or("localhost", |(_, host)| host);
            let slash = if url.starts_with('/') { "" } else { "/" };
            format!("{scheme}://{host}{slash}{url}")
        };
        // Of an absolute URL, as response hooks have it, the host is the upstream's, which sees its own.
        let others = all.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host"));
        let headers = others.cloned().collect();
        Some(Self { method: method.to_owned(), url, headers, body: body(request) })
    }

    /// A header's value; names are compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// The headers of a request, or of overrides.
pub(super) fn headers(of: &Value) -> Vec<(String, String)> {
    let entries = of.get("headers").and_then(Value::as_object).into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    entries.map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The bytes of a request's or a response's body: `rawBody` is the one that counts, `body` may be left out of it.
pub(super) fn body(of: &Value) -> Vec<u8> {
    let text = |name: &str| of.get(name).and_then(Value::as_str);
    match text("rawBody") {
        Some(bytes) => BASE64_STANDARD.decode(bytes).unwrap_or_default(),
        None => text("body").unwrap_or_default().into(),
    }
}

fn is_absolute(url: &str) -> bool {
    let before = url.find(['?', '#', '/']).unwrap_or(url.len());
    url[..before].ends_with(':') && url[before..].starts_with("//")
}
