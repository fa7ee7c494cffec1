//! `tyk-tui inspect`.

mod compare;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::{Answer, output, verify};
use crate::domain::manifest::{Config, Extractor, Manifest};
use crate::domain::task::Problem;
use crate::services::bundle::inspect::{Contents, InspectError, Item, Kind, inspect};
use crate::services::bundle::read::Limits;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle.
    bundle: PathBuf,
    /// Another: show what differs between the two, file by file; the exit code is 1 where something does.
    other: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let path = &args.bundle;
    if let Some(other) = &args.other {
        return compare::run(path, other, args.json);
    }
    let contents = inspect(verify::open(path)?, Limits::default())
        .map_err(|error| unreadable(path, &error))?;
    if args.json {
        output::line(as_json(path, &contents))?;
    } else {
        output::line(output::printable(&report(path, &contents)))?;
    }
    Ok(if contents.manifest.is_ok() { Answer::Yes } else { Answer::No })
}

/// Why a bundle cannot be looked at.
fn unreadable(path: &Path, error: &InspectError) -> Problem {
    match error {
        InspectError::Io(error) => verify::unreadable(path, error),
        InspectError::Zip(error) => Problem::no(error.to_string())
            .at(path.display())
            .help("a bundle is a zip: build one with `tyk-tui build`"),
    }
}

fn as_json(path: &Path, contents: &Contents) -> Value {
    let files: Vec<Value> = contents
        .entries
        .iter()
        .map(|item| {
            let mut value = json!(item);
            value["covered"] = item.is_covered().into();
            value
        })
        .collect();
    let uncovered: Vec<&str> = contents
        .entries
        .iter()
        .filter(|item| item.is_uncovered())
        .map(|item| item.name.as_str())
        .collect();
    let manifest = contents.manifest.as_ref().ok();
    let hooks = manifest.map(|manifest| {
        let hook = |(hook, definition): (
            crate::domain::object::Hook,
            &crate::domain::manifest::Definition,
        )| {
            json!({
                "hook": hook.word(),
                "name": definition.name,
                "path": definition.path,
                "disabled": definition.disabled,
                "require_session": definition.require_session,
                "raw_body_only": definition.raw_body_only,
            })
        };
        manifest.hooks().map(hook).collect::<Vec<_>>()
    });
    json!({
        "bundle": path.to_string_lossy(),
        "bytes": contents.bytes,
        "files": files,
        "uncovered": uncovered,
        "missing": contents.missing,
        "checksum": manifest.map(|manifest| &manifest.checksum),
        "signature": manifest.map(|manifest| &manifest.signature),
        "driver": manifest.map(|manifest| &manifest.custom_middleware.driver),
        "hooks": hooks,
        "id_extractor": manifest.map(|manifest| extractor_json(&manifest.custom_middleware.id_extractor)),
        "problems": contents.manifest.as_ref().err().into_iter().collect::<Vec<_>>(),
    })
}

fn extractor_json(extractor: &Extractor) -> Value {
    json!({
        "disabled": extractor.disabled,
        "extract_from": extractor.extract_from,
        "extract_with": extractor.extract_with,
        "extractor_config": extractor.extractor_config.as_ref().map(|config| {
            config.iter().map(|(key, value)| (key.clone(), config_json(value))).collect::<serde_json::Map<_, _>>()
        }),
    })
}

