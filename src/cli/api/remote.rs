//! APIs of the profile's Gateway or Dashboard, as commands name them: `gateway:ID`.

use super::opened::parse;
use crate::cli::{output, runtime, saving};
use crate::config::{self, Chosen, Settings, Sources};
use crate::domain::api::Definition;
use crate::domain::task::Problem;
use crate::flows::edit::{Base, NotSaved};
use crate::flows::remote::{Keeper, Listed, Remote, Server};

/// The settings in force.
fn settings(chosen: Chosen<'_>) -> Result<Settings, Problem> {
    let loaded = config::load(&Sources::here(chosen)?)?;
    loaded.warnings.iter().for_each(output::warning);
    Ok(loaded.settings)
}

/// An API that was opened there.
pub(super) struct Opened {
    remote: Remote,
    server: Server,
    settings: Settings,
}

impl Opened {
    /// Opens it: with its text as it is laid out, and the definition.
    pub(super) fn of(
        remote: Remote,
        chosen: Chosen<'_>,
    ) -> Result<(Self, Vec<u8>, Definition), Problem> {
        let settings = settings(chosen)?;
        let server = Server::required(remote.keeper, &settings)?;
        let read = runtime::block_on(server.fetch(&remote.id))??;
        let definition = parse(remote.to_string().as_ref(), &read)?;
        Ok((Self { remote, server, settings }, read, definition))
    }

    /// Puts a text back over what was opened. What the server makes of it besides is said on stderr.
    pub(super) fn put(&self, text: &[u8], read: Vec<u8>) -> Result<(), Problem> {
        self.settings.writes_outside("change an API")?;
        let (desk, base) = (saving::desk(), Base::Read(read));
        let put = self.server.put(&desk, &self.remote.id, text, &base);
        let put = runtime::block_on(put)?.map_err(|not_saved| {
            if let NotSaved::Changed { there: Some(_), .. } = &not_saved {
                not_saved.diff().iter().for_each(output::remark);
            }
            Problem::from(not_saved)
        })?;
        put.warnings.iter().for_each(output::warning);
        if !put.differs.is_empty() {
            let server = self.remote.keeper.title();
            output::notice(format_args!("{server} keeps it otherwise than it was sent:"));
            put.differs.iter().for_each(output::remark);
        }
        Ok(())
    }
}

/// What they have.
pub(super) fn list(keepers: &[Keeper], chosen: Chosen<'_>) -> Result<Vec<Listed>, Problem> {
    let settings = settings(chosen)?;
    let mut listed = Vec::new();
    for keeper in keepers {
        let server = Server::required(*keeper, &settings)?;
        listed.extend(runtime::block_on(server.list())??);
    }
    Ok(listed)
}
