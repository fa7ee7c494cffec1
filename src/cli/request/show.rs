//! What came back, for people and as JSON.

use std::io::IsTerminal as _;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::cli::output;
use crate::domain::request::{Body, Shown};
use crate::domain::task::{Problem, size};
use crate::flows::request::{Entry, Exchange};

/// Prints body, and head where it is asked for, on stdout, and what it took on stderr.
pub(super) fn people(
    exchange: &Exchange,
    shown: &Shown,
    include: bool,
    show_secrets: bool,
) -> Result<(), Problem> {
    let answer = &exchange.answer;
    if include {
        output::line(output::printable(&answer.status_line()))?;
        for (name, value) in &shown.answer_headers {
            output::line(output::printable(&format!("{name}: {value}")))?;
        }
        output::line("")?;
    }
    let body = &shown.answer_body;
    match (&exchange.output, std::str::from_utf8(body)) {
        (Some(_), _) => {}
        // A file or a program gets the bytes; a terminal nothing that steers it.
        _ if !std::io::stdout().is_terminal() => output::bytes(body)?,
        (None, Ok(text)) if text.ends_with('\n') || text.is_empty() => {
            output::bytes(output::printable(text).as_bytes())?;
        }
        (None, Ok(text)) => output::line(output::printable(text))?,
        (None, Err(_)) => output::notice(format_args!(
            "the body is no text: {}; -o FILE writes it",
            size(answer.bytes)
        )),
    }
    let timing = &answer.timing;
    let part = |name: &str, time: Option<Duration>| {
        time.map(|time| format!(", {name} {}", millis(time))).unwrap_or_default()
    };
    output::notice(format_args!(
        "{}, {}, {}{}{}{}{}",
        answer.status_line(),
        size(answer.bytes),
        millis(timing.total),
        part("resolve", timing.resolve),
        part("connect", timing.connect),
        part("head after", Some(timing.head)),
        exchange.output.as_ref().map(|it| format!(", in {}", it.display())).unwrap_or_default(),
    ));
    if (300..400).contains(&answer.status) {
        let to = shown.answer_headers.iter().find(|(name, _)| name == "location");
        let to = to.map(|(_, to)| format!(" to {to}")).unwrap_or_default();
        output::notice(format_args!("a redirect{to} is not followed: secrets would go there too"));
    }
    if !show_secrets && *body != answer.body && exchange.output.is_none() {
        output::notice("secrets in the body are hidden: --show-secrets shows it as it came");
    }
    Ok(())
}

/// Prints all of it as one object.
pub(super) fn json(exchange: &Exchange, shown: &Shown) -> Result<(), Problem> {
    let answer = &exchange.answer;
    let timing = &answer.timing;
    let pairs = |pairs: &[(String, String)]| -> Vec<Value> {
        pairs.iter().map(|(name, value)| json!([name, value])).collect()
    };
    let text = std::str::from_utf8(&shown.answer_body).ok();
    let encoded =
        if text.is_none() { Some(BASE64_STANDARD.encode(&shown.answer_body)) } else { None };
    output::line(json!({
        "at": format!("{:.6}", exchange.at),
        "request": {
            "method": exchange.sent.method,
            "url": shown.url,
            "headers": pairs(&shown.headers),
            "body": shown.body.as_ref().filter(|_| exchange.sent.body != Body::None),
            "insecure": exchange.sent.insecure,
        },
        "version": answer.version,
        "status": answer.status,
        "headers": pairs(&shown.answer_headers),
        "body": text,
        "body_base64": encoded,
        "bytes": answer.bytes,
        "output": exchange.output.as_ref().map(|path| path.display().to_string()),
        "timing_us": {
            "resolve": timing.resolve.map(micros),
            "connect": timing.connect.map(micros),
            "head": micros(timing.head),
            "total": micros(timing.total),
        },
    }))
}

/// Prints the history, the last one first.
pub(super) fn history(entries: &[Entry], json: bool) -> Result<(), Problem> {
    for (number, entry) in (1..).zip(entries.iter().rev()) {
        if json {
            let mut line = serde_json::to_value(entry).unwrap_or_default();
            line["number"] = json!(number);
            output::line(line)?;
            continue;
        }
        let request = &entry.request;
        let status = entry.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
        let auth = request.auth.word();
        let at = entry.at.split('.').next().unwrap_or_default();
        let line = format!(
            "{number:>3}  {at}  {status:>3}  {auth:<5}  {:<7} {}",
            request.method, request.url
        );
        output::line(output::printable(&line))?;
    }
    if entries.is_empty() && !json {
        output::notice("no request was sent yet");
    }
    Ok(())
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// Whole microseconds.
pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
