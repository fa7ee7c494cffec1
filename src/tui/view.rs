//! One frame: status line, tabs, pane, overlays, key line. Drawing takes the model and changes nothing.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::key_line;
use super::model::Model;
use super::overlay::Overlay;
use super::pane::server::Life;
use super::pane::{
    Tab, apis, bundle, doctor, log, manifest, problems, publish, request, server, stream,
};
use super::text;
use super::theme::Role;
use super::widget::Pen;
use crate::domain::task::Severity;

/// Below this size there is no console, only a word about it.
const LEAST: (u16, u16) = (40, 10);

/// Where the parts of the frame are.
pub(crate) struct Screen {
    status: Rect,
    tabs: Rect,
    /// The open pane.
    pub(crate) pane: Rect,
    keys: Rect,
}

/// The parts of a frame of this size.
pub(crate) fn screen((width, height): (u16, u16)) -> Screen {
    let row = |y, height| Rect { x: 0, y, width, height };
    Screen {
        status: row(0, 1),
        tabs: row(1, 1),
        pane: row(2, height.saturating_sub(3)),
        keys: row(height.saturating_sub(1), 1),
    }
}

/// Whether a terminal is too small for the console.
fn too_small((width, height): (u16, u16)) -> bool {
    width < LEAST.0 || height < LEAST.1
}

