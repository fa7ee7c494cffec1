//! The answer's `method`: what Go's client will not send is a 500. An empty one leaves the original.

use super::Verdict;
use super::exchange::Exchange;
use super::set_headers::is_token;

pub(super) fn decide(exchange: &Exchange<'_>) -> Option<Verdict> {
    bad(exchange.answer.method).map(|bad| Verdict::failed(Some(500), bad))
}

/// Why Go's client will not send a method (`net/http`, `validMethod`): it must be a token.
pub(super) fn bad(method: &str) -> Option<String> {
    (!method.is_empty() && !is_token(method))
        .then(|| format!("{method:?} is no method that a request can have"))
}
