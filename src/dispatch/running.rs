//! The server's life: bound, serving on its own threads, drained, ended.

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{oneshot, watch};
use tonic::service::Routes;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use super::gauges::Gauges;
use super::hold::Holds;
use super::reload::{Reload, Reloaded};
use super::wire::{self, DISPATCHER, Listener, Shared};
use super::{RuleStats, Rules};
use crate::capture::Recorder;
use crate::domain::address::{Listen, ListenError};
use crate::domain::object::DESCRIPTORS;
use crate::domain::task::Problem;
use crate::{config, net};

/// How long calls under way may take once the end is asked for.
const DRAIN: Duration = Duration::from_secs(10);

/// How long a connection that has no call under way may take to close: one that watches health never does by itself.
const LINGER: Duration = Duration::from_millis(300);

/// Starts servers.
#[derive(Debug)]
pub struct Server;

impl Server {
    /// Binds `settings.listen` and serves on threads of its own. Every call is offered to `recorder` (`None`: capture is
    /// off). What its user should know (an address beyond loopback, auth hooks that no rule answers) is in
    /// [`Running::notices`].
    pub fn start(
        settings: &config::Server,
        rules: Rules,
        recorder: Option<Recorder>,
    ) -> Result<Running, Problem> {
        Self::begin(settings, rules, recorder, None, Holds::default())
    }

    /// The same on a socket that listens there already, where one is given: another process has bound it.
    pub fn start_on(
        settings: &config::Server,
        rules: Rules,
        recorder: Option<Recorder>,
        socket: Option<OwnedFd>,
    ) -> Result<Running, Problem> {
        Self::begin(settings, rules, recorder, socket, Holds::default())
    }

    /// The same, with breakpoints that were set before, for a server that takes the place of another.
    pub fn start_holding(
        settings: &config::Server,
        rules: Rules,
        recorder: Option<Recorder>,
        holds: Holds,
    ) -> Result<Running, Problem> {
        Self::begin(settings, rules, recorder, None, holds)
    }

    fn begin(
        settings: &config::Server,
        rules: Rules,
        recorder: Option<Recorder>,
        socket: Option<OwnedFd>,
        holds: Holds,
    ) -> Result<Running, Problem> {
        let wanted: Listen = settings
            .listen
            .parse()
            .map_err(|error: ListenError| Problem::usage(error.to_string()))?;
        let shared = Arc::new(Shared::new(settings.clone(), rules, recorder, holds));
        let (stop, stopped) = oneshot::channel();
        let (bound, is_bound) = std::sync::mpsc::sync_channel(1);
        let served = Arc::clone(&shared);
        let place = wanted.clone();
        let cannot = |what: String| {
            Problem::failed(format!("cannot start the server: {what}")).at(&settings.listen)
        };
        // Runtime and socket are made on the new thread: the caller may be a task of another runtime.
        let thread = std::thread::Builder::new()
            .name("dispatch-server".into())
            .spawn(move || run(&place, socket, &served, stopped, &bound))
            .map_err(|error| cannot(error.to_string()))?;
        let (address, listener) =
            is_bound.recv().map_err(|_| cannot("its thread ended at once".to_owned()))??;
        shared.holds().open(settings);
        tracing::info!(%address, "the Dispatch server listens");
        let reload = Reload::start(&shared);
        let exposed = (!address.is_loopback()).then(|| {
            format!("{address} can be reached from other machines, in clear and without a password")
        });
        Ok(Running {
            address,
            since: Timestamp::now(),
            exposed,
            shared,
            reload,
            listener: Some(listener),
            stop: Some(stop),
            handed_over: false,
            thread: Some(thread),
        })
    }
}

/// A server that runs; dropping it stops it as [`Running::stop`] does.
#[derive(Debug)]
pub struct Running {
    address: Listen,
    since: Timestamp,
    exposed: Option<String>,
    shared: Arc<Shared>,
    reload: Option<Reload>,
    /// The listening socket once more, for who takes it over.
    listener: Option<OwnedFd>,
    /// Sending says that another process has taken the socket over; dropping it, that the server ends.
    stop: Option<oneshot::Sender<()>>,
    /// The socket's file is another process's.
    handed_over: bool,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// As bound: the real port where 0 was asked for.
    pub fn address(&self) -> &Listen {
        &self.address
    }

    /// When it began to serve.
    pub fn since(&self) -> Timestamp {
        self.since
    }

    /// What its user should know of it and of the rules in force: one line each.
    pub fn notices(&self) -> Vec<String> {
        self.exposed.iter().cloned().chain(self.shared.rules().notices()).collect()
    }

    /// Each rule in order, then `(none)`.
    pub fn rules(&self) -> Vec<RuleStats> {
        self.shared.rules().stats()
    }

    /// APIs whose `auth_check` hook came and no rule answered: the Gateway refuses every caller of theirs (403).
    pub fn unanswered(&self) -> Vec<String> {
        self.shared.rules().unanswered()
    }

    /// Calls under way.
    pub fn in_flight(&self) -> usize {
        self.shared.in_flight()
    }

    /// Breakpoints, and the Dispatches that they hold.
    pub fn holds(&self) -> Holds {
        self.shared.holds().clone()
    }

    /// What comes of changes of the rules' files: new rules are in force from the next call on, wrong ones never. `None`
    /// where there are no files to look after.
    pub fn reloaded(&self) -> Option<watch::Receiver<Reloaded>> {
        self.reload.as_ref().map(|reload| reload.news.clone())
    }

    /// Asks how many calls are under way, and how many of them are held, also when this is elsewhere.
    pub fn waiting(&self) -> impl Fn() -> (usize, usize) + Clone + Send + Sync + use<> {
        let gauges = self.gauges();
        move || (gauges.in_flight(), gauges.held())
    }

