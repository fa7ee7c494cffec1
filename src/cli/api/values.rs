//! `api show`, `set` and `unset`.

use std::io::{IsTerminal as _, stdout};

use serde_json::json;

use super::opened::{Common, Opened};
use crate::cli::{output, value};
use crate::config::Chosen;
use crate::domain::task::Problem;

const WHERE: &str = "Where: proxy.listen_path, custom_middleware.pre[0].name, a key that holds a dot in quotes \
(config_data.\"a.b\"), or a JSON Pointer (/proxy/listen_path).

It begins at the document's root, so in the Dashboard's wrapper with api_definition; what is a key of a definition and \
not of the wrapper is looked for in the definition. Keys in another case than the file's are found as a Gateway finds \
them.";

#[derive(Debug, clap::Args)]
pub(super) struct Show {
    #[command(flatten)]
    pub(super) common: Common,
    /// Where: `proxy.listen_path`, or a JSON Pointer (`/proxy/listen_path`) [default: all of it].
    #[arg(long_help = WHERE)]
    path: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Set {
    #[command(flatten)]
    pub(super) common: Common,
    /// Where: `proxy.listen_path`, or a JSON Pointer (`/proxy/listen_path`).
    #[arg(long_help = WHERE)]
    path: String,
    /// JSON, or text.
    #[arg(allow_hyphen_values = true)]
    value: String,
    /// Take the value for text, whatever it looks like.
    #[arg(long)]
    string: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Unset {
    #[command(flatten)]
    pub(super) common: Common,
    /// Where: `proxy.listen_path`, or a JSON Pointer (`/proxy/listen_path`).
    #[arg(long_help = WHERE)]
    path: String,
}

pub(super) fn show(args: &Show, chosen: Chosen<'_>) -> Result<(), Problem> {
    let opened = Opened::of(&args.common, chosen)?;
    let definition = &opened.definition;
    let Some(given) = &args.path else {
        if args.common.json {
            return value::print(definition.document().root(), true);
        }
        // A pipe gets the file's bytes, a terminal nothing that would steer it.
        if !stdout().is_terminal() {
            return output::bytes(definition.source());
        }
        let text = String::from_utf8_lossy(definition.source());
        return output::line(output::printable(text.trim_end()));
    };
    let path = opened.resolve(given)?;
    let found =
        definition.document().at(&path).ok_or_else(|| value::absent(&path, opened.path()))?;
    if args.common.json || found.string().is_some() {
        return value::print(found, args.common.json);
    }
    let text = String::from_utf8_lossy(definition.raw(found));
    output::line(output::printable(&text))
}

pub(super) fn set(args: &Set, chosen: Chosen<'_>) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common, chosen)?;
    let path = opened.resolve(&args.path)?;
    let value = value::value(&args.value, args.string);
    let edit = opened.definition.set(&path, value.value()).map(|edit| value.spell(edit));
    opened.change(edit)?;
    let done = format!("{path} is {value}");
    opened.save(&done, json!({"path": path.to_string(), "value": value.value()}))
}

pub(super) fn unset(args: &Unset, chosen: Chosen<'_>) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common, chosen)?;
    let path = opened.resolve(&args.path)?;
    let edit = opened.definition.remove(&path);
    opened.change(edit)?;
    opened.save(&format!("{path} is removed"), json!({"path": path.to_string()}))
}
