//! The loop: await one message, drain the rest, draw one frame; nothing runs while nothing happens.

use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::effect::Effect;
use super::message::{Message, Signal};
use super::model::{Effects, Model};
use super::overlay::{self, Overlay};
use super::pace::Pace;
use super::pane::{Tab, apis, log, manifest, problems, publish, request, server, stream};
use super::terminal::Tty;
use super::update::{flow, update};
use super::view;
use super::work::{Worker, slot};
use crate::domain::task::Problem;

/// Messages that are taken in between two frames at most, so that a flood cannot starve the screen.
const DRAIN: usize = 512;

/// The rate strip moves on by the second.
const STRIP: Duration = Duration::from_secs(1);

/// The console, assembled.
pub(crate) struct Console<T> {
    /// The terminal.
    pub(crate) tty: T,
    /// What is on it.
    pub(crate) model: Model,
    /// Who does the work.
    pub(crate) worker: Worker,
    /// What comes back.
    pub(crate) messages: mpsc::UnboundedReceiver<Message>,
}

impl<T: Tty> Console<T> {
    /// Runs until it is told to end.
    pub(crate) async fn run(mut self) -> Result<(), Problem> {
        let lost = |error: std::io::Error| Problem::failed(format!("lost the terminal: {error}"));
        let mut signals = Signals::new().map_err(lost)?;
        let mut pace = Pace::default();
        let mut captured = self.worker.capture.changes();
        let mut found = self.worker.found.subscribe();
        let mut held = self.worker.holds.changes();
        let mut logged = self.worker.ring.changes();
        self.model.size = self.tty.size().map_err(lost)?;
        pace.input(Instant::now());
        loop {
            let due = pace.due();
            // Until the next frame no news of the stream can change anything: the server is not asked.
            let calm = !pace.is_soon(Instant::now());
            let mut arrived = Vec::new();
            tokio::select! {
                biased;
                event = self.tty.event() => match event {
                    Some(event) => arrived.push(Message::Input(event.map_err(lost)?)),
                    // Nobody can press a key any more.
                    None => return self.landed(signals).await,
                },
                Some(message) = self.messages.recv() => arrived.push(message),
                // What is drawn from now on nobody sees, and it may fail.
                signal = signals.next() => match signal {
                    Signal::HangUp => return self.landed(signals).await,
                    signal => arrived.push(Message::Signal(signal)),
                },
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                    self.frame(&mut pace).map_err(lost)?;
                    continue;
                }
                Ok(()) = captured.changed(), if calm => {
                    pace.stream(Instant::now());
                    continue;
                }
                Ok(()) = held.changed(), if calm => {
                    pace.stream(Instant::now());
                    continue;
                }
                Ok(()) = found.changed(), if calm => {
                    pace.stream(Instant::now());
                    continue;
                }
                Ok(()) = logged.changed(), if calm => {
                    pace.stream(Instant::now());
                    continue;
                }
            }
            self.drain(&mut arrived).map_err(lost)?;
            // What is shown of the newest row, for which nobody pressed a key, waits for the frame with the next one.
            let of_the_stream = self.model.stream.follows()
                && arrived.iter().all(|message| matches!(message, Message::Decoded { .. }));
            for message in arrived {
                if !self.take(message).map_err(lost)? {
                    return Ok(());
                }
            }
            if of_the_stream {
                pace.stream(Instant::now());
            } else {
                pace.input(Instant::now());
            }
        }
    }

    /// Ends as a hang-up has it end; what takes a ship back is waited for, as nobody else would do it, and so is whoever
    /// takes the server over.
    async fn landed(&mut self, mut signals: Signals) -> Result<(), Problem> {
        let mut message = Message::Signal(Signal::HangUp);
        // What the terminal says to it is no news any more.
        while self.take(message).unwrap_or(true) {
            message = loop {
                tokio::select! {
                    next = self.messages.recv() => match next {
                        Some(next) => break next,
                        None => return Ok(()),
                    },
                    signal = signals.next() => match signal {
                        Signal::End => break Message::Signal(signal),
                        // The same once more: a terminal that is gone says so in two ways.
                        Signal::HangUp | Signal::Stop => {}
                    },
                }
            };
        }
        Ok(())
    }

    fn drain(&mut self, arrived: &mut Vec<Message>) -> std::io::Result<()> {
        while arrived.len() < DRAIN {
            if let Ok(message) = self.messages.try_recv() {
                arrived.push(message);
            } else if let Some(event) = self.tty.event().now_or_never().flatten() {
                arrived.push(Message::Input(event?));
            } else {
                break;
            }
        }
        Ok(())
    }

    /// Takes a message in and does what follows; false where the console ends.
    fn take(&mut self, message: Message) -> std::io::Result<bool> {
        self.model.now = jiff::Timestamp::now();
        let mut effects: Effects = update(&mut self.model, message);
        // What the next key does must not hang on a frame that is not drawn yet.
        self.settle(&mut effects);
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Suspend => {
                    self.tty.suspend()?;
                    self.model.size = self.tty.size()?;
                }
                Effect::Redraw => self.tty.redraw()?,
                Effect::Edit(file, line) => {
                    let edited = self.tty.edit(&file, line);
                    self.model.size = self.tty.size()?;
                    self.answer(Message::Edited(edited));
                }
                Effect::Copy(what, text) => {
                    let copied = self.tty.copy(&text);
                    self.answer(Message::Copied(what, copied));
                }
                effect => self.worker.run(effect),
            }
        }
        Ok(true)
    }

    fn answer(&self, message: Message) {
        // The receiver is ours, and lives as long.
        let _ = self.worker.messages.send(message);
    }

    fn frame(&mut self, pace: &mut Pace) -> std::io::Result<()> {
        let begun = std::time::Instant::now();
        self.model.now = jiff::Timestamp::now();
        let mut effects = Effects::new();
        self.settle(&mut effects);
        for effect in effects {
            self.worker.run(effect);
        }
        self.tty.draw(&self.model)?;
        self.tty.drawn(begun.elapsed());
        let now = Instant::now();
        pace.drawn(now);
        let strip = matches!(self.model.tab, Tab::Stream | Tab::Server);
        if strip && !self.model.stream.stats.idle() {
            pace.later(now, STRIP);
        }
        // The countdown, as long as there is one.
        let waits = match self.model.overlays.last() {
            Some(Overlay::Flow(flow)) => flow.waits(),
            _ => self.model.tab == Tab::Stream && self.model.stream.missing.waits,
        };
        if waits || !self.model.holding.held.is_empty() {
            pace.later(now, STRIP);
        }
        Ok(())
    }

    /// Fetches what the open pane shows, and keeps selections inside it.
    fn settle(&mut self, effects: &mut Effects) {
        let model = &mut self.model;
        let area = view::screen(model.size).pane;
        model.holding.refresh(&self.worker.holds);
        effects.extend(model.holding.filtered_by(model.stream.filter_in_force()));
        if let Some(Overlay::Held(list)) = model.overlays.iter_mut().find(|it| it.is_held_list()) {
            let (rows, _) = overlay::held_pages(&model.holding, area);
            list.settle(&model.holding, rows);
            effects.extend(list.wanted());
        }
        if let Some(Overlay::HeldText(text)) = model.overlays.last_mut() {
            text.show(area);
        }
        let height =
            |rect: Option<ratatui::layout::Rect>| rect.map_or(0, |rect| usize::from(rect.height));
        match model.tab {
            Tab::Stream => {
                // Their names: what breakpoints are offered at. What they did so far is the Server pane's.
                if model.server.rules.is_empty()
                    && let Some(running) = &*slot(&self.worker.server)
                {
                    model.server.rules = running.rules();
                }
                let layout = stream::layout(model, area);
                let rows = height(layout.rows).max(1);
                model.stream.refresh(&self.worker.capture, rows);
                effects.extend(flow::missing(model, &self.worker.capture));
                model.stream.settle_detail(layout.json);
                effects.extend(model.stream.wanted());
            }
            Tab::Server => {
                let running = slot(&self.worker.server);
                if let Some(running) = &*running {
                    model.server.rules = running.rules();
                    model.server.unanswered = running.unanswered();
                    if let server::Life::On(on) = &mut model.server.server {
                        on.notices = running.notices();
                    }
                    model.server.wrong_rules = running.wrong_rules();
                    model.server.in_flight = running.in_flight();
                }
                drop(running);
                if let Some(running) = &*slot(&self.worker.host) {
                    let downloads = running.downloads();
                    model.server.downloads = *downloads.changes().borrow();
                    let since = model.server.downloads.saturating_sub(server::RECENT);
                    model.server.recent = downloads.since(since);
                    model.server.recent.reverse();
                }
                model.stream.stats = self.worker.capture.stats();
                if model.server.server.process().is_none() {
                    model.server.sampled_out = model.stream.stats.sampled_out;
                }
                let rows = height(server::layout(model, area).rows);
                let len = model.server.rules.len();
                model.server.cursor.show(len, rows);
            }
            Tab::Manifest => {
                let layout = manifest::layout(model, area);
                model.manifest.show(layout.rows, height(layout.findings));
            }
            Tab::Apis => {
                let layout = apis::layout(model, area);
                model.apis.show(height(layout.rows), layout.form);
            }
            Tab::Publish => {
                let layout = publish::layout(model, area);
                let lines = publish::line_count(model, layout.detail);
                model.publish.show(height(layout.rows), height(layout.detail), lines);
            }
            Tab::Problems => {
                let layout = problems::layout(model, area);
                let lines = problems::line_count(model, layout.detail);
                model.problems.show(height(layout.rows), height(layout.detail), lines);
            }
            Tab::Request => {
                model.request.refresh(&self.worker.capture, model.now);
                let layout = request::layout(model, area);
                model.request.show(height(layout.rows), height(layout.answer));
            }
            Tab::Bundle | Tab::Doctor | Tab::Log => {}
        }
        effects.extend(flow::settle(model, self.worker.capture.next_seq()));
        if let Some(Overlay::Plots(plots)) = model.overlays.last_mut() {
            plots.refresh(&self.worker.capture, area);
        }
        // Whether quitting asks hangs on it, whatever is open.
        if !matches!(model.tab, Tab::Stream | Tab::Server) {
            model.stream.stats = self.worker.capture.stats();
        }
        let rows = usize::from(log::layout(model, area).rows.height);
        model.log.refresh(&self.worker.ring, rows, model.tab == Tab::Log);
    }
}

/// Signals that are answered rather than died of.
struct Signals {
    terminate: Stream,
    hang_up: Stream,
    interrupt: Stream,
    stop: Stream,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            // In raw mode Ctrl-C is a key; this one is sent by others, or typed while the editor had the terminal.
            interrupt: signal(SignalKind::interrupt())?,
            stop: signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?,
        })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.terminate.recv() => Signal::End,
            _ = self.hang_up.recv() => Signal::HangUp,
            _ = self.interrupt.recv() => Signal::End,
            _ = self.stop.recv() => Signal::Stop,
        }
    }
}
