//! `gateway key list` and `get`.

use serde_json::json;

use super::meant::Meant;
use super::shown;
use crate::cli::server::{Connected, work};
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::keys;

#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Those that open this API alone.
    #[arg(long, value_name = "ID")]
    api: Option<String>,
    /// Print the keys whole.
    #[arg(long)]
    show_secrets: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Get {
    #[command(flatten)]
    meant: Meant,
    /// Print the key whole.
    #[arg(long)]
    show_secrets: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn list(args: &List, connected: &Connected) -> Result<Answer, Problem> {
    let mut keys = work(super::WAITS, keys::list(connected.gateway()?))?;
    keys.retain(|key| args.api.as_deref().is_none_or(|api| key.opens(api)));
    if args.json {
        let keys: Vec<_> = keys.iter().map(|key| shown::json(key, args.show_secrets)).collect();
        output::line(json!({"keys": keys}))?;
    } else {
        if keys.is_empty() {
            output::notice("there is no such key");
        }
        shown::print(&keys, args.show_secrets)?;
    }
    Ok(Answer::Yes)
}

pub(super) fn get(args: &Get, connected: &Connected) -> Result<Answer, Problem> {
    let key = args.meant.find(connected)?;
    if args.json {
        output::line(shown::json(&key, args.show_secrets))?;
    } else {
        shown::print(&[key], args.show_secrets)?;
    }
    Ok(Answer::Yes)
}
