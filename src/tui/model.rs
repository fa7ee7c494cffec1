//! All that is on the screen, and all that decides what a key does.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::action::Place;
use super::editor::Editor;
use super::effect::Effect;
use super::holding::Holding;
use super::keymap::Keymap;
use super::location::Location;
use super::message::Kept;
use super::overlay::Overlay;
use super::overlay::export::Exporting;
use super::overlay::replay::Replaying;
use super::overlay::ship::Ship;
use super::pane::{
    Tab, apis, bundle, doctor, log, manifest, problems, publish, request, server, stream,
};
use super::sheet::Sheet;
use super::theme::{Depth, Theme};
use crate::domain::task::{Problem, Severity};

/// Effects in the order in which they are to be done.
pub(crate) type Effects = Vec<Effect>;

/// The state of the console.
pub(crate) struct Model {
    /// The project's name.
    pub(crate) project: String,
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// The profile in use, if any.
    pub(crate) profile: Option<String>,
    /// Columns and rows.
    pub(crate) size: (u16, u16),
    /// The time of the last message.
    pub(crate) now: Timestamp,
    /// Times are shown in this zone.
    pub(crate) zone: TimeZone,
    /// The looks in force.
    pub(crate) theme: Theme,
    /// What the terminal can show.
    pub(crate) depth: Depth,
    /// The keys in force.
    pub(crate) keymap: Keymap,
    /// The open pane.
    pub(crate) tab: Tab,
    /// One half has the whole pane.
    pub(crate) zoom: bool,
    /// What lies over the panes, the topmost last.
    pub(crate) overlays: Vec<Overlay>,
    /// The last message, until a key takes it away.
    pub(crate) toast: Option<Toast>,
    /// Manifest.
    pub(crate) manifest: manifest::Pane,
    /// APIs.
    pub(crate) apis: apis::Pane,
    /// Bundle.
    pub(crate) bundle: bundle::Pane,
    /// Publish.
    pub(crate) publish: publish::Pane,
    /// Server and host.
    pub(crate) server: server::Pane,
    /// Stream.
    pub(crate) stream: stream::Pane,
    /// Breakpoints, and whom they hold.
    pub(crate) holding: Holding,
    /// Request.
    pub(crate) request: request::Pane,
    /// Problems.
    pub(crate) problems: problems::Pane,
    /// Doctor.
    pub(crate) doctor: doctor::Pane,
    /// Log.
    pub(crate) log: log::Pane,
    /// The ship under way, or the last one.
    pub(crate) ship: Ship,
    /// The export under way, or the last one.
    pub(crate) export: Exporting,
    /// The replay under way, or the last one.
    pub(crate) replay: Replaying,
    /// What the project's file asks for and the user has not agreed to.
    pub(crate) untrusted: Vec<String>,
    /// Unsaved edits of a console before this one, until it is decided about them.
    pub(crate) kept: Vec<Kept>,
    /// Unsaved edits are kept: there is a state directory.
    pub(crate) keeps_unsaved: bool,
    /// Whether anybody can be asked.
    pub(crate) user: User,
    /// It was said that unsaved edits cannot be kept.
    pub(crate) told_not_kept: bool,
}

/// Who is at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum User {
    /// Somebody, who answers questions.
    There,
    /// Nobody any more: it was closed, or its connection broke.
    Gone,
}

/// A message on the key line; its whole story is in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Toast {
    /// How grave; `None`: it went well.
    pub(crate) severity: Option<Severity>,
    /// In one line.
    pub(crate) text: String,
    /// When it came.
    pub(crate) at: Timestamp,
}

impl Model {
    /// Says that something went well.
    pub(crate) fn say(&mut self, text: impl Into<String>) -> Effects {
        let text = text.into();
        self.toast = Some(Toast { severity: None, text: text.clone(), at: self.now });
        vec![Effect::Log(Severity::Hint, text)]
    }

    /// Says what went wrong: one line here, all of it in the log.
    pub(crate) fn fail(&mut self, problem: &Problem) -> Effects {
        self.warn(Severity::Error, &problem.what, problem.to_string())
    }

    /// Says something of this gravity; `story` goes to the log.
    pub(crate) fn warn(
        &mut self,
        severity: Severity,
        text: &str,
        story: impl Into<String>,
    ) -> Effects {
        self.toast = Some(Toast { severity: Some(severity), text: text.to_owned(), at: self.now });
        vec![Effect::Log(severity, story.into())]
    }

    /// Says why an action is not to be had now; no matter for the log.
    pub(crate) fn refuse(&mut self, why: impl Into<String>) {
        let severity = Some(Severity::Hint);
        self.toast = Some(Toast { severity, text: why.into(), at: self.now });
    }

