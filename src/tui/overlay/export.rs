//! Export: which records, as what, and where to.

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::domain::export::{Exported, Format};
use crate::domain::task::Problem;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::pane::stream::{Meant, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Field, Options, Pen, Row};

/// The rows of the form.
const SCOPE: usize = 0;
const FORMAT: usize = 1;
const SECRETS: usize = 2;
const TO: usize = 3;
const FILE: usize = 4;

/// Cells of a progress bar.
const BAR: u64 = 24;

/// Where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// To the clipboard.
    Clipboard,
    /// Into this file.
    File {
        /// As it was typed.
        path: PathBuf,
        /// Over one that is there; the user was asked.
        replace: bool,
    },
}

/// What is exported, and how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wish {
    /// Which records.
    pub(crate) meant: Meant,
    /// As what.
    pub(crate) format: Format,
    /// With their secrets.
    pub(crate) secrets: bool,
    /// Where to.
    pub(crate) to: To,
}

/// What comes of it.
#[derive(Debug)]
pub(crate) enum News {
    /// So many records were looked at.
    Progress(u64),
    /// There is a file already.
    Exists(Box<Wish>),
    /// It has ended; with the text where it is for the clipboard.
    Ended(Box<Wish>, Result<(Exported, Option<String>), Problem>),
}

/// Work on many records that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Busy {
    /// Records that are done.
    pub(crate) done: u64,
    /// Of so many.
    pub(crate) total: u64,
}

impl Busy {
    /// For the status line.
    pub(crate) fn words(self) -> String {
        format!("{} of {}", text::count(self.done), text::count(self.total.max(self.done)))
    }

    /// A bar, and the figures.
    pub(super) fn draw(self, pen: &mut Pen<'_>, area: Rect) {
        let total = self.total.max(self.done).max(1);
        let cells = self.done * BAR / total;
        let bar = |cells: u64, sign: &str| sign.repeat(usize::try_from(cells).unwrap_or(0));
        let pieces = [
            (Role::Bar, bar(cells, "▇").into()),
            (Role::BarLeft, bar(BAR - cells, "▁").into()),
            (Role::Text, format!("  {}", self.words()).into()),
        ];
        pen.line(area, pieces);
    }
}

/// The export under way, and how the last one was wished.
#[derive(Default)]
pub(crate) struct Exporting {
    /// It has not ended yet.
    pub(crate) busy: Option<Busy>,
    /// Waits for the word whether a file is to be replaced.
    pub(crate) asked: Option<Box<Wish>>,
    /// Format, and whether into a file.
    last: Option<(Format, bool)>,
}

/// The form.
pub(crate) struct Export {
    options: Options,
    scopes: Vec<Meant>,
    /// What the file is called, but for what it ends in.
    stem: String,
    /// The name that was offered: one that was typed stays.
    offered: String,
}

impl Export {
    /// For what the Stream pane shows.
    pub(crate) fn new(model: &Model) -> Self {
        let stream = &model.stream;
        let mut scopes: Vec<Meant> = stream.this_row().into_iter().collect();
        if stream.is_filtered() || stream.paused.is_some() {
            scopes.push(stream.listed());
        }
        scopes.extend(stream.marked());
        scopes.push(stream.everything());
        let (format, to_file) = model.export.last.unwrap_or((Format::Curl, false));
        let at = Format::ALL.iter().position(|it| *it == format).unwrap_or(0);
        let shown = stream.selected.is_some_and(|seq| stream.is_shown(seq));
        let words = |name: &str, about: &str| (name.to_owned(), about.to_owned());
        let formats = Format::ALL.map(|format| words(format.word(), format.about()));
        let secrets = vec![
            words("hidden", "marks stand for them; it cannot be replayed"),
            words("as they are", "whoever reads it has them"),
        ];
        let to = vec![words("clipboard", ""), words("file", "")];
        let rows = vec![
            Row::choice("what", scopes.iter().map(Meant::words).collect(), 0),
            Row::choice("as", formats.into(), at),
            Row::choice("secrets", secrets, shown.into()),
            Row::choice("to", to, to_file.into()),
            Row::text("path", ""),
        ];
        let safe = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let project: String = model.project.chars().map(safe).collect();
        let now = model.now.strftime("%Y%m%dT%H%M%SZ");
        let mut form = Self {
            options: Options::new(rows),
            scopes,
            stem: format!("{}-{now}", project.trim_start_matches('.')),
            offered: String::new(),
        };
        form.renew();
        form
    }

