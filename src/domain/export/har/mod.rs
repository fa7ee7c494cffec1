//! HTTP Archive 1.2: the HTTP view of what was captured, an entry for each request.
//!
//! Source: the HAR 1.2 specification (J. Odvarko, 2012). What a Gateway does not tell its plugins is left at the value that
//! the specification has for it (-1), or said in a comment; members of our own begin with an underscore.

mod response;

use serde_json::{Value, json};

use super::chain::{Request, time};
use super::{Http, note};

/// The beginning of the document; entries follow, with commas between them.
pub(super) fn head() -> String {
    let creator = json!({ "name": "tyk-tui", "version": env!("CARGO_PKG_VERSION") });
    format!("{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"entries\":[")
}

/// Its end, with a word on the whole.
pub(super) fn tail(comment: Option<&str>) -> String {
    let comment = comment.map(|it| format!(",\"comment\":{}", json!(it))).unwrap_or_default();
    format!("\n]{comment}}}}}\n")
}

/// The entry of a request: what its first hook was sent, and what its last one fixed of the response.
pub(super) fn entry(of: &Request) -> Option<Value> {
    let (first, last) = (of.lines.first()?, of.lines.last()?);
    let http = Http::of(first)?;
    let took = |line: &Value| line["took_us"].as_u64().unwrap_or(0);
    let began = time(first)?;
    let until = time(last)?.duration_since(began).as_micros().max(0);
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a request, as milliseconds")]
    let wait = (until as f64 + took(last) as f64) / 1_000.0;
    let hook = |line: &Value| {
        json!({
            "seq": line["seq"], "hook": line["hook"], "name": line["name"], "outcome": line["outcome"],
            "rule": line["rule"], "took_us": line["took_us"],
        })
    };
    let mut entry = json!({
        "startedDateTime": first["at"],
        "time": wait,
        "request": request(&http),
        "response": response::response(decides(of)?),
        "cache": {},
        "timings": {
            "send": 0, "wait": wait, "receive": 0,
            "comment": "from the first hook's call to the last one's answer",
        },
        "_api": first["api"],
        "_dispatches": of.lines.iter().map(hook).collect::<Vec<_>>(),
    });
    let notes: Vec<&str> = of.lines.iter().filter_map(note).collect();
    if !notes.is_empty() {
        entry["comment"] = notes.join("; ").into();
    }
    Some(entry)
}

/// The line that fixed the response: the last, unless one before it fails at the upstream.
fn decides(of: &Request) -> Option<&Value> {
    let is_final = |line: &Value| {
        line["hook"] == "response"
            || line["outcome"] == "refused"
            || line["outcome"] == "overridden"
    };
    let last = of.lines.last()?;
    let failed = of.lines.iter().find(|line| line["outcome"] == "failed");
    Some(failed.filter(|_| !is_final(last)).unwrap_or(last))
}

fn request(http: &Http) -> Value {
    let url = escaped(&http.url);
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let query: Vec<Value> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let host = url.split('/').nth(2).unwrap_or_default();
    let mut headers = vec![json!({ "name": "Host", "value": host })];
    headers.extend(http.headers.iter().map(|(name, value)| pair(name, value)));
    let mut request = json!({
        "method": http.method,
        "url": url,
        // A Gateway does not tell.
        "httpVersion": "HTTP/1.1",
        "cookies": cookies(http.header("cookie").unwrap_or_default()),
        "headers": headers,
        "queryString": query,
        "headersSize": -1,
        "bodySize": http.body.len(),
    });
    if !http.body.is_empty() {
        request["postData"] = posted(http);
    }
    request
}

/// A body; HAR has a text for it alone, so bytes are base64, as programs that write HAR do it.
fn posted(http: &Http) -> Value {
    let mime = http.header("content-type").unwrap_or_default();
    let mut posted = content(&http.body, mime);
    if let Some(encoding) = posted.as_object_mut().and_then(|it| it.remove("encoding")) {
        posted["_encoding"] = encoding;
        posted["comment"] = "bytes that are no text, in base64".into();
    }
    posted
}

/// Bytes as text, or in base64.
fn content(bytes: &[u8], mime: &str) -> Value {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    match std::str::from_utf8(bytes) {
        Ok(text) => json!({ "mimeType": mime, "text": text }),
        Err(_) => {
            json!({ "mimeType": mime, "text": BASE64_STANDARD.encode(bytes), "encoding": "base64" })
        }
    }
}

fn pair(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

/// `a=b; c=d`.
fn cookies(header: &str) -> Vec<Value> {
    let each = header.split(';').map(str::trim).filter(|it| !it.is_empty());
    each.map(|it| {
        let (name, value) = it.split_once('=').unwrap_or((it, ""));
        pair(name, value)
    })
    .collect()
}

/// A URL as readers of HAR take it: what no URL may have is percent-encoded, as a mark that stands for a secret.
fn escaped(url: &str) -> String {
    use std::fmt::Write as _;
    let mut escaped = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}
