//! Previous versions of an API of a Gateway or a Dashboard: `gateway:ID`.

use std::path::{Path, PathBuf};

use super::{output, runtime};
use crate::config::{self, Chosen, Sources};
use crate::domain::task::Problem;
use crate::flows::edit::{Base, Desk};
use crate::flows::remote::{Put, Remote, Server};

/// What versions are kept under: of an API whose server is not named (`gateway:orders`), that of the one server of which
/// some are kept.
pub(super) fn kept_as(given: &Path, desk: &Desk) -> Result<PathBuf, Problem> {
    if Remote::named(given).is_none() {
        return Ok(given.to_owned());
    }
    let files = desk.backups()?.files()?;
    let start = format!("{}@", given.display());
    let named = files
        .into_iter()
        .map(|file| file.path)
        .filter(|path| path == given || path.to_str().is_some_and(|path| path.starts_with(&start)));
    let mut named: Vec<_> = named.collect();
    match (named.pop(), named.is_empty()) {
        (None, _) => Ok(given.to_owned()),
        (Some(only), true) => Ok(only),
        (Some(last), false) => Err(Problem::usage("versions of it are kept of several servers")
            .at(given.display())
            .help(format!("write it with its address: {}", last.display()))),
    }
}

/// The API whose versions are kept under this name, and the profile's server that has it; `None` for a file.
pub(super) fn server(
    kept_as: &Path,
    chosen: Chosen<'_>,
) -> Result<Option<(String, Server)>, Problem> {
    let Some(name) = kept_as.to_str() else { return Ok(None) };
    let (named, address) = name.rsplit_once('@').unwrap_or((name, ""));
    let Some(remote) = Remote::named(named.as_ref()) else { return Ok(None) };
    let loaded = config::load(&Sources::here(chosen)?)?;
    let server = Server::required(remote.keeper, &loaded.settings)?;
    if !address.is_empty() && server.address() != address {
        let here = server.address();
        let what = format!("the profile's {} is {here}, not {address}", remote.keeper.word());
        return Err(Problem::usage(what)
            .at(named)
            .help("choose the profile of that one: --use NAME"));
    }
    Ok(Some((remote.id, server)))
}

/// Refuses to change an API where the profile or a flag says so.
pub(super) fn may_write(chosen: Chosen<'_>) -> Result<(), Problem> {
    config::load(&Sources::here(chosen)?)?.settings.writes_outside("change an API")
}

/// What the server has now.
pub(super) fn now(id: &str, server: &Server) -> Result<Vec<u8>, Problem> {
    runtime::block_on(server.fetch(id))?
}

/// Puts a version back, whatever is there; an API that is gone is made anew.
pub(super) fn put(id: &str, server: &Server, text: &[u8], desk: &Desk) -> Result<Put, Problem> {
    let put = runtime::block_on(server.put(desk, id, text, &Base::Any))?;
    let put = put.map_err(Problem::from)?;
    put.warnings.iter().for_each(output::warning);
    Ok(put)
}
