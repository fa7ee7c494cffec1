//! Calls put together by the request that they are of, one after the other as they come.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::call::{Call, Looks, Unlike};
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

/// Requests that may have more calls to come, at most: about 1 KiB each.
const OPEN: usize = 16_384;

/// Of them those that look alike, at most, as a call is compared with each; and those that went on just before.
const ALIKE: usize = 128;

/// Requests of an API that are looked at for one whose URI was rewritten, the newest.
const REWRITTEN: usize = 512;

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
    let mut grouper = Grouper::default();
    let mut trails: Vec<Trail> = Vec::new();
    // The number of a request is its place among the trails.
    for at in order {
        let next = trails.len() as u64;
        let taken = grouper.take(calls[at].clone(), next);
        if taken.request == next {
            trails.push(Trail { calls: Vec::new(), basis: taken.basis });
        }
        for (request, basis) in taken.doubted {
            trails[place(request)].basis = basis;
        }
        let trail = &mut trails[place(taken.request)];
        trail.calls.push(at);
        trail.basis = taken.basis;
    }
    trails
}

/// A request's number as a place in a list that is in memory.
fn place(request: u64) -> usize {
    usize::try_from(request).unwrap_or(usize::MAX)
}

/// Puts calls together as they come, in bounded memory: of requests that may go on it knows the newest.
#[derive(Debug, Default)]
pub struct Grouper {
    open: HashMap<u64, Open>,
    /// Their numbers, as they began; some may be closed.
    began: VecDeque<u64>,
    /// Those that wait for their next call, by what it has.
    waiting: HashMap<Key, VecDeque<u64>>,
    /// The newest of each API, for those whose URI is rewritten.
    of_api: HashMap<Arc<str>, VecDeque<u64>>,
    /// Calls by which requests went on, by what they had.
    went_on: HashMap<Key, VecDeque<WentOn>>,
    /// When those came, with their keys.
    went_on_at: VecDeque<(i64, Key)>,
    /// When the latest call came.
    now: i64,
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The request that it is of: the number that was given with the first call of it.
    pub request: u64,
    /// By what its calls were put together so far.
    pub basis: Basis,
    /// Other requests that this one leaves in doubt.
    pub doubted: Vec<(u64, Basis)>,
}

impl Taken {
    /// Of what is of no request.
    pub fn alone(number: u64) -> Self {
        Self { request: number, basis: Basis::Guess { rivals: false }, doubted: Vec::new() }
    }
}

/// What calls are looked for by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Trace([u8; 16]),
    Uri(Option<u64>),
}

/// A request that may have more calls to come.
#[derive(Debug)]
struct Open {
    /// Phase and name of its calls.
    calls: Vec<(Option<Phase>, String)>,
    last: Call,
    all_marked: bool,
    all_traced: bool,
    /// More than one request could have had one of the calls.
    rivals: bool,
}

/// A call by which a request went on.
#[derive(Debug)]
struct WentOn {
    request: u64,
    phase: Option<Phase>,
    name: String,
    api: Arc<str>,
    at: i64,
    /// What the call before left, and how this one differs from it.
    left: Arc<Looks>,
    unlike: Unlike,
}

/// A request that a call may be of.
struct Candidate {
    open: u64,
    unlike: Unlike,
    waited: i64,
}

/// A request that went on with a call that another could have been.
struct Twin {
    open: u64,
    /// How the other differs from what it left.
    unlike: Unlike,
}

impl Candidate {
    /// Of those that look the same the one that waited longest is next, as a Gateway takes about as long each time;
    /// but one that waited too long for that was stopped, and the later ones are likelier.
    fn turn(&self) -> (bool, i64, u64) {
        let is_late = self.waited > QUICK;
        (is_late, if is_late { self.waited } else { -self.waited }, self.open)
    }
}

impl Grouper {
    /// Takes the next call, about in the order in which they come; where it is the first of its request that gets this
    /// number, which none had before. What has no phase is of no request, and is a request of its own here.
    pub fn take(&mut self, call: Call, number: u64) -> Taken {
        self.now = self.now.max(call.span.0);
        self.close();
        if call.phase.is_none() {
            return Taken::alone(number);
        }
        let key = key(&call, false);
        let candidates = self.candidates(key, &call);
        let best = candidates.iter().min_by_key(|it| (it.unlike, it.turn()));
        // One that looks less like it than another that has gone on already is none.
        let best = best.filter(|best| {
            let nearer = |twin: &Twin| twin.unlike < best.unlike;
            best.unlike == Unlike::default() || !self.twins(key, &call).iter().any(nearer)
        });
        let Some(best) = best else {
            let twins = self.twins(key, &call);
            // A call that no request waits for leaves its twins in doubt: where an id extractor knows one of two callers,
            // only one of their two calls has an `auth_check` before it.
            let doubted = self.doubt(twins.iter().map(|twin| twin.open));
            return self.begin(call, number, !twins.is_empty(), doubted);
        };
        let is_rival = |it: &&Candidate| {
            let is_stale = call.phase != Some(Phase::Response) && it.waited > TOGETHER;
            it.unlike == best.unlike && !is_stale
        };
        let rivals: Vec<_> = candidates.iter().filter(is_rival).map(|it| it.open).collect();
        // What one may have got of another leaves that other in doubt as well.
        let doubted = if rivals.len() > 1 { self.doubt(rivals.into_iter()) } else { Vec::new() };
        self.go_on(call, key, best.open, doubted)
    }

