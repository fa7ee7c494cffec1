//! The line of keys at the bottom, and the message that stands there for a while.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::action::{Action, label, why_not};
use super::editor::Editor;
use super::model::Model;
use super::overlay::Overlay;
use super::pane::Tab;
use super::text;
use super::theme::Role;
use super::widget::Pen;
use crate::domain::task::Severity;

/// What the key line names while a text is edited.
const TEXT: &[Action] = &[
    Action::TextUndo,
    Action::TextSearch,
    Action::Save,
    Action::GoTo,
    Action::Replace,
    Action::Complete,
    Action::Fold,
    Action::Format,
    Action::NextMark,
];

/// The same while the answer of a held Dispatch is edited.
const HELD_TEXT: &[Action] = &[
    Action::LetGoEdited,
    Action::TextUndo,
    Action::TextSearch,
    Action::GoTo,
    Action::Replace,
    Action::Fold,
    Action::Format,
    Action::NextMark,
];

/// What the key line names in the form of an API definition.
const API: &[Action] = &[
    Action::Accept,
    Action::Add,
    Action::Delete,
    Action::Fix,
    Action::Save,
    Action::Diff,
    Action::Undo,
    Action::ViewNext,
    Action::Finding,
    Action::TryApi,
    Action::PushApi,
    Action::EntryDown,
    Action::Upgrade,
    Action::Extend,
    Action::Convert,
    Action::Editor,
];

/// What the key line names in the form of a request.
const REQUEST: &[Action] = &[
    Action::Accept,
    Action::SendRequest,
    Action::Cancel,
    Action::AddHeader,
    Action::DropHeader,
    Action::CopyCurl,
    Action::RequestHistory,
    Action::NewRequest,
    Action::Focus,
    Action::Zoom,
];

/// What the key line names in its answer.
const ANSWER: &[Action] = &[
    Action::Accept,
    Action::SendRequest,
    Action::RequestSecrets,
    Action::Copy,
    Action::CopyCurl,
    Action::Focus,
    Action::Zoom,
];

/// What the key line names in the JSON of a record.
const RECORD: &[Action] = &[
    Action::Accept,
    Action::ViewNext,
    Action::Search,
    Action::Copy,
    Action::BodyForm,
    Action::CopyPath,
    Action::Secrets,
    Action::FoldAll,
    Action::Focus,
    Action::Zoom,
];

/// What it names in the list of API definitions.
const APIS: &[Action] = &[
    Action::Accept,
    Action::NewApi,
    Action::TryApi,
    Action::PushApi,
    Action::MakeKey,
    Action::ReloadGateway,
    Action::Finding,
    Action::Save,
    Action::Diff,
    Action::Undo,
    Action::ViewNext,
    Action::Editor,
    Action::Reload,
    Action::Zoom,
];

