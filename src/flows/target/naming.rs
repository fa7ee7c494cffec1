//! The name that a bundle is published under, where only its file is there.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::config::Settings;
use crate::domain::bundle::{published_name, published_parts};
use crate::domain::task::Problem;
use crate::services::bundle::inspect::{InspectError, hash8};
use crate::services::bundle::read::Limits;
use crate::services::files;

/// `{name}-{hash8}.zip` for a bundle: by the `name` that is given, else by its file's where that is such a name already, else
/// by the project's. The whole file is read: call it where that may block.
pub fn name_of(
    file: &Path,
    name: Option<&str>,
    settings: &Settings,
    folder: &Path,
) -> Result<String, Problem> {
    let facts = std::fs::metadata(file)
        .map_err(|error| files::problem("cannot read the bundle", file, &error))?;
    // Before it is opened: opening a named pipe waits for its writer.
    if !facts.is_file() {
        return Err(Problem::failed("this is no regular file, so no bundle").at(file.display()));
    }
    let bundle =
        File::open(file).map_err(|error| files::problem("cannot read the bundle", file, &error))?;
    let hash8 = hash8(bundle, Limits::default()).map_err(|error| match error {
        InspectError::Io(error) => files::problem("cannot read the bundle", file, &error),
        InspectError::Zip(error) => Problem::no(error.to_string())
            .at(file.display())
            .help("a bundle is a zip: build one with `tyk-tui build`"),
    })?;
    let hash8 = hash8.ok_or_else(|| {
        Problem::no("a file in the bundle has a name that is no UTF-8").at(file.display())
    })?;
    let own = file.file_name().and_then(|own| own.to_str()).and_then(published_parts);
    let own = own.filter(|(_, hash)| *hash == hash8).map(|(name, _)| name.to_owned());
    let name = name.map(str::to_owned).or(own).or_else(|| settings.project.bundle_name(folder));
    let name = name.ok_or_else(|| {
        Problem::usage("the bundle needs a name to be published under")
            .help("give --name NAME, or `name` under [project] of tyk-tui.toml")
    })?;
    Ok(published_name(&name, &hash8))
}

/// The file that a fetched bundle is written to where none is named: its id, which is no path here.
pub fn file_name(id: &str) -> Result<PathBuf, Problem> {
    let last = id.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || matches!(last, "." | "..") || last.contains(['\\', '\0']) {
        return Err(Problem::usage(format!("{id:?} makes no file name")).help("give -o FILE"));
    }
    let zip = last.to_ascii_lowercase().ends_with(".zip");
    Ok(PathBuf::from(if zip { last.to_owned() } else { format!("{last}.zip") }))
}
