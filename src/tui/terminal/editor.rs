//! The user's editor.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::domain::task::Problem;

/// The editor's command line, as other programs take it: `VISUAL`, else `EDITOR`, else `vi`.
fn command() -> OsString {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|command| !command.is_empty())
        .unwrap_or_else(|| "vi".into())
}

/// Runs the editor on a file, and waits for it.
pub(super) fn run(file: &Path) -> Result<(), Problem> {
    let editor = command();
    let name = editor.to_string_lossy().into_owned();
    let mut line = editor;
    // Through a shell, since the variable may hold arguments (`code --wait`); the file is one, whatever is in its name.
    line.push(" \"$1\"");
    let status = Command::new("/bin/sh").arg("-c").arg(line).arg("sh").arg(file).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => {
            Err(Problem::failed(format!("the editor `{name}` was not found")).help("set EDITOR"))
        }
        Ok(status) => Err(Problem::failed(format!("the editor `{name}` ended with {status}"))),
        Err(error) => Err(Problem::failed(format!("cannot run the editor `{name}`: {error}"))),
    }
}
