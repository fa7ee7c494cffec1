//! Rate, errors and latencies of the last minutes, by hook and API.

use std::borrow::Cow;
use std::time::Duration;

use ratatui::layout::Rect;

use super::framed;
use crate::capture::Capture;
use crate::capture::plots::{BUCKET_SECONDS, BUCKETS, Bucket, By, Seen, SeenLine, Series};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Align, Column, Cursor, Pen, Placed, place};

/// What the columns of a line show.
const COLUMNS: [Column; 10] = [
    Column::new("API", 8, 2, 0, Align::Left),
    Column::new("HOOK", 13, 0, 0, Align::Left),
    Column::new("CALLS", 7, 0, 3, Align::Right),
    Column::new("/S", 5, 0, 0, Align::Right),
    Column::new("RATE", 8, 5, 1, Align::Left),
    Column::new("REFUSED", 7, 0, 2, Align::Right),
    Column::new("FAILED", 6, 0, 0, Align::Right),
    Column::new("P50", 5, 0, 0, Align::Right),
    Column::new("P95", 5, 0, 0, Align::Right),
    Column::new("P99", 5, 0, 0, Align::Right),
];

/// Which of them is the strip.
const STRIP: usize = 4;

/// Lines of a graph.
const GRAPH: u16 = 4;
/// Columns of what is written in front of a graph.
const LABEL: u16 = 15;

/// From the lowest to the highest.
const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The overlay.
#[derive(Default)]
pub(crate) struct Plots {
    by: By,
    seen: Option<Seen>,
    cursor: Cursor,
    /// What the cursor is on: lines come and go.
    on: Option<Series>,
}

/// Where its parts are.
struct Layout {
    lines: Rect,
    /// Of the selected line, one below the other.
    graphs: Vec<Rect>,
}

fn layout(inner: Rect, lines: usize) -> Layout {
    let wanted = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(1);
    // A list of some lines, and below it as many graphs as there is room for.
    let least = wanted.min(6);
    let room = inner.height.saturating_sub(least + 1);
    let count = (room / (GRAPH + 1)).min(3);
    let below = if count == 0 { 0 } else { count * (GRAPH + 1) + 1 };
    let height = inner.height.saturating_sub(below);
    let list = Rect { height: height.min(wanted), ..inner };
    let graphs = (0..count).map(|at| Rect {
        y: list.bottom() + 1 + at * (GRAPH + 1),
        height: GRAPH,
        ..inner
    });
    Layout { graphs: graphs.collect(), lines: list }
}

impl Plots {
    /// Fetches what is to be seen.
    pub(crate) fn refresh(&mut self, capture: &Capture, area: Rect) {
        let seen = capture.plots(self.by);
        let at = seen.lines.iter().position(|line| Some(&line.series) == self.on.as_ref());
        self.cursor.at = at.unwrap_or(self.cursor.at);
        let page = Self::page(area, seen.lines.len());
        self.cursor.show(seen.lines.len(), page);
        self.on = seen.lines.get(self.cursor.at).map(|line| line.series.clone());
        self.seen = Some(seen);
    }

    /// Moves, or puts the lines together otherwise.
    pub(crate) fn act(&mut self, action: Action, area: Rect) {
        let by = match action {
            Action::ViewNext | Action::Focus => 1,
            Action::ViewPrevious | Action::FocusBack => By::ALL.len() - 1,
            _ => {
                let lines = self.seen.as_ref().map_or(0, |seen| seen.lines.len());
                let page = Self::page(area, lines);
                self.cursor.act(action, lines, page);
                let selected = self.seen.as_ref().and_then(|seen| seen.lines.get(self.cursor.at));
                self.on = selected.map(|line| line.series.clone());
                return;
            }
        };
        let at = By::ALL.iter().position(|it| *it == self.by).unwrap_or(0);
        self.by = By::ALL[(at + by) % By::ALL.len()];
        self.cursor = Cursor::default();
        self.on = None;
        self.seen = None;
    }

