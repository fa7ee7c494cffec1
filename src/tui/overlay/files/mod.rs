//! `file_list`, chosen from a tree of the manifest's folder.

mod draw;
mod nodes;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use ratatui::layout::Rect;

use crate::domain::bundle::clean;
use crate::flows::manifest::Offered;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::widget::Cursor;

use nodes::Nodes;

/// The choice under way.
pub(crate) struct Files {
    /// What `file_list` named at the beginning.
    listed: HashSet<String>,
    /// What it is to name.
    marks: HashSet<String>,
    nodes: Nodes,
    cursor: Cursor,
    /// With what is left out otherwise.
    whole: bool,
    /// The folder is being read.
    reading: bool,
    /// There is more than is shown.
    cut: bool,
    /// What was typed last: it is shown once it was looked for.
    typed: Option<String>,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// What is not to be listed any more.
    gone: HashSet<String>,
    /// What is to be listed too, in the order of the tree.
    pub(crate) added: Vec<String>,
}

impl Chosen {
    /// Whether an entry of `file_list` stays.
    pub(crate) fn keeps(&self, entry: &str) -> bool {
        !self.gone.contains(&plain(entry))
    }
}

/// The name that a file has in the tree, however `file_list` spells it.
fn plain(entry: &str) -> String {
    clean(entry).unwrap_or_else(|_| entry.to_owned())
}

impl Files {
    /// Of a manifest that lists these.
    pub(crate) fn new(listed: &[String]) -> Self {
        let listed: HashSet<String> = listed.iter().map(|entry| plain(entry)).collect();
        Self {
            marks: listed.clone(),
            listed,
            nodes: Nodes::default(),
            cursor: Cursor::default(),
            whole: false,
            reading: true,
            cut: false,
            typed: None,
        }
    }

    /// Reads the folder.
    pub(crate) fn read(&mut self) -> Effect {
        self.reading = true;
        let mut listed: Vec<String> = self.marks.union(&self.listed).cloned().collect();
        listed.sort_unstable();
        Effect::Offer { listed, whole: self.whole }
    }

    /// The folder was read.
    pub(crate) fn arrived(&mut self, whole: bool, offered: Offered, page: usize) {
        if whole != self.whole {
            return;
        }
        let selected = self.nodes.row(self.cursor.at).map(|node| node.name.clone());
        self.nodes = Nodes::of(offered.files, &self.marks, &self.nodes);
        self.cut = offered.cut;
        self.reading = false;
        let wanted = self.typed.take().or(selected);
        if let Some(row) = wanted.and_then(|name| self.nodes.reveal(&name)) {
            self.cursor.at = row;
        }
        self.cursor.show(self.nodes.len(), page);
    }

    /// How many rows are visible in an area.
    pub(crate) fn page(area: Rect) -> usize {
        draw::rows(area).into()
    }

    /// Does an action; the effects of it.
    pub(crate) fn act(&mut self, action: Action, page: usize) -> Option<Effect> {
        match action {
            Action::Mark => self.toggle(),
            Action::LeftOut => {
                self.whole = !self.whole;
                return Some(self.read());
            }
            Action::Left => {
                if !self.nodes.fold(self.cursor.at, true)
                    && let Some(parent) = self.nodes.parent(self.cursor.at)
                {
                    self.cursor.at = parent;
                }
            }
            Action::Right => {
                self.nodes.fold(self.cursor.at, false);
            }
            action => {
                self.cursor.act(action, self.nodes.len(), page);
            }
        }
        self.cursor.show(self.nodes.len(), page);
        None
    }

    /// Lists the selected file, or leaves it out; of a folder all its files, but for those that are in no bundle.
    fn toggle(&mut self) {
        let sum = self.nodes.sum_of(self.cursor.at);
        // A folder of nothing else is meant with what it has.
        let all = sum.offered == 0;
        let (wanted, there) =
            if all { (sum.files, sum.marked) } else { (sum.offered, sum.offered_marked) };
        let names = self.nodes.files(self.cursor.at);
        if wanted == there {
            for (name, _) in names {
                self.marks.remove(name);
            }
        } else {
            let names = names.filter(|(_, file)| all || !file.left_out);
            self.marks.extend(names.map(|(name, _)| name.to_owned()));
        }
        self.nodes.sum_up(&self.marks);
    }

    /// Lists a file that was typed.
    pub(crate) fn add(&mut self, typed: &str) -> Effect {
        let name = plain(typed);
        self.marks.insert(name.clone());
        self.typed = Some(name);
        self.read()
    }

    /// What was chosen; `None` where nothing is to change.
    pub(crate) fn chosen(&self) -> Option<Chosen> {
        let is_new = |name: &str| self.marks.contains(name) && !self.listed.contains(name);
        let mut added: Vec<String> =
            self.nodes.all_files().filter(|name| is_new(name)).map(str::to_owned).collect();
        // What was typed, and is not read yet.
        let known: HashSet<&str> = added.iter().map(String::as_str).collect();
        let typed = self.marks.difference(&self.listed).filter(|it| !known.contains(it.as_str()));
        let mut typed: Vec<String> = typed.cloned().collect();
        typed.sort_unstable();
        added.extend(typed);
        let gone: HashSet<String> = self.listed.difference(&self.marks).cloned().collect();
        (!added.is_empty() || !gone.is_empty()).then_some(Chosen { gone, added })
    }
}
