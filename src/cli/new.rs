//! `tyk-tui new`.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use serde_json::json;

use super::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::new::{self, KINDS, Kind};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What kind of plugin.
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(KINDS.iter().map(|kind| kind.name)))]
    kind: String,
    /// The project's folder, which is made; its name becomes the project's.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Have pip fetch what the plugin needs (python-jwt), without asking.
    #[arg(long)]
    pip: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    // The parser took it from the same table.
    let Some(kind) = new::find(&args.kind) else {
        return Err(Problem::usage(format!("{} is no kind of plugin", args.kind)));
    };
    if args.pip && !kind.is_vendored {
        return Err(Problem::usage(format!("a project {} needs nothing of pip's", kind.name))
            .help("leave --pip out"));
    }
    let name = new::name_of(&args.dir);
    let planned = new::plan(kind, &name);
    new::write(&args.dir, &planned)?;
    let vendored = if wants_pip(args, kind) { Some(new::vendor(&args.dir)?) } else { None };
    let lacks = kind.is_vendored && vendored.is_none();
    let next = next(&args.dir, lacks);
    if args.json {
        output::line(json!({
            "kind": kind.name,
            "name": name,
            "dir": args.dir.display().to_string(),
            "files": planned.iter().map(|(path, _)| path).collect::<Vec<_>>(),
            "vendored": vendored,
            "next": next,
        }))?;
        return Ok(Answer::Yes);
    }
    for (path, _) in &planned {
        output::line(output::printable(&format!("Wrote {}", args.dir.join(path).display())))?;
    }
    if let Some(files) = vendored {
        output::line(format!("Added {files} files of vendor to file_list"))?;
    }
    output::line("Next:")?;
    for command in &next {
        output::line(output::printable(&format!("    {command}")))?;
    }
    Ok(Answer::Yes)
}

/// The commands to go on with.
fn next(dir: &Path, lacks: bool) -> Vec<String> {
    let mut next = Vec::new();
    if dir != Path::new(".") {
        next.push(format!("cd {}", dir.display()));
    }
    if lacks {
        next.extend([new::COMMAND.to_owned(), "tyk-tui manifest add-file vendor".to_owned()]);
    }
    next.push("tyk-tui build -y".to_owned());
    next
}

/// Asks, where there is somebody to ask: pip fetches code from elsewhere.
fn wants_pip(args: &Args, kind: &Kind) -> bool {
    if args.pip || !kind.is_vendored || args.json || !std::io::stdin().is_terminal() {
        return args.pip;
    }
    let question = format!("The plugin needs PyJWT. Run `{}` now? [y/N] ", new::COMMAND);
    let mut stderr = std::io::stderr().lock();
    let _ = stderr.write_all(question.as_bytes()).and_then(|()| stderr.flush());
    let mut answer = String::new();
    // No answer is a no: the command is printed.
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && answer.trim_start().starts_with(['y', 'Y'])
}
