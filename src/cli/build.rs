//! `tyk-tui build`.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::passphrase::Passphrase;
use super::runtime::{Stop, block_on};
use super::{Answer, output};
use crate::domain::lint::Finding;
use crate::domain::task::{Problem, Progress, Severity};
use crate::services::bundle::keys::SigningKey;
use crate::services::bundle::write::{Built, Order, Signer, build};
use crate::services::files::heed_limits;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The manifest; its files are looked for in its folder.
    #[arg(short, long, value_name = "FILE", default_value = "manifest.json")]
    manifest: PathBuf,
    /// The bundle to write.
    #[arg(short, long, value_name = "FILE", default_value = "bundle.zip")]
    output: PathBuf,
    /// Sign with this private key (RSA: PKCS#1, PKCS#8 or OpenSSH); wins over --skip-signing.
    #[arg(short, long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Leave the bundle unsigned, and do not ask.
    #[arg(short = 'y', long)]
    skip_signing: bool,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    if let Some(key) = &args.key {
        spare(key, &args.output)?;
    }
    let key = match &args.key {
        Some(path) => Some(args.passphrase.load(path)?),
        None if args.skip_signing => None,
        None => {
            confirm_unsigned()?;
            None
        }
    };
    if let Some(warning) = key.as_ref().and_then(SigningKey::warning) {
        output::warning(&Problem::failed(warning));
    }
    let built = build_interruptibly(args, key)?;
    for finding in &built.findings {
        print_finding(args, finding);
    }
    if args.json {
        output::line(serde_json::json!({
            "bundle": built.bundle.display().to_string(),
            "checksum": built.manifest.checksum,
            "signature": built.manifest.signature,
            "files": built.files,
            "bytes": built.bytes,
        }))?;
    } else {
        let signed = if built.manifest.signature.is_empty() { "unsigned" } else { "signed" };
        let files = match built.files.len() {
            0 => "no files".to_owned(),
            1 => "1 file".to_owned(),
            many => format!("{many} files"),
        };
        output::line(format!(
            "Wrote {} ({} bytes, {files}, {signed}, checksum {})",
            built.bundle.display(),
            built.bytes,
            built.manifest.checksum
        ))?;
    }
    Ok(Answer::Yes)
}

/// The bundle must not take the place of the key: there may be no other copy of it.
fn spare(key: &Path, output: &Path) -> Result<(), Problem> {
    match (key.canonicalize(), output.canonicalize()) {
        (Ok(key), Ok(output)) if key == output => {}
        _ => return Ok(()),
    }
    Err(Problem::usage("the bundle would replace the key that signs it")
        .at(output.display())
        .help("name another file with --output"))
}

/// Asks as the reference tool does, which takes an answer that begins with `y` for yes.
fn confirm_unsigned() -> Result<(), Problem> {
    const HELP: &str = "sign it with --key FILE, or leave it unsigned with --skip-signing";
    if !std::io::stdin().is_terminal() {
        return Err(Problem::usage(
            "the bundle would be unsigned, and there is no terminal to ask on",
        )
        .help(HELP));
    }
    draw(format_args!("The bundle will be unsigned, type \"y\" or \"yes\" to confirm: "));
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.map_err(|error| Problem::failed(format!("cannot read the answer: {error}")))?;
    if answer.starts_with('y') {
        return Ok(());
    }
    Err(Problem::no("not confirmed; no bundle was written").help(HELP))
}

/// Builds on a thread of its own, so that ctrl-c and SIGTERM stop it and nothing stays behind.
fn build_interruptibly(args: &Args, key: Option<SigningKey>) -> Result<Built, Problem> {
    let cancel = CancellationToken::new();
    block_on(async {
        heed_limits();
        let mut stop = Stop::listen()?;
        let mut work = tokio::task::spawn_blocking({
            let (manifest, output, cancel) =
                (args.manifest.clone(), args.output.clone(), cancel.clone());
            let key_path = args.key.clone().unwrap_or_default();
            move || {
                let mut meter = Meter::new();
                let signer = key.as_ref().map(|key| -> Signer<'_> {
                    Box::new(|digest| key.sign(digest).map_err(|error| error.problem(&key_path)))
                });
                let built = build(Order {
                    manifest: &manifest,
                    output: &output,
                    signer,
                    on_progress: &mut |progress| meter.show(progress),
                    cancel: &cancel,
                });
                meter.clear();
                built
            }
        });
        let done = tokio::select! {
            done = &mut work => done,
            () = stop.asked() => {
                cancel.cancel();
                work.await
            }
        };
        done.map_err(|error| Problem::failed(format!("the build ended on its own: {error}")))?
    })?
}

/// Progress on standard error, where that is a terminal, and only for what takes a while.
struct Meter {
    on: bool,
    began: Instant,
    shown: Option<Instant>,
}

impl Meter {
    fn new() -> Self {
        Self { on: std::io::stderr().is_terminal(), began: Instant::now(), shown: None }
    }

    fn show(&mut self, progress: Progress) {
        const PATIENCE: Duration = Duration::from_millis(300);
        const PERIOD: Duration = Duration::from_millis(100);
        let due = match self.shown {
            None => self.began.elapsed() >= PATIENCE,
            Some(shown) => shown.elapsed() >= PERIOD,
        };
        if !self.on || !due {
            return;
        }
        self.shown = Some(Instant::now());
        let total = progress.total.unwrap_or_default().max(1);
        let percent = progress.done.min(total) * 100 / total;
        let (done, total) = (progress.done >> 20, total >> 20);
        draw(format_args!("\r  building: {percent:3} %  {done} of {total} MiB\x1b[K"));
    }

    fn clear(&self) {
        if self.shown.is_some() {
            draw(format_args!("\r\x1b[K"));
        }
    }
}

/// Draws on standard error; a terminal that went away is no reason to end the build.
fn draw(text: std::fmt::Arguments<'_>) {
    let mut stderr = std::io::stderr().lock();
    let _ = stderr.write_fmt(text).and_then(|()| stderr.flush());
}

fn print_finding(args: &Args, finding: &Finding) {
    // It was built, so nothing here is more than a warning.
    let word = if finding.severity == Severity::Hint { "hint" } else { "warning" };
    let place = finding.place.map_or_else(String::new, |place| format!(":{place}"));
    output::remark(format_args!("{}{place}: {word}: {}", args.manifest.display(), finding.message));
}
