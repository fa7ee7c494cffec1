//! The server's life: bound, serving on its own threads, drained, ended.

use jiff::Timestamp;

use super::{Listen, RuleStats, Rules};
use crate::capture::Recorder;
use crate::config;
use crate::domain::task::Problem;

/// Starts servers.
#[derive(Debug)]
pub struct Server;

impl Server {
    /// Binds `settings.listen` and serves on threads of its own. Every call is offered to `recorder` (`None`: capture is
    /// off). Notices (an address beyond loopback, auth hooks that no rule answers) are in [`Running::notices`].
    pub fn start(
        _settings: &config::Server,
        _rules: Rules,
        _recorder: Option<Recorder>,
    ) -> Result<Running, Problem> {
        Err(Problem::failed("not built yet"))
    }
}

/// A server that runs; dropping it stops it as [`Running::stop`] does.
#[derive(Debug)]
pub struct Running {
    address: Listen,
    since: Timestamp,
}

impl Running {
    /// As bound: the real port where 0 was asked for.
    pub fn address(&self) -> &Listen {
        &self.address
    }

    /// When it began to serve.
    pub fn since(&self) -> Timestamp {
        self.since
    }

    /// What its user should know: one line each.
    pub fn notices(&self) -> &[String] {
        &[]
    }

    /// Each rule in order, then `(none)`.
    pub fn rules(&self) -> Vec<RuleStats> {
        Vec::new()
    }

    /// APIs whose auth_check hook came and no rule answered: the Gateway refuses every caller of theirs (403).
    pub fn unanswered(&self) -> Vec<String> {
        Vec::new()
    }

    /// Calls under way.
    pub fn in_flight(&self) -> usize {
        0
    }

    /// Puts other rules in force, from the next call on; counters start anew.
    pub fn set_rules(&self, _rules: Rules) {}

    /// Health says `NOT_SERVING`, no new connection is taken, what is in flight is answered; then it ends. Blocks until then
    /// (ten seconds at most).
    pub fn stop(self) {}
}
