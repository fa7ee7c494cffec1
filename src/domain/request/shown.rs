//! What is shown of a request and its answer: both go through the view that Objects become text through, as one exchange,
//! so that an answer which says back what it received gives nothing away.

use std::borrow::Cow;
use std::collections::BTreeMap;

use prost::Message as _;
use secrecy::ExposeSecret as _;

use super::{Origin, Sent};
use crate::domain::object::coprocess::{MiniRequestObject, Object, ResponseObject, SessionState};
use crate::domain::object::{Message, Parsed, View};

/// An answer, as it came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Received<'a> {
    /// Its headers in their order.
    pub headers: &'a [(String, Vec<u8>)],
    /// What is kept of its body.
    pub body: &'a [u8],
}

/// A request and its answer, as they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The URL.
    pub url: String,
    /// The request's headers, one for each that is sent.
    pub headers: Vec<(String, String)>,
    /// The request's body, where it is text.
    pub body: Option<String>,
    /// The answer's headers. Bytes that are no UTF-8 became U+FFFD.
    pub answer_headers: Vec<(String, String)>,
    /// The answer's body.
    pub answer_body: Vec<u8>,
    /// Something is shown otherwise than it was sent.
    pub hides: bool,
}

impl Shown {
    /// What the view shows. `body` is the request's.
    pub fn of(sent: &Sent, body: &[u8], answer: Received<'_>, view: &dyn View) -> Self {
        let objects: Vec<Vec<u8>> =
            objects(sent, body, answer).iter().map(Object::encode_to_vec).collect();
        let messages: Vec<_> =
            objects.iter().map(|object| (Message::Object, object.as_slice())).collect();
        let knowing = view.knowing(&Parsed::those(&messages));
        let view = knowing.as_deref().unwrap_or(view);
        let text = |path: [&'static str; 2], value: &str| {
            view.text(&path.map(Cow::Borrowed), value).into_owned()
        };
        let header = |part: &'static str, name: &str, value: &str| {
            let path = [part.into(), "headers".into(), Cow::Borrowed(name)];
            view.text(&path, value).into_owned()
        };
        let headers = sent.headers.iter().map(|it| {
            // Whatever it is called: it holds a secret.
            let name = if it.origin == Origin::Given { &it.name } else { "Authorization" };
            (it.name.clone(), header("request", name, it.value.expose_secret()))
        });
        let headers: Vec<_> = headers.collect();
        let bytes = |part: &'static str, body: &[u8]| {
            view.bytes(&[part.into(), "rawBody".into()], body).into_owned()
        };
        let url = text(["request", "url"], &sent.url);
        let shown = bytes("request", body);
        let hides = url != sent.url || shown != body || differs(sent, &headers);
        let answer_headers = answer.headers.iter().map(|(name, value)| {
            (name.clone(), header("response", name, &String::from_utf8_lossy(value)))
        });
        Self {
            url,
            headers,
            body: String::from_utf8(shown).ok(),
            answer_headers: answer_headers.collect(),
            answer_body: bytes("response", answer.body),
            hides,
        }
    }
}

/// Whether a header that a person gave is shown otherwise.
fn differs(sent: &Sent, shown: &[(String, String)]) -> bool {
    sent.headers.iter().zip(shown).any(|(sent, (_, shown))| {
        sent.origin == Origin::Given && sent.value.expose_secret() != shown
    })
}

/// The exchange as Objects. A map has one value of a name, so what comes again is in a further Object.
fn objects(sent: &Sent, body: &[u8], answer: Received<'_>) -> Vec<Object> {
    let given = sent.headers.iter().filter(|header| header.origin == Origin::Given);
    let requests = maps(given.map(|it| (it.name.clone(), it.value.expose_secret().to_owned())));
    let answers = answer
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), String::from_utf8_lossy(value).into_owned()));
    let answers = maps(answers);
    // Where a secret is told by its place, it is hidden everywhere.
    let secrets = sent.headers.iter().filter(|header| header.origin != Origin::Given);
    let secrets = secrets.flat_map(|header| {
        let value = header.value.expose_secret();
        let bare = value.split_once(' ').map(|(_, bare)| bare);
        [Some(value), bare].into_iter().flatten().map(str::to_owned)
    });
    let session = SessionState {
        oauth_keys: secrets.enumerate().map(|(at, it)| (at.to_string(), it)).collect(),
        ..SessionState::default()
    };
    // What proves who it is from, as a header too: of `Basic` and `Signature` the parts are secret as well.
    let proofs = sent.headers.iter().filter(|header| header.origin != Origin::Given);
    let proof = proofs.map(|it| ("Authorization".to_owned(), it.value.expose_secret().to_owned()));
    let mut all = vec![Object {
        request: Some(MiniRequestObject {
            headers: proof.collect(),
            url: sent.url.clone(),
            raw_body: body.to_vec(),
            ..MiniRequestObject::default()
        }),
        session: Some(session),
        ..Object::default()
    }];
    all.extend(requests.into_iter().map(|headers| Object {
        request: Some(MiniRequestObject { headers, ..MiniRequestObject::default() }),
        ..Object::default()
    }));
    all.extend(answers.into_iter().map(|headers| Object {
        response: Some(ResponseObject { headers, ..ResponseObject::default() }),
        ..Object::default()
    }));
    let raw_body = answer.body.to_vec();
    all.push(Object {
        response: Some(ResponseObject { raw_body, ..ResponseObject::default() }),
        ..Object::default()
    });
    all
}

/// Pairs as maps, each name once in each.
fn maps(pairs: impl Iterator<Item = (String, String)>) -> Vec<BTreeMap<String, String>> {
    let mut maps: Vec<BTreeMap<String, String>> = Vec::new();
    for (name, value) in pairs {
        match maps.iter_mut().find(|map| !map.contains_key(&name)) {
            Some(map) => drop(map.insert(name, value)),
            None => maps.push(BTreeMap::from([(name, value)])),
        }
    }
    maps
}
