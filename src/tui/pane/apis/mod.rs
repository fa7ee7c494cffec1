//! APIs: the definitions of the project, and what in each concerns plugins, as a form and as text.

mod api;
mod change;
mod draw;
mod edit;
mod form;
mod gateway;
mod new;
mod remote;
mod servers;
mod vocabulary;

use std::path::{Path, PathBuf};

use ratatui::layout::{Position, Rect};

pub(crate) use api::Api;
pub(crate) use draw::{draw, layout};
pub(crate) use edit::{Choice, Wanted, Wish};
pub(crate) use gateway::{News as GatewayNews, OnGateway, Wish as GatewayWish};
pub(crate) use new::{Entered, New};
pub(crate) use remote::Brief;

use crate::domain::lint::{Finding, Fix};
use crate::domain::schema::Schemas;
use crate::domain::task::Problem;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::location::Location;
use crate::tui::model::Effects;
use crate::tui::sheet::Reading;
use crate::tui::widget::Cursor;

/// A definition's file as it was read.
pub(crate) struct OnDisk {
    /// The file.
    pub(crate) path: PathBuf,
    /// As it is shown: relative to the project's folder.
    pub(crate) name: String,
    /// What it holds; `None` where there is no such file.
    pub(crate) text: Result<Option<Vec<u8>>, Problem>,
    /// It may not be written.
    pub(crate) locked: bool,
}

/// What a reading of the files came to that the user has to know.
#[derive(Default)]
pub(crate) struct News {
    /// The first whose changes stand against another content on disk.
    pub(crate) differs: Option<String>,
    /// Those that are no more.
    pub(crate) gone: Vec<String>,
}

/// The state of the pane.
#[derive(Default)]
pub(crate) struct Pane {
    /// The definitions, in the order of the globs that name them.
    pub(crate) apis: Vec<Api>,
    /// The Gateway and the Dashboard of the profile.
    pub(crate) connections: Vec<remote::Connection>,
    /// The schemas of the connected Gateway, once it gave them out.
    pub(crate) schemas: Option<Schemas>,
    /// Why the files cannot be found.
    pub(crate) unfound: Option<Problem>,
    /// The selected definition.
    pub(crate) cursor: Cursor,
    /// The focus is on the form or the text.
    pub(crate) detail_focused: bool,
    /// The text is shown, not the form.
    pub(crate) raw: bool,
    /// The file that is to be selected once it is read.
    wanted: Option<PathBuf>,
    /// Texts are edited with the keys of vim.
    vim: bool,
    /// What the Gateway does for us.
    pub(crate) on_gateway: OnGateway,
}

impl Pane {
    /// With the keys of vim in its texts.
    pub(crate) fn with_vim(mut self, vim: bool) -> Self {
        self.vim = vim;
        self
    }

    /// The selected definition.
    pub(crate) fn selected(&self) -> Option<&Api> {
        self.apis.get(self.cursor.at)
    }

    fn selected_mut(&mut self) -> Option<&mut Api> {
        self.apis.get_mut(self.cursor.at)
    }

    /// Whether the selected definition is shown as text: the user wants it so, or it is none.
    pub(crate) fn is_text(&self) -> bool {
        self.selected().is_some_and(|api| self.raw || api.definition().is_none())
    }

    /// The definition whose text is shown, with the focus on it.
    pub(crate) fn shown_text(&self) -> Option<&Api> {
        let shown = self.detail_focused && self.is_text();
        self.selected().filter(|api| shown && api.sheet.is_there())
    }

    /// The same, to be changed.
    pub(crate) fn shown_text_mut(&mut self) -> Option<&mut Api> {
        self.shown_text()?;
        self.selected_mut()
    }

    /// The names of those that have changes that are not saved.
    pub(crate) fn unsaved(&self) -> impl Iterator<Item = &str> {
        self.apis.iter().filter(|api| api.sheet.dirty()).map(|api| api.name.as_str())
    }

    /// How many errors there are in all of them.
    pub(crate) fn errors(&self) -> usize {
        self.apis.iter().map(Api::errors).sum()
    }

    /// A file was written that is to be open once it is read.
    pub(crate) fn open_next(&mut self, path: PathBuf) {
        self.wanted = Some(path);
        self.raw = false;
        self.detail_focused = true;
    }

