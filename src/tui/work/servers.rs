//! Starts and stops the plugin server and the bundle host.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::{Slot, Worker, slot};
use crate::capture::Judge;
use crate::config;
use crate::dispatch::{self, Rules, Server};
use crate::domain::task::Problem;
use crate::flows::control::{self, Attached, Hello, Onlooker, Place, Successor};
use crate::services::host::{self, Host};
use crate::tui::message::Message;
use crate::tui::pane::server::{On, Process};

/// How many ports after the wanted one are tried.
const OTHERS: u16 = 20;

/// What the pane shows of a running plugin server.
fn on_server(running: &dispatch::Running) -> On {
    On {
        address: running.address().to_string(),
        since: running.since(),
        notices: running.notices(),
        folder: None,
        process: None,
    }
}

/// What the pane shows of a running host.
pub(crate) fn on_host(running: &host::Running, folder: &std::path::Path) -> On {
    let open = !running.is_loopback();
    let notices =
        open.then(|| "anyone who reaches this machine can download the bundles".to_owned());
    On {
        address: running.address().to_string(),
        since: jiff::Timestamp::now(),
        notices: notices.into_iter().collect(),
        folder: Some(folder.display().to_string()),
        process: None,
    }
}

/// What the pane shows of another process's server.
fn on_process(hello: &Hello) -> On {
    let session = hello.session.as_ref().and_then(|path| path.file_stem());
    On {
        address: hello.address.clone(),
        since: hello.since,
        notices: Vec::new(),
        folder: None,
        process: Some(Process {
            pid: hello.pid,
            console: hello.console,
            holds: (hello.hold_limit, hello.hold_seconds),
            session: session.map(|name| name.to_string_lossy().into_owned()),
        }),
    }
}

/// Tells of changes of the rules for as long as this server runs.
fn follow_rules(
    running: &dispatch::Running,
    runtime: &Handle,
    messages: mpsc::UnboundedSender<Message>,
) {
    let Some(mut news) = running.reloaded() else { return };
    runtime.spawn(async move {
        while news.changed().await.is_ok() {
            let reloaded = news.borrow_and_update().clone();
            if messages.send(Message::Rules(reloaded)).is_err() {
                return;
            }
        }
    });
}

/// What a server of another process is looked at with.
struct Attaching {
    place: Option<Place>,
    onlooker: Onlooker,
    most: u64,
    wanted: String,
    messages: mpsc::UnboundedSender<Message>,
    elsewhere: Slot<Attached>,
}

impl Attaching {
    /// Looks at the server that runs; `None` where none does.
    fn attach(self) -> Result<Option<On>, Problem> {
        let Some(place) = self.place else { return Ok(None) };
        let messages = self.messages;
        let told = move |news| drop(messages.send(Message::Elsewhere(news)));
        let attached = control::attach(&place, &self.wanted, self.most, self.onlooker, told)?;
        Ok(attached.map(|attached| {
            let on = on_process(&attached.hello);
            *slot(&self.elsewhere) = Some(attached);
            on
        }))
    }
}

impl Worker {
    fn attaching(&self) -> Attaching {
        let settings = slot(&self.settings);
        let view = Arc::clone(&self.redacted);
        Attaching {
            place: self.place(),
            onlooker: Onlooker {
                recorder: self.recorder.clone(),
                capture: self.capture.clone(),
                holds: self.holds.clone(),
                judge: Judge { view, answer_limit: settings.server.answer_limit },
            },
            most: settings.capture.max_records as u64,
            wanted: settings.server.listen.clone(),
            messages: self.messages.clone(),
            elsewhere: Arc::clone(&self.elsewhere),
        }
    }

    /// Looks at the server of another process that was found.
    pub(super) fn attach_server(&self) {
        drop(slot(&self.awaited).take());
        let (look, turn) = (self.attaching(), Arc::clone(&self.turn));
        self.blocking(move || {
            let _turn = slot(&turn);
            drop(slot(&look.elsewhere).take());
            match look.attach() {
                Ok(Some(on)) => Message::Server(Ok(on)),
                Ok(None) => Message::ServerMissed,
                Err(problem) => Message::Server(Err(problem)),
            }
        });
    }

