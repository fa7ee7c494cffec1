//! Putting a definition back: looked at anew before, confirmed after.

use serde_json::Value as Json;

use super::{Remote, Server};
use crate::domain::api::{Definition, differences, skipped_listen_path};
use crate::domain::diff::Line;
use crate::domain::effect::go_url;
use crate::domain::task::Problem;
use crate::flows::edit::{Base, Desk, NotSaved, Version};
use crate::services::dashboard::Why as DashboardWhy;
use crate::services::gateway::Why;

/// What putting a definition back came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Put {
    /// What the server has now.
    pub now: Vec<u8>,
    /// How that differs from what was sent: a Gateway drops keys that it does not know, and adds those that it does.
    pub differs: Vec<Line>,
    /// The version that was replaced and kept; `None` where there was none, or where nothing was to be changed.
    pub replaced: Option<Version>,
    /// What could not be done besides: the definition is in force all the same.
    pub warnings: Vec<Problem>,
}

/// What was stored; it takes effect with the next reload of a Gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What was there before; `None` where the API is a new one.
    pub before: Option<Vec<u8>>,
    /// The same was there already, so nothing was sent.
    pub already_there: bool,
    /// The version that was replaced and kept.
    pub replaced: Option<Version>,
    /// What could not be done besides.
    pub warnings: Vec<Problem>,
}

impl Server {
    /// Puts a definition back over what was there when it was opened, and over nothing else; a Gateway is reloaded, and
    /// asked whether it serves the API. With [`Base::Any`] an API that is gone is made anew.
    pub async fn put(
        &self,
        desk: &Desk,
        id: &str,
        text: &[u8],
        base: &Base,
    ) -> Result<Put, NotSaved> {
        let remote = self.remote(id);
        let stored = self.store(desk, id, text, base).await?;
        if stored.already_there {
            return Ok(Put { now: text.to_vec(), ..Put::default() });
        }
        self.reload().await.map_err(|problem| unloaded(problem, &remote))?;
        let now = self.look(id).await?;
        let now = now.ok_or_else(|| dropped(&remote, stored.replaced.is_some()))?;
        self.is_served(id, text)?;
        let mut differs = Vec::new();
        if !is_same(&now, text) {
            differs = differences(fit(&remote, text)?.root().raw(), &now);
        }
        Ok(Put { now, differs, replaced: stored.replaced, warnings: stored.warnings })
    }

    /// The same without the reload and what follows it.
    pub async fn store(
        &self,
        desk: &Desk,
        id: &str,
        text: &[u8],
        base: &Base,
    ) -> Result<Stored, NotSaved> {
        let remote = self.remote(id);
        let definition = fit(&remote, text)?;
        let before = self.look(id).await?;
        let mut stored =
            Stored { before, already_there: false, replaced: None, warnings: Vec::new() };
        let there = stored.before.as_deref();
        if there.is_some_and(|there| is_same(there, text)) {
            return Ok(Stored { already_there: true, ..stored });
        }
        let expected = match (base, there) {
            (Base::Any, _) | (Base::Missing, None) => true,
            (Base::Read(read), Some(there)) => is_same(read, there),
            (Base::Missing, Some(_)) | (Base::Read(_), None) => false,
        };
        if !expected {
            let (ours, place) = (text.to_vec(), remote.to_string());
            return Err(NotSaved::Changed { there: stored.before, ours, place });
        }
        if let Some(there) = there {
            match desk.keep(&remote.kept_as(self.address()), there) {
                Ok(version) => stored.replaced = Some(version),
                Err(problem) => stored.warnings.push(problem),
            }
        }
        self.write(id, &definition, stored.before.is_some()).await?;
        Ok(stored)
    }

    /// Whether what a Gateway lists is served: it skips an API whose listen path or upstream it cannot use.
    fn is_served(&self, id: &str, text: &[u8]) -> Result<(), Problem> {
        let Self::Gateway(_) = self else { return Ok(()) };
        let remote = self.remote(id);
        let definition = fit(&remote, text)?;
        let summary = definition.summary();
        let unparsed = go_url::parse(&summary.target.text()).is_err();
        let why = skipped_listen_path(&summary.listen_path.text())
            .or_else(|| unparsed.then_some("the upstream's address does not parse"));
        why.map_or(Ok(()), |why| {
            let what = format!(
                "the Gateway stored the definition and lists it, but serves nothing: {why}"
            );
            Err(Problem::failed(what).at(&remote).help("correct it, and put it again"))
        })
    }

