//! `tyk-tui session list`.

use jiff::tz::TimeZone;
use serde_json::json;

use super::folder;
use crate::cli::{Answer, output, table};
use crate::domain::task::{Problem, size};
use crate::flows::session::{self, Listed};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let (listed, problems) = session::list(&folder(None)?)?;
    if args.json {
        output::line(json!(listed.iter().map(to_json).collect::<Vec<_>>()))?;
    } else if listed.is_empty() {
        output::notice("no session yet: `tyk-tui serve --record` makes one");
    } else {
        let zone = TimeZone::system();
        let row = |it: &Listed| {
            let began = it.facts.began.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S");
            table::cells([
                it.name.clone(),
                began.to_string(),
                it.records.to_string(),
                size(it.bytes),
                it.facts.server.clone(),
                if it.growing { "growing" } else { "" }.to_owned(),
            ])
        };
        let rows: Vec<_> = listed.iter().map(row).collect();
        table::print(["NAME", "BEGAN", "RECORDS", "SIZE", "SERVER", "STATE"], &rows)?;
    }
    problems.iter().for_each(output::warning);
    Ok(if problems.is_empty() { Answer::Yes } else { Answer::Unknown })
}

fn to_json(session: &Listed) -> serde_json::Value {
    let (first, last) = session.span.unzip();
    json!({
        "name": session.name,
        "path": session.path,
        "began": session.facts.began,
        "first": first,
        "last": last,
        "records": session.records,
        "bytes": session.bytes,
        "server": session.facts.server,
        "by": session.facts.by,
        "growing": session.growing,
    })
}
