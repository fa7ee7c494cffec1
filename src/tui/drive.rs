//! The console without a terminal: driven by keys, looked at as a buffer. Tests use it, and the picture of the README.

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyEvent, MouseEvent};
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::sync::mpsc;

use super::keymap::Key;
use super::model::Model;
use super::open::{Console, guarded};
use super::terminal::Tty;
use super::theme::Depth;
use super::view;
use crate::domain::task::Problem;

/// How long a screen is waited for.
const PATIENCE: Duration = Duration::from_mins(2);

/// Frames whose time is remembered.
const MEASURED: usize = 4_096;

/// A console that runs, with nobody at it.
pub struct Drive {
    events: Option<mpsc::UnboundedSender<Event>>,
    screen: Arc<Screen>,
    thread: Option<JoinHandle<Result<(), Problem>>>,
}

/// What is on the screen, and what left it.
#[derive(Default)]
struct Screen {
    seen: Mutex<Seen>,
    drawn: Condvar,
}

#[derive(Default)]
struct Seen {
    buffer: Buffer,
    frames: u64,
    /// What the last of them took.
    took: VecDeque<Duration>,
    copies: Vec<String>,
    edits: VecDeque<Vec<u8>>,
    size: (u16, u16),
}

/// The terminal that is none.
struct Paper {
    events: mpsc::UnboundedReceiver<Event>,
    screen: Arc<Screen>,
    /// The frame before the last, to draw the next one in.
    spare: Buffer,
}

impl Screen {
    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        // A test that failed in a check has changed nothing.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tty for Paper {
    fn size(&self) -> io::Result<(u16, u16)> {
        Ok(self.screen.seen().size)
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let mut buffer = std::mem::take(&mut self.spare);
        buffer.resize(Rect::new(0, 0, model.size.0, model.size.1));
        buffer.reset();
        view::draw(model, &mut buffer);
        let mut seen = self.screen.seen();
        // What a terminal is sent: a frame has that cost wherever it is drawn.
        if seen.buffer.area == buffer.area {
            drop(seen.buffer.diff(&buffer));
        }
        self.spare = std::mem::replace(&mut seen.buffer, buffer);
        seen.frames += 1;
        self.screen.drawn.notify_all();
        Ok(())
    }

    fn drawn(&mut self, took: Duration) {
        let took_by = &mut self.screen.seen().took;
        took_by.push_back(took);
        if took_by.len() > MEASURED {
            took_by.pop_front();
        }
    }

    async fn event(&mut self) -> Option<io::Result<Event>> {
        self.events.recv().await.map(Ok)
    }

    fn copy(&mut self, text: &str) -> Result<String, Problem> {
        self.screen.seen().copies.push(text.to_owned());
        Ok("on paper".to_owned())
    }

    fn redraw(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// The editor of paper writes what it was told to.
    fn edit(&mut self, file: &Path, _line: Option<usize>) -> Result<(), Problem> {
        let text = self.screen.seen().edits.pop_front();
        let text = text.ok_or_else(|| Problem::failed("no editor was expected"))?;
        std::fs::write(file, text).map_err(|error| Problem::failed(error.to_string()))
    }
}

impl Drive {
    /// Opens a console of this size.
    pub fn open(console: Console, width: u16, height: u16) -> Result<Self, Problem> {
        let screen = Arc::new(Screen::default());
        screen.seen().size = (width, height);
        let (events, input) = mpsc::unbounded_channel();
        let shared = Arc::clone(&screen);
        let thread = std::thread::Builder::new()
            .name("console".into())
            .spawn(move || {
                run(console, Paper { events: input, screen: shared, spare: Buffer::default() })
            })
            .map_err(|error| Problem::failed(format!("cannot start a thread: {error}")))?;
        Ok(Self { events: Some(events), screen, thread: Some(thread) })
    }

    /// Presses a key by its name; false where it has no such name or the console has ended.
    pub fn key(&self, name: &str) -> bool {
        Key::parse(name).is_some_and(|key| self.send(Event::Key(KeyEvent::from(key))))
    }

