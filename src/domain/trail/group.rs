//! Calls put together by the request that they are of.

use std::collections::HashMap;

use super::call::{Call, Unlike};
use crate::domain::api::Phase;

/// The next call may come this much before the last one's answer was counted as sent, in microseconds.
const SLACK: i64 = 200;

/// A Gateway that has an answer makes its next call within this time, in microseconds; what it does in between may ask others.
const STEP: i64 = 10_000_000;

/// It does so within this time where it asks nobody, in microseconds.
const QUICK: i64 = 100_000;

/// The upstream may take this long before the response hook is called.
const UPSTREAM: i64 = 120_000_000;

/// Requests that look the same and waited for their next hook so shortly before cannot be told apart, in microseconds.
const TOGETHER: i64 = 1_000_000;

/// By what calls were put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// All of them are in one trace, and could be of no other request of it.
    Trace,
    /// All of them bear the mark of a request that we sent.
    Mark,
    /// They follow each other as the calls of one request do, and look alike.
    Guess {
        /// There were others that looked the same at the time.
        rivals: bool,
    },
}

/// The calls of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// Their places in the list that was given, in the order in which a Gateway made them.
    pub calls: Vec<usize>,
    /// How sure it is.
    pub basis: Basis,
}

/// Puts calls together, given in any order. What has no phase is of no request.
pub fn group(calls: &[Call]) -> Vec<Trail> {
    let mut order: Vec<usize> = (0..calls.len()).filter(|&at| calls[at].phase.is_some()).collect();
    order.sort_by_key(|&at| (calls[at].span.0, calls[at].span.1));
    let mut grouping =
        Grouping { calls, open: Vec::new(), by: HashMap::new(), taken: HashMap::new() };
    for at in order {
        grouping.take(at);
    }
    grouping.open.into_iter().map(|open| open.trail(calls)).collect()
}

/// What calls are looked for by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Trace([u8; 16]),
    Uri(Option<u64>),
}

struct Grouping<'a> {
    calls: &'a [Call],
    open: Vec<Open>,
    /// The requests that may go on, by what their next call has.
    by: HashMap<Key, Vec<usize>>,
    /// Those that went on, by what their call had: which, with the call before and that call.
    taken: HashMap<Key, Vec<(usize, usize, usize)>>,
}

struct Open {
    calls: Vec<usize>,
    /// More than one request could have had one of the calls.
    rivals: bool,
}

/// A request that a call may be of.
struct Candidate {
    open: usize,
    unlike: Unlike,
    waited: i64,
}

/// A request that went on with a call that another could have been.
struct Twin {
    open: usize,
    /// How the other differs from what it left.
    unlike: Unlike,
}

impl Candidate {
    /// Of those that look the same the one that waited longest is next, as a Gateway takes about as long each time;
    /// but one that waited too long for that was stopped, and the later ones are likelier.
    fn turn(&self) -> (bool, i64, usize) {
        let is_late = self.waited > QUICK;
        (is_late, if is_late { self.waited } else { -self.waited }, self.open)
    }
}

