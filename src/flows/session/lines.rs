//! Records from lines of JSON, as `session export` and `serve --json` print them, edited or not.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::capture::marks::note;
use crate::capture::{Exchange, Judge, Kind, Noted};
use crate::domain::object::{Message, from_json};
use crate::domain::redact::hides;
use crate::domain::task::Problem;
use crate::services::files;

/// How a file of SQLite begins, as a session is one.
const SESSION: &[u8] = b"SQLite format 3";

/// What stands for standard input.
const STDIN: &str = "-";

/// The records of a file, one a line.
pub(super) struct Lines {
    input: Box<dyn BufRead + Send>,
    /// What it is called.
    name: String,
    judge: Judge,
    /// How many lines were read.
    number: usize,
}

impl Lines {
    /// The lines of a file that begins as lines of JSON do, and of whatever else can be read once only, such as a pipe; `None`
    /// where it may be a session.
    pub(super) fn open(
        path: &Path,
        judge: impl FnOnce() -> Judge,
    ) -> Result<Option<Self>, Problem> {
        let (mut input, once, name): (Box<dyn BufRead + Send>, _, _) = if path == Path::new(STDIN) {
            (Box::new(BufReader::new(io::stdin())), true, "standard input".to_owned())
        } else {
            let Ok(file) = File::open(path) else { return Ok(None) };
            let kind = file.metadata().map(|facts| facts.file_type());
            let once = kind.is_ok_and(|kind| !kind.is_file() && !kind.is_dir());
            (Box::new(BufReader::new(file)), once, path.display().to_string())
        };
        let begins = match input.fill_buf() {
            Ok(begins) => begins,
            Err(error) if once => return Err(files::problem("cannot read", path, &error)),
            Err(_) => return Ok(None),
        };
        if once && begins.starts_with(SESSION) {
            return Err(Problem::failed("this is a session, which is read from a file alone")
                .at(name)
                .help("name its file; what comes through a pipe are lines of `session export`"));
        }
        let is_lines = begins.trim_ascii_start().starts_with(b"{");
        let lines = || Self { input, name, judge: judge(), number: 0 };
        Ok((once || is_lines).then(lines))
    }

    fn read(&mut self) -> Result<Option<Noted>, Problem> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = self
                .input
                .read_until(b'\n', &mut line)
                .map_err(|error| files::problem("cannot read", Path::new(&self.name), &error))?;
            self.number += 1;
            if read == 0 {
                return Ok(None);
            }
            if line.iter().any(|byte| !byte.is_ascii_whitespace()) {
                break;
            }
        }
        let place = format!("{}:{}", self.name, self.number);
        let mut json: Value =
            serde_json::from_slice(&line).map_err(|error| no_json(&error).at(&place))?;
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

fn no_json(error: &serde_json::Error) -> Problem {
    let problem = Problem::failed(format!("this is no JSON: {error}"));
    if error.is_eof() {
        // As jq lays it out where it is not told otherwise.
        return problem.help("one record a line; `jq -c` writes them so");
    }
    problem
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
