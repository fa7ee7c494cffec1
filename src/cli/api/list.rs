//! `api list`.

use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::opened::open;
use super::remote;
use crate::cli::{Answer, output, table};
use crate::config::{self, Chosen, Sources};
use crate::domain::api::{Definition, Notation};
use crate::domain::task::Problem;
use crate::flows::remote::Keeper;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The definitions [default: the project's].
    files: Vec<PathBuf>,
    /// Those of the profile's Gateway.
    #[arg(long, conflicts_with = "files")]
    gateway: bool,
    /// Those of the profile's Dashboard.
    #[arg(long, conflicts_with = "files")]
    dashboard: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let wanted = [(args.gateway, Keeper::Gateway), (args.dashboard, Keeper::Dashboard)];
    let keepers: Vec<_> =
        wanted.iter().filter(|(wanted, _)| *wanted).map(|(_, keeper)| *keeper).collect();
    if !keepers.is_empty() {
        return of_servers(&keepers, args.json, chosen);
    }
    let files = if args.files.is_empty() { here()? } else { args.files.clone() };
    let opened: Vec<_> = files.iter().map(|file| (file, open(file))).collect();
    // One file that cannot be read is the command's failure; of several the others are listed.
    if let [(_, Err(problem))] = opened.as_slice() {
        return Err(problem.clone());
    }
    let failed = opened.iter().any(|(_, definition)| definition.is_err());
    if args.json {
        let apis = opened.iter().map(|(file, opened)| match opened {
            Ok((_, definition)) => as_json(&file.display().to_string(), "file", definition),
            Err(problem) => {
                let mut object = problem.to_json();
                object["file"] = json!(file.display().to_string());
                object
            }
        });
        output::line(json!({"apis": apis.collect::<Vec<_>>()}))?;
    } else {
        let rows = opened.iter().filter_map(|(file, opened)| {
            Some(row(&file.display().to_string(), &opened.as_ref().ok()?.1))
        });
        table::print(HEAD, &rows.collect::<Vec<_>>())?;
        opened.iter().filter_map(|(_, opened)| opened.as_ref().err()).for_each(output::warning);
    }
    Ok(if failed { Answer::No } else { Answer::Yes })
}

/// APIs of servers. One that does not answer is the command's failure: half a list would be taken for all of it.
fn of_servers(keepers: &[Keeper], json: bool, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let listed = remote::list(keepers, chosen)?;
    let named = listed.iter().map(|it| (it.remote.to_string(), it));
    if json {
        let apis = named.map(|(name, it)| as_json(&name, it.remote.keeper.word(), &it.definition));
        output::line(json!({"apis": apis.collect::<Vec<_>>()}))?;
        return Ok(Answer::Yes);
    }
    if listed.is_empty() {
        output::notice("there is no API");
    }
    table::print(HEAD, &named.map(|(name, it)| row(&name, &it.definition)).collect::<Vec<_>>())?;
    Ok(Answer::Yes)
}

/// The project's definitions: those that `apis` of its settings names.
fn here() -> Result<Vec<PathBuf>, Problem> {
    let sources = Sources::here(Chosen::default())?;
    let loaded = config::load(&sources)?;
    loaded.warnings.iter().for_each(output::warning);
    let files = loaded.settings.apis.0.files()?;
    if files.is_empty() {
        return Err(Problem::failed("no API definition here")
            .help("name files, or make one: tyk-tui api new --kind classic -o apis/orders.json"));
    }
    // As a person in this folder calls them.
    let short = |path: PathBuf| match path.strip_prefix(&sources.folder) {
        Ok(inside) => inside.to_owned(),
        Err(_) => path,
    };
    Ok(files.into_iter().map(short).collect())
}

fn as_json(file: &str, from: &str, definition: &Definition) -> Json {
    let summary = definition.summary();
    let bundle = definition.bundle();
    json!({
        "file": file,
        "from": from,
        "name": summary.name.text(),
        "id": summary.id.text(),
        "org_id": summary.org_id.text(),
        "kind": definition.kind().word(),
        "notation": notation(definition),
        "wrapped": definition.is_wrapped(),
        "listen_path": summary.listen_path.text(),
        "target": summary.target.text(),
        "active": summary.active.is_true(),
        "driver": definition.driver().text(),
        "bundle": bundle.is_used().then(|| bundle.name.text()),
        "auth": definition.auth().words(),
        "plugins": definition.plugins().iter().map(|plugin| json!({
            "hook": plugin.phase.word(),
            "name": plugin.name.text(),
            "disabled": plugin.is_disabled(),
            "path": plugin.entry.path.to_string(),
        })).collect::<Vec<_>>(),
    })
}

fn notation(definition: &Definition) -> &'static str {
    match definition.notation() {
        Notation::Json => "json",
        Notation::Yaml => "yaml",
    }
}

const HEAD: [&str; 8] = ["NAME", "ID", "KIND", "LISTEN PATH", "DRIVER", "BUNDLE", "AUTH", "FROM"];

fn row(file: &str, definition: &Definition) -> [String; 8] {
    let summary = definition.summary();
    let bundle = definition.bundle();
    table::cells([
        summary.name.text(),
        summary.id.text(),
        definition.kind().word().to_owned(),
        summary.listen_path.text(),
        definition.driver().text(),
        if bundle.is_used() { bundle.name.text() } else { String::new() },
        definition.auth().words(),
        file.to_owned(),
    ])
}
