//! How soon the console is there, and what it does while nothing happens: the program itself, in a terminal that never
//! answers.
//!
//! `cargo bench --bench console`. The second part waits for the rate strip to run out: some 70 seconds. Wake-ups are
//! counted by what Linux says of each thread.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

#[path = "dispatch/load.rs"]
#[expect(dead_code, reason = "the bench of Dispatches uses the rest of it")]
mod load;

/// How often the console is opened.
const TIMES: usize = 15;
/// Ends each frame (`EndSynchronizedUpdate`).
const END: &[u8] = b"\x1b[?2026l";
/// The strip shows the rate of a minute.
const STRIP: Duration = Duration::from_secs(64);
/// How long an idle console is looked at.
const IDLE: Duration = Duration::from_secs(5);

fn main() {
    let mut times: Vec<f64> = (0..=TIMES).map(|_| first_frame()).skip(1).collect();
    times.sort_by(f64::total_cmp);
    let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
    println!(
        "exec to first frame: median {median:.1} ms (budget 50: {:.2}), at most {most:.1} ms",
        median / 50.0
    );

    let port = TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr());
    let address = port.expect("a port").to_string();
    let console = Terminal::open(&address);
    console.until_still(Duration::from_secs(1));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let object = load::object();
    let load::Load { rate, .. } =
        runtime.block_on(load::load(&address, &object, Duration::from_millis(300), |_, _| true));
    println!(
        "a console that answered {rate:.0} calls a second; {} seconds later:",
        STRIP.as_secs()
    );
    drop(runtime);
    std::thread::sleep(STRIP);
    console.drain();
    let before = console.wakes();
    std::thread::sleep(IDLE);
    let after = console.wakes();
    let drawn = console.drain();
    let woken: BTreeMap<&String, u64> = after
        .iter()
        .map(|(thread, wakes)| (thread, wakes - before.get(thread).copied().unwrap_or(0)))
        .filter(|(_, wakes)| *wakes > 0)
        .collect();
    println!(
        "in {} idle seconds: {drawn} bytes drawn, wake-ups by thread: {woken:?} (budget: none)",
        IDLE.as_secs()
    );
}

/// Milliseconds from the start of the program to the end of its first frame.
fn first_frame() -> f64 {
    let start = Instant::now();
    let console = Terminal::open("127.0.0.1:0");
    let mut seen = Vec::new();
    while !seen.windows(END.len()).any(|part| part == END) {
        seen.extend(console.output.recv_timeout(Duration::from_secs(30)).expect("a frame"));
    }
    start.elapsed().as_secs_f64() * 1_000.0
}

/// A terminal that says nothing, with the console in it.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    _master: Box<dyn MasterPty + Send>,
    _home: tempfile::TempDir,
}

impl Terminal {
    fn open(listen: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tyk-tui"));
        command.env_clear();
        command.cwd(home.path());
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.env("TYK_TUI_SERVER_LISTEN", listen);
        command.env("TYK_TUI_HOST_LISTEN", "127.0.0.1:0");
        let child = pair.slave.spawn_command(command).expect("the console");
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8_192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { child, output, _master: pair.master, _home: home }
    }

    /// Waits until nothing was drawn for so long.
    fn until_still(&self, still: Duration) {
        loop {
            match self.output.recv_timeout(still) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => panic!("the console ended"),
            }
        }
    }

    /// Bytes that were drawn since this was asked last.
    fn drain(&self) -> usize {
        self.output.try_iter().map(|bytes| bytes.len()).sum()
    }

    /// How often each thread has gone to sleep, by its number and name.
    fn wakes(&self) -> BTreeMap<String, u64> {
        let pid = self.child.process_id().expect("a process");
        let tasks = Path::new("/proc").join(pid.to_string()).join("task");
        let Ok(tasks) = std::fs::read_dir(tasks) else { return BTreeMap::new() };
        let read = |task: std::io::Result<std::fs::DirEntry>| {
            let status = std::fs::read_to_string(task.ok()?.path().join("status")).ok()?;
            let field = |name: &str| {
                let line = status.lines().find_map(|line| line.strip_prefix(name));
                line.map(str::trim).unwrap_or_default().to_owned()
            };
            let wakes = field("voluntary_ctxt_switches:").parse().ok()?;
            Some((format!("{} {}", field("Pid:"), field("Name:")), wakes))
        };
        tasks.filter_map(read).collect()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
