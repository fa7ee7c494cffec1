//! The passphrase of a key: from a file descriptor, the environment or the terminal, never from an argument.

use std::fs::File;
use std::io::{IsTerminal as _, Read as _};
use std::path::Path;

use rustix::termios::{self, LocalModes, OptionalActions, Termios};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use super::output;
use crate::domain::task::Problem;
use crate::services::bundle::keys::{KeyError, SigningKey};

/// The environment variable that holds a passphrase.
pub(super) const VARIABLE: &str = "TYK_TUI_KEY_PASSPHRASE";

/// Passphrases longer than this are taken for a wrong file.
const LIMIT: u64 = 64 * 1024;

/// Where a key's passphrase comes from: flatten it into a command's arguments.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Passphrase {
    /// Read the key's passphrase from this file descriptor (its first line); also from
    /// `TYK_TUI_KEY_PASSPHRASE`, else it is asked for.
    #[arg(long = "passphrase-fd", value_name = "N")]
    fd: Option<u32>,
}

impl Passphrase {
    /// Loads a private key; where it is encrypted, the passphrase is taken from where it is.
    ///
    /// A terminal is asked only for a key that needs it, and up to three times.
    pub(super) fn load(&self, path: &Path) -> Result<SigningKey, Problem> {
        let problem = |error: KeyError| error.problem(path);
        if let Some(passphrase) = self.given()? {
            return SigningKey::load(path, Some(&passphrase)).map_err(problem);
        }
        let mut attempt = SigningKey::load(path, None);
        for _ in 0..3 {
            match attempt {
                Err(KeyError::PassphraseNeeded) => {}
                Err(KeyError::WrongPassphrase) => {
                    output::notice("that is not the passphrase; try again");
                }
                done => return done.map_err(problem),
            }
            let passphrase = prompt(path)?;
            attempt = SigningKey::load(path, Some(&passphrase));
        }
        attempt.map_err(problem)
    }

    /// The passphrase that came with the command, if one did: the descriptor wins over the environment.
    pub(super) fn given(&self) -> Result<Option<SecretString>, Problem> {
        if let Some(fd) = self.fd {
            return from_descriptor(fd).map(Some);
        }
        match std::env::var(VARIABLE) {
            Ok(text) if text.is_empty() => Ok(None),
            Ok(text) => Ok(Some(text.into())),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => {
                Err(Problem::usage(format!("{VARIABLE} is not valid UTF-8")))
            }
        }
    }
}

/// The first line of a descriptor that the caller opened, as `gpg --passphrase-fd` reads it.
fn from_descriptor(fd: u32) -> Result<SecretString, Problem> {
    let unreadable = |error: std::io::Error| {
        Problem::failed(format!("cannot read the passphrase from file descriptor {fd}: {error}"))
            .help(format!("open it for the command: tyk-tui … --passphrase-fd {fd} {fd}<file"))
    };
    let file = File::open(format!("/dev/fd/{fd}")).map_err(unreadable)?;
    // Room for all of it, so that no copy stays behind where the buffer grew.
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024 + 64));
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() || bytes.len() as u64 > LIMIT {
        let what = if line.is_empty() { "is empty" } else { "is longer than 64 KiB" };
        return Err(Problem::failed(format!("the passphrase in file descriptor {fd} {what}")));
    }
    std::str::from_utf8(line).map(SecretString::from).map_err(|_| {
        Problem::failed(format!("the passphrase in file descriptor {fd} is not valid UTF-8"))
    })
}

/// Asks on the terminal, without echo.
pub(super) fn prompt(path: &Path) -> Result<SecretString, Problem> {
    if !std::io::stdin().is_terminal() {
        return Err(Problem::usage(
            "the key is encrypted, and there is no terminal to ask for its passphrase",
        )
        .at(path.display())
        .help(format!("give it by --passphrase-fd N or in the environment variable {VARIABLE}")));
    }
    // Before the question is there: who answers at once would else see what is typed.
    let _silent = Silent::make();
    rpassword::prompt_password(format!("Passphrase of {}: ", path.display()))
        .map(SecretString::from)
        .map_err(|error| Problem::failed(format!("cannot read the passphrase: {error}")))
}

/// The terminal without echo, until this is dropped.
struct Silent {
    terminal: File,
    before: Termios,
}

impl Silent {
    /// `None` where there is none to silence; whoever reads the passphrase says so then.
    fn make() -> Option<Self> {
        let terminal = File::open("/dev/tty").ok()?;
        let before = termios::tcgetattr(&terminal).ok()?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        termios::tcsetattr(&terminal, OptionalActions::Now, &silent).ok()?;
        Some(Self { terminal, before })
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        // Where it fails the terminal is gone.
        let _ = termios::tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}
