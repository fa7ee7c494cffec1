//! `manifest show`, `set` and `unset`.

use serde_json::json;

use super::Common;
use super::opened::Opened;
use crate::cli::{output, value};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// Where: `custom_middleware.pre[0].name`, or a JSON Pointer (`/custom_middleware/pre/0/name`).
    path: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, clap::Args)]
pub(super) struct Set {
    /// Where: `custom_middleware.pre[0].name`, or a JSON Pointer (`/custom_middleware/pre/0/name`).
    path: String,
    /// JSON, or text.
    #[arg(allow_hyphen_values = true)]
    value: String,
    /// Take the value for text, whatever it looks like.
    #[arg(long)]
    string: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, clap::Args)]
pub(super) struct Unset {
    /// Where: `custom_middleware.pre[0].name`, or a JSON Pointer (`/custom_middleware/pre/0/name`).
    path: String,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn show(args: &Show) -> Result<(), Problem> {
    let opened = Opened::of(&args.common)?;
    match &args.path {
        None if !args.common.json => {
            let text = String::from_utf8_lossy(opened.document.source());
            output::line(output::printable(text.trim_end()))
        }
        None => value::print(opened.document.root(), true),
        Some(given) => {
            let path = opened.locate(given)?;
            let found = opened.document.at(&path);
            value::print(
                found.ok_or_else(|| value::absent(&path, opened.path()))?,
                args.common.json,
            )
        }
    }
}

pub(super) fn set(args: &Set) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common)?;
    let path = opened.locate(&args.path)?;
    let value = value::value(&args.value, args.string);
    let edit = opened.document.set(&path, value.value()).map(|edit| value.spell(edit));
    opened.change(edit)?;
    let done = format!("{path} is {value}");
    opened.save(&done, json!({"path": path.to_string(), "value": value.value()}))
}

pub(super) fn unset(args: &Unset) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common)?;
    let path = opened.locate(&args.path)?;
    let edit = opened.document.remove(&path);
    opened.change(edit)?;
    opened.save(&format!("{path} is removed"), json!({"path": path.to_string()}))
}
