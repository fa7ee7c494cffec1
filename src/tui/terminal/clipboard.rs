//! The clipboard of the terminal at which the user sits, which need not be on this machine.

use std::io::Write;
use std::process::{Command, Stdio};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use crate::domain::task::Problem;
use crate::tui::text;

/// xterm and others take at most this much text in one OSC 52 (100 000 bytes of sequence).
const OSC52: usize = 74_994;

/// Copies, and says how: no terminal answers whether it took a text, so the message must not promise it.
pub(super) fn copy(out: &mut impl Write, what: &str) -> Result<String, Problem> {
    let size = text::bytes(what.len() as u64);
    // By default tmux does not pass a program's OSC 52 on, but its own it does (tmux(1), set-clipboard).
    if std::env::var_os("TMUX").is_some() && tmux(what).is_ok() {
        return Ok(format!("{size} to tmux, which hands it to its terminal"));
    }
    execute!(out, CopyToClipboard::to_clipboard_from(what))
        .map_err(|error| Problem::failed(format!("cannot copy: {error}")))?;
    Ok(if what.len() > OSC52 {
        format!("{size} by OSC 52; some terminals take 73 KiB")
    } else {
        format!("{size} to the terminal (OSC 52)")
    })
}

fn tmux(what: &str) -> std::io::Result<()> {
    let mut child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(what.as_bytes())?;
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(std::io::Error::other("tmux refused")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn osc_52_carries_the_text_and_nothing_of_it_raw() {
        let mut out = Vec::new();
        execute!(out, CopyToClipboard::to_clipboard_from("a\x1b[2Jb")).unwrap();
        assert_eq!(out, b"\x1b]52;c;YRtbMkpi\x1b\\");
    }
}