/// Draws into a frame of the terminal.
pub(crate) fn draw_frame(model: &Model, frame: &mut Frame<'_>) {
    let cursor = draw(model, frame.buffer_mut());
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// Draws into a buffer, which has the size; returns where the terminal's cursor goes.
pub(crate) fn draw(model: &Model, buffer: &mut Buffer) -> Option<Position> {
    let area = buffer.area;
    let mut pen = Pen::new(buffer, &model.theme);
    pen.clear(area, Role::Text);
    let size = (area.width, area.height);
    if too_small(size) {
        let (width, height) = LEAST;
        pen.wrap(area, &format!("too small: {width}×{height} is the least"), Role::Text);
        return None;
    }
    let screen = screen(size);
    draw_status(model, &mut pen, screen.status);
    draw_tabs(model, &mut pen, screen.tabs);
    match model.tab {
        Tab::Manifest => manifest::draw(model, &mut pen, screen.pane),
        Tab::Apis => apis::draw(model, &mut pen, screen.pane),
        Tab::Bundle => bundle::draw(model, &mut pen, screen.pane),
        Tab::Publish => publish::draw(model, &mut pen, screen.pane),
        Tab::Server => server::draw(model, &mut pen, screen.pane),
        Tab::Stream => stream::draw(model, &mut pen, screen.pane),
        Tab::Request => request::draw(model, &mut pen, screen.pane),
        Tab::Problems => problems::draw(model, &mut pen, screen.pane),
        Tab::Doctor => doctor::draw(model, &mut pen, screen.pane),
        Tab::Log => log::draw(model, &mut pen, screen.pane),
    }
    key_line::draw(model, &mut pen, screen.keys);
    for overlay in &model.overlays {
        overlay.draw(model, &mut pen, screen.pane);
        if let Overlay::Prompt(prompt) = overlay
            && prompt.is_line()
        {
            if prompt.is_filter() {
                stream::draw_filter(&model.stream, prompt, &mut pen, screen.keys, screen.pane);
            } else {
                prompt.draw_line(&mut pen, screen.keys);
            }
        }
    }
    pen.cursor
}

fn draw_status(model: &Model, pen: &mut Pen<'_>, line: Rect) {
    pen.tint(line, Role::Status);
    let mut pieces: Vec<(Role, Cow<'_, str>)> =
        vec![(Role::Status, " tyk-tui  ".into()), (Role::Project, model.project.as_str().into())];
    if let Some(profile) = &model.profile {
        pieces.push((Role::Status, format!("  use {profile}").into()));
    }
    if model.read_only() {
        pieces.push((Role::Warning, "  read-only".into()));
    }
    if let Some(recorded) = &model.server.recorded {
        pieces.push(match recorded.spilled.borrow().stopped {
            Some(_) => (Role::Error, "  ✗ recording".into()),
            None => (Role::Focus, "  ● recording".into()),
        });
    }
    if !model.holding.held.is_empty() {
        let held = text::count(model.holding.held.len() as u64);
        pieces.push((Role::Held, format!("  held {held}").into()));
    }
    if let Some(step) = model.ship.step() {
        pieces.push((Role::Focus, format!("  ▸ ship: {step}").into()));
    }
    if let Some(busy) = model.publish.busy.as_ref().filter(|_| model.tab != Tab::Publish) {
        let so_far = publish::so_far(busy.progress);
        pieces.push((Role::Focus, format!("  ▸ {}{so_far}", busy.what).into()));
    }
    for (word, busy) in [("export", model.export.busy), ("replay", model.replay.busy)] {
        if let Some(busy) = busy {
            pieces.push((Role::Focus, format!("  ▸ {word}: {}", busy.words()).into()));
        }
    }
    let used = pen.line(line, pieces);
    // Dots at the right end; where both do not fit the host's is left out, and then the server's.
    let dots = [("server", &model.server.server), ("host", &model.server.host)].map(dot);
    let wide = |dots: &[(Role, &str, String)]| {
        let columns = dots.iter().map(|dot| text::width(&dot.2) + 3).sum::<usize>();
        u16::try_from(columns).unwrap_or(u16::MAX)
    };
    let room = line.width.saturating_sub(used + 1);
    let kept = (0..=dots.len()).rev().find(|kept| wide(&dots[..*kept]) <= room).unwrap_or(0);
    let mut x = line.right() + 1 - wide(&dots[..kept]);
    for (role, sign, words) in &dots[..kept] {
        x += pen.put(x, line.y, 1, sign, *role);
        x += pen.put(x, line.y, line.width, words, Role::Status) + 2;
    }
}

/// A server's sign, and words to it: `●`, ` host :8000`.
fn dot((name, life): (&str, &Life)) -> (Role, &'static str, String) {
    let (role, sign, word): (Role, &str, Cow<'_, str>) = match life {
        Life::On(on) => {
            let port = port(&on.address);
            let word = match &on.process {
                Some(process) => format!("{port} of pid {}", process.pid).into(),
                None => port,
            };
            (Role::Good, "●", word)
        }
        Life::Failed(_) => (Role::Error, "✗", "failed".into()),
        Life::Starting => (Role::Warning, "◌", "starts".into()),
        Life::Stopping => (Role::Warning, "◌", "ends".into()),
        Life::Off => (Role::Dim, "○", "off".into()),
        Life::Attached(attached) => {
            let name = text::fit_middle(&attached.name, 30);
            return (Role::Good, "●", format!(" session {name}"));
        }
    };
    (role, sign, format!(" {name} {word}"))
}

/// `:50051` of an address, which says enough on a line that is short of room.
fn port(address: &str) -> Cow<'_, str> {
    match address.rsplit_once(':') {
        Some(("unix", path)) => text::fit_middle(path, 20),
        Some((_, port)) => format!(":{port}").into(),
        None => address.into(),
    }
}

/// Where each tab is: from the column to the one behind it.
pub(crate) fn tab_at(model: &Model, x: u16) -> Option<Tab> {
    let mut left = 0;
    tab_texts(model).into_iter().find_map(|(tab, text)| {
        left += u16::try_from(text::width(&text)).unwrap_or(0);
        (x < left).then_some(tab)
    })
}

/// What each tab says, side by side: their titles, and where not all of them fit, of the last ones the numbers alone.
fn tab_texts(model: &Model) -> Vec<(Tab, String)> {
    let with_titles = |count: usize| -> Vec<_> {
        let tabs = Tab::ALL.into_iter().enumerate();
        tabs.map(|(at, tab)| (tab, tab_text(model, tab, at < count))).collect()
    };
    let fits = |texts: &Vec<(Tab, String)>| {
        texts.iter().map(|(_, text)| text::width(text)).sum::<usize>() <= usize::from(model.size.0)
    };
    let mut all = (1..=Tab::ALL.len()).rev().map(with_titles);
    all.find(fits).unwrap_or_else(|| with_titles(0))
}

fn tab_text(model: &Model, tab: Tab, titled: bool) -> String {
    let note = match tab {
        Tab::Manifest => match model.manifest.counts() {
            (0, _) if model.manifest.sheet.dirty() => "·not saved".to_owned(),
            (0, _) => String::new(),
            (errors, _) => format!("·{errors}"),
        },
        Tab::Problems => {
            let wrong = [Severity::Error, Severity::Warning].map(|it| model.problems.count(it));
            match wrong.iter().sum::<usize>() {
                0 => String::new(),
                count => format!("·{count}"),
            }
        }
        Tab::Doctor if model.doctor.wrong() > 0 => format!("·{}", model.doctor.wrong()),
        Tab::Apis => match model.apis.errors() {
            0 => String::new(),
            errors => format!("·{errors}"),
        },
        Tab::Request if model.request.sending => "·…".to_owned(),
        Tab::Log if model.log.unseen > 0 => format!("·{}", model.log.unseen),
        _ => String::new(),
    };
    let title = tab.title();
    if tab == model.tab {
        format!("▐{title}{note}▌")
    } else if titled {
        format!(" {title}{note}")
    } else {
        // The number, which is its key.
        format!(" {}{note}", title.split(' ').next().unwrap_or_default())
    }
}

fn draw_tabs(model: &Model, pen: &mut Pen<'_>, line: Rect) {
    let mut x = line.x;
    for (tab, text) in tab_texts(model) {
        let role = if tab == model.tab { Role::TabOpen } else { Role::Tab };
        x += pen.put(x, line.y, line.right().saturating_sub(x), &text, role);
    }
}