    fn page(area: Rect, lines: usize) -> usize {
        let inner = Rect { height: area.height.saturating_sub(2), ..area };
        usize::from(layout(inner, lines).lines.height.saturating_sub(1))
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let until = self.seen.as_ref().map(|seen| {
            let at = seen.until.to_zoned(model.zone.clone()).strftime("%H:%M:%S").to_string();
            if seen.is_past {
                format!("until {at}, when the last call came")
            } else {
                format!("until {at}")
            }
        });
        let title =
            format!("Plots by {}, five minutes {}", self.by.word(), until.unwrap_or_default());
        let key = model.keymap.key(Action::ViewNext).unwrap_or_default();
        let inner =
            framed(pen, area, &title, &format!("{key} by hook, by API   ↑↓ series   esc back"));
        let Some(seen) = &self.seen else { return };
        if seen.lines.is_empty() {
            let said = "Nothing was captured yet. Here come calls a second, what was refused, what failed, and how long \
                        answers took.";
            pen.wrap(inner, said, Role::Dim);
            return;
        }
        let layout = layout(inner, seen.lines.len());
        self.draw_lines(seen, pen, layout.lines);
        if let Some(line) = seen.lines.get(self.cursor.at) {
            for (graph, area) in graphs(line, seen).iter().zip(&layout.graphs) {
                graph.draw(pen, *area);
            }
        }
    }

    fn draw_lines(&self, seen: &Seen, pen: &mut Pen<'_>, area: Rect) {
        if area.height == 0 {
            return;
        }
        let line = Rect { x: area.x + 2, width: area.width.saturating_sub(2), height: 1, ..area };
        let placed = place(&COLUMNS, line.width);
        for column in &placed {
            column.heading(pen, line, &COLUMNS[column.index]);
        }
        let visible = seen.lines.iter().enumerate().skip(self.cursor.top);
        for (y, (at, series)) in (area.y + 1..area.bottom()).zip(visible) {
            for column in &placed {
                draw_cell(series, column, pen, Rect { y, ..line });
            }
            if at == self.cursor.at {
                pen.select(Rect { y, height: 1, ..area }, true);
            }
        }
    }
}

fn draw_cell(line: &SeenLine, column: &Placed, pen: &mut Pen<'_>, area: Rect) {
    let all = &line.all;
    let (role, what): (Role, Cow<'_, str>) = match column.index {
        0 => match (&line.series.api, line.series.hook) {
            (Some(api), _) if api.is_empty() => (Role::Dim, "(no id)".into()),
            (Some(api), _) => (Role::Text, (&**api).into()),
            (None, Some(_)) => (Role::Dim, "(all)".into()),
            (None, None) => (Role::Dim, "(others)".into()),
        },
        1 => line.series.hook.map_or((Role::Dim, "(all)".into()), |hook| (Role::Text, hook.into())),
        2 => (Role::Text, text::count(all.calls.into()).into()),
        3 => (Role::Text, rate(line.rate()).into()),
        STRIP => {
            let calls: Vec<f64> = line.buckets.iter().map(|it| f64::from(it.calls)).collect();
            (Role::Bar, strip(&calls, column.width.into()).into())
        }
        5 => part(all.refused, all.calls, Role::Refused),
        6 => part(all.failed, all.calls, Role::Failed),
        7 => (Role::Text, text::millis(all.quantile(0.5)).into()),
        8 => (Role::Text, text::millis(all.quantile(0.95)).into()),
        _ => (Role::Text, text::millis(all.quantile(0.99)).into()),
    };
    column.cell(pen, area, COLUMNS[column.index].align, &what, role);
}

/// Calls a second.
fn rate(rate: f64) -> String {
    if rate >= 9.95 || rate == 0.0 { format!("{rate:.0}") } else { format!("{rate:.1}") }
}

/// How much of all that is.
fn part(some: u32, all: u32, role: Role) -> (Role, Cow<'static, str>) {
    let percent = f64::from(some) * 100.0 / f64::from(all.max(1));
    match some {
        0 => (Role::Dim, "–".into()),
        _ if percent < 0.95 => (role, "<1 %".into()),
        _ => (role, format!("{percent:.0} %").into()),
    }
}

/// Values as bars in one line, the newest on the right; where there is no room for all, each is the highest of some.
fn strip(values: &[f64], columns: usize) -> String {
    let values = fitted(values, columns);
    let most = values.iter().copied().fold(0.0, f64::max);
    values
        .iter()
        .map(|&value| if value > 0.0 { BARS[level(value, most, 1)] } else { " " })
        .collect()
}

/// As many values as there are columns: each the highest of those that fall together, or each several times.
fn fitted(values: &[f64], columns: usize) -> Vec<f64> {
    let count = values.len();
    let of = |column: usize| {
        let from = column * count / columns;
        let to = ((column + 1) * count / columns).max(from + 1).min(count);
        values[from..to].iter().copied().fold(0.0, f64::max)
    };
    (0..columns).map(of).collect()
}

/// How many eighths of so many lines a value fills; one that is not nought is never flat.
fn level(value: f64, most: f64, lines: usize) -> usize {
    let whole = lines * 8;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a part of some eighths"
    )]
    let level = (value / most * whole as f64).round() as usize;
    level.clamp(1, whole)
}

