//! `return_overrides.response_code` above 0 ends the chain with that status. -1 and 0 go on, `override_error` or not.

use super::exchange::Exchange;
use super::{Outcome, Verdict};

pub(super) fn decide(exchange: &Exchange<'_>) -> Option<Verdict> {
    let code = exchange.answer.code;
    if code <= 0 {
        return None;
    }
    let Some(status) = writable(code) else {
        return Some(Verdict::failed(None, no_status(code)));
    };
    let outcome = if code >= 400 { Outcome::Refused } else { Outcome::Overridden };
    // Go sends an informational status and then one of its own; 101 alone is final.
    let status = (status >= 200 || status == 101).then_some(status);
    Some(Verdict { outcome, status, error: None })
}

/// The codes that Go's `WriteHeader` takes (`net/http`, `checkWriteHeaderCode`).
pub(super) fn writable(code: i32) -> Option<u16> {
    u16::try_from(code).ok().filter(|code| (100..=999).contains(code))
}

/// Whether Go's server sends no body with a status (`net/http`, `bodyAllowedForStatus`), of those that it does not follow with
/// another.
pub fn has_no_body(status: u16) -> bool {
    matches!(status, 101 | 204 | 304)
}

/// Why a code fails.
pub(super) fn no_status(code: i32) -> String {
    format!("{code} is no status from 100 to 999: the Gateway panics")
}
