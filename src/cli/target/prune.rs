//! `target prune`.

use serde_json::json;

use super::Which;
use super::bundles::{self, as_json};
use super::chosen::Place;
use crate::cli::{Answer, output, progress, runtime};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::prune::{Plan, Pruned, Usage, prune};
use crate::flows::target::{Stored, Target};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Delete them.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    pub(super) which: Which,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let place = Place::of(chosen)?;
    let target = if args.yes {
        place.target_to_change(&args.which, "delete bundles")?
    } else {
        place.target(&args.which)?
    };
    let (stored, usage) = runtime::block_on(async {
        let asking = place.asking();
        tokio::join!(target.list(), Usage::ask(&asking))
    })?;
    let usage = usage?;
    let plan = Plan::of(stored?, &usage)?;
    let pruned = if args.yes && !plan.unused.is_empty() {
        Some(pruned(args, &target, &plan, &place)?)
    } else {
        None
    };
    if args.which.json {
        let list =
            |stored: &[_]| stored.iter().map(|it| as_json(it, Some(&usage))).collect::<Vec<_>>();
        output::line(json!({
            "target": target.name(),
            "asked": usage.asked(),
            "unused": list(&plan.unused),
            "left": list(&plan.left),
            "used": plan.used,
            "deleted": pruned.map(|pruned| {
                pruned.deleted.into_iter().map(|stored| stored.id).collect::<Vec<_>>()
            }).unwrap_or_default(),
        }))?;
        return Ok(Answer::Yes);
    }
    if pruned.is_none() {
        say(&plan, &target, &usage)?;
    }
    Ok(Answer::Yes)
}

fn pruned(args: &Args, target: &Target, plan: &Plan, place: &Place) -> Result<Pruned, Problem> {
    let told = |stored: &Stored| {
        if !args.which.json {
            let _ = output::line(output::printable(&format!("deleted {}", stored.id)));
        }
    };
    let pruned = progress::work(async |_, cancel| {
        prune(target, &plan.unused, &place.asking(), told, &cancel).await
    })?;
    for stored in &pruned.taken {
        output::notice(format_args!("an API uses {} by now: it stays", stored.id));
    }
    Ok(pruned)
}

/// What would be done.
fn say(plan: &Plan, target: &Target, usage: &Usage) -> Result<(), Problem> {
    for stored in &plan.left {
        let note = stored.note.unwrap_or_default();
        output::notice(format_args!("{} stays: {note}", stored.id));
    }
    let of = usage.asked().join(" and ");
    if plan.unused.is_empty() {
        output::notice(format_args!("{}: no bundle that no API of {of} uses", target.describe()));
        return Ok(());
    }
    bundles::print(&plan.unused, Some(usage))?;
    output::notice(format_args!(
        "no API of {of} uses these; --yes deletes them ({} in use stay)",
        plan.used
    ));
    Ok(())
}