    /// Waits for the next server of the project.
    pub(super) fn await_server(&self) {
        let Some(place) = self.place() else { return };
        let wanted = slot(&self.settings).server.listen.clone();
        let messages = self.messages.clone();
        let found = move || drop(messages.send(Message::ServerFound));
        let awaited = control::await_server(&place, &wanted, found);
        *slot(&self.awaited) = awaited.inspect_err(|problem| tracing::warn!("{problem}")).ok();
    }

    /// Takes over a server that runs already.
    pub(crate) fn take_server(&self, running: dispatch::Running) -> On {
        let on = on_server(&running);
        follow_rules(&running, &self.runtime, self.messages.clone());
        *slot(&self.server) = Some(running);
        on
    }

    pub(super) fn start_server(&self, other_port: bool) {
        let settings = slot(&self.settings).clone();
        let recorder = self.recorder.clone();
        let server = Arc::clone(&self.server);
        let holds = self.holds.clone();
        let (messages, runtime) = (self.messages.clone(), self.runtime.clone());
        let (look, door) = (self.attaching(), self.door());
        let turn = Arc::clone(&self.turn);
        drop(slot(&self.awaited).take());
        self.blocking(move || {
            // Of two at once the second would look at the server of the first, which is this console's.
            let _turn = slot(&turn);
            drop(slot(&look.elsewhere).take());
            // One that still runs has the address; it is stopped outside the lock, for the screen looks into the slot.
            let running = slot(&server).take();
            door.leave();
            if let Some(running) = running {
                running.stop();
            }
            door.close();
            // One of this project that runs already is looked at: a second one would not be called.
            if !other_port {
                match look.attach() {
                    Ok(None) => {}
                    Ok(Some(on)) => return Message::Server(Ok(on)),
                    Err(problem) => return Message::Server(Err(problem)),
                }
            }
            let started = Rules::configured(&settings).and_then(|rules| {
                let mut rules = Some(rules);
                let mut start = |listen: &str| {
                    let rules = match rules.take() {
                        Some(rules) => rules,
                        None => Rules::configured(&settings)?,
                    };
                    let settings =
                        config::Server { listen: listen.to_owned(), ..settings.server.clone() };
                    let recorder = Some(recorder.clone());
                    Server::start_holding(&settings, rules, recorder, holds.clone())
                };
                let listen = &settings.server.listen;
                if other_port { on_other_port(listen, &mut start) } else { start(listen) }
            });
            Message::Server(started.map(|running| {
                let on = on_server(&running);
                follow_rules(&running, &runtime, messages);
                door.open(&running, &settings.server);
                *slot(&server) = Some(running);
                on
            }))
        });
    }

    /// Has a process of its own take the server over, with what this console was started with.
    pub(super) fn leave(&self) {
        let (server, last_words) = (Arc::clone(&self.server), Arc::clone(&self.last_words));
        let record = slot(&self.recording).is_some();
        let folder = self.folder.clone();
        let (door, turn) = (self.door(), Arc::clone(&self.turn));
        let settings = slot(&self.settings).server.clone();
        let mut arguments = Vec::new();
        if let Some(sources) = &self.sources {
            let profile = sources.profile.iter();
            arguments.extend(profile.flat_map(|name| ["--use".to_owned(), name.clone()]));
            let flags = sources.flags.iter().map(|(_, _, flag)| *flag);
            arguments.extend(flags.filter(|flag| *flag == "--read-only").map(str::to_owned));
        }
        self.blocking(move || {
            let _turn = slot(&turn);
            let Some(running) = slot(&server).take() else { return Message::ServerStopped };
            // The process that takes over opens its own there.
            door.close();
            let successor = Successor { folder: &folder, arguments, record };
            match control::hand_over(&running, &successor) {
                Ok(pid) => {
                    let address = running.address().to_string();
                    running.hand_over();
                    *slot(&last_words) = Some(format!(
                        "the plugin server at {address} goes on without the console (pid {pid}): `tyk-tui` in this \
                         folder attaches to it, `tyk-tui serve --stop` ends it"
                    ));
                    Message::Left(Ok(()))
                }
                Err(problem) => {
                    let on = on_server(&running);
                    door.open(&running, &settings);
                    *slot(&server) = Some(running);
                    Message::Left(Err((problem, on)))
                }
            }
        });
    }

