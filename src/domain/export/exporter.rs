//! Writes an export, record by record, so that none has to fit into memory.

use std::fmt::Write as _;

use serde_json::Value;

use super::chain::{Chain, Request};
use super::grpcurl::grpcurl;
use super::shell::comment;
use super::{Format, Http, curl, har, note};
use crate::domain::address::Listen;
use crate::domain::redact::hides;

/// What came of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Records that are in it, or have no form there.
    pub records: u64,
    /// What was written of them: lines, entries, commands.
    pub written: u64,
    /// Records that this format has no form for, such as events in HTTP's.
    pub left_out: u64,
    /// Records in which a secret was hidden.
    pub redacted: u64,
}

/// An export in a format of text.
#[derive(Debug)]
pub struct Exporter {
    format: Format,
    /// Where grpcurl calls.
    server: Listen,
    /// One record alone is meant: it needs no heading.
    alone: bool,
    chain: Chain,
    exported: Exported,
}

/// What a redacted export says of itself.
const HIDES: &str =
    "redacted by tyk-tui: «redacted …» stands for secrets, so it cannot be replayed";

impl Exporter {
    /// Begins one. `server` is the plugin server that grpcurl is to call; `alone`: one record is exported.
    pub fn new(format: Format, server: Listen, alone: bool) -> Self {
        Self { format, server, alone, chain: Chain::default(), exported: Exported::default() }
    }

    /// As [`Format::is_by_request`]: then it is told of others, too.
    pub fn is_by_request(&self) -> bool {
        self.format.is_by_request()
    }

    /// What is written before the first record.
    pub fn begin(&self) -> String {
        match self.format {
            Format::Har => har::head(),
            _ => String::new(),
        }
    }

    /// What is written once a record is known, a line of `--json`.
    pub fn record(&mut self, line: &Value) -> String {
        match self.format {
            Format::Jsonl => {
                self.count(line);
                self.exported.written += 1;
                format!("{line}\n")
            }
            Format::Session => String::new(),
            Format::Grpcurl => {
                self.count(line);
                self.command(line, grpcurl(line, &self.server))
            }
            Format::Curl | Format::Har if Http::of(line).is_none() => {
                self.count(line);
                self.left_out()
            }
            Format::Curl | Format::Har => {
                let ended = self.chain.take(line, true);
                self.requests(&ended)
            }
        }
    }

    /// The same for a record that is not meant itself: where a request has one entry it is in that of a request of which
    /// another record is meant. Told in their order, among those that are.
    pub fn other(&mut self, line: &Value) -> String {
        if !self.format.is_by_request() || Http::of(line).is_none() {
            return String::new();
        }
        let ended = self.chain.take(line, false);
        self.requests(&ended)
    }

    /// What is written in the end, and what came of it.
    pub fn end(mut self) -> (String, Exported) {
        let open = std::mem::take(&mut self.chain).end();
        let mut text = self.requests(&open);
        if self.format == Format::Har {
            text.push_str(&har::tail((self.exported.redacted > 0).then_some(HIDES)));
        }
        (text, self.exported)
    }

    fn count(&mut self, line: &Value) {
        self.exported.records += 1;
        let hidden = hides(&line["request"]) || hides(&line["reply"]) || hides(&line["error"]);
        self.exported.redacted += u64::from(hidden);
    }

    fn left_out(&mut self) -> String {
        self.exported.left_out += 1;
        String::new()
    }

    /// Those of them that are meant: entries, or commands for what their first hooks were sent.
    fn requests(&mut self, requests: &[Request]) -> String {
        let mut text = String::new();
        for request in requests.iter().filter(|request| request.meant) {
            request.lines.iter().for_each(|line| self.count(line));
            if self.format == Format::Curl {
                let Some(line) = request.lines.first() else { continue };
                let command = Http::of(line).map(|http| curl::curl(&http));
                text.push_str(&self.command(line, command));
            } else if let Some(entry) = har::entry(request) {
                text.push_str(if self.exported.written == 0 { "\n" } else { ",\n" });
                let _ = write!(text, "{entry}");
                self.exported.written += 1;
            }
        }
        text
    }

    /// A command with what it is about, and what is missing in it.
    fn command(&mut self, line: &Value, command: Option<String>) -> String {
        let Some(command) = command else { return self.left_out() };
        let mut text = String::new();
        if !self.alone {
            if self.exported.written > 0 {
                text.push('\n');
            }
            let word = |name: &str| line[name].as_str().unwrap_or_default();
            let (at, hook, name, api) = (word("at"), word("hook"), word("name"), word("api"));
            let about = comment(&format!("#{} {at} {hook} {name} {api}", line["seq"]));
            let _ = writeln!(text, "# {}", about.trim_end());
            if let Some(note) = note(line) {
                let _ = writeln!(text, "# note: {}", comment(note));
            }
        }
        // Of an answer nothing is in it.
        if hides(&line["request"]) {
            let _ = writeln!(text, "# {HIDES}");
        }
        self.exported.written += 1;
        text + &command + "\n"
    }
}
