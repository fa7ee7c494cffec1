//! The strip above the list: rate, latency, outcomes, losses.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::outcome::role;
use crate::capture::{Outcomes, Stats};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Draws the strip into one line.
pub(super) fn draw(stats: &Stats, pen: &mut Pen<'_>, area: Rect) {
    let mut pieces: Vec<(Role, Cow<'_, str>)> = Vec::new();
    let rate = text::right(&text::count(stats.rate().into()), 5);
    pieces.push((Role::Heading, format!("{rate}/s ").into()));
    let bars = match area.width {
        0..100 => 14,
        100..160 => 30,
        _ => 60,
    };
    pieces.push((Role::Bar, bars_of(&stats.per_second, bars).into()));
    // None are known of what an opened session has.
    if !stats.p99.is_zero() {
        let (p50, p99) = (text::millis(stats.p50), text::millis(stats.p99));
        pieces.push((Role::Dim, "  p50 ".into()));
        pieces.push((Role::Text, p50.into()));
        pieces.push((Role::Dim, " p99 ".into()));
        pieces.push((Role::Text, p99.into()));
        pieces.push((Role::Dim, " ms ".into()));
    }
    // What was lost goes first: a narrow screen must not hide it.
    if stats.dropped > 0 {
        let lost = format!("  dropped {}", text::count(stats.dropped));
        pieces.push((Role::Error, lost.into()));
    }
    // And after it what went wrong, for the same reason.
    for outcome in Outcomes::ALL.into_iter().rev() {
        let count = stats.outcomes.count(outcome);
        if count > 0 {
            let piece = format!("  {} {}", outcome.word(), text::count(count));
            pieces.push((role(outcome), piece.into()));
        }
    }
    pen.line(area, pieces);
}

/// The last seconds as bars, the newest on the right; a second with a call is never flat.
fn bars_of(per_second: &[u32], bars: usize) -> String {
    let last = &per_second[per_second.len().saturating_sub(bars)..];
    let most = last.iter().copied().max().unwrap_or(0).max(1);
    let mut out = " ".repeat(bars - last.len());
    for &calls in last {
        let level = (u64::from(calls) * 7).div_ceil(u64::from(most));
        out.push_str(if calls == 0 {
            BARS[0]
        } else {
            BARS[usize::try_from(level).unwrap_or(7).clamp(1, 7)]
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::bars_of;

    #[test]
    fn bars_grow_with_the_rate() {
        assert_eq!(bars_of(&[0, 1, 50, 100], 4), "▁▂▅█");
        assert_eq!(bars_of(&[0, 0], 4), "  ▁▁");
        assert_eq!(bars_of(&[], 2), "  ");
    }
}