    pub(super) fn stop_server(&self) {
        if let Some(attached) = &*slot(&self.elsewhere) {
            // That it has ended is told by itself.
            attached.stop();
            return;
        }
        let (server, door, turn) = (Arc::clone(&self.server), self.door(), Arc::clone(&self.turn));
        self.blocking(move || {
            let _turn = slot(&turn);
            let running = slot(&server).take();
            door.leave();
            if let Some(running) = running {
                running.stop();
            }
            door.close();
            Message::ServerStopped
        });
    }

    pub(super) fn start_host(&self, other_port: bool) {
        let listen = slot(&self.settings).host.listen.clone();
        let (host, folder) = (Arc::clone(&self.host), self.bundles.clone());
        let (messages, runtime) = (self.messages.clone(), self.runtime.clone());
        self.runtime.spawn(async move {
            let running = slot(&host).take();
            if let Some(running) = running {
                running.stop().await;
            }
            let made = tokio::fs::create_dir_all(&folder).await.map_err(|error| {
                crate::services::files::problem(
                    "cannot make the folder of bundles",
                    &folder,
                    &error,
                )
            });
            let started = match made {
                Ok(()) => tokio::task::spawn_blocking({
                    let folder = folder.clone();
                    move || {
                        let mut start =
                            |listen: &str| runtime.block_on(Host::start(&folder, listen));
                        if other_port { on_other_port(&listen, &mut start) } else { start(&listen) }
                    }
                })
                .await
                .unwrap_or_else(|error| {
                    Err(Problem::failed(format!("the host did not start: {error}")))
                }),
                Err(problem) => Err(problem),
            };
            let _ = messages.send(Message::Host(started.map(|running| {
                let on = on_host(&running, &folder);
                *slot(&host) = Some(running);
                on
            })));
        });
    }

    pub(super) fn stop_host(&self) {
        let (host, messages) = (Arc::clone(&self.host), self.messages.clone());
        self.runtime.spawn(async move {
            let running = slot(&host).take();
            if let Some(running) = running {
                running.stop().await;
            }
            let _ = messages.send(Message::HostStopped);
        });
    }
}

/// Starts on the first port after the wanted one that is free.
fn on_other_port<T>(
    listen: &str,
    start: &mut dyn FnMut(&str) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let port =
        listen.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse::<u16>().ok()?)));
    let Some((host, port)) = port.filter(|(host, _)| *host != "unix") else {
        return start(listen);
    };
    let mut last = None;
    for port in (1..=OTHERS).filter_map(|step| port.checked_add(step)) {
        match start(&format!("{host}:{port}")) {
            Ok(started) => return Ok(started),
            Err(problem) => last = Some(problem),
        }
    }
    Err(last.unwrap_or_else(|| Problem::failed("there is no other port").at(listen)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_ports_are_stepped_over() {
        let mut tried = Vec::new();
        let started = on_other_port("127.0.0.1:8000", &mut |listen| {
            tried.push(listen.to_owned());
            if listen.ends_with(":8003") {
                Ok(listen.to_owned())
            } else {
                Err(Problem::failed("taken"))
            }
        });
        assert_eq!(started.unwrap(), "127.0.0.1:8003");
        assert_eq!(tried, ["127.0.0.1:8001", "127.0.0.1:8002", "127.0.0.1:8003"]);
    }

    #[test]
    fn a_socket_has_no_other_port() {
        let mut tried = Vec::new();
        let started: Result<(), _> = on_other_port("unix:/tmp/s", &mut |listen| {
            tried.push(listen.to_owned());
            Err(Problem::failed("taken"))
        });
        assert!(started.is_err());
        assert_eq!(tried, ["unix:/tmp/s"]);
    }
}
