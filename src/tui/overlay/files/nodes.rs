//! The files of a folder as one flat list of rows, a folder before what it holds: folding is a flag, and what a folder
//! comes to is the difference of two sums, whatever lies in it.

use std::collections::{HashMap, HashSet};

use crate::domain::bundle::clean;
use crate::flows::manifest::OfferedFile;

/// Trees of more rows begin folded.
const OPEN: usize = 100;

/// A row: a file, or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// As `file_list` names it.
    pub(super) name: String,
    /// How many folders it lies in.
    pub(super) depth: usize,
    /// The first row behind it and all that is in it.
    end: usize,
    /// What is known of a file; `None` is a folder.
    pub(super) file: Option<File>,
    /// What it holds is not shown.
    pub(super) folded: bool,
}

/// A file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Its size; `None` where it is not there.
    pub(super) bytes: Option<u64>,
    /// A folder that is listed leaves it out.
    pub(super) left_out: bool,
}

/// What files come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// How many.
    pub(super) files: usize,
    /// Their bytes.
    pub(super) bytes: u64,
    /// How many of them are listed.
    pub(super) marked: usize,
    /// The bytes of those.
    pub(super) marked_bytes: u64,
    /// How many are not left out.
    pub(super) offered: usize,
    /// How many of those are listed.
    pub(super) offered_marked: usize,
}

impl Sum {
    fn and(self, file: File, marked: bool) -> Self {
        let one = |truth: bool| usize::from(truth);
        let bytes = file.bytes.unwrap_or_default();
        Self {
            files: self.files + 1,
            bytes: self.bytes + bytes,
            marked: self.marked + one(marked),
            marked_bytes: self.marked_bytes + if marked { bytes } else { 0 },
            offered: self.offered + one(!file.left_out),
            offered_marked: self.offered_marked + one(!file.left_out && marked),
        }
    }

    fn less(self, before: Self) -> Self {
        Self {
            files: self.files - before.files,
            bytes: self.bytes - before.bytes,
            marked: self.marked - before.marked,
            marked_bytes: self.marked_bytes - before.marked_bytes,
            offered: self.offered - before.offered,
            offered_marked: self.offered_marked - before.offered_marked,
        }
    }
}

/// The rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Nodes {
    all: Vec<Node>,
    /// What all rows before each one come to, and in the end what all of them do.
    sums: Vec<Sum>,
    /// The rows that no folded folder hides.
    visible: Vec<usize>,
}

impl Nodes {
    /// Of these files, in the order of their names; what was folded or open before still is.
    pub(super) fn of(files: Vec<OfferedFile>, marks: &HashSet<String>, before: &Self) -> Self {
        let folders = before.all.iter().filter(|node| node.file.is_none());
        let was: HashMap<&str, bool> =
            folders.map(|node| (node.name.as_str(), node.folded)).collect();
        let mut all = with_folders(files);
        let mut nodes = Self { all: Vec::new(), sums: Vec::new(), visible: Vec::new() };
        let large = all.len() > OPEN;
        set_ends(&mut all);
        nodes.all = all;
        nodes.sum_up(marks);
        for at in 0..nodes.all.len() {
            let left_out = nodes.sum(at).offered == 0;
            if let Some(node) = nodes.all.get_mut(at).filter(|node| node.file.is_none()) {
                node.folded = was.get(node.name.as_str()).copied().unwrap_or(large || left_out);
            }
        }
        nodes.look();
        nodes
    }

    /// How many rows are visible.
    pub(super) fn len(&self) -> usize {
        self.visible.len()
    }

    /// The visible rows from one on.
    pub(super) fn rows(&self, from: usize) -> impl Iterator<Item = (&Node, Sum)> {
        let rows = self.visible.iter().skip(from);
        rows.filter_map(|&at| Some((self.all.get(at)?, self.sum(at))))
    }

    /// A visible row.
    pub(super) fn row(&self, row: usize) -> Option<&Node> {
        self.all.get(*self.visible.get(row)?)
    }

    /// What a visible row comes to.
    pub(super) fn sum_of(&self, row: usize) -> Sum {
        self.visible.get(row).map(|&at| self.sum(at)).unwrap_or_default()
    }

    /// What everything comes to.
    pub(super) fn total(&self) -> Sum {
        self.sums.last().copied().unwrap_or_default()
    }

