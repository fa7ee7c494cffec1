//! Which mserv, and how work with it is shown and interrupted.

use std::path::PathBuf;

use secrecy::SecretString;

use crate::cli::{output, progress, runtime};
use crate::config::Paths;
use crate::domain::task::Problem;
use crate::flows::mserv::{Desk, MSERV_LOCK};
use crate::services::files::Turn;
use crate::services::mserv::{Flags, Mserv, Settings};

/// mservctl's flags for all its commands.
#[derive(Debug, clap::Args)]
pub(super) struct Place {
    /// mserv's address; a path in it is put before mserv's own [default: the variable ENDPOINT, else `endpoint` of the
    /// file, else port 8989 of localhost].
    #[arg(short, long, global = true, value_name = "URL")]
    endpoint: Option<String>,
    /// The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or
    /// `token` in the file.
    #[arg(short, long, global = true, value_name = "TOKEN", value_parser = secret)]
    token: Option<SecretString>,
    /// Do not check the server's certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file].
    #[arg(
        short = 'k',
        long,
        global = true,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    insecure_tls: Option<bool>,
    /// mservctl's configuration: json, yaml or toml by its ending [default: ~/.mservctl.*].
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[expect(clippy::unnecessary_wraps, reason = "clap takes a parser that may fail")]
fn secret(text: &str) -> Result<SecretString, String> {
    Ok(SecretString::from(text))
}

/// A server to work with.
pub(super) struct Connection {
    server: Mserv,
}

impl Connection {
    /// As flags, environment and file have it; what the user should know is printed.
    pub(super) fn of(args: &Place) -> Result<Self, Problem> {
        let flags = Flags {
            endpoint: args.endpoint.clone(),
            token: args.token.clone(),
            insecure_tls: args.insecure_tls,
            config: args.config.clone(),
        };
        let settings = Settings::new(&flags, |name| std::env::var_os(name))?;
        if let Some(file) = &settings.file {
            output::notice(format_args!("using {}", file.display()));
        }
        settings.warnings.iter().for_each(output::warning);
        let server = Mserv::new(&settings).map_err(|error| error.problem())?;
        Ok(Self { server })
    }

    /// Its address, as it is shown.
    pub(super) fn address(&self) -> &str {
        self.server.address()
    }

    /// Asks the server.
    pub(super) fn ask<T>(
        &self,
        work: impl AsyncFnOnce(&Mserv) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        runtime::block_on(work(&self.server))?
    }

    /// Works with the server, with progress on the terminal; a signal cancels.
    pub(super) fn work<T>(
        &self,
        work: impl AsyncFnOnce(&Desk) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        progress::work(async |tell, cancel| {
            work(&Desk::new(self.server.clone(), tell, cancel)).await
        })
    }

    /// The same for what writes: no other tyk-tui writes meanwhile.
    pub(super) fn write<T>(
        &self,
        work: impl AsyncFnOnce(&Desk) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let paths = Paths::of_user()?;
        self.work(async |desk: &Desk| {
            let waits = || output::notice("waiting for another tyk-tui that writes to mserv");
            let _turn = Turn::wait(paths.state(), MSERV_LOCK, waits, desk.cancel()).await?;
            work(desk).await
        })
    }
}
