//! Ships, and takes a ship back.

use secrecy::SecretString;
use tokio::sync::{oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::{Worker, slot};
use crate::domain::task::{Problem, Step};
use crate::flows::ship::{self, Failure, Plan, PluginServer, Probe};
use crate::flows::target::Here;
use crate::services::host;
use crate::tui::message::Message;

/// How the ship under way is steered.
#[derive(Default)]
pub(crate) struct Helm {
    cancel: CancellationToken,
    /// It waits for this before anything leaves the machine.
    go_on: Option<oneshot::Sender<()>>,
}

impl Worker {
    pub(super) fn ship(&self, passphrase: Option<SecretString>, probe: Option<String>) {
        let plan = self.plan().map(|plan| match passphrase {
            Some(passphrase) => plan.with_passphrase(passphrase),
            None => plan,
        });
        let plan = plan.map(|plan| match probe {
            Some(path) => plan.probing(Probe { path, server: self.plugin_server() }),
            None => plan,
        });
        let (cancel, go_on) = self.helm();
        let messages = self.messages.clone();
        self.steered(move |steps| async move {
            let shipped = async {
                let prepared = ship::prepare(plan?, steps, &cancel).await?;
                if let Some(profile) = prepared.production() {
                    let (outline, profile) = (prepared.outline(), Some(profile.to_owned()));
                    let _ = messages.send(Message::ShipAsks { outline, profile });
                    answered(go_on, &cancel).await?;
                }
                prepared.carry_out(&cancel).await
            };
            Message::Shipped(Box::pin(shipped).await.map(Box::new))
        });
    }

    pub(super) fn roll_back(&self) {
        let plan = self.plan();
        let (cancel, go_on) = self.helm();
        let messages = self.messages.clone();
        self.steered(move |steps| async move {
            let rolled_back = async {
                let prepared = ship::rollback(plan?, steps, &cancel).await?;
                let profile = prepared.production().map(str::to_owned);
                let outline = prepared.outline();
                let _ = messages.send(Message::ShipAsks { outline, profile });
                answered(go_on, &cancel).await?;
                prepared.carry_out(&cancel).await
            };
            Message::RolledBack(rolled_back.await)
        });
    }

    pub(super) fn cancel_ship(&self) {
        slot(&self.ship).cancel.cancel();
    }

    pub(super) fn go_on(&self) {
        let go_on = slot(&self.ship).go_on.take();
        // One that was cancelled meanwhile waits no more.
        let _ = go_on.map(|go_on| go_on.send(()));
    }

    fn plan(&self) -> Result<Plan, Problem> {
        let settings = slot(&self.settings).clone();
        let sources = self.sources.as_ref();
        let paths = sources.and_then(|sources| sources.paths.as_ref());
        // The host's folder is where this console's host has it.
        let here =
            Here { bundles: self.bundles.clone(), ..Here::of(&self.folder, &settings, paths) };
        let plan = Plan::for_project(&self.folder, &settings, &here)?
            .under(sources.and_then(|sources| sources.profile.as_deref()));
        let host = slot(&self.host).as_ref().map(host::Running::address);
        Ok(match host {
            Some(host) => plan.confirmed_at(host),
            None => plan,
        })
    }

    fn plugin_server(&self) -> PluginServer {
        // What one that it looks at captures comes into the same capture.
        if slot(&self.server).is_some() || slot(&self.elsewhere).is_some() {
            PluginServer::Ours(self.capture.clone())
        } else {
            PluginServer::Other("the plugin server does not run".to_owned())
        }
    }

    fn helm(&self) -> (CancellationToken, oneshot::Receiver<()>) {
        let cancel = CancellationToken::new();
        let (sender, receiver) = oneshot::channel();
        *slot(&self.ship) = Helm { cancel: cancel.clone(), go_on: Some(sender) };
        (cancel, receiver)
    }

    /// Runs it, telling where its steps stand.
    fn steered<F>(&self, work: impl FnOnce(watch::Sender<Vec<Step>>) -> F)
    where
        F: Future<Output = Message> + Send + 'static,
    {
        let (steps, mut seen) = watch::channel(Vec::new());
        let (messages, told) = (self.messages.clone(), self.messages.clone());
        let teller = self.runtime.spawn(async move {
            while seen.changed().await.is_ok() {
                let steps = seen.borrow_and_update().clone();
                let _ = told.send(Message::Shipping(steps));
            }
        });
        let work = work(steps);
        self.runtime.spawn(async move {
            let ended = work.await;
            // The last state of the steps comes before the end.
            let _ = teller.await;
            let _ = messages.send(ended);
        });
    }
}

/// Waits for the user's word.
async fn answered(go_on: oneshot::Receiver<()>, cancel: &CancellationToken) -> Result<(), Failure> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Failure::Cancelled),
        answer = go_on => answer.map_err(|_| Failure::Cancelled),
    }
}
