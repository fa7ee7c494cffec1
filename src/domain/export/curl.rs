//! The HTTP request of a Dispatch as a command line of curl that sends the same.

use std::borrow::Cow;

use super::http::Http;
use super::shell::{printed, word};

/// Headers that curl writes itself, from URL and body.
const ITS_OWN: [&str; 2] = ["content-length", "transfer-encoding"];

/// What one argument of a program may have, at most, is 128 KiB on Linux: longer bodies are piped.
const LONGEST: usize = 100 << 10;

/// From this size on curl asks whether the body is wanted, unless it is told otherwise; older ones did at a KiB.
const ASKS: usize = 1 << 10;

/// The command, for a POSIX shell. Headers that curl would add are taken away, so that what is sent is what the Object
/// has.
pub(super) fn curl(http: &Http) -> String {
    let mut words = vec!["curl".to_owned()];
    let names = |name: &str| http.header(name).is_some();
    // An empty body is one where its length was sent.
    let has_body = !http.body.is_empty() || http.header("content-length") == Some("0");
    match (http.method.as_str(), has_body) {
        ("GET", false) | ("POST", true) => {}
        // Where it is told so by `-X`, curl waits for the body of an answer that has none.
        ("HEAD", false) => words.push("-I".into()),
        (method, _) => words.extend(["-X".into(), word(method).into_owned()]),
    }
    for (name, value) in &http.headers {
        if ITS_OWN.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            continue;
        }
        // One that ends at the colon would be left out.
        let line = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        words.extend(["-H".into(), word(&line).into_owned()]);
    }
    let unless_named = |name: &str, adds: bool| {
        (adds && !names(name)).then(|| ["-H".to_owned(), word(&format!("{name}:")).into_owned()])
    };
    words.extend(unless_named("User-Agent", true).into_iter().flatten());
    words.extend(unless_named("Accept", true).into_iter().flatten());
    words.extend(unless_named("Content-Type", has_body).into_iter().flatten());
    words.extend(unless_named("Expect", http.body.len() >= ASKS).into_iter().flatten());
    let mut before = None;
    if has_body {
        match std::str::from_utf8(&http.body) {
            Ok(text) if http.body.len() <= LONGEST && is_plain(text) => {
                // What begins with @ would be a file's name.
                words.extend(["--data-raw".into(), word(text).into_owned()]);
            }
            _ => {
                before = Some(printed(&http.body));
                words.extend(["--data-binary".into(), "@-".into()]);
            }
        }
    }
    // Brackets and braces would be read as patterns of several URLs, and dots in a path be resolved.
    if http.url.contains(['[', ']', '{', '}']) {
        words.push("-g".into());
    }
    if http.url.contains("/.") {
        words.push("--path-as-is".into());
    }
    words.push(word(&encoded(&http.url)).into_owned());
    let command = words.join(" ");
    before.map_or(command.clone(), |before| format!("{before} | {command}"))
}

/// A URL that curl takes: a plugin may have written what no URL has, and curl sends none with a space.
fn encoded(url: &str) -> Cow<'_, str> {
    let is_wrong = |c: char| c == ' ' || c.is_ascii_control();
    if !url.contains(is_wrong) {
        return Cow::Borrowed(url);
    }
    let each = |c: char| if is_wrong(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() };
    Cow::Owned(url.chars().map(each).collect())
}

/// A carriage return alone is a control character, and would not survive a paste.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t')
}