    /// The requests that a call may be of.
    fn candidates(&self, key: Key, call: &Call) -> Vec<Candidate> {
        let of = |open: &u64| self.candidate(*open, call);
        let alike = self.waiting.get(&key).into_iter().flatten();
        let candidates: Vec<_> = alike.filter_map(of).collect();
        if !candidates.is_empty() || call.trace.is_some() || call.phase <= Some(Phase::Pre) {
            return candidates;
        }
        // Behind a rewrite the URI is another, and behind an answer with another URL it is not known.
        if call.phase >= Some(Phase::Post) || call.seen.uri.is_none() {
            let newest = self.of_api.get(&call.api).into_iter();
            newest.flat_map(|all| all.iter().rev().take(REWRITTEN)).filter_map(of).collect()
        } else {
            self.waiting.get(&Key::Uri(None)).into_iter().flatten().filter_map(of).collect()
        }
    }

    fn begin(
        &mut self,
        call: Call,
        number: u64,
        rivals: bool,
        doubted: Vec<(u64, Basis)>,
    ) -> Taken {
        let of_api = self.of_api.entry(Arc::clone(&call.api)).or_default();
        of_api.push_back(number);
        if of_api.len() > REWRITTEN {
            of_api.pop_front();
        }
        self.began.push_back(number);
        let open = Open {
            calls: vec![(call.phase, call.name.clone())],
            all_marked: call.mark.is_some(),
            all_traced: call.trace.is_some(),
            rivals,
            last: call,
        };
        let basis = open.basis();
        self.open.insert(number, open);
        self.wait(number);
        Taken { request: number, basis, doubted }
    }

    fn go_on(
        &mut self,
        call: Call,
        key: Key,
        number: u64,
        mut doubted: Vec<(u64, Basis)>,
    ) -> Taken {
        self.forget(number);
        doubted.retain(|(other, _)| *other != number);
        let Some(open) = self.open.get_mut(&number) else {
            return self.begin(call, number, false, doubted);
        };
        let left = Arc::clone(&open.last.left);
        let went_on = WentOn {
            request: number,
            phase: call.phase,
            name: call.name.clone(),
            api: Arc::clone(&call.api),
            at: call.span.0,
            unlike: left.unlike(&call.seen),
            left,
        };
        self.went_on_at.push_back((went_on.at, key));
        self.went_on.entry(key).or_default().push_back(went_on);
        open.calls.push((call.phase, call.name.clone()));
        open.all_marked &= call.mark.is_some();
        open.all_traced &= call.trace.is_some();
        open.last = call;
        let basis = open.basis();
        self.wait(number);
        Taken { request: number, basis, doubted }
    }

    /// These are in doubt from now on.
    fn doubt(&mut self, requests: impl Iterator<Item = u64>) -> Vec<(u64, Basis)> {
        let mut doubted = Vec::new();
        for request in requests {
            if let Some(open) = self.open.get_mut(&request).filter(|open| !open.rivals) {
                open.rivals = true;
                doubted.push((request, open.basis()));
            }
        }
        doubted
    }

    /// Requests that went on just before with a call that this one could as well have been.
    fn twins(&self, key: Key, call: &Call) -> Vec<Twin> {
        let of = |taken: &WentOn| {
            let unlike = taken.left.unlike(&call.seen);
            let is_twin = taken.phase == call.phase
                && taken.name == call.name
                && taken.api == call.api
                && call.span.0 - taken.at <= TOGETHER
                && unlike <= taken.unlike;
            is_twin.then_some(Twin { open: taken.request, unlike })
        };
        let went_on = self.went_on.get(&key).into_iter();
        went_on.flat_map(|all| all.iter().rev().take(ALIKE)).filter_map(of).collect()
    }

    /// A request waits for its next call, where its last one lets another come.
    fn wait(&mut self, number: u64) {
        let Some(open) = self.open.get(&number).filter(|open| !open.last.ends) else { return };
        let alike = self.waiting.entry(key(&open.last, true)).or_default();
        alike.push_back(number);
        if alike.len() > ALIKE {
            alike.pop_front();
        }
    }

    /// Takes a request from where it waits for its next call.
    fn forget(&mut self, number: u64) {
        let Some(key) = self.open.get(&number).map(|open| key(&open.last, true)) else { return };
        if let Some(alike) = self.waiting.get_mut(&key) {
            alike.retain(|&other| other != number);
            if alike.is_empty() {
                self.waiting.remove(&key);
            }
        }
    }

