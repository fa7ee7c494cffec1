//! The editor of JSON text: a cursor in a [`Buffer`], what is selected, folded, found and wrong in it.
//!
//! It is our own and no library's, because form, lint's fixes and this editor change one text with one history of spans
//! ([`Buffer`]), and because of folds. Its state is apart from how it is drawn (`draw`) and from which key does what
//! (`keys`).

mod act;
mod ask;
mod complete;
mod draw;
mod fold;
mod format;
mod glyph;
mod highlight;
mod keys;
mod mark;
mod motion;
mod outline;
mod row;
mod search;
mod typing;
mod vim;
mod vocabulary;

use std::ops::Range;

pub(crate) use draw::sign;
pub(crate) use mark::Mark;
pub(crate) use vocabulary::{Takes, Word, about};

use ask::Ask;
use complete::Popup;
use fold::Folds;
use outline::Outline;
use search::Search;
use vim::{Mode, Vim};

use crate::domain::json::{Edit, Place};
use crate::tui::buffer::{Buffer, Splice};
use crate::tui::model::Effects;
use crate::tui::text;

/// From this size on the text is looked at after a pause, not at every key.
pub(crate) const LARGE: usize = 256 << 10;

/// What is larger is read here, and changed in the user's own editor.
pub(crate) const LARGEST: usize = 4 << 20;

/// What a key or an action came to.
#[derive(Debug)]
pub(crate) enum Answer {
    /// It is none of the editor's.
    Not,
    /// It was done, and this remains to be done outside.
    Done(Effects),
    /// The text was left: keys are the pane's again.
    Left,
    /// The text is to be saved, as the pane does it.
    Save,
}

/// What was cut or copied here; whole lines are put back as lines.
#[derive(Clone, Debug, Default)]
struct Clip {
    text: String,
    lines: bool,
}

/// The state of the editor.
#[derive(Default)]
pub(crate) struct Editor {
    buffer: Buffer,
    /// The byte before which the cursor stands.
    at: usize,
    /// Where the selection began.
    anchor: Option<usize>,
    /// The column that moving up and down keeps to.
    goal: Option<usize>,
    /// Keys are typed into the text.
    editing: bool,
    /// The first line on the screen, and the columns scrolled away.
    top: usize,
    left: usize,
    rows: usize,
    columns: usize,
    outline: Outline,
    folds: Folds,
    marks: Vec<Mark>,
    /// Closing signs that were put in for the user, who may type them all the same.
    pairs: Vec<usize>,
    clip: Clip,
    search: Search,
    ask: Option<Ask>,
    popup: Option<Popup>,
    /// The keys of vim, where they are wanted.
    vim: Option<Vim>,
    /// The keys of the outermost object that readers know.
    vocabulary: &'static [Word],
    /// Why the last key did nothing.
    notice: String,
}

impl Editor {
    /// An editor of documents whose outermost object has these keys.
    pub(crate) fn knowing(vocabulary: &'static [Word]) -> Self {
        Self { vocabulary, ..Self::default() }
    }

    /// The outermost object has these keys from now on.
    pub(crate) fn set_vocabulary(&mut self, vocabulary: &'static [Word]) {
        self.vocabulary = vocabulary;
    }

    /// Takes the keys of vim, or those that need no learning.
    pub(crate) fn set_vim(&mut self, vim: bool) {
        self.vim = vim.then(Vim::default);
    }

    /// Takes in a text as it is on disk; `None`: there is no file yet.
    pub(crate) fn open(&mut self, saved: Option<Vec<u8>>) {
        let place = self.buffer.place(self.at);
        self.buffer.open(saved);
        // Who has the file read anew wants to stay where he is.
        self.at = self.buffer.offset(place);
        self.anchor = None;
        self.goal = None;
        self.editing &= self.buffer.len() <= LARGEST;
        self.ask = None;
        self.popup = None;
        self.marks.clear();
        self.pairs.clear();
        self.folds = Folds::default();
        self.look();
    }

    /// The text with its history.
    pub(crate) fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// This is on disk now; see [`Buffer::set_saved`].
    pub(crate) fn set_saved(&mut self, saved: Option<Vec<u8>>) {
        self.buffer.set_saved(saved);
    }

    /// Makes edits from outside (form, fixes) as one step of the history; false where none changed anything.
    pub(crate) fn apply(&mut self, edits: &[Edit]) -> bool {
        let splices = self.buffer.apply(edits);
        self.moved(&splices);
        !splices.is_empty()
    }

    /// Makes this the text, as one step of the history.
    pub(crate) fn set_text(&mut self, text: &[u8]) {
        let splices = self.buffer.set_text(text);
        self.moved(&splices);
    }

    /// Takes the last step back, whoever made it; the cursor goes there.
    pub(crate) fn undo(&mut self) {
        let splices = self.buffer.undo();
        self.follow(&splices);
    }

    /// Makes the step again that was taken back.
    pub(crate) fn redo(&mut self) {
        let splices = self.buffer.redo();
        self.follow(&splices);
    }

    fn follow(&mut self, splices: &[Splice]) {
        self.moved(splices);
        if let Some(last) = splices.last() {
            self.at = last.end();
            self.anchor = None;
            self.goal = None;
            self.reveal();
        }
    }

