//! A server that is left running: a process of its own takes the listening socket over, so that no call is refused
//! meanwhile.
//!
//! The child is given the socket as its standard input. Both accept for a moment; then the old server sends its
//! connections away, as HTTP/2 has it (GOAWAY), and answers what is under way, while callers connect anew.

use std::io::{BufRead as _, BufReader};
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::dispatch::Running;
use crate::domain::task::Problem;

/// How long the child may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the child is to serve.
#[derive(Debug)]
pub struct Successor<'a> {
    /// The project's folder.
    pub folder: &'a Path,
    /// Arguments before the command: `--use NAME`.
    pub arguments: Vec<String>,
    /// It records, into a session of its own: a file has one writer, and the numbers begin anew.
    pub record: bool,
}

/// Starts the child and waits until it accepts; its process. The server goes on until [`Running::hand_over`].
pub fn hand_over(running: &Running, successor: &Successor<'_>) -> Result<u32, Problem> {
    let cannot = |what: String| {
        Problem::failed(format!("the server cannot be left running: {what}"))
            .at(running.address())
            .help("it goes on in this console")
    };
    let listener = running.listener().map_err(|error| cannot(error.to_string()))?;
    let program = std::env::current_exe().map_err(|error| cannot(error.to_string()))?;
    let mut command = Command::new(program);
    command.current_dir(successor.folder).args(&successor.arguments);
    command.args(["serve", "--take-over", "--listen", &running.address().to_string()]);
    if successor.record {
        command.arg("--record");
    }
    command.stdin(Stdio::from(listener)).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot(error.to_string()))?;
    match begins(&mut child) {
        Ok(()) => Ok(child.id()),
        Err(what) => {
            // It has nothing of ours yet.
            drop(child.kill());
            drop(child.wait());
            Err(cannot(what))
        }
    }
}

/// Waits until the child says that it listens; else what it says.
fn begins(child: &mut Child) -> Result<(), String> {
    let Some(stderr) = child.stderr.take() else { return Err("it cannot be heard".to_owned()) };
    let (line, lines) = channel();
    let listen = move || {
        // To its end, so that the child never waits for a reader.
        for text in BufReader::new(stderr).lines().map_while(Result::ok) {
            drop(line.send(text));
        }
    };
    let thread = std::thread::Builder::new().name("successor".into()).spawn(listen);
    thread.map_err(|error| error.to_string())?;
    let deadline = Instant::now() + PATIENCE;
    let mut said = Vec::new();
    loop {
        match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(text) if text.contains("listening on ") => return Ok(()),
            Ok(text) => said.push(text.trim_start_matches("tyk-tui: ").to_owned()),
            Err(RecvTimeoutError::Timeout) => return Err("it does not begin".to_owned()),
            Err(RecvTimeoutError::Disconnected) if said.is_empty() => {
                return Err("it ended at once".to_owned());
            }
            Err(RecvTimeoutError::Disconnected) => return Err(said.join("; ")),
        }
    }
}

/// The child's side: the socket, which it was given as its standard input. From here on it has no terminal whose end
/// would be its own.
pub fn take_over() -> Result<OwnedFd, Problem> {
    let cannot = |error: std::io::Error| {
        Problem::failed(format!("cannot take the socket over: {error}"))
            .help("--take-over is for a console that leaves its server running")
    };
    // Where it leads a session already there is nothing to leave.
    let _ = rustix::process::setsid();
    let socket = std::io::stdin().as_fd().try_clone_to_owned().map_err(cannot)?;
    let nothing = std::fs::File::open("/dev/null").map_err(cannot)?;
    rustix::stdio::dup2_stdin(&nothing).map_err(|error| cannot(error.into()))?;
    Ok(socket)
}
