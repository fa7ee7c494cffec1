//! `gateway key delete`.

use serde_json::json;

use super::meant::Meant;
use super::shown;
use crate::cli::confirm::confirm;
use crate::cli::server::{Connected, work};
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::keys;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    meant: Meant,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    connected.settings.writes_outside("delete a key")?;
    let gateway = connected.gateway()?;
    let key = args.meant.find(connected)?;
    let (name, opens) = (key.name.shown(), shown::opens(&key));
    confirm(&format!("Delete the key {name}, which opens {opens}?"), args.yes)?;
    work("waiting for the Gateway", keys::delete(gateway, &key))?;
    if args.json {
        output::line(json!({"key": name, "deleted": true}))?;
    } else {
        output::line(format_args!("{name} deleted: callers that send it are refused at once"))?;
    }
    Ok(Answer::Yes)
}
