//! `mserv list` and `mserv fetch`.

use serde_json::{Value as Json, json};

use super::connection::Connection;
use super::table;
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::services::mserv::Mw;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line are bools")]
pub(super) struct List {
    /// Show the functions, too.
    #[arg(short, long)]
    functions: bool,
    /// Only bundles that are stored only.
    #[arg(short, long)]
    downloadonly: bool,
    /// Only bundles that are not stored only.
    #[arg(short, long)]
    pluginsonly: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Fetch {
    /// The bundle's id.
    id: String,
    /// Show the functions, too.
    #[arg(short, long)]
    functions: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn list(args: &List, connection: &Connection) -> Result<Answer, Problem> {
    let all =
        connection.ask(async |server| server.list().await.map_err(|error| error.problem()))?;
    let wanted =
        |mw: &&Mw| (!args.downloadonly || mw.store_only) && (!args.pluginsonly || !mw.store_only);
    let bundles: Vec<&Mw> = all.iter().filter(wanted).collect();
    if args.json {
        let bundles: Vec<_> = bundles.into_iter().map(as_json).collect();
        output::line(json!({"bundles": bundles}))?;
    } else {
        table::print(&bundles, args.functions)?;
    }
    Ok(Answer::Yes)
}

pub(super) fn fetch(args: &Fetch, connection: &Connection) -> Result<Answer, Problem> {
    let mw = connection
        .ask(async |server| server.get(&args.id).await.map_err(|error| error.problem()))?;
    if args.json {
        output::line(as_json(&mw))?;
    } else {
        table::print(&[&mw], args.functions)?;
    }
    Ok(Answer::Yes)
}

fn as_json(mw: &Mw) -> Json {
    let functions = mw.functions.iter().map(|function| {
        json!({"name": function.name, "type": function.hook(), "file": function.file_name})
    });
    json!({
        "id": mw.id,
        "active": mw.active,
        "store_only": mw.store_only,
        "updated": mw.updated(),
        "api_id": mw.api_id,
        "checksum": mw.checksum,
        "functions": functions.collect::<Vec<_>>(),
    })
}
