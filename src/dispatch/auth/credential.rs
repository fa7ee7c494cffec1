//! Where a caller's key or token stands: a header, a parameter of the query, a cookie, by the names of the Gateway's own
//! `auth_configs`.

use std::fmt;

use crate::dispatch::rules::{Loader, Placed, Table};
use crate::domain::object::Head;
use crate::domain::task::Problem;

/// The settings that name places; `header` is what `auth_header_name` was called first.
pub(super) const KEYS: [&str; 4] = ["auth_header_name", "header", "param_name", "cookie_name"];

/// Places that are looked at: those that a rule names, else the header `Authorization` alone.
#[derive(Debug)]
pub(super) struct Credential {
    header: Option<String>,
    param: Option<String>,
    cookie: Option<String>,
}

impl Credential {
    /// The places of an action. What stands there is redacted from then on.
    pub(super) fn load(loader: &mut Loader<'_>, table: &Table<'_>) -> Result<Self, Problem> {
        let header = header(table)?;
        let param = table.string("param_name")?;
        let cookie = table.string("cookie_name")?;
        if let Some(param) = param.as_ref().filter(|param| param.value.is_empty()) {
            return Err(table.problem(&param.span, "`param_name` is empty"));
        }
        if let Some(cookie) = cookie.as_ref().filter(|cookie| !is_token(cookie.value)) {
            let what = format!("`{}` is no name of a cookie", cookie.value);
            return Err(table.problem(&cookie.span, what));
        }
        let usual = header.is_none() && param.is_none() && cookie.is_none();
        let name = |placed: Placed<&str>| placed.value.to_owned();
        let header = header.map(name).or_else(|| usual.then(|| "Authorization".to_owned()));
        let places = Self { header, param: param.map(name), cookie: cookie.map(name) };
        if let Some(header) = &places.header {
            loader.secret_header(header);
        }
        // Cookies are redacted whatever their names; a log line or a form in a body may have the name as well.
        for name in [&places.param, &places.cookie].into_iter().flatten() {
            loader.secret_param(name);
        }
        Ok(places)
    }

    /// What stands at the last place that has something, as the Gateway's own authentication looks: header, parameter,
    /// cookie. Source: `getAuthToken` of the Gateway's middleware.
    pub(super) fn of<'a>(&self, head: &Head<'a>) -> Option<&'a str> {
        let cookie =
            || self.cookie.as_deref().and_then(|name| cookie(head.header("Cookie")?, name));
        let param = || self.param.as_deref().and_then(|name| head.param(name));
        let header = || self.header.as_deref().and_then(|name| head.header(name));
        let there = |value: &&str| !value.is_empty();
        cookie().filter(there).or_else(|| param().filter(there)).or_else(|| header().filter(there))
    }
}

/// The places, for whoever looks for the reason of a refusal.
impl fmt::Display for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places =
            [("header", &self.header), ("parameter", &self.param), ("cookie", &self.cookie)];
        let mut first = true;
        for (what, name) in
            places.into_iter().filter_map(|(what, name)| Some((what, name.as_ref()?)))
        {
            write!(f, "{}{what} `{name}`", if first { "" } else { ", no " })?;
            first = false;
        }
        Ok(())
    }
}

fn header<'a>(table: &Table<'a>) -> Result<Option<Placed<&'a str>>, Problem> {
    let named = match (table.string("auth_header_name")?, table.string("header")?) {
        (Some(_), Some(other)) => {
            let what = "`header` and `auth_header_name` are one setting, which is there twice";
            return Err(table.problem(&other.span, what).help("take one of them away"));
        }
        (one, other) => one.or(other),
    };
    if let Some(named) =
        named.as_ref().filter(|it| http::HeaderName::from_bytes(it.value.as_bytes()).is_err())
    {
        return Err(table.problem(&named.span, format!("`{}` is no header name", named.value)));
    }
    Ok(named)
}

/// The first cookie of this name whose value is one. As Go's `net/http` reads the header, and so the Gateway: names as
/// they are written, quotes around a value left out, nothing decoded.
fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').find_map(|cookie| {
        let (found, value) = cookie.trim().split_once('=')?;
        let value = value.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(value);
        let of_value =
            |byte: u8| matches!(byte, 0x20..=0x7e) && !matches!(byte, b'"' | b';' | b'\\');
        (found.trim() == name && value.bytes().all(of_value)).then_some(value)
    })
}

/// What RFC 6265 lets a cookie be called.
fn is_token(name: &str) -> bool {
    let of_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(of_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_read_as_go_reads_them() {
        let header =
            "a=1; session = \"x.y z\"; Session=upper; b; session=second; bad=\u{e4}; q=a=b";
        let found = |name| cookie(header, name);
        assert_eq!(found("session"), Some("second"), "a quote within is of no value");
        assert_eq!(found("Session"), Some("upper"));
        assert_eq!(found("q"), Some("a=b"));
        assert_eq!((found("b"), found("bad"), found("none")), (None, None, None));
        assert_eq!(cookie("k=\"quoted\"", "k"), Some("quoted"));
        assert_eq!(cookie("k=a%20b", "k"), Some("a%20b"));
        assert_eq!(cookie("k=", "k"), Some(""));
    }

    #[test]
    fn names_of_cookies_are_tokens() {
        assert!(is_token("__Host-session.id"));
        assert!(!is_token("") && !is_token("a b") && !is_token("a=b") && !is_token("ä"));
    }
}
