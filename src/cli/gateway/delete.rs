//! `gateway delete`.

use serde_json::json;

use crate::cli::confirm::confirm;
use crate::cli::server::{Connected, work};
use crate::cli::{Answer, output, saving};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The API's id.
    id: String,
    /// Reload the Gateway, so that it serves the API no more.
    #[arg(long)]
    reload: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    connected.settings.writes_outside("delete an API")?;
    let server = &connected.server;
    let remote = server.remote(&args.id);
    confirm(&format!("Delete {remote} at {}?", server.address()), args.yes)?;
    let desk = saving::desk();
    let waits = "the Gateway reloads: it takes as long as its bundles take";
    let deleted = work(waits, async {
        let deleted = server.delete(&desk, &args.id).await?;
        if args.reload {
            server.reload().await?;
        }
        Ok(deleted)
    })?;
    deleted.warnings.iter().for_each(output::warning);
    if args.json {
        let (api, kept) = (remote.to_string(), deleted.kept.is_some());
        output::line(json!({"api": api, "deleted": true, "reloaded": args.reload, "kept": kept}))?;
        return Ok(Answer::Yes);
    }
    let effect = if args.reload {
        "the Gateway has reloaded and serves it no more"
    } else {
        "it is served until the next reload: tyk-tui gateway reload"
    };
    output::line(format_args!("{remote} deleted; {effect}"))?;
    if deleted.kept.is_some() {
        output::notice(format_args!("`tyk-tui backups restore {remote}` brings it back"));
    }
    Ok(Answer::Yes)
}
