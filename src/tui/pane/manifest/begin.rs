//! A manifest where there is none: an empty one, one of the folder's code, or a whole project of a kind.

use super::Pane;
use super::change::EMPTY;
use crate::domain::json::Edit;
use crate::flows::manifest::First;
use crate::flows::new::{COMMAND, KINDS, Kind};
use crate::tui::overlay::{Choice, Picked};

/// A way to begin.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Begin {
    /// With an empty manifest.
    Empty,
    /// With one made from the folder's code.
    FromCode,
    /// With a project of a kind; one that is vendored asks first.
    Kind(&'static Kind),
    /// With that project; by pip or without.
    Project(&'static Kind, bool),
}

/// The ways there are.
pub(crate) fn ways() -> Vec<Choice> {
    let choice = |name: String, about: &str, begin| Choice {
        name,
        about: about.to_owned(),
        picked: Picked::Begin(begin),
    };
    let mut ways = vec![
        choice(
            "from this folder's code".into(),
            "driver, files and hooks as found",
            Begin::FromCode,
        ),
        choice("an empty manifest".into(), "driver grpc, no files, no hooks", Begin::Empty),
    ];
    ways.extend(
        KINDS.iter().map(|kind| {
            choice(format!("new project {}", kind.name), kind.about, Begin::Kind(kind))
        }),
    );
    ways
}

/// What is asked before pip fetches code from elsewhere.
pub(crate) fn with_pip(kind: &'static Kind) -> Vec<Choice> {
    let choice = |name: &str, about: String, pip| Choice {
        name: name.to_owned(),
        about,
        picked: Picked::Begin(Begin::Project(kind, pip)),
    };
    vec![
        choice("without", "pip is run by you, later".to_owned(), false),
        choice("run pip now", COMMAND.to_owned(), true),
    ]
}

impl Pane {
    /// Begins an empty manifest where there is none.
    pub(crate) fn begin(&mut self) -> bool {
        self.begin_with(EMPTY)
    }

    /// Begins a manifest that was made of the folder's code.
    pub(crate) fn begin_first(&mut self, first: &First) -> bool {
        self.begin_with(&first.text)
    }

    fn begin_with(&mut self, text: &str) -> bool {
        if self.sheet.is_there() {
            return false;
        }
        self.apply(Edit { span: 0..0, text: text.to_owned() });
        self.raw = false;
        true
    }
}
