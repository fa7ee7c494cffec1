//! Who is asked: the profile's Gateway or Dashboard.

use std::time::Duration;

use super::{Keeper, Remote};
use crate::config::Settings;
use crate::domain::api::Definition;
use crate::domain::task::Problem;
use crate::services::dashboard::{Dashboard, Why as DashboardWhy};
use crate::services::gateway::{Gateway, Why};

/// A Gateway or a Dashboard that can be asked.
#[derive(Clone)]
pub enum Server {
    /// A Gateway.
    Gateway(Gateway),
    /// A Dashboard.
    Dashboard(Dashboard),
}

/// An API that it has.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What it is called here.
    pub remote: Remote,
    /// Its definition, as the list has it.
    pub definition: Definition,
}

impl Server {
    /// That of the profile in force; `None` where it has none. The secret is read, which may run the command that the
    /// user's configuration names: it waits.
    pub fn of(keeper: Keeper, settings: &Settings) -> Result<Option<Self>, Problem> {
        Ok(match keeper {
            Keeper::Gateway => Gateway::of_profile(&settings.gateway)?.map(Self::Gateway),
            Keeper::Dashboard => Dashboard::of_profile(&settings.dashboard)?.map(Self::Dashboard),
        })
    }

    /// The same, where there has to be one.
    pub fn required(keeper: Keeper, settings: &Settings) -> Result<Self, Problem> {
        Self::of(keeper, settings)?.ok_or_else(|| {
            let what = match keeper {
                Keeper::Gateway => "no Gateway is connected",
                Keeper::Dashboard => "no Dashboard is connected",
            };
            let word = keeper.word();
            Problem::usage(what).help(format!(
                "choose a profile that has one (--use NAME): `url` under [use.NAME.{word}] of the configuration"
            ))
        })
    }

    /// The same, where no answer may take longer.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        match self {
            Self::Gateway(gateway) => Self::Gateway(gateway.within(limit)),
            Self::Dashboard(dashboard) => Self::Dashboard(dashboard.within(limit)),
        }
    }

    /// What it is.
    pub fn keeper(&self) -> Keeper {
        match self {
            Self::Gateway(_) => Keeper::Gateway,
            Self::Dashboard(_) => Keeper::Dashboard,
        }
    }

    /// Its address, as it is shown.
    pub fn address(&self) -> &str {
        match self {
            Self::Gateway(gateway) => gateway.address(),
            Self::Dashboard(dashboard) => dashboard.address(),
        }
    }

    /// The API of this id there.
    pub fn remote(&self, id: &str) -> Remote {
        Remote { keeper: self.keeper(), id: id.to_owned() }
    }

    /// All that it has, classic and OAS, by id. Those without an id are left out: nobody could open them.
    pub async fn list(&self) -> Result<Vec<Listed>, Problem> {
        let definitions = match self {
            Self::Gateway(gateway) => gateway.apis().await.map_err(|error| error.problem())?,
            Self::Dashboard(dashboard) => {
                dashboard.apis().await.map_err(|error| error.problem())?
            }
        };
        let listed = definitions.into_iter().filter_map(|definition| {
            let id = definition.summary().id.text();
            (!id.is_empty()).then(|| Listed { remote: self.remote(&id), definition })
        });
        let mut listed: Vec<_> = listed.collect();
        listed.sort_by(|one, other| one.remote.cmp(&other.remote));
        Ok(listed)
    }

    /// One definition, as text that people read.
    pub async fn fetch(&self, id: &str) -> Result<Vec<u8>, Problem> {
        let found = self.look(id).await?;
        found.ok_or_else(|| {
            Problem::failed(format!("{} has no API with this id", self.keeper().title()))
                .at(self.remote(id))
                .help(format!("`tyk-tui api list --{}` has all", self.keeper().word()))
        })
    }

    /// The same; `None` where it has no such API.
    pub async fn look(&self, id: &str) -> Result<Option<Vec<u8>>, Problem> {
        let found = match self {
            Self::Gateway(gateway) => match gateway.api(id).await {
                Ok(definition) => Some(definition),
                Err(error) if error.why == Why::Absent => None,
                Err(error) => return Err(error.problem()),
            },
            Self::Dashboard(dashboard) => match dashboard.api(id).await {
                Ok(definition) => Some(definition),
                Err(error) if matches!(error.why, DashboardWhy::Refused { status: 404, .. }) => {
                    None
                }
                Err(error) => return Err(error.problem()),
            },
        };
        Ok(found.map(|definition| laid_out(&definition)))
    }
}

/// A definition in lines; keys and values as they are spelt.
pub(super) fn laid_out(definition: &Definition) -> Vec<u8> {
    definition.document().pretty().into_bytes()
}
