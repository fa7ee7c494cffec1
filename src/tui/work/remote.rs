//! APIs of the profile's Gateway and Dashboard: listed, opened, put back.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::{Worker, slot};
use crate::config::Settings;
use crate::domain::schema::Schemas;
use crate::domain::task::Problem;
use crate::flows::edit::{Base, NotSaved};
use crate::flows::remote::{Keeper, Remote, Server};
use crate::tui::message::Message;
use crate::tui::pane::apis::Brief;

/// The servers that were connected. Their secrets are read once: a command that prints one may ask its user.
#[derive(Clone, Default)]
pub(crate) struct Servers {
    connected: Arc<Mutex<BTreeMap<Keeper, Server>>>,
    /// The schemas of the Gateway, once it gave them out.
    schemas: Arc<Mutex<Schemas>>,
}

impl Servers {
    fn get(&self, keeper: Keeper, settings: &Settings) -> Result<Server, Problem> {
        if let Some(server) = slot(&self.connected).get(&keeper) {
            return Ok(server.clone());
        }
        let server = Server::required(keeper, settings)?;
        slot(&self.connected).insert(keeper, server.clone());
        Ok(server)
    }

    /// The schemas of the Gateway; none where it was not asked.
    pub(super) fn schemas(&self) -> Schemas {
        slot(&self.schemas).clone()
    }

    /// Forgets one: it is to be connected anew.
    fn forget(&self, keeper: Keeper) {
        slot(&self.connected).remove(&keeper);
    }
}

impl Worker {
    pub(super) fn list_remote(&self, keeper: Keeper) {
        self.servers.forget(keeper);
        self.with_server(keeper, move |server, worker| {
            let listed = server.and_then(|server| worker.block_on(server.list()));
            let briefs = listed.map(|listed| listed.iter().map(Brief::of).collect());
            Message::Remotes(keeper, briefs)
        });
    }

    pub(super) fn ask_schemas(&self) {
        let known = Arc::clone(&self.servers.schemas);
        self.with_server(Keeper::Gateway, move |server, worker| {
            let schemas = server.and_then(|server| worker.block_on(server.schemas()));
            if let Ok(schemas) = &schemas {
                slot(&known).clone_from(schemas);
            }
            Message::Schemas(schemas)
        });
    }

    pub(super) fn fetch(&self, remote: Remote) {
        self.with_server(remote.keeper, move |server, worker| {
            let text = server.and_then(|server| worker.block_on(server.fetch(&remote.id)));
            Message::Fetched(remote, text)
        });
    }

    pub(super) fn put(&self, remote: Remote, bytes: Vec<u8>, base: Base) {
        let desk = self.desk();
        let allowed = slot(&self.settings).writes_outside("change an API");
        self.with_server(remote.keeper, move |server, worker| {
            let put = allowed
                .and(server)
                .map_err(NotSaved::from)
                .and_then(|server| worker.block_on(server.put(&desk, &remote.id, &bytes, &base)));
            Message::Put { remote, sent: bytes, put }
        });
    }

    /// Asks a server on a thread that may wait: for the command of a secret, and for the answer.
    pub(super) fn with_server(
        &self,
        keeper: Keeper,
        work: impl FnOnce(Result<Server, Problem>, &tokio::runtime::Handle) -> Message + Send + 'static,
    ) {
        let (servers, runtime) = (self.servers.clone(), self.runtime.clone());
        let settings = Arc::clone(&self.settings);
        self.blocking(move || {
            let settings = slot(&settings).clone();
            work(servers.get(keeper, &settings), &runtime)
        });
    }
}
