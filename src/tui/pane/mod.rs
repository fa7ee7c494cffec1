//! The panes: one folder each, with its state, what its keys do, and how it is drawn.

pub(crate) mod bundle;
pub(crate) mod log;
pub(crate) mod manifest;
pub(crate) mod server;
pub(crate) mod stream;

use super::action::Action;

/// A pane that can be opened. Numbers never move; those that are missing here are other panes' to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// 1.
    Manifest,
    /// 3.
    Bundle,
    /// 5.
    Server,
    /// 6.
    Stream,
    /// 0.
    Log,
}

impl Tab {
    /// In the order of the screen.
    pub(crate) const ALL: [Self; 5] =
        [Self::Manifest, Self::Bundle, Self::Server, Self::Stream, Self::Log];

    /// Its number and name.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Manifest => "1 Manifest",
            Self::Bundle => "3 Bundle",
            Self::Server => "5 Server",
            Self::Stream => "6 Stream",
            Self::Log => "0 Log",
        }
    }

    /// The action that opens it.
    pub(crate) fn action(self) -> Action {
        match self {
            Self::Manifest => Action::OpenManifest,
            Self::Bundle => Action::OpenBundle,
            Self::Server => Action::OpenServer,
            Self::Stream => Action::OpenStream,
            Self::Log => Action::OpenLog,
        }
    }
}
