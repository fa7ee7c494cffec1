//! The columns of the list of Dispatches: chosen, and kept.

use crate::config::Column;
use crate::domain::task::{Problem, Severity};
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
        model.stream.columns.choose(Vec::new());
        return vec![Effect::KeepColumns(Vec::new())];
    }
    let Some(Overlay::Columns(list)) = model.overlays.last_mut() else { return Vec::new() };
    if action == Action::SortBy {
        let by = list.selected();
        return model.stream.sort_by(by).into_iter().collect();
    }
    match list.act(action, page) {
        Ok(true) => {
            let columns = list.shown();
            model.stream.columns.choose(columns.clone());
            vec![Effect::KeepColumns(columns)]
        }
        Ok(false) => Vec::new(),
        Err(why) => {
            model.refuse(why);
            Vec::new()
        }
    }
}

/// Those that were kept are read, or could not be.
pub(super) fn read(model: &mut Model, kept: Result<Vec<Column>, Problem>) -> Effects {
    match kept {
        Ok(columns) => {
            model.stream.columns.choose(columns);
            Vec::new()
        }
        Err(problem) => vec![Effect::Log(Severity::Warning, problem.to_string())],
    }
}
