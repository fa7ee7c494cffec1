//! `tyk-tui doctor`.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::json;

use super::{Answer, output, runtime};
use crate::config::{self, Settings, Sources};
use crate::domain::conf::{Conf, Environment, keys};
use crate::domain::lint::{ApiFile, ManifestFile};
use crate::domain::task::Problem;
use crate::flows::doctor::{self, Check, LEAVES, Patient, State};
use crate::services::bundle::keys::{PublicKey, SigningKey};
use crate::services::gateway::Gateway;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// API definitions that the Gateway is to serve [default: those that it has].
    apis: Vec<PathBuf>,
    /// The Gateway's tyk.conf [default: tyk.conf here]; the `TYK_GW_` variables count over it.
    #[arg(long, value_name = "FILE")]
    conf: Option<PathBuf>,
    /// The Gateway's address; its secret is that of tyk.conf, of `TYK_GW_SECRET`, or of --secret-file.
    #[arg(long, value_name = "URL")]
    gateway: Option<String>,
    /// A file that holds the Gateway's secret.
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// The Gateway runs in a container: this machine's loopback is not its own.
    #[arg(long)]
    container: bool,
    /// Have the Gateway fetch a bundle and call its plugins once: the bundle stays on its disk, and a session that an
    /// auth plugin returns becomes a live key.
    #[arg(long, requires = "gateway")]
    probe: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, profile: Option<&str>) -> Result<Answer, Problem> {
    let loaded = config::load(&Sources::here(profile)?)?;
    loaded.warnings.iter().for_each(output::warning);
    let patient = patient(args, &loaded.settings)?;
    if args.probe {
        output::notice(LEAVES);
    }
    let checks = runtime::block_on(doctor::examine(&patient))??;
    let has = |state| checks.iter().any(|check| check.state == state);
    if args.json {
        output::line(json!({"ok": !has(State::Fail) && !has(State::Unknown), "checks": checks}))?;
    } else {
        output::line(output::printable(&report(&checks)))?;
    }
    Ok(match (has(State::Fail), has(State::Unknown)) {
        (true, _) => Answer::No,
        (false, true) => Answer::Unknown,
        (false, false) => Answer::Yes,
    })
}

fn patient(args: &Args, settings: &Settings) -> Result<Patient, Problem> {
    let conf = conf(args.conf.as_deref())?;
    let gateway = connected(args, conf.as_ref())?;
    let project = &settings.project;
    let signing = project.key.as_deref().and_then(|path| SigningKey::load(path, None).ok());
    let public = project.public_key.as_deref().and_then(|path| PublicKey::load(path).ok());
    let manifest = fs::read(&project.manifest).ok();
    Ok(Patient {
        conf,
        gateway,
        apis: args.apis.iter().map(|path| api(path)).collect::<Result<_, _>>()?,
        manifest: manifest.and_then(|text| ManifestFile::open("manifest.json", text).ok()),
        signing_key: signing.map(|key| key.public()).or(public),
        server_listen: settings.server.listen.clone(),
        host_listen: settings.host.listen.clone(),
        elsewhere: args.container,
        probe: args.probe,
    })
}

fn connected(args: &Args, conf: Option<&Conf>) -> Result<Option<Gateway>, Problem> {
    let Some(address) = &args.gateway else { return Ok(None) };
    let secret = secret(args, conf)?;
    let gateway = Gateway::new(address, secret.as_ref()).map_err(|error| error.problem())?;
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

fn secret(args: &Args, conf: Option<&Conf>) -> Result<Option<SecretString>, Problem> {
    if let Some(path) = &args.secret_file {
        let text = fs::read_to_string(path).map_err(|error| {
            Problem::failed(format!("cannot read the secret: {error}")).at(path.display())
        })?;
        return Ok(Some(text.trim().to_owned().into()));
    }
    // The environment is over the file there already.
    let text = conf.map(|conf| conf.text(keys::SECRET)).filter(|text| !text.is_empty());
    Ok(text.map(SecretString::from))
}

fn api(path: &Path) -> Result<ApiFile, Problem> {
    let file = path.display().to_string();
    let text = fs::read(path).map_err(|error| {
        Problem::failed(format!("cannot read the API definition: {error}")).at(&file)
    })?;
    ApiFile::open(file, text).map_err(|unread| Problem::failed(unread.message).at(unread.file))
}

/// What a person reads.
fn report(checks: &[Check]) -> String {
    let mut text = String::new();
    for check in checks {
        let mark = match check.state {
            State::Ok => '✓',
            State::Warn => '⚠',
            State::Fail => '✗',
            State::Unknown => '?',
            State::Skipped => '-',
        };
        let place = check.place.as_ref().map(|place| format!("  ({place})")).unwrap_or_default();
        let _ = writeln!(text, "{mark} {}: {}{place}", check.id, check.found);
        if let Some(expected) = &check.expected {
            let _ = writeln!(text, "    should be  {expected}");
        }
        if let Some(change) = &check.change {
            let _ = writeln!(text, "    change     {change}");
        }
    }
    let wrong = checks.iter().filter(|check| check.state == State::Fail).count();
    let unknown = checks.iter().filter(|check| check.state == State::Unknown).count();
    let _ =
        write!(text, "{} looked at, {wrong} wrong, {unknown} could not be found out", checks.len());
    text
}
