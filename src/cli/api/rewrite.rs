//! `api convert`, `extend` and `upgrade`.

use std::path::PathBuf;

use serde_json::json;

use super::create::About;
use super::opened::{Common, Opened, write};
use crate::cli::{output, value};
use crate::config::Chosen;
use crate::domain::api::{Kind, Notation};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Convert {
    #[command(flatten)]
    pub(super) common: Common,
    /// Write this file, which must not be there yet, in place of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Extend {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    about: About,
}

#[derive(Debug, clap::Args)]
pub(super) struct Upgrade {
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn convert(args: &Convert, chosen: Chosen<'_>) -> Result<(), Problem> {
    let opened = Opened::of(&args.common, chosen)?;
    if opened.definition.notation() == Notation::Json {
        return Err(Problem::no("it is JSON already").at(opened.path().display()));
    }
    if args.common.json && args.output.is_none() {
        return value::print(opened.definition.document().root(), true);
    }
    if args.output.is_none() {
        // Comments are not JSON's; whoever converts should know.
        output::notice("comments and anchors have no form in JSON");
    }
    write(&opened.definition.to_json(), args.output.as_deref(), args.common.json)
}

pub(super) fn extend(args: &Extend, chosen: Chosen<'_>) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common, chosen)?;
    match opened.definition.kind() {
        Kind::OpenApi => {}
        Kind::Oas => {
            return Err(Problem::no("it has x-tyk-api-gateway already")
                .at(opened.path().display())
                .help("change what is in it with `tyk-tui api set`"));
        }
        Kind::Classic => {
            return Err(Problem::no("it is a Tyk Classic definition, no OpenAPI document")
                .at(opened.path().display()));
        }
    }
    let draft = args.about.over(opened.definition.draft())?;
    let edit = opened.definition.with_extension(&draft);
    opened.change(edit)?;
    let done = format!(
        "added x-tyk-api-gateway: {} listens on {} and goes to {}",
        draft.name, draft.listen_path, draft.target
    );
    opened.save(
        &done,
        json!({"id": draft.id, "listen_path": draft.listen_path, "target": draft.target}),
    )
}

pub(super) fn upgrade(args: &Upgrade, chosen: Chosen<'_>) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common, chosen)?;
    if let Some(edit) = opened.definition.with_plugin_lists().transpose() {
        opened.change(edit)?;
        return opened.save("wrote the older plugin form as lists", json!({}));
    }
    opened.save("nothing of the older plugin form is there", json!({}))
}