    /// The text that takes what is typed.
    pub(crate) fn field(&mut self) -> Option<&mut Field> {
        self.options.field()
    }

    /// Moves, chooses.
    pub(crate) fn act(&mut self, action: Action) {
        self.options.act(action);
        self.renew();
    }

    fn format(&self) -> Format {
        Format::ALL[self.options.rows[FORMAT].chosen() % Format::ALL.len()]
    }

    /// What hangs on other rows.
    fn renew(&mut self) {
        let format = self.format();
        let rows = &mut self.options.rows;
        if !format.is_text() {
            rows[TO].choose(1);
        }
        rows[FILE].shown = rows[TO].chosen() == 1;
        if rows[FILE].typed() == self.offered {
            self.offered = format!("{}.{}", self.stem, format.extension());
            rows[FILE].set(&self.offered);
        }
    }

    /// What was filled in.
    pub(crate) fn wish(&mut self) -> Result<Wish, &'static str> {
        let rows = &self.options.rows;
        let to = if rows[TO].chosen() == 0 {
            To::Clipboard
        } else {
            To::File { path: PathBuf::from(rows[FILE].typed()), replace: false }
        };
        if matches!(&to, To::File { path, .. } if path.as_os_str().is_empty()) {
            self.options.select(FILE);
            return Err("a file's name is wanted");
        }
        let meant = self.scopes.get(rows[SCOPE].chosen()).ok_or("no row is selected")?.clone();
        let secrets = rows[SECRETS].chosen() == 1;
        Ok(Wish { meant, format: self.format(), secrets, to })
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let height = u16::try_from(self.options.len()).unwrap_or(area.height).saturating_add(3);
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let keys = if model.export.busy.is_some() {
            format!("{} hide   {} cancel", key(Action::Close), key(Action::Cancel))
        } else {
            format!("enter export   ↑↓ row   ←→ change   {} back", key(Action::Close))
        };
        let inner = framed(pen, centred(area, 78, height), "Export", &keys);
        let below = self.options.draw(pen, inner);
        let last =
            Rect { x: below.x + 2, y: below.y, width: below.width.saturating_sub(2), height: 1 };
        match model.export.busy {
            Some(busy) if below.height > 0 => busy.draw(pen, last),
            _ => {}
        }
    }
}

impl Exporting {
    /// It begins.
    pub(crate) fn begin(&mut self, wish: &Wish) {
        self.last = Some((wish.format, matches!(wish.to, To::File { .. })));
        self.busy = Some(Busy { done: 0, total: wish.meant.count });
    }
}

/// What it is called when it was copied.
pub(crate) fn copied(format: Format, scope_is_row: bool) -> &'static str {
    match (format, scope_is_row) {
        (Format::Jsonl, _) => "lines of JSON",
        (Format::Har, _) => "HTTP archive",
        (Format::Curl, true) => "command of curl",
        (Format::Curl, false) => "commands of curl",
        (Format::Grpcurl, true) => "command of grpcurl",
        (Format::Grpcurl, false) => "commands of grpcurl",
        (Format::Session, _) => "session",
    }
}

impl Wish {
    /// Whether one record alone is meant.
    pub(crate) fn is_row(&self) -> bool {
        matches!(self.meant.scope, Scope::Row(_))
    }
}
