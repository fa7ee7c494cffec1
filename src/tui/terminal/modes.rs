//! Into the console's modes and out of them again, whatever happens.

use std::fmt;
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::thread::{self, ThreadId};

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{Command, cursor, execute};

/// Clicks and the wheel, in SGR coordinates. Crossterm's own command also asks for every movement, which would wake us for
/// nothing.
struct Mouse(bool);

impl Command for Mouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str(if self.0 { "\x1b[?1000h\x1b[?1006h" } else { "\x1b[?1006l\x1b[?1000l" })
    }
}

/// Raw mode, the alternate screen, paste marks, a word when the terminal gets the focus, the mouse where it is wanted.
pub(super) fn enter(out: &mut impl Write, mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    write_enter(out, mouse)
}

fn write_enter(out: &mut impl Write, mouse: bool) -> io::Result<()> {
    execute!(out, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, cursor::Hide)?;
    if mouse { execute!(out, Mouse(true)) } else { Ok(()) }
}

/// All of that back. Writing goes first: it is what a user would see left over.
pub(super) fn leave(out: &mut impl Write) -> io::Result<()> {
    let written = write_leave(out);
    let cooked = terminal::disable_raw_mode();
    written.and(cooked)
}

fn write_leave(out: &mut impl Write) -> io::Result<()> {
    execute!(
        out,
        Mouse(false),
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    )
}

/// From now on a panic of this thread restores the terminal before it is printed, so that it can be read. The panic of a
/// task is a line in the log, and the console goes on.
pub(crate) fn restore_on_panic() {
    let print = panic::take_hook();
    let restore = || {
        let _ = leave(&mut io::stdout());
    };
    panic::set_hook(hook(thread::current().id(), restore, print));
}

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send>;

fn hook(console: ThreadId, restore: impl Fn() + Send + Sync + 'static, print: Hook) -> Hook {
    Box::new(move |info| {
        if thread::current().id() == console {
            restore();
            print(info);
        } else {
            tracing::error!("a task ended unexpectedly: {info}");
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn what_is_switched_on_is_switched_off() {
        let mut out = Vec::new();
        write_enter(&mut out, true).unwrap();
        let on = String::from_utf8(out).unwrap();
        let mut out = Vec::new();
        write_leave(&mut out).unwrap();
        let off = String::from_utf8(out).unwrap();
        for mode in ["?1049", "?2004", "?1004", "?1000", "?1006"] {
            assert!(on.contains(&format!("{mode}h")), "{on:?}");
            assert!(off.contains(&format!("{mode}l")), "{off:?}");
        }
        assert!(on.contains("?25l") && off.contains("?25h"));
    }

    #[test]
    fn a_panic_restores_before_it_prints_and_only_on_the_consoles_own_thread() {
        // The hook is the process's, so other tests' panics come through it too: each thread is told apart.
        let seen: Arc<Mutex<Vec<(ThreadId, &'static str)>>> = Arc::default();
        let note = |what: &'static str| {
            let seen = Arc::clone(&seen);
            move || seen.lock().unwrap().push((thread::current().id(), what))
        };
        let before = panic::take_hook();
        let (restored, printed) = (note("restored"), note("printed"));
        let console = thread::spawn(move || {
            panic::set_hook(hook(thread::current().id(), restored, Box::new(move |_| printed())));
            let task = thread::spawn(|| panic!("a task"));
            let task_id = task.thread().id();
            assert!(task.join().is_err());
            let caught = panic::catch_unwind(|| panic!("the console"));
            assert!(caught.is_err());
            (thread::current().id(), task_id)
        });
        let (console, task) = console.join().unwrap();
        panic::set_hook(before);
        let seen = seen.lock().unwrap();
        let of = |id| {
            seen.iter()
                .filter(|(thread, _)| *thread == id)
                .map(|(_, what)| *what)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(console), ["restored", "printed"]);
        assert_eq!(of(task), [""; 0]);
    }
}
