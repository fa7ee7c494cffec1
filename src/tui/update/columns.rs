//! How the list of Dispatches is shown: its columns, and whether the calls of a request are together; chosen, and kept.

use crate::config::Column;
use crate::domain::task::{Problem, Severity};
use crate::flows::columns::Kept;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{ColumnList, Overlay};
use crate::tui::view;

/// Does an action in the list of columns.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    let page = ColumnList::page(view::screen(model.size).pane);
    if action == Action::UsualColumns {
        model.overlays.pop();
        return choose(model, Vec::new());
    }
    if action == Action::RowsByRequest {
        return by_request(model);
    }
    let Some(Overlay::Columns(list)) = model.overlays.last_mut() else { return Vec::new() };
    if action == Action::SortBy {
        let by = list.selected();
        return model.stream.sort_by(by).into_iter().collect();
    }
    match list.act(action, page) {
        Ok(true) => {
            let columns = list.shown();
            choose(model, columns)
        }
        Ok(false) => Vec::new(),
        Err(why) => {
            model.refuse(why);
            Vec::new()
        }
    }
}

fn choose(model: &mut Model, columns: Vec<Column>) -> Effects {
    let stream = &mut model.stream;
    stream.columns.choose(columns);
    vec![Effect::KeepColumns(stream.columns.kept().clone())]
}

/// Has the calls of each request together in the list, or shows them as they came.
pub(super) fn by_request(model: &mut Model) -> Effects {
    let mut effects: Effects = model.stream.toggle_by_request().into_iter().collect();
    let kept = model.stream.columns.choose_by_request(model.stream.is_by_request());
    effects.push(Effect::KeepColumns(kept.clone()));
    if model.stream.is_by_request() {
        // What the Gateway has says most of what it calls.
        effects.extend(model.apis.ask_servers(false));
    }
    effects
}

/// What was kept is read, or could not be.
pub(super) fn read(model: &mut Model, kept: Result<Kept, Problem>) -> Effects {
    let (kept, problem) = match kept {
        Ok(kept) => (kept, None),
        Err(problem) => (Kept::default(), Some(problem)),
    };
    let stream = &mut model.stream;
    let mut effects = Effects::new();
    // A key may have been faster.
    if stream.columns.keep(kept) && stream.order().is_none() {
        effects.extend(stream.toggle_by_request());
    }
    effects.extend(problem.map(|it| Effect::Log(Severity::Warning, it.to_string())));
    effects
}
