//! Where a request goes.

use reqwest::Url;

use crate::config::Settings;
use crate::domain::request::{Request, is_safe};
use crate::domain::task::Problem;
use crate::net::http::Certificates;

/// The whole URL of a request, and which certificates the server may show: a path is the profile's Gateway's, what has no
/// scheme is `http://`, as with curl.
pub fn whole(text: &str, settings: &Settings) -> Result<(Url, Certificates), Problem> {
    if text.is_empty() {
        return Err(Problem::usage("no URL")
            .help("a whole one, or a path of the profile's Gateway: /orders"));
    }
    if !text.starts_with('/') {
        let text = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        return Ok((parsed(&text)?, Certificates::Trusted));
    }
    let Some(gateway) = &settings.gateway.url else {
        return Err(Problem::usage("a path alone, and no Gateway is connected")
            .help("give the whole URL, or choose a profile with `url` under [use.NAME.gateway] (--use NAME)"));
    };
    let url = parsed(&format!("{}{text}", gateway.trim_end_matches('/')))?;
    Ok((url, Certificates::of(settings.gateway.insecure_tls)))
}

fn parsed(text: &str) -> Result<Url, Problem> {
    let refused = |why: &str| Problem::usage(format!("no URL to send to: {why}"));
    let url = Url::parse(text)
        .map_err(|error| refused(&error.to_string()).help("write it as http://host:port/path"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused("neither http nor https").help("write it as http://host:port/path"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // Not repeated: there is a password in it.
        return Err(refused("it holds a name or password").help(
            "leave them out, and use --auth basic --user NAME with --key-env or --key-file",
        ));
    }
    Ok(url)
}

/// Refuses what would write outside this machine where that is forbidden: any method but GET, HEAD and OPTIONS to another
/// host.
pub(super) fn allowed(method: &str, url: &Url, settings: &Settings) -> Result<(), Problem> {
    if is_safe(method) || is_here(url) {
        return Ok(());
    }
    let host = url.host_str().unwrap_or_default();
    settings.writes_outside(&format!("send {method} to {host}"))
}

/// Why the settings forbid to send a request; `None` too where nothing can be said, as its URL is none.
pub fn forbidden(request: &Request, settings: &Settings) -> Option<Problem> {
    let (url, _) = whole(&request.url, settings).ok()?;
    allowed(&request.method, &url, settings).err()
}

/// Whether a URL is of this machine.
fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
