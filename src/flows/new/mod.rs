//! A first project of a kind: manifest, code, API definition, configuration, and a README with what to do next.

mod kinds;
mod vendor;

use std::fs;
use std::path::Path;

use crate::domain::task::Problem;
use crate::services::files::{self, Mode};

pub use kinds::{KINDS, Kind, find};
pub use vendor::{COMMAND, vendor};

/// What a folder is called that has no letter or digit in its name.
const NAMELESS: &str = "plugin";

/// The project's name: the folder's, as paths, JSON and TOML take it without quoting.
pub fn name_of(folder: &Path) -> String {
    let real = folder.canonicalize().or_else(|_| std::path::absolute(folder));
    let real = real.unwrap_or_else(|_| folder.to_owned());
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let name: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    match name.trim_matches('-') {
        "" => NAMELESS.to_owned(),
        name => name.to_owned(),
    }
}

/// The files of a project: their names in its folder, and their texts.
pub fn plan(kind: &Kind, name: &str) -> Vec<(String, String)> {
    let fill = |text: &str| text.replace("{{ship}}", kinds::SHIP).replace("{{name}}", name);
    kind.files.iter().map(|(path, text)| (fill(path), fill(text))).collect()
}

/// Writes them, and makes the folders that they need. Nothing is written where one of them is there already.
pub fn write(folder: &Path, planned: &[(String, String)]) -> Result<(), Problem> {
    let there = planned.iter().map(|(name, _)| folder.join(name));
    if let Some(there) = there.into_iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(Problem::failed("exists already, and a new project overwrites nothing")
            .at(there.display())
            .help("name a folder that has no such file: `tyk-tui new KIND DIR`"));
    }
    for (name, text) in planned {
        let path = folder.join(name);
        let inside = files::folder_of(&path);
        fs::create_dir_all(inside).map_err(|error| {
            Problem::failed(format!("cannot make the folder: {error}")).at(inside.display())
        })?;
        files::write_new(&path, text.as_bytes(), Mode::Shared, "the project")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_needs_no_quoting() {
        for (folder, name) in
            [("/a/orders", "orders"), ("/a/b c\".d_e", "b-c--d_e"), ("/", NAMELESS)]
        {
            assert_eq!(name_of(Path::new(folder)), name);
        }
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for kind in KINDS {
            for (path, text) in plan(kind, "orders") {
                assert!(!path.contains("{{") && !text.contains("{{"), "{}: {path}", kind.name);
            }
        }
    }
}
