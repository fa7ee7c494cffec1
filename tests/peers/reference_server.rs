//! The reference server in Python, as a child process.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

/// It runs until this is dropped.
pub(crate) struct ReferenceServer {
    pub(crate) address: String,
    process: Child,
    /// Held open, so that what it says later does not end it.
    _says: BufReader<ChildStderr>,
}

impl ReferenceServer {
    /// By the Python that `TYK_TUI_PEERS_PYTHON` names, which has grpcio and protobuf; `None` where it names none.
    pub(crate) fn start() -> Option<Self> {
        let python = std::env::var_os("TYK_TUI_PEERS_PYTHON")?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut process = Command::new(python)
            .arg(root.join("tests/peers/reference_server.py"))
            .arg(root.join("proto/coprocess.bin"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a Python");
        let mut says = BufReader::new(process.stderr.take().expect("its stderr"));
        let mut port = String::new();
        says.read_line(&mut port).expect("a line");
        let port: u16 = port.trim().parse().expect("a port");
        Some(Self { address: format!("127.0.0.1:{port}"), process, _says: says })
    }
}

impl Drop for ReferenceServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
