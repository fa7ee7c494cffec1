//! What a Dispatch is held for.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::capture::{Judge, Record, Seen};
use crate::domain::filter::Filter;
use crate::domain::object::Hook;

/// Breakpoints that are set at once, at most: each is asked for every call.
pub const MOST_BREAKPOINTS: usize = 100;

/// What stops.
#[derive(Clone, Debug, PartialEq)]
pub enum Breakpoint {
    /// Every Dispatch of this hook.
    Hook(Hook),
    /// Every Dispatch that this rule had a part in; `(none)`: that no rule handled.
    Rule(String),
    /// Every Dispatch that this filter means. It sees the answer that is proposed.
    Filter(Filter),
}

impl Breakpoint {
    /// Hooks that a Gateway calls, in its order.
    pub const HOOKS: [Hook; 5] =
        [Hook::Pre, Hook::AuthCheck, Hook::PostKeyAuth, Hook::Post, Hook::Response];
}

impl fmt::Display for Breakpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hook(hook) => write!(f, "hook {}", hook.word()),
            Self::Rule(rule) => write!(f, "rule {rule}"),
            Self::Filter(filter) => write!(f, "filter {filter}"),
        }
    }
}

impl FromStr for Breakpoint {
    type Err = String;

    /// Reads what it is written as.
    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("`{text}` is no breakpoint");
        let (of, what) = text.split_once(' ').ok_or_else(unknown)?;
        match of {
            "hook" => {
                let mut hooks = Self::HOOKS.into_iter();
                hooks.find(|hook| hook.word() == what).map(Self::Hook).ok_or_else(unknown)
            }
            "rule" => Ok(Self::Rule(what.to_owned())),
            "filter" => {
                Filter::parse_live(what).map(Self::Filter).map_err(|error| error.to_string())
            }
            _ => Err(unknown()),
        }
    }
}

/// What the jq of a breakpoint's filter fails on: the breakpoint means no such call, and would just never stop.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Faulty {
    /// The breakpoint, in words.
    pub breakpoint: String,
    /// How many calls.
    pub count: u64,
    /// What jq said of the first.
    pub first: String,
}

/// The breakpoints in force, and how filters see a record.
pub(super) struct Armed {
    pub(super) breakpoints: Vec<Breakpoint>,
    pub(super) judge: Judge,
}

impl Armed {
    /// The first breakpoint that means a Dispatch, whose answer these rules propose.
    pub(super) async fn meant(
        self: Arc<Self>,
        record: &Arc<Record>,
        rules: &[Arc<str>],
    ) -> Option<String> {
        let mut slow = false;
        let cheap = self.breakpoints.iter().find(|breakpoint| match breakpoint {
            Breakpoint::Hook(hook) => record.row.hook == *hook,
            Breakpoint::Rule(rule) if rules.is_empty() => rule == "(none)",
            Breakpoint::Rule(rule) => rules.iter().any(|named| **named == **rule),
            Breakpoint::Filter(filter) if filter.is_indexed() => self.matches(filter, record),
            Breakpoint::Filter(_) => {
                slow = true;
                false
            }
        });
        if let Some(breakpoint) = cheap {
            return Some(breakpoint.to_string());
        }
        if !slow {
            return None;
        }
        // A body may be large and an expression slow: other calls' threads are not for that.
        let (armed, record) = (Arc::clone(&self), Arc::clone(record));
        let look = move || {
            let mut filters = armed.breakpoints.iter().filter_map(|breakpoint| match breakpoint {
                Breakpoint::Filter(filter) if !filter.is_indexed() => Some((breakpoint, filter)),
                _ => None,
            });
            let found = filters.find(|(_, filter)| armed.matches(filter, &record));
            found.map(|(breakpoint, _)| breakpoint.to_string())
        };
        tokio::task::spawn_blocking(look).await.ok().flatten()
    }

    /// Each filter whose jq fails.
    pub(super) fn faults(&self) -> impl Iterator<Item = (&Breakpoint, u64, &str)> {
        self.breakpoints.iter().filter_map(|breakpoint| match breakpoint {
            Breakpoint::Filter(filter) => {
                filter.faults().map(|(count, first)| (breakpoint, count, first))
            }
            Breakpoint::Hook(_) | Breakpoint::Rule(_) => None,
        })
    }

    fn matches(&self, filter: &Filter, record: &Record) -> bool {
        filter.matches(&Seen::new(record, &*self.judge.view))
    }
}
