//! One call: what of it tells its request from others, and what it leaves for the next one.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::{MARK, TraceId, phase};
use crate::domain::api::Phase;
use crate::domain::effect::fails_late;
use crate::domain::object::{Head, WireError};

/// Bytes of a body that are looked at.
const BODY: usize = 1 << 10;

/// A text as far as it is compared.
type Print = u64;

/// A call.
#[derive(Clone, Debug)]
pub struct Call {
    /// When it is called; `None` for what no Gateway we know calls.
    pub phase: Option<Phase>,
    /// The function's name.
    pub name: String,
    /// The API's id.
    pub api: Arc<str>,
    /// The trace that it came in.
    pub trace: Option<TraceId>,
    /// The mark of a request of ours, while it is in the headers.
    pub mark: Option<String>,
    /// When it came and when it was answered, in microseconds on one clock.
    pub span: (i64, i64),
    /// No hook of its request comes after it: it answered in the Gateway's place, or failed at once.
    pub ends: bool,
    /// The request as it came.
    pub(super) seen: Arc<Looks>,
    /// The request as later hooks see it, as far as plugins decide.
    pub(super) left: Arc<Looks>,
}

/// What of a request is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Looks {
    method: Print,
    /// As the client sent it, until a rewrite; `None` where it is not known.
    pub(super) uri: Option<Print>,
    body: Print,
    /// Sorted by name.
    headers: Vec<(Print, Print)>,
}

/// How much a request differs from what is expected of it, the gravest first: less is more alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unlike {
    /// Headers with another value.
    pub(super) changed: u32,
    /// Of URI, method and body.
    pub(super) line: u32,
    /// Headers that only one of them has.
    pub(super) apart: u32,
}

impl Call {
    /// Reads a call's Object and its answer, where there is one; `ends`: it ended in a way after which no other comes, but
    /// for what fails only where the request goes to the upstream.
    pub fn read(
        request: &[u8],
        reply: Option<&[u8]>,
        trace: Option<TraceId>,
        span: (i64, i64),
        ends: bool,
    ) -> Result<Self, WireError> {
        let head = Head::read(request)?;
        let seen = Arc::new(Looks::of(&head));
        let ends = ends && !reply.is_some_and(|reply| fails_late(&head, reply));
        let reply = reply.and_then(|reply| Head::read(reply).ok());
        let left = match reply {
            // The answer of a response hook says nothing of the request.
            Some(reply) if head.hook.is_request_hook() => Arc::new(seen.after(&head, &reply)),
            _ => Arc::clone(&seen),
        };
        Ok(Self {
            phase: phase(head.hook),
            name: head.hook_name.to_owned(),
            api: head.api_id.into(),
            trace,
            mark: head.header(MARK).map(str::to_owned),
            span,
            ends,
            seen,
            left,
        })
    }
}

impl Looks {
    fn of(head: &Head<'_>) -> Self {
        let uri = head.request_uri().ok().filter(|uri| !uri.is_empty());
        // A response hook's URL is the upstream's.
        let uri = uri.or(Some(head.url).filter(|_| head.hook.is_request_hook()));
        let mut headers: Vec<_> =
            head.headers().map(|(name, value)| (name_print(name), print(value))).collect();
        headers.sort_unstable();
        Self {
            method: print(head.method),
            uri: uri.map(print),
            body: body_print(head.raw_body()),
            headers,
        }
    }

    /// After an answer's edits. Source: the contract's effects, each recorded.
    fn after(&self, head: &Head<'_>, reply: &Head<'_>) -> Self {
        let mut headers = self.headers.clone();
        let mut take = |name: &str| headers.retain(|(key, _)| *key != name_print(name));
        reply.deletes_headers().for_each(&mut take);
        reply.sets_headers().for_each(|(name, _)| take(name));
        headers.extend(reply.sets_headers().map(|(name, value)| (name_print(name), print(value))));
        headers.sort_unstable();
        headers.dedup();
        let method = if reply.method.is_empty() { self.method } else { print(reply.method) };
        // Whether a Gateway shows the client's or the plugin's then was not recorded.
        let uri = self.uri.filter(|_| reply.url.is_empty() || reply.path() == head.path());
        Self { method, uri, body: body_print(reply.raw_body()), headers }
    }

    /// What differs in `found` from this.
    pub(super) fn unlike(&self, found: &Self) -> Unlike {
        let mut unlike = Unlike::default();
        let is_other_uri =
            matches!((self.uri, found.uri), (Some(expected), Some(found)) if expected != found);
        unlike.line = u32::from(is_other_uri)
            + u32::from(self.method != found.method)
            + u32::from(self.body != found.body);
        let (mut one, mut other) =
            (self.headers.iter().peekable(), found.headers.iter().peekable());
        loop {
            match (one.peek(), other.peek()) {
                (Some((a, value)), Some((b, found))) if a == b => {
                    unlike.changed += u32::from(value != found);
                    one.next();
                    other.next();
                }
                (Some((a, _)), Some((b, _))) if a < b => {
                    unlike.apart += 1;
                    one.next();
                }
                (_, Some(_)) => {
                    unlike.apart += 1;
                    other.next();
                }
                (Some(_), None) => {
                    unlike.apart += 1;
                    one.next();
                }
                (None, None) => return unlike,
            }
        }
    }
}

fn print(text: &str) -> Print {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Of a header's name, which a Gateway writes as it likes.
fn name_print(name: &str) -> Print {
    print(&name.to_ascii_lowercase())
}

fn body_print(body: &[u8]) -> Print {
    let mut hasher = DefaultHasher::new();
    body.len().hash(&mut hasher);
    body[..body.len().min(BODY)].hash(&mut hasher);
    hasher.finish()
}
