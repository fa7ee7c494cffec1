//! The servers of a project that run, by their sockets.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tokio::io::{BufReader, BufWriter};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::timeout;

use super::place::Place;
use super::wire::{self, Asked, BODY, Hello, PROTOCOL, Said};
use crate::domain::address::Listen;
use crate::domain::task::Problem;

/// How long a server may take to say who it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// A socket that nobody listens on is taken away where it is older than this: a server that begins has bound its own, and
/// does not listen yet.
const YOUNG: Duration = Duration::from_mins(1);

/// What is said where there is none.
const NONE: &str = "no server of this project runs";

/// A server that has said who it is.
pub(super) struct Found {
    pub(super) hello: Hello,
    pub(super) input: BufReader<OwnedReadHalf>,
    pub(super) output: BufWriter<OwnedWriteHalf>,
}

/// Those that answer: the one that listens at `wanted` first, then the one that began last.
pub(super) async fn running(place: &Place, wanted: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for path in place.sockets() {
        match timeout(PATIENCE, greet(&path)).await {
            Ok(Ok(server)) => found.push(server),
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => forget(&path),
            Ok(Err(error)) => {
                tracing::warn!(%error, socket = %path.display(), "a server cannot be asked");
            }
            Err(_) => tracing::warn!(socket = %path.display(), "a server does not answer"),
        }
    }
    found.sort_by_key(|found| (!found.hello.is_at(wanted), std::cmp::Reverse(found.hello.since)));
    found
}

/// The one that a console looks at which would listen at `wanted`: another console's only where it listens there, as one that
/// listens elsewhere is in nobody's way.
pub(super) async fn meant(place: &Place, wanted: &str) -> Option<Found> {
    let is_meant = |found: &Found| !found.hello.console || found.hello.is_at(wanted);
    running(place, wanted).await.into_iter().find(is_meant)
}

async fn greet(path: &Path) -> io::Result<Found> {
    let (input, output) = UnixStream::connect(path).await?.into_split();
    let mut input = BufReader::with_capacity(64 << 10, input);
    match wire::read(&mut input, BODY).await? {
        Some((Said::Hello(hello), _)) => Ok(Found { hello, input, output: BufWriter::new(output) }),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "it says something else first")),
    }
}

fn forget(path: &PathBuf) {
    let age = std::fs::symlink_metadata(path).and_then(|facts| facts.modified());
    let age = age.ok().and_then(|at| SystemTime::now().duration_since(at).ok());
    if age.is_some_and(|age| age > YOUNG) {
        drop(std::fs::remove_file(path));
    }
}

impl Hello {
    /// Whether it listens where `wanted` says, however that is written.
    pub(super) fn is_at(&self, wanted: &str) -> bool {
        let port = |address: &str| match address.parse::<Listen>() {
            Ok(listen @ Listen::Tcp { port, .. }) if listen.is_loopback() => Some(port),
            _ => None,
        };
        let same = || port(wanted).is_some_and(|wanted| port(&self.address) == Some(wanted));
        self.address == wanted || same()
    }

    /// Whether it can be talked to.
    pub(super) fn understood(&self) -> Result<(), Problem> {
        if self.protocol == PROTOCOL {
            return Ok(());
        }
        let what = format!(
            "the plugin server (pid {}) is of tyk-tui {}, which this one cannot attach to",
            self.pid, self.version
        );
        Err(Problem::failed(what).at(&self.address).help("end that server and start it again"))
    }
}

/// The one that listens at `wanted`, or the only one; none where none runs, and none is wanted by its address.
pub(super) async fn the_one(place: &Place, wanted: Option<&str>) -> Result<Option<Found>, Problem> {
    let mut found = running(place, wanted.unwrap_or_default()).await;
    if let Some(wanted) = wanted {
        let exact = found.iter().any(|found| found.hello.address == wanted);
        let is_meant = |hello: &Hello| hello.address == wanted || !exact && hello.is_at(wanted);
        found.retain(|found| is_meant(&found.hello));
    }
    if found.len() > 1 {
        let all: Vec<&str> = found.iter().map(|found| &*found.hello.address).collect();
        return Err(Problem::usage("more than one server of this project runs")
            .help(format!("say which by --listen: {}", all.join(", "))));
    }
    match (found.pop(), wanted) {
        (None, Some(wanted)) => Err(Problem::failed(NONE).at(wanted)),
        (found, _) => Ok(found),
    }
}

/// Ends a server of the project: the one that listens at `wanted`, or the only one. Returns once it has ended.
pub fn stop(place: &Place, wanted: Option<&str>) -> Result<Hello, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::failed(format!("cannot ask the server: {error}")))?;
    runtime.block_on(async {
        let Some(mut server) = the_one(place, wanted).await? else {
            return Err(Problem::failed(NONE));
        };
        let lost = |error: io::Error| {
            Problem::failed(format!("cannot ask the server to end: {error}"))
                .at(&server.hello.address)
                .help(format!("kill {}", server.hello.pid))
        };
        let ask = async {
            wire::write(&mut server.output, &Asked::Stop, [&[], &[]]).await?;
            tokio::io::AsyncWriteExt::flush(&mut server.output).await
        };
        ask.await.map_err(lost)?;
        while let Ok(Some(_)) = wire::read::<_, Said>(&mut server.input, BODY).await {}
        Ok(server.hello)
    })
}
