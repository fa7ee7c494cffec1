//! Which Dispatches are of one HTTP request: a Gateway says so only by a trace id, where its client sent one; else it is
//! told by API, URL, headers and the order of hooks, which is a guess where equal requests run at once.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::domain::effect::refused_url;

/// A request has ended by then, whether its last hook was seen or not.
const LONGEST: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);
/// Requests that are open at once, at most: each keeps its Objects.
const MOST: usize = 1_000;

/// The hooks of one request, as lines of `--json`, in order.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) lines: Vec<Value>,
    /// One of them is to be exported, so that all are.
    pub(super) meant: bool,
    /// There is nothing more to come of it.
    over: bool,
}

/// Requests that may have more hooks to come, and those that are over and began after one of them: they end in the order in
/// which they began, as an HTTP archive has them.
#[derive(Debug, Default)]
pub(super) struct Chain {
    open: Vec<Request>,
}

impl Chain {
    /// Takes the next line of a Dispatch, and whether it is meant. Gives the requests that are over now, the oldest first.
    pub(super) fn take(&mut self, line: &Value, meant: bool) -> Vec<Request> {
        if let Some(now) = time(line) {
            for request in &mut self.open {
                let began = request.lines.first().and_then(time);
                request.over |= began.is_some_and(|began| now.duration_since(began) > LONGEST);
            }
        }
        let best = (0..self.open.len())
            .filter_map(|at| Some((self.open[at].likeness(line)?, at)))
            .max_by_key(|&(likeness, at)| (likeness, std::cmp::Reverse(at)));
        let at = best.map_or(self.open.len(), |(_, at)| at);
        if best.is_none() {
            self.open.push(Request { lines: Vec::new(), meant: false, over: false });
        }
        let request = &mut self.open[at];
        request.lines.push(line.clone());
        request.meant |= meant;
        request.over = is_last(line);
        let over = self.open.iter().take_while(|request| request.over).count();
        let over = over.max(self.open.len().saturating_sub(MOST));
        self.open.drain(..over).collect()
    }

    /// There is nothing more to come.
    pub(super) fn end(self) -> Vec<Request> {
        self.open
    }
}

impl Request {
    /// How much of a hook's Object is as in the last of this request; `None` where it cannot be of it.
    fn likeness(&self, line: &Value) -> Option<usize> {
        let last = self.lines.last().filter(|_| !self.over)?;
        if line["api"] != last["api"] || rank(line)? < rank(last)? {
            return None;
        }
        // Of one place in the chain a request meets each function once.
        let met = |it: &&Value| it["hook"] == line["hook"] && it["name"] == line["name"];
        if self.lines.iter().any(|it| met(&it)) {
            return None;
        }
        let (one, other) = (headers(line), headers(last));
        if let [Some(one), Some(other)] = [one, other].map(|it| it.and_then(trace)) {
            return (one == other).then_some(usize::MAX);
        }
        // As the client sent it; a plugin's url or method is not in it.
        if line["request"]["request"]["requestUri"] != last["request"]["request"]["requestUri"] {
            return None;
        }
        let same =
            one?.iter().filter(|(name, value)| other.and_then(|it| it.get(*name)) == Some(value));
        Some(same.count())
    }
}

fn headers(line: &Value) -> Option<&Map<String, Value>> {
    line["request"]["request"]["headers"].as_object()
}

fn trace(headers: &Map<String, Value>) -> Option<&Value> {
    let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("traceparent"));
    found.map(|(_, value)| value)
}

/// Whether an answer stopped the chain. A response hook may be followed by another.
fn is_last(line: &Value) -> bool {
    match line["outcome"].as_str() {
        Some("refused" | "overridden") => true,
        Some("failed") => !is_late(line),
        _ => false,
    }
}

/// Whether what fails does so where the request goes to the upstream (`domain::effect::fails_late`): overrides are there, and
/// override nothing, and the URL can be read.
fn is_late(line: &Value) -> bool {
    let answer = &line["reply"]["request"];
    let code = answer["returnOverrides"]["responseCode"].as_i64().unwrap_or(0);
    let url = answer["url"].as_str().unwrap_or_default();
    line["hook"] != "response"
        && answer["returnOverrides"].is_object()
        && code <= 0
        && refused_url(url).is_none()
}

/// The place of a hook in a Gateway's chain.
fn rank(line: &Value) -> Option<usize> {
    let order = ["pre", "auth_check", "post_key_auth", "post", "response"];
    let hook = line["hook"].as_str()?;
    order.iter().position(|it| *it == hook)
}

/// When it was called.
pub(super) fn time(line: &Value) -> Option<Timestamp> {
    line["at"].as_str()?.parse().ok()
}
