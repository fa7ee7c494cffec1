//! `manifest init`.

use serde_json::{Value as Json, json};

use super::Common;
use crate::cli::output;
use crate::domain::task::Problem;
use crate::flows::manifest::first;
use crate::services::files::{self, Mode};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    let path = &args.common.manifest;
    if path.symlink_metadata().is_ok() {
        return Err(Problem::failed("exists already, and a manifest is not overwritten")
            .at(path.display())
            .help("change it with `tyk-tui manifest add-file` and `add-hook`"));
    }
    let first = first(files::folder_of(path))?;
    files::write_new(path, first.text.as_bytes(), Mode::Shared, "the manifest")?;
    let shown = path.display().to_string();
    if args.common.json {
        let hooks = first.hooks.iter().map(|(hook, name)| json!({"hook": hook, "name": name}));
        return output::line(json!({
            "manifest": shown,
            "driver": first.driver,
            "files": first.files,
            "hooks": hooks.collect::<Vec<Json>>(),
            "remarks": first.remarks,
        }));
    }
    for remark in &first.remarks {
        output::notice(remark);
    }
    let line = format!("Wrote {shown}: {}", first.summary());
    output::line(output::printable(&line))
}
