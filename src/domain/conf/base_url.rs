//! `bundle_base_url`, and the URL that a Gateway makes of it and a bundle's name.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// A `bundle_base_url` with which no bundle can be fetched; in the Gateway's words where it has some.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// `No bundle base URL set, skipping bundle`: its APIs are dropped.
    #[error("No bundle base URL set, skipping bundle")]
    Empty,
    /// Without a scheme it is none, or one that cannot be parsed.
    #[error("no scheme: a Gateway fetches from http, https and file URLs")]
    NoScheme,
    /// Another scheme than http, https or file.
    #[error("Unknown URL scheme")]
    Scheme(String),
}

/// What Go leaves as it is in a URL's path, beside letters and digits (`net/url`, shouldEscape).
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// The URL of a bundle: its name is joined to the path, as Go's `path.Join` does, and percent-encoded; a query stays.
pub fn bundle_url(base: &str, name: &str) -> Result<String, BaseUrlError> {
    if base.is_empty() {
        return Err(BaseUrlError::Empty);
    }
    let (scheme, rest) = base.split_once("://").ok_or(BaseUrlError::NoScheme)?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "file") {
        return Err(BaseUrlError::Scheme(scheme));
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (before, query) = rest.split_once('?').map_or((rest, None), |(b, q)| (b, Some(q)));
    let (authority, path) = before.split_at(before.find('/').unwrap_or(before.len()));
    let path = percent_decode_str(path).decode_utf8_lossy();
    let joined = joined(&path, name);
    let slash = if joined.starts_with('/') { "" } else { "/" };
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Ok(format!("{scheme}://{authority}{slash}{}{query}", encoded_path(&joined)))
}

/// A path as Go percent-encodes it.
pub fn encoded_path(path: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(path, KEPT)
}

/// Go's `path.Join`: joined by a slash and cleaned.
fn joined(path: &str, name: &str) -> String {
    let whole = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    let rooted = whole.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            part => parts.push(part),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, parts.join("/"))
}
