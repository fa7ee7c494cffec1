//! Keys, mouse, paste, size.

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use jiff::SignedDuration;
use ratatui::layout::Position;

use super::{act, answer, edit};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::keymap::Key;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Overlay, Purpose};
use crate::tui::pane::{
    Tab, apis, bundle, doctor, log, manifest, problems, publish, request, server, stream,
};
use crate::tui::view;
use crate::tui::widget::inside;

/// A message stays this long whatever is typed: a key that was already on its way must not take it away unseen.
const TOAST: SignedDuration = SignedDuration::from_millis(800);

/// Rows that one notch of the wheel scrolls.
const WHEEL: isize = 3;

pub(super) fn input(model: &mut Model, event: Event) -> Effects {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            forget_toast(model);
            key_pressed(model, key)
        }
        Event::Mouse(mouse) => moused(model, mouse),
        Event::Paste(text) => {
            if let Some(field) = model.overlays.last_mut().and_then(Overlay::field) {
                field.paste(&text);
                return answer::typed(model);
            }
            if edits(model) { edit::paste(model, &text) } else { Vec::new() }
        }
        // Whoever comes back may have changed files in another program.
        Event::FocusGained => vec![Effect::ReadManifest, Effect::ReadApis, Effect::LintSoon],
        Event::Resize(width, height) => {
            model.size = (width, height);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn forget_toast(model: &mut Model) {
    let now = model.now;
    if model.toast.as_ref().is_some_and(|toast| now.duration_since(toast.at) > TOAST) {
        model.toast = None;
    }
}

fn key_pressed(model: &mut Model, event: KeyEvent) -> Effects {
    let key = Key::from(event);
    if let Some(field) = model.overlays.last_mut().and_then(Overlay::field) {
        let places = [crate::tui::action::Place::Move, crate::tui::action::Place::Everywhere];
        // What can be typed is typed; what edits the line edits it; the rest are keys as ever.
        let action = model.keymap.action(&places, key);
        let moves =
            matches!(action, Some(Action::Up | Action::Down | Action::PageUp | Action::PageDown));
        let ctrl_word = event.modifiers.contains(crossterm::event::KeyModifiers::CONTROL)
            && matches!(event.code, crossterm::event::KeyCode::Char('u' | 'w' | 'a' | 'e' | 'k'));
        if key.typed().is_some() || ctrl_word || !moves && action != Some(Action::Close) {
            if action == Some(Action::Accept) && key.typed().is_none() {
                return answer::accept(model);
            }
            if field.key(event) {
                return answer::typed(model);
            }
            if key.typed().is_some() {
                return Vec::new();
            }
        }
        return match action {
            Some(action) => act::act(model, action),
            None => Vec::new(),
        };
    }
    if edits(model)
        && let Some(effects) = edit::key(model, event)
    {
        return effects;
    }
    match model.keymap.action(model.places(), key) {
        Some(action) => act::act(model, action),
        None => Vec::new(),
    }
}

/// Whether keys are for a text: that of the pane, or one that lies over it.
fn edits(model: &Model) -> bool {
    matches!(model.overlays.last(), None | Some(Overlay::HeldText(_)))
}

fn moused(model: &mut Model, mouse: MouseEvent) -> Effects {
    let wheel = match mouse.kind {
        MouseEventKind::ScrollUp => -WHEEL,
        MouseEventKind::ScrollDown => WHEEL,
        MouseEventKind::Down(MouseButton::Left) => 0,
        _ => return Vec::new(),
    };
    forget_toast(model);
    if !model.overlays.is_empty() {
        let action = if wheel < 0 { Action::Up } else { Action::Down };
        // A list is chosen from row by row; a text scrolls.
        let scrolls = matches!(
            model.overlays.last(),
            Some(Overlay::Help(_) | Overlay::Ask(_) | Overlay::Changes(_) | Overlay::Compared(_))
        );
        let rows = if scrolls { wheel.unsigned_abs() } else { wheel.unsigned_abs().min(1) };
        return (0..rows).flat_map(|_| act::act(model, action)).collect();
    }
    if wheel == 0 && mouse.row == 1 {
        return match view::tab_at(model, mouse.column) {
            Some(tab) => act::act(model, tab.action()),
            None => Vec::new(),
        };
    }
    let area = view::screen(model.size).pane;
    let position = Position { x: mouse.column, y: mouse.row };
    if !area.contains(position) {
        return Vec::new();
    }
    in_pane(model, mouse, wheel, position);
    Vec::new()
}

/// A click (no notches of the wheel) or the wheel, over the open pane.
fn in_pane(model: &mut Model, mouse: MouseEvent, wheel: isize, position: Position) {
    let area = view::screen(model.size).pane;
    match model.tab {
        Tab::Stream => {
            let layout = stream::layout(model, area);
            let page = layout.json.map_or(0, |json| usize::from(json.height));
            let rows = layout.rows.map_or(0, |rows| usize::from(rows.height));
            if wheel == 0 {
                model.stream.click(mouse, layout.rows, layout.json);
            } else {
                let in_json = layout.json.is_some_and(|json| json.contains(position));
                model.stream.scroll(wheel, in_json, rows, page);
            }
        }
        Tab::Log => {
            let layout = log::layout(model, area);
            let rows = usize::from(layout.rows.height);
            if wheel != 0 {
                model.log.scroll(wheel, rows);
            } else if layout.rows.contains(position) {
                model.log.click(usize::from(mouse.row - layout.rows.y));
            }
        }
        Tab::Manifest => {
            let layout = manifest::layout(model, area);
            let pane = &mut model.manifest;
            if let Some(rows) = layout.rows.filter(|rows| rows.contains(position)) {
                pane.detail_focused = false;
                pane.mouse(wheel, position, rows);
            } else if layout.findings.is_some_and(|findings| findings.contains(position)) {
                pane.detail_focused = true;
                let action = if wheel < 0 { Action::Up } else { Action::Down };
                if wheel != 0 {
                    pane.act(action, 1);
                }
            }
        }
        Tab::Bundle => {
            let layout = bundle::layout(model, area);
            let rows = layout.rows.filter(|rows| rows.contains(position));
            let pane = &mut model.bundle;
            pane.detail_focused = rows.is_none();
            if let Some(rows) = rows {
                let len = pane.look().map_or(0, |look| look.entries.len());
                pane.cursor.mouse(wheel, usize::from(mouse.row - rows.y), len, rows.height.into());
            }
        }
        Tab::Doctor => {
            let layout = doctor::layout(model, area);
            let rows = layout.rows.filter(|rows| rows.contains(position));
            let pane = &mut model.doctor;
            pane.detail_focused = rows.is_none();
            if let Some(rows) = rows {
                let len = pane.checks().len();
                pane.cursor.mouse(wheel, usize::from(mouse.row - rows.y), len, rows.height.into());
            }
        }
        Tab::Apis => {
            let layout = apis::layout(model, area);
            model.apis.mouse(wheel, position, layout.rows, layout.form);
        }
        Tab::Request => {
            let layout = request::layout(model, area);
            model.request.mouse(wheel, position, layout.rows, layout.answer);
        }
        Tab::Problems => {
            let layout = problems::layout(model, area);
            model.problems.mouse(wheel, position, layout.rows);
        }
        Tab::Publish => {
            let layout = publish::layout(model, area);
            model.publish.mouse(wheel, position, layout.rows);
        }
        Tab::Server => {
            let layout = server::layout(model, area);
            let rows = layout.rows.filter(|rows| rows.contains(position));
            let pane = &mut model.server;
            if let Some(rows) = rows {
                let len = pane.rules.len();
                pane.cursor.mouse(wheel, usize::from(mouse.row - rows.y), len, rows.height.into());
            }
            let host = inside(area, false);
            pane.detail_focused = rows.is_none() && host.contains(position) && wheel == 0;
        }
    }
}

/// Whether what is typed is a search, which finds while it is typed.
pub(super) fn is_live(purpose: &Purpose) -> bool {
    matches!(purpose, Purpose::SearchStream | Purpose::Filter)
}
