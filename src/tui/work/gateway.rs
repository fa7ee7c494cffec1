//! The Gateway: reloads, trials, keys, definitions of files compared and put. One thing at a time; each can be given up.

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use super::{Worker, slot};
use crate::domain::api::Definition;
use crate::domain::task::Problem;
use crate::flows::keys::{self, Made};
use crate::flows::remote::{Keeper, Server};
use crate::flows::trial;
use crate::services::gateway::Gateway;
use crate::tui::message::Message;
use crate::tui::pane::apis::{GatewayNews as News, GatewayWish as Wish};

impl Worker {
    pub(super) fn gateway(&self, wish: Wish) {
        if matches!(wish, Wish::Cancel) {
            slot(&self.gateway).cancel();
            return;
        }
        let cancel = CancellationToken::new();
        *slot(&self.gateway) = cancel.clone();
        let (desk, view) = (self.desk(), self.redacted.clone());
        let allowed = what(&wish).map_or(Ok(()), |what| slot(&self.settings).writes_outside(what));
        self.with_server(Keeper::Gateway, move |server, runtime| {
            let server = allowed.and(server);
            let done = async {
                let done = done(wish, server, &desk, &*view);
                cancel.run_until_cancelled(done).await.unwrap_or(News::Cancelled)
            };
            Message::Gateway(Box::new(runtime.block_on(done)))
        });
    }
}

/// What a wish writes outside this machine.
fn what(wish: &Wish) -> Option<&'static str> {
    Some(match wish {
        Wish::Reload { .. } => "reload a Gateway",
        Wish::Try { .. } => "have a Gateway call plugins",
        Wish::Put(_) => "change an API",
        Wish::MakeKey(..) => "make a key",
        Wish::DeleteKey(_) => "delete a key",
        Wish::Revoke(_) => "revoke keys",
        Wish::Compare { .. } | Wish::ListKeys(_) | Wish::FindLeftovers | Wish::Cancel => {
            return None;
        }
    })
}

async fn done(
    wish: Wish,
    server: Result<Server, Problem>,
    desk: &crate::flows::edit::Desk,
    view: &(dyn crate::domain::object::View + Send + Sync),
) -> News {
    match wish {
        Wish::Reload { group } => News::Reloaded(group, reload(server, group).await),
        Wish::Try { text, request } => News::Tried(
            async {
                let definition = parsed(&text)?;
                trial::run(gateway(&server?)?, &request, &definition, view).await
            }
            .await,
        ),
        Wish::Compare { text, put } => {
            News::Compared(put, async { server?.prepare(&parsed(&text)?).await }.await)
        }
        Wish::Put(prepared) => {
            let put = async {
                let base = prepared.base();
                server?.put(desk, &prepared.id, &prepared.text, &base).await
            };
            let put = put.await;
            News::Pushed(prepared.id, put)
        }
        Wish::MakeKey(api, limits) => News::Made(
            async { keys::make(gateway(&server?)?, &api, "tyk-tui", limits).await.map(told) }.await,
        ),
        Wish::ListKeys(api) => {
            let listed = async {
                let mut keys = keys::list(gateway(&server?)?).await?;
                keys.retain(|key| key.opens(&api));
                Ok(keys)
            };
            let listed = listed.await;
            News::Keys(api, listed)
        }
        Wish::DeleteKey(key) => {
            let deleted = async { keys::delete(gateway(&server?)?, &key).await };
            News::Deleted(deleted.await.map(|()| key.name.shown()))
        }
        Wish::FindLeftovers => {
            News::Leftovers(async { keys::leftovers(gateway(&server?)?).await }.await)
        }
        Wish::Revoke(left) => {
            News::Revoked(async { Ok(keys::revoke(gateway(&server?)?, left).await) }.await)
        }
        Wish::Cancel => News::Cancelled,
    }
}

async fn reload(server: Result<Server, Problem>, group: bool) -> Result<(), Problem> {
    let server = server?;
    if group {
        gateway(&server)?.reload_group().await.map_err(|error| error.problem())
    } else {
        server.reload().await
    }
}

fn gateway(server: &Server) -> Result<&Gateway, Problem> {
    match server {
        Server::Gateway(gateway) => Ok(gateway),
        Server::Dashboard(_) => Err(Problem::usage("this is for a Gateway")),
    }
}

fn parsed(text: &[u8]) -> Result<Definition, Problem> {
    Definition::open(text)
        .map_err(|error| Problem::failed(format!("this is no API definition: {error}")))
}

/// A key that was made, and what to know of it.
fn told(made: Made) -> (SecretString, Vec<String>) {
    let Made { key, sent, warnings } = made;
    let ends = match jiff::Timestamp::from_second(sent.expires) {
        Ok(at) if sent.expires > 0 => format!("ends at {at}"),
        _ => "never ends: delete it when the test is over".to_owned(),
    };
    let opens = sent.access_rights.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let mut notes = vec![format!("It opens {opens} alone, and {ends}.")];
    notes.extend(warnings.iter().map(ToString::to_string));
    (key.key, notes)
}
