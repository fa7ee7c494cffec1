//! Without `request` or `return_overrides` in a request hook's answer the Gateway panics: its client's connection drops.

use super::Verdict;
use super::exchange::Exchange;

pub(super) fn decide(exchange: &Exchange<'_>) -> Option<Verdict> {
    let missing = match exchange.answer {
        ref answer if !answer.has_request => "request",
        ref answer if !answer.has_overrides => "request.return_overrides",
        _ => return None,
    };
    Some(Verdict::failed(None, format!("the answer has no {missing}: the Gateway panics")))
}
