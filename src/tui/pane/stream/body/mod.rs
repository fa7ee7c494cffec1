//! The bodies of a record as people want to see them: JSON, text, base64 or hex.

mod found;
mod rows;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ratatui::layout::Rect;
use serde_json::{Map, Value};

use crate::domain::encoding::Plain;
use crate::tui::action::Action;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;
use crate::tui::widget::tree::Tree;

use found::{Body, bodies};
use rows::{hex, hex_bytes, lines};

/// How bodies are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a tree that folds; what is no JSON is one string of it.
    Json,
    /// As text, line by line.
    Text,
    /// In base64, as `rawBody` has it.
    Base64,
    /// Offset, bytes and what is printable of them.
    Hex,
}

impl Form {
    /// In the order in which a key goes through them.
    const ALL: [Self; 4] = [Self::Json, Self::Text, Self::Base64, Self::Hex];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Text => "text",
            Self::Base64 => "base64",
            Self::Hex => "hex",
        }
    }

    pub(crate) fn next(self) -> Self {
        let at = Self::ALL.iter().position(|form| *form == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// Rows of what is no tree. Those of a large body are counted, not kept.
enum Block {
    /// A line of our own.
    Said(Role, String),
    /// A body (or what it is in base64) of so many bytes, so many of them in a row.
    Even { body: usize, all: usize, each: usize },
    /// The lines of a body, each by where it begins and ends.
    Lines { body: usize, lines: Vec<(u32, u32)> },
}

impl Block {
    fn rows(&self) -> usize {
        match self {
            Self::Said(..) => 1,
            Self::Even { all, each, .. } => all.div_ceil((*each).max(1)),
            Self::Lines { lines, .. } => lines.len(),
        }
    }

    /// The body of the row at this place, and which bytes of it.
    fn piece(&self, at: usize) -> Option<(usize, Range<usize>)> {
        match self {
            Self::Said(..) => None,
            Self::Even { body, all, each } => {
                let from = at * each;
                Some((*body, from..(*all).min(from + each)))
            }
            Self::Lines { body, lines } => {
                let (from, to) = *lines.get(at)?;
                Some((*body, from as usize..to as usize))
            }
        }
    }
}

/// The bodies of the open record, in one form.
pub(crate) struct Bodies {
    all: Vec<Body>,
    /// Why there may be none: what failed.
    error: Option<String>,
    pub(crate) form: Form,
    tree: Option<Tree>,
    /// Each body in base64, where that is shown.
    encoded: Vec<String>,
    blocks: Vec<Block>,
    /// All rows of them.
    rows: usize,
    /// For which width the rows were made.
    width: usize,
    top: usize,
}

impl Bodies {
    /// Of a record's JSON, whose encodings `said` tells; in the form that suits the first body, unless one was chosen.
    pub(crate) fn new(document: &Value, said: &[(&str, Plain)], form: Option<Form>) -> Self {
        let bodies = bodies(document, said);
        let form = form.unwrap_or_else(|| bodies.first().map_or(Form::Text, Body::form));
        let mut shown = Self {
            all: bodies,
            error: document.get("error").and_then(Value::as_str).map(str::to_owned),
            form,
            tree: None,
            encoded: Vec::new(),
            blocks: Vec::new(),
            rows: 0,
            width: 0,
            top: 0,
        };
        shown.set(form);
        shown
    }

    /// Where one is as others were: with the same folds and row of the tree, and, of the same record, as far down.
    pub(crate) fn like(&mut self, others: Option<&Self>, is_same: bool, page: usize) {
        let Some(others) = others.filter(|others| others.form == self.form) else { return };
        if let Some(others) = &others.tree {
            self.tree = self.tree.take().map(|tree| tree.like(others, page));
        }
        if is_same {
            self.top = others.top;
        }
    }

    /// Shows them in another form.
    pub(crate) fn set(&mut self, form: Form) {
        (self.form, self.width, self.top) = (form, 0, 0);
        self.tree = (form == Form::Json && !self.all.is_empty()).then(|| {
            let members = self.all.iter().map(|body| (body.of.to_owned(), body.value()));
            Tree::new(Arc::new(Value::Object(members.collect::<Map<_, _>>())))
        });
        self.encoded = match form {
            Form::Base64 => {
                self.all.iter().map(|body| BASE64_STANDARD.encode(&body.bytes)).collect()
            }
            _ => Vec::new(),
        };
    }

    /// Makes the rows for a width, and keeps the first of a screen of `page` in bounds.
    pub(crate) fn settle(&mut self, width: usize, page: usize) {
        let width = width.max(8);
        if self.width != width {
            self.width = width;
            self.blocks = self.laid_out(width);
            self.rows = self.blocks.iter().map(Block::rows).sum();
            let below = page.saturating_sub(self.above());
            if let Some(tree) = &mut self.tree {
                tree.show(below);
            }
        }
        self.top = self.top.min(self.rows.saturating_sub(page));
    }

    fn laid_out(&self, width: usize) -> Vec<Block> {
        let mut rows = Vec::new();
        if let Some(error) = &self.error {
            let lines = text::wrap(&format!("✗ {error}"), width).into_iter();
            rows.extend(lines.map(|line| Block::Said(Role::Error, line)));
        } else if self.all.is_empty() {
            rows.push(Block::Said(Role::Dim, "Neither side has a body.".to_owned()));
        }
        for (at, body) in self.all.iter().enumerate() {
            if at > 0 {
                rows.push(Block::Said(Role::Text, String::new()));
            }
            rows.extend(said(body, width));
            match self.form {
                Form::Json => {}
                Form::Hex => {
                    let (all, each) = (body.bytes.len(), hex_bytes(width));
                    rows.push(Block::Even { body: at, all, each });
                }
                Form::Base64 => {
                    let all = self.encoded[at].len();
                    rows.push(Block::Even { body: at, all, each: width });
                }
                Form::Text => {
                    // Nothing that comes over the wire is as long as that.
                    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                    let lines = lines(&body.bytes, width);
                    let lines = lines.map(|line| (place(line.start), place(line.end))).collect();
                    rows.push(Block::Lines { body: at, lines });
                }
            }
        }
        rows
    }

    /// Moves in it; false where the action is none of its own.
    pub(crate) fn act(&mut self, action: Action, page: usize) -> bool {
        let page = page.saturating_sub(self.above()).max(1);
        if let Some(tree) = &mut self.tree {
            return tree.act(action, page);
        }
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            Action::Top => 0,
            Action::Bottom => usize::MAX,
            _ => return false,
        };
        true
    }

    /// Moves by so many rows.
    pub(crate) fn scroll(&mut self, by: isize, page: usize) {
        let page = page.saturating_sub(self.above()).max(1);
        match &mut self.tree {
            Some(tree) => tree.scroll(by, page),
            None => self.top = self.top.saturating_add_signed(by),
        }
    }

    /// Searches; false where nothing is found.
    pub(crate) fn search(&mut self, needle: &str, forward: bool, here: bool, page: usize) -> bool {
        let page = page.saturating_sub(self.above()).max(1);
        if let Some(tree) = &mut self.tree {
            return tree.search(needle, forward, here, page);
        }
        if needle.is_empty() {
            return true;
        }
        let all = self.rows;
        if all == 0 {
            return false;
        }
        let start = usize::from(!here);
        let found = (start..all + start).map(|step| {
            if forward { (self.top + step) % all } else { (self.top + all - step % all) % all }
        });
        let needle = needle.to_lowercase();
        let found =
            found.into_iter().find(|row| self.line(*row).1.to_lowercase().contains(&needle));
        self.top = found.unwrap_or(self.top);
        found.is_some()
    }

    /// What is copied: the selected value of the tree, or all that is shown.
    pub(crate) fn text(&self) -> String {
        match &self.tree {
            Some(tree) => tree.value(),
            None if self.form == Form::Text => {
                let texts = self.all.iter().map(|body| String::from_utf8_lossy(&body.bytes));
                texts.collect::<Vec<_>>().join("\n")
            }
            None if self.form == Form::Base64 => self.encoded.join("\n"),
            None => {
                let of_body = |row: &usize| !matches!(self.block(*row), Some((Block::Said(..), _)));
                let pieces = (0..self.rows).filter(of_body);
                pieces.map(|at| self.line(at).1).collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// The block of a row, and which of its rows it is.
    fn block(&self, row: usize) -> Option<(&Block, usize)> {
        let mut at = row;
        for block in &self.blocks {
            let rows = block.rows();
            if at < rows {
                return Some((block, at));
            }
            at -= rows;
        }
        None
    }

    fn line(&self, row: usize) -> (Role, String) {
        let Some((block, at)) = self.block(row) else { return (Role::Text, String::new()) };
        if let Block::Said(role, words) = block {
            return (*role, words.clone());
        }
        let Some((body, piece)) = block.piece(at) else { return (Role::Text, String::new()) };
        let line = match self.form {
            Form::Base64 => self.encoded[body][piece].to_owned(),
            Form::Hex => hex(&self.all[body].bytes, piece, hex_bytes(self.width)),
            Form::Json | Form::Text => {
                String::from_utf8_lossy(&self.all[body].bytes[piece]).into_owned()
            }
        };
        (Role::Text, line)
    }

    /// Draws what is visible.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, area: Rect, focused: bool) {
        let rows = if self.tree.is_some() { self.rows } else { usize::from(area.height) };
        let visible = (self.top..self.rows).take(rows.min(area.height.into()));
        let mut y = area.y;
        for at in visible {
            let (role, line) = self.line(at);
            pen.put(area.x + 1, y, area.width.saturating_sub(1), &line.replace('\t', "    "), role);
            y += 1;
        }
        if let Some(tree) = &self.tree {
            let below = Rect { y, height: area.bottom().saturating_sub(y), ..area };
            tree.draw(pen, below, focused);
        }
    }

    /// Rows of the tree's area that are above it.
    pub(crate) fn above(&self) -> usize {
        if self.tree.is_some() { self.rows } else { 0 }
    }

    /// Selects the row of the tree under the mouse.
    pub(crate) fn click(&mut self, row: usize) {
        let above = self.above();
        if let Some(tree) = self.tree.as_mut().filter(|_| row >= above) {
            tree.click(row - above);
        }
    }
}

fn said(body: &Body, width: usize) -> impl Iterator<Item = Block> {
    let title = Block::Said(Role::Heading, text::fit(&body.title(), width).into_owned());
    let doubt = body.doubt().map(|doubt| format!("⚠ {doubt}")).unwrap_or_default();
    let doubt = if doubt.is_empty() { Vec::new() } else { text::wrap(&doubt, width) };
    let encoding = body.encoding.as_ref().map(|Plain { said, doubtful, .. }| {
        let (mark, role) = if *doubtful { ("⚠ ", Role::Warning) } else { ("", Role::Dim) };
        text::wrap(&format!("{mark}{said}"), width)
            .into_iter()
            .map(move |line| Block::Said(role, line))
    });
    let doubt = doubt.into_iter().map(|line| Block::Said(Role::Warning, line));
    std::iter::once(title).chain(encoding.into_iter().flatten()).chain(doubt)
}
