//! `tyk-tui manifest`: what the Manifest pane does, without a terminal. Each command changes what it says and no other
//! byte of the file.

mod files;
mod hooks;
mod init;
mod opened;
mod values;

use std::path::PathBuf;

use super::Answer;
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a first manifest from the folder's code.
    Init(init::Args),
    /// Print the manifest, or the value at a path.
    Show(values::Show),
    /// Set the value at a path.
    Set(values::Set),
    /// Remove what is at a path.
    Unset(values::Unset),
    /// Add files to `file_list`; a folder adds its files.
    AddFile(files::Args),
    /// Take files off `file_list`; a folder takes off its files.
    RemoveFile(files::Args),
    /// Add a hook.
    AddHook(hooks::Add),
    /// Remove a hook.
    RemoveHook(hooks::Remove),
}

/// What every one of them takes.
#[derive(Debug, clap::Args)]
struct Common {
    /// The manifest.
    #[arg(short, long, value_name = "FILE", default_value = "manifest.json")]
    manifest: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::Init(args) => args.common.json,
            Command::Show(args) => args.common.json,
            Command::Set(args) => args.common.json,
            Command::Unset(args) => args.common.json,
            Command::AddFile(args) | Command::RemoveFile(args) => args.common.json,
            Command::AddHook(args) => args.common.json,
            Command::RemoveHook(args) => args.common.json,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    match &args.command {
        Command::Init(args) => init::run(args),
        Command::Show(args) => values::show(args),
        Command::Set(args) => values::set(args),
        Command::Unset(args) => values::unset(args),
        Command::AddFile(args) => files::add(args),
        Command::RemoveFile(args) => files::remove(args),
        Command::AddHook(args) => hooks::add(args),
        Command::RemoveHook(args) => hooks::remove(args),
    }
    .map(|()| Answer::Yes)
}