/// Values over time, as bars of several lines.
struct Graph {
    name: &'static str,
    role: Role,
    values: Vec<f64>,
    /// The highest, as it is written.
    most: String,
}

/// Those of a series, the one that says most first.
fn graphs(line: &SeenLine, seen: &Seen) -> [Graph; 3] {
    let last = line.buckets.len() - 1;
    let per_second = |at: usize, calls: u32| {
        // Of the bucket under way only a part is over.
        let over =
            if at == last { (seen.under_way + 1).min(BUCKET_SECONDS) } else { BUCKET_SECONDS };
        #[expect(clippy::cast_precision_loss, reason = "seconds of a bucket")]
        let over = over as f64;
        f64::from(calls) / over
    };
    let rates = |of: fn(&Bucket) -> u32| -> Vec<f64> {
        line.buckets.iter().enumerate().map(|(at, it)| per_second(at, of(it))).collect()
    };
    let took = |part: f64| -> Vec<f64> {
        line.buckets.iter().map(|it| it.quantile(part).as_secs_f64()).collect()
    };
    let most = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
    let (calls, wrong, p99) =
        (rates(|it| it.calls), rates(|it| it.failed + it.refused), took(0.99));
    let written = |seconds: f64| text::millis(Duration::from_secs_f64(seconds));
    [
        Graph {
            name: "calls/s",
            role: Role::Bar,
            most: format!("max {}", rate(most(&calls))),
            values: calls,
        },
        Graph {
            name: "p99 ms",
            role: Role::Changed,
            most: format!("max {}", written(most(&p99))),
            values: p99,
        },
        Graph {
            name: "not passed/s",
            role: Role::Refused,
            most: format!("max {}", rate(most(&wrong))),
            values: wrong,
        },
    ]
}

impl Graph {
    fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        pen.put(area.x, area.y, LABEL - 1, self.name, Role::Heading);
        pen.put(area.x, area.y + 1, LABEL - 1, &self.most, Role::Text);
        pen.put(area.x, area.bottom() - 1, LABEL - 1, "5 min", Role::Dim);
        // Each value as wide as another: what is left over stays free.
        let room = usize::from(area.width.saturating_sub(LABEL + 1));
        let columns = if room >= BUCKETS { room / BUCKETS * BUCKETS } else { room };
        let values = fitted(&self.values, columns);
        let most = values.iter().copied().fold(0.0, f64::max);
        let lines = usize::from(area.height);
        let levels: Vec<usize> = values
            .iter()
            .map(|&value| if value > 0.0 { level(value, most, lines) } else { 0 })
            .collect();
        for (row, y) in (area.y..area.bottom()).enumerate() {
            let below = (lines - 1 - row) * 8;
            let bars: String =
                levels.iter().map(|level| BARS[level.saturating_sub(below).min(8)]).collect();
            pen.put(area.x + LABEL - 1, y, 1, "│", Role::Border);
            pen.put(area.x + LABEL, y, area.width - LABEL, &bars, self.role);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_is_seen_where_there_is_no_room_for_all() {
        let mut values = vec![1.0; 60];
        values[31] = 10.0;
        assert_eq!(strip(&values, 6), "▁▁▁█▁▁");
        assert_eq!(strip(&[0.0, 8.0], 4), "  ██");
        assert_eq!(fitted(&[1.0, 2.0], 4), [1.0, 1.0, 2.0, 2.0]);
        assert_eq!(level(0.001, 100.0, 4), 1);
        assert_eq!(level(100.0, 100.0, 4), 32);
    }

    #[test]
    fn graphs_come_as_there_is_room() {
        let at = |height, lines| {
            let layout = layout(Rect::new(0, 0, 80, height), lines);
            (layout.lines.height, layout.graphs.len())
        };
        // Screens of 24 and of 60 lines.
        assert_eq!(at(19, 4), (5, 2));
        assert_eq!(at(19, 40), (8, 2));
        assert_eq!(at(55, 12), (13, 3));
        assert_eq!(at(55, 100), (39, 3));
        assert_eq!(at(6, 9), (6, 0));
    }

    #[test]
    fn parts_and_rates_are_short() {
        assert_eq!(part(0, 0, Role::Failed).1, "–");
        assert_eq!(part(1, 1_000, Role::Failed).1, "<1 %");
        assert_eq!(part(1, 3, Role::Failed).1, "33 %");
        assert_eq!([0.0, 0.25, 9.94, 142.4].map(rate), ["0", "0.2", "9.9", "142"]);
    }
}
