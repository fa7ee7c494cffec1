//! Known keys and values, offered while one types.

use std::ops::Range;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use super::outline::{Container, Slot};
use super::vocabulary::{Takes, Word, expected, word, words};
use super::{Answer, Editor, outline};
use crate::domain::json::{Step, unquote};
use crate::domain::nearest::nearest;
use crate::tui::action::Action;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Cursor, Pen};

/// Rows of the list at once.
const ROWS: usize = 8;

/// One thing to put in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offer {
    name: &'static str,
    about: &'static str,
    /// What is put in.
    text: String,
    /// How many bytes before its end one goes on typing.
    back: usize,
}

/// The list under way.
#[derive(Clone, Debug)]
pub(super) struct Popup {
    offers: Vec<Offer>,
    cursor: Cursor,
    /// What is replaced.
    span: Range<usize>,
    /// Somebody has asked for it, or moved in it: enter takes the selected one, and breaks no line.
    wanted: bool,
}

impl Editor {
    /// Offers what is known for the place of the cursor; what the user has `asked` for is not refused in silence.
    pub(super) fn offer(&mut self, asked: bool) {
        self.popup = None;
        // While one types in a large text its outline is not up to date.
        if self.vocabulary.is_empty() || (self.is_large() && !asked) {
            return;
        }
        if self.is_large() {
            self.look();
        }
        match self.offers() {
            Some((span, offers)) if !offers.is_empty() => {
                self.popup = Some(Popup { offers, cursor: Cursor::default(), span, wanted: asked });
            }
            _ if asked => self.say("nothing is known to go here"),
            _ => {}
        }
    }

    fn offers(&self) -> Option<(Range<usize>, Vec<Offer>)> {
        let bytes = self.buffer.bytes();
        let container = self.outline.around(self.at)?;
        let slot = self.outline.slot(bytes, container, self.at);
        let span = slot.token.clone().unwrap_or(self.at..self.at);
        let typed = self.text(span.start..self.at);
        let typed = typed.trim_start_matches('"');
        let path = self.outline.path(bytes, container.open);
        let holds = expected(self.vocabulary, &path)?;
        let all = match holds {
            Takes::Object(_) | Takes::Map(..) if !slot.behind_colon => {
                self.keys(&words(holds), container, &span)
            }
            Takes::Object(words) => values(word(words, &key(bytes, &slot)?)?.takes),
            Takes::Map(_, inner) | Takes::List(inner) => values(*inner),
            _ => Vec::new(),
        };
        let offers = ranked(all, typed);
        // What stands there whole already need not be offered.
        let done = offers.len() == 1 && offers[0].name == typed;
        Some((span, if done { Vec::new() } else { offers }))
    }

    /// The keys that the object does not have yet.
    fn keys(&self, words: &[Word], container: &Container, span: &Range<usize>) -> Vec<Offer> {
        let bytes = self.buffer.bytes();
        let there = self.outline.keys(bytes, container);
        let there: Vec<_> =
            there.into_iter().filter(|key| key != span).map(|key| unquote(&bytes[key])).collect();
        let behind = bytes[span.end..].iter().find(|byte| !byte.is_ascii_whitespace());
        let missing = words.iter().filter(|word| {
            there.iter().all(|key| super::vocabulary::word(&[**word], key).is_none())
        });
        missing
            .map(|word| {
                let (blank, back) = word.takes.blank();
                let (text, back) = match behind {
                    Some(b':') => (format!("\"{}\"", word.name), 0),
                    // Another member follows.
                    Some(b'"') => (format!("\"{}\": {blank},", word.name), back + 1),
                    _ => (format!("\"{}\": {blank}", word.name), back),
                };
                Offer { name: word.name, about: word.about, text, back }
            })
            .collect()
    }

