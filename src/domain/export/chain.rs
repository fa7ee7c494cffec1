//! Which Dispatches are of one HTTP request: a Gateway says so only by a trace id, where its client sent one; else it is
//! told by API, URL, headers and the order of hooks, which is a guess where equal requests run at once.

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::effect::refused_url;

/// A request has ended by then, whether its last hook was seen or not.
const LONGEST: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);
/// Requests that are open at once, at most: each keeps its Objects.
const MOST: usize = 1_000;

/// The hooks of one request, as lines of `--json`, in order.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) lines: Vec<Value>,
    /// There is nothing more to come of it.
    over: bool,
}

/// Requests that may have more hooks to come, and those that are over and began after one of them: they end in the order in
/// which they began, as an HTTP archive has them.
#[derive(Debug, Default)]
pub(super) struct Chain {
    open: Vec<Request>,
}

/// What a line was.
#[derive(Debug)]
pub(super) struct Taken {
    /// The first of its request.
    pub(super) first: bool,
    /// Requests that are over now, the oldest first.
    pub(super) ended: Vec<Request>,
}

impl Chain {
    /// Takes the next line of a Dispatch.
    pub(super) fn take(&mut self, line: &Value) -> Taken {
        if let Some(now) = time(line) {
            for request in &mut self.open {
                let began = request.lines.first().and_then(time);
                request.over |= began.is_some_and(|began| now.duration_since(began) > LONGEST);
            }
        }
        let best = (0..self.open.len())
            .filter_map(|at| Some((self.open[at].likeness(line)?, at)))
            .max_by_key(|&(likeness, at)| (likeness, std::cmp::Reverse(at)));
        let first = best.is_none();
        let at = best.map_or(self.open.len(), |(_, at)| at);
        if first {
            self.open.push(Request { lines: Vec::new(), over: false });
        }
        self.open[at].lines.push(line.clone());
        self.open[at].over = is_last(line);
        let over = self.open.iter().take_while(|request| request.over).count();
        let over = over.max(self.open.len().saturating_sub(MOST));
        Taken { first, ended: self.open.drain(..over).collect() }
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
        let request = |line: &Value, name: &str| line["request"]["request"][name].clone();
        let header = |line: &Value, name: &str| {
            let headers = request(line, "headers");
            let found = headers.as_object().into_iter().flatten();
            let found = found.filter(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone()).next()
        };
        let trace = [line, last].map(|line| header(line, "traceparent"));
        if let [Some(one), Some(other)] = &trace {
            return (one == other).then_some(usize::MAX);
        }
        // As the client sent it; a plugin's url or method is not in it.
        if request(line, "requestUri") != request(last, "requestUri") {
            return None;
        }
        let (one, other) = (request(line, "headers"), request(last, "headers"));
        let same = one.as_object()?.iter().filter(|(name, value)| other.get(name) == Some(value));
        Some(same.count())
    }
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
