//! `host`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Stdio};

use super::home::Home;

/// A host that is running, and where.
struct Running {
    child: Child,
    address: String,
    stderr: BufReader<ChildStderr>,
}

impl Running {
    fn start(home: &Home, arguments: &[&str]) -> Self {
        let arguments = [&["host", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = home
            .command(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        stderr.read_line(&mut said).unwrap();
        let address = said
            .trim_end()
            .strip_prefix("tyk-tui: listening on http://")
            .unwrap_or_else(|| panic!("{said}"))
            .trim_end_matches('/')
            .to_owned();
        Self { child, address, stderr }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Tells it to end, and says with which code it did and what it had printed.
    fn end(mut self, signal: rustix::process::Signal) -> (Option<i32>, String, String) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).unwrap();
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut stderr).unwrap();
        (self.child.wait().unwrap().code(), stdout, stderr)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn prints_a_line_a_download_and_ends_well_by_a_signal() {
    use rustix::process::Signal;
    let home = Home::new();
    home.write("a.zip", "PK\x03\x04");
    for signal in [Signal::TERM, Signal::INT] {
        let host = Running::start(&home, &[]);
        assert!(host.get("/a.zip").starts_with("HTTP/1.1 200 OK\r\n"));
        let (code, stdout, stderr) = host.end(signal);
        assert_eq!((code, stderr.as_str()), (Some(0), ""));
        assert!(stdout.contains(" GET /a.zip 200 4 bytes in "), "{stdout}");
        assert_eq!(stdout.lines().count(), 1);
    }
    let log =
        std::fs::read_to_string(home.path().join(".local/state/tyk-tui/tyk-tui.log")).unwrap();
    assert_eq!(log.matches("GET /a.zip 200 4 bytes").count(), 2, "{log}");
}

#[test]
fn json_has_a_line_a_download() {
    let home = Home::new();
    home.write("inner/a.zip", "PK\x03\x04");
    let host = Running::start(&home, &["inner", "--json"]);
    host.get("/a.zip");
    host.get("/no.zip");
    let (_, stdout, _) = host.end(rustix::process::Signal::TERM);
    let lines: Vec<serde_json::Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["path"], &lines[0]["status"]), (&"/a.zip".into(), &200.into()));
    assert_eq!((&lines[1]["path"], &lines[1]["status"]), (&"/no.zip".into(), &404.into()));
    assert!(lines[0]["peer"].as_str().unwrap().starts_with("127.0.0.1:"));
    assert_eq!(lines.len(), 2);
}

#[test]
fn the_folder_is_the_one_that_is_named_else_that_of_the_configuration() {
    let home = Home::new();
    home.write("a.zip", "PK\x03\x04");
    home.write("built/b.zip", "PK\x03\x04");
    home.write("tyk-tui.toml", "[host]\ndir = \"built\"\n");
    for (arguments, there, not) in [(&[][..], "b", "a"), (&["."], "a", "b")] {
        let host = Running::start(&home, arguments);
        assert!(host.get(&format!("/{there}.zip")).starts_with("HTTP/1.1 200 OK\r\n"));
        assert!(host.get(&format!("/{not}.zip")).starts_with("HTTP/1.1 404 "));
    }
}

#[test]
fn a_port_in_use_is_said_with_who_has_it() {
    let home = Home::new();
    let host = Running::start(&home, &[]);
    let ran = home.run(&["host", "--listen", &host.address]);
    assert_eq!(ran.code, Some(3));
    let wanted = format!("{}: the port is in use", host.address);
    assert!(ran.stderr.contains(&wanted), "{ran:?}");
    if cfg!(target_os = "linux") {
        assert!(ran.stderr.contains(&format!("by tyk-tui (pid {})", host.child.id())), "{ran:?}");
    }
}

#[test]
fn wrong_use_is_said() {
    let home = Home::new();
    let missing = home.run(&["host", "nowhere"]);
    assert_eq!(missing.code, Some(3));
    assert!(missing.stderr.contains("nowhere: cannot serve this folder"), "{missing:?}");
    let listen = home.run(&["host", "--listen", ":8000"]);
    assert_eq!(listen.code, Some(2));
    assert!(listen.stderr.contains("has no host"), "{listen:?}");
}

#[test]
fn an_address_beyond_loopback_is_warned_of() {
    let home = Home::new();
    let mut child = home
        .command(&["host", "--listen", "0.0.0.0:0"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut first).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first.contains("others than this machine can download"), "{first}");
}
