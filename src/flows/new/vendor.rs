//! What a plugin brings with it: `PyJWT`, by the user's own pip.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::domain::json::{Document, Trailing};
use crate::domain::manifest::change;
use crate::domain::task::Problem;
use crate::services::files::{self, LARGEST, Mode, Tree};

/// What is run, as one types it in the project's folder.
pub const COMMAND: &str = "python3 -m pip install --target vendor 'PyJWT==2.*'";

/// Runs pip in the project's folder and adds what it brought to the manifest's `file_list`; says how many files.
pub fn vendor(folder: &Path) -> Result<usize, Problem> {
    let failed = |what: String| {
        let help = format!("run it yourself: {COMMAND}; then `tyk-tui manifest add-file vendor`");
        Problem::failed(what).at(folder.display()).help(help)
    };
    // Python looks for modules where it is started: in an empty folder nobody's `pip.py` is run in pip's place.
    let empty =
        tempfile::tempdir().map_err(|error| failed(format!("cannot make a folder: {error}")))?;
    let target = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()).join("vendor");
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--target"]).arg(target).arg("PyJWT==2.*");
    let ran = pip.current_dir(empty.path()).stdin(Stdio::null()).output();
    let ran = ran.map_err(|error| failed(format!("cannot run python3: {error}")))?;
    if !ran.status.success() {
        let said = String::from_utf8_lossy(&ran.stderr);
        let last =
            said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it does not say why");
        return Err(failed(format!("pip failed: {last}")));
    }
    let brought: Vec<String> =
        Tree::below(folder, "vendor").files().map(|file| file.name.clone()).collect();
    if brought.is_empty() {
        return Err(failed("pip brought no file".to_owned()));
    }
    let manifest = folder.join("manifest.json");
    let text = files::read(&manifest, LARGEST, "cannot read the manifest")?;
    let changed = Document::parse_after_mark(&text, Trailing::Ignored)
        .map_err(|error| error.to_string())
        .and_then(|document| {
            let edit = change::add_files(&document, &brought).map_err(|error| error.to_string())?;
            Ok(edit.apply(document.source()))
        })
        .map_err(failed)?;
    files::write(&manifest, &changed, Mode::Kept, "the manifest")?;
    Ok(brought.len())
}
