//! Where bundles are pushed to: a folder, mserv, S3, behind one type. The target `host` is always there: the folder that
//! the bundle host serves.
//!
//! Whatever is pushed is verified before, and what is fetched after; under one name there is one content for ever.

mod bucket;
mod folder;
mod mserv;
mod naming;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::config::{self, Settings, TargetKind};
use crate::domain::bundle::published_parts;
use crate::domain::conf::bundle_url;
use crate::domain::task::{Kind, Problem, size};
use crate::flows::s3::check;
use crate::flows::sound::{self, Bundle};
use crate::net::http::Told;
use crate::services::bundle::keys::PublicKey;
use bucket::Bucket;
use folder::Folder;
use mserv::Shelf;
pub use naming::{file_name, name_of};

/// The target that is always there.
pub const HOST: &str = "host";

/// What of the user's a target needs besides the settings.
#[derive(Clone, Debug)]
pub struct Here {
    /// The folder that the bundle host serves.
    pub bundles: PathBuf,
    /// The state directory; without one no other tyk-tui is waited for.
    pub state: Option<PathBuf>,
    /// The key that bundles are signed with: its public half, as the Gateways have it.
    pub public_key: Option<PathBuf>,
}

impl Here {
    /// As the configuration has it; `folder` is the project's.
    pub fn of(folder: &Path, settings: &Settings, paths: Option<&config::Paths>) -> Self {
        // Loaded for a user it is always set.
        let bundles = settings.host.dir.as_deref().unwrap_or(Path::new("bundles"));
        Self {
            bundles: folder.join(bundles),
            state: paths.map(|paths| paths.state().to_owned()),
            public_key: settings.project.public_key.as_ref().map(|key| folder.join(key)),
        }
    }
}

/// Where bundles are pushed to.
#[derive(Clone)]
pub struct Target {
    name: String,
    kind: TargetKind,
    /// The largest bundle that is pushed, in bytes.
    max_size: u64,
    /// Under which URL a Gateway finds what is there.
    base_url: Option<String>,
    /// What is pushed and what is fetched must be signed by its owner.
    public_key: Option<PathBuf>,
    store: Store,
}

#[derive(Clone)]
enum Store {
    Folder(Folder),
    Mserv(Arc<Shelf>),
    S3(Box<Bucket>),
}

/// A bundle that a target has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// By which the target knows it.
    pub id: String,
    /// What `custom_middleware_bundle` has to say for a Gateway to fetch it.
    pub bundle: String,
    /// What people call it; empty where the target keeps no names.
    pub name: String,
    /// Its size, where the target tells.
    pub bytes: Option<u64>,
    /// When it came.
    pub at: Option<Timestamp>,
    /// The checksum that its manifest states.
    pub checksum: Option<String>,
    /// Its hooks, with their names: `pre MyPre`; none where the target does not tell.
    pub hooks: Vec<String>,
    /// What else there is to know: that nobody can download it.
    pub note: Option<&'static str>,
}

impl Stored {
    /// What tells its content: `hash8` of its name, else the checksum that its manifest states.
    pub fn hash(&self) -> Option<&str> {
        let of_name = published_parts(&self.name).map(|(_, hash8)| hash8);
        of_name.or(self.checksum.as_deref().filter(|checksum| !checksum.is_empty()))
    }
}

/// A bundle that was pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// By which the target knows it.
    pub id: String,
    /// What `custom_middleware_bundle` has to say.
    pub bundle: String,
    /// The same content was there before, so nothing was sent.
    pub already_there: bool,
    /// Where a Gateway finds it, as far as that is known.
    pub url: Option<String>,
}

impl Target {
    /// The target of this name: `host`, or one of the profile in force. Its secret is read, which may run a command of the
    /// user's: call it where that may block.
    pub fn of(name: &str, settings: &Settings, here: &Here) -> Result<Self, Problem> {
        let ours;
        let set = match settings.targets.get(name) {
            Some(set) => set,
            None if name == HOST => {
                ours =
                    config::Target { dir: Some(here.bundles.clone()), ..config::Target::default() };
                &ours
            }
            None => return Err(unknown(name, settings)),
        };
        let store = match set.kind {
            TargetKind::Folder => Store::Folder(Folder::new(name, set)?),
            TargetKind::Mserv => Store::Mserv(Arc::new(Shelf::new(name, set, here)?)),
            TargetKind::S3 => Store::S3(Box::new(Bucket::new(name, set)?)),
        };
        let max_size = set.max_size as u64;
        let base_url = set.base_url.clone();
        let public_key = here.public_key.clone();
        Ok(Self { name: name.to_owned(), kind: set.kind, max_size, base_url, public_key, store })
    }

