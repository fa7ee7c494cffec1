//! `gateway get` and `dashboard get`.

use std::io::{IsTerminal as _, stdout};

use serde_json::{Value as Json, json};

use super::{Connected, work};
use crate::cli::{Answer, output};
use crate::domain::api::Definition;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Common {
    /// The API's id.
    id: String,
    /// Print an object with the definition in it.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

pub(in crate::cli) fn run(args: &Common, connected: &Connected) -> Result<Answer, Problem> {
    let server = &connected.server;
    let title = server.keeper().title();
    let text = work(&format!("waiting for {title}"), server.fetch(&args.id))?;
    print(&args.id, &text, args.json)
}

/// The same of a Gateway, as it is in force.
pub(in crate::cli) fn loaded(args: &Common, connected: &Connected) -> Result<Answer, Problem> {
    let gateway = connected.gateway()?;
    let definition = work("waiting for the Gateway", async {
        gateway.loaded(&args.id).await.map_err(|error| error.problem())
    })?;
    print(&args.id, definition.document().pretty().as_bytes(), args.json)
}

/// Prints a definition: to a pipe its bytes, to a terminal nothing that would steer it.
fn print(id: &str, text: &[u8], json: bool) -> Result<Answer, Problem> {
    if json {
        let failed = |error: serde_json::Error| Problem::failed(error.to_string()).at(id);
        let parsed: Json = serde_json::from_slice(text).map_err(failed)?;
        let kind = Definition::open(text).map_or("", |definition| definition.kind().word());
        output::line(json!({"id": id, "kind": kind, "definition": parsed}))?;
    } else if stdout().is_terminal() {
        output::line(output::printable(String::from_utf8_lossy(text).trim_end()))?;
    } else {
        output::bytes(text)?;
    }
    Ok(Answer::Yes)
}
