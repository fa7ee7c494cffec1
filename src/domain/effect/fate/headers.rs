//! Headers that a Gateway or Go write themselves, whatever a plugin says.

use super::super::set_headers::{is_of_a_connection, is_token};
use super::{Said, Sides};

/// What is said of a header that a request hook sets, where it is not simply applied.
pub(super) fn of_request(sides: &Sides<'_>, name: &str, value: &str) -> Option<Said> {
    let name = name.to_ascii_lowercase();
    Some(match name.as_str() {
        // `net/http` leaves it out of a request's headers and goes by `Request.Host`, which the proxy sets to the
        // target's unless `preserve_host_header` is on.
        "host" => Said::ignored("the upstream sees its own host").fix(
            "set the target's host in the API definition; preserve_host_header keeps the client's",
        ),
        // `net/http` leaves it out and goes by `Request.ContentLength`, which is that of rawBody.
        "content-length" => Said::ignored("the Gateway writes it by the body that it sends"),
        "te" if value == "trailers" => return None,
        // The proxy looks for values alone, and `net/http` itself leaves out the two others.
        name if value.is_empty()
            && is_of_a_connection(name)
            && !matches!(name, "trailer" | "transfer-encoding") =>
        {
            return None;
        }
        // An upgrade is passed on where `enable_websockets` is on (`IsUpgrade`), which no Object says.
        "connection" | "upgrade" => Said::depends(
            "depends on the Gateway's enable_websockets: but for an upgrade, its proxy takes it away",
        ),
        // Alone it would go on to the upstream.
        "te" if sides.sent_header("te") == Some("trailers") => {
            Said::applied("the Gateway's proxy takes it away, and so what the client sent, too")
        }
        name if is_of_a_connection(name) => {
            Said::ignored("the Gateway's proxy takes headers of one connection away")
        }
        name if in_connection(sides, name) => {
            Said::ignored("Connection names it: the Gateway's proxy takes it away")
                .fix("name Connection in deleteHeaders")
        }
        // `requestIPHops` (gateway/reverse_proxy.go).
        "x-forwarded-for" => {
            Said::applied("the upstream gets it, and the caller's address after it")
        }
        _ => return None,
    })
}

/// What is said of a header that a request hook deletes, where the upstream gets it all the same.
pub(super) fn deleted(name: &str) -> Option<Said> {
    match name.to_ascii_lowercase().as_str() {
        "host" => Some(Said::ignored("the upstream sees its own host")),
        "content-length" => Some(Said::ignored("the Gateway writes it by the body that it sends")),
        // All three by that file, and `net/http`'s transport.
        "x-forwarded-for" => {
            Some(Said::applied("the upstream gets the address of who called the Gateway alone"))
        }
        "user-agent" => Some(Said::applied("the upstream gets the Gateway's own")),
        "accept-encoding" => {
            Some(Said::applied("the upstream gets what the Gateway itself asks for: gzip"))
        }
        _ => None,
    }
}

/// What is said of a header of a response, where it is not simply applied. Source: `HandleResponse` in `gateway/coprocess.go`
/// writes the length of rawBody, and that in `gateway/reverse_proxy.go` takes headers of one connection away.
pub(super) fn of_response(name: &str, is_there: bool) -> Option<Said> {
    if is_there && !is_token(name) {
        return Some(
            Said::ignored("Go's server sends no header of such a name")
                .fix("a name without spaces"),
        );
    }
    let name = name.to_ascii_lowercase();
    Some(match name.as_str() {
        "content-length" => Said::ignored("the Gateway writes it by rawBody"),
        // `net/http`'s server writes both where a handler does not.
        "content-type" if !is_there => {
            Said::applied("the client gets one that Go's server guesses by the body")
        }
        "date" if !is_there => Said::applied("the client gets the Gateway's own"),
        name if is_of_a_connection(name) => {
            Said::ignored("the Gateway's proxy takes headers of one connection away")
        }
        // `SendQuotas` (internal/rate/headers.go) comes after the plugin.
        name if name.starts_with("x-ratelimit-") => Said::depends(
            "depends on the session: the Gateway writes its own where there is a quota",
        ),
        _ => return None,
    })
}

/// Whether the request's `Connection`, as the answer leaves it, names a header.
fn in_connection(sides: &Sides<'_>, name: &str) -> bool {
    let value = sides.header("connection").unwrap_or_default();
    value.split(',').any(|part| part.trim().eq_ignore_ascii_case(name))
}