    /// The names of all that there are, `host` first.
    pub fn names(settings: &Settings) -> Vec<String> {
        let others = settings.targets.keys().filter(|name| *name != HOST).cloned();
        std::iter::once(HOST.to_owned()).chain(others).collect()
    }

    /// The name of the one that is meant where none is asked for: the profile's `ship_target`, else `host`.
    pub fn usual(settings: &Settings) -> &str {
        settings.profile.ship_target.as_deref().unwrap_or(HOST)
    }

    /// Its name in the configuration.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is.
    pub fn kind(&self) -> TargetKind {
        self.kind
    }

    /// Whether what is pushed there leaves this machine.
    pub fn is_elsewhere(&self) -> bool {
        self.kind != TargetKind::Folder
    }

    /// Where it is: a folder, an address.
    pub fn place(&self) -> String {
        match &self.store {
            Store::Folder(folder) => folder.dir().display().to_string(),
            Store::Mserv(mserv) => mserv.address().to_owned(),
            Store::S3(bucket) => bucket.place(),
        }
    }

    /// Its folder, where it is one.
    pub fn folder(&self) -> Option<&Path> {
        match &self.store {
            Store::Folder(folder) => Some(folder.dir()),
            Store::Mserv(_) | Store::S3(_) => None,
        }
    }

    /// What it is and where, for people: `mserv http://localhost:8989 (eu)`.
    pub fn describe(&self) -> String {
        format!("{} {} ({})", self.kind.word(), self.place(), self.name)
    }

