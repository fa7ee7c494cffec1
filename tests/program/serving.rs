//! `tyk-tui serve` as a child, and the Gateway's side of it: a client that sends and takes bytes.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use prost::Message as _;
use serde_json::Value;
use tempfile::TempDir;
use tonic::transport::Channel;
use tonic::{Request, Status};
use tyk_tui::domain::object::coprocess;
use tyk_tui::net::grpc::BytesCodec;

/// Generous: it ends a test that hangs, and measures nothing.
pub(crate) const DEADLINE: Duration = Duration::from_mins(3);

/// The binary, with nothing of the user's and a folder of its own.
pub(crate) fn binary(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tyk-tui"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("TYK_TUI_") || name.starts_with("XDG_") {
            command.env_remove(name);
        }
    }
    command.current_dir(folder).env("HOME", folder);
    command
}

/// A server that runs; killed when dropped.
pub(crate) struct Serve {
    pub(crate) folder: TempDir,
    pub(crate) address: String,
    pub(crate) child: Child,
    lines: Option<Receiver<String>>,
    stderr: Arc<Mutex<String>>,
}

impl Serve {
    /// `serve --json` with these arguments on a free port, its lines read.
    pub(crate) fn json(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::with(folder, |command| {
            command.arg("--json").args(arguments);
        })
        .read()
    }

    /// `serve` on a free port, changed as a test needs it; its lines are not read yet.
    pub(crate) fn with(folder: TempDir, change: impl FnOnce(&mut Command)) -> Self {
        let mut command = binary(folder.path());
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        change(&mut command);
        Self::spawn(folder, command)
    }

    /// Any command that ends in a server, once it says where it listens.
    pub(crate) fn spawn(folder: TempDir, mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let stderr = Arc::new(Mutex::new(String::new()));
        let (said, says) = channel();
        let pipe = BufReader::new(child.stderr.take().unwrap());
        let text = Arc::clone(&stderr);
        std::thread::spawn(move || {
            for line in pipe.lines().map_while(Result::ok) {
                text.lock().unwrap().extend([line.as_str(), "\n"]);
                let _ = said.send(line);
            }
        });
        let address = loop {
            let line = says.recv_timeout(DEADLINE).unwrap_or_else(|_| {
                panic!("it never listened: {}", stderr.lock().unwrap());
            });
            if let Some((_, address)) = line.split_once("listening on ") {
                break address.to_owned();
            }
        };
        Self { folder, address, child, lines: None, stderr }
    }

    /// Reads its lines from now on.
    pub(crate) fn read(mut self) -> Self {
        let stdout = self.stdout();
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        self.lines = Some(lines);
        self
    }

    /// Its standard output, for a test that reads it by itself or not at all.
    pub(crate) fn stdout(&mut self) -> ChildStdout {
        self.child.stdout.take().unwrap()
    }

    /// The next line, as it is.
    pub(crate) fn text(&self) -> String {
        let line = self.lines.as_ref().unwrap().recv_timeout(DEADLINE);
        line.unwrap_or_else(|_| panic!("no line came; stderr: {}", self.stderr()))
    }

    /// The next line, which is JSON.
    pub(crate) fn line(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap()
    }

    /// What it said on stderr so far.
    pub(crate) fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// Waits until this is on stderr.
    pub(crate) fn says(&self, text: &str) {
        wait_for(text, || self.stderr().contains(text));
    }

    pub(crate) fn terminate(&self) {
        self.signal(rustix::process::Signal::TERM);
    }

    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// How it ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < DEADLINE, "it never ended; stderr: {}", self.stderr());
            std::thread::yield_now();
        }
    }

    /// A connection of its own.
    pub(crate) async fn connect(&self) -> Gateway {
        let channel = Channel::from_shared(format!("http://{}", self.address)).unwrap();
        Gateway(channel.connect().await.unwrap())
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for a condition, busily: there is no event to wait for.
pub(crate) fn wait_for(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < DEADLINE, "waited in vain for: {what}");
        std::thread::yield_now();
    }
}

/// A Gateway's connection.
#[derive(Clone)]
pub(crate) struct Gateway(pub(crate) Channel);

impl Gateway {
    pub(crate) async fn dispatch(&self, object: &[u8]) -> Result<Bytes, Status> {
        self.call("/coprocess.Dispatcher/Dispatch", object).await
    }

    pub(crate) async fn call(&self, path: &'static str, message: &[u8]) -> Result<Bytes, Status> {
        self.call_with(path, message, &[]).await
    }

    /// The same with metadata of the call.
    pub(crate) async fn call_with(
        &self,
        path: &'static str,
        message: &[u8],
        metadata: &[(&'static str, &str)],
    ) -> Result<Bytes, Status> {
        let mut client =
            tonic::client::Grpc::new(self.0.clone()).max_decoding_message_size(usize::MAX);
        client.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
        let mut request = Request::new(Bytes::copy_from_slice(message));
        for (name, value) in metadata {
            request.metadata_mut().insert(*name, value.parse().unwrap());
        }
        let path = http::uri::PathAndQuery::from_static(path);
        client.unary(request, path, BytesCodec).await.map(tonic::Response::into_inner)
    }
}

/// An Object as a Gateway sends it to a pre hook.
pub(crate) fn object() -> coprocess::Object {
    coprocess::Object {
        hook_type: coprocess::HookType::Pre.into(),
        hook_name: "MyPre".to_owned(),
        request: Some(coprocess::MiniRequestObject {
            headers: [("Authorization".to_owned(), "s3cr3t-t0k3n".to_owned())].into(),
            url: "/orders/1?full=yes".to_owned(),
            method: "GET".to_owned(),
            return_overrides: Some(coprocess::ReturnOverrides {
                response_code: -1,
                ..Default::default()
            }),
            ..Default::default()
        }),
        spec: [("APIID".to_owned(), "orders".to_owned())].into(),
        ..Default::default()
    }
}

/// The same on the wire, with a body of so many bytes, as text and as bytes.
pub(crate) fn object_with_body(bytes: usize) -> Vec<u8> {
    let mut object = object();
    if let Some(request) = &mut object.request {
        request.body = "x".repeat(bytes);
        request.raw_body = vec![b'x'; bytes];
    }
    object.encode_to_vec()
}