    /// A key while the list is open; `None`: it is a key as ever, and the list is closed.
    pub(super) fn pick(&mut self, event: KeyEvent) -> Option<Answer> {
        let mut popup = self.popup.take()?;
        let step = match event.code {
            KeyCode::Tab => return Some(self.take_offer(&popup)),
            KeyCode::Enter if popup.wanted => return Some(self.take_offer(&popup)),
            KeyCode::Esc => return Some(Answer::Done(Vec::new())),
            KeyCode::Up => Action::Up,
            KeyCode::Down => Action::Down,
            _ => return None,
        };
        let first = !std::mem::replace(&mut popup.wanted, true);
        // The first one is selected from the start: moving down to it takes no step.
        if !(first && step == Action::Down) {
            popup.cursor.act(step, popup.offers.len(), ROWS);
        }
        self.popup = Some(popup);
        Some(Answer::Done(Vec::new()))
    }

    fn take_offer(&mut self, popup: &Popup) -> Answer {
        if let Some(offer) = popup.offers.get(popup.cursor.at) {
            self.type_in(popup.span.clone(), &offer.text);
            self.go(self.at - offer.back, false);
            // A value of few is chosen right away.
            if offer.back > 0 {
                self.offer(false);
            }
        }
        Answer::Done(Vec::new())
    }

    /// What is known of the key that the cursor is on.
    pub(super) fn about(&self) -> Option<String> {
        let bytes = self.buffer.bytes();
        let container = self.outline.around(self.at)?;
        let holder = expected(self.vocabulary, &self.outline.path(bytes, container.open))?;
        let words = words(holder);
        let word = word(&words, &key(bytes, &self.outline.slot(bytes, container, self.at))?)?;
        Some(format!("{}: {}", word.name, word.about))
    }

    /// Draws the list below the row of the cursor, or above it.
    pub(super) fn draw_popup(&self, pen: &mut Pen<'_>, area: Rect) {
        let (Some(popup), Some(cursor)) = (&self.popup, pen.cursor) else { return };
        let names = popup.offers.iter().map(|offer| text::width(offer.name)).max().unwrap_or(0);
        let widest = popup
            .offers
            .iter()
            .map(|offer| names + text::width(offer.about) + 4)
            .max()
            .unwrap_or(0);
        let width = u16::try_from(widest).unwrap_or(area.width).min(area.width);
        let rows = u16::try_from(popup.offers.len().min(ROWS)).unwrap_or(1);
        let y = if cursor.y + 1 + rows <= area.bottom() {
            cursor.y + 1
        } else {
            cursor.y.saturating_sub(rows)
        };
        let x = cursor.x.min(area.right().saturating_sub(width));
        let list = Rect { x, y, width, height: rows }.intersection(area);
        pen.clear(list, Role::Field);
        let visible = popup.offers.iter().enumerate().skip(popup.cursor.top);
        for (y, (at, offer)) in (list.y..list.bottom()).zip(visible) {
            let row = Rect { y, height: 1, ..list };
            let role = if at == popup.cursor.at { Role::Selected } else { Role::Field };
            pen.tint(row, role);
            let name = text::left(offer.name, names + 2);
            let line = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
            pen.line(line, [(role, name.into()), (Role::Dim, offer.about.into())]);
        }
    }
}

/// The key of a slot, as text.
fn key(bytes: &[u8], slot: &Slot) -> Option<String> {
    match outline::step(bytes, slot.key.as_ref(), 0, true)? {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}

fn values(takes: Takes) -> Vec<Offer> {
    let bare = |name: &'static str| Offer { name, about: "", text: name.to_owned(), back: 0 };
    match takes {
        Takes::Switch => vec![bare("true"), bare("false")],
        Takes::OneOf(all) => {
            let quoted =
                |(name, about)| Offer { name, about, text: format!("\"{name}\""), back: 0 };
            all().into_iter().map(quoted).collect()
        }
        _ => Vec::new(),
    }
}

/// Those that begin as what was typed, then those that hold it, else the one that was probably meant.
fn ranked(all: Vec<Offer>, typed: &str) -> Vec<Offer> {
    let typed = typed.to_ascii_lowercase();
    let meant = nearest(&typed, all.iter().map(|offer| offer.name));
    let rank = |offer: &Offer| match offer.name.to_ascii_lowercase().find(&typed) {
        Some(0) => Some(0),
        Some(_) => Some(1),
        None => (Some(offer.name) == meant).then_some(2),
    };
    let mut ranked: Vec<_> =
        all.into_iter().filter_map(|offer| Some((rank(&offer)?, offer))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, offer)| offer).collect()
}
