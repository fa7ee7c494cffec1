//! What is to be done outside the model: as data, so that `update` stays free of I/O.

use std::path::PathBuf;

use secrecy::SecretString;
use tempfile::TempPath;

use super::location::Location;
use super::overlay::{export, replay};
use super::pane::apis::GatewayWish;
use super::pane::publish::Wish;
use super::pane::request;
use super::pane::stream::Scope;
use crate::capture::Order;
use crate::capture::marks::Change;
use crate::dispatch::Breakpoint;
use crate::domain::api::{self, Draft};
use crate::domain::filter::Filter;
use crate::domain::lint::Finding;
use crate::domain::manifest::Manifest;
use crate::domain::object::Overrides;
use crate::domain::task::Severity;
use crate::flows::columns;
use crate::flows::edit::Base;
use crate::flows::new::Kind;
use crate::flows::remote::{Keeper, Remote};
use crate::flows::survey::Unsaved;

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Effect {
    /// End the console.
    Quit,
    /// Give the terminal to the shell.
    Suspend,
    /// Draw all anew.
    Redraw,
    /// Give the terminal to the editor, with this file, at this line (from 1).
    Edit(PathBuf, Option<usize>),
    /// Copy a text; the word says what it is.
    Copy(&'static str, String),
    /// Read the manifest.
    ReadManifest,
    /// Find and read the API definitions.
    ReadApis,
    /// Write a file, or put an API back; `base` is what it was when it was read, to notice others' changes.
    Save {
        /// Where it is kept.
        location: Location,
        /// What it is, in messages.
        what: &'static str,
        /// The new text.
        bytes: Vec<u8>,
        /// The old text.
        base: Base,
    },
    /// Ask a server which APIs it has.
    ListRemote(Keeper),
    /// Have the Gateway do something that takes its time.
    Gateway(GatewayWish),
    /// Ask the Gateway for its schemas.
    AskSchemas,
    /// Ask a server for the definition of an API.
    Fetch(Remote),
    /// Write the definition of a new API into a file where the project's globs find it.
    NewApi(api::Kind, Draft),
    /// Write a file that is not there yet.
    Create {
        /// The file.
        path: PathBuf,
        /// What it is, in messages.
        what: &'static str,
        /// Its text.
        text: String,
    },
    /// Record what is captured, or end that.
    Record {
        /// The project, which names the session.
        project: String,
    },
    /// Find out how large these files are.
    Measure(Vec<String>),
    /// Look which files the manifest can list.
    Offer {
        /// What it lists, and is to list, by the names that bundles have for them.
        listed: Vec<String>,
        /// With what is left out otherwise.
        whole: bool,
    },
    /// Read which functions the code of this manifest has.
    ReadCode(Box<Manifest>),
    /// Make a first manifest of the folder's code; nothing is written.
    First,
    /// Make a project of a kind in the folder.
    Project {
        /// Which.
        kind: &'static Kind,
        /// Have pip fetch what it needs; the user was asked.
        pip: bool,
    },
    /// Say when this version of a large text has stood for a moment: only then it is looked at.
    Pause(u64),
    /// Say when nothing has changed for a moment: then the project is looked at.
    LintSoon,
    /// Look at the project as a whole, with these texts in place of their files.
    Lint(Unsaved),
    /// Make a finding's fix in its file, which is not among the texts.
    Mend {
        /// What is to be mended.
        finding: Box<Finding>,
        /// The texts that count in place of their files.
        texts: Unsaved,
    },
    /// Keep edits that are not saved.
    Keep {
        /// The file.
        path: PathBuf,
        /// What it held when it was read.
        base: Option<Vec<u8>>,
        /// What it is to hold.
        text: Vec<u8>,
    },
    /// Forget edits that were kept: there are none any more.
    Forget(PathBuf),
    /// Put edits that were kept among the file's previous versions.
    Shelve(PathBuf, Vec<u8>),
    /// Look for edits that were not saved when a console last ended.
    ReadUnsaved,
    /// Start the plugin server, in place of one that runs; on the next free port where `other_port`.
    StartServer {
        /// Step over the port that is taken.
        other_port: bool,
    },
    /// Look at a server of another process that runs, without starting one.
    AttachServer,
    /// Tell as soon as a server of another process runs.
    AwaitServer,
    /// Stop the plugin server.
    StopServer,
    /// Have a process of its own take the plugin server over.
    Leave,
    /// Start the bundle host, in place of one that runs.
    StartHost {
        /// Step over the port that is taken.
        other_port: bool,
    },
    /// Stop the bundle host.
    StopHost,
    /// Put these breakpoints in force.
    Breakpoints(Vec<Breakpoint>),
    /// Make the JSON of one that is held.
    DecodeHeld {
        /// Which.
        id: u64,
        /// With its secrets.
        shown: bool,
    },
    /// Make the text of its answer, to be edited.
    EditHeld {
        /// Which.
        id: u64,
        /// With its secrets.
        shown: bool,
    },
    /// Let it go.
    AnswerHeld(u64, HeldAnswer),
    /// Hold it as long again.
    HoldOn(u64),
    /// Find out which of those that are held a filter means.
    FilterHeld(Box<Filter>, Vec<u64>),
    /// Let all go that are held.
    LetAllGo,
    /// Look for the records that a filter means, in an order.
    Search(Box<Filter>, Option<Order>),
    /// Keep the columns that were chosen.
    KeepColumns(columns::Kept),
    /// Look which columns were chosen.
    ReadColumns,
    /// Mark rows, and unmark others.
    Mark(Vec<Change>),
    /// Mark all that is meant, or unmark that.
    MarkAll {
        /// Which rows.
        scope: Box<Scope>,
        /// Marked, else not any more.
        on: bool,
    },
    /// Keep a filter that was used.
    KeepFilter(String),
    /// Look which filters were used before.
    ReadFilters,
    /// Look for the request that this record is a call of.
    Trail(u64),
    /// Make a record's JSON.
    Decode {
        /// Which record.
        seq: u64,
        /// With its secrets.
        shown: bool,
        /// Its bodies are looked at: they are inflated.
        bodies: bool,
    },
    /// Read what the list does not have of these rows.
    ReadRows(Vec<u64>),
    /// Copy a record's JSON.
    CopyRecord {
        /// Which record.
        seq: u64,
        /// With its secrets.
        shown: bool,
    },
    /// Export records.
    Export(Box<export::Wish>),
    /// Cancel that.
    CancelExport,
    /// Send records again.
    Replay(Box<replay::Wish>),
    /// Cancel that.
    CancelReplay,
    /// Write a record's request into a file, for the editor.
    EditRequest {
        /// Which record.
        seq: u64,
        /// With its secrets.
        shown: bool,
        /// As it was left when it was edited last.
        text: Option<String>,
        /// The line to be at.
        line: Option<usize>,
    },
    /// Read it from there; the file is gone then.
    TakeRequest {
        /// Of which record.
        seq: u64,
        /// With its secrets.
        shown: bool,
        /// The file.
        path: TempPath,
    },
    /// Remember the server that is replayed against.
    RememberAgainst(String),
    /// Look which one that was.
    ReadAgainst,
    /// Look into a bundle.
    Look(PathBuf),
    /// Build `bundle.zip`.
    Build(Signing),
    /// Ship.
    Ship {
        /// The passphrase of the key, once it was asked for.
        passphrase: Option<SecretString>,
        /// The path that is asked for in the end, for a Dispatch to be seen.
        probe: Option<String>,
    },
    /// Take back the last ship.
    RollBack,
    /// The ship that asked may go on.
    GoOn,
    /// Cancel the ship.
    CancelShip,
    /// Work with targets.
    Publish(Wish),
    /// Look whether the Gateway is set up for plugins.
    Examine {
        /// Have it call a plugin once; the user was asked.
        probe: bool,
    },
    /// Send a request.
    Send(Box<request::Draft>),
    /// Cancel it.
    CancelRequest,
    /// Copy a request as a command of curl; with its secrets.
    CopyCurl(Box<request::Draft>, bool),
    /// Read the requests that were sent.
    ReadRequests,
    /// Agree to what the project's file asks for, and read the configuration anew.
    Trust,
    /// Write a line into the log.
    Log(Severity, String),
}

/// How one that is held is let go.
#[derive(Clone, Debug)]
pub(crate) enum HeldAnswer {
    /// With the answer that was proposed.
    Unchanged,
    /// With a text that was edited.
    Text {
        /// The text.
        text: Vec<u8>,
        /// It has secrets where another has marks.
        shown: bool,
        /// Also where the Gateway fails on it.
        anyway: bool,
    },
    /// With an override.
    Override(Overrides),
}

/// What signs a bundle that the Bundle pane builds.
#[derive(Clone, Debug)]
pub(crate) enum Signing {
    /// Nothing.
    Unsigned,
    /// A key, with its passphrase where it has one.
    Key(PathBuf, Option<SecretString>),
}
