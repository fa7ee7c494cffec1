//! The request and the response as a Gateway prints them.

use std::borrow::Cow;

use crate::domain::object::View;

/// A request or a response, to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its first line.
    pub first: String,
    /// Its headers, in order.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
}

/// The two parts of a dump; the request is the one after the chain.
pub(super) fn parts(dump: &str, view: &dyn View) -> (Option<Said>, Option<Said>) {
    const REQUEST: &str = "====== Request ======\n";
    const RESPONSE: &str = "====== Response ======\n";
    let Some((request, response)) = dump.split_once(RESPONSE) else { return (None, None) };
    let request = request.strip_prefix(REQUEST).unwrap_or(request);
    let request = request.strip_suffix('\n').unwrap_or(request);
    (part(request, "request", view), part(response, "response", view))
}

/// One part, through a view that takes it for the part of an Object with this name.
fn part(text: &str, name: &'static str, view: &dyn View) -> Option<Said> {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let mut lines = head.split("\r\n");
    let first = lines.next().filter(|line| !line.is_empty())?;
    let header = |line: &str| {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let path = [name.into(), "headers".into(), Cow::Borrowed(key)];
        (key.to_owned(), view.text(&path, value.trim()).into_owned())
    };
    Some(Said {
        first: view.text(&[name.into(), "url".into()], first).into_owned(),
        headers: lines.map(header).collect(),
        body: view.text(&[name.into(), "body".into()], body).into_owned(),
    })
}
