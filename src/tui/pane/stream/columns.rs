//! The columns of the list: those that one chose, else those that its width has room for.

use crate::config;
use crate::flows::columns::Kept;
use crate::tui::widget::{Align, Column, Placed, place};

/// What a column shows of a row.
pub(super) use crate::config::Column as Cell;

/// The columns of a narrow list, where the path needs the room more than long words do.
const NARROW: [Cell; 7] =
    [Cell::Time, Cell::Hook, Cell::Api, Cell::Method, Cell::Path, Cell::Outcome, Cell::Took];

/// The columns of a wide list.
const WIDE: [Cell; 9] = [
    Cell::Time,
    Cell::Hook,
    Cell::Name,
    Cell::Api,
    Cell::Method,
    Cell::Path,
    Cell::Outcome,
    Cell::Took,
    Cell::Size,
];

/// From this width on there is room for all of them, and for long words.
const ROOMY: u16 = 100;

/// How a column is laid out; the highest rank goes first where there is no room.
fn laid_out(cell: Cell, roomy: bool) -> Column {
    let or = |wide: u16, narrow: u16| if roomy { wide } else { narrow };
    match cell {
        Cell::Time => Column::new("TIME", 12, 0, 1, Align::Left),
        Cell::Hook => Column::new("HOOK", or(13, 8), 0, 0, Align::Left),
        Cell::Name => Column::new("NAME", 12, 2, 6, Align::Left),
        Cell::Api => Column::new("API", or(8, 6), 1, 2, Align::Left),
        Cell::Method => Column::new("METHOD", 7, 0, 3, Align::Left),
        Cell::Path => Column::new("PATH", or(20, 10), or(4, 6), 0, Align::Url),
        Cell::Outcome => Column::new("OUTCOME", or(14, 12), 0, 0, Align::Left),
        Cell::Status => Column::new("STATUS", 6, 0, 4, Align::Right),
        Cell::Rule => Column::new("RULE", 10, 2, 4, Align::Left),
        Cell::Took => Column::new("TOOK", or(6, 5), 0, 4, Align::Right),
        Cell::Size => Column::new("SIZE", 8, 0, 5, Align::Right),
    }
}

/// Which columns the list has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Those of the configuration; none: as there is room.
    configured: Vec<config::Column>,
    /// Whether the configuration has the calls of each request together.
    by_request: bool,
    /// What was chosen in the console, instead.
    chosen: Kept,
}

impl Columns {
    /// Those that the configuration names.
    pub(super) fn of(ui: &config::Ui) -> Self {
        Self { configured: ui.columns.clone(), by_request: ui.by_request, chosen: Kept::default() }
    }

    /// The configuration was read anew.
    pub(crate) fn configure(&mut self, ui: &config::Ui) {
        self.configured.clone_from(&ui.columns);
        self.by_request = ui.by_request;
    }

    /// What was chosen here.
    pub(crate) fn kept(&self) -> &Kept {
        &self.chosen
    }

    /// Takes a choice; an empty one is that of the configuration.
    pub(crate) fn choose(&mut self, columns: Vec<config::Column>) {
        self.chosen.columns = columns;
    }

    /// Takes the choice whether the calls of each request are together.
    pub(crate) fn choose_by_request(&mut self, is: bool) -> &Kept {
        self.chosen.by_request = Some(is);
        &self.chosen
    }

    /// Takes in what was chosen in an earlier console; whether the calls of each request are to be together then.
    pub(crate) fn keep(&mut self, kept: Kept) -> bool {
        let chosen = self.chosen.by_request;
        self.chosen = Kept { by_request: chosen.or(kept.by_request), ..kept };
        self.chosen.by_request.unwrap_or(self.by_request)
    }

    /// Those that were chosen, here or in the configuration; none where the width decides.
    fn wanted(&self) -> &[Cell] {
        if self.chosen.columns.is_empty() { &self.configured } else { &self.chosen.columns }
    }

    /// Those that a list of this width shows, in order, if it has the room.
    pub(crate) fn shown(&self, width: u16) -> &[Cell] {
        match self.wanted() {
            [] if width < ROOMY => &NARROW,
            [] => &WIDE,
            wanted => wanted,
        }
    }

    /// The columns of a line of this width, each with its place; the first is so much wider.
    pub(super) fn place(&self, width: u16, signs: u16) -> Vec<(Cell, Column, Placed)> {
        let cells = self.shown(width);
        let roomy = width >= ROOMY;
        let columns: Vec<Column> = cells.iter().map(|cell| laid_out(*cell, roomy)).collect();
        let mut placed = place(&columns, width.saturating_sub(signs));
        for (at, placed) in placed.iter_mut().enumerate() {
            if at == 0 {
                placed.width += signs;
            } else {
                placed.x += signs;
            }
        }
        let placed = placed.into_iter();
        placed.map(|placed| (cells[placed.index], columns[placed.index], placed)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(columns: &Columns, width: u16) -> Vec<&'static str> {
        columns.place(width, 0).iter().map(|(_, column, _)| column.title).collect()
    }

    #[test]
    fn a_narrow_list_keeps_what_tells_requests_apart() {
        let columns = Columns::default();
        let path_width = |width: u16| {
            let placed = columns.place(width, 0);
            placed.iter().find(|(cell, ..)| *cell == Cell::Path).unwrap().2.width
        };
        let all = ["TIME", "HOOK", "API", "METHOD", "PATH", "OUTCOME", "TOOK"];
        // The lists of screens of 120 and of 80 columns.
        assert_eq!(titles(&columns, 69), all);
        assert_eq!(titles(&columns, 77), all);
        assert!(path_width(69) >= 12 && path_width(77) >= 18);
        assert_eq!(titles(&columns, 37), ["HOOK", "PATH", "OUTCOME"]);
        assert_eq!(titles(&columns, 115).len(), 9);
        assert!(path_width(115) >= 20);
    }

    #[test]
    fn the_first_column_is_wider_by_its_signs_and_the_others_keep_their_place_beside_it() {
        let columns = Columns::default();
        let (plain, signed) = (columns.place(77, 0), columns.place(77, 3));
        assert_eq!(signed[0].2.width, plain[0].2.width + 3);
        assert_eq!(signed[1].2.x, plain[1].2.x + 3);
        let end = |placed: &[(Cell, Column, Placed)]| {
            placed.last().map(|(.., last)| last.x + last.width).unwrap()
        };
        assert_eq!(end(&signed), end(&plain));
    }

    #[test]
    fn a_choice_counts_over_the_configuration_and_that_over_the_width() {
        let ui = config::Ui { columns: vec![Cell::Rule, Cell::Path], ..config::Ui::default() };
        let mut columns = Columns::of(&ui);
        assert_eq!(titles(&columns, 115), ["RULE", "PATH"]);
        columns.choose(vec![Cell::Size, Cell::Status, Cell::Time]);
        assert_eq!(titles(&columns, 69), ["SIZE", "STATUS", "TIME"]);
        assert_eq!(titles(&columns, 20), ["STATUS", "TIME"], "what there is room for");
        columns.choose(Vec::new());
        assert_eq!(titles(&columns, 69), ["RULE", "PATH"]);
    }
}