impl Grouping<'_> {
    fn take(&mut self, at: usize) {
        let call = &self.calls[at];
        let key = key(call, false);
        let alike = self.by.get(&key).map(Vec::as_slice).unwrap_or_default();
        let mut candidates: Vec<_> =
            alike.iter().filter_map(|&open| self.candidate(open, call)).collect();
        // Behind a rewrite the URI is another.
        if candidates.is_empty() && call.trace.is_none() && call.phase > Some(Phase::Pre) {
            let all = self.by.values().flatten();
            candidates = all.filter_map(|&open| self.candidate(open, call)).collect();
        }
        let best = candidates.iter().min_by_key(|it| (it.unlike, it.turn()));
        // One that looks less like it than another that has gone on already is none.
        let best = best.filter(|best| {
            let nearer = |twin: &Twin| twin.unlike < best.unlike;
            best.unlike == Unlike::default() || !self.twins(key, call).iter().any(nearer)
        });
        let open = if let Some(best) = best {
            let is_rival = |it: &&Candidate| {
                let is_stale = call.phase != Some(Phase::Response) && it.waited > TOGETHER;
                it.unlike == best.unlike && !is_stale
            };
            let rivals: Vec<_> = candidates.iter().filter(is_rival).map(|it| it.open).collect();
            let open = best.open;
            self.forget(open);
            // What one may have got of another leaves that other in doubt as well.
            if rivals.len() > 1 {
                for rival in rivals {
                    self.open[rival].rivals = true;
                }
            }
            let before = self.open[open].calls.last().copied();
            let taken = before.map(|before| (open, before, at));
            self.taken.entry(key).or_default().extend(taken);
            self.open[open].calls.push(at);
            open
        } else {
            let rivals = self.came_too_late(key, call);
            self.open.push(Open { calls: vec![at], rivals });
            self.open.len() - 1
        };
        if !call.ends {
            self.by.entry(self::key(call, true)).or_default().push(open);
        }
    }

    /// Requests that went on just before with a call that this one could as well have been.
    fn twins(&self, key: Key, call: &Call) -> Vec<Twin> {
        let of = |&(open, before, taken): &(usize, usize, usize)| {
            let (before, taken) = (&self.calls[before], &self.calls[taken]);
            let unlike = before.left.unlike(&call.seen);
            let is_twin = taken.phase == call.phase
                && taken.name == call.name
                && taken.api == call.api
                && call.span.0 - taken.span.0 <= TOGETHER
                && unlike <= before.left.unlike(&taken.seen);
            is_twin.then_some(Twin { open, unlike })
        };
        self.taken.get(&key).into_iter().flatten().filter_map(of).collect()
    }

    /// Whether a call that no request waits for has twins, which are then in doubt: where an id extractor knows one of two
    /// callers, only one of their two calls has an `auth_check` before it.
    fn came_too_late(&mut self, key: Key, call: &Call) -> bool {
        let twins = self.twins(key, call);
        for twin in &twins {
            self.open[twin.open].rivals = true;
        }
        !twins.is_empty()
    }

    /// Takes a request from where it waits for its next call.
    fn forget(&mut self, open: usize) {
        let last = self.open[open].calls.last().map(|&last| key(&self.calls[last], true));
        if let Some(waiting) = last.and_then(|key| self.by.get_mut(&key)) {
            waiting.retain(|&other| other != open);
        }
    }

    fn candidate(&self, open: usize, call: &Call) -> Option<Candidate> {
        let calls = &self.open[open].calls;
        let last = &self.calls[*calls.last()?];
        let is_other = |one: Option<&str>, other: Option<&str>| matches!((one, other), (Some(one), Some(other)) if one != other);
        let waited = call.span.0 - last.span.1;
        let longest = if call.phase == Some(Phase::Response) { UPSTREAM } else { STEP };
        if last.api != call.api
            || last.trace != call.trace
            || is_other(last.mark.as_deref(), call.mark.as_deref())
            || waited < -SLACK
            || waited > longest
            || !self.may_follow(calls, call)
        {
            return None;
        }
        let unlike = last.left.unlike(&call.seen);
        let waited = waited.max(0);
        // Behind an answer with another URL it is not known.
        let is_elsewhere =
            matches!((last.left.uri, call.seen.uri), (Some(one), Some(other)) if one != other);
        let is_alike = if is_elsewhere {
            // A rewrite changes the URI and nothing else, between post_key_auth and post.
            let is_rewrite = last.phase < Some(Phase::Post) && call.phase >= Some(Phase::Post);
            let is_soon = waited <= TOGETHER || call.phase == Some(Phase::Response);
            is_rewrite && is_soon && unlike.changed == 0 && unlike.line + unlike.apart <= 2
        } else {
            // A Gateway may write one header anew on its way, a transform more; two that differ are two clients.
            unlike.changed <= 1 && unlike.line + unlike.apart / 2 <= 2
        };
        (is_alike || call.trace.is_some()).then_some(Candidate { open, unlike, waited })
    }

    /// Whether a hook may come after these: of a later phase, or another of a phase that has several.
    fn may_follow(&self, calls: &[usize], call: &Call) -> bool {
        let of = calls.iter().map(|&at| &self.calls[at]);
        let mut behind = of.skip_while(|it| it.phase < call.phase).peekable();
        if behind.peek().is_none() {
            return true;
        }
        let is_list = call.phase.is_some_and(Phase::is_list);
        is_list && behind.all(|it| it.phase == call.phase && it.name != call.name)
    }
}

fn key(call: &Call, left: bool) -> Key {
    match call.trace {
        Some(trace) => Key::Trace(trace.bytes()),
        None if left => Key::Uri(call.left.uri),
        None => Key::Uri(call.seen.uri),
    }
}

impl Open {
    fn trail(self, calls: &[Call]) -> Trail {
        let all = |has: fn(&Call) -> bool| self.calls.iter().all(|&at| has(&calls[at]));
        let basis = if all(|call| call.mark.is_some()) {
            Basis::Mark
        } else if all(|call| call.trace.is_some()) && !self.rivals {
            Basis::Trace
        } else {
            Basis::Guess { rivals: self.rivals }
        };
        Trail { calls: self.calls, basis }
    }
}
