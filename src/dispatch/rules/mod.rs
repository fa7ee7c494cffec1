//! Rules: which Dispatch is answered how, from TOML files. Tried in file order; the first that matches handles it.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::task::Problem;

/// All rules in force.
#[derive(Debug, Default)]
pub struct Rules {}

/// What a rule has done so far, for the Server pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleStats {
    /// The rule's name; `(none)` for what no rule handled.
    pub name: String,
    /// Its `when` in words: `hook auth_check, api orders`; `everything else` for `(none)`.
    pub when: String,
    /// Calls that it handled.
    pub hits: u64,
    /// Of them, refused.
    pub refused: u64,
    /// Of them, without an answer that a Gateway takes.
    pub failed: u64,
    /// 99th percentile of the time to the answer.
    pub p99: Duration,
}

impl Rules {
    /// Reads rules files, in this order. An error names file, line and column.
    pub fn load(_files: &[PathBuf]) -> Result<Self, Problem> {
        Ok(Self::default())
    }
}
