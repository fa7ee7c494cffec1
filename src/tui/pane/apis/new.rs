//! A new definition, asked for step by step.

use super::edit::{Choice, Wanted, Wish};
use crate::domain::api::{Draft, Kind};
use crate::tui::widget::Wants;

/// What is known of it so far, and what is asked next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct New {
    kind: Kind,
    draft: Draft,
    part: Part,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Name,
    ListenPath,
    Target,
}

/// What an answer came to.
pub(crate) enum Entered {
    /// The next question.
    Ask(Wish),
    /// All is known.
    Done(Kind, Draft),
}

impl New {
    /// The first question: of which kind.
    pub(crate) fn begin() -> Wish {
        let choice = |kind: Kind, about: &str| Choice {
            name: kind.word().to_owned(),
            about: about.to_owned(),
            wanted: Wanted::New(Self { kind, draft: Draft::named("", None), part: Part::Name }),
        };
        let choices = vec![
            choice(Kind::Classic, "Tyk Classic: one JSON object; events reach plugins"),
            choice(Kind::Oas, "Tyk OAS: an OpenAPI document with x-tyk-api-gateway"),
        ];
        Wish::Choose("New API definition".to_owned(), choices)
    }

    /// What is asked next.
    pub(crate) fn ask(&self) -> Wish {
        let (title, note, text, wants) = match self.part {
            Part::Name => {
                ("Its name", "Id, listen path and file come from it.", "", Wants::Anything)
            }
            Part::ListenPath => {
                let path = self.draft.listen_path.as_str();
                ("Its listen path", "Where callers find it.", path, Wants::ListenPath)
            }
            Part::Target => {
                ("Its upstream", "Where requests go.", self.draft.target.as_str(), Wants::Target)
            }
        };
        Wish::Ask {
            title: title.to_owned(),
            note: note.to_owned(),
            text: text.to_owned(),
            wants,
            wanted: Wanted::New(self.clone()),
        }
    }

    /// The answer to what was asked; the error says why it is none.
    pub(crate) fn entered(mut self, text: &str) -> Result<Entered, String> {
        match self.part {
            Part::Name => self.draft = Draft::named(text, Some(&self.draft.target)),
            Part::ListenPath => text.clone_into(&mut self.draft.listen_path),
            Part::Target => text.clone_into(&mut self.draft.target),
        }
        if let Some(fault) = self.draft.fault() {
            return Err(fault);
        }
        self.part = match self.part {
            Part::Name => Part::ListenPath,
            Part::ListenPath => Part::Target,
            Part::Target => return Ok(Entered::Done(self.kind, self.draft)),
        };
        Ok(Entered::Ask(self.ask()))
    }
}
