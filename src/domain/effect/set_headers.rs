//! `set_headers`: a name or value that Go's client will not send, such as one with a line break, is a 500.

use super::Verdict;
use super::exchange::Exchange;

pub(super) fn decide(exchange: &Exchange<'_>) -> Option<Verdict> {
    let bad = exchange.answer.set_headers.iter().find_map(|(name, value)| bad(name, value))?;
    Some(Verdict::failed(Some(500), bad))
}

/// Headers of one connection (`hopHeaders` in `gateway/reverse_proxy.go`): the proxy takes them away, both ways, but for those
/// that are empty.
const OF_A_CONNECTION: [&str; 9] = [
    "connection",
    "proxy-connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Whether a header is of one connection.
pub(super) fn is_of_a_connection(name: &str) -> bool {
    OF_A_CONNECTION.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Why Go's client will not send a header; what the Gateway's proxy takes away before is not looked at.
pub(super) fn bad(name: &str, value: &str) -> Option<String> {
    if !is_token(name) {
        return Some(format!("set_headers has the name {name:?}, which no header can have"));
    }
    if is_of_a_connection(name) {
        return None;
    }
    // The value itself may be a secret.
    (!is_value(value))
        .then(|| format!("set_headers has a line break or control character in {name}"))
}

/// A token (RFC 9110, 5.6.2), as `httpguts.ValidHeaderFieldName` and `net/http`'s `validMethod` have it.
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// No control character but the tab, as `httpguts.ValidHeaderFieldValue` has it.
fn is_value(value: &str) -> bool {
    value.bytes().all(|byte| byte == b'\t' || !byte.is_ascii_control())
}