    /// One edit of somebody who types; the cursor goes behind what came.
    fn type_in(&mut self, span: Range<usize>, text: &str) {
        let splices = self.buffer.type_in(Edit { span, text: text.to_owned() });
        self.moved(&splices);
        if let Some(splice) = splices.first() {
            self.at = splice.end();
        }
        self.anchor = None;
        self.goal = None;
        self.reveal();
    }

    /// Everything that has a place in the text moves along with a change.
    fn moved(&mut self, splices: &[Splice]) {
        if splices.is_empty() {
            return;
        }
        for splice in splices {
            self.at = splice.shift(self.at);
            self.anchor = self.anchor.map(|anchor| splice.shift(anchor));
            self.marks.iter_mut().for_each(|mark| mark.shift(*splice));
            self.folds.shift(*splice);
            self.outline.shift(*splice);
            self.pairs.retain(|pair| *pair < splice.at || *pair >= splice.at + splice.removed);
            self.pairs.iter_mut().for_each(|pair| *pair = splice.push(*pair));
        }
        if self.is_large() {
            self.folds.hide(&self.outline, &self.buffer);
        } else {
            self.look();
        }
    }

    /// Looks at the text anew. Large texts are looked at when their author pauses: the pane calls this then.
    pub(crate) fn look(&mut self) {
        self.outline = Outline::of(self.buffer.bytes());
        self.folds.hide(&self.outline, &self.buffer);
        self.search.find(self.buffer.bytes());
    }

    /// Whether the text is too large to be looked at with every key.
    pub(crate) fn is_large(&self) -> bool {
        self.buffer.len() > LARGE
    }

    /// Shows what is wrong in the text, by its places.
    pub(crate) fn set_marks(&mut self, marks: Vec<Mark>) {
        self.marks = marks;
        for mark in &mut self.marks {
            mark.find(&self.buffer);
        }
        self.marks.sort_by_key(Mark::start);
    }

    /// Whether keys are typed into the text.
    pub(crate) fn editing(&self) -> bool {
        self.editing
    }

    /// Keys are typed into the text from now on; the error says why not.
    pub(crate) fn begin(&mut self) -> Result<(), String> {
        if self.buffer.len() > LARGEST {
            return Err("the text is larger than 4 MiB".to_owned());
        }
        self.editing = true;
        self.notice.clear();
        Ok(())
    }

    /// Keys are the pane's again.
    pub(crate) fn leave(&mut self) {
        self.editing = false;
        self.ask = None;
        self.popup = None;
        self.anchor = None;
        if let Some(vim) = &mut self.vim {
            vim.mode = Mode::Normal;
        }
    }

    /// The line of the cursor, from 1, as findings count.
    pub(crate) fn line(&self) -> usize {
        self.buffer.line_of(self.at) + 1
    }

    /// Puts the cursor there.
    pub(crate) fn go_to(&mut self, place: Place) {
        let to = self.buffer.offset(place);
        self.go(to, false);
    }

    fn go(&mut self, to: usize, select: bool) {
        self.anchor = if select { self.anchor.or(Some(self.at)) } else { None };
        self.at = to.min(self.buffer.len());
        self.goal = None;
        self.reveal();
    }

    /// Unfolds what the cursor is in, and keeps it inside the text.
    fn reveal(&mut self) {
        self.at = self.at.min(self.buffer.len());
        let mut inner = self.outline.around(self.at);
        let mut unfolded = false;
        while let Some(container) = inner {
            if self.at < container.close {
                unfolded |= self.folds.unfold(container.open);
            }
            inner = self.outline.parent(container);
        }
        if unfolded {
            self.folds.hide(&self.outline, &self.buffer);
        }
    }

    /// What is selected.
    fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor?.min(self.buffer.len());
        let (from, to) = (anchor.min(self.at), anchor.max(self.at));
        match self.vim.as_ref().map(|vim| vim.mode) {
            Some(Mode::Visual) => Some(from..motion::right(&self.buffer, to)),
            Some(Mode::Lines) => {
                let start = self.buffer.line_span(self.buffer.line_of(from)).start;
                Some(start..self.buffer.line_span(self.buffer.line_of(to)).end)
            }
            _ => (from < to).then_some(from..to),
        }
    }

    /// Says why a key did nothing, or what it came to.
    fn say(&mut self, text: impl Into<String>) {
        self.notice = text.into();
    }

    /// The text of a span, with what is no text in it replaced.
    fn text(&self, span: Range<usize>) -> String {
        String::from_utf8_lossy(&self.buffer.bytes()[span]).into_owned()
    }

    /// What the section says of it beside the names of the views: the path of the cursor, as far as there is room for
    /// it, and its place.
    pub(crate) fn note_beside(&self, views: &str, room: usize) -> String {
        let place = self.buffer.place(self.at);
        let path = self.outline.path(self.buffer.bytes(), self.at).to_string();
        let mode =
            self.vim.as_ref().filter(|_| self.editing).map(|vim| format!("{}  ", vim.word()));
        let rest = format!("  {place}   {}{views}", mode.unwrap_or_default());
        let path = text::fit_middle(&path, room.saturating_sub(text::width(&rest)));
        format!("{path}{rest}")
    }
}

#[cfg(test)]
mod tests;
