//! `tyk-tui verify`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Answer, output};
use crate::config::{self, Chosen, Sources};
use crate::domain::gateway_version::{Gateway, State};
use crate::domain::task::Problem;
use crate::services::bundle::keys::{KeyError, PublicKey};
use crate::services::bundle::read::Limits;
use crate::services::bundle::verify::{Signature, Verdict, verify};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle.
    bundle: PathBuf,
    /// The public key that the Gateway has as `public_key_path`; without one the signature is not looked at.
    #[arg(long, value_name = "PEM")]
    public_key: Option<PathBuf>,
    /// The Gateway's version, as in 5.3, 5.8.10, v5.15.0-alpha8; `-dev` for any [default: that of the profile, else
    /// the newest release].
    #[arg(long = "as", value_name = "VERSION", allow_hyphen_values = true)]
    gateway: Option<Gateway>,
    /// The Gateway has the bundle on its disk already, where it finds it by its name.
    #[arg(long)]
    on_disk: bool,
    /// The Gateway has `skip_verify_existing_plugin_bundle` set.
    #[arg(long, requires = "on_disk")]
    skip_verify_existing_plugin_bundle: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let key = args.public_key.as_deref().map(|path| (path, PublicKey::load(path)));
    if let Some((path, Err(error @ KeyError::Unreadable(_)))) = &key {
        return Err(error.problem(path));
    }
    let gateway = match &args.gateway {
        Some(gateway) => gateway.clone(),
        None => of_profile(chosen)?.unwrap_or_default(),
    };
    let state = args.state();
    let key = key.as_ref().map(|(_, key)| key.as_ref());
    let verdict = verify(open(&args.bundle)?, key, &gateway, state, Limits::default())
        .map_err(|error| unreadable(&args.bundle, &error))?;
    if args.json {
        output::line(json!({
            "ok": verdict.ok(),
            "gateway": gateway.name,
            "state": state.word(),
            "sound": verdict.sound,
            "checksum": verdict.checksum,
            "signature": verdict.signature,
            "problems": verdict.refusals,
            "hints": verdict.hints,
        }))?;
    } else {
        output::line(output::printable(&report(args, &gateway, state, &verdict)))?;
    }
    Ok(if verdict.ok() { Answer::Yes } else { Answer::No })
}

/// The version of the profile's Gateway, where one is chosen that has it.
fn of_profile(chosen: Chosen<'_>) -> Result<Option<Gateway>, Problem> {
    // Without a profile a bundle is judged the same in every folder.
    let Some(name) = chosen.profile else { return Ok(None) };
    let version = config::load(&Sources::here(chosen)?)?.settings.gateway.version;
    let parsed = version.map(|version| version.parse::<Gateway>()).transpose();
    parsed.map_err(|error| {
        Problem::usage(format!("gateway.version of the profile {name}: {error}"))
            .help("a release, as in 5.3 or 5.8.10")
    })
}

impl Args {
    fn state(&self) -> State {
        if self.on_disk {
            State::OnDisk { skip_verify: self.skip_verify_existing_plugin_bundle }
        } else {
            State::Fresh
        }
    }
}

/// Opens a bundle: a regular file, as its end is read first.
pub(super) fn open(path: &Path) -> Result<File, Problem> {
    // Before it is opened: opening a named pipe waits for its writer, for ever.
    let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?.file_type();
    if kind.is_dir() {
        return Err(Problem::failed("this is a folder, not a bundle")
            .at(path.display())
            .help("build a bundle of it with `tyk-tui build`"));
    }
    if !kind.is_file() {
        return Err(Problem::failed("a bundle must be a regular file, as its end is read first")
            .at(path.display())
            .help("write it to a file first"));
    }
    File::open(path).map_err(|error| unreadable(path, &error))
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::failed(format!("cannot read the bundle: {error}")).at(path.display())
}

/// What a person reads.
fn report(args: &Args, gateway: &Gateway, state: State, verdict: &Verdict) -> String {
    let (path, has_key) = (&args.bundle, args.public_key.is_some());
    let loads = match (state, verdict.ok()) {
        (State::Fresh, true) => "would load it",
        (State::Fresh, false) => "would refuse it",
        (State::OnDisk { .. }, true) => "would load it from its disk",
        (State::OnDisk { .. }, false) => "would refuse it on its disk",
    };
    let unknown = "not known";
    let stated = verdict.checksum.manifest.as_deref().map(|text| {
        if text.is_empty() { "none".to_owned() } else { text.escape_debug().to_string() }
    });
    let checksum = match &verdict.checksum.computed {
        Some(computed) if verdict.checksum.equal() => format!("right ({computed})"),
        Some(computed) => {
            format!(
                "wrong: the manifest says {}, the files are {computed}",
                stated.as_deref().unwrap_or(unknown)
            )
        }
        None => unknown.to_owned(),
    };
    let signature = match verdict.signature {
        Signature::Valid => "valid",
        Signature::Invalid => "invalid",
        Signature::Absent => "none",
        Signature::Unchecked if verdict.checksum.manifest.is_none() => unknown,
        Signature::Unchecked if has_key => "not checked: the public key is of no use to a Gateway",
        Signature::Unchecked => "not checked (give the public key with --public-key)",
    };
    let mut text = format!(
        "{}\n  Gateway       {} {loads}\n  Checksum      {checksum}\n  Signature     {signature}",
        path.display(),
        gateway.name,
    );
    for refusal in &verdict.refusals {
        let _ =
            write!(text, "\n  Problem       {}\n                {}", refusal.message, refusal.help);
    }
    for hint in &verdict.hints {
        let _ = write!(text, "\n  Hint          {hint}");
    }
    text
}
