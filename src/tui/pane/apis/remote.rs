//! APIs of a Gateway and a Dashboard, as rows beside the files.

use super::{Api, Pane};
use crate::config::Settings;
use crate::domain::lint::{self, ApiFile, Facts};
use crate::domain::schema::Schemas;
use crate::domain::task::{Problem, Severity};
use crate::flows::edit::NotSaved;
use crate::flows::remote::{Keeper, Listed, Put, Remote};
use crate::tui::effect::Effect;
use crate::tui::location::Location;
use crate::tui::model::Effects;
use crate::tui::sheet::Reading;

/// What the list says of an API that is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Brief {
    /// Which it is.
    pub(crate) remote: Remote,
    /// Name, id, kind, listen path, driver, bundle, authentication: as the columns are.
    pub(crate) cells: [String; 7],
    /// The gravest of what is wrong with it, and how much is.
    pub(crate) wrong: Option<(Severity, usize)>,
}

impl Brief {
    /// Of a listed API.
    pub(crate) fn of(listed: &Listed) -> Self {
        let definition = &listed.definition;
        let summary = definition.summary();
        let cells = [
            summary.name.text(),
            summary.id.text(),
            definition.kind().word().to_owned(),
            summary.listen_path.text(),
            definition.driver().text(),
            definition.bundle().name.text(),
            definition.auth().words(),
        ];
        let api = ApiFile { file: listed.remote.to_string(), definition: definition.clone() };
        let findings = lint::run(&Facts { apis: vec![api], ..Facts::default() });
        let gravest = findings.iter().map(|found| found.severity).max();
        let wrong = gravest.map(|gravest| (gravest, findings.len()));
        Self { remote: listed.remote.clone(), cells, wrong }
    }
}

/// A server that the profile names.
pub(crate) struct Connection {
    /// What it is.
    pub(crate) keeper: Keeper,
    /// Its address.
    pub(crate) address: String,
    /// Any certificate of it is trusted.
    pub(crate) insecure: bool,
    /// What is known of its APIs.
    pub(crate) state: Asked,
}

/// What is known of a server's APIs.
pub(crate) enum Asked {
    /// It was not asked yet.
    Not,
    /// It is being asked.
    Now,
    /// It has these many.
    Has(usize),
    /// It did not say.
    Failed(Problem),
}

/// An API of a server that is a row.
pub(crate) struct Entry {
    /// What the list said.
    pub(crate) brief: Brief,
    /// What is being done with it.
    pub(crate) busy: Option<&'static str>,
}

impl Pane {
    /// With the servers that the profile names.
    pub(crate) fn connected(mut self, settings: &Settings) -> Self {
        self.connect(settings);
        self
    }

    /// These are the servers that the profile names.
    pub(crate) fn connect(&mut self, settings: &Settings) {
        let (gateway, dashboard) = (&settings.gateway, &settings.dashboard);
        let named = [
            (Keeper::Gateway, &gateway.url, gateway.insecure_tls),
            (Keeper::Dashboard, &dashboard.url, dashboard.insecure_tls),
        ];
        let connection = |(keeper, url, insecure): (_, &Option<String>, _)| {
            Some(Connection { keeper, address: url.clone()?, insecure, state: Asked::Not })
        };
        self.connections = named.into_iter().filter_map(connection).collect();
    }

    /// Asks the servers that were not asked yet; `anew`: all of them.
    pub(crate) fn ask_servers(&mut self, anew: bool) -> Effects {
        let mut effects = Vec::new();
        for connection in &mut self.connections {
            let wanted = match connection.state {
                Asked::Not => true,
                Asked::Now => false,
                Asked::Has(_) | Asked::Failed(_) => anew,
            };
            if wanted {
                connection.state = Asked::Now;
                effects.push(Effect::ListRemote(connection.keeper));
            }
        }
        effects
    }

