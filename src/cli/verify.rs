//! `tyk-tui verify`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Answer, output};
use crate::domain::gateway_version::GATEWAY_5_14;
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
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let key = args.public_key.as_deref().map(|path| (path, PublicKey::load(path)));
    if let Some((path, Err(error @ KeyError::Unreadable(_)))) = &key {
        return Err(error.problem(path));
    }
    let verdict = verify(
        open(&args.bundle)?,
        key.as_ref().map(|(_, key)| key.as_ref()),
        &GATEWAY_5_14,
        Limits::default(),
    )
    .map_err(|error| unreadable(&args.bundle, &error))?;
    if args.json {
        output::line(json!({
            "ok": verdict.ok(),
            "sound": verdict.sound,
            "checksum": verdict.checksum,
            "signature": verdict.signature,
            "problems": verdict.refusals,
        }))?;
    } else {
        output::line(output::printable(&report(&args.bundle, &verdict)))?;
    }
    Ok(if verdict.ok() && verdict.sound { Answer::Yes } else { Answer::No })
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
fn report(path: &Path, verdict: &Verdict) -> String {
    let release = GATEWAY_5_14.release;
    let loads = if verdict.ok() { "would load it" } else { "would refuse it" };
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
        Signature::Unchecked => "not checked (give the public key with --public-key)",
    };
    let mut text = format!(
        "{}\n  Gateway {release}  {loads}\n  Checksum      {checksum}\n  Signature     {signature}",
        path.display(),
    );
    for refusal in &verdict.refusals {
        let _ =
            write!(text, "\n  Problem       {}\n                {}", refusal.message, refusal.help);
    }
    text
}
