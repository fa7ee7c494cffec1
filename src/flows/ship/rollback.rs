//! Taking back the last ship: its APIs get the bundle that they had before.

use tokio_util::sync::CancellationToken;

use super::board::Board;
use super::history::{Record, last};
use super::point::{self, Change, Expected, Tools, words};
use super::prepared::Base;
use super::{Failure, Plan};
use crate::domain::gateway_version::Gateway as Release;
use crate::domain::task::Problem;

/// A rollback that is ready; nothing was sent yet.
pub struct Rollback {
    base: Base,
    record: Record,
    changes: Vec<Change>,
    release: Release,
    /// What to mind.
    warnings: Vec<String>,
}

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledBack {
    /// The bundle that is in use no more.
    pub from: String,
    /// The APIs, each with the bundle that it runs again.
    pub apis: Vec<(String, Option<String>)>,
}

impl Rollback {
    pub(super) async fn new(
        plan: Plan,
        board: Board,
        cancel: &CancellationToken,
    ) -> Result<Self, Failure> {
        let base = Base::new(plan, board, cancel).await?;
        let step = base.board.begin("point");
        match Self::read(&base, cancel).await {
            Ok((record, changes, release, warnings)) => {
                step.waits();
                Ok(Self { base, record, changes, release, warnings })
            }
            Err(failure) => Err(step.failed(failure)),
        }
    }

    async fn read(
        base: &Base,
        cancel: &CancellationToken,
    ) -> Result<(Record, Vec<Change>, Release, Vec<String>), Failure> {
        let history = base.history().ok_or_else(|| {
            Problem::failed("there is no history of ships: your home folder is unknown")
                .help("set HOME")
        })?;
        let records = history.records()?;
        let record = last(&records).cloned().ok_or_else(|| {
            Problem::failed("there is no ship to take back")
                .at(base.plan.folder.display())
                .help("only a ship of this project that pointed an API at its bundle, under the same profile, is taken back")
        })?;
        let release = base.servers.release(&base.plan.settings).await?;
        let apis = base.open(record.apis.iter().map(|moved| moved.api.as_str()), cancel).await?;
        let mut changes = Vec::new();
        for (api, moved) in apis.into_iter().zip(&record.apis) {
            if api.setting() != moved.after {
                let (now, then) = (words(&api.setting()), words(&moved.after));
                let what =
                    format!("it {now}, and {then} after the ship: somebody changed it since");
                return Err(Problem::failed(what)
                    .at(&api.name)
                    .help("look at it, and set its bundle by hand: `tyk-tui api set`")
                    .into());
            }
            let pointed = api.pointed_as(&moved.before)?;
            let bundle = pointed.uses.clone();
            let earlier = records.iter().rev().find(|it| Some(&it.bundle) == bundle.as_ref());
            let expected = Expected { bundle, hooks: earlier.map(|it| it.hooks.clone()) };
            changes.push(Change::new(api, pointed, expected));
        }
        let warnings = gone(base, &changes).await;
        Ok((record, changes, release, warnings))
    }

    /// What will be done, a line each.
    pub fn outline(&self) -> Vec<String> {
        let back = self.changes.iter().map(|change| {
            let before = match &change.uses {
                Some(name) => format!("point {} back at {name}", change.api.name),
                None => format!("have {} use no bundle again", change.api.name),
            };
            format!("{before}; now it {}", words(&change.api.setting()))
        });
        let gateway = self.base.servers.gateway();
        let reload = gateway.map(|it| format!("reload {}, and ask it what it runs", it.address()));
        let warnings = self.warnings.iter().map(|it| format!("mind: {it}"));
        back.chain(reload).chain(warnings).collect()
    }

    /// The profile's name that has to be typed first.
    pub fn production(&self) -> Option<&str> {
        self.base.plan.production()
    }

    /// Does it. Where it fails, things are put back as they are now.
    pub async fn carry_out(self, cancel: &CancellationToken) -> Result<RolledBack, Failure> {
        let Self { base, record, changes, release, .. } = self;
        if base.servers.gateway().is_some() || changes.iter().any(|it| it.api.is_remote()) {
            base.plan
                .settings
                .writes_outside("point an API at another bundle and reload the Gateway")?;
        }
        let tools = Tools {
            servers: &base.servers,
            release: &release,
            desk: &base.desk,
            board: &base.board,
            cancel,
            probe: None,
        };
        point::carry_out(&changes, &tools).await.map_err(|undone| undone.failure)?;
        if let Some(Err(problem)) = base.history().map(|history| history.roll_back(record.at)) {
            tracing::warn!("{problem}: the same ship would be taken back again");
        }
        let apis = changes.into_iter().map(|change| (change.api.name, change.uses));
        Ok(RolledBack { from: record.bundle, apis: apis.collect() })
    }
}

/// Which of the bundles the target has no more. A Gateway may have them on its disk all the same.
async fn gone(base: &Base, changes: &[Change]) -> Vec<String> {
    let there = match base.target.list().await {
        Ok(there) => there,
        Err(problem) => return vec![format!("what the target has is not known: {problem}")],
    };
    let wanted = changes.iter().filter_map(|change| change.uses.as_deref());
    let missing = wanted.filter(|name| !there.iter().any(|it| it.bundle == *name));
    let target = base.target.describe();
    missing
        .map(|name| {
            format!(
                "{target} does not have {name}: a Gateway that has not either will drop the API"
            )
        })
        .collect()
}
