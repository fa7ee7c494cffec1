//! What comes in: keys, results of work, news of the server.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crossterm::event::Event;
use serde_json::Value;

use super::location::Location;
use super::overlay::{export, replay};
use super::pane::apis;
use super::pane::bundle::Look;
use super::pane::publish::News;
use super::pane::request::Answered;
use super::pane::server::{On, Recorded};
use super::pane::stream::Decoded;
use crate::capture::session::Spilled;
use crate::capture::{self, Order, Search};
use crate::config::Loaded;
use crate::dispatch::Reloaded;
use crate::domain::code::Candidate;
use crate::domain::filter::Filter;
use crate::domain::schema::Schemas;
use crate::domain::task::{Problem, Step};
use crate::flows::columns;
use crate::flows::control;
use crate::flows::doctor::Check;
use crate::flows::edit::NotSaved;
use crate::flows::filters::Used;
use crate::flows::hold::Fault;
use crate::flows::manifest::{First, Offered};
use crate::flows::new::Kind;
use crate::flows::remote::{Keeper, Put, Remote};
use crate::flows::request::Entry;
use crate::flows::ship;
use crate::flows::survey::Found;

/// Something that happened.
pub(crate) enum Message {
    /// A key, a click, a paste, another size.
    Input(Event),
    /// A signal asks us to end, or to stop.
    Signal(Signal),
    /// The manifest as it is on disk; `None` where there is none.
    Manifest(Result<Option<Vec<u8>>, Problem>),
    /// The project's API definitions as they are on disk.
    Apis(Result<Vec<apis::OnDisk>, Problem>),
    /// What APIs a server has.
    Remotes(Keeper, Result<Vec<apis::Brief>, Problem>),
    /// What came of something that the Gateway was to do.
    Gateway(Box<apis::GatewayNews>),
    /// The schemas of the Gateway.
    Schemas(Result<Schemas, Problem>),
    /// The definition of a server's API.
    Fetched(Remote, Result<Vec<u8>, Problem>),
    /// A server's API was put back, or not.
    Put {
        /// Which.
        remote: Remote,
        /// What was sent.
        sent: Vec<u8>,
        /// What came of it.
        put: Result<Put, NotSaved>,
    },
    /// A document was written, with this text, or why it was not.
    Saved(Location, Result<Vec<u8>, NotSaved>),
    /// A new definition was written to this file, or why it was not.
    Created(Result<PathBuf, Problem>),
    /// How large the listed files are; `None` for what is not there.
    Sizes(HashMap<String, Option<u64>>),
    /// Which files the manifest can list.
    Offered {
        /// With what is left out otherwise.
        whole: bool,
        /// The files.
        offered: Offered,
    },
    /// The functions that the manifest's code has.
    Code(Vec<Candidate>),
    /// A first manifest, made of the folder's code.
    First(Result<First, Problem>),
    /// A project was made.
    Project(Result<Project, Problem>),
    /// The author of a large text has paused; which version of the text it was then.
    Paused(u64),
    /// Nothing has changed for a moment.
    LintDue,
    /// What is wrong in the project, or why it cannot be looked at.
    Linted(Result<Vec<Found>, Problem>),
    /// A file was mended; `None`: what was to be mended is not there any more.
    Mended(Result<Option<Mended>, Problem>),
    /// Edits that were not saved when a console last ended.
    Unsaved(Result<Vec<Kept>, Problem>),
    /// Why unsaved edits are not kept.
    NotKept(Problem),
    /// The editor has ended.
    Edited(Result<(), Problem>),
    /// What is to be copied, and its text.
    ToCopy(&'static str, Result<String, Problem>),
    /// A copy was made; how, and of what.
    Copied(&'static str, Result<String, Problem>),
    /// The plugin server has started, or could not.
    Server(Result<On, Problem>),
    /// The session that is looked at has ended, or cannot be read on.
    SessionEnded(Result<(), Problem>),
    /// News of Dispatches that are held.
    Held(HeldNews),
    /// The rules' files have changed: what came of it.
    Rules(Reloaded),
    /// What is captured is recorded from now on, or cannot be.
    Recording(Result<Recorded, Problem>),
    /// Nothing is recorded any more; what was.
    RecordingEnded(PathBuf, Spilled),
    /// News of the server of another process.
    Elsewhere(control::News),
    /// The plugin server goes on in a process of its own; or here.
    Left(Result<(), (Problem, On)>),
    /// The plugin server has stopped.
    ServerStopped,
    /// A server of another process runs, which was waited for.
    ServerFound,
    /// It has ended before it could be looked at.
    ServerMissed,
    /// So many other processes look at the plugin server.
    Onlookers(usize),
    /// Another process asks the plugin server to end.
    StopAsked,
    /// The bundle host has started, or could not.
    Host(Result<On, Problem>),
    /// The bundle host has stopped.
    HostStopped,
    /// The search for what a filter means has begun.
    Searching(Box<Filter>, Option<Order>, Search),
    /// Columns that are kept, or why they are not.
    Columns(Result<columns::Kept, Problem>),
    /// Rows were marked, or unmarked.
    Marked {
        /// Marked, else not any more.
        on: bool,
        /// How many.
        count: usize,
        /// How many could not be, as too many are.
        left: usize,
    },
    /// Somebody else has marked something in the session that has our marks.
    MarkedElsewhere,
    /// What was marked is in the session's file, or why it is not.
    MarksKept(Result<(), Problem>),
    /// Filters that are kept.
    Filters(Used),
    /// A record's JSON.
    Decoded {
        /// Which record.
        seq: u64,
        /// With its secrets.
        shown: bool,
        /// What was made of it.
        decoded: Decoded,
    },
    /// What came of an export.
    Export(Box<export::News>),
    /// What came of a replay.
    Replay(Box<replay::News>),
    /// The request that a record is a call of.
    Trail {
        /// Which record.
        seq: u64,
        /// Its calls; `None`: the record is gone, or is no call.
        found: Option<Box<capture::Found>>,
        /// The number that the next record had then.
        next: u64,
    },
    /// What is in a bundle; `None`: there is none there.
    Looked(PathBuf, Result<Option<Look>, Problem>),
    /// A bundle was built (with what it warns of), or not.
    Built(PathBuf, Result<Vec<String>, ship::Failure>),
    /// Where the steps of the ship stand.
    Shipping(Vec<Step>),
    /// The ship has ended.
    Shipped(Result<Box<ship::Shipped>, ship::Failure>),
    /// What came of work with targets.
    Publish(Box<News>),
    /// It is ready, and asks before anything leaves this machine; with the profile's name that is to be typed.
    ShipAsks {
        /// What will be done, a line each.
        outline: Vec<String>,
        /// The profile, where it is marked as production.
        profile: Option<String>,
    },
    /// The last ship was taken back, or not.
    RolledBack(Result<ship::RolledBack, ship::Failure>),
    /// What doctor found; `Err`: there is nothing to look at.
    Examined(Result<Vec<Check>, Problem>),
    /// A request was answered, or not.
    Answered {
        /// What came of it.
        outcome: Result<Box<Answered>, Problem>,
        /// Why it is not in the history, where it is not.
        kept: Option<Problem>,
    },
    /// A request as a command of curl.
    Curl(Result<String, Problem>),
    /// The requests that were sent, the oldest first.
    Requests(Result<Vec<Entry>, Problem>),
    /// The configuration was read anew, after consent.
    Configured(Box<Result<Loaded, Problem>>),
}

/// News of Dispatches that are held.
pub(crate) enum HeldNews {
    /// The JSON of one.
    Decoded {
        /// Which.
        id: u64,
        /// With its secrets.
        shown: bool,
        /// What came, and what is proposed.
        document: Arc<Value>,
    },
    /// The answer that is proposed, as text to be edited.
    Text {
        /// Of which.
        id: u64,
        /// With its secrets.
        shown: bool,
        /// The text.
        text: Result<String, Problem>,
    },
    /// Which of them a filter means.
    Meant {
        /// The filter.
        filter: Box<Filter>,
        /// Each that was looked at.
        means: Vec<(u64, bool)>,
    },
    /// What came of an answer to one.
    Answered(u64, Result<LetGo, Fault>),
    /// So many were let go.
    AllGone(usize),
    /// One is held for longer, or is not held any more.
    HeldOn(bool),
}

/// What came of an answer to one that was held.
#[derive(Debug)]
pub(crate) enum LetGo {
    /// It was let go, in this way.
    Done(&'static str),
    /// It is held on: this is what the Gateway fails on in the edited answer.
    Breaks(String),
}

/// A file that was mended: to take that back, the one text is saved over the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mended {
    /// The file.
    pub(crate) path: PathBuf,
    /// What was done.
    pub(crate) title: String,
    /// What it held.
    pub(crate) before: Vec<u8>,
    /// What it holds.
    pub(crate) after: Vec<u8>,
}

/// Edits of a file that were not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The file.
    pub(crate) path: PathBuf,
    /// The text that they came to.
    pub(crate) text: Vec<u8>,
    /// When they were kept.
    pub(crate) at: SystemTime,
    /// Whether the file holds something else now than it did when they began.
    pub(crate) changed: bool,
}

/// A project that was made.
pub(crate) struct Project {
    /// Its kind.
    pub(crate) kind: &'static Kind,
    /// The names of its files.
    pub(crate) files: Vec<String>,
    /// How many files pip brought, where it was run.
    pub(crate) vendored: Option<Result<usize, Problem>>,
    /// The configuration with the project's own file; `None` where there is nowhere to read it from.
    pub(crate) configured: Option<Box<Result<Loaded, Problem>>>,
}

/// A signal that the console answers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// SIGTERM: end now.
    End,
    /// SIGHUP, or the terminal is gone: end, and leave a server running that had better not end.
    HangUp,
    /// SIGTSTP from elsewhere: stop.
    Stop,
}
