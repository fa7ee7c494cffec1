//! What lies over a pane: one closes at a time, the topmost first.

mod ask;
mod changes;
mod choose;
mod columns;
mod compared;
pub(crate) mod export;
pub(crate) mod files;
mod flow;
mod frame;
mod held;
mod held_override;
mod held_text;
pub(crate) mod help;
mod made_key;
mod note;
pub(crate) mod palette;
mod plots;
mod prompt;
mod quoted;
pub(crate) mod replay;
mod replayed;
pub(crate) mod ship;
mod trial;

use ratatui::layout::Rect;

pub(crate) use ask::{Ask, Intent, OnYes};
pub(crate) use changes::Changes;
pub(crate) use choose::{Choice, Choose, Marking, Picked};
pub(crate) use columns::ColumnList;
pub(crate) use compared::Compared;
pub(crate) use files::Files;
pub(crate) use flow::{Flow, Selected};
pub(crate) use frame::{centred, framed};
pub(crate) use held::{HeldList, draw_waiting, pages as held_pages};
pub(crate) use held_override::HeldOverride;
pub(crate) use held_text::HeldText;
pub(crate) use made_key::MadeKey;
pub(crate) use note::Note;
pub(crate) use palette::Palette;
pub(crate) use plots::Plots;
pub(crate) use prompt::{Prompt, Purpose};
pub(crate) use quoted::Quoted;
pub(crate) use replayed::{Call, Outcome, Replayed};
pub(crate) use trial::Trial;

use super::model::Model;
use super::widget::{Cursor, Field, Pen};

/// One of them.
pub(crate) enum Overlay {
    /// All keys.
    Help(Cursor),
    /// All actions, by name.
    Palette(Palette),
    /// A question with yes and no.
    Ask(Ask),
    /// A text is wanted.
    Prompt(Prompt),
    /// One of several.
    Choose(Choose),
    /// `file_list`, from a tree.
    Files(Files),
    /// What was done.
    Note(Note),
    /// What saving would change.
    Changes(Changes),
    /// What differs between two bundles.
    Compared(Compared),
    /// The request of a trial.
    Trial(Trial),
    /// A key that was made.
    MadeKey(MadeKey),
    /// The Dispatches that are held.
    Held(HeldList),
    /// The answer of one of them, edited.
    HeldText(Box<HeldText>),
    /// An override for one of them.
    HeldOverride(HeldOverride),
    /// The steps of the ship.
    Ship,
    /// What is exported, and how.
    Export(export::Export),
    /// What is sent again, and how.
    Replay(replay::Replay),
    /// What came of that.
    Replayed(Replayed),
    /// The columns of the list of Dispatches.
    Columns(ColumnList),
    /// The calls of one HTTP request.
    Flow(Box<Flow>),
    /// Rate, errors and latencies.
    Plots(Box<Plots>),
}

impl Overlay {
    /// The field that takes what is typed.
    pub(crate) fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Palette(palette) => Some(&mut palette.field),
            Self::Prompt(prompt) => Some(&mut prompt.field),
            Self::Trial(trial) => trial.field(),
            Self::Export(form) => form.field(),
            Self::Replay(form) => form.field(),
            Self::HeldOverride(form) => form.field(),
            _ => None,
        }
    }

    /// Whether something is filled in or picked here that only enter takes over: what is no key of its own must not close it.
    pub(crate) fn is_form(&self) -> bool {
        matches!(
            self,
            Self::Trial(_)
                | Self::Export(_)
                | Self::Replay(_)
                | Self::HeldOverride(_)
                | Self::Files(_)
        )
    }

    /// Whether it is the list of those that are held.
    pub(crate) fn is_held_list(&self) -> bool {
        matches!(self, Self::Held(_))
    }

    /// Draws it over `area`, the whole screen but status, tabs and keys.
    pub(crate) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        match self {
            Self::Help(cursor) => help::draw(model, *cursor, pen, area),
            Self::Palette(palette) => palette.draw(model, pen, area),
            Self::Ask(ask) => ask.draw(model, pen, area),
            Self::Prompt(prompt) => prompt.draw(pen, area),
            Self::Choose(choose) => choose.draw(pen, area),
            Self::Files(files) => files.draw(model, pen, area),
            Self::Note(note) => note.draw(pen, area),
            Self::Changes(changes) => changes.draw(model, pen, area),
            Self::Compared(compared) => compared.draw(pen, area),
            Self::Trial(trial) => trial.draw(pen, area),
            Self::MadeKey(made) => made.draw(model, pen, area),
            Self::Held(list) => list.draw(model, pen, area),
            Self::HeldText(text) => text.draw(model, pen, area),
            Self::HeldOverride(form) => form.draw(model, pen, area),
            Self::Ship => ship::draw(model, pen, area),
            Self::Export(form) => form.draw(model, pen, area),
            Self::Replay(form) => form.draw(model, pen, area),
            Self::Replayed(replayed) => replayed.draw(model, pen, area),
            Self::Columns(list) => list.draw(model, pen, area),
            Self::Flow(flow) => flow.draw(pen, area),
            Self::Plots(plots) => plots.draw(model, pen, area),
        }
    }
}