/// The actions that the key line names, the most useful first.
fn bar(model: &Model) -> &'static [Action] {
    if let Some(Overlay::HeldText(_)) = model.overlays.last() {
        return HELD_TEXT;
    }
    if model.editor().is_some_and(Editor::editing) {
        return TEXT;
    }
    match model.tab {
        Tab::Manifest if !model.manifest.sheet.is_there() => &[Action::Add, Action::Reload],
        Tab::Manifest => &[
            Action::Accept,
            Action::Add,
            Action::Delete,
            Action::Save,
            Action::Diff,
            Action::Undo,
            Action::Ship,
            Action::ViewNext,
            Action::Editor,
            Action::Finding,
            Action::Zoom,
        ],
        Tab::Bundle => &[
            Action::Build,
            Action::Sign,
            Action::Verify,
            Action::Ship,
            Action::OpenFile,
            Action::Unsigned,
            Action::Copy,
            Action::Zoom,
        ],
        Tab::Publish => &[
            Action::PushBundle,
            Action::Accept,
            Action::FetchBundle,
            Action::MarkBundle,
            Action::CompareBundles,
            Action::DeleteBundle,
            Action::PruneBundles,
            Action::ViewNext,
            Action::AskTargets,
            Action::Zoom,
        ],
        Tab::Server => &[
            Action::OtherPort,
            Action::ToggleServer,
            Action::ToggleHost,
            Action::Record,
            Action::LeaveServer,
            Action::BreakRule,
            Action::Copy,
            Action::Focus,
            Action::Zoom,
        ],
        Tab::Stream if model.stream.detail_focused => RECORD,
        Tab::Stream => &[
            Action::Accept,
            Action::Search,
            Action::Pause,
            Action::Follow,
            Action::Break,
            Action::Secrets,
            Action::MarkRow,
            Action::Replay,
            Action::RequestFlow,
            Action::Copy,
            Action::Export,
            Action::RequestOf,
            Action::ReplayListed,
            Action::Plots,
            Action::ByRequest,
            Action::Columns,
            Action::ViewNext,
            Action::Ship,
            Action::Zoom,
        ],
        Tab::Request if model.request.detail_focused => ANSWER,
        Tab::Request => REQUEST,
        Tab::Doctor => &[Action::Examine, Action::Probe, Action::Copy, Action::Focus, Action::Zoom],
        Tab::Apis if model.apis.detail_focused => API,
        Tab::Apis if model.apis.apis.is_empty() => &[Action::NewApi, Action::Reload],
        Tab::Apis => APIS,
        Tab::Problems => &[
            Action::Accept,
            Action::Fix,
            Action::Undo,
            Action::Save,
            Action::Gravity,
            Action::Editor,
            Action::Reload,
            Action::Copy,
            Action::Focus,
            Action::Zoom,
        ],
        Tab::Log => &[Action::LogSearch, Action::LogNext, Action::LogFollow, Action::Copy],
    }
}

/// Draws the line.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, line: Rect) {
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let always = format!("{} all  {} help ", key(Action::Palette), key(Action::Help));
    let wide = u16::try_from(text::width(&always)).unwrap_or(0);
    let end = line.right().saturating_sub(wide);
    let mut x = line.x + 1;
    if let Some(toast) = &model.toast {
        let (role, sign) = match toast.severity {
            None => (Role::Good, "✓"),
            Some(Severity::Hint) => (Role::Hint, "ℹ"),
            Some(Severity::Warning) => (Role::Warning, "⚠"),
            Some(Severity::Error) => (Role::Error, "✗"),
        };
        let more = match toast.severity {
            Some(Severity::Error | Severity::Warning) => format!("   {} log", key(Action::OpenLog)),
            _ => String::new(),
        };
        let room = line.width.saturating_sub(2);
        let more_wide = text::width(&more);
        let said = text::clean(&toast.text);
        let said = text::fit(&said, usize::from(room).saturating_sub(more_wide + 2)).into_owned();
        let said = format!("{sign} {said}");
        x += pen.put(x, line.y, room, &said, role);
        x += pen.put(x, line.y, room, &more, Role::Dim) + 2;
        if x + wide + 20 > line.right() {
            return;
        }
    }
    for &action in bar(model) {
        let key = key(action);
        if key.is_empty() || why_not(model, action).is_some() {
            continue;
        }
        let label = label(model, action);
        let needed = u16::try_from(text::width(&key) + text::width(label) + 3).unwrap_or(u16::MAX);
        if x + needed > end {
            break;
        }
        x += pen.put(x, line.y, end - x, &key, Role::Key) + 1;
        x += pen.put(x, line.y, end - x, label, Role::KeyLabel) + 2;
    }
    let pieces: [(Role, Cow<'_, str>); 4] = [
        (Role::Key, key(Action::Palette).into()),
        (Role::KeyLabel, " all  ".into()),
        (Role::Key, key(Action::Help).into()),
        (Role::KeyLabel, " help ".into()),
    ];
    pen.line(Rect { x: end, width: wide, ..line }, pieces);
}
