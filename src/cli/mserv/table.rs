//! mservctl's table, byte for byte: two spaces before each column and behind the last, an empty line below the head.

use unicode_width::UnicodeWidthStr as _;

use crate::cli::output;
use crate::domain::task::Problem;
use crate::services::mserv::Mw;

const HEAD: [&str; 6] = ["ID", "ACTIVE", "SERVE ONLY", "LAST UPDATE", "FUNCTION", "TYPE"];

/// How many columns there are without functions.
const PLAIN: usize = 4;

/// Prints it.
pub(super) fn print(bundles: &[&Mw], functions: bool) -> Result<(), Problem> {
    output::bytes(text(bundles, functions).as_bytes())
}

fn text(bundles: &[&Mw], functions: bool) -> String {
    let columns = if functions { HEAD.len() } else { PLAIN };
    let head = HEAD.iter().take(columns).map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut rows = Vec::new();
    for mw in bundles {
        rows.push(vec![
            cell(&mw.id),
            mw.active.to_string(),
            mw.store_only.to_string(),
            mw.updated(),
        ]);
        for function in mw.functions.iter().filter(|_| functions) {
            let mut row = vec![String::new(); PLAIN];
            row.extend([cell(&function.name), function.hook().to_owned()]);
            rows.push(row);
        }
    }
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().chain([&head]).filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or_default()
        })
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            format!("  {cell}{}", " ".repeat(width.saturating_sub(cell.width())))
        });
        format!("{}  \n", cells.collect::<String>())
    };
    let body: String = rows.iter().map(line).collect();
    format!("{}\n{body}", line(&head))
}

/// A name may hold anything, line breaks too.
fn cell(text: &str) -> String {
    output::printable(&text.replace(['\n', '\t'], " ")).into_owned()
}
