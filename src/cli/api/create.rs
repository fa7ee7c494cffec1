//! `api new`.

use std::path::PathBuf;

use serde_json::json;

use super::opened::write;
use crate::cli::output;
use crate::domain::api::{Draft, Kind};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tyk Classic or Tyk OAS.
    #[arg(long, value_enum)]
    kind: Format,
    #[command(flatten)]
    about: About,
    /// Write this file, which must not be there yet, in place of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Classic,
    Oas,
}

/// What the API is to be.
#[derive(Debug, clap::Args)]
pub(super) struct About {
    /// The API's name; its id and listen path come from it.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Where callers find it: `/orders/`.
    #[arg(long, value_name = "PATH")]
    listen_path: Option<String>,
    /// The upstream: `http://localhost:8080`.
    #[arg(long, value_name = "URL")]
    target: Option<String>,
}

impl About {
    /// The draft with what was asked for in place of what it says.
    pub(super) fn over(&self, draft: Draft) -> Result<Draft, Problem> {
        let mut draft = match &self.name {
            Some(name) => Draft::named(name, Some(&draft.target)),
            None => draft,
        };
        draft.listen_path = self.listen_path.clone().unwrap_or(draft.listen_path);
        draft.target = self.target.clone().unwrap_or(draft.target);
        draft.fault().map_or(Ok(draft), |fault| Err(Problem::usage(fault)))
    }
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    let draft = args.about.over(Draft::named("New API", None))?;
    let kind = match args.kind {
        Format::Classic => Kind::Classic,
        Format::Oas => Kind::Oas,
    };
    let text = draft.definition(kind);
    if args.json && args.output.is_none() {
        let definition: serde_json::Value = serde_json::from_str(&text)
            .map_err(|error| Problem::failed(format!("what was made is no JSON: {error}")))?;
        return output::line(
            json!({"kind": kind.word(), "id": draft.id, "definition": definition}),
        );
    }
    write(&text, args.output.as_deref(), args.json)
}
