//! The Dashboard of a profile.

use super::Dashboard;
use crate::config;
use crate::domain::task::Problem;
use crate::net::http::Certificates;

impl Dashboard {
    /// That of the profile in force, with the user's key; `None` where the profile has none.
    pub fn of_profile(profile: &config::Dashboard) -> Result<Option<Self>, Problem> {
        let Some(address) = &profile.url else { return Ok(None) };
        let key = profile.key.read("TYK_DB_KEY")?;
        let certificates = Certificates::of(profile.insecure_tls);
        let dashboard = Self::showing(address, key.as_ref(), certificates);
        dashboard.map(Some).map_err(|error| error.problem())
    }
}
