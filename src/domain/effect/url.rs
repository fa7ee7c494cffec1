//! The answer's `url`: what Go cannot parse is a 500, and with a URL rewrite in force so is a relative one.

use super::Verdict;
use super::exchange::Exchange;
use super::go_url;

pub(super) fn decide(exchange: &Exchange<'_>) -> Option<Verdict> {
    let url = exchange.answer.url;
    if let Err(error) = go_url::parse(url) {
        return Some(Verdict::failed(Some(500), format!("the answer's url: {error}")));
    }
    (is_rewritten(exchange) && !is_absolute(url)).then(|| {
        Verdict::failed(
            Some(500),
            "a URL rewrite is in force, and the answer's url is not absolute",
        )
    })
}

/// After a rewrite `url` is absolute while `request_uri` is not; where the client itself sent the absolute form, both
/// are.
fn is_rewritten(exchange: &Exchange<'_>) -> bool {
    is_absolute(exchange.sent_url) && !is_absolute(exchange.sent_uri)
}

pub(super) fn is_absolute(url: &str) -> bool {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}