    /// The places whose keys count now, the most particular first.
    pub(crate) fn places(&self) -> &'static [Place] {
        match self.overlays.last() {
            Some(Overlay::Ask(_)) => &[Place::Ask, Place::Move, Place::Everywhere],
            Some(Overlay::Files(_)) => &[Place::Files, Place::Move, Place::Everywhere],
            Some(Overlay::HeldText(text)) if text.editor.editing() => {
                &[Place::Editor, Place::Held, Place::Everywhere]
            }
            Some(Overlay::Held(_) | Overlay::HeldText(_)) => {
                &[Place::Held, Place::Move, Place::Everywhere]
            }
            Some(Overlay::Changes(_)) => &[Place::Manifest, Place::Move, Place::Everywhere],
            Some(Overlay::Columns(_)) => &[Place::Columns, Place::Move, Place::Everywhere],
            Some(Overlay::Flow(_) | Overlay::Plots(_)) => {
                &[Place::Stream, Place::Move, Place::Everywhere]
            }
            Some(_) => &[Place::Move, Place::Everywhere],
            None => match self.tab {
                Tab::Manifest if self.manifest.sheet.editor.editing() => {
                    &[Place::Editor, Place::Manifest, Place::Everywhere]
                }
                Tab::Manifest => &[Place::Manifest, Place::Move, Place::Everywhere],
                Tab::Apis if self.editor().is_some_and(Editor::editing) => {
                    &[Place::Editor, Place::Manifest, Place::Everywhere]
                }
                Tab::Apis => &[Place::Apis, Place::Manifest, Place::Move, Place::Everywhere],
                Tab::Bundle => &[Place::Bundle, Place::Move, Place::Everywhere],
                Tab::Publish => &[Place::Publish, Place::Move, Place::Everywhere],
                Tab::Server => &[Place::Server, Place::Move, Place::Everywhere],
                Tab::Stream => &[Place::Stream, Place::Move, Place::Everywhere],
                Tab::Request => &[Place::Request, Place::Move, Place::Everywhere],
                Tab::Problems => {
                    &[Place::Problems, Place::Manifest, Place::Move, Place::Everywhere]
                }
                Tab::Doctor => &[Place::Doctor, Place::Move, Place::Everywhere],
                Tab::Log => &[Place::Log, Place::Move, Place::Everywhere],
            },
        }
    }

    /// Whether nothing may be written outside this machine.
    pub(crate) fn read_only(&self) -> bool {
        self.publish.profile.read_only
    }

    /// The file that saving and undoing are about: that of the open pane, else the manifest.
    pub(crate) fn sheet(&self) -> Option<&Sheet> {
        match self.tab {
            Tab::Apis => self.apis.selected().map(|api| &api.sheet),
            _ => Some(&self.manifest.sheet),
        }
    }

    /// The open documents.
    pub(crate) fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        std::iter::once(&self.manifest.sheet).chain(self.apis.apis.iter().map(|api| &api.sheet))
    }

    /// The same, to be changed.
    pub(crate) fn sheets_mut(&mut self) -> impl Iterator<Item = &mut Sheet> {
        let apis = self.apis.apis.iter_mut().map(|api| &mut api.sheet);
        std::iter::once(&mut self.manifest.sheet).chain(apis)
    }

    /// Another number whenever an open text is another one.
    pub(crate) fn texts_version(&self) -> u64 {
        self.sheets().fold(0, |sum, sheet| sum.wrapping_add(sheet.version()))
    }

    /// The open document that is kept there.
    pub(crate) fn sheet_at(&mut self, location: &Location) -> Option<&mut Sheet> {
        self.sheets_mut().find(|sheet| sheet.location() == location)
    }

    /// The open file at this path.
    pub(crate) fn sheet_of(&mut self, path: &Path) -> Option<&mut Sheet> {
        self.sheets_mut().find(|sheet| sheet.file_path() == Some(path))
    }

    /// The text that is shown in the open pane, with the focus.
    pub(crate) fn editor(&self) -> Option<&Editor> {
        if let Some(Overlay::HeldText(text)) = self.overlays.last() {
            return Some(&text.editor);
        }
        match self.tab {
            Tab::Manifest => self.manifest.shown_text().then_some(&self.manifest.sheet.editor),
            Tab::Apis => self.apis.shown_text().map(|api| &api.sheet.editor),
            _ => None,
        }
    }

    /// The same, to be changed; [`Model::text_changed`] has to follow.
    pub(crate) fn editor_mut(&mut self) -> Option<&mut Editor> {
        if let Some(Overlay::HeldText(text)) = self.overlays.last_mut() {
            return Some(&mut text.editor);
        }
        match self.tab {
            Tab::Manifest => self.manifest.shown_text().then_some(&mut self.manifest.sheet.editor),
            Tab::Apis => self.apis.shown_text_mut().map(|api| &mut api.sheet.editor),
            _ => None,
        }
    }

    /// The text of the open pane may be another one: the pane looks at it.
    pub(crate) fn text_changed(&mut self) -> Effects {
        if let Some(Overlay::HeldText(text)) = self.overlays.last_mut() {
            text.changed();
            return Vec::new();
        }
        match self.tab {
            Tab::Manifest => self.manifest.text_changed(),
            Tab::Apis => self.apis.text_changed(),
            _ => Vec::new(),
        }
    }

    /// Whether the focus is on the detail of the open pane.
    pub(crate) fn detail_focused(&self) -> bool {
        match self.tab {
            Tab::Manifest => self.manifest.detail_focused,
            Tab::Apis => self.apis.detail_focused,
            Tab::Bundle => self.bundle.detail_focused,
            Tab::Publish => self.publish.browse.detail_focused,
            Tab::Server => self.server.detail_focused,
            Tab::Stream => self.stream.detail_focused,
            Tab::Request => self.request.detail_focused,
            Tab::Problems => self.problems.browse.detail_focused,
            Tab::Doctor => self.doctor.detail_focused,
            Tab::Log => false,
        }
    }
}
