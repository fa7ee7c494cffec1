//! `gateway apis` and `dashboard apis`.

use serde_json::{Value as Json, json};

use super::{Connected, work};
use crate::cli::{Answer, output, table};
use crate::domain::task::Problem;
use crate::flows::remote::Listed;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Print JSON.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

const HEAD: [&str; 6] = ["ID", "NAME", "LISTEN PATH", "KIND", "BUNDLE", "ACTIVE"];

pub(in crate::cli) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    let title = connected.server.keeper().title();
    let listed = work(&format!("waiting for {title}"), connected.server.list())?;
    if args.json {
        let apis: Vec<_> = listed.iter().map(as_json).collect();
        output::line(json!({"apis": apis}))?;
        return Ok(Answer::Yes);
    }
    if listed.is_empty() {
        output::notice(format_args!("{title} has no API"));
    }
    table::print(HEAD, &listed.iter().map(row).collect::<Vec<_>>())?;
    Ok(Answer::Yes)
}

fn row(listed: &Listed) -> [String; 6] {
    let (summary, bundle) = (listed.definition.summary(), listed.definition.bundle());
    table::cells([
        listed.remote.id.clone(),
        summary.name.text(),
        summary.listen_path.text(),
        listed.definition.kind().word().to_owned(),
        if bundle.is_used() { bundle.name.text() } else { String::new() },
        if summary.active.is_true() { "yes" } else { "no" }.to_owned(),
    ])
}

fn as_json(listed: &Listed) -> Json {
    let (summary, bundle) = (listed.definition.summary(), listed.definition.bundle());
    json!({
        "id": listed.remote.id,
        "name": summary.name.text(),
        "listen_path": summary.listen_path.text(),
        "target": summary.target.text(),
        "kind": listed.definition.kind().word(),
        "bundle": bundle.is_used().then(|| bundle.name.text()),
        "driver": listed.definition.driver().text(),
        "auth": listed.definition.auth().words(),
        "active": summary.active.is_true(),
        "org_id": summary.org_id.text(),
    })
}
