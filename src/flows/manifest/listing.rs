//! Files as a `file_list` names them.

use std::path::{Path, PathBuf};

use crate::domain::bundle::{FILE_NAME, clean};
use crate::domain::task::Problem;
use crate::services::files::{self, Tree};

/// The files at a path, by the names that the `file_list` of this manifest has for them: a file, or all files of a
/// folder, sorted, but for those that are surely in no bundle.
pub fn files_at(manifest: &Path, file: &Path) -> Result<Vec<String>, Problem> {
    let cannot = "cannot list it";
    let real = file.canonicalize().map_err(|error| files::problem(cannot, file, &error))?;
    let folder = real_folder(manifest)?;
    let outside = || {
        Problem::usage(
            "it is outside the manifest's folder: a bundle has files of that folder alone",
        )
        .at(file.display())
        .help(format!("copy it into {} and add it from there", folder.display()))
    };
    if !real.starts_with(&folder) {
        return Err(outside());
    }
    if real.is_dir() {
        return files_of(&folder, &real);
    }
    let name = name_of(manifest, file).ok_or_else(outside)?;
    if name == FILE_NAME || manifest.canonicalize().is_ok_and(|manifest| manifest == real) {
        return Err(Problem::usage("it is the manifest, which is in every bundle, last")
            .at(file.display())
            .help("leave it out of file_list: a checksum over it cannot hold"));
    }
    if !real.is_file() {
        return Err(Problem::usage(format!("{cannot}: it is no regular file")).at(file.display()));
    }
    clean(&name)
        .map_err(|error| Problem::usage(format!("{cannot}: {error}")).at(file.display()))?;
    Ok(vec![name])
}

fn files_of(folder: &Path, below: &Path) -> Result<Vec<String>, Problem> {
    let name = below.strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or_default();
    let tree = if name.is_empty() { Tree::of(folder) } else { Tree::below(folder, name) };
    let failed = |what: &str| Problem::failed(what).at(below.display());
    if tree.cut {
        return Err(failed("it holds more than a bundle of a plugin does").help(
            "20 000 files and folders, nested 32 deep, are looked at: name what is to go in",
        ));
    }
    let names: Vec<String> = tree.files().map(|file| file.name.clone()).collect();
    if names.is_empty() {
        return Err(failed("it holds no file to add").help(
            "hidden files, zips and what Python compiled are left out; name a file to add it",
        ));
    }
    Ok(names)
}

/// The name that the `file_list` of this manifest has for a path; `None` where it lies outside the manifest's folder.
/// The file itself need not be there, and is not followed where it is a link.
pub fn name_of(manifest: &Path, file: &Path) -> Option<String> {
    let folder = real_folder(manifest).ok()?;
    let file = std::path::absolute(file).ok()?;
    let real = match (file.parent().and_then(|parent| parent.canonicalize().ok()), file.file_name())
    {
        (Some(parent), Some(name)) => parent.join(name),
        _ => file,
    };
    let name = real.strip_prefix(&folder).ok()?.to_str()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// The folder that holds the manifest.
fn real_folder(manifest: &Path) -> Result<PathBuf, Problem> {
    let folder = files::folder_of(manifest);
    folder
        .canonicalize()
        .map_err(|error| files::problem("cannot look into the manifest's folder", folder, &error))
}
