//! `tyk-tui keygen`.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Answer, output};
use crate::domain::task::Problem;
use crate::services::bundle::keys::{GOOD_BITS, KeyError, SigningKey};
use crate::services::files::{Atomic, Mode};

/// The largest key that is made: beyond it making one takes minutes, and nothing is gained.
const MAX_BITS: usize = 8192;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The files are PREFIX.pem (private, PKCS#8) and PREFIX.pub.pem (public, for the Gateway).
    #[arg(short, long, value_name = "PREFIX", default_value = "tyk-bundle")]
    output: PathBuf,
    /// The key's size: 2048 or more.
    #[arg(long, value_name = "N", default_value_t = GOOD_BITS)]
    bits: usize,
    /// Replace files that exist: what the old key signed then verifies with no key of yours.
    #[arg(long)]
    force: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    if !(GOOD_BITS..=MAX_BITS).contains(&args.bits) {
        return Err(Problem::usage(format!("a key of {} bits is not made", args.bits))
            .help(format!("take {GOOD_BITS} (what Gateways are used with) to {MAX_BITS} bits")));
    }
    if args.output.file_name().is_none() || args.output.to_string_lossy().ends_with('/') {
        return Err(Problem::usage("the prefix names no file")
            .at(args.output.display())
            .help("name the files' beginning: -o keys/tyk-bundle"));
    }
    let private = suffixed(&args.output, ".pem");
    let public = suffixed(&args.output, ".pub.pem");
    if !args.force {
        for path in [&private, &public] {
            refuse_existing(path)?;
        }
    }
    if args.bits > 3072 && std::io::stderr().is_terminal() {
        output::notice(format_args!("making a key of {} bits; this takes a while", args.bits));
    }
    let broken = |error: KeyError| error.problem(&private);
    let label = private.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let key = SigningKey::generate(args.bits, label).map_err(broken)?;
    let halves = (key.to_pem().map_err(broken)?, key.public().to_pem().map_err(broken)?);
    write_pair((&private, halves.0.as_bytes()), (&public, halves.1.as_bytes()), args.force)?;
    let public_path = std::path::absolute(&public).unwrap_or_else(|_| public.clone());
    output::line(if args.json {
        json!({
            "private_key": private.to_string_lossy(),
            "public_key": public.to_string_lossy(),
            "bits": key.bits(),
            "fingerprint": key.fingerprint(),
            "tyk_conf": { "public_key_path": public_path.to_string_lossy() },
        })
        .to_string()
    } else {
        format!(
            "Private key  {}  ({} bits, PKCS#8, readable by you alone: keep it)\n\
             Public key   {}\n\
             Fingerprint  {}\n\
             Sign         tyk-tui build --key {}\n\
             tyk.conf     \"public_key_path\": {}",
            private.display(),
            key.bits(),
            public.display(),
            key.fingerprint(),
            private.display(),
            json!(public_path.to_string_lossy()),
        )
    })?;
    Ok(Answer::Yes)
}

/// The prefix with something behind it, whatever bytes it consists of.
fn suffixed(prefix: &Path, suffix: &str) -> PathBuf {
    let mut path = prefix.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

/// A link that leads nowhere counts as there.
fn refuse_existing(path: &Path) -> Result<(), Problem> {
    match path.symlink_metadata() {
        Ok(_) => Err(Problem::failed("exists already, and a key is not overwritten")
            .at(path.display())
            .help("choose another prefix with -o, or replace both files with --force")),
        Err(_) => Ok(()),
    }
}

/// Both files or none: they are written beside their places first, and take them together.
fn write_pair(
    (private, private_pem): (&Path, &[u8]),
    (public, public_pem): (&Path, &[u8]),
    force: bool,
) -> Result<(), Problem> {
    let mut first = Atomic::create(private, Mode::Private, "the private key")?;
    let mut second = Atomic::create(public, Mode::Shared, "the public key")?;
    first.write_all(private_pem).map_err(|error| first.failed(&error))?;
    second.write_all(public_pem).map_err(|error| second.failed(&error))?;
    if force {
        first.commit()?;
        return second.commit();
    }
    first.commit_new()?;
    second.commit_new().inspect_err(|_| {
        // The private key that was just put there has no public one: it was never anyone's.
        let _ = std::fs::remove_file(private);
    })
}
