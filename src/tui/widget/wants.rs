//! What a field takes, checked while it is typed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;

use crate::domain::task::Severity;
use crate::domain::{api, bundle};

/// What is wanted in a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Wants {
    /// Any text.
    #[default]
    Anything,
    /// An index, from 0.
    Index,
    /// A regular expression of Go's.
    Regex,
    /// A file of a bundle, as `file_list` names it.
    File,
    /// A file of a bundle that a hook names; it is no verdict.
    Path,
    /// A header's name.
    Header,
    /// An `XPath` expression.
    XPath,
    /// The name of a function.
    Function,
    /// A checksum of a bundle.
    Md5,
    /// Base64.
    Base64,
    /// A JSON object.
    Object,
    /// A path that callers find an API at.
    ListenPath,
    /// An upstream's URL.
    Target,
}

impl Wants {
    /// What is wrong with a text; an error where it cannot be taken. Nothing typed yet is no mistake.
    pub(crate) fn check(self, text: &str) -> Option<(Severity, String)> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match self {
            Self::Anything => None,
            Self::Index => text
                .parse::<u32>()
                .err()
                .map(|_| (Severity::Error, format!("`{text}` is no index: 0, 1, 2, …"))),
            // Ours is not quite Go's, so this is no verdict.
            Self::Regex => Regex::new(text).err().map(|error| {
                let said = error.to_string();
                let last = said.lines().last().unwrap_or_default();
                (Severity::Warning, last.trim_start_matches("error: ").to_owned())
            }),
            Self::Header => {
                let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
                unless(text.chars().all(is_token), "no header has such a name")
            }
            Self::XPath => unless(is_closed(text), "a bracket or a quote is not closed"),
            Self::Function => {
                let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | ':');
                let begins = !text.starts_with(|c: char| c.is_ascii_digit());
                unless(begins && text.chars().all(is_word), "no function has such a name")
            }
            Self::Md5 => {
                let is_hex = |c: char| matches!(c, '0'..='9' | 'a'..='f');
                let fits = text.len() == 32 && text.chars().all(is_hex);
                unless(fits, "a checksum is 32 hex digits, in small letters")
            }
            Self::Base64 => unless(STANDARD.decode(text).is_ok(), "this is no base64"),
            Self::Path => Self::File.check(text).map(|(_, said)| (Severity::Warning, said)),
            Self::Object => match serde_json::from_str::<serde_json::Value>(text) {
                Ok(value) if value.is_object() => None,
                Ok(_) => Some((Severity::Error, "an object is wanted: {\"key\": …}".to_owned())),
                Err(error) => Some((Severity::Error, format!("this is no JSON: {error}"))),
            },
            Self::ListenPath => api::listen_path_fault(text).map(|why| (Severity::Error, why)),
            Self::Target => api::target_fault(text).map(|why| (Severity::Error, why)),
            Self::File => {
                let (_, error) = bundle::entries(&[text]).err()?;
                Some((Severity::Error, error.to_string()))
            }
        }
    }
}

fn unless(right: bool, said: &str) -> Option<(Severity, String)> {
    (!right).then(|| (Severity::Warning, said.to_owned()))
}

/// Whether every bracket and quote is closed.
fn is_closed(text: &str) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(begun), c) if begun == c => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, ')' | ']') if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    quote.is_none() && open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_said_and_what_is_not_sure_is_taken() {
        let grave = |wants: Wants, text| wants.check(text).map(|(severity, _)| severity);
        assert_eq!(grave(Wants::Index, "3"), None);
        assert_eq!(grave(Wants::Index, "-1"), Some(Severity::Error));
        assert_eq!(grave(Wants::Index, " "), None);
        assert_eq!(grave(Wants::Regex, "^[a-z]+$"), None);
        assert_eq!(
            Wants::Regex.check("(a"),
            Some((Severity::Warning, "unclosed group".to_owned()))
        );
        assert_eq!(grave(Wants::File, "vendor/a.py"), None);
        assert_eq!(grave(Wants::File, "../a.py"), Some(Severity::Error));
        assert_eq!(grave(Wants::File, "manifest.json"), Some(Severity::Error));
        assert_eq!(grave(Wants::Anything, "("), None);
        let warned = Some(Severity::Warning);
        for (wants, right, wrong) in [
            (Wants::Header, "X-Api-Key", "X Api: Key"),
            (Wants::XPath, "/a[b='c)']/@d", "/a[b='c']/d)"),
            (Wants::Function, "plugin.MyPre", "My Pre"),
            (Wants::Md5, "d41d8cd98f00b204e9800998ecf8427e", "D41D8CD98F00B204E9800998ECF8427E"),
            (Wants::Base64, "aGVsbG8=", "hello!"),
            (Wants::Path, "pre.js", "../pre.js"),
        ] {
            assert_eq!((grave(wants, right), grave(wants, wrong)), (None, warned), "{wants:?}");
        }
        assert_eq!(grave(Wants::Object, r#"{"a": [1]}"#), None);
        assert_eq!(grave(Wants::Object, "[1]"), Some(Severity::Error));
        assert_eq!(grave(Wants::Object, "{"), Some(Severity::Error));
        assert_eq!(grave(Wants::ListenPath, "/orders/"), None);
        assert_eq!(grave(Wants::ListenPath, "orders"), Some(Severity::Error));
        assert_eq!(grave(Wants::Target, "http://localhost:8080"), None);
        assert_eq!(grave(Wants::Target, "localhost"), Some(Severity::Error));
    }
}
