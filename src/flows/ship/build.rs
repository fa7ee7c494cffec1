//! Step 2: the bundle, in a temporary folder of its own.

use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::{Board, Failure, Plan};
use crate::domain::task::{Problem, Progress, size};
use crate::services::bundle::keys::SigningKey;
use crate::services::bundle::write::{Built, Order, Signer, build as write};

/// Builds the bundle, signed where there is a key. It lies in the folder that is returned, and goes with it; where it was signed, the time that took comes too.
pub(super) fn build(
    plan: &Plan,
    key: Option<&(SigningKey, &Path)>,
    board: &Board,
    cancel: &CancellationToken,
) -> Result<(TempDir, Built, Option<Duration>), Failure> {
    let making = TempDir::with_prefix("tyk-tui-ship-").map_err(|error| {
        Problem::failed(format!("cannot make a temporary folder: {error}"))
            .at(std::env::temp_dir().display())
            .help("set TMPDIR to a folder with room for the bundle")
    })?;
    let output = making.path().join("bundle.zip");
    let mut signed_in = None;
    let timer = &mut signed_in;
    let signer = key.map(|(key, path)| -> Signer<'_> {
        Box::new(move |digest| {
            let begun = Instant::now();
            let signature = key.sign(digest).map_err(|error| error.problem(path))?;
            *timer = Some(begun.elapsed());
            Ok(signature)
        })
    });
    let built = write(Order {
        manifest: &plan.manifest,
        output: &output,
        signer,
        on_progress: &mut |progress: Progress| board.progress("build", progress),
        cancel,
    });
    if cancel.is_cancelled() {
        return Err(Failure::Cancelled);
    }
    Ok((making, built?, signed_in))
}

/// In a few words.
pub(super) fn words(built: &Built, name: &str) -> String {
    let files = match built.files.len() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    format!("{name} · {files} · {}", size(built.bytes))
}
