//! `tyk-tui config`.

use serde_json::{Value, json};

use super::{Answer, output};
use crate::config::{self, Chosen, Entry, Loaded, Sources};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Print every setting in force.
    Show(Show),
    /// Agree to what this project's file asks for: a port beyond this machine, a key outside the project.
    Trust,
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Also the layer and the place that each comes from.
    #[arg(long)]
    origin: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Args {
    pub(super) fn json(&self) -> bool {
        matches!(&self.command, Command::Show(show) if show.json)
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let sources = Sources::here(chosen)?;
    let loaded = config::load_safe(&sources)?;
    match &args.command {
        Command::Show(args) => show(args, &loaded),
        Command::Trust => trust(&sources, &loaded),
    }
}

fn show(args: &Show, loaded: &Loaded) -> Result<Answer, Problem> {
    loaded.warnings.iter().for_each(output::warning);
    for untrusted in &loaded.untrusted {
        output::warning(&untrusted.problem());
    }
    let entries = loaded.entries();
    if args.json {
        output::line(if args.origin { origins(&entries) } else { sections(&entries) })?;
        return Ok(Answer::Yes);
    }
    let lines: Vec<String> = entries.iter().map(assignment).collect();
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    for (entry, line) in entries.iter().zip(lines) {
        let text = if args.origin {
            let place = entry.origin.place.as_deref().unwrap_or_default();
            format!("{line:width$}  {} {place}", entry.origin.layer)
        } else {
            line
        };
        output::line(output::printable(text.trim_end()))?;
    }
    Ok(Answer::Yes)
}

/// `key = value`, the value as JSON, which TOML reads alike.
fn assignment(entry: &Entry) -> String {
    match &entry.value {
        Value::Null => format!("{:22} (not set)", entry.key),
        value => format!("{:22} = {value}", entry.key),
    }
}

/// `{"server": {"listen": …}, …, "rules": […]}`, as a file would have it.
fn sections(entries: &[Entry]) -> Value {
    let mut all = json!({});
    for entry in entries {
        // `target.NAME.key`; a name may hold dots.
        let (section, key) = entry.key.rsplit_once('.').unwrap_or(("", &entry.key));
        let members = match section.split_once('.') {
            Some((section, name)) => &mut all[section][name],
            None if section.is_empty() => &mut all,
            None => &mut all[section],
        };
        members[key] = entry.value.clone();
    }
    all
}

/// `{"server.listen": {"value", "layer", "where"}, …}`.
fn origins(entries: &[Entry]) -> Value {
    let all = entries.iter().map(|entry| {
        let origin = &entry.origin;
        let value = json!({"value": entry.value, "layer": origin.layer, "where": origin.place});
        (entry.key.clone(), value)
    });
    Value::Object(all.collect())
}

fn trust(sources: &Sources, loaded: &Loaded) -> Result<Answer, Problem> {
    if loaded.untrusted.is_empty() {
        output::notice("this project's file asks for nothing that needs your consent");
        return Ok(Answer::Yes);
    }
    let paths = sources.paths.as_ref().ok_or_else(|| {
        Problem::failed("cannot keep what you agree to: your home folder is unknown")
            .help("set HOME")
    })?;
    config::consent(paths, &sources.folder, &loaded.untrusted)?;
    for untrusted in &loaded.untrusted {
        output::notice(format_args!("trusted: {} = \"{}\"", untrusted.key, untrusted.value));
    }
    Ok(Answer::Yes)
}
