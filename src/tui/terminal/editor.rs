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

/// What follows an editor's command line: the file is `$1` and the line `$2`, for editors of which it is known how they
/// take one.
fn arguments(editor: &str, line: Option<usize>) -> &'static str {
    let program = editor.split_whitespace().next().unwrap_or_default();
    match (program.rsplit('/').next().unwrap_or_default(), line) {
        (_, None) => " \"$1\"",
        (
            "vi" | "vim" | "nvim" | "view" | "nano" | "emacs" | "emacsclient" | "micro" | "kak"
            | "joe" | "ne" | "mg",
            _,
        ) => " +\"$2\" \"$1\"",
        ("hx" | "helix" | "subl" | "zed", _) => " \"$1\":\"$2\"",
        ("code" | "codium", _) => " --goto \"$1\":\"$2\"",
        _ => " \"$1\"",
    }
}

/// Runs the editor on a file, at a line where it can be told, and waits for it.
pub(super) fn run(file: &Path, line: Option<usize>) -> Result<(), Problem> {
    let mut editor = command();
    let name = editor.to_string_lossy().into_owned();
    // Through a shell, since the variable may hold arguments (`code --wait`); the file is one, whatever is in its name.
    editor.push(arguments(&name, line));
    let line = line.unwrap_or(1).to_string();
    let status =
        Command::new("/bin/sh").arg("-c").arg(editor).arg("sh").arg(file).arg(line).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => {
            Err(Problem::failed(format!("the editor `{name}` was not found")).help("set EDITOR"))
        }
        Ok(status) => Err(Problem::failed(format!("the editor `{name}` ended with {status}"))),
        Err(error) => Err(Problem::failed(format!("cannot run the editor `{name}`: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_the_line_as_they_take_it() {
        assert_eq!(arguments("/usr/bin/vim -u x", Some(3)), " +\"$2\" \"$1\"");
        assert_eq!(arguments("code --wait", Some(3)), " --goto \"$1\":\"$2\"");
        assert_eq!(arguments("hx", Some(3)), " \"$1\":\"$2\"");
        assert_eq!(arguments("hx", None), " \"$1\"");
        assert_eq!(arguments("my-own", Some(3)), " \"$1\"");
    }
}
