//! The user's own terminal.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _};
use std::path::Path;
use std::time::Duration;

use crossterm::event::Event;
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{Action, QueueSelector, tcflow, tcflush};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::input::Input;
use super::{Tty, clipboard, editor, modes};
use crate::domain::task::Problem;
use crate::tui::model::Model;
use crate::tui::view;

/// Bytes of a frame that are gathered before they are written: a whole screen of 200×60 fits.
const FRAME: usize = 256 << 10;

/// How long the console may take to end by itself once it was told to.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often what waits to be shown is thrown away after that: each time makes room for a few KiB of a frame.
const AGAIN: Duration = Duration::from_millis(20);

type Backend = CrosstermBackend<BufWriter<Stdout>>;

/// The terminal on standard input and output, in the console's modes until it is dropped.
pub(crate) struct Real {
    terminal: Terminal<Backend>,
    /// `None` while somebody else has the terminal: a stream that is merely not asked still eats keys.
    events: Option<Input>,
    mouse: bool,
    _ended: DropGuard,
}

impl Real {
    /// Takes the terminal, within a runtime of several threads. Wrong use where there is none: a pipe cannot show a console.
    pub(crate) fn take(mouse: bool) -> Result<Self, Problem> {
        Self::check()?;
        let failed = |error: io::Error| {
            // What was switched on before it failed must not stay.
            let _ = modes::leave(&mut io::stdout());
            Problem::failed(format!("cannot take the terminal: {error}"))
        };
        modes::enter(&mut io::stdout(), mouse).map_err(failed)?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME, io::stdout()));
        let terminal = Terminal::new(backend).map_err(failed)?;
        let ended = CancellationToken::new();
        tokio::spawn(free(ended.clone()));
        Ok(Self { terminal, events: Some(Input::new()), mouse, _ended: ended.drop_guard() })
    }

    /// Wrong use where standard input or output is no terminal.
    pub(crate) fn check() -> Result<(), Problem> {
        for (name, is_terminal) in [
            ("standard input", io::stdin().is_terminal()),
            ("standard output", io::stdout().is_terminal()),
        ] {
            if !is_terminal {
                return Err(Problem::usage(format!(
                    "the console needs a terminal, and {name} is none"
                ))
                .help("run it in a terminal, or use a command: `tyk-tui --help` lists them"));
            }
        }
        Ok(())
    }

    /// Forgets what is on the screen. Not by `Terminal::clear`, which asks the terminal for its cursor: some never answer.
    fn forget(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    fn give_back(&mut self) -> io::Result<()> {
        self.events = None;
        self.terminal.backend_mut().flush()?;
        modes::leave(&mut io::stdout())
    }

    fn take_again(&mut self) -> io::Result<()> {
        modes::enter(&mut io::stdout(), self.mouse)?;
        self.forget()?;
        self.events = Some(Input::new());
        Ok(())
    }
}

impl Tty for Real {
    fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| view::draw_frame(model, frame))?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        io::Write::flush(self.terminal.backend_mut())
    }

    async fn event(&mut self) -> Option<io::Result<Event>> {
        match &mut self.events {
            // Asked for an event of a terminal that is gone, crossterm never returns.
            Some(_) if is_gone() => None,
            Some(events) => events.next().await,
            None => std::future::pending().await,
        }
    }

    fn copy(&mut self, text: &str) -> Result<String, Problem> {
        clipboard::copy(self.terminal.backend_mut(), text)
    }

    fn redraw(&mut self) -> io::Result<()> {
        self.forget()
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.give_back()?;
        // The whole group, as the terminal's own Ctrl-Z would; SIGSTOP, because SIGTSTP is what we listen for.
        let stopped = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
        // Here again once `fg` has continued us.
        self.take_again()?;
        stopped.map_err(io::Error::from)
    }

    fn edit(&mut self, file: &Path, line: Option<usize>) -> Result<(), Problem> {
        let lost =
            |error: io::Error| Problem::failed(format!("cannot hand the terminal over: {error}"));
        self.give_back().map_err(lost)?;
        let edited = editor::run(file, line);
        self.take_again().map_err(lost)?;
        edited
    }
}

/// Whether the terminal was closed.
fn is_gone() -> bool {
    let stdin = io::stdin();
    let mut asked = [PollFd::new(&stdin, PollFlags::empty())];
    poll(&mut asked, Some(&Timespec::default())).is_ok()
        && asked[0].revents().contains(PollFlags::HUP)
}

/// A terminal that takes nothing any more (a stalled connection, Ctrl-S) keeps the console in the middle of a frame, where it
/// hears no signal. One that was told to end so throws away what waits to be shown, until it has ended.
async fn free(ended: CancellationToken) {
    let signals = [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()];
    let [Ok(mut terminate), Ok(mut hang_up), Ok(mut interrupt)] = signals.map(signal) else {
        return;
    };
    tokio::select! {
        () = ended.cancelled() => return,
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
        _ = interrupt.recv() => {}
    }
    let mut wait = PATIENCE;
    loop {
        tokio::select! {
            () = ended.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
        if !takes_more() {
            let out = io::stdout();
            // Off and on again wakes whoever waits to write; a terminal that is gone has nothing to throw away.
            let _ = tcflow(&out, Action::OOff);
            let _ = tcflush(&out, QueueSelector::OFlush);
            let _ = tcflow(&out, Action::OOn);
            wait = AGAIN;
        }
    }
}

/// Whether the terminal takes what is written.
fn takes_more() -> bool {
    let out = io::stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    let none = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut fds, Some(&none)).is_ok_and(|ready| ready > 0)
}

impl Drop for Real {
    fn drop(&mut self) {
        // A panic has restored the terminal already; doing it again would put the cursor over what was printed since.
        if !std::thread::panicking() {
            // Nobody is left to tell.
            let _ = self.give_back();
        }
    }
}