    /// The files were read. Those that are gone stay where they have changes that are not saved.
    pub(crate) fn read(&mut self, read: Vec<OnDisk>) -> News {
        self.unfound = None;
        let selected = self.selected().map(|api| api.sheet.location().clone());
        let wanted = self.wanted.take().map(Location::File);
        let (servers, mut before): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.apis).into_iter().partition(|api| api.remote().is_some());
        let mut news = News::default();
        for OnDisk { path, name, text, locked } in read {
            let location = Location::File(path);
            let open = before.iter().position(|api| *api.sheet.location() == location);
            let mut api = match open {
                Some(at) => before.remove(at),
                None => self.new_api(location, name),
            };
            (api.locked, api.gone) = (locked, matches!(text, Ok(None)));
            if api.read(text) == Reading::Differs {
                news.differs = news.differs.or(Some(api.name.clone()));
            }
            self.apis.push(api);
        }
        for mut api in before {
            news.gone.extend((!api.gone).then(|| api.name.clone()));
            api.gone = true;
            self.apis.extend(Some(api).filter(|api| api.sheet.dirty()));
        }
        self.apis.extend(servers);
        self.select(wanted.as_ref().or(selected.as_ref()));
        news
    }

    /// The shown text may be another one; what depends on it is made anew, of a large text when its author pauses.
    pub(crate) fn text_changed(&mut self) -> Effects {
        let Some(api) = self.selected_mut().filter(|api| !api.is_current()) else {
            return Vec::new();
        };
        if api.sheet.editor.is_large() {
            return vec![Effect::Pause(api.sheet.editor.buffer().version())];
        }
        api.understand();
        Vec::new()
    }

    fn at_mut(&mut self, path: &Path) -> Option<&mut Api> {
        self.apis.iter_mut().find(|api| api.sheet.file_path() == Some(path))
    }

    /// The text of this file is another one; see [`Pane::text_changed`].
    pub(crate) fn text_changed_at(&mut self, path: &Path) {
        if let Some(api) = self.at_mut(path) {
            api.sheet.editor.look();
            api.understand();
        }
    }

    /// The project was looked at as a whole, with the text of this file as it stands.
    pub(crate) fn surveyed(&mut self, path: &Path, found: Vec<Finding>) {
        if let Some(api) = self.at_mut(path) {
            api.surveyed(found);
        }
    }

    /// Goes where a finding of this file is, in the form where that has a row for it; false where it is not open.
    pub(crate) fn go_to(&mut self, path: &Path, finding: &Finding) -> bool {
        let Some(at) = self.apis.iter().position(|api| api.sheet.file_path() == Some(path)) else {
            return false;
        };
        self.cursor.at = at;
        self.detail_focused = true;
        let in_form = self.apis[at].show_finding(finding);
        self.raw |= !in_form;
        true
    }

    /// Makes a fix in this file; the version of the text that came of it, `None` where the finding is of another text.
    pub(crate) fn mend(&mut self, path: &Path, finding: &Finding) -> Option<u64> {
        self.at_mut(path)?.mend_finding(finding)
    }

    /// Takes the last change of this file back.
    pub(crate) fn undo(&mut self, path: &Path) {
        if let Some(api) = self.at_mut(path) {
            api.undo();
        }
    }

    /// A version of a large text has stood for a moment.
    pub(crate) fn paused(&mut self, version: u64) {
        let stood =
            |api: &&mut Api| !api.is_current() && api.sheet.editor.buffer().version() == version;
        if let Some(api) = self.selected_mut().filter(stood) {
            api.sheet.editor.look();
            api.understand();
        }
    }

    /// Keeps the cursors inside and visible.
    pub(crate) fn show(&mut self, rows: usize, form: Option<Rect>) {
        let text = self.is_text();
        self.cursor.show(self.apis.len(), rows);
        if let (Some(form), Some(api)) = (form, self.selected_mut()) {
            if text {
                api.sheet.show(form);
            } else {
                api.cursor.show(api.rows.len(), form.height.into());
            }
        }
    }

    /// The fix of what is wrong where the selection is, or why there is none.
    pub(crate) fn fix(&self) -> Result<&Fix, &'static str> {
        self.selected().ok_or("no definition is selected")?.fix_here(self.is_text())
    }

    /// Why this cannot be done with the selected definition; `None` where it can.
    pub(crate) fn why_not(&self, action: Action) -> Option<&'static str> {
        let Some(api) = self.selected() else { return Some("no API definition is selected") };
        match action {
            Action::Upgrade => api.upgrade_why_not(),
            Action::Extend => api.extend_why_not(),
            Action::Convert => api.convert_why_not(),
            _ => None,
        }
    }

    /// The selected definition as JSON, and the file beside its own that it would be.
    pub(crate) fn as_json(&self) -> Option<(PathBuf, String)> {
        let api = self.selected()?;
        Some((api.sheet.location().file()?.with_extension("json"), api.definition()?.to_json()))
    }

    /// How the selected row of the form is changed; `add`: by adding to the list that it is in. `None` where it was
    /// changed at once, or there is nothing to change.
    pub(crate) fn wish(&mut self, add: bool) -> Option<Wish> {
        if self.is_text() {
            return Some(Wish::No("hooks are added in the form, not in the text".into()));
        }
        self.selected_mut()?.wish(add)
    }

    /// A choice was made; what is to be asked next.
    pub(crate) fn chosen(&mut self, wanted: Wanted) -> Option<Wish> {
        match wanted {
            Wanted::New(new) => Some(new.ask()),
            wanted => self.selected_mut()?.chosen(wanted),
        }
    }

    /// A text was typed.
    pub(crate) fn typed(&mut self, wanted: &Wanted, text: &str) -> Result<(), String> {
        self.selected_mut().map_or(Ok(()), |api| api.typed(wanted, text))
    }

    /// Does an action; `None` where it is none of this pane's, an error where it cannot be done.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Result<Effects, String>> {
        let done = || Some(Ok(Vec::new()));
        let (text, focused) = (self.is_text(), self.detail_focused);
        let Some(api) = self.selected_mut() else { return done() };
        match action {
            Action::ViewNext | Action::ViewPrevious => {
                self.raw = !self.raw;
                done()
            }
            Action::Accept => {
                self.detail_focused = true;
                done()
            }
            Action::Undo => {
                api.undo();
                done()
            }
            Action::Redo => {
                api.sheet.editor.redo();
                api.understand();
                done()
            }
            Action::Finding => {
                let found = api.next_finding(text);
                self.detail_focused |= found;
                Some(if found { Ok(Vec::new()) } else { Err("nothing is wrong".into()) })
            }
            Action::Fix => Some(api.mend(text).map(|()| Vec::new())),
            Action::Upgrade => Some(api.upgrade().map(|()| Vec::new())),
            Action::Extend => Some(api.extend().map(|()| Vec::new())),
            Action::Add | Action::Delete | Action::EntryUp | Action::EntryDown
                if text || !focused =>
            {
                Some(Err("select a row of the form first".into()))
            }
            Action::Delete => Some(api.take_out().map(|()| Vec::new())),
            Action::EntryUp => Some(api.move_entry(true).map(|()| Vec::new())),
            Action::EntryDown => Some(api.move_entry(false).map(|()| Vec::new())),
            Action::Copy => Some(Ok(vec![api.copy(text || !focused)])),
            _ => {
                let moved = match (focused, text) {
                    (false, _) => self.cursor.act(action, self.apis.len(), rows),
                    (true, true) => api.sheet.editor.look_around(action),
                    (true, false) => api.cursor.act(action, api.rows.len(), rows),
                };
                moved.then(|| Ok(Vec::new()))
            }
        }
    }

    /// A click or the wheel.
    pub(crate) fn mouse(
        &mut self,
        wheel: isize,
        at: Position,
        rows: Option<Rect>,
        form: Option<Rect>,
    ) {
        let text = self.is_text();
        if let Some(rows) = rows.filter(|rows| rows.contains(at)) {
            self.detail_focused = false;
            let row = usize::from(at.y - rows.y);
            self.cursor.mouse(wheel, row, self.apis.len(), rows.height.into());
        } else if let Some(form) = form.filter(|form| form.contains(at)) {
            self.detail_focused = true;
            let Some(api) = self.selected_mut() else { return };
            if text {
                api.sheet.mouse(wheel, at, form);
            } else {
                let row = usize::from(at.y - form.y);
                api.cursor.mouse(wheel, row, api.rows.len(), form.height.into());
            }
        }
    }
}