    /// What it shows of itself, for those who do not own it.
    pub fn gauges(&self) -> Gauges {
        Gauges {
            shared: Arc::downgrade(&self.shared),
            exposed: self.exposed.clone(),
            news: self.reloaded(),
        }
    }

    /// The listening socket, for another process to take over.
    pub fn listener(&self) -> io::Result<OwnedFd> {
        match &self.listener {
            Some(listener) => listener.try_clone(),
            None => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    /// Another process has taken the socket over: connections are sent there (GOAWAY), what is in flight is answered;
    /// then it ends, without a word to those who ask for its health. Blocks until then.
    pub fn hand_over(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        // The file is the other's now.
        if let Listen::Unix(_) = self.address {
            self.handed_over = true;
        }
        self.end();
    }

    /// Why the rules' files, as they are now, are not in force.
    pub fn wrong_rules(&self) -> Option<Problem> {
        let news = self.reload.as_ref()?.news.borrow();
        match &*news {
            Reloaded::Wrong(problem) => Some(problem.clone()),
            Reloaded::Never | Reloaded::Now(..) => None,
        }
    }

    /// Health says `NOT_SERVING`, what is in flight is answered, no new connection is taken; then it ends. Blocks until
    /// then (some ten seconds at most), so that async code calls it from a blocking task.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        drop(self.reload.take());
        // Before the end is announced: nobody who is held would be answered in the time that is left.
        self.shared.holds().close();
        drop(self.stop.take());
        // As long as one is open, the system takes connections in that nobody answers.
        drop(self.listener.take());
        if let Some(thread) = self.thread.take() {
            // Its panic, if any, was reported when it happened.
            let _ = thread.join();
            if let Listen::Unix(path) = &self.address
                && !self.handed_over
            {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// The server thread's whole life: binds, tells how that went, serves until it is stopped.
fn run(
    wanted: &Listen,
    socket: Option<OwnedFd>,
    shared: &Arc<Shared>,
    stopped: oneshot::Receiver<()>,
    bound: &SyncSender<Result<(Listen, OwnedFd), Problem>>,
) {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .thread_name("dispatch")
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = bound.send(Err(Problem::failed(format!("cannot start the server: {error}"))));
            return;
        }
    };
    match runtime.block_on(bind(wanted, socket)) {
        Err(problem) => {
            let _ = bound.send(Err(problem));
        }
        Ok((socket, address, again)) => {
            let _ = bound.send(Ok((address, again)));
            if let Err(error) = runtime.block_on(serve(socket, shared, stopped)) {
                tracing::error!(%error, "the Dispatch server ended by itself");
            }
        }
    }
    // Calls that hang are not waited for any longer.
    runtime.shutdown_background();
}

/// The socket, its address, and the socket once more.
async fn bind(
    wanted: &Listen,
    given: Option<OwnedFd>,
) -> Result<(Listener, Listen, OwnedFd), Problem> {
    let cannot = |what: &str| {
        let what = what.to_owned();
        move |error: io::Error| Problem::failed(format!("{what}: {error}")).at(wanted)
    };
    match wanted {
        Listen::Tcp { host, port } => {
            let listener = match given {
                Some(given) => {
                    let listener = std::net::TcpListener::from(given);
                    let taken = listener.set_nonblocking(true);
                    taken
                        .and_then(|()| TcpListener::from_std(listener))
                        .map_err(cannot("cannot take the socket over"))?
                }
                None => net::tcp(host, *port).await?,
            };
            let address = listener.local_addr().map_err(cannot("cannot tell the bound address"))?;
            let address = Listen::Tcp { host: address.ip().to_string(), port: address.port() };
            let again = listener.as_fd().try_clone_to_owned();
            Ok((Listener::Tcp(listener), address, again.map_err(cannot("cannot listen"))?))
        }
        Listen::Unix(path) => {
            let listener = match given {
                Some(given) => {
                    let listener = std::os::unix::net::UnixListener::from(given);
                    let taken = listener.set_nonblocking(true);
                    taken
                        .and_then(|()| UnixListener::from_std(listener))
                        .map_err(cannot("cannot take the socket over"))?
                }
                None => net::unix(path).await?,
            };
            let again = listener.as_fd().try_clone_to_owned();
            Ok((Listener::Unix(listener), wanted.clone(), again.map_err(cannot("cannot listen"))?))
        }
    }
}

async fn serve(
    listener: Listener,
    shared: &Arc<Shared>,
    stopped: oneshot::Receiver<()>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (health, health_service) = tonic_health::server::health_reporter();
    health.set_service_status(DISPATCHER, ServingStatus::Serving).await;
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(DESCRIPTORS)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    let others = Routes::new(health_service)
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?)
        .prepare();
    let (closing, closed) = oneshot::channel::<()>();
    let signal = async {
        // Where another process has taken over, whoever watches health is to find it healthy.
        if stopped.await.is_err() {
            announce(&health).await;
            let _ = tokio::time::timeout(DRAIN, shared.drained()).await;
        }
        let _ = closing.send(());
    };
    let serving = wire::serve(listener, shared, others, signal);
    let overdue = async {
        let _ = closed.await;
        let _ = tokio::time::timeout(DRAIN, shared.quiet()).await;
        tokio::time::sleep(LINGER).await;
    };
    tokio::select! {
        () = serving => {}
        () = overdue => {}
    }
    Ok(())
}

/// Whoever asks for health, or watches it, learns that no new call should come.
async fn announce(health: &HealthReporter) {
    for service in ["", DISPATCHER] {
        health.set_service_status(service, ServingStatus::NotServing).await;
    }
}
