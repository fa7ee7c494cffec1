//! `manifest add-file` and `remove-file`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::Common;
use super::opened::Opened;
use crate::cli::output;
use crate::domain::json::Value;
use crate::domain::manifest::change;
use crate::domain::task::Problem;
use crate::flows::manifest;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders, below the manifest's folder.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn add(args: &Args) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common)?;
    let mut named = Vec::new();
    for file in &args.files {
        named.extend(manifest::files_at(opened.path(), file)?);
    }
    let mut added: Vec<String> = Vec::new();
    for name in named {
        if change::lists(&opened.document, &name) {
            output::notice(format_args!("{name} is listed already"));
        } else if !added.contains(&name) {
            added.push(name);
        }
    }
    if !added.is_empty() {
        let edit = change::add_files(&opened.document, &added);
        opened.change(edit)?;
    }
    let done = match added.as_slice() {
        [] => "nothing to add".to_owned(),
        added => format!("added {}", added.join(", ")),
    };
    opened.save(&done, json!({"added": added}))
}

pub(super) fn remove(args: &Args) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common)?;
    let before = listed(&opened);
    for file in &args.files {
        let name = name_of(&opened, file);
        let mut found = false;
        while let Some(edit) = change::remove_file(&opened.document, &name) {
            opened.change(edit)?;
            found = true;
        }
        if !found {
            return Err(Problem::no(format!("file_list does not name {name}"))
                .at(opened.path().display())
                .help("`tyk-tui manifest show file_list` prints what it names"));
        }
    }
    let left = listed(&opened);
    let removed: Vec<String> = before.into_iter().filter(|name| !left.contains(name)).collect();
    opened.save(&format!("removed {}", removed.join(", ")), json!({"removed": removed}))
}

fn listed(opened: &Opened) -> Vec<String> {
    let list = opened.document.root().field("file_list");
    list.into_iter().flat_map(Value::children).filter_map(Value::string).collect()
}

/// The name that is to be taken off: of a file that is there, as it lies; of one that is gone, as it was given.
fn name_of(opened: &Opened, file: &Path) -> String {
    let given = file.to_string_lossy().into_owned();
    if change::lists(&opened.document, &given) {
        return given;
    }
    manifest::name_of(opened.path(), file).unwrap_or(given)
}
