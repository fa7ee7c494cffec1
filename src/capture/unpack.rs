//! Bodies that came compressed, as they are without that: the same record, its bodies inflated before the view sees them, so
//! that what is secret in them is hidden as in any body.

use bytes::Bytes;
use prost::Message as _;
use serde_json::Value;

use super::{Kind, Record, line};
use crate::domain::encoding::{Plain, plain};
use crate::domain::object::View;
use crate::domain::object::coprocess::Object;

/// A record whose bodies were inflated.
#[derive(Debug)]
pub struct Unpacked {
    /// As [`line::to_json`] has it.
    pub document: Value,
    /// What was done to each body, by its place in the document (`/request/response`); the bytes are there.
    pub said: Vec<(&'static str, Plain)>,
}

/// The places of bodies in a document.
const PLACES: [[&str; 2]; 2] =
    [["/request/request", "/request/response"], ["/reply/request", "/reply/response"]];

/// Whether a body of the record has an encoding.
pub fn is_packed(record: &Record) -> bool {
    objects(record).iter().flatten().any(|object| {
        let [request, response] = bodies(object);
        [request, response].into_iter().flatten().any(|(encoding, body)| {
            // Of a few bytes: what they inflate to is not of interest here.
            plain(encoding, &body[..body.len().min(16)]).is_some()
        })
    })
}

/// The record with its bodies inflated; `None` where none has an encoding.
pub fn unpacked(record: &Record, view: &dyn View) -> Option<Unpacked> {
    let mut said = Vec::new();
    let mut exchange = record.exchange.clone();
    let same =
        exchange.request.is_some() && exchange.request.as_ref() == exchange.reply.as_ref().ok();
    for (side, object) in objects(record).into_iter().enumerate() {
        let Some(mut object) = object else { continue };
        if side == 1 && same {
            // It is the same, and so is what becomes of it.
            if let Some(request) = exchange.request.clone() {
                exchange.reply = Ok(request);
            }
            continue;
        }
        let found =
            bodies(&object).map(|body| body.and_then(|(encoding, body)| plain(encoding, body)));
        let mut changed = false;
        for (part, found) in found.into_iter().enumerate() {
            let Some(mut found) = found else { continue };
            if let Some(bytes) = found.bytes.take() {
                put(&mut object, part, bytes);
                changed = true;
            }
            said.push((PLACES[side][part], found));
        }
        if changed {
            let bytes = Bytes::from(object.encode_to_vec());
            match side {
                0 => exchange.request = Some(bytes),
                _ => exchange.reply = Ok(bytes),
            }
        }
    }
    if said.is_empty() {
        return None;
    }
    let record = Record { row: record.row.clone(), exchange, error: record.error.clone() };
    Some(Unpacked { document: line::to_json(&record, view), said })
}

/// Both sides of a Dispatch; what cannot be read has no bodies.
fn objects(record: &Record) -> [Option<Object>; 2] {
    if record.row.kind != Kind::Dispatch {
        return [None, None];
    }
    let exchange = &record.exchange;
    [exchange.request.as_deref(), exchange.reply.as_deref().ok()]
        .map(|side| Object::decode(side?).ok())
}

/// What `Content-Encoding` says, and the body, of the request and of the response.
fn bodies(object: &Object) -> [Option<(Option<&str>, &[u8])>; 2] {
    let request = object.request.as_ref().map(|it| (&it.headers, &it.raw_body[..]));
    let response = object.response.as_ref().map(|it| (&it.headers, &it.raw_body[..]));
    [request, response].map(|message| {
        let (headers, body) = message?;
        let named = |name: &str| name.eq_ignore_ascii_case("content-encoding");
        let found = headers.iter().find(|(name, _)| named(name));
        Some((found.map(|(_, value)| value.as_str()), body))
    })
}

/// Puts an inflated body in place of the one that came, which has no encoding then.
fn put(object: &mut Object, part: usize, bytes: Vec<u8>) {
    let encoding = |name: &str| name.eq_ignore_ascii_case("content-encoding");
    match (part, &mut object.request, &mut object.response) {
        (0, Some(request), _) => {
            request.headers.retain(|name, _| !encoding(name));
            (request.body, request.raw_body) = (String::new(), bytes);
        }
        (1, _, Some(response)) => {
            response.headers.retain(|name, _| !encoding(name));
            response.multivalue_headers.retain(|header| !encoding(&header.key));
            (response.body, response.raw_body) = (String::new(), bytes);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::capture::{Exchange, view};
    use crate::config;
    use crate::domain::object::coprocess::{Header, HookType, MiniRequestObject, ResponseObject};

    const JSON: &[u8] = br#"{"user": "alice", "password": "hunter2-hunter2"}"#;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// A response hook's Object with compressed bodies.
    fn object(request: Vec<u8>, response: Vec<u8>) -> Object {
        let encoding = ("Content-Encoding".to_owned(), "gzip".to_owned());
        let header = Header { key: "Content-Encoding".into(), values: vec!["gzip".into()] };
        Object {
            hook_type: HookType::Response.into(),
            request: Some(MiniRequestObject {
                headers: [encoding.clone()].into(),
                raw_body: request,
                ..Default::default()
            }),
            response: Some(ResponseObject {
                headers: [encoding].into(),
                multivalue_headers: vec![header],
                raw_body: response,
                ..Default::default()
            }),
            ..Default::default()
        }
    }

    fn record(request: &Object, reply: &Object) -> (Record, crate::capture::SharedView) {
        let view = view(&config::Redact::default(), false).unwrap();
        let judge = crate::capture::Judge { view: view.clone(), answer_limit: 4 << 20 };
        let exchange = Exchange {
            at: jiff::Timestamp::UNIX_EPOCH,
            ..Exchange::answered(request.encode_to_vec(), reply.encode_to_vec())
        };
        (judge.record(1, exchange), view)
    }

    fn body(document: &Value, place: &str) -> String {
        let raw = document.pointer(&format!("{place}/rawBody")).unwrap().as_str().unwrap();
        String::from_utf8(BASE64_STANDARD.decode(raw).unwrap()).unwrap()
    }

    #[test]
    fn bodies_are_inflated_before_they_are_redacted() {
        let [sent, answered] =
            [object(gzip(JSON), gzip(b"plain")), object(gzip(JSON), gzip(b"other"))];
        let (record, view) = record(&sent, &answered);
        assert!(is_packed(&record));
        let packed = line::to_json(&record, &*view);
        assert!(body(&packed, "/request/request").contains("compressed"));
        let Unpacked { document, said } = unpacked(&record, &*view).unwrap();
        for place in ["/request/request", "/reply/request"] {
            let shown = body(&document, place);
            assert!(shown.contains("alice") && shown.contains("«redacted "), "{shown}");
        }
        assert_eq!(body(&document, "/request/response"), "plain");
        assert_eq!(body(&document, "/reply/response"), "other");
        assert!(!document.to_string().contains("gzip"), "{document}");
        let places: Vec<_> = said.iter().map(|(place, _)| *place).collect();
        assert_eq!(
            places,
            ["/request/request", "/request/response", "/reply/request", "/reply/response"]
        );
        assert!(said.iter().all(|(_, plain)| !plain.doubtful && plain.bytes.is_none()));
        // An answer that is the request.
        let (record, view) = self::record(&sent, &sent);
        let Unpacked { document, said } = unpacked(&record, &*view).unwrap();
        assert_eq!(document["request"], document["reply"]);
        assert_eq!(said.len(), 2);
    }

    #[test]
    fn where_no_body_has_an_encoding_nothing_is_done() {
        let mut plain = object(JSON.to_vec(), Vec::new());
        plain.request.as_mut().unwrap().headers.clear();
        plain.response = None;
        let (record, view) = record(&plain, &plain);
        assert!(!is_packed(&record) && unpacked(&record, &*view).is_none());
    }
}