fn config_json(value: &Config) -> Value {
    match value {
        Config::Null => Value::Null,
        Config::Bool(value) => json!(value),
        Config::Number(value) => json!(value),
        Config::Text(value) => json!(value),
        Config::Other(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
    }
}

/// What a person reads.
fn report(path: &Path, contents: &Contents) -> String {
    let count = contents.entries.len();
    let entries = if count == 1 { "entry" } else { "entries" };
    let mut text = format!("{}: {count} {entries}, {} bytes\n\n", path.display(), contents.bytes);
    table(&mut text, &contents.entries);
    text.push('\n');
    match &contents.manifest {
        Ok(manifest) => describe(&mut text, manifest, contents),
        Err(refusal) => {
            let _ =
                write!(text, "Problem       {}\n              {}", refusal.message, refusal.help);
        }
    }
    text.trim_end().to_owned()
}

fn table(text: &mut String, entries: &[Item]) {
    let widest = entries.iter().map(|item| item.name.width()).max().unwrap_or(0).clamp(4, 60);
    let numbers = |bytes: fn(&Item) -> u64, head: usize| {
        entries.iter().map(|item| bytes(item).to_string().len()).max().unwrap_or(0).max(head)
    };
    let (bytes, packed) = (numbers(|item| item.bytes, 5), numbers(|item| item.compressed, 6));
    let method = entries.iter().map(|item| item.method.len()).max().unwrap_or(0).max(6);
    let _ = writeln!(
        text,
        "{:>bytes$}  {:>packed$}  {:method$}  COVERED  NAME",
        "BYTES", "PACKED", "METHOD"
    );
    for item in entries {
        let covered = match item.kind {
            Kind::Folder => "-",
            _ if item.is_covered() => "yes",
            _ => "no",
        };
        let row = format!(
            "{:>bytes$}  {:>packed$}  {:method$}  {covered:7}  {}",
            item.bytes, item.compressed, item.method, item.name
        );
        let padding = " ".repeat(widest.saturating_sub(item.name.width()));
        let note = note(item);
        let _ = writeln!(
            text,
            "{}",
            if note.is_empty() { row } else { format!("{row}{padding}  {note}") }
        );
    }
}

/// What is special about an entry.
fn note(item: &Item) -> String {
    let mut notes = Vec::new();
    match item.kind {
        Kind::Folder => notes.push("folder".to_owned()),
        Kind::Symlink => notes.push("a link: Gateways make a file of it".to_owned()),
        Kind::Manifest => notes.push("the manifest".to_owned()),
        Kind::File => {}
    }
    if item.replaced {
        notes.push("replaced by a later entry".to_owned());
    }
    if item.listed > 1 {
        notes.push(format!("listed {} times", item.listed));
    }
    notes.join(", ")
}

fn describe(text: &mut String, manifest: &Manifest, contents: &Contents) {
    let middleware = &manifest.custom_middleware;
    let or_none = |value: &str| {
        if value.is_empty() { "none".to_owned() } else { value.escape_debug().to_string() }
    };
    let _ = writeln!(text, "Checksum      {}", or_none(&manifest.checksum));
    let signature =
        if manifest.signature.is_empty() { "none" } else { "yes (`tyk-tui verify` checks it)" };
    let _ = writeln!(text, "Signature     {signature}");
    let _ = writeln!(text, "Driver        {}", or_none(&middleware.driver));
    let mut head = "Hooks";
    for (hook, definition) in manifest.hooks() {
        let disabled = if definition.disabled { "  (disabled)" } else { "" };
        let path = if definition.path.is_empty() {
            String::new()
        } else {
            format!("  {}", definition.path.escape_debug())
        };
        let name = or_none(&definition.name);
        let _ = writeln!(text, "{head:12}  {:13}  {name}{path}{disabled}", hook.word());
        head = "";
    }
    if head == "Hooks" {
        let _ = writeln!(text, "Hooks         none");
    }
    let _ = writeln!(text, "Id extractor  {}", extractor(&middleware.id_extractor));
    let uncovered: Vec<&str> = contents
        .entries
        .iter()
        .filter(|item| item.is_uncovered() && item.kind != Kind::Manifest)
        .map(|item| item.name.as_str())
        .collect();
    let _ = writeln!(
        text,
        "\nChecksum and signature cover the bytes of the files in `file_list`, one after the other: not their names, \
         not the manifest{}.",
        if uncovered.is_empty() {
            String::new()
        } else {
            format!(", not {}", uncovered.join(", "))
        }
    );
    if manifest.files().is_empty() {
        text.push_str(
            "`file_list` is empty: every such bundle has the same signature under one key.\n",
        );
    }
    if !contents.missing.is_empty() {
        let _ = writeln!(text, "Not in the zip, and listed: {}.", contents.missing.join(", "));
    }
}

fn extractor(extractor: &Extractor) -> String {
    if extractor.extract_from.is_empty() && extractor.extract_with.is_empty() {
        return "none".to_owned();
    }
    let config = extractor_json(extractor)["extractor_config"].to_string();
    let disabled = if extractor.disabled { "  (disabled)" } else { "" };
    let (from, with) =
        (extractor.extract_from.escape_debug(), extractor.extract_with.escape_debug());
    format!("{from} by {with}  {config}{disabled}")
}
