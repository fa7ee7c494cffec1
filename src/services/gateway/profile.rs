//! The Gateway of a profile.

use super::Gateway;
use crate::config;
use crate::domain::task::Problem;
use crate::net::http::Certificates;

impl Gateway {
    /// That of the profile in force, with its secret; `None` where the profile has none.
    pub fn of_profile(profile: &config::Gateway) -> Result<Option<Self>, Problem> {
        let Some(address) = &profile.url else { return Ok(None) };
        let secret = profile.secret.read("TYK_GW_SECRET")?;
        let certificates = Certificates::of(profile.insecure_tls);
        let gateway = Self::showing(address, secret.as_ref(), certificates);
        gateway.map(Some).map_err(|error| error.problem())
    }
}