    /// Types a text, letter by letter.
    pub fn type_text(&self, text: &str) -> bool {
        text.chars().all(|c| {
            let key = crossterm::event::KeyCode::Char(c);
            self.send(Event::Key(KeyEvent::new(key, crossterm::event::KeyModifiers::NONE)))
        })
    }

    /// Pastes a text.
    pub fn paste(&self, text: &str) -> bool {
        self.send(Event::Paste(text.to_owned()))
    }

    /// Clicks, or turns the wheel.
    pub fn mouse(&self, event: MouseEvent) -> bool {
        self.send(Event::Mouse(event))
    }

    /// The terminal gets the focus, as when one comes back from another program.
    pub fn focus(&self) -> bool {
        self.send(Event::FocusGained)
    }

    /// Gives the screen another size.
    pub fn resize(&self, width: u16, height: u16) -> bool {
        self.screen.seen().size = (width, height);
        self.send(Event::Resize(width, height))
    }

    /// What the next call of the editor writes.
    pub fn editor_writes(&self, text: impl Into<Vec<u8>>) {
        self.screen.seen().edits.push_back(text.into());
    }

    /// What was copied so far.
    pub fn copies(&self) -> Vec<String> {
        self.screen.seen().copies.clone()
    }

    /// How many frames were drawn so far.
    pub fn frames(&self) -> u64 {
        self.screen.seen().frames
    }

    /// What the frames took that were drawn since this was asked last, from asking what is to be shown to the last cell;
    /// of the last few thousand.
    pub fn frame_times(&self) -> Vec<Duration> {
        self.screen.seen().took.drain(..).collect()
    }

    /// The last frame.
    pub fn buffer(&self) -> Buffer {
        self.screen.seen().buffer.clone()
    }

    /// The last frame as lines of text.
    pub fn text(&self) -> String {
        lines(&self.screen.seen().buffer)
    }

    /// Waits until a frame satisfies; the last frame as text where none did in two minutes, or the console ended.
    pub fn wait(&self, satisfies: impl Fn(&str) -> bool) -> Result<Buffer, String> {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.screen.seen();
        loop {
            let text = lines(&seen.buffer);
            if satisfies(&text) {
                return Ok(seen.buffer.clone());
            }
            let ended = self.thread.as_ref().is_none_or(JoinHandle::is_finished);
            if ended || Instant::now() > deadline {
                return Err(text);
            }
            let wait = self.screen.drawn.wait_timeout(seen, Duration::from_millis(200));
            seen = wait.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits for a frame after so many; false where none came in two minutes.
    pub fn wait_for_frame(&self, after: u64) -> bool {
        let seen = self.screen.seen();
        let waited =
            self.screen.drawn.wait_timeout_while(seen, PATIENCE, |seen| seen.frames <= after);
        waited.is_ok_and(|(seen, _)| seen.frames > after)
    }

    /// Waits until this text is on the screen.
    pub fn wait_for(&self, text: &str) -> Result<Buffer, String> {
        self.wait(|screen| screen.contains(text))
    }

    /// Waits until the console has ended by itself.
    pub fn ended(mut self) -> Result<(), Problem> {
        self.join()
    }

    fn send(&self, event: Event) -> bool {
        self.events.as_ref().is_some_and(|events| events.send(event).is_ok())
    }

    fn join(&mut self) -> Result<(), Problem> {
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(ended)) => ended,
            Some(Err(_)) => Err(Problem::failed("the console panicked")),
            None => Ok(()),
        }
    }
}

impl Drop for Drive {
    fn drop(&mut self) {
        // Without input the console ends.
        self.events = None;
        let _ = self.join();
    }
}

fn run(console: Console, paper: Paper) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Problem::failed(format!("cannot start the console: {error}")))?;
    let ended = guarded(&runtime, console, Depth::True, TimeZone::UTC, || Ok(paper));
    runtime.shutdown_background();
    ended.map(|_| ())
}

/// A buffer as lines of text, without spaces at their ends.
pub fn lines(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..buffer.area.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            skip = super::text::width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
