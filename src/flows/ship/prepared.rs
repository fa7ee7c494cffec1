//! A ship that is ready: all that can be found out before anything leaves this machine was found out.

use std::sync::Arc;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::board::Board;
use super::history::{History, Moved, Record};
use super::make::{Made, make, on_thread};
use super::point::{self, Api, Change, Expected, Servers, Tools, Undone, words};
use super::{Failure, LOCK, Plan, Shipped, download};
use crate::domain::task::{Kind, Problem};
use crate::flows::edit::Desk;
use crate::flows::target::{HOST, Pushed, Target};
use crate::net::http::Told;
use crate::services::files::Turn;

/// What a ship, or the taking back of one, is done with.
pub(super) struct Base {
    pub(super) plan: Plan,
    pub(super) board: Board,
    pub(super) servers: Servers,
    pub(super) target: Target,
    pub(super) desk: Desk,
    /// No other ship of this machine runs meanwhile.
    _turn: Option<Turn>,
}

impl Base {
    /// Waits for its turn, and reads the secrets of those who will be asked.
    pub(super) async fn new(
        plan: Plan,
        board: Board,
        cancel: &CancellationToken,
    ) -> Result<Self, Failure> {
        let turn = match &plan.here.state {
            None => None,
            Some(state) => {
                let mut step = None;
                let waits = || step = Some(board.begin_first("wait"));
                let turn = Turn::wait(state, LOCK, waits, cancel).await;
                match (turn, step) {
                    (Ok(turn), step) => {
                        if let Some(step) = step {
                            step.done("another ship of this machine has ended");
                        }
                        Some(turn)
                    }
                    (Err(problem), Some(step)) => return Err(step.failed(ended(problem))),
                    (Err(problem), None) => return Err(ended(problem)),
                }
            }
        };
        let asked = plan.clone();
        let (servers, target) = on_thread(move || {
            let target = Target::of(&asked.target, &asked.settings, &asked.here)?;
            Servers::of(&asked.settings).map(|servers| (servers, target))
        })
        .await??;
        let desk = Desk::new(plan.here.state.as_deref());
        Ok(Self { plan, board, servers, target, desk, _turn: turn })
    }

    /// Reads the definitions of these APIs.
    pub(super) async fn open(
        &self,
        apis: impl Iterator<Item = &str>,
        cancel: &CancellationToken,
    ) -> Result<Vec<Api>, Failure> {
        let mut opened = Vec::new();
        for word in apis {
            let api = tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(Failure::Cancelled),
                api = Api::open(word, &self.plan.folder, &self.servers, &self.desk) => api?,
            };
            // Said twice it is still one: the second write would find that somebody changed it.
            if !opened.iter().any(|it: &Api| it.name == api.name) {
                opened.push(api);
            }
        }
        Ok(opened)
    }

    pub(super) fn history(&self) -> Option<History> {
        let plan = &self.plan;
        let state = plan.here.state.as_deref()?;
        Some(History::new(state, &plan.folder, plan.profile.as_deref()))
    }
}

/// A ship whose bundle is built and verified, and whose APIs are read; nothing was sent yet.
pub struct Prepared {
    base: Base,
    made: Made,
    apis: Vec<Api>,
}

impl Prepared {
    pub(super) async fn new(
        plan: Plan,
        board: Board,
        cancel: &CancellationToken,
    ) -> Result<Self, Failure> {
        if plan.probe.is_some() && plan.apis.is_empty() {
            let help = "choose one by --api, or `ship_apis` of the profile";
            return Err(Problem::usage("a probe needs an API that runs the bundle")
                .help(help)
                .into());
        }
        let base = Base::new(plan, board, cancel).await?;
        let made = make(&base.plan, &base.servers, &base.board, cancel).await?;
        let step = base.board.begin("point");
        let apis = match base.open(base.plan.apis.iter().map(String::as_str), cancel).await {
            Ok(apis) => apis,
            Err(failure) => return Err(step.failed(failure)),
        };
        step.waits();
        Ok(Self { base, made, apis })
    }

    /// What will be done, a line each.
    pub fn outline(&self) -> Vec<String> {
        let Self { base, made, apis } = self;
        let gateway = base.servers.gateway().filter(|_| !apis.is_empty());
        let push = format!("push {} to {}", made.name, base.target.describe());
        let caution = base.target.caution().map(|it| format!("mind: {it}"));
        let point = apis
            .iter()
            .map(|api| format!("point {} at it; now it {}", api.name, words(&api.setting())));
        let reload = gateway.map(|it| format!("reload {}, and ask it what it runs", it.address()));
        let probe = base.plan.probe.as_ref().map(|probe| format!("send GET {}", probe.path));
        [push].into_iter().chain(caution).chain(point).chain(reload).chain(probe).collect()
    }

    /// The profile's name that has to be typed first.
    pub fn production(&self) -> Option<&str> {
        self.base.plan.production()
    }

