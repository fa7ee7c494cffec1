//! Which APIs use which bundles, and what no API uses is deleted. Nothing is where that cannot be found out.

mod usage;

pub use usage::{Asking, Usage, User};

use tokio_util::sync::CancellationToken;

use crate::domain::task::{Kind, Problem};
use crate::flows::ship;
use crate::flows::target::{Stored, Target};
use crate::services::files::Turn;

/// What prune would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Bundles that no API uses.
    pub unused: Vec<Stored>,
    /// Bundles that stay although no API uses them, as nobody can load them: they are there for something else.
    pub left: Vec<Stored>,
    /// How many are in use.
    pub used: usize,
}

/// What a prune came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// What was deleted.
    pub deleted: Vec<Stored>,
    /// What an API uses meanwhile, and so was left.
    pub taken: Vec<Stored>,
}

impl Plan {
    /// What there is to prune on a target.
    pub fn of(stored: Vec<Stored>, usage: &Usage) -> Result<Self, Problem> {
        if !usage.is_known() {
            return Err(Problem::usage("nobody knows which bundles are in use: no Gateway is connected")
                .help(
                    "choose a profile that has one (--use NAME): `url` under [use.NAME.gateway] of the configuration",
                ));
        }
        let (unused, used): (Vec<_>, Vec<_>) =
            stored.into_iter().partition(|stored| usage.of(stored).is_empty());
        let (left, unused) = unused.into_iter().partition(|stored| stored.note.is_some());
        Ok(Self { unused, left, used: used.len() })
    }
}

/// Deletes what a [`Plan`] named, but for what is in use by now: everybody is asked again, while nobody on this machine
/// ships. `told` hears of each that is gone, so that a failure half way leaves nothing unsaid.
pub async fn prune(
    target: &Target,
    bundles: &[Stored],
    asking: &Asking,
    mut told: impl FnMut(&Stored),
    cancel: &CancellationToken,
) -> Result<Pruned, Problem> {
    let _turn = match &asking.state {
        Some(state) => {
            let waits = || tracing::info!("waiting for a ship of this machine to end");
            Some(Turn::wait(state, ship::LOCK, waits, cancel).await?)
        }
        None => None,
    };
    let usage = tokio::select! {
        biased;
        () = cancel.cancelled() => {
            let what = "cancelled: nothing was deleted";
            return Err(Problem { kind: Kind::Interrupted, ..Problem::failed(what) });
        }
        usage = Usage::ask(asking) => usage?,
    };
    let Plan { unused, .. } = Plan::of(bundles.to_vec(), &usage)?;
    let mut pruned = Pruned { deleted: Vec::new(), taken: Vec::new() };
    for stored in bundles {
        if unused.contains(stored) {
            target.delete(&stored.id, cancel).await.map_err(|problem| {
                let done = pruned.deleted.len();
                let what = format!("{} ({done} of {} are deleted)", problem.what, bundles.len());
                Problem { what, ..problem }
            })?;
            told(stored);
            pruned.deleted.push(stored.clone());
        } else {
            pruned.taken.push(stored.clone());
        }
    }
    Ok(pruned)
}
