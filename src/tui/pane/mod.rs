//! The panes: one folder each, with its state, what its keys do, and how it is drawn.

pub(crate) mod apis;
pub(crate) mod bundle;
pub(crate) mod doctor;
pub(crate) mod log;
pub(crate) mod manifest;
pub(crate) mod problems;
pub(crate) mod publish;
pub(crate) mod request;
pub(crate) mod server;
pub(crate) mod stream;

use super::action::Action;

/// A pane that can be opened. Numbers never move; those that are missing here are other panes' to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// 1.
    Manifest,
    /// 2.
    Apis,
    /// 3.
    Bundle,
    /// 4.
    Publish,
    /// 5.
    Server,
    /// 6.
    Stream,
    /// 7.
    Request,
    /// 8.
    Problems,
    /// 9.
    Doctor,
    /// 0.
    Log,
}

impl Tab {
    /// In the order of the screen.
    pub(crate) const ALL: [Self; 10] = [
        Self::Manifest,
        Self::Apis,
        Self::Bundle,
        Self::Publish,
        Self::Server,
        Self::Stream,
        Self::Request,
        Self::Problems,
        Self::Doctor,
        Self::Log,
    ];

    /// Its number and name.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Manifest => "1 Manifest",
            Self::Apis => "2 APIs",
            Self::Bundle => "3 Bundle",
            Self::Publish => "4 Publish",
            Self::Server => "5 Server",
            Self::Stream => "6 Stream",
            Self::Request => "7 Request",
            Self::Problems => "8 Problems",
            Self::Doctor => "9 Doctor",
            Self::Log => "0 Log",
        }
    }

    /// The action that opens it.
    pub(crate) fn action(self) -> Action {
        match self {
            Self::Manifest => Action::OpenManifest,
            Self::Apis => Action::OpenApis,
            Self::Bundle => Action::OpenBundle,
            Self::Publish => Action::OpenPublish,
            Self::Server => Action::OpenServer,
            Self::Stream => Action::OpenStream,
            Self::Request => Action::OpenRequest,
            Self::Problems => Action::OpenProblems,
            Self::Doctor => Action::OpenDoctor,
            Self::Log => Action::OpenLog,
        }
    }
}
