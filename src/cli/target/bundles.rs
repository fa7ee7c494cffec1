//! `target bundles`.

use serde_json::{Value as Json, json};

use super::chosen::Place;
use super::{Which, cell};
use crate::cli::{Answer, output, runtime, table};
use crate::config::Chosen;
use crate::domain::task::{Problem, size};
use crate::flows::prune::{Usage, User};
use crate::flows::target::Stored;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) which: Which,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let place = Place::of(chosen)?;
    let target = place.target(&args.which)?;
    let (stored, usage) = runtime::block_on(async {
        let asking = place.asking();
        tokio::join!(target.list(), Usage::ask(&asking))
    })?;
    let (stored, usage) = (stored?, known(usage));
    if args.which.json {
        let bundles: Vec<_> = stored.iter().map(|stored| as_json(stored, usage.as_ref())).collect();
        output::line(json!({"target": target.name(), "bundles": bundles}))?;
        return Ok(Answer::Yes);
    }
    if stored.is_empty() {
        output::notice(format_args!("{} has no bundle", target.describe()));
    }
    print(&stored, usage.as_ref())?;
    Ok(Answer::Yes)
}

/// What is known of the bundles' use; a word on stderr where that is nothing.
pub(super) fn known(usage: Result<Usage, Problem>) -> Option<Usage> {
    match usage {
        Ok(usage) if usage.is_known() => Some(usage),
        Ok(_) => {
            output::notice(
                "no Gateway is connected (--use NAME), so which APIs use them is unknown",
            );
            None
        }
        Err(problem) => {
            output::warning(&Problem {
                what: format!("which APIs use them is unknown: {}", problem.what),
                ..problem
            });
            None
        }
    }
}

/// The table of bundles.
pub(super) fn print(stored: &[Stored], usage: Option<&Usage>) -> Result<(), Problem> {
    let rows: Vec<_> = stored.iter().map(|stored| row(stored, usage)).collect();
    table::print(["ID", "HASH", "ADDED", "SIZE", "HOOKS", "APIS"], &rows)
}

fn row(stored: &Stored, usage: Option<&Usage>) -> [String; 6] {
    let apis = usage.map(|usage| usage.of(stored));
    [
        stored.id.clone(),
        // A checksum has 32 digits.
        stored.hash().unwrap_or_default().chars().take(8).collect(),
        stored.at.map(|at| format!("{at:.0}")).unwrap_or_default(),
        stored.bytes.map(size).unwrap_or_default(),
        match stored.note {
            Some(note) => note.to_owned(),
            None => stored.hooks.join(", "),
        },
        match apis {
            None => "?".to_owned(),
            Some(apis) => apis.iter().map(User::to_string).collect::<Vec<_>>().join(", "),
        },
    ]
    .map(|text| cell(&text))
}

pub(super) fn as_json(stored: &Stored, usage: Option<&Usage>) -> Json {
    let apis = usage.map(|usage| usage.of(stored).iter().map(user).collect::<Vec<_>>());
    json!({
        "id": stored.id,
        "bundle": stored.bundle,
        "name": stored.name,
        "hash": stored.hash(),
        "checksum": stored.checksum,
        "bytes": stored.bytes,
        "added": stored.at.map(|at| at.to_string()),
        "hooks": stored.hooks,
        "note": stored.note,
        "apis": apis,
    })
}

pub(super) fn user(user: &User) -> Json {
    json!({"api": user.api, "name": user.name, "enabled": user.is_on})
}