    /// Closes what waits in vain, and the oldest where there are too many.
    fn close(&mut self) {
        while let Some(&oldest) = self.began.front() {
            let longest = |open: &Open| self.now - open.last.span.1 > UPSTREAM;
            if self.began.len() < OPEN && !self.open.get(&oldest).is_none_or(longest) {
                break;
            }
            self.began.pop_front();
            self.forget(oldest);
            let closed = self.open.remove(&oldest);
            let api = closed.map(|closed| closed.last.api);
            if let Some(api) = api
                && let Some(all) = self.of_api.get_mut(&api)
            {
                while all.front().is_some_and(|front| !self.open.contains_key(front)) {
                    all.pop_front();
                }
                if all.is_empty() {
                    self.of_api.remove(&api);
                }
            }
        }
        while let Some(&(at, key)) = self.went_on_at.front() {
            if self.now - at <= TOGETHER && self.went_on_at.len() <= OPEN {
                break;
            }
            self.went_on_at.pop_front();
            if let Some(all) = self.went_on.get_mut(&key) {
                all.pop_front();
                if all.is_empty() {
                    self.went_on.remove(&key);
                }
            }
        }
    }

    fn candidate(&self, number: u64, call: &Call) -> Option<Candidate> {
        let open = self.open.get(&number)?;
        let last = &open.last;
        let is_other = |one: Option<&str>, other: Option<&str>| matches!((one, other), (Some(one), Some(other)) if one != other);
        let waited = call.span.0 - last.span.1;
        let longest = if call.phase == Some(Phase::Response) { UPSTREAM } else { STEP };
        if last.ends
            || last.api != call.api
            || last.trace != call.trace
            || is_other(last.mark.as_deref(), call.mark.as_deref())
            || waited < -SLACK
            || waited > longest
            || !open.may_go_on_with(call)
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
        let open = number;
        (is_alike || call.trace.is_some()).then_some(Candidate { open, unlike, waited })
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
    /// Whether a hook may come after its calls: of a later phase, or another of a phase that has several.
    fn may_go_on_with(&self, call: &Call) -> bool {
        let mut behind = self.calls.iter().skip_while(|(phase, _)| *phase < call.phase).peekable();
        if behind.peek().is_none() {
            return true;
        }
        let is_list = call.phase.is_some_and(Phase::is_list);
        is_list && behind.all(|(phase, name)| *phase == call.phase && *name != call.name)
    }

    fn basis(&self) -> Basis {
        if self.all_marked {
            Basis::Mark
        } else if self.all_traced && !self.rivals {
            Basis::Trace
        } else {
            Basis::Guess { rivals: self.rivals }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::object::wire::{put_bytes, put_entry, put_text};

    /// An Object of this hook with this path, and this in its request besides.
    fn object(hook: u8, path: &str, besides: &[u8]) -> Vec<u8> {
        let mut request = besides.to_vec();
        put_text(&mut request, 5, path);
        put_text(&mut request, 11, "GET");
        let mut object = vec![0x08, hook];
        put_bytes(&mut object, 3, &request);
        object
    }

    /// A call of this hook to this path, which came then (in microseconds).
    fn call(hook: u8, path: &str, at: i64) -> Call {
        Call::read(&object(hook, path, &[]), None, None, (at, at + 100), false).unwrap()
    }

    /// As a Gateway 5.14.0 did: what Go will not send fails at the upstream, behind all hooks of the request.
    #[test]
    fn hooks_behind_an_answer_that_fails_at_the_upstream_are_of_its_request() {
        for (value, ends) in [("one\ntwo", false), ("one", true)] {
            let mut besides = Vec::new();
            put_bytes(&mut besides, 10, &[]);
            put_entry(&mut besides, 2, "X-A", value);
            let (sent, answer) = (object(1, "/x", &[]), object(1, "/x", &besides));
            let failed = Call::read(&sent, Some(&answer), None, (0, 100), true).unwrap();
            assert_eq!(failed.ends, ends, "{value:?}");
            let trails = group(&[failed, call(2, "/x", 300)]);
            assert_eq!(trails.len(), if ends { 2 } else { 1 }, "{trails:?}");
        }
    }

    #[test]
    fn what_is_open_is_bounded_whatever_comes() {
        let mut grouper = Grouper::default();
        let mut number = 0;
        // All alike, each another, and by turns: none of them ever ends.
        for (alike, many) in [(true, 3_000), (false, 40_000)] {
            for at in 0..many {
                let path = if alike { "/same".to_owned() } else { format!("/{at}") };
                grouper.take(call(1, &path, i64::from(at) * 10), number);
                number += 1;
            }
        }
        assert!(grouper.open.len() <= OPEN && grouper.began.len() <= OPEN);
        assert!(grouper.waiting.values().all(|all| all.len() <= ALIKE));
        assert!(grouper.of_api.values().all(|all| all.len() <= REWRITTEN));
        let waiting: usize = grouper.waiting.values().map(VecDeque::len).sum();
        assert!(waiting <= OPEN, "{waiting}");
        // The newest still go on.
        let taken = grouper.take(call(2, "/39999", 400_100), number);
        assert_eq!(taken.request, number - 1);
        // After two minutes nothing is left.
        grouper.take(call(1, "/later", 700_000_000), number);
        assert_eq!((grouper.open.len(), grouper.waiting.len(), grouper.of_api.len()), (1, 1, 1));
        assert_eq!((grouper.went_on.len(), grouper.went_on_at.len()), (0, 0));
    }
}
