//! `manifest add-hook` and `remove-hook`.

use clap::builder::PossibleValuesParser;
use serde_json::json;

use super::Common;
use super::opened::Opened;
use crate::domain::manifest::change::{self, ChangeError, HOOKS};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// When it runs.
    #[arg(value_parser = PossibleValuesParser::new(HOOKS))]
    hook: String,
    /// The function, or what a plugin server dispatches on.
    name: String,
    /// The file that has the function, for drivers `otto`, `javascript` and `goplugin`.
    #[arg(long, value_name = "FILE")]
    path: Option<String>,
    /// Add it switched off.
    #[arg(long)]
    disabled: bool,
    /// Give the hook the session.
    #[arg(long)]
    require_session: bool,
    /// Give the hook the body as bytes alone.
    #[arg(long)]
    raw_body_only: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, clap::Args)]
pub(super) struct Remove {
    /// When it runs.
    #[arg(value_parser = PossibleValuesParser::new(HOOKS))]
    hook: String,
    /// Which, where there are several.
    name: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn add(args: &Add) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common)?;
    let mut definition = json!({"name": args.name});
    if let Some(path) = &args.path {
        definition["path"] = json!(path);
    }
    // What is not asked for is left out, as people write it.
    for (key, asked) in [
        ("disabled", args.disabled),
        ("require_session", args.require_session),
        ("raw_body_only", args.raw_body_only),
    ] {
        if asked {
            definition[key] = json!(true);
        }
    }
    let edit = change::add_hook(&opened.document, &args.hook, &definition);
    let edit = edit.map_err(|error| refused(&error, &opened))?;
    opened.change(Ok(edit))?;
    let done = format!("{} has {}", args.hook, args.name);
    opened.save(&done, json!({"hook": args.hook, "definition": definition}))
}

pub(super) fn remove(args: &Remove) -> Result<(), Problem> {
    let mut opened = Opened::of(&args.common)?;
    let edit = change::remove_hook(&opened.document, &args.hook, args.name.as_deref());
    let edit = edit.map_err(|error| refused(&error, &opened))?;
    opened.change(Ok(edit))?;
    let done = match &args.name {
        Some(name) => format!("{} has no {name} any more", args.hook),
        None => format!("{} has no hook any more", args.hook),
    };
    opened.save(&done, json!({"hook": args.hook, "name": args.name}))
}

fn refused(error: &ChangeError, opened: &Opened) -> Problem {
    let problem = Problem::no(error.to_string()).at(opened.path().display());
    match error {
        ChangeError::There { .. } => problem.help(
            "`tyk-tui manifest set` changes it, `tyk-tui manifest remove-hook` makes room for another",
        ),
        ChangeError::Absent(_) | ChangeError::Edit(_) => {
            problem.help("`tyk-tui manifest show custom_middleware` prints what is there")
        }
    }
}
