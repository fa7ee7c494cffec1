//! What a Gateway does with an answer, decided off the answer's path: one rule a file, the first that decides counts.
//!
//! Source: what a Gateway 5.14.0 did with the answers recorded in `tests/fixtures/dispatch/`.

mod auth_check;
mod call;
mod change;
mod exchange;
mod fate;
pub mod go_url;
mod method;
mod overrides;
mod presence;
mod response;
mod set_headers;
mod url;

use crate::domain::object::{Head, Message, WireError, same, same_when_trimmed};

pub use change::{Change, changes};
pub use fate::{Edited, Fate, fates, of_failed};
pub use overrides::has_no_body;

use exchange::Exchange;

/// How a Dispatch ended, as the Gateway will see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Equal as messages; what was only left out as in `trimmed` does not count.
    Passed,
    /// The answer differs.
    Changed,
    /// On a request hook a code of 400 or more, or an `auth_check` answer without session or token.
    Refused,
    /// On a request hook another code above 0.
    Overridden,
    /// No answer, or one on which the Gateway panics or which it cannot take.
    Failed,
    /// Held at a breakpoint.
    Held,
}

impl Outcome {
    /// The word in JSON and on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Changed => "changed",
            Self::Refused => "refused",
            Self::Overridden => "overridden",
            Self::Failed => "failed",
            Self::Held => "held",
        }
    }
}

/// What the Gateway will do with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// In one word.
    pub outcome: Outcome,
    /// The status that the API's caller will see, where the answer fixes it.
    pub status: Option<u16>,
    /// Why, where it failed or was refused without a code: for `error` in JSON.
    pub error: Option<String>,
}

impl Verdict {
    fn failed(status: Option<u16>, error: impl Into<String>) -> Self {
        Self { outcome: Outcome::Failed, status, error: Some(error.into()) }
    }
}

/// One rule: what it decides, if anything.
type Rule = fn(&Exchange<'_>) -> Option<Verdict>;

/// In the order in which the Gateway acts on the answer of a request hook.
const REQUEST_HOOK: [Rule; 4] =
    [presence::decide, url::decide, overrides::decide, auth_check::decide];

/// What Go's client refuses where the request goes to the upstream: until then the Gateway goes on, and calls later hooks.
const UPSTREAM: [Rule; 2] = [method::decide, set_headers::decide];

/// The same of a response hook.
const RESPONSE_HOOK: [Rule; 1] = [response::decide];

/// Judges an answer (`Err` holds the text of a call that failed) to an Object. `trimmed`: our own server left out what
/// the Gateway does not read. `limit`: the Gateway's receive limit in bytes of the encoded Object. An error only where
/// `request` is no Object.
pub fn judge(
    request: &[u8],
    answer: Result<&[u8], &str>,
    trimmed: bool,
    limit: usize,
) -> Result<Verdict, WireError> {
    judge_read(&Head::read(request)?, answer, trimmed, limit)
}

/// The same for who has read the Object already.
pub fn judge_read(
    head: &Head<'_>,
    answer: Result<&[u8], &str>,
    trimmed: bool,
    limit: usize,
) -> Result<Verdict, WireError> {
    let mut exchange = Exchange::of(head)?;
    let answer = match call::decide(&exchange, answer, trimmed, limit) {
        Ok(answer) => answer,
        Err(verdict) => return Ok(verdict),
    };
    if let Err(error) = exchange.read_answer(answer) {
        return Ok(call::undecodable(&exchange, &error));
    }
    let rules: [&[Rule]; 2] = if exchange.hook.is_request_hook() {
        [&REQUEST_HOOK, &UPSTREAM]
    } else {
        [&RESPONSE_HOOK, &[]]
    };
    if let Some(verdict) = rules.into_iter().flatten().find_map(|rule| rule(&exchange)) {
        return Ok(verdict);
    }
    let request = head.object();
    let passed =
        same(Message::Object, request, answer) || (trimmed && same_when_trimmed(request, answer)?);
    let outcome = if passed { Outcome::Passed } else { Outcome::Changed };
    Ok(Verdict { outcome, status: response::status(&exchange), error: None })
}

/// Whether a Gateway calls later hooks after an answer on which the request fails all the same: nothing is wrong with it
/// before the request goes to the upstream.
pub fn fails_late(head: &Head<'_>, answer: &[u8]) -> bool {
    let Ok(mut exchange) = Exchange::of(head) else { return false };
    let decides =
        |rules: &[Rule], exchange: &Exchange<'_>| rules.iter().any(|it| it(exchange).is_some());
    exchange.hook.is_request_hook()
        && exchange.read_answer(answer).is_ok()
        && !decides(&REQUEST_HOOK, &exchange)
        && decides(&UPSTREAM, &exchange)
}

/// Why a Gateway cannot read a URL that a plugin sets, in Go's words; `None` where it can.
pub fn refused_url(url: &str) -> Option<String> {
    go_url::parse(url).err()
}

#[cfg(test)]
mod tests;
