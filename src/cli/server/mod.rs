//! What the commands of a Gateway and of a Dashboard have in common: which server, its APIs, one of them, and putting one.

pub(super) mod apis;
pub(super) mod get;
pub(super) mod put;

use std::time::Duration;

use super::{output, runtime};
use crate::config::{self, Chosen, SecretSource, Settings, Sources};
use crate::domain::task::{Kind, Problem};
use crate::flows::remote::{Keeper, Server};
use crate::services::gateway::Gateway;

/// Which server.
#[derive(Debug, clap::Args)]
pub(super) struct Place {
    /// Its address, http://HOST:PORT [default: the profile's].
    #[arg(long, global = true, value_name = "URL")]
    url: Option<String>,
    /// How long an answer may take, in seconds [default: 30; to a reload: as long as it takes].
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
}

/// A server that was chosen, and the settings in force.
pub(super) struct Connected {
    pub(super) server: Server,
    pub(super) settings: Settings,
}

impl Place {
    /// That of `--url`, else the profile's. To another address than the profile's goes no secret of the profile: that of
    /// the environment alone.
    pub(super) fn connect(&self, keeper: Keeper, chosen: Chosen<'_>) -> Result<Connected, Problem> {
        let loaded = config::load(&Sources::here(chosen)?)?;
        loaded.warnings.iter().for_each(output::warning);
        let mut settings = loaded.settings;
        if let Some(url) = &self.url {
            let (known, secret, insecure) = match keeper {
                Keeper::Gateway => {
                    let it = &mut settings.gateway;
                    (&mut it.url, &mut it.secret, &mut it.insecure_tls)
                }
                Keeper::Dashboard => {
                    let it = &mut settings.dashboard;
                    (&mut it.url, &mut it.key, &mut it.insecure_tls)
                }
            };
            let trimmed = |url: &str| url.trim_end_matches('/').to_owned();
            if known.as_deref().map(trimmed) != Some(trimmed(url)) {
                (*secret, *insecure) = (SecretSource::default(), false);
            }
            *known = Some(url.clone());
        }
        let server = Server::required(keeper, &settings).map_err(|problem| match problem.kind {
            Kind::Usage if self.url.is_none() => Problem {
                help: problem.help.map(|help| format!("give --url, or {help}")),
                ..problem
            },
            _ => problem,
        })?;
        let server = match self.timeout {
            Some(seconds) => server.within(Duration::from_secs(seconds)),
            None => server,
        };
        Ok(Connected { server, settings })
    }
}

impl Connected {
    /// The Gateway, for what a Dashboard cannot do.
    pub(super) fn gateway(&self) -> Result<&Gateway, Problem> {
        match &self.server {
            Server::Gateway(gateway) => Ok(gateway),
            Server::Dashboard(_) => Err(Problem::usage("this is for a Gateway")),
        }
    }
}

/// Works with the server until a signal interrupts; `waits` is said where it takes longer than a moment.
pub(super) fn work<T>(
    waits: &str,
    work: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    runtime::block_on(async {
        let mut stop = runtime::Stop::listen()?;
        let mut work = std::pin::pin!(work);
        let moment = std::pin::pin!(tokio::time::sleep(Duration::from_secs(2)));
        let stopped = || Problem { kind: Kind::Interrupted, ..Problem::failed("interrupted") };
        tokio::select! {
            done = &mut work => return done,
            () = stop.asked() => return Err(stopped()),
            () = moment => output::notice(waits),
        }
        tokio::select! {
            done = &mut work => done,
            () = stop.asked() => Err(stopped()),
        }
    })?
}