    /// Has a Gateway load what was stored, and waits until it has: as long as the bundles take. A Dashboard tells its
    /// Gateways itself.
    pub async fn reload(&self) -> Result<(), Problem> {
        match self {
            Self::Gateway(gateway) => gateway.reload(true).await.map_err(|error| error.problem()),
            Self::Dashboard(_) => Ok(()),
        }
    }

    /// Writes a definition over whatever is there, with no comparison: that a change of ours is taken back. It takes
    /// effect at the next reload.
    pub async fn put_back(&self, id: &str, text: &[u8]) -> Result<(), Problem> {
        let definition = fit(&self.remote(id), text)?;
        let is_there = self.look(id).await?.is_some();
        self.write(id, &definition, is_there).await.map_err(Problem::from)
    }

    async fn write(
        &self,
        id: &str,
        definition: &Definition,
        is_there: bool,
    ) -> Result<(), NotSaved> {
        match self {
            Self::Gateway(gateway) => {
                let written = if is_there {
                    gateway.replace(definition).await
                } else {
                    gateway.create(definition).await
                };
                written.map(|_| ()).map_err(|error| {
                    let is_lost = matches!(error.why, Why::Call(_));
                    not_saved(error.problem(), is_lost)
                })
            }
            Self::Dashboard(dashboard) => {
                let written = if is_there {
                    dashboard.replace(id, definition).await
                } else {
                    dashboard.create(id, definition).await
                };
                written.map_err(|error| {
                    let is_lost = matches!(error.why, DashboardWhy::Call(_));
                    not_saved(error.problem(), is_lost)
                })
            }
        }
    }
}

/// A server that did not say no may have done it.
fn not_saved(problem: Problem, is_lost: bool) -> NotSaved {
    if is_lost { NotSaved::Unknown(problem) } else { NotSaved::Problem(problem) }
}

/// The definition that a text is; it has to be that of this API.
fn fit(remote: &Remote, text: &[u8]) -> Result<Definition, Problem> {
    let nothing = "; nothing was sent";
    let definition = Definition::open(text).map_err(|error| {
        Problem::failed(format!("this is no API definition: {error}{nothing}"))
            .at(remote)
            .help("correct the text first")
    })?;
    let id = definition.summary().id.text();
    if id != remote.id {
        // A Gateway would refuse it, or make a second API of it.
        let what = format!("its id is {id:?} now, and an id cannot be changed{nothing}");
        let help = format!("write {:?} again, or save it as a file of another API", remote.id);
        return Err(Problem::failed(what).at(remote).help(help));
    }
    Ok(definition)
}

/// The definition was stored, and the Gateway did not reload.
fn unloaded(problem: Problem, remote: &Remote) -> Problem {
    let Problem { what, help, .. } = problem;
    let what = format!("the Gateway stored the definition, but did not reload: {what}");
    let help = help.map(|help| format!("{help}; it takes effect at the next reload"));
    Problem { help, ..Problem::failed(what).at(remote) }
}

/// The Gateway took the definition and does not serve it.
fn dropped(remote: &Remote, is_kept: bool) -> Problem {
    let what = format!(
        "{} stored the definition, but does not serve the API any more",
        remote.keeper.title()
    );
    let back = if is_kept {
        format!("; `tyk-tui backups restore {remote}` puts back what was there")
    } else {
        String::new()
    };
    Problem::failed(what).at(remote).help(format!(
        "most likely its bundle could not be fetched or verified: look into the Gateway's log{back}"
    ))
}

/// Whether two texts say the same: a server may order keys of a map otherwise the next time.
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one == other {
        return true;
    }
    let value = |text| serde_json::from_slice::<Json>(text).ok();
    value(one).is_some_and(|one| Some(one) == value(other))
}
