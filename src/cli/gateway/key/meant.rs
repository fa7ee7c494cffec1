//! Which key a person means.

use std::io::Read as _;

use secrecy::zeroize::Zeroizing;

use crate::cli::server::{Connected, work};
use crate::domain::task::Problem;
use crate::flows::keys::{self, Key};

#[derive(Debug, clap::Args)]
pub(super) struct Meant {
    /// The key: its end as `key list` shows it (9314), its alias, its hash, or - to read it whole from standard input.
    key: String,
}

impl Meant {
    pub(super) fn find(&self, connected: &Connected) -> Result<Key, Problem> {
        let mut text = Zeroizing::new(String::new());
        if self.key == "-" {
            let read = std::io::stdin().lock().take(64 << 10).read_to_string(&mut text);
            read.map_err(|error| {
                Problem::failed(format!("cannot read the key from standard input: {error}"))
            })?;
        } else {
            text.push_str(&self.key);
        }
        let meant = text.trim();
        if meant.is_empty() {
            return Err(Problem::usage("no key is named").help("tyk-tui gateway key list"));
        }
        work(super::WAITS, keys::find(connected.gateway()?, meant))
    }
}
