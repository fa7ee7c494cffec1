//! A JSON document as one flat vector of rows: folding is one flag, moving is a step in the vector, and drawing costs what
//! is visible, whatever the document's size.

mod draw;
mod flatten;

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use crate::tui::action::Action;

/// One row: a value with its name, or an opening container.
#[derive(Clone, Debug)]
struct Node {
    depth: u16,
    parent: u32,
    /// The first row behind this value and all that is in it.
    end: u32,
    folded: bool,
    name: Name,
    shape: Shape,
}

#[derive(Clone, Debug)]
enum Name {
    Root,
    Member(Box<str>),
    Index(u32),
}

/// What a row shows of its value.
#[derive(Clone, Debug)]
enum Shape {
    Object(u32),
    Array(u32),
    /// In JSON's escapes, cut where it is very long.
    Text(Box<str>),
    Number(Box<str>),
    Literal(&'static str),
}

/// A document, which of it is folded, and where the reader is.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    document: Arc<Value>,
    nodes: Vec<Node>,
    /// The selected row.
    at: usize,
    /// The first visible row.
    top: usize,
}

impl Tree {
    /// Of a document, with everything open but what is empty.
    pub(crate) fn new(document: Arc<Value>) -> Self {
        let nodes = flatten::flatten(&document);
        Self { document, nodes, at: 0, top: 0 }
    }

    /// Takes over where the reader was in another document of the same shape: the folds and the selection, by path.
    pub(crate) fn like(mut self, other: &Self, page: usize) -> Self {
        let folded: HashSet<_> = (0..other.nodes.len())
            .filter(|&index| other.nodes[index].folded)
            .map(|index| other.pointer(index))
            .collect();
        if !folded.is_empty() {
            for index in 0..self.nodes.len() {
                if self.nodes[index].end as usize > index + 1
                    && folded.contains(&self.pointer(index))
                {
                    self.nodes[index].folded = true;
                }
            }
        }
        let wanted = other.pointer(other.at);
        if let Some(index) = self.find_pointer(&wanted) {
            self.at = self.visible_one(index);
        }
        self.top = if other.top == 0 { 0 } else { self.at };
        self.show(page);
        self
    }

    /// Moves or folds; false where the action is neither.
    pub(crate) fn act(&mut self, action: Action, page: usize) -> bool {
        let page_rows = page.max(1);
        match action {
            Action::Up => self.at = self.previous(self.at).unwrap_or(self.at),
            Action::Down => self.at = self.next(self.at).unwrap_or(self.at),
            Action::PageUp => self.at = self.back(self.at, page_rows),
            Action::PageDown => self.at = self.forth(self.at, page_rows),
            Action::Top => self.at = 0,
            Action::Bottom => self.at = self.visible_one(self.nodes.len().saturating_sub(1)),
            Action::Left => self.left(),
            Action::Right => self.right(),
            Action::Accept => self.toggle(),
            Action::FoldAll => self.fold_all(),
            Action::UnfoldAll => self.nodes.iter_mut().for_each(|node| node.folded = false),
            _ => return false,
        }
        self.show(page);
        true
    }

    /// Scrolls by rows.
    pub(crate) fn scroll(&mut self, by: isize, page: usize) {
        let rows = by.unsigned_abs();
        self.at = if by < 0 { self.back(self.at, rows) } else { self.forth(self.at, rows) };
        self.show(page);
    }

    /// Selects the visible row at this distance from the top, as a click does; a second click folds.
    pub(crate) fn click(&mut self, row: usize) {
        let clicked = self.forth(self.top, row);
        if self.at == clicked {
            self.toggle();
        }
        self.at = clicked;
    }

    /// The path of the selected value, as jq takes it (`.request.headers["X-A"]`).
    pub(crate) fn path(&self) -> String {
        let mut steps = Vec::new();
        let mut index = self.at;
        while let Some(node) = self.nodes.get(index).filter(|_| index != 0) {
            steps.push(match &node.name {
                Name::Root => String::new(),
                Name::Index(at) => format!("[{at}]"),
                Name::Member(name) if is_word(name) => format!(".{name}"),
                Name::Member(name) => format!("[{}]", Value::from(&**name)),
            });
            index = node.parent as usize;
        }
        let mut path: String = steps.into_iter().rev().collect();
        if !path.starts_with('.') {
            path.insert(0, '.');
        }
        path
    }

    /// The selected value: a string as it is, anything else as JSON.
    pub(crate) fn value(&self) -> String {
        match self.document.pointer(&self.pointer(self.at)) {
            Some(Value::String(text)) => text.clone(),
            Some(value) => serde_json::to_string_pretty(value).unwrap_or_default(),
            None => String::new(),
        }
    }

