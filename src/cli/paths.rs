//! `tyk-tui paths`.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::{Answer, output};
use crate::config::{self, Chosen, Paths, Sources};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let paths = Paths::of_user()?;
    let sources = Sources::here(Chosen::default())?;
    // Where the configuration is broken, this command is what tells where it lies.
    let bundles = config::load_safe(&sources).ok().and_then(|loaded| loaded.settings.host.dir);
    let all: [(&str, PathBuf); 8] = [
        ("config", paths.config_file()),
        ("project", Paths::project_file(&sources.folder)),
        ("keymap", paths.keymap()),
        ("themes", paths.themes()),
        ("bundles", bundles.unwrap_or_else(|| paths.bundles())),
        ("state", paths.state().to_owned()),
        ("log", paths.log_file()),
        ("trust", paths.trust_file()),
    ];
    if args.json {
        let object: Map<String, Value> = all
            .iter()
            .map(|(name, path)| ((*name).into(), path.display().to_string().into()))
            .collect();
        output::line(Value::Object(object))?;
    } else {
        for (name, path) in all {
            output::line(format_args!(
                "{name:8} {}",
                output::printable(&path.display().to_string())
            ))?;
        }
    }
    Ok(Answer::Yes)
}
