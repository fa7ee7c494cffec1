//! Doctor: is a Gateway set up so that plugins work? Every setting that they need is looked at, and what can be tried is.

mod check;
mod checks;
mod patient;

pub use check::{Check, State};
pub use patient::Wanted;

use crate::domain::api::{Bundle, Definition};
use crate::domain::conf::{Conf, keys};
use crate::domain::gateway_version::Gateway as Version;
use crate::domain::lint::{ApiFile, Facts, ManifestFile};
use crate::domain::task::Problem;
use crate::services::bundle::keys::PublicKey;
use crate::services::gateway::{Gateway, Hello};

/// What is looked at, and how far doctor may go.
#[derive(Default)]
pub struct Patient {
    /// The Gateway's settings, where they are known.
    pub conf: Option<Conf>,
    /// The Gateway, where it can be asked.
    pub gateway: Option<Gateway>,
    /// API definitions that it is to serve.
    pub apis: Vec<ApiFile>,
    /// The project's manifest.
    pub manifest: Option<ManifestFile>,
    /// The public half of the key that the project signs with.
    pub signing_key: Option<PublicKey>,
    /// Where our plugin server listens.
    pub server_listen: String,
    /// The address that a Gateway elsewhere is given for it.
    pub server_advertise: Option<String>,
    /// Where our bundle host listens.
    pub host_listen: String,
    /// The address that a Gateway elsewhere is given for it.
    pub host_advertise: Option<String>,
    /// The Gateway's version, where it does not say it itself.
    pub version: Option<String>,
    /// The Gateway runs in a container, or elsewhere: this machine's loopback is not its own.
    pub elsewhere: bool,
    /// It may be made to fetch a bundle and call a plugin, which leaves something behind: [`LEAVES`].
    pub probe: bool,
}

/// What a probe leaves behind; to be said before.
pub const LEAVES: &str = "the probe makes the Gateway fetch a bundle and call its plugins once: the bundle stays on the \
                          Gateway's disk under its name, and a session that an auth plugin returns becomes a live key";

/// All that the checks look at.
struct Known<'a> {
    patient: &'a Patient,
    hello: Option<Hello>,
    /// What is known of it, as the rules see it.
    facts: Facts,
}

/// Looks at everything, in the order in which it matters; an error only where there is nothing to look at.
pub async fn examine(patient: &Patient) -> Result<Vec<Check>, Problem> {
    if patient.conf.is_none() && patient.gateway.is_none() {
        return Err(Problem::failed(
            "there is nothing to look at: no tyk.conf, no TYK_GW_ variable, no Gateway",
        )
        .help(
            "give --conf FILE or --gateway URL, or choose a profile that has a Gateway: --use NAME",
        ));
    }
    let mut found = Vec::new();
    let hello = checks::gateway::check(patient, &mut found).await;
    let loaded = checks::secret::check(patient, &mut found).await;
    let facts = facts(patient, hello.as_ref(), &loaded);
    let known = Known { patient, hello, facts };
    checks::settings::check(&known, &mut found);
    checks::container::check(&known, &mut found);
    checks::plugin_server::check(&known, &mut found).await;
    checks::bundles::check(&known, &mut found).await;
    checks::public_key::check(&known, &mut found);
    checks::python::check(&known, &mut found);
    checks::probe::check(&known, &mut found).await;
    Ok(found)
}

fn facts(patient: &Patient, hello: Option<&Hello>, loaded: &[Definition]) -> Facts {
    let mut apis = patient.apis.clone();
    if apis.is_empty() {
        let of_gateway = |definition: &Definition| ApiFile {
            file: format!("gateway:{}", definition.summary().id.text()),
            definition: definition.clone(),
        };
        apis = loaded.iter().map(of_gateway).collect();
    }
    Facts {
        apis,
        confs: patient.conf.iter().cloned().collect(),
        manifests: patient.manifest.iter().cloned().collect(),
        gateway: version(patient, hello),
        ..Facts::default()
    }
}

/// What the Gateway says that it is, else what the profile says.
fn version(patient: &Patient, hello: Option<&Hello>) -> Option<Version> {
    let said = hello.and_then(|hello| hello.version.parse().ok());
    said.or_else(|| patient.version.as_ref()?.parse().ok())
}

impl Known<'_> {
    fn conf(&self) -> Option<&Conf> {
        self.patient.conf.as_ref()
    }

    /// Whether this driver is used by a plugin that is known of.
    fn uses(&self, driver: &str) -> bool {
        let manifests = self.facts.manifests.iter();
        let mut manifests = manifests.map(|manifest| &manifest.manifest.custom_middleware.driver);
        manifests.any(|used| used == driver)
            || self.facts.apis.iter().any(|api| api.definition.driver().text() == driver)
    }

    /// Whether the Gateway runs where this machine's loopback is not its own.
    fn is_elsewhere(&self) -> bool {
        let is_remote = |gateway: &Gateway| {
            let host = gateway.address().split("//").nth(1).unwrap_or_default();
            !["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local))
        };
        // Who writes so has a Gateway in a container.
        let names_host = |conf: &Conf| {
            let addresses = [keys::COPROCESS_GRPC_SERVER, keys::BUNDLE_BASE_URL];
            addresses.iter().any(|key| conf.text(key).contains(checks::container::HOST))
        };
        self.patient.elsewhere
            || self.conf().is_some_and(names_host)
            || self.patient.gateway.as_ref().is_some_and(is_remote)
    }

    /// The bundles that the Gateway fetches.
    fn bundles(&self) -> Vec<String> {
        let used = self.facts.apis.iter().map(|api| api.definition.bundle());
        let mut names: Vec<String> =
            used.filter(Bundle::is_used).map(|bundle| bundle.name.text()).collect();
        names.sort();
        names.dedup();
        names
    }
}