    /// A server said what it has. Rows that are gone stay where they have changes that are not saved.
    pub(crate) fn listed(&mut self, keeper: Keeper, listed: Result<Vec<Brief>, Problem>) {
        let Some(connection) = self.connections.iter_mut().find(|it| it.keeper == keeper) else {
            return;
        };
        let briefs = match listed {
            Ok(briefs) => briefs,
            // What is known of them is kept: it is likely to be so still.
            Err(problem) => {
                connection.state = Asked::Failed(problem);
                return;
            }
        };
        connection.state = Asked::Has(briefs.len());
        let selected = self.selected().map(|api| api.sheet.location().clone());
        let is_of = |api: &Api| api.remote().is_some_and(|remote| remote.keeper == keeper);
        let (mut before, mut rows): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.apis).into_iter().partition(is_of);
        let mut at =
            rows.iter().take_while(|api| api.remote().is_none_or(|it| it.keeper < keeper)).count();
        for brief in briefs {
            let open = before.iter().position(|api| api.remote() == Some(&brief.remote));
            let mut api = if let Some(at) = open {
                before.remove(at)
            } else {
                let location = Location::Remote(brief.remote.clone());
                self.new_api(location, brief.remote.to_string())
            };
            let busy = api.entry.as_ref().and_then(|entry| entry.busy);
            api.entry = Some(Entry { brief, busy });
            rows.insert(at, api);
            at += 1;
        }
        for gone in before.into_iter().filter(|api| api.sheet.dirty()) {
            rows.insert(at, gone);
            at += 1;
        }
        self.apis = rows;
        self.select(selected.as_ref());
    }

    /// A definition that is not read yet.
    pub(super) fn new_api(&self, location: Location, name: String) -> Api {
        let mut api = Api::new(location, name, self.vim);
        api.schemas = self.schemas.clone().unwrap_or_default();
        api
    }

    /// The Gateway gave out its schemas: all that is open is looked at by them.
    pub(crate) fn know(&mut self, schemas: Schemas) {
        for api in &mut self.apis {
            api.schemas = schemas.clone();
            if api.sheet.is_there() {
                api.understand();
            }
        }
        self.schemas = Some(schemas);
    }

    /// Selects what is kept there, else the first.
    pub(super) fn select(&mut self, location: Option<&Location>) {
        let at = self.apis.iter().position(|api| Some(api.sheet.location()) == location);
        // Of one that is gone the next one takes the place.
        self.cursor.at = at.unwrap_or(self.cursor.at.min(self.apis.len().saturating_sub(1)));
    }

    /// Opens the selected API of a server.
    pub(crate) fn open_selected(&mut self) -> Effects {
        self.detail_focused = true;
        self.selected_mut().and_then(Api::load).unwrap_or_default()
    }

    /// Opens the API of the Gateway that has this id, unless it is open.
    pub(crate) fn open_named(&mut self, id: &str) -> Effects {
        let is_it = |api: &&mut Api| {
            let is_of_gateway = api.remote().is_some_and(|it| it.keeper == Keeper::Gateway);
            let listed = api.entry.as_ref().map(|entry| entry.brief.cells[1].as_str());
            is_of_gateway && !api.sheet.is_there() && listed == Some(id)
        };
        self.apis.iter_mut().find(is_it).and_then(Api::load).unwrap_or_default()
    }

    /// The address of a server that the profile names.
    pub(crate) fn address(&self, keeper: Keeper) -> &str {
        let connection = self.connections.iter().find(|it| it.keeper == keeper);
        connection.map(|it| it.address.as_str()).unwrap_or_default()
    }

    /// Asks anew for the APIs of servers that are open and have no changes here, and for this one whatever it has.
    pub(crate) fn reopen(&mut self, wanted: Option<&Location>) -> Effects {
        let open = |api: &&mut Api| {
            api.sheet.is_there() && !api.sheet.dirty() || Some(api.sheet.location()) == wanted
        };
        self.apis.iter_mut().filter(open).filter_map(Api::load).flatten().collect()
    }

    fn remote_mut(&mut self, remote: &Remote) -> Option<&mut Api> {
        self.apis.iter_mut().find(|api| api.remote() == Some(remote))
    }

    /// A definition came; true where changes stand here against another text there.
    pub(crate) fn fetched(&mut self, remote: &Remote, text: Result<Vec<u8>, Problem>) -> bool {
        let Some(api) = self.remote_mut(remote) else { return false };
        api.rest();
        // What is known of it stays, where the server is away for a while.
        if text.is_err() && api.sheet.is_there() {
            return false;
        }
        api.read(text.map(Some)) == Reading::Differs
    }

    /// A definition is being put back.
    pub(crate) fn putting(&mut self, remote: &Remote) {
        if let Some(entry) = self.remote_mut(remote).and_then(|api| api.entry.as_mut()) {
            entry.busy = Some("saving");
        }
    }

    /// A definition was put back, or not; what the server made of it stands here then, unless it was changed meanwhile.
    pub(crate) fn put(&mut self, remote: &Remote, sent: &[u8], put: &Result<Put, NotSaved>) {
        let Some(api) = self.remote_mut(remote) else { return };
        api.rest();
        let Ok(put) = put else { return };
        let is_as_sent = api.sheet.bytes() == sent;
        api.sheet.saved(put.now.clone());
        if is_as_sent && put.now != sent {
            api.sheet.become_saved();
        }
        api.understand();
    }
}

impl Api {
    /// Which API of a server it is; `None` where it is a file.
    pub(crate) fn remote(&self) -> Option<&Remote> {
        self.sheet.location().remote()
    }

    /// What is being done with it.
    pub(crate) fn busy(&self) -> Option<&'static str> {
        self.entry.as_ref()?.busy
    }

    fn rest(&mut self) {
        if let Some(entry) = &mut self.entry {
            entry.busy = None;
        }
    }

    /// Asks for its definition, where it is that of a server and nothing is being done with it.
    fn load(&mut self) -> Option<Effects> {
        let remote = self.remote()?.clone();
        let entry = self.entry.as_mut().filter(|entry| entry.busy.is_none())?;
        entry.busy = Some("loading");
        Some(vec![Effect::Fetch(remote)])
    }

    /// Whether it is an API of a server whose definition is not here.
    pub(crate) fn is_unopened(&self) -> bool {
        self.remote().is_some() && !self.sheet.is_there()
    }
}