    /// Does it. Where it fails, what was there before is put back.
    pub async fn carry_out(self, cancel: &CancellationToken) -> Result<Shipped, Failure> {
        self.may_write()?;
        let pushed = self.push(cancel).await?;
        let changes = match self.point(&pushed, cancel).await {
            Ok(changes) => changes,
            Err(Undone { failure, as_before }) => {
                self.clean_up(&pushed, as_before).await;
                return Err(failure);
            }
        };
        let Self { base, made, .. } = self;
        let record = Record {
            at: Timestamp::now(),
            target: base.target.name().to_owned(),
            bundle: pushed.bundle.clone(),
            name: made.name.clone(),
            hooks: hooks(&made),
            apis: changes
                .iter()
                .map(|change| Moved {
                    api: change.api.name.clone(),
                    before: change.api.setting(),
                    after: change.setting.clone(),
                })
                .collect(),
            rolled_back: false,
        };
        if let Some(Err(problem)) = base.history().map(|history| history.add(record)) {
            tracing::warn!("{problem}: this ship cannot be rolled back");
        }
        tracing::info!(bundle = %pushed.bundle, target = %base.target.describe(), "shipped");
        Ok(Shipped {
            name: made.name,
            path: base.target.folder().map(|folder| folder.join(&pushed.id)),
            bundle: pushed.bundle,
            target: base.target.describe(),
            checksum: made.built.manifest.checksum.clone(),
            signed: made.signed,
            files: made.built.files.len(),
            bytes: made.built.bytes,
            already_there: pushed.already_there,
            url: pushed.url,
            apis: changes.into_iter().map(|change| change.api.name).collect(),
            findings: made.findings,
        })
    }

    fn may_write(&self) -> Result<(), Problem> {
        let Self { base, apis, .. } = self;
        let settings = &base.plan.settings;
        if base.target.is_elsewhere() {
            settings.writes_outside(&format!("push to {}", base.target.describe()))?;
        }
        if !apis.is_empty() && (base.servers.gateway().is_some() || apis.iter().any(Api::is_remote))
        {
            settings.writes_outside("point an API at the bundle and reload the Gateway")?;
        }
        Ok(())
    }

    async fn push(&self, cancel: &CancellationToken) -> Result<Pushed, Failure> {
        let Self { base, made, .. } = self;
        let step = base.board.begin("push");
        let board = base.board.clone();
        let told: Told = Arc::new(move |progress| board.progress("push", progress));
        let file = &made.built.bundle;
        let mut pushed = match base.target.push(file, &made.name, Arc::clone(&told), cancel).await {
            Ok(pushed) => pushed,
            Err(problem) => return Err(step.failed(ended(problem))),
        };
        let host = base.plan.host.filter(|_| base.target.name() == HOST);
        if let Some(host) = host {
            let url = download::url(host, &pushed.bundle);
            let downloaded = tokio::select! {
                biased;
                () = cancel.cancelled() => Err(Failure::Cancelled),
                same = download::compare(&url, file, |progress| told(progress)) => same.map_err(Failure::from),
            };
            if let Err(failure) = downloaded {
                let failure = step.failed(failure);
                self.clean_up(&pushed, true).await;
                return Err(failure);
            }
            pushed.url = Some(url);
        }
        let doubt = tokio::select! {
            () = cancel.cancelled() => None,
            doubt = base.target.doubt(&pushed) => doubt,
        };
        let doubt = doubt.map(|why| format!(" · mind: {why}")).unwrap_or_default();
        let there = if pushed.already_there { "already there: " } else { "" };
        step.done(format!("{there}{} → {}{doubt}", pushed.bundle, base.target.describe()));
        Ok(pushed)
    }

    async fn point(
        &self,
        pushed: &Pushed,
        cancel: &CancellationToken,
    ) -> Result<Vec<Change>, Undone> {
        let Self { base, made, apis } = self;
        if apis.is_empty() {
            let why = "no API is chosen: `ship_apis` of the profile, or --api";
            base.board.skipped("point", why);
            base.board.skipped("reload", "");
            base.board.skipped("confirm", "");
            return Ok(Vec::new());
        }
        let expected = Expected { bundle: Some(pushed.bundle.clone()), hooks: Some(hooks(made)) };
        let changes = apis.iter().map(|api| {
            let pointed = api.pointed_at(&pushed.bundle)?;
            Ok(Change::new(api.clone(), pointed, expected.clone()))
        });
        let changes = changes.collect::<Result<Vec<_>, Problem>>().map_err(|problem| Undone {
            failure: base.board.begin("point").failed(problem),
            as_before: true,
        })?;
        let tools = Tools {
            servers: &base.servers,
            release: &made.release,
            desk: &base.desk,
            board: &base.board,
            cancel,
            probe: base.plan.probe.as_ref(),
        };
        point::carry_out(&changes, &tools).await?;
        Ok(changes)
    }

    /// Takes away again what was pushed in vain.
    async fn clean_up(&self, pushed: &Pushed, as_before: bool) {
        let Self { base, .. } = self;
        if pushed.already_there {
            base.board
                .skipped("clean up", format!("{} was there before, and stays", pushed.bundle));
        } else if as_before {
            let step = base.board.begin("clean up");
            match base.target.delete(&pushed.id, &CancellationToken::new()).await {
                Ok(()) => step.done(format!("took {} away again", pushed.bundle)),
                Err(problem) => {
                    step.failed(problem);
                }
            }
        } else {
            let why = format!("{} stays: an API may still name it", pushed.bundle);
            base.board.skipped("clean up", why);
        }
    }
}

/// How a problem ends a ship.
pub(super) fn ended(problem: Problem) -> Failure {
    if problem.kind == Kind::Interrupted { Failure::Cancelled } else { problem.into() }
}

fn hooks(made: &Made) -> Vec<String> {
    let hooks = made.built.manifest.hooks();
    let named = hooks.filter(|(_, definition)| !definition.name.is_empty());
    named.map(|(hook, definition)| format!("{} {}", hook.word(), definition.name)).collect()
}
