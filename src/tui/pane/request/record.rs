//! A request made of a Dispatch: what the Gateway was sent, as far as the Dispatch says it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::Draft;
use crate::domain::redact::MARK;
use crate::domain::request::{Body, Header, Request};

/// Headers that whoever sends writes anew.
const ANEW: [&str; 9] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "accept-encoding",
    "user-agent",
    "traceparent",
    "tracestate",
    "x-tyk-tui-request",
];

impl Draft {
    /// The request of a record, as its JSON shows it, and what of it is hidden there and so left out.
    pub(crate) fn of_record(record: &Value) -> Result<(Self, Vec<String>), &'static str> {
        if record["hook"] == "response" {
            return Err("a response hook is sent the upstream's URL: take a hook before it");
        }
        let sent = &record["request"]["request"];
        let (Some(method), Some(url)) = (sent["method"].as_str(), sent["url"].as_str()) else {
            return Err("there is no request in it");
        };
        let mut left_out = Vec::new();
        let mut headers = Vec::new();
        for (name, value) in sent["headers"].as_object().into_iter().flatten() {
            let value = value.as_str().unwrap_or_default();
            if ANEW.iter().any(|anew| name.eq_ignore_ascii_case(anew)) {
                continue;
            }
            match Header::new(name, value) {
                Ok(header) if !value.contains(MARK) => headers.push(header),
                _ => left_out.push(name.clone()),
            }
        }
        if url.contains(MARK) {
            left_out.push("a part of the URL".to_owned());
        }
        let body = sent["rawBody"].as_str().and_then(|body| BASE64_STANDARD.decode(body).ok());
        let body = match body {
            Some(body) if String::from_utf8_lossy(&body).contains(MARK) => {
                left_out.push("the body".to_owned());
                Body::None
            }
            Some(body) if !body.is_empty() => Body::Given(body),
            _ => Body::None,
        };
        let request = Request {
            method: method.to_owned(),
            url: url.to_owned(),
            headers,
            body,
            ..Request::default()
        };
        Ok((Self::of(request), left_out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_hidden_is_left_out_and_said() {
        let record = json!({"hook": "pre", "request": {"request": {
            "method": "POST",
            "url": "/orders?a=b",
            "headers": {"Host": "x", "Authorization": "«redacted 123456»", "X-A": "1"},
            "rawBody": BASE64_STANDARD.encode("{}"),
        }}});
        let (draft, left_out) = Draft::of_record(&record).unwrap();
        assert_eq!(left_out, ["Authorization"]);
        let request = draft.request;
        assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "/orders?a=b"));
        assert_eq!(request.headers, [Header::new("X-A", "1").unwrap()]);
        assert_eq!(request.body, Body::Given(b"{}".to_vec()));
        assert!(Draft::of_record(&json!({"hook": "response"})).is_err());
        assert!(Draft::of_record(&json!({"hook": "event"})).is_err());
    }
}
