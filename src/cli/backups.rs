//! `tyk-tui backups`.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::SystemTime;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::backups_remote::{self, kept_as};
use super::saving::{desk, unified};
use super::{Answer, output};
use crate::config::Chosen;
use crate::domain::diff;
use crate::domain::task::{Problem, size};
use crate::flows::edit::{Desk, Version};
use crate::services::files;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the versions that are kept, the latest first.
    List(List),
    /// Print a version.
    Show(One),
    /// Show what restoring a version would change.
    Diff(One),
    /// Put a version in the file's place; what the file holds now is kept as a version too.
    Restore(One),
}

#[derive(Debug, clap::Args)]
struct List {
    /// Those of this file alone; gateway:ID or dashboard:ID for an API of a server.
    file: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct One {
    /// The file; gateway:ID or dashboard:ID for an API of the profile's.
    file: PathBuf,
    /// The version, by the digits that `list` prints or the first of them [default: the latest].
    id: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::List(list) => list.json,
            Command::Show(one) | Command::Diff(one) | Command::Restore(one) => one.json,
        }
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let desk = desk();
    match &args.command {
        Command::List(args) => list(args, &desk),
        Command::Show(args) => show(args, &desk),
        Command::Diff(args) => diff(args, &desk, chosen),
        Command::Restore(args) => restore(args, &desk, chosen),
    }
    .map(|()| Answer::Yes)
}

fn list(args: &List, desk: &Desk) -> Result<(), Problem> {
    let backups = desk.backups()?;
    let of_file =
        |path: PathBuf| -> Result<_, Problem> { Ok(vec![(path.clone(), backups.of(&path)?)]) };
    let files = match &args.file {
        Some(path) => of_file(kept_as(path, desk)?)?,
        None => backups.files()?.into_iter().map(|file| (file.path, file.versions)).collect(),
    };
    if args.json {
        let files = files.iter().map(|(path, versions)| {
            let versions: Vec<Value> = versions.iter().map(to_json).collect();
            json!({"path": path.display().to_string(), "versions": versions})
        });
        return output::line(json!({"files": files.collect::<Vec<_>>()}));
    }
    if files.iter().all(|(_, versions)| versions.is_empty()) {
        output::notice("no version is kept; one is whenever tyk-tui replaces a file");
    }
    for (path, versions) in files {
        let path = path.display().to_string();
        for version in versions {
            let Version { id, bytes, .. } = &version;
            let line = format!("{}  {id}  {:>9}  {path}", time(version.at), size(*bytes));
            output::line(output::printable(&line))?;
        }
    }
    Ok(())
}

fn show(args: &One, desk: &Desk) -> Result<(), Problem> {
    let backups = desk.backups()?;
    let version = backups.find(&kept_as(&args.file, desk)?, args.id.as_deref())?;
    let held = backups.read(&version)?;
    let text = String::from_utf8_lossy(&held);
    if args.json {
        let mut shown = to_json(&version);
        shown["path"] = args.file.display().to_string().into();
        shown["text"] = text.into();
        return output::line(shown);
    }
    // A terminal is not steered by what a file holds; a file or a pipe gets the very bytes.
    if std::io::stdout().is_terminal() {
        return output::bytes(output::printable(&text).as_bytes());
    }
    output::bytes(&held)
}

fn diff(args: &One, desk: &Desk, chosen: Chosen<'_>) -> Result<(), Problem> {
    let backups = desk.backups()?;
    let kept_as = kept_as(&args.file, desk)?;
    let version = backups.find(&kept_as, args.id.as_deref())?;
    let now = match backups_remote::server(&kept_as, chosen)? {
        Some((id, server)) => Some(backups_remote::now(&id, &server)?),
        None => files::read_if_there(&args.file, files::LARGEST, "cannot read the file")?,
    };
    let lines = diff::lines(&now.unwrap_or_default(), &backups.read(&version)?);
    let text = unified(&lines);
    if args.json {
        let path = args.file.display().to_string();
        return output::line(json!({"path": path, "id": version.id, "diff": text}));
    }
    if lines.is_empty() {
        output::notice("that very version is there");
    }
    output::bytes(output::printable(&text).as_bytes())
}

fn restore(args: &One, desk: &Desk, chosen: Chosen<'_>) -> Result<(), Problem> {
    let kept_as = kept_as(&args.file, desk)?;
    let version = desk.backups()?.find(&kept_as, args.id.as_deref())?;
    let replaced = if let Some((id, server)) = backups_remote::server(&kept_as, chosen)? {
        backups_remote::may_write(chosen)?;
        let text = desk.backups()?.read(&version)?;
        backups_remote::put(&id, &server, &text, desk)?.replaced
    } else {
        let saved = desk.restore(&args.file, &version)?;
        saved.warnings.iter().for_each(output::warning);
        saved.replaced
    };
    let path = args.file.display().to_string();
    let replaced = replaced.map(|version| version.id);
    if args.json {
        return output::line(json!({"path": path, "restored": version.id, "replaced": replaced}));
    }
    let kept = replaced.map(|id| format!("; what it held is kept as {id}")).unwrap_or_default();
    let line = format!("Restored {path} as it was before {}{kept}", time(version.at));
    output::line(output::printable(&line))
}

fn to_json(version: &Version) -> Value {
    let at = format!("{:.6}", timestamp(version.at));
    json!({"id": version.id, "at": at, "bytes": version.bytes})
}

fn time(at: SystemTime) -> String {
    format!("{:.0}", timestamp(at))
}

fn timestamp(at: SystemTime) -> Timestamp {
    Timestamp::try_from(at).unwrap_or_default()
}
