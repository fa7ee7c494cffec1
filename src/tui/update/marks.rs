//! Rows of the Stream are marked, noted on, gone to.

use super::act::{ask, prompt};
use crate::capture::marks::{LONGEST_NOTE, MOST_MARKS, note};
use crate::domain::task::{Problem, Severity};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Choice, Choose, Intent, Marking, Overlay, Picked, Purpose};
use crate::tui::text;
use crate::tui::widget::Field;

/// The filter that lists them.
const LISTED: &str = "mark";

/// Does an action of theirs.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    match (action, model.stream.selected) {
        (Action::MarkRow, Some(seq)) => toggle(model, seq),
        (Action::NoteRow, Some(seq)) => {
            // One with a secret in it is shown without, once the record was looked at.
            let Some(noted) = model.stream.noted(seq) else { return Vec::new() };
            let said = "A line that stays with the row, and marks it.";
            let field = Field::new(noted);
            prompt(model, &format!("Note on {seq}"), said, Purpose::Note(seq), field)
        }
        (Action::NextMarked | Action::PreviousMarked, _) => {
            model.stream.jump(action == Action::NextMarked);
            Vec::new()
        }
        (Action::Marks, _) => choose(model),
        _ => Vec::new(),
    }
}

fn toggle(model: &mut Model, seq: u64) -> Effects {
    let change = match model.stream.marks.note(seq) {
        None => Some("".into()),
        Some("") => None,
        Some(_) => {
            let noted = model.stream.noted(seq).unwrap_or_default().to_owned();
            let reasons = vec!["Its note goes with the mark:".to_owned(), noted];
            return ask(model, "Unmark this row?", reasons, Intent::Unmark(seq));
        }
    };
    vec![Effect::Mark(vec![(seq, change)])]
}

/// A note was typed.
pub(super) fn noted(model: &mut Model, seq: u64, typed: &str) -> Effects {
    // What was left as it was shown stays what it is.
    if model.stream.noted(seq) == Some(typed) {
        return Vec::new();
    }
    let noted = note(typed);
    if typed.chars().count() > LONGEST_NOTE {
        model.refuse(format!("a note has {LONGEST_NOTE} letters at most: the rest is left out"));
    }
    vec![Effect::Mark(vec![(seq, Some(noted))])]
}

fn choose(model: &mut Model) -> Effects {
    let stream = &model.stream;
    let marked = text::count(stream.marks.len() as u64);
    let listed = stream.listed();
    let (what, count) = listed.words();
    let mut choices = Vec::new();
    let mut offer = |name: String, about: &str, marking: Marking| {
        let (about, picked) = (about.to_owned(), Picked::Marks(marking));
        choices.push(Choice { name, about, picked });
    };
    if listed.count > 0 {
        let about = format!("the newest {} at most", text::count(MOST_MARKS as u64));
        offer(format!("mark {what} ({count})"), &about, Marking::MarkListed);
    }
    if !stream.marks.is_empty() {
        offer(format!("unmark {what}"), "what else is marked stays so", Marking::UnmarkListed);
        offer(format!("list what is marked ({marked})"), "as the filter mark does", Marking::List);
        offer("clear all marks".to_owned(), "with their notes", Marking::Clear);
    }
    model.overlays.push(Overlay::Choose(Choose::new("Marks", choices)));
    Vec::new()
}

/// One of them was chosen.
pub(super) fn chosen(model: &mut Model, marking: Marking) -> Effects {
    let notes = model.stream.marks.iter().filter(|(_, note)| !note.is_empty()).count();
    match marking {
        Marking::MarkListed => {
            vec![Effect::MarkAll { scope: Box::new(model.stream.listed().scope), on: true }]
        }
        Marking::UnmarkListed if notes == 0 => unmark_listed(model),
        Marking::UnmarkListed => {
            ask_notes(model, "Unmark what the list shows?", notes, Intent::UnmarkListed)
        }
        Marking::List => model.stream.keep_filter(LISTED).unwrap_or_default(),
        Marking::Clear => {
            let title = match model.stream.marks.len() {
                1 => "Clear the one mark?".to_owned(),
                more => format!("Clear all {} marks?", text::count(more as u64)),
            };
            ask_notes(model, &title, notes, Intent::ClearMarks)
        }
    }
}

fn ask_notes(model: &mut Model, title: &str, notes: usize, intent: Intent) -> Effects {
    let reason = match notes {
        0 => "None of the rows has a note.".to_owned(),
        1 => "One row has a note; a note goes with its mark.".to_owned(),
        notes => format!("{notes} rows have a note; a note goes with its mark."),
    };
    ask(model, title, vec![reason], intent)
}

/// What the list shows is unmarked.
pub(super) fn unmark_listed(model: &Model) -> Effects {
    vec![Effect::MarkAll { scope: Box::new(model.stream.listed().scope), on: false }]
}

/// All are unmarked.
pub(super) fn clear(model: &Model) -> Effects {
    vec![Effect::Mark(model.stream.marks.iter().map(|(seq, _)| (seq, None)).collect())]
}

/// What was marked is in the session's file, or not: then that is said once.
pub(super) fn kept(model: &mut Model, kept: Result<(), Problem>) -> Effects {
    let why = kept.as_ref().err().map(|problem| problem.what.clone());
    let is_new = why != model.stream.unkept;
    model.stream.unkept.clone_from(&why);
    match (why, kept) {
        (Some(why), Err(problem)) if is_new => {
            let said = format!("{why}: marks are in this console alone");
            model.warn(Severity::Warning, &said, format!("{said}\n{problem}"))
        }
        _ => Vec::new(),
    }
}

/// Many were marked, or one that there was no room for.
pub(super) fn done(model: &mut Model, on: bool, count: usize, left: usize) -> Effects {
    let count = text::count(count as u64);
    if left > 0 {
        let most = text::count(MOST_MARKS as u64);
        let said = format!("{count} marked, the others not: {most} are, and no more can be");
        return model.warn(Severity::Warning, &said, said.clone());
    }
    model.say(format!("{count} {}", if on { "more marked" } else { "unmarked" }))
}
