//! Server: the plugin server with its rules and counters, and the bundle host.

mod draw;

use jiff::Timestamp;
use tokio::sync::watch;

pub(crate) use draw::{draw, layout};

use crate::capture::session::Spilled;
use crate::dispatch::RuleStats;
use crate::domain::task::Problem;
use crate::flows::control::News;
use crate::services::host::Download;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::Effects;
use crate::tui::widget::Cursor;

/// Downloads that are shown at most; a tall screen has room for so many.
pub(crate) const RECENT: u64 = 40;

/// A server that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct On {
    /// As bound.
    pub(crate) address: String,
    /// Since when.
    pub(crate) since: Timestamp,
    /// What its user should know.
    pub(crate) notices: Vec<String>,
    /// What the host serves.
    pub(crate) folder: Option<String>,
    /// The process that it runs in, where that is another.
    pub(crate) process: Option<Process>,
}

/// A process whose server this console only looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Process {
    /// Its number.
    pub(crate) pid: u32,
    /// It is a console, with which its server ends.
    pub(crate) console: bool,
    /// The session that it writes, by name.
    pub(crate) session: Option<String>,
    /// How many its breakpoints hold at most, and for how many seconds.
    pub(crate) holds: (usize, usize),
}

/// Where a server of ours stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Life {
    /// Not running.
    #[default]
    Off,
    /// Asked to start.
    Starting,
    /// Running.
    On(On),
    /// Asked to stop; answers what is in flight.
    Stopping,
    /// Could not start.
    Failed(Problem),
    /// None of ours: a session is looked at.
    Attached(Attached),
}

/// A session that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attached {
    /// What it is called.
    pub(crate) name: String,
    /// Whether a server wrote it when it was opened.
    pub(crate) growing: bool,
}

impl Life {
    /// The process whose server is only looked at.
    pub(crate) fn process(&self) -> Option<&Process> {
        match self {
            Self::On(on) => on.process.as_ref(),
            _ => None,
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> Option<&str> {
        match self {
            Self::On(on) => Some(&on.address),
            _ => None,
        }
    }
}

/// A session that is written.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// What it is called.
    pub(crate) name: String,
    /// How far it is.
    pub(crate) spilled: watch::Receiver<Spilled>,
}

/// The state of the pane.
#[derive(Default)]
pub(crate) struct Pane {
    /// What came of a server of another process before it was known that it is looked at.
    pub(crate) early: Vec<News>,
    /// The one that was looked at has ended, and another one is waited for.
    pub(crate) awaits: bool,
    /// A session is to be written as soon as a server of ours runs: one that is looked at has its own.
    pub(crate) to_record: bool,
    /// The plugin server.
    pub(crate) server: Life,
    /// The bundle host.
    pub(crate) host: Life,
    /// Other processes that look at it.
    pub(crate) onlookers: usize,
    /// The session that is written.
    pub(crate) recorded: Option<Recorded>,
    /// Each rule, then `(none)`.
    pub(crate) rules: Vec<RuleStats>,
    /// Why changed rules are not in force.
    pub(crate) wrong_rules: Option<Problem>,
    /// APIs whose `auth_check` nobody answers.
    pub(crate) unanswered: Vec<String>,
    /// Calls under way.
    pub(crate) in_flight: usize,
    /// Calls that sampling left out.
    pub(crate) sampled_out: u64,
    /// Requests that the host has answered since it started.
    pub(crate) downloads: u64,
    /// The last of them, the newest first.
    pub(crate) recent: Vec<Download>,
    /// The selected rule.
    pub(crate) cursor: Cursor,
    /// The focus is on the host.
    pub(crate) detail_focused: bool,
}

/// A problem of a rules file in one line that begins with the file's name: its folder would take the room of what is wrong.
pub(crate) fn wrong_rules(problem: &Problem) -> String {
    let place = problem.place.as_deref().unwrap_or("rules");
    let file = place.rsplit('/').next().unwrap_or(place);
    format!("{file}: {}", problem.what)
}

impl Pane {
    /// Does an action; `None` where it is none of this pane's.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        match action {
            Action::ToggleServer => Some(self.toggle_server()),
            Action::ToggleHost => Some(self.toggle_host()),
            Action::OtherPort => Some(self.other_port()),
            Action::Copy => {
                let life = if self.detail_focused { &self.host } else { &self.server };
                let copy = life.address().map(|address| Effect::Copy("address", address.into()));
                Some(copy.into_iter().collect())
            }
            _ => self.cursor.act(action, self.rules.len(), rows).then(Vec::new),
        }
    }

    fn toggle_server(&mut self) -> Effects {
        match self.server {
            Life::On(_) => {
                self.server = Life::Stopping;
                vec![Effect::StopServer]
            }
            Life::Off | Life::Failed(_) => {
                self.server = Life::Starting;
                self.awaits = false;
                vec![Effect::StartServer { other_port: false }]
            }
            Life::Starting | Life::Stopping | Life::Attached(_) => Vec::new(),
        }
    }

    fn toggle_host(&mut self) -> Effects {
        match self.host {
            Life::On(_) => {
                self.host = Life::Stopping;
                vec![Effect::StopHost]
            }
            Life::Off | Life::Failed(_) => {
                self.host = Life::Starting;
                vec![Effect::StartHost { other_port: false }]
            }
            Life::Starting | Life::Stopping | Life::Attached(_) => Vec::new(),
        }
    }

    /// Starts on other ports whatever could not have its own.
    fn other_port(&mut self) -> Effects {
        let mut effects = Vec::new();
        if matches!(self.server, Life::Failed(_)) {
            self.server = Life::Starting;
            self.awaits = false;
            effects.push(Effect::StartServer { other_port: true });
        }
        if matches!(self.host, Life::Failed(_)) {
            self.host = Life::Starting;
            effects.push(Effect::StartHost { other_port: true });
        }
        effects
    }
}
