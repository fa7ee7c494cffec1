//! The answer of a held Dispatch, as JSON that is edited.

use ratatui::layout::Rect;

use super::framed;
use crate::domain::task::Severity;
use crate::flows::hold::{self, Fault};
use crate::tui::action::Action;
use crate::tui::editor::{Editor, LARGE, Mark};
use crate::tui::effect::HeldAnswer;
use crate::tui::model::Model;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// The text, whose it is, and what is wrong with it.
pub(crate) struct HeldText {
    /// Of which Dispatch.
    pub(crate) id: u64,
    /// With its secrets; else marks stand in their places.
    pub(crate) shown: bool,
    /// The text.
    pub(crate) editor: Editor,
    fault: Option<Fault>,
    version: u64,
    /// The version that was to be let go last, and what the Gateway fails on in the text as it stands: the next time it
    /// goes all the same.
    sent: u64,
    breaks: Option<String>,
}

/// Where the text is.
fn rows(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(3),
    }
}

impl HeldText {
    /// Of a proposed answer.
    pub(crate) fn new(id: u64, shown: bool, text: String, vim: bool) -> Self {
        let mut editor = Editor::default();
        editor.set_vim(vim);
        editor.open(Some(text.into_bytes()));
        // A larger one is said to be too large when it is begun.
        let _ = editor.begin();
        let version = editor.buffer().version();
        Self { id, shown, editor, fault: None, version, sent: version, breaks: None }
    }

    /// The text may be another one: what is wrong with it?
    pub(crate) fn changed(&mut self) {
        let buffer = self.editor.buffer();
        if std::mem::replace(&mut self.version, buffer.version()) == buffer.version() {
            return;
        }
        self.breaks = None;
        // A large text is looked at when it is to be let go.
        let checked = if buffer.len() > LARGE { Ok(()) } else { hold::check(buffer.bytes()) };
        self.mark(checked.err());
    }

    /// The answer that stands there: where it was said that the Gateway fails on it, that is meant.
    pub(crate) fn answer(&mut self) -> HeldAnswer {
        let buffer = self.editor.buffer();
        self.sent = buffer.version();
        let text = buffer.bytes().to_vec();
        HeldAnswer::Text { text, shown: self.shown, anyway: self.breaks.is_some() }
    }

    /// Says that the Gateway fails on what was to be let go; false where another text stands there by now.
    pub(crate) fn breaks(&mut self, why: String) -> bool {
        let is_it = self.editor.buffer().version() == self.sent;
        if is_it {
            self.mark(None);
            self.breaks = Some(why);
        }
        is_it
    }

    /// Shows what is wrong, and where; the cursor goes there when it was to be let go.
    pub(crate) fn refused(&mut self, fault: Fault) {
        if let Some(place) = fault.place {
            self.editor.go_to(place);
        }
        self.breaks = None;
        self.mark(Some(fault));
        let _ = self.editor.begin();
    }

    fn mark(&mut self, fault: Option<Fault>) {
        // What is wrong at no place of the text is said below it alone.
        let mark =
            |fault: &Fault| Some(Mark::new(Severity::Error, fault.place?, fault.what.clone()));
        self.editor.set_marks(fault.iter().filter_map(mark).collect());
        self.fault = fault;
    }

    /// Keeps the cursor in sight.
    pub(crate) fn show(&mut self, area: Rect) {
        let text = self.editor.text_area(rows(area));
        self.editor.show(text.height.into(), text.width.into());
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let (send, close) = (key(Action::LetGoEdited), key(Action::Close));
        let how = if self.breaks.is_some() { "let go all the same" } else { "let go with it" };
        let keys = format!("{send} {how}   {close} back, the text is kept");
        let left = match model.holding.get(self.id) {
            Some(waiting) => format!("held {}", waiting.countdown()),
            None => "held no more".to_owned(),
        };
        let secrets = if self.shown { "   secrets shown" } else { "" };
        framed(pen, area, &format!("The answer, as JSON   {left}{secrets}"), &keys);
        let rows = rows(area);
        self.editor.draw(pen, rows, true);
        let below = Rect { y: rows.bottom(), height: 1, ..rows };
        let (role, said) = match (&self.fault, &self.breaks) {
            (Some(fault), _) => (Role::Error, format!("✗ {fault}")),
            (None, Some(breaks)) => (Role::Error, format!("✗ breaks: {breaks}")),
            (None, None) if self.shown => (Role::Dim, String::new()),
            (None, None) => {
                let said = "«redacted …» stands for a secret that stays what it is";
                (Role::Dim, said.to_owned())
            }
        };
        pen.put(below.x + 1, below.y, below.width.saturating_sub(1), &said, role);
    }
}
