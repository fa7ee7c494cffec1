//! Step 2: the bundle, in a folder of its own beside those that are published.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use crate::domain::task::{Problem, Progress};
use crate::services::bundle::keys::SigningKey;
use crate::services::bundle::write::{Built, Order, build as write};

/// Builds `output`, signed where there is a key. `signing` is called when the files are read and the signature is next.
pub(super) fn build(
    manifest: &Path,
    output: &Path,
    key: Option<(&SigningKey, &Path)>,
    signing: impl FnOnce() + Send,
    progress: &mut (dyn FnMut(Progress) + Send),
    cancel: &CancellationToken,
) -> Result<Built, Problem> {
    let signer = key.map(|(key, path)| -> crate::services::bundle::write::Signer<'_> {
        Box::new(move |digest| {
            signing();
            key.sign(digest).map_err(|error| error.problem(path))
        })
    });
    write(Order { manifest, output, signer, on_progress: progress, cancel })
}

/// In a few words.
pub(super) fn words(built: &Built, name: &str) -> String {
    let files = match built.files.len() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    format!("{name} · {files} · {}", size(built.bytes))
}

/// A number of bytes for people.
#[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1000.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(3482), "3.4 KiB");
        assert_eq!(size(1_048_575), "1.0 MiB");
        assert_eq!(size(64 << 20), "64.0 MiB");
    }
}
