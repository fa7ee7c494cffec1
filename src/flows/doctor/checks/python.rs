//! Whether the Python that the Gateway looks for is there.

use std::path::PathBuf;

use super::super::Known;
use super::super::check::{Check, State, written};
use crate::domain::conf::keys;

const ID: &str = "python";

pub(in super::super) fn check(known: &Known<'_>, found: &mut Vec<Check>) {
    if !known.uses("python") {
        return;
    }
    if known.is_elsewhere() {
        let text = "whether Python 3.7 to 3.11 is there cannot be seen from here: official images have none";
        found.push(Check::new(ID, State::Unknown, text));
        return;
    }
    let version = known.conf().map(|conf| conf.text(keys::PYTHON_VERSION)).unwrap_or_default();
    let wanted = if version.is_empty() { "3.11".to_owned() } else { version };
    let name = format!("python{wanted}-config");
    // The Gateway looks into those entries of PATH alone that end so.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).filter(|folder| folder.ends_with("bin"));
    let config: Option<PathBuf> =
        folders.map(|folder| folder.join(&name)).find(|file| file.is_file());
    found.push(match config {
        Some(file) => Check::new(ID, State::Ok, file.display().to_string()),
        None => Check::new(ID, State::Warn, format!("no {name} in PATH here"))
            .expected("Python 3.7 to 3.11 with its -config, where the Gateway runs")
            .change(format!("install it, or {}", written(keys::PYTHON_VERSION, &"3.11".into()))),
    });
}
