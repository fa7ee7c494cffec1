//! What a person sees of work: a problem in one line, the steps of a longer task, their progress, sizes.

use std::time::Duration;

use serde::Serialize;

/// Which exit code a [`Problem`] ends a command with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The answer is no: does not verify, lint found (exit code 1).
    No,
    /// Wrong use of the command (exit code 2).
    Usage,
    /// Could not find out or do it: file, network, a server's refusal (exit code 3).
    Failed,
    /// Interrupted by the user (exit code 130).
    Interrupted,
}

impl Kind {
    /// The process's exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::No => 1,
            Self::Usage => 2,
            Self::Failed => 3,
            Self::Interrupted => 130,
        }
    }
}

/// A failure as its reader needs it: what failed, where, and what to do about it.
///
/// Typed errors of a room become a `Problem` at the room's edge; the text never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What failed, in one line, with the found value where that helps.
    pub what: String,
    /// On what: a path, `path:line:column`, an address.
    pub place: Option<String>,
    /// What to do next.
    pub help: Option<String>,
    /// What it means for the exit code.
    pub kind: Kind,
}

impl Problem {
    /// Could not do it.
    pub fn failed(what: impl Into<String>) -> Self {
        Self { what: what.into(), place: None, help: None, kind: Kind::Failed }
    }

    /// Wrong use.
    pub fn usage(what: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, ..Self::failed(what) }
    }

    /// The answer is no.
    pub fn no(what: impl Into<String>) -> Self {
        Self { kind: Kind::No, ..Self::failed(what) }
    }

    /// The same, with the place it concerns.
    #[must_use]
    pub fn at(mut self, place: impl std::fmt::Display) -> Self {
        self.place = Some(place.to_string());
        self
    }

    /// The same, with what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The object that `--json` prints on stdout: `{"error":{"what","where","help"}}`.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({"error": {"what": self.what, "where": self.place, "help": self.help}})
    }
}

impl std::fmt::Display for Problem {
    /// `place: what (help)`, on one line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.what)?;
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// How far a piece of work is, in bytes or items; `total` is `None` while it is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Done so far.
    pub done: u64,
    /// Of how many.
    pub total: Option<u64>,
}

/// Where one step of a longer task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    Waiting,
    /// Under way.
    Running(Progress),
    /// Done, with what it did in a few words (`2 files · 3.4 KiB`).
    Done(String),
    /// Left out, with the reason.
    Skipped(String),
    /// Failed: the task stops here.
    Failed(Problem),
}

/// One step of a longer task, as an overlay or a line shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `build`, `sign`, `verify`, …
    pub name: &'static str,
    /// Where it stands.
    pub state: State,
    /// How long it took, once it ended.
    pub took: Option<Duration>,
}

impl Step {
    /// A step that has not begun.
    pub fn waiting(name: &'static str) -> Self {
        Self { name, state: State::Waiting, took: None }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It may be meant so.
    Hint,
    /// It works, but probably not as meant.
    Warning,
    /// It cannot work.
    Error,
}

/// A size in bytes for people: `512 B`, `3.4 KiB`, `120 MiB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1023.95 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    match unit {
        0 => format!("{bytes} B"),
        _ if value >= 99.95 => format!("{value:.0} {}", UNITS[unit]),
        _ => format!("{value:.1} {}", UNITS[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(1_536), "1.5 KiB");
        assert_eq!(size(3482), "3.4 KiB");
        assert_eq!(size(1_048_575), "1.0 MiB");
        assert_eq!(size(64 << 20), "64.0 MiB");
        assert_eq!(size(640 << 20), "640 MiB");
    }
}
