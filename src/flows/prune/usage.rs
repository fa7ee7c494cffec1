//! Which APIs use which bundles: those of the profile's Gateway and Dashboard, and of the project's files; and what a
//! rollback would go back to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::config::Settings;
use crate::domain::api::Definition;
use crate::domain::task::Problem;
use crate::flows::remote::{Keeper, Server};
use crate::flows::ship;
use crate::flows::target::Stored;
use crate::services::files;

/// The largest definition of a file that is looked at, in bytes.
const LARGEST: u64 = 16 << 20;

/// What needs a bundle that no API names any more.
const ROLLBACK: &str = "ship --rollback";

/// Whom to ask.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The settings in force: Gateway, Dashboard, API definitions.
    pub settings: Settings,
    /// The project's folder.
    pub folder: PathBuf,
    /// The state directory, with the history of ships.
    pub state: Option<PathBuf>,
}

/// An API that names a bundle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct User {
    /// What it is called here: `gateway:orders`, or its file.
    pub api: String,
    /// Its name.
    pub name: String,
    /// Its switch is on. It counts where it is off, too: somebody may put it on again.
    pub is_on: bool,
}

/// What was found out about the use of bundles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// By the last part of the bundle's name: what stands before it hangs on the Gateway's `bundle_base_url`.
    users: BTreeMap<String, Vec<User>>,
    /// Who was asked: `the Gateway http://…`.
    asked: Vec<String>,
}

impl Usage {
    /// Asks everybody who knows APIs; one who does not answer is an error, as half of the truth would be taken for the
    /// whole.
    pub async fn ask(asking: &Asking) -> Result<Self, Problem> {
        let mut usage = Self::default();
        for keeper in Keeper::ALL {
            // It reads the secret, which may run a command.
            let of = asking.settings.clone();
            let server = tokio::task::spawn_blocking(move || Server::of(keeper, &of)).await;
            let server = server.map_err(|error| {
                Problem::failed(format!("reading the secret ended half way: {error}"))
            })??;
            let Some(server) = server else { continue };
            for listed in server.list().await? {
                usage.add(&listed.remote.to_string(), &listed.definition);
            }
            usage.asked.push(format!("{} {}", keeper.title(), server.address()));
        }
        usage.look(asking)?;
        usage.remember(asking)?;
        for users in usage.users.values_mut() {
            users.sort();
        }
        Ok(usage)
    }

    /// Whether a Gateway or a Dashboard answered. Where none did, nobody knows what is in use.
    pub fn is_known(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Who was asked.
    pub fn asked(&self) -> &[String] {
        &self.asked
    }

    /// The APIs that use a bundle.
    pub fn of(&self, stored: &Stored) -> &[User] {
        self.users.get(last_part(&stored.bundle)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The project's own definitions: one that is not deployed yet may be, with the bundle that it names.
    fn look(&mut self, asking: &Asking) -> Result<(), Problem> {
        const CANNOT: &str = "cannot read the API definition";
        for path in asking.settings.apis.0.files()? {
            let text = files::read(&path, LARGEST, CANNOT)?;
            // One that is being written may not be readable yet, and names no bundle that a Gateway has from it.
            if let Ok(definition) = Definition::open(&text) {
                let short = path.strip_prefix(&asking.folder).unwrap_or(&path);
                self.add(&short.display().to_string(), &definition);
            }
        }
        Ok(())
    }

    /// Without it a rollback would leave an API that no Gateway can load.
    fn remember(&mut self, asking: &Asking) -> Result<(), Problem> {
        let Some(state) = &asking.state else { return Ok(()) };
        for name in ship::needed(state)? {
            let user = User { api: ROLLBACK.to_owned(), name: String::new(), is_on: true };
            self.users.entry(last_part(&name).to_owned()).or_default().push(user);
        }
        Ok(())
    }

    fn add(&mut self, api: &str, definition: &Definition) {
        let bundle = definition.bundle();
        let user = User {
            api: api.to_owned(),
            name: definition.summary().name.text(),
            is_on: bundle.switch.is_on(),
        };
        // Pre-releases of 5.15 split it at commas.
        for name in bundle.name.text().split(',') {
            let name = last_part(name);
            if !name.is_empty() {
                self.users.entry(name.to_owned()).or_default().push(user.clone());
            }
        }
    }
}

fn last_part(name: &str) -> &str {
    name.trim().rsplit('/').next().unwrap_or_default()
}

impl std::fmt::Display for User {
    /// `gateway:orders`, with a word where its switch is off.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.api, if self.is_on { "" } else { " (off)" })
    }
}
