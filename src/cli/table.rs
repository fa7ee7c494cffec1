//! Tables that people read: a head, and columns as wide as what is in them.

use unicode_width::UnicodeWidthStr as _;

use super::output;
use crate::domain::task::Problem;

/// Prints one; nothing where it has no rows.
pub(super) fn print<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> Result<(), Problem> {
    if rows.is_empty() {
        return Ok(());
    }
    let widths: [usize; N] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].width());
        cells.max().unwrap_or_default().max(head[column].width())
    });
    let line = |cells: [&str; N]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| {
            format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
        });
        output::line(padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    line(head)?;
    rows.iter().try_for_each(|row| line(row.each_ref().map(String::as_str)))
}

/// Cells that quote others: an empty one is shown as `-`, and a name may hold anything, line breaks too.
pub(super) fn cells<const N: usize>(row: [String; N]) -> [String; N] {
    row.map(|cell| match cell.as_str() {
        "" => "-".to_owned(),
        text => output::printable(&text.replace(['\n', '\t'], " ")).into_owned(),
    })
}
