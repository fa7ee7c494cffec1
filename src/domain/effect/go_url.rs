//! Which texts Go's `net/url.ParseRequestURI` refuses, and in which words.
//!
//! Source: that is what a Gateway reads an answer's `url` with (`ObjectPostProcess` in its `gateway/coprocess.go`, 5.3.0 to
//! 5.14.0); the documentation and behaviour of Go's `net/url`.

/// Where a `%` or a character stands: a host is held to stricter rules.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Host,
    Zone,
    Other,
}

/// Go's error text, where `url.ParseRequestURI` gives one. A `#` is a character of the path there.
pub fn parse(url: &str) -> Result<(), String> {
    if url.bytes().any(|byte| byte.is_ascii_control()) {
        return Err("invalid control character in URL".into());
    }
    if url.is_empty() {
        return Err("empty url".into());
    }
    if url == "*" {
        return Ok(());
    }
    let (scheme, rest) = scheme(url)?;
    hierarchy(scheme, rest.split_once('?').map_or(rest, |(rest, _)| rest))
}

fn scheme(url: &str) -> Result<(&str, &str), String> {
    for (at, byte) in url.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return Err("missing protocol scheme".into()),
            b':' => return Ok((&url[..at], &url[at + 1..])),
            _ => break,
        }
    }
    Ok(("", url))
}

fn hierarchy(scheme: &str, rest: &str) -> Result<(), String> {
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            return Ok(());
        }
        return Err("invalid URI for request".into());
    }
    if scheme.is_empty() || !rest.starts_with("//") {
        return unescape(rest, Part::Other);
    }
    let rest = &rest[2..];
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    authority(host)?;
    unescape(path, Part::Other)
}

fn authority(authority: &str) -> Result<(), String> {
    let Some((user, server)) = authority.rsplit_once('@') else { return host(authority) };
    host(server)?;
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
    if !user.bytes().all(valid) {
        return Err("net/url: invalid userinfo".into());
    }
    unescape(user, Part::Other)
}

fn host(host: &str) -> Result<(), String> {
    if !host.starts_with('[') {
        if let Some(colon) = host.rfind(':') {
            port(&host[colon..])?;
        }
        return unescape(host, Part::Host);
    }
    let end = host.rfind(']').ok_or("missing ']' in host")?;
    port(&host[end + 1..])?;
    match host[..end].find("%25") {
        Some(zone) => {
            unescape(&host[..zone], Part::Host)?;
            unescape(&host[zone..end], Part::Zone)?;
            unescape(&host[end..], Part::Host)
        }
        None => unescape(host, Part::Host),
    }
}

/// Nothing, or a colon and digits.
fn port(port: &str) -> Result<(), String> {
    let valid = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => port.is_empty(),
    };
    if valid { Ok(()) } else { Err(format!("invalid port {port:?} after host")) }
}

fn unescape(text: &str, part: Part) -> Result<(), String> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'%' {
            if part != Part::Other && bytes[at] < 0x80 && !is_of_host(bytes[at]) {
                let found = char::from(bytes[at]).to_string();
                return Err(format!("invalid character {found:?} in host name"));
            }
            at += 1;
            continue;
        }
        let escape = String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 3)]).into_owned();
        let invalid = || Err(format!("invalid URL escape {escape:?}"));
        let digits = escape.get(1..3).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(Ok(byte)) = digits.map(|hex| u8::from_str_radix(hex, 16)) else {
            return invalid();
        };
        let refused = match part {
            Part::Host => byte < 0x80 && escape != "%25",
            Part::Zone => escape != "%25" && byte != b' ' && !is_of_host(byte),
            Part::Other => false,
        };
        if refused {
            return invalid();
        }
        at += 3;
    }
    Ok(())
}

fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]<>\"".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_go_takes() {
        for url in [
            "*",
            "/a/b?c=%zz",
            "/a:b",
            "//host/x",
            "///x",
            "http://user:p%40ss@host:80/x#y",
            "http://[::1]:8080/",
            "http://[fe80::1%25en0]/",
            "mailto:x%zz",
            "http://höst/",
            "http://h:/",
            "/x#y",
        ] {
            assert_eq!(parse(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn refuses_what_go_refuses() {
        for (url, error) in [
            ("http://[::1", "missing ']' in host"),
            (":x", "missing protocol scheme"),
            ("", "empty url"),
            ("1a:b", "invalid URI for request"),
            ("things", "invalid URI for request"),
            ("/a\nb", "invalid control character in URL"),
            ("/a%zz", "invalid URL escape \"%zz\""),
            ("/a%4", "invalid URL escape \"%4\""),
            ("http://h:8x/", "invalid port \":8x\" after host"),
            ("http://a b/", "invalid character \" \" in host name"),
            ("http://u|x@h/", "net/url: invalid userinfo"),
            ("http://h%41/", "invalid URL escape \"%41\""),
            ("/x#%", "invalid URL escape \"%\""),
        ] {
            assert_eq!(parse(url), Err(error.to_owned()), "{url}");
        }
    }
}
