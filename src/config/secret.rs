//! Reads a secret from where the configuration says that it is.

use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use super::settings::SecretSource;
use crate::domain::task::Problem;

/// No secret is longer; a wrong path must not fill the memory.
const LONGEST: u64 = 64 << 10;

impl SecretSource {
    /// The secret: of the variable, the file or the command that is set, in this order, else of the variable
    /// `usual`. `None` where that is not set either. White space around it does not belong to it.
    pub fn read(&self, usual: &str) -> Result<Option<SecretString>, Problem> {
        if let Some(name) = &self.env {
            return match variable(name) {
                Some(secret) => Ok(Some(secret)),
                None => Err(Problem::failed(format!("the variable {name} is not set"))
                    .help("it should hold the secret: export it, or change the profile")),
            };
        }
        if let Some(path) = &self.file {
            return file(path).map(Some);
        }
        match &self.command {
            Some(command) => printed(command).map(Some),
            None => Ok(variable(usual)),
        }
    }
}

fn variable(name: &str) -> Option<SecretString> {
    std::env::var(name).ok().filter(|value| !value.is_empty()).map(SecretString::from)
}

fn file(path: &Path) -> Result<SecretString, Problem> {
    let failed = |why: &dyn std::fmt::Display| {
        Problem::failed(format!("cannot read the secret: {why}")).at(path.display())
    };
    let facts = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if !facts.is_file() {
        return Err(failed(&"it is no regular file"));
    }
    if facts.permissions().mode() & 0o077 != 0 {
        return Err(failed(&"others than its owner may read it")
            .help(format!("chmod 600 {}", path.display())));
    }
    let file = std::fs::File::open(path).map_err(|error| failed(&error))?;
    text(file).map_err(|error| failed(&error))
}

fn printed(command: &str) -> Result<SecretString, Problem> {
    let failed = |why: &dyn std::fmt::Display| {
        Problem::failed(format!("the command of the secret failed: {why}"))
            .at(command)
            .help("run it yourself to see what it says")
    };
    // A console may have the terminal: a command that reads keys or writes there would fight with it. One that asks for a
    // passphrase opens the terminal itself.
    let mut child = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&error))?;
    let secret = match child.stdout.take() {
        Some(stdout) => text(stdout).map_err(|error| failed(&error)),
        None => Err(failed(&"it has no output")),
    };
    let status = child.wait().map_err(|error| failed(&error))?;
    if status.success() { secret } else { Err(failed(&status)) }
}

fn text(source: impl std::io::Read) -> std::io::Result<SecretString> {
    let mut text = Zeroizing::new(String::new());
    source.take(LONGEST).read_to_string(&mut text)?;
    let secret = text.trim();
    if secret.is_empty() {
        return Err(std::io::Error::other("it is empty"));
    }
    Ok(SecretString::from(secret))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    fn secret(source: &SecretSource) -> Result<String, Problem> {
        let secret = source.read("TYK_TUI_NO_SUCH_VARIABLE")?;
        Ok(secret.map(|secret| secret.expose_secret().to_owned()).unwrap_or_default())
    }

    #[test]
    fn a_command_prints_it() {
        let command =
            |text: &str| SecretSource { command: Some(text.into()), ..Default::default() };
        assert_eq!(secret(&command("echo ' abc '")).unwrap(), "abc");
        assert!(secret(&command("exit 3")).unwrap_err().what.contains("exit status: 3"));
        assert!(secret(&command("true")).unwrap_err().what.contains("it is empty"));
    }

    #[test]
    fn a_file_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "abc\n").unwrap();
        let source = SecretSource { file: Some(path.clone()), ..Default::default() };
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(secret(&source).unwrap_err().help.unwrap().starts_with("chmod 600"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(secret(&source).unwrap(), "abc");
    }

    #[test]
    fn a_variable_that_was_named_must_be_set_and_the_usual_one_need_not() {
        let named = SecretSource { env: Some("TYK_TUI_NO_SUCH".into()), ..Default::default() };
        assert!(secret(&named).unwrap_err().what.contains("TYK_TUI_NO_SUCH"));
        assert_eq!(secret(&SecretSource::default()).unwrap(), "");
    }
}
