//! Custom authentication: without a session, or without a token in its metadata, the Gateway answers 403.

use crate::domain::object::Hook;

use super::exchange::Exchange;
use super::{Outcome, Verdict};

pub(super) fn decide(exchange: &Exchange<'_>) -> Option<Verdict> {
    if exchange.hook != Hook::AuthCheck {
        return None;
    }
    let missing = match exchange.answer {
        ref answer if !answer.has_session => "session",
        ref answer if answer.token().is_empty() => "token in its metadata",
        _ => return None,
    };
    Some(Verdict {
        outcome: Outcome::Refused,
        status: Some(403),
        error: Some(format!("the answer has no {missing}: the Gateway refuses the caller")),
    })
}
