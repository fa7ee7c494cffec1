//! A server that outlives its console: consoles attach and detach, one leaves its server running, another ends it.

use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use prost::Message as _;
use serde_json::Value;
use tonic::transport::Channel;

use super::home::{Home, Ran};
use super::pty::Terminal;
use super::serving::{Gateway, Serve, object, object_with_body, wait_for};

/// `serve --json` in this home's project, its lines read.
pub(crate) fn serve(home: &Home, change: impl FnOnce(&mut Command)) -> Serve {
    let mut command = home.command(&["serve", "--json"]);
    change(&mut command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Serve::spawn(tempfile::tempdir().unwrap(), command).read()
}

pub(crate) fn anywhere(command: &mut Command) {
    command.args(["--listen", "127.0.0.1:0"]);
}

/// The folder of sockets, and what is in it.
pub(crate) fn sockets(home: &Home) -> (PathBuf, Vec<PathBuf>) {
    let folder = home.path().join(".local/state/tyk-tui/run");
    let entries = std::fs::read_dir(&folder).map(|entries| entries.flatten().collect());
    let entries: Vec<std::fs::DirEntry> = entries.unwrap_or_default();
    (folder, entries.iter().map(std::fs::DirEntry::path).collect())
}

pub(crate) fn called(path: &str) -> Vec<u8> {
    let mut object = object();
    path.clone_into(&mut object.request.as_mut().unwrap().url);
    object.encode_to_vec()
}

pub(crate) async fn gateway(address: &str) -> Gateway {
    let channel = Channel::from_shared(format!("http://{address}")).unwrap();
    Gateway(channel.connect().await.unwrap())
}

/// Sets a breakpoint at the pre hook, a call of which is selected.
pub(crate) fn break_at_pre(terminal: &mut Terminal) {
    terminal.types("b");
    terminal.sees("held 600 s at most");
    terminal.types("\r");
    terminal.sees("breaks at hook pre");
}

/// Calls the server's pre hook; the answer, once it comes.
pub(crate) fn call(gateway: &Gateway, path: &str) -> tokio::task::JoinHandle<Vec<u8>> {
    let (gateway, sent) = (gateway.clone(), called(path));
    tokio::spawn(async move { gateway.dispatch(&sent).await.unwrap().to_vec() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_console_attaches_and_detaches_without_a_trace() {
    let mut terminal = Terminal::shell(110, 30, &[], "read go; exec \"$0\"");
    let server = serve(&terminal.home, anywhere);
    let gateway = server.connect().await;
    gateway.dispatch(&called("/before")).await.unwrap();
    let (folder, there) = sockets(&terminal.home);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((there.len(), mode(&folder)), (1, 0o700));
    assert_eq!(mode(&there[0]), 0o600);

    terminal.types("go\n");
    terminal.sees(&format!("of pid {}", server.child.id()));
    terminal.types("6");
    terminal.sees("/before");
    gateway.dispatch(&called("/meanwhile")).await.unwrap();
    terminal.sees("/meanwhile");
    terminal.types("5");
    terminal.sees(&format!("attached to pid {}   since ", server.child.id()));
    // Hits of the server's rules, which this console has none of.
    terminal.until("two hits of (none)", |screen| {
        screen.contents().lines().any(|line| line.contains("(none)") && line.contains(" 2 "))
    });
    // It had traffic, and is not ours to be asked about.
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    gateway.dispatch(&called("/after")).await.unwrap();
    for path in ["/before", "/meanwhile", "/after"] {
        assert_eq!(server.line()["request"]["request"]["url"], path);
    }
    assert_eq!(sockets(&terminal.home).1, there);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_is_missed_and_its_socket_replaced() {
    let script = "read go; \"$0\"; echo ended; read go; exec \"$0\"";
    let mut terminal = Terminal::shell(110, 30, &[], script);
    let mut server = serve(&terminal.home, anywhere);
    let address = server.address.clone();
    terminal.types("go\n");
    terminal.sees(&format!("of pid {}", server.child.id()));
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    terminal.sees("has ended");
    terminal.types("5");
    terminal.sees("s starts it again");
    // The dead one's socket is in nobody's way.
    terminal.types("s");
    terminal.until("it starts", |screen| !screen.contents().contains("s starts it again"));
    terminal.types("q");
    // What is typed before that is the console's, and lost with it.
    terminal
        .until("the shell", |screen| screen.contents().lines().any(|line| line.trim() == "ended"));
    let (_, dead) = sockets(&terminal.home);
    assert_eq!(dead.len(), 1, "{dead:?}");
    let again = serve(&terminal.home, |command| {
        command.args(["--listen", &address]);
    });
    assert_eq!(sockets(&terminal.home).1, dead);
    terminal.types("go\n");
    terminal.sees(&format!("of pid {}", again.child.id()));
    // From the console it is ended, once that was asked.
    terminal.types("5s");
    terminal.sees("Stop the server?");
    terminal.types("y");
    terminal.sees("the plugin server has stopped");
    again.says("listening on");
    let mut again = again;
    assert!(again.ended().success());
    assert!(sockets(&terminal.home).1.is_empty());
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

/// Ends what a failed test has left running.
pub(crate) struct Ends(pub(crate) PathBuf);

impl Ends {
    pub(crate) fn stop(&self) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tyk-tui"));
        command.env_clear().env("HOME", &self.0).current_dir(self.0.join("project"));
        command.args(["serve", "--stop"]);
        Ran::of(command)
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        // Where the test went well, all of it is gone.
        if self.0.exists() {
            self.stop();
        }
    }
}

/// Whether a call was still in the client when its connection went away. Every client of gRPC sends such a call anew by
/// itself (gRPC's proposal A6, transparent retries), that of Go, which a Gateway has, too; tonic's leaves it to its user.
fn never_sent(status: &tonic::Status) -> bool {
    let is_unsent =
        status.code() == tonic::Code::Cancelled && status.message() == "operation was canceled";
    // A server that goes says up to which stream it answers; the client fails those behind it, which no server saw.
    is_unsent || format!("{status:?}").contains("GoAway(b\"\", NO_ERROR, Remote)")
}

/// Calls until it is told to end: over one connection that is kept, or over a new one each time.
async fn calls(
    address: String,
    is_kept: bool,
    end: Arc<AtomicBool>,
    answered: Arc<AtomicU64>,
) -> Vec<String> {
    let mut errors = Vec::new();
    let kept = gateway(&address).await;
    while !end.load(Ordering::Relaxed) {
        let gateway = if is_kept {
            kept.clone()
        } else {
            match Channel::from_shared(format!("http://{address}")).unwrap().connect().await {
                Ok(channel) => Gateway(channel),
                Err(error) => {
                    errors.push(format!("{error:?}"));
                    continue;
                }
            }
        };
        let mut answer = gateway.dispatch(&called("/loop")).await;
        while answer.as_ref().is_err_and(never_sent) {
            answer = gateway.dispatch(&called("/loop")).await;
        }
        match answer {
            Ok(_) => drop(answered.fetch_add(1, Ordering::Relaxed)),
            Err(status) => errors.push(format!("{status:?}")),
        }
    }
    errors
}

#[tokio::test(flavor = "multi_thread")]
async fn a_console_leaves_its_server_and_no_call_is_refused() {
    let script = "read go; \"$0\"; read go; exec \"$0\"";
    let mut terminal = Terminal::shell(110, 30, &[], script);
    let ends = Ends(terminal.home.path().to_owned());
    terminal.types("go\n");
    terminal.sees("● server :");
    let port = terminal.between("● server :", ' ');
    let address = format!("127.0.0.1:{port}");
    let (end, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let loops = [true, false].map(|is_kept| {
        tokio::spawn(calls(address.clone(), is_kept, Arc::clone(&end), Arc::clone(&answered)))
    });
    terminal.types("6");
    terminal.sees("/loop");
    terminal.types("q");
    terminal.sees("l leave the server running");
    terminal.types("l");
    terminal.sees("goes on without the console (pid ");
    let pid = terminal.between("goes on without the console (pid ", ')');
    let before = answered.load(Ordering::Relaxed);
    wait_for("calls after the console", || answered.load(Ordering::Relaxed) > before + 50);
    end.store(true, Ordering::Relaxed);
    for errors in loops {
        assert_eq!(errors.await.unwrap(), [""; 0]);
    }

    // The next console finds it, also where the first one's terminal is gone.
    terminal.types("go\n");
    terminal.sees(&format!("of pid {pid}"));
    terminal.types("6");
    terminal.sees("/loop");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    let Terminal { master, home, .. } = terminal;
    drop(master);
    gateway(&address).await.dispatch(&called("/later")).await.unwrap();
    let ran = ends.stop();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains(&format!("(pid {pid}) has ended")), "{ran:?}");
    assert!(std::net::TcpStream::connect(&address).is_err());
    let again = ends.stop();
    assert_eq!(again.code, Some(3), "{again:?}");
    assert!(sockets(&home).1.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_left_holds_nobody_for_the_console_that_has_gone() {
    let script = "read go; \"$0\"; read go; exec \"$0\"";
    let mut terminal = Terminal::shell(110, 30, &[("TYK_TUI_SERVER_HOLD_SECONDS", "600")], script);
    let ends = Ends(terminal.home.path().to_owned());
    terminal.types("go\n");
    terminal.sees("● server :");
    let address = format!("127.0.0.1:{}", terminal.between("● server :", ' '));
    let first = gateway(&address).await;
    first.dispatch(&called("/before")).await.unwrap();
    terminal.types("6");
    terminal.sees("/before");
    break_at_pre(&mut terminal);
    let held = call(&first, "/held");
    terminal.sees("1 held, ! opens");
    terminal.types("q");
    terminal.sees("would be let go");
    terminal.types("l");
    terminal.sees("goes on without the console (pid ");
    let pid = terminal.between("goes on without the console (pid ", ')');
    assert_eq!(held.await.unwrap(), called("/held"));
    // Its breakpoint went with it.
    let later = gateway(&address).await;
    assert_eq!(later.dispatch(&called("/later")).await.unwrap(), called("/later"));
    // The next console has none, and can set its own.
    terminal.types("go\n");
    terminal.sees(&format!("of pid {pid}"));
    terminal.types("6");
    terminal.sees("/later");
    terminal.until("no breakpoint", |screen| !screen.contents().contains("breaks at"));
    break_at_pre(&mut terminal);
    let held = call(&later, "/again");
    terminal.sees("1 held, ! opens");
    terminal.types("q");
    terminal.sees("1 Dispatch is held");
    terminal.types("y");
    assert_eq!(held.await.unwrap(), called("/again"));
    assert_eq!(terminal.ends(), 0);
    let ran = ends.stop();
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_of_a_project_are_told_apart() {
    let home = Home::new();
    let mut first = serve(&home, anywhere);
    let mut second = serve(&home, anywhere);
    let ran = home.run(&["serve", "--stop"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains(&first.address) && ran.stderr.contains(&second.address), "{ran:?}");
    second.connect().await.dispatch(&called("/second")).await.unwrap();
    let ran = home.run(&["wait", "path:/second", "--timeout", "1"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains(&first.address) && ran.stderr.contains(&second.address), "{ran:?}");
    let ran = home.run(&["wait", "path:/second", "--listen", &second.address]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let ran = home.run(&["wait", "path:/second", "--listen", "127.0.0.1:1"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let ran = home.run(&["serve", "--stop", "--listen", &first.address]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(first.ended().success());
    second.connect().await.dispatch(&called("/")).await.unwrap();
    assert_eq!(home.run(&["serve", "--stop"]).code, Some(0));
    assert!(second.ended().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_found_that_began_while_the_one_before_still_wrote() {
    let home = Home::new();
    let mut command = home.command(&["serve", "--json", "--listen", "127.0.0.1:0"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Nobody reads its lines, which are more than a pipe holds: it waits for a while before it ends.
    let mut first = Serve::spawn(tempfile::tempdir().unwrap(), command);
    let gateway = first.connect().await;
    let object = object_with_body(32 << 10);
    for _ in 0..8 {
        gateway.dispatch(&object).await.unwrap();
    }
    let address = first.address.clone();
    first.terminate();
    wait_for("the address is free", || std::net::TcpStream::connect(&address).is_err());
    let mut second = serve(&home, |command| {
        command.args(["--listen", &address]);
    });
    first.ended();
    assert!(!second.stderr().contains("no console can attach"), "{}", second.stderr());
    let ran = home.run(&["serve", "--stop"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains(&format!("pid {}", second.child.id())), "{ran:?}");
    assert!(second.ended().success());
}

/// A frame from the server: its head, and how long its body is.
fn frame(stream: &mut UnixStream) -> (Value, usize) {
    let mut lengths = [0; 8];
    stream.read_exact(&mut lengths).unwrap();
    let [head, body] = [&lengths[..4], &lengths[4..]]
        .map(|bytes| u32::from_be_bytes(bytes.try_into().unwrap()) as usize);
    let mut bytes = vec![0; head + body];
    stream.read_exact(&mut bytes).unwrap();
    (serde_json::from_slice(&bytes[..head]).unwrap(), body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_console_loses_rows_that_are_counted_and_no_call_waits() {
    const CALLS: u64 = 600;
    let home = Home::new();
    let server = serve(&home, |command| {
        anywhere(command);
        command.env("TYK_TUI_CAPTURE_MAX_RECORDS", "50");
    });
    let (_, there) = sockets(&home);
    let mut stream = UnixStream::connect(&there[0]).unwrap();
    let (hello, _) = frame(&mut stream);
    assert_eq!((&hello["kind"], &hello["pid"]), (&"hello".into(), &server.child.id().into()));
    let attach = br#"{"kind":"attach","protocol":1,"records":10}"#;
    stream.write_all(&u32::try_from(attach.len()).unwrap().to_be_bytes()).unwrap();
    stream.write_all(&[0; 4]).unwrap();
    stream.write_all(attach).unwrap();
    // The first figures say that it is attached; from there on it does not read.
    assert_eq!(frame(&mut stream).0["kind"], "figures");
    let gateway = server.connect().await;
    let object = object_with_body(32 << 10);
    for _ in 0..CALLS {
        gateway.dispatch(&object).await.unwrap();
    }
    server.terminate();
    let (mut came, mut lost, mut next) = (0, 0, 1);
    loop {
        let (head, body) = frame(&mut stream);
        match head["kind"].as_str().unwrap() {
            "record" => {
                assert_eq!(head["seq"], next, "no gap is silent");
                let count = head["lost"].as_u64().unwrap_or(0);
                lost += count;
                came += u64::from(count == 0);
                next += count.max(1);
                assert_eq!(body > 64 << 10, count == 0, "{head}");
            }
            "ending" => break,
            _ => {}
        }
    }
    assert_eq!(came + lost, CALLS);
    assert!(lost > 0 && came >= 50, "{came} came, {lost} were lost");
}

#[test]
fn who_speaks_another_language_is_sent_away() {
    let home = Home::new();
    let mut server = serve(&home, anywhere);
    let (_, there) = sockets(&home);
    for words in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0xff; 64], b"\0\0\0\x02\0\0\0\0{}"] {
        let mut stream = UnixStream::connect(&there[0]).unwrap();
        frame(&mut stream);
        // It may be gone before all of it is written.
        drop(stream.write_all(words));
        let mut rest = Vec::new();
        drop(stream.read_to_end(&mut rest));
        assert_eq!(rest, b"");
    }
    assert_eq!(home.run(&["serve", "--stop"]).code, Some(0));
    assert!(server.ended().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_is_kept_and_figures_are_of_all() {
    let home = Home::new();
    let server = serve(&home, |command| {
        anywhere(command);
        command.args(["--metrics", "127.0.0.1:0"]);
        command.env("TYK_TUI_CAPTURE_SAMPLE", "0");
        command.env("TYK_TUI_CAPTURE_KEEP", "path~\"^/kept\"");
    });
    server.says("of all calls 0 is kept");
    let gateway = server.connect().await;
    for number in 0..9 {
        gateway.dispatch(&called(&format!("/left-out/{number}"))).await.unwrap();
    }
    gateway.dispatch(&called("/kept")).await.unwrap();
    let line = server.line();
    assert_eq!((&line["request"]["request"]["url"], &line["seq"]), (&"/kept".into(), &1.into()));
    let stderr = server.stderr();
    let url = stderr.lines().find_map(|line| line.split_once("figures at ")).unwrap().1;
    let wanted =
        ["tyk_tui_sampled_out_total 9", "outcome=\"passed\",rule=\"\"} 10", "dropped_total 0"];
    loop {
        let text = reqwest::get(url).await.unwrap().text().await.unwrap();
        if wanted.iter().all(|figure| text.contains(figure)) {
            break;
        }
    }
    server.terminate();
    server.says("capture.sample left 9 out");
}
