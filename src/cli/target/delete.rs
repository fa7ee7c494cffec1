//! `target delete`.

use serde_json::json;

use super::Which;
use super::bundles;
use super::chosen::Place;
use crate::cli::{Answer, output, progress};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::prune::Usage;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle's id.
    id: String,
    /// Delete it although an API uses it, or nobody could be asked.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    pub(super) which: Which,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let place = Place::of(chosen)?;
    let target = place.target_to_change(&args.which, "delete a bundle")?;
    progress::work(async |_, cancel| {
        let stored = target.list().await?.into_iter().find(|stored| stored.id == args.id);
        let stored = stored.ok_or_else(|| {
            Problem::failed(format!("{} has no bundle {}", target.describe(), args.id))
                .help(format!("`tyk-tui target bundles --target {}` has all", target.name()))
        })?;
        let usage = Usage::ask(&place.asking()).await;
        let usage = if args.force { bundles::known(usage) } else { Some(usage?) };
        let users = usage.as_ref().map(|usage| usage.of(&stored)).unwrap_or_default();
        let users = users.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if !users.is_empty() && !args.force {
            return Err(Problem::no(format!("in use by {users}")).at(&args.id).help(
                "a Gateway that starts anew would not find it: --force deletes it all the same",
            ));
        }
        target.delete(&args.id, &cancel).await
    })?;
    if args.which.json {
        output::line(json!({"target": target.name(), "id": args.id, "deleted": true}))?;
    } else {
        output::notice(format_args!("deleted {} from {}", args.id, target.describe()));
    }
    Ok(Answer::Yes)
}
