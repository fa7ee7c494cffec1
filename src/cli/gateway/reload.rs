//! `gateway reload`.

use serde_json::json;

use crate::cli::server::{Connected, work};
use crate::cli::{Answer, output};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Do not wait: the Gateway reloads within a second or two of being asked.
    #[arg(long, conflicts_with = "group")]
    no_wait: bool,
    /// Every Gateway of its group, this one too; nobody waits for them.
    #[arg(long)]
    group: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    connected.settings.writes_outside("reload a Gateway")?;
    let gateway = connected.gateway()?;
    let waits =
        "the Gateway reloads: it takes as long as its bundles take, 35 s for a host that hangs";
    work(waits, async {
        let reloaded = if args.group {
            gateway.reload_group().await
        } else {
            gateway.reload(!args.no_wait).await
        };
        reloaded.map_err(|error| error.problem())
    })?;
    let (word, said) = match (args.group, args.no_wait) {
        (true, _) => ("group", "every Gateway of its group was told to reload"),
        (_, true) => ("asked", "the Gateway was told to reload"),
        _ => ("done", "the Gateway has reloaded"),
    };
    if args.json {
        output::line(json!({"reload": word, "address": gateway.address()}))?;
    } else {
        output::line(format_args!(
            "{said}; an API whose bundle failed is not served any more: tyk-tui gateway apis"
        ))?;
    }
    Ok(Answer::Yes)
}
