//! A response hook: only `response` counts. Absent it is a 500; its `status_code` is what the caller sees.

use super::Verdict;
use super::exchange::Exchange;
use super::overrides::{no_status, writable};

pub(super) fn decide(exchange: &Exchange<'_>) -> Option<Verdict> {
    match exchange.answer.status_code {
        None => Some(Verdict::failed(Some(500), "the answer has no response")),
        Some(code) if writable(code).is_none() => Some(Verdict::failed(None, no_status(code))),
        Some(_) => None,
    }
}

/// The status that a response hook's answer fixes.
pub(super) fn status(exchange: &Exchange<'_>) -> Option<u16> {
    if exchange.hook.is_request_hook() {
        return None;
    }
    // Go sends an informational status and then 200; of 101, which an upgrade alone could mean, 200 alone.
    exchange.answer.status_code.and_then(writable).map(|status| status.max(200))
}