    /// Why a connection to it is less safe than it looks; `None` where it is not.
    pub fn caution(&self) -> Option<&'static str> {
        match &self.store {
            Store::Mserv(mserv) if mserv.is_unchecked() => Some("certificate not checked"),
            Store::S3(bucket) if bucket.is_unchecked() => Some("certificate not checked"),
            _ => None,
        }
    }

    /// Asks how it is, in a few words.
    pub async fn health(&self) -> Result<String, Problem> {
        match &self.store {
            Store::Folder(folder) => folder.health().await,
            Store::Mserv(mserv) => mserv.health().await,
            Store::S3(bucket) => bucket.health().await,
        }
    }

    /// The bundles that it has, the newest first.
    pub async fn list(&self) -> Result<Vec<Stored>, Problem> {
        let mut listed = match &self.store {
            Store::Folder(folder) => folder.list().await?,
            Store::Mserv(mserv) => mserv.list().await?,
            Store::S3(bucket) => bucket.list().await?,
        };
        listed.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.id.cmp(&other.id)));
        Ok(listed)
    }

    /// Verifies a bundle and pushes it; `name` is the one that it is published under (`{name}-{hash8}.zip`), where the
    /// target keeps names. What is there already with the same content is not sent again; other content under the name is
    /// refused. Where it fails or is cancelled, nothing of it is there.
    pub async fn push(
        &self,
        file: &Path,
        name: &str,
        told: Told,
        cancel: &CancellationToken,
    ) -> Result<Pushed, Problem> {
        self.fits(file).await?;
        let bundle = self.looked_at(file).await?;
        let mut pushed = match &self.store {
            Store::Folder(folder) => folder.push(&bundle, name, told, cancel).await?,
            Store::Mserv(mserv) => mserv.push(&bundle, told, cancel).await?,
            // Boxed, as below: signing, parts and retries make a future that nobody wants to carry about.
            Store::S3(bucket) => Box::pin(bucket.push(&bundle, name, told, cancel)).await?,
        };
        if let Some(base) = &self.base_url {
            pushed.url = bundle_url(base, &pushed.bundle).ok();
        }
        Ok(pushed)
    }

    /// Why a Gateway may not get what was pushed, as far as that shows from here; `None` where nothing speaks against it. A
    /// bucket is private unless somebody says otherwise, and a Gateway asks without credentials.
    pub async fn doubt(&self, pushed: &Pushed) -> Option<String> {
        let Store::S3(bucket) = &self.store else { return None };
        let meets = check(pushed.url.as_deref()?, bucket.is_unchecked()).await.ok()?;
        meets.fails.map(|problem| format!("asked from here, {}", problem.what))
    }

    /// Fetches a bundle into a file, which is there only once the bundle was verified.
    pub async fn fetch(
        &self,
        id: &str,
        into: &Path,
        told: Told,
        cancel: &CancellationToken,
    ) -> Result<(), Problem> {
        let key = self.key().await?;
        match &self.store {
            Store::Folder(folder) => folder.fetch(id, into, key, told, cancel).await,
            Store::Mserv(mserv) => mserv.fetch(id, into, key, told, cancel).await,
            Store::S3(bucket) => Box::pin(bucket.fetch(id, into, key, told, cancel)).await,
        }
    }

    /// The same target for who only looks at what is there: it need not be signed.
    #[must_use]
    pub fn signed_by_anyone(self) -> Self {
        Self { public_key: None, ..self }
    }

    /// Deletes a bundle.
    pub async fn delete(&self, id: &str, cancel: &CancellationToken) -> Result<(), Problem> {
        if cancel.is_cancelled() {
            return Err(cancelled("nothing was deleted"));
        }
        match &self.store {
            Store::Folder(folder) => folder.delete(id).await,
            Store::Mserv(mserv) => mserv.delete(id, cancel).await,
            Store::S3(bucket) => Box::pin(bucket.delete(id, cancel)).await,
        }
    }

    /// A bundle that may be pushed, looked at off the async threads.
    async fn looked_at(&self, file: &Path) -> Result<Bundle, Problem> {
        let (file, key) = (file.to_owned(), self.public_key.clone());
        blocking(move || sound::check_signed(&file, loaded(key.as_deref())?.as_ref())).await
    }

    /// By whose key what is fetched must be signed.
    async fn key(&self) -> Result<Option<PublicKey>, Problem> {
        let key = self.public_key.clone();
        blocking(move || loaded(key.as_deref())).await
    }

    /// Refuses what is too large.
    async fn fits(&self, file: &Path) -> Result<(), Problem> {
        let facts = tokio::fs::metadata(file).await.map_err(|error| {
            Problem::failed(format!("cannot read the bundle: {error}")).at(file.display())
        })?;
        if facts.len() <= self.max_size {
            return Ok(());
        }
        let (bytes, most) = (size(facts.len()), size(self.max_size));
        Err(Problem::failed(format!("the bundle has {bytes}, and the target takes {most} at most"))
            .at(file.display())
            .help(format!(
                "a Gateway gives one attempt to download it 5 s; where its network is fast enough, raise `max_size` of \
                 the target {}",
                self.name
            )))
    }
}

/// A name that no target has.
fn unknown(name: &str, settings: &Settings) -> Problem {
    let names = Target::names(settings).join(", ");
    Problem::usage(format!("no target is called `{name}`")).help(format!(
        "there are: {names}; others are made in the configuration, under [use.NAME.target.{name}], and chosen with \
         the profile (--use NAME)"
    ))
}

fn loaded(key: Option<&Path>) -> Result<Option<PublicKey>, Problem> {
    key.map(|path| PublicKey::load(path).map_err(|error| error.problem(path))).transpose()
}

/// Runs what waits for disks.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(Problem::failed(format!("ended half way: {error}"))
            .help("this is a bug of tyk-tui; the log has more"))
    })
}

/// A setting that a target of this kind needs.
fn needed<'a, T>(set: Option<&'a T>, key: &str, name: &str) -> Result<&'a T, Problem> {
    set.ok_or_else(|| {
        Problem::usage(format!("the target `{name}` has no `{key}`"))
            .help(format!("set `{key}` under [use.NAME.target.{name}] of the configuration"))
    })
}

/// What a cancelled piece of work ends with.
fn cancelled(so: &str) -> Problem {
    Problem { kind: Kind::Interrupted, ..Problem::failed(format!("cancelled: {so}")) }
}

#[cfg(test)]
mod tests;
