//! The Gateway and the Dashboard of the profile, as far as it has them.

use crate::config::Settings;
use crate::domain::gateway_version::Gateway as Release;
use crate::domain::task::Problem;
use crate::flows::remote::{Keeper, Server};
use crate::services::gateway::Gateway;

/// Who can be asked.
#[derive(Clone)]
pub(in crate::flows::ship) struct Servers {
    gateway: Option<Server>,
    dashboard: Option<Server>,
}

impl Servers {
    /// Those of the profile in force. Secrets are read, which may run a command of the user's: call it where that may
    /// block.
    pub(in crate::flows::ship) fn of(settings: &Settings) -> Result<Self, Problem> {
        Ok(Self {
            gateway: Server::of(Keeper::Gateway, settings)?,
            dashboard: Server::of(Keeper::Dashboard, settings)?,
        })
    }

    /// The Gateway.
    pub(in crate::flows::ship) fn gateway(&self) -> Option<&Gateway> {
        match &self.gateway {
            Some(Server::Gateway(gateway)) => Some(gateway),
            _ => None,
        }
    }

    /// Who has the API of an id that says nothing of it: the Dashboard, whose Gateway takes no definitions from others.
    pub(super) fn keeper(&self, id: &str) -> Result<Keeper, Problem> {
        if self.dashboard.is_some() {
            Ok(Keeper::Dashboard)
        } else if self.gateway.is_some() {
            Ok(Keeper::Gateway)
        } else {
            Err(Problem::usage(format!(
                "{id} is no file, and neither a Gateway nor a Dashboard is connected"
            ))
            .help("choose a profile that has one (--use NAME), or name a file"))
        }
    }

    pub(super) fn required(&self, keeper: Keeper) -> Result<&Server, Problem> {
        let server = match keeper {
            Keeper::Gateway => &self.gateway,
            Keeper::Dashboard => &self.dashboard,
        };
        server.as_ref().ok_or_else(|| {
            let (title, word) = (keeper.title(), keeper.word());
            Problem::usage(format!("{title} is not connected")).help(format!(
                "choose a profile that has it (--use NAME): `url` under [use.NAME.{word}] of the configuration"
            ))
        })
    }

    /// The release that a bundle has to suit: of the connected Gateway, by its profile, else by what it says; the newest
    /// where none is connected.
    pub(in crate::flows::ship) async fn release(
        &self,
        settings: &Settings,
    ) -> Result<Release, Problem> {
        let of = |name: &str| name.parse::<Release>();
        if let Some(version) = &settings.gateway.version {
            return of(version).map_err(|error| {
                Problem::usage(error.to_string()).help("`version` of the profile's gateway")
            });
        }
        let Some(gateway) = self.gateway() else { return Ok(Release::default()) };
        let hello = gateway.hello().await.map_err(|error| {
            let problem = error.problem();
            let help = problem.help.unwrap_or_default();
            let help = format!("{help}; or name its `version` in the profile");
            Problem { help: Some(help.trim_start_matches("; ").to_owned()), ..problem }
        })?;
        of(&hello.version).map_err(|error| {
            Problem::failed(error.to_string())
                .at(gateway.address())
                .help("name its `version` in the profile")
        })
    }
}
