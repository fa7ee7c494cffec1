//! `target fetch`.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::Which;
use super::chosen::Place;
use crate::cli::{Answer, output, progress};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::target::file_name;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle's id.
    id: String,
    /// The file to write [default: the id, with .zip].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    pub(super) which: Which,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let target = Place::of(chosen)?.target(&args.which)?;
    let path = match &args.output {
        Some(path) => path.clone(),
        None => file_name(&args.id)?,
    };
    if path.is_file() && !args.force {
        return Err(Problem::failed("this file is there already")
            .at(path.display())
            .help("give another with -o FILE, or --force to write over it"));
    }
    progress::work(async |tell, cancel| {
        let told = Arc::new(move |progress| tell("fetching", progress));
        target.fetch(&args.id, &path, told, &cancel).await
    })?;
    let path = path.display().to_string();
    if args.which.json {
        output::line(json!({"target": target.name(), "id": args.id, "path": path}))?;
    } else {
        output::line(output::printable(&path))?;
    }
    Ok(Answer::Yes)
}
