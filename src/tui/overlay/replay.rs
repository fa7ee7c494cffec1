//! Replay: what is sent again, to whom, and how fast.

use ratatui::layout::Rect;
use tempfile::TempPath;

use super::export::Busy;
use super::replayed::Outcome;
use super::{centred, framed};
use crate::domain::address::Listen;
use crate::domain::json::Place;
use crate::domain::task::Problem;
use crate::flows::replay::Pace;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::pane::stream::{Meant, Scope};
use crate::tui::widget::{Field, Options, Pen, Row};

/// The rows of the form.
const AGAINST: usize = 1;
const ADDRESS: usize = 2;
const PACE: usize = 3;
const REQUEST: usize = 4;

/// In the order of the form.
const PACES: [Pace; 3] = [Pace::FAST, Pace::ONE_BY_ONE, Pace::RECORDED];

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    /// Our own rules, by a server of their own.
    Ours,
    /// A Dispatcher at this address.
    At(Listen),
}

impl Against {
    /// In a few words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Ours => "our rules".to_owned(),
            Self::At(address) => address.to_string(),
        }
    }
}

/// What is sent again, and how.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    /// Which records.
    pub(crate) meant: Meant,
    /// To whom.
    pub(crate) against: Against,
    /// How fast.
    pub(crate) pace: Pace,
    /// In place of what was received.
    pub(crate) edited: Option<bytes::Bytes>,
    /// Secrets are shown of it, as its row shows them.
    pub(crate) shown: bool,
}

/// A record's request as a text.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Of which record.
    pub(crate) seq: u64,
    /// The text.
    pub(crate) text: String,
    /// The line that is wrong.
    pub(crate) line: Option<usize>,
}

/// What comes of it.
#[derive(Debug)]
pub(crate) enum News {
    /// The server that was replayed against last.
    Remembered(String),
    /// So many calls were answered.
    Progress(u64),
    /// The request is in this file, to be edited at this line.
    ToEdit(Result<(TempPath, Option<usize>), Problem>),
    /// It was edited.
    Taken {
        /// As it was left.
        text: String,
        /// What it stands for, or what is wrong with it and where.
        request: Result<bytes::Bytes, (String, Place)>,
    },
    /// The edited text cannot be read.
    NotTaken(Problem),
    /// It has ended.
    Ended(Result<Box<Outcome>, Problem>),
}

/// The replay under way, and how the last one was wished.
#[derive(Default)]
pub(crate) struct Replaying {
    /// It has not ended yet.
    pub(crate) busy: Option<Busy>,
    /// The other server that was named last.
    pub(crate) address: String,
    /// Whether it was meant last.
    other: bool,
    pace: Option<Pace>,
    /// What waits for its request to be edited.
    pub(crate) waits: Option<Wish>,
    /// The file that the editor has.
    pub(crate) editing: Option<TempPath>,
    /// What was edited last.
    pub(crate) draft: Option<Draft>,
}

/// The form.
pub(crate) struct Replay {
    options: Options,
    meant: Meant,
    shown: bool,
}

impl Replay {
    /// Of these records.
    pub(crate) fn new(model: &Model, meant: Meant) -> Self {
        let last = &model.replay;
        let words = |name: &str, about: &str| (name.to_owned(), about.to_owned());
        let against = vec![
            words("our rules", "by a server of their own, in this program"),
            words("another server", "gRPC, without TLS"),
        ];
        let pace = vec![
            words("as fast as it goes", "several at once"),
            words("one after the other", "each once the one before is answered"),
            words("as it was recorded", "each as long after the first as it came"),
        ];
        let request = vec![
            words("as it was received", ""),
            words("edited", "in your editor, as JSON; secrets stay marks in it"),
        ];
        let is_row = matches!(meant.scope, Scope::Row(_));
        let mut rows = vec![
            Row::choice("what", vec![meant.words()], 0),
            Row::choice("against", against, last.other.into()),
            Row::text("address", &last.address),
            Row::choice("pace", pace, last.chosen_pace()),
            Row::choice("request", request, 0),
        ];
        rows[PACE].shown = !is_row;
        rows[REQUEST].shown = is_row;
        let shown = match meant.scope {
            Scope::Row(seq) => model.stream.is_shown(seq),
            _ => false,
        };
        let mut options = Options::new(rows);
        options.select(AGAINST);
        let mut form = Self { options, meant, shown };
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

    fn renew(&mut self) {
        let rows = &mut self.options.rows;
        rows[ADDRESS].shown = rows[AGAINST].chosen() == 1;
    }

    /// What was filled in, and whether the request is to be edited first.
    pub(crate) fn wish(&mut self) -> Result<(Wish, bool), String> {
        let rows = &self.options.rows;
        let against = if rows[AGAINST].chosen() == 0 {
            Against::Ours
        } else {
            match rows[ADDRESS].typed().parse() {
                Ok(address) => Against::At(address),
                Err(error) => {
                    self.options.select(ADDRESS);
                    return Err(match rows_typed(&self.options) {
                        "" => "the server's address is wanted: HOST:PORT or unix:PATH".to_owned(),
                        _ => format!("{error}"),
                    });
                }
            }
        };
        let pace = PACES[rows[PACE].chosen().min(PACES.len() - 1)];
        let edit = rows[REQUEST].shown && rows[REQUEST].chosen() == 1;
        let wish =
            Wish { meant: self.meant.clone(), against, pace, edited: None, shown: self.shown };
        Ok((wish, edit))
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let height = u16::try_from(self.options.len()).unwrap_or(area.height).saturating_add(3);
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let keys = if model.replay.busy.is_some() {
            format!("{} hide   {} cancel", key(Action::Close), key(Action::Cancel))
        } else {
            format!("enter replay   ↑↓ row   ←→ change   {} back", key(Action::Close))
        };
        let inner = framed(pen, centred(area, 78, height), "Replay", &keys);
        let below = self.options.draw(pen, inner);
        let width = below.width.saturating_sub(2);
        let last = Rect { x: below.x + 2, y: below.y, width, height: 1 };
        if let Some(busy) = model.replay.busy.filter(|_| below.height > 0) {
            busy.draw(pen, last);
        }
    }
}

fn rows_typed(options: &Options) -> &str {
    options.rows[ADDRESS].typed()
}

impl Replaying {
    fn chosen_pace(&self) -> usize {
        PACES.iter().position(|pace| Some(*pace) == self.pace).unwrap_or(0)
    }

    /// It begins; what is remembered of it.
    pub(crate) fn begin(&mut self, wish: &Wish) -> Option<String> {
        self.busy = Some(Busy { done: 0, total: wish.meant.count });
        self.pace = Some(wish.pace);
        match &wish.against {
            Against::Ours => {
                self.other = false;
                None
            }
            Against::At(address) => {
                self.other = true;
                let address = address.to_string();
                let new = address != self.address;
                self.address.clone_from(&address);
                new.then_some(address)
            }
        }
    }
}
