//! Records from lines of JSON, as `session export` and `serve --json` print them, edited or not.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::capture::marks::note;
use crate::capture::{Exchange, Judge, Kind, Noted};
use crate::domain::object::{Message, from_json};
use crate::domain::redact::hides;
use crate::domain::task::Problem;
use crate::services::files;

/// Whether a file begins as lines of JSON do.
pub(super) fn is_lines(path: &Path) -> bool {
    let mut first = [0];
    File::open(path).is_ok_and(|mut file| file.read_exact(&mut first).is_ok()) && &first == b"{"
}

/// The records of a file, one a line.
pub(super) struct Lines {
    file: BufReader<File>,
    path: PathBuf,
    judge: Judge,
    /// How many lines were read.
    number: usize,
}

impl Lines {
    pub(super) fn open(path: &Path, judge: Judge) -> Result<Self, Problem> {
        let file = File::open(path).map_err(|error| files::problem("cannot read", path, &error))?;
        Ok(Self { file: BufReader::new(file), path: path.to_owned(), judge, number: 0 })
    }

    fn read(&mut self) -> Result<Option<Noted>, Problem> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = self.file.read_until(b'\n', &mut line);
            let read = read.map_err(|error| files::problem("cannot read", &self.path, &error))?;
            self.number += 1;
            if read == 0 {
                return Ok(None);
            }
            if line.iter().any(|byte| !byte.is_ascii_whitespace()) {
                break;
            }
        }
        let place = format!("{}:{}", self.path.display(), self.number);
        let mut json: Value = serde_json::from_slice(&line)
            .map_err(|error| Problem::failed(format!("this is no JSON: {error}")).at(&place))?;
        // A secret that is missing there is none of what is sent.
        let noted = json.as_object_mut().and_then(|line| line.remove("note"));
        let note = noted.as_ref().and_then(Value::as_str).map(note);
        let (seq, exchange) = exchange(&json).map_err(|problem| problem.at(&place))?;
        Ok(Some(Noted { record: self.judge.record(seq, exchange), note }))
    }
}

impl Iterator for Lines {
    type Item = Result<Noted, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// The number of a line, and what it holds.
fn exchange(line: &Value) -> Result<(u64, Exchange), Problem> {
    if hides(line) {
        return Err(Problem::failed("its secrets are redacted: it cannot be sent as it was")
            .help("export it with --show-secrets"));
    }
    let number = |name: &str| line[name].as_u64();
    let micros = |name: &str| Duration::from_micros(number(name).unwrap_or(0));
    let text = |name: &str| line[name].as_str().unwrap_or_default();
    let no_line = |what: &str| {
        Problem::failed(format!("this is no record: {what}"))
            .help("give lines of `session export --show-secrets` or `serve --json --show-secrets`")
    };
    let (kind, request, reply) = match text("kind") {
        "dispatch" => (Kind::Dispatch, Message::Object, Message::Object),
        "event" => (Kind::Event, Message::Event, Message::EventReply),
        "dropped" => {
            let count = number("count").unwrap_or(1);
            (Kind::Dropped { count }, Message::Object, Message::Object)
        }
        _ => return Err(no_line("its kind is not dispatch, event or dropped")),
    };
    let message = |message: Message, name: &str| -> Result<Option<Bytes>, Problem> {
        match &line[name] {
            Value::Null => Ok(None),
            json => from_json(message, json)
                .map(|bytes| Some(bytes.into()))
                .map_err(|error| Problem::failed(format!("{name}: {error}"))),
        }
    };
    let seq = number("seq").ok_or_else(|| no_line("it has no seq"))?;
    let at = match text("at") {
        "" => jiff::Timestamp::UNIX_EPOCH,
        at => at.parse().map_err(|_| no_line(&format!("`{at}` is no time")))?,
    };
    let exchange = Exchange {
        kind,
        at,
        took: micros("took_us"),
        held: micros("held_us"),
        peer: text("peer").into(),
        request: message(request, "request")?,
        reply: message(reply, "reply")?.ok_or_else(|| text("error").to_owned()),
        rule: line["rule"].as_str().map(Into::into),
        why: line["error"].as_str().filter(|_| line["reply"].is_object()).map(Into::into),
        trimmed: line["trimmed"] == true,
        // A line does not have it.
        trace: None,
    };
    Ok((seq, exchange))
}
