//! A request from hook to hook: those that came, those that did not, and why.

use super::plan::{Entry, Plan};
use super::why::Why;
use crate::domain::api::Phase;
use crate::domain::effect::Outcome;

/// A Gateway that goes on calls the next hook within this time, in microseconds.
const SOON: i64 = 2_000_000;
/// An upstream answers within this time, in microseconds.
const UPSTREAM: i64 = 30_000_000;

/// A call that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came<'a> {
    /// When it is called.
    pub phase: Phase,
    /// The function's name.
    pub name: &'a str,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What the caller sees, where the answer fixes it.
    pub status: Option<u16>,
}

impl Came<'_> {
    /// Whether no hook of the request comes after it: a response hook's failure ends nothing that the request hooks are
    /// told of, and there is none behind it but others of its kind.
    pub fn ends(&self) -> bool {
        ends(self.outcome)
    }
}

/// Whether a call that ended so is a request's last.
pub fn ends(outcome: Option<Outcome>) -> bool {
    matches!(outcome, Some(Outcome::Refused | Outcome::Overridden | Outcome::Failed))
}

/// What else is known of the time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Since the last call was answered, in microseconds.
    pub since: i64,
    /// Records that were lost meanwhile.
    pub lost: u64,
    /// The capture does not reach back to before the request.
    pub forgotten: bool,
    /// What a Gateway said of a request to this API then.
    pub event: Option<String>,
    /// Names of the headers that the first hook saw.
    pub headers: Vec<String>,
}

/// A hook of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It came: which of the calls it is, and whether it was expected.
    Came {
        /// Its place in the list of calls.
        call: usize,
        /// The definition names it.
        expected: bool,
    },
    /// It was expected and did not come.
    Missing {
        /// When it is called.
        phase: Phase,
        /// The function's name.
        name: String,
        /// Why.
        why: Why,
    },
}

/// The hooks of a request in execution order: the calls that came, and what of the plan did not.
pub fn steps(came: &[Came<'_>], plan: Option<&Plan>, circumstances: &Circumstances) -> Vec<Step> {
    let entries = plan.map(|plan| plan.entries.as_slice()).unwrap_or_default();
    let matched = matched(came, entries);
    let names_all = plan.is_some_and(Plan::names_all);
    let expected = |call: usize| !names_all || matched.contains(&Some(call));
    let mut steps = Vec::new();
    let mut next = 0;
    let mut put_until = |steps: &mut Vec<Step>, until: usize| {
        while next < until {
            steps.push(Step::Came { call: next, expected: expected(next) });
            next += 1;
        }
    };
    for (at, entry) in entries.iter().enumerate() {
        if let Some(call) = matched[at] {
            put_until(&mut steps, call + 1);
            continue;
        }
        // Behind all that came before its phase, and behind those of its phase that the plan has before it.
        put_until(&mut steps, came.iter().take_while(|came| came.phase < entry.phase).count());
        let is_last = !matched[at..].iter().any(Option::is_some)
            && !came.iter().any(|came| came.phase > entry.phase);
        let why = plan.map(|plan| why(plan, at, &matched, came, is_last, circumstances));
        steps.extend(why.map(|why| Step::Missing {
            phase: entry.phase,
            name: entry.name.clone(),
            why,
        }));
    }
    put_until(&mut steps, came.len());
    steps
}

/// For each entry the call that is of it: of its phase and name, none of them twice.
fn matched(came: &[Came<'_>], entries: &[Entry]) -> Vec<Option<usize>> {
    let mut taken = vec![false; came.len()];
    let mut find = |entry: &Entry| {
        let call = came
            .iter()
            .enumerate()
            .find(|(at, came)| !taken[*at] && came.phase == entry.phase && came.name == entry.name);
        let at = call?.0;
        taken[at] = true;
        Some(at)
    };
    entries.iter().map(|entry| (!entry.is_disabled).then(|| find(entry)).flatten()).collect()
}

/// Why this entry did not come; `is_last`: nothing that comes later did.
fn why(
    plan: &Plan,
    at: usize,
    matched: &[Option<usize>],
    came: &[Came<'_>],
    is_last: bool,
    circumstances: &Circumstances,
) -> Why {
    let entry = &plan.entries[at];
    if entry.is_disabled {
        return Why::Disabled;
    }
    if let Some(driver) = &plan.driver {
        return Why::Inside { driver: driver.clone() };
    }
    if plan.is_keyless && matches!(entry.phase, Phase::AuthCheck | Phase::PostKeyAuth) {
        return Why::Keyless;
    }
    if entry.phase == Phase::AuthCheck && !plan.is_asked {
        return Why::NotAsked;
    }
    let ended = came.iter().enumerate().find(|(call, came)| {
        let is_before = came.phase <= entry.phase && !matched[at..].contains(&Some(*call));
        is_before && (came.ends() || came.outcome == Some(Outcome::Held))
    });
    if let Some((_, last)) = ended {
        let (by, status) = (last.phase.word().to_owned(), last.status);
        return match last.outcome {
            Some(Outcome::Held) => Why::Held { by },
            Some(Outcome::Failed) => Why::Failed { by, status },
            _ => Why::Answered { by, status },
        };
    }
    // Whom the id extractor refuses unasked, no later hook sees.
    let unasked = plan.extractor.as_ref().and_then(|extractor| extractor.header.as_ref());
    let unasked = unasked.filter(|header| {
        !circumstances.headers.iter().any(|name| name.eq_ignore_ascii_case(header))
    });
    let is_asked = came.iter().any(|came| came.phase >= Phase::AuthCheck);
    if let (Some(header), false, true) = (unasked, is_asked, entry.phase >= Phase::AuthCheck) {
        return Why::NoId { header: header.clone() };
    }
    let behind = plan.entries[at + 1..].iter().any(|entry| !entry.is_disabled);
    if plan.extractor.is_some()
        && entry.phase == Phase::AuthCheck
        && (!is_last || !behind && circumstances.since > SOON)
    {
        return Why::Cached;
    }
    if !is_last {
        return if circumstances.lost > 0 {
            Why::Lost { records: circumstances.lost }
        } else if circumstances.forgotten && !matched[..at].iter().any(Option::is_some) {
            Why::Forgotten
        } else {
            Why::Skipped
        };
    }
    if let Some(event) = &circumstances.event {
        return Why::Event { event: event.clone() };
    }
    let longest = if entry.phase == Phase::Response { UPSTREAM } else { SOON };
    if circumstances.since <= longest {
        return Why::NotYet;
    }
    if circumstances.lost > 0 {
        return Why::Lost { records: circumstances.lost };
    }
    Why::Stopped { before: entry.phase }
}
