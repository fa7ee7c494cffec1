//! A request as a command line of curl that sends the same.

use std::borrow::Cow;

use secrecy::ExposeSecret as _;

use super::{Body, KeySource, Origin, Sent, Shown};

/// The command, in one line, for a POSIX shell.
///
/// With `secrets` every header is written as it is sent. Without, `shown` has what is written of it; a key is taken from
/// where it is kept when the command runs, so that it can be run all the same. A signature or a token cannot: there
/// stands a mark.
pub fn curl(sent: &Sent, shown: &Shown, secrets: bool) -> String {
    let mut words = vec!["curl".to_owned()];
    let has_body = sent.body != Body::None;
    match (sent.method.as_str(), has_body) {
        ("GET", false) | ("POST", true) => {}
        // Where it is told so by `-X`, curl waits for the body of an answer that has none.
        ("HEAD", false) => words.push("-I".into()),
        (method, _) => words.extend(["-X".into(), quoted(method).into_owned()]),
    }
    if sent.insecure {
        words.push("-k".into());
    }
    for (header, (name, value)) in sent.headers.iter().zip(&shown.headers) {
        match &header.origin {
            Origin::Basic { user, source } if !secrets => {
                words.push("-u".into());
                words.push(format!("{}{}", quoted(&format!("{user}:")), kept(source)));
            }
            Origin::Key { before, source } if !secrets => {
                words.push("-H".into());
                words.push(format!("{}{}", quoted(&format!("{name}: {before}")), kept(source)));
            }
            _ => {
                let value = if secrets { header.value.expose_secret() } else { value };
                words.push("-H".into());
                words.push(quoted(&line(name, value)).into_owned());
            }
        }
    }
    if has_body {
        let names = |name: &str| sent.headers.iter().any(|it| it.name.eq_ignore_ascii_case(name));
        if !names("content-type") {
            // Else curl says that it is a form.
            words.extend(["-H".into(), "'Content-Type:'".into()]);
        }
    }
    match &sent.body {
        Body::None => {}
        Body::File(path) => words
            .extend(["--data-binary".into(), quoted(&format!("@{}", path.display())).into_owned()]),
        Body::Given(bytes) => {
            let text =
                if secrets { std::str::from_utf8(bytes).ok() } else { shown.body.as_deref() };
            match text {
                // What begins with @ would be a file's name.
                Some(text) => words.extend(["--data-raw".into(), quoted(text).into_owned()]),
                None => words.extend(["--data-binary".into(), "@-".into()]),
            }
        }
    }
    // Brackets and braces would be read as patterns of several URLs.
    if sent.url.contains(['[', ']', '{', '}']) {
        words.push("-g".into());
    }
    words.push(quoted(if secrets { &sent.url } else { &shown.url }).into_owned());
    words.join(" ")
}

/// A header's line; curl leaves one out that ends at the colon.
fn line(name: &str, value: &str) -> String {
    if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") }
}

/// A word of a shell's that stands for what is kept there.
fn kept(source: &KeySource) -> String {
    match source {
        KeySource::Env(name) => format!("\"${name}\""),
        KeySource::File(path) => format!("\"$(cat {})\"", quoted(&path.display().to_string())),
    }
}

/// A text as one word of a POSIX shell.
pub fn quoted(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,=".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("http://a:1/b%20c"), "http://a:1/b%20c");
        assert_eq!(quoted("/a?b=c&d=$e"), "'/a?b=c&d=$e'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