    /// Selects the next row (or the previous one) whose name or value has this text, without case; what hides it is unfolded.
    pub(crate) fn search(
        &mut self,
        text: &str,
        forward: bool,
        from_here: bool,
        page: usize,
    ) -> bool {
        let needle = text.to_lowercase();
        let len = self.nodes.len();
        let start = usize::from(!from_here);
        let found = (start..len + start).find_map(|step| {
            let index = if forward { self.at + step } else { self.at + 2 * len - step } % len;
            self.nodes[index].has(&needle).then_some(index)
        });
        let Some(index) = found else { return false };
        let mut parent = self.nodes[index].parent as usize;
        loop {
            self.nodes[parent].folded = false;
            if parent == 0 {
                break;
            }
            parent = self.nodes[parent].parent as usize;
        }
        self.at = index;
        self.show(page);
        true
    }

    fn next(&self, index: usize) -> Option<usize> {
        let node = self.nodes.get(index)?;
        let next = if node.folded { node.end as usize } else { index + 1 };
        (next < self.nodes.len()).then_some(next)
    }

    fn previous(&self, index: usize) -> Option<usize> {
        (index > 0).then(|| self.visible_one(index - 1))
    }

    /// The row itself, or the outermost folded one that hides it.
    fn visible_one(&self, index: usize) -> usize {
        let mut visible = index;
        let mut above = index;
        while above != 0 {
            above = self.nodes[above].parent as usize;
            if self.nodes[above].folded {
                visible = above;
            }
        }
        visible
    }

    fn back(&self, from: usize, rows: usize) -> usize {
        (0..rows).try_fold(from, |at, _| self.previous(at).ok_or(at)).unwrap_or_else(|at| at)
    }

    fn forth(&self, from: usize, rows: usize) -> usize {
        (0..rows).try_fold(from, |at, _| self.next(at).ok_or(at)).unwrap_or_else(|at| at)
    }

    /// Keeps the selection visible.
    pub(crate) fn show(&mut self, page: usize) {
        let page = page.max(1);
        self.top = self.visible_one(self.top.min(self.nodes.len().saturating_sub(1)));
        if self.at < self.top {
            self.top = self.at;
        } else {
            let highest = self.back(self.at, page - 1);
            self.top = self.top.max(highest);
        }
        // What was folded away below leaves no empty rows.
        let last = self.visible_one(self.nodes.len().saturating_sub(1));
        self.top = self.top.min(self.back(last, page - 1));
    }

    fn left(&mut self) {
        let node = &mut self.nodes[self.at];
        if node.end as usize > self.at + 1 && !node.folded {
            node.folded = true;
        } else {
            self.at = node.parent as usize;
        }
    }

    fn right(&mut self) {
        let node = &mut self.nodes[self.at];
        if node.folded {
            node.folded = false;
        } else if node.end as usize > self.at + 1 {
            self.at += 1;
        }
    }

    fn toggle(&mut self) {
        let node = &mut self.nodes[self.at];
        if node.end as usize > self.at + 1 {
            node.folded = !node.folded;
        }
    }

    fn fold_all(&mut self) {
        for (index, node) in self.nodes.iter_mut().enumerate() {
            node.folded = node.depth > 0 && node.end as usize > index + 1;
        }
        self.at = self.visible_one(self.at);
    }

    /// The JSON pointer (RFC 6901) of a row.
    fn pointer(&self, index: usize) -> String {
        let mut steps = Vec::new();
        let mut index = index;
        while index != 0 {
            let Some(node) = self.nodes.get(index) else { break };
            steps.push(match &node.name {
                Name::Root => String::new(),
                Name::Index(at) => format!("/{at}"),
                Name::Member(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
            });
            index = node.parent as usize;
        }
        steps.into_iter().rev().collect()
    }

    fn find_pointer(&self, pointer: &str) -> Option<usize> {
        (0..self.nodes.len()).find(|&index| self.pointer(index) == pointer)
    }
}

impl Node {
    fn has(&self, needle: &str) -> bool {
        let named =
            matches!(&self.name, Name::Member(name) if name.to_lowercase().contains(needle));
        named
            || match &self.shape {
                Shape::Text(text) | Shape::Number(text) => text.to_lowercase().contains(needle),
                Shape::Literal(text) => text.contains(needle),
                Shape::Object(_) | Shape::Array(_) => false,
            }
    }
}

/// A name that jq takes without quotes.
fn is_word(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests;