    /// The files of a visible row: itself, or those in it.
    pub(super) fn files(&self, row: usize) -> impl Iterator<Item = (&str, File)> {
        let at = self.visible.get(row).copied().unwrap_or(self.all.len());
        let end = self.all.get(at).map_or(at, |node| node.end);
        let inside = self.all.get(at..end).unwrap_or_default();
        inside.iter().filter_map(|node| Some((node.name.as_str(), node.file?)))
    }

    /// All files, in their order.
    pub(super) fn all_files(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter(|node| node.file.is_some()).map(|node| node.name.as_str())
    }

    /// Folds or opens the folder of a visible row; false where it is none, or was so already.
    pub(super) fn fold(&mut self, row: usize, folded: bool) -> bool {
        let node = self.visible.get(row).and_then(|at| self.all.get_mut(*at));
        let Some(node) = node.filter(|node| node.file.is_none() && node.folded != folded) else {
            return false;
        };
        node.folded = folded;
        self.look();
        true
    }

    /// The visible row of the folder that a visible row lies in.
    pub(super) fn parent(&self, row: usize) -> Option<usize> {
        let depth = self.row(row)?.depth;
        (0..row).rev().find(|above| self.row(*above).is_some_and(|node| node.depth < depth))
    }

    /// The visible row of a name, with the folders opened that it lies in.
    pub(super) fn reveal(&mut self, name: &str) -> Option<usize> {
        let at = self.all.iter().position(|node| node.name == name)?;
        for node in self.all.iter_mut().take(at) {
            node.folded &= node.end <= at;
        }
        self.look();
        self.visible.iter().position(|row| *row == at)
    }

    /// Counts anew, once other files are listed.
    pub(super) fn sum_up(&mut self, marks: &HashSet<String>) {
        let mut sum = Sum::default();
        self.sums = vec![sum];
        for node in &self.all {
            if let Some(file) = node.file {
                sum = sum.and(file, marks.contains(&node.name));
            }
            self.sums.push(sum);
        }
    }

    fn sum(&self, at: usize) -> Sum {
        let end = self.all.get(at).map_or(at, |node| node.end);
        let sum = |at: usize| self.sums.get(at).copied().unwrap_or_default();
        sum(end).less(sum(at))
    }

    fn look(&mut self) {
        self.visible.clear();
        let mut at = 0;
        while let Some(node) = self.all.get(at) {
            self.visible.push(at);
            at = if node.folded { node.end } else { at + 1 };
        }
    }
}

/// The files with the folders that they lie in, in the order of their names' parts.
fn with_folders(files: Vec<OfferedFile>) -> Vec<Node> {
    let mut folders: HashSet<String> = HashSet::new();
    let is_path = |name: &str| clean(name).is_ok();
    for file in files.iter().filter(|file| is_path(&file.name)) {
        for (slash, _) in file.name.match_indices('/') {
            folders.extend(file.name.get(..slash).map(str::to_owned));
        }
    }
    // What no bundle can hold lies in no folder.
    let depth = |name: &str| if is_path(name) { name.matches('/').count() } else { 0 };
    let node = |name: String, file| Node { depth: depth(&name), name, end: 0, file, folded: false };
    let mut all: Vec<Node> = folders.into_iter().map(|name| node(name, None)).collect();
    let file = |file: &OfferedFile| File { bytes: file.bytes, left_out: file.left_out };
    all.extend(files.into_iter().map(|it| node(it.name.clone(), Some(file(&it)))));
    all.sort_by(|a, b| {
        let kind = |node: &Node| (is_path(&node.name), node.file.is_none());
        let parts = a.name.split('/').cmp(b.name.split('/'));
        kind(a).0.cmp(&kind(b).0).then(parts).then(kind(a).1.cmp(&kind(b).1))
    });
    all
}

fn set_ends(all: &mut [Node]) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut ends = vec![all.len(); all.len()];
    for (at, node) in all.iter().enumerate() {
        while let Some((_, begun)) = open.pop_if(|(depth, _)| *depth >= node.depth) {
            if let Some(end) = ends.get_mut(begun) {
                *end = at;
            }
        }
        open.push((node.depth, at));
    }
    for (node, end) in all.iter_mut().zip(ends) {
        node.end = end;
    }
}
