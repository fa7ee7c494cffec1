//! What doctor looks at, gathered.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::Patient;
use crate::config::Settings;
use crate::domain::conf::{Conf, Environment, keys};
use crate::domain::lint::{ApiFile, ManifestFile};
use crate::domain::task::Problem;
use crate::net::http::Certificates;
use crate::services::bundle::keys::{PublicKey, SigningKey};
use crate::services::gateway::Gateway;

/// What the user wants looked at.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// API definitions that the Gateway is to serve; without any it is those that it has.
    pub apis: Vec<PathBuf>,
    /// Its tyk.conf; without one the project's, else `tyk.conf` here, where there is one.
    pub conf: Option<PathBuf>,
    /// Its address; without one that of the profile.
    pub gateway: Option<String>,
    /// A file that holds its secret; without one it is that of its settings.
    pub secret_file: Option<PathBuf>,
    /// It runs in a container.
    pub container: bool,
    /// It may be probed.
    pub probe: bool,
}

impl Patient {
    /// Gathers what is to be looked at: files are read, nothing is asked yet.
    pub fn of(wanted: &Wanted, settings: &Settings) -> Result<Self, Problem> {
        let project = &settings.project;
        let conf = conf(wanted.conf.as_deref().or(project.tyk_conf.as_deref()))?;
        let gateway = connected(wanted, settings, conf.as_ref())?;
        let signing = project.key.as_deref().and_then(|path| SigningKey::load(path, None).ok());
        let public = project.public_key.as_deref().and_then(|path| PublicKey::load(path).ok());
        let manifest = fs::read(&project.manifest).ok();
        Ok(Self {
            conf,
            gateway,
            apis: wanted.apis.iter().map(|path| api(path)).collect::<Result<_, _>>()?,
            manifest: manifest.and_then(|text| ManifestFile::open("manifest.json", text).ok()),
            signing_key: signing.map(|key| key.public()).or(public),
            server_listen: settings.server.listen.clone(),
            server_advertise: settings.server.advertise.clone(),
            host_listen: settings.host.listen.clone(),
            host_advertise: settings.host.advertise.clone(),
            version: settings.gateway.version.clone(),
            elsewhere: wanted.container,
            probe: wanted.probe,
        })
    }
}

fn connected(
    wanted: &Wanted,
    settings: &Settings,
    conf: Option<&Conf>,
) -> Result<Option<Gateway>, Problem> {
    let profile = &settings.gateway;
    let Some(address) = wanted.gateway.as_ref().or(profile.url.as_ref()) else { return Ok(None) };
    let secret = match &wanted.secret_file {
        Some(path) => Some(secret_in(path)?),
        // The profile's secret is for the profile's Gateway alone.
        None if wanted.gateway.is_none() => profile.secret.read("TYK_GW_SECRET")?,
        None => None,
    };
    // The environment is over the file there already.
    let set = || conf.map(|conf| conf.text(keys::SECRET)).filter(|text| !text.is_empty());
    let secret = secret.or_else(|| set().map(SecretString::from));
    // An address that was given is not the profile's, whose certificates were spoken of.
    let insecure = profile.insecure_tls && wanted.gateway.is_none();
    let gateway = Gateway::showing(address, secret.as_ref(), Certificates::of(insecure));
    let gateway = gateway.map_err(|error| error.problem())?;
    let health = conf.map(|conf| conf.text(keys::HEALTH_CHECK_ENDPOINT_NAME));
    Ok(Some(match health.filter(|path| !path.is_empty()) {
        Some(path) => gateway.with_health_path(&path),
        None => gateway,
    }))
}

/// The settings: of a file, with the variables of this environment over it; of these alone where there is no file.
fn conf(path: Option<&Path>) -> Result<Option<Conf>, Problem> {
    let variables = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok().filter(|name| name.starts_with("TYK_GW_"))?;
        Some((name, value.into_string().ok()?))
    });
    let environment: Environment = variables.collect();
    let file = path.unwrap_or(Path::new("tyk.conf"));
    match fs::read(file) {
        Ok(text) => {
            Conf::open(file.display().to_string(), text, environment).map(Some).map_err(|error| {
                let place = format!("{}:{}", file.display(), error.place);
                Problem::failed(format!("this tyk.conf is no JSON: {}", error.message))
                    .at(place)
                    .help("correct it: the Gateway cannot read it either")
            })
        }
        Err(error) if path.is_none() && error.kind() == ErrorKind::NotFound => {
            Ok((!environment.is_empty()).then(|| Conf::of_environment(environment)))
        }
        Err(error) => {
            Err(Problem::failed(format!("cannot read the settings: {error}")).at(file.display()))
        }
    }
}

fn secret_in(path: &Path) -> Result<SecretString, Problem> {
    let text = fs::read_to_string(path).map_err(|error| {
        Problem::failed(format!("cannot read the secret: {error}")).at(path.display())
    })?;
    Ok(text.trim().to_owned().into())
}

fn api(path: &Path) -> Result<ApiFile, Problem> {
    let file = path.display().to_string();
    let text = fs::read(path).map_err(|error| {
        Problem::failed(format!("cannot read the API definition: {error}")).at(&file)
    })?;
    ApiFile::open(file, text).map_err(|unread| Problem::failed(unread.message).at(unread.file))
}
