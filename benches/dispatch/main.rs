//! What capture, rules, a session's file and a console cost: a bare tonic echo of bytes against our server.
//!
//! Each round measures all in turn, so that a machine that slows down slows all of them; the figures are medians of the
//! rounds' ratios. Client and servers share the machine's cores. `cargo bench --bench dispatch`; `ROUNDS=1` is a look.
//! With `TYK_TUI_PEERS_PYTHON`, a Python that has grpcio and protobuf, the reference server in Python runs beside them.

mod cpu;
mod echo;
mod load;
#[path = "../../tests/peers/reference_server.rs"]
mod reference_server;

use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use hdrhistogram::Histogram;
use load::{CALLS_EACH, CONNECTIONS, load, object, open_loop};
use reference_server::ReferenceServer;
use tokio::runtime::Runtime;
use tyk_tui::capture::session::{Caps, Facts, Recording, Spilled};
use tyk_tui::capture::{self, Capture};
use tyk_tui::config::{Settings, Sources};
use tyk_tui::dispatch::{Rules, Running, Server};
use tyk_tui::log::Ring;
use tyk_tui::tui::Console;
use tyk_tui::tui::drive::Drive;

const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_millis(1_500);
/// The same of calls whose latency counts.
const OPEN: Duration = Duration::from_millis(1_500);

/// A rule that does not match, and one that sets a header.
const RULES: &str = r#"
[[rule]]
name = "elsewhere"
[rule.when]
hook = "pre"
path = "re:^/payments/"
[[rule.do]]
override = { code = 403, error = "not here" }

[[rule]]
name = "mark"
[rule.when]
hook = "pre"
api = "orders"
[[rule.do]]
set_headers = { X-Served-By = "tyk-tui" }
"#;

fn main() {
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let rounds: usize = rounds.unwrap_or(ROUNDS);
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let object = object();
    let echo = echo::start();
    let plain = server(Rules::default(), None);
    let rules = server(rules(folder.path()), None);
    let (captured, _capture) = captured();
    let whole = Whole::open(folder.path());
    let reference = ReferenceServer::start();
    println!("Objects of {} bytes, {CONNECTIONS} connections × {CALLS_EACH} calls", object.len());

    let mut servers: Vec<(&str, String)> = vec![
        ("bare echo", echo),
        ("capture off", address(&plain)),
        ("off, two rules", address(&rules)),
        ("capture on", address(&captured)),
        ("with all", whole.address.clone()),
    ];
    servers.extend(reference.as_ref().map(|server| ("Python", server.address.clone())));
    let rates = throughput(&runtime, &servers, &whole, &object, rounds);
    let median_of = |which: usize| median(rates.iter().map(|rates| rates[which].0).collect());
    let ratio =
        |a: usize, b: usize| median(rates.iter().map(|rates| rates[a].0 / rates[b].0).collect());
    println!(
        "\nmedians of {rounds} rounds; \"with all\": capture, a session's file, a console of 200x60"
    );
    println!("capture off / bare echo:   {:7.3}   (budget 0.97)", ratio(1, 0));
    println!("with two rules / without:  {:7.3}", ratio(2, 1));
    println!("capture on / bare echo:    {:7.3}", ratio(3, 0));
    println!("with all / bare echo:      {:7.3}   (budget 0.9)", ratio(4, 0));
    if reference.is_some() {
        println!("with all / Python:         {:7.1}   (budget 10)", ratio(4, 5));
    }
    if rates.iter().flatten().all(|(_, cost)| cost.is_some()) {
        let cost = |which: usize| rates.iter().map(move |rates| rates[which].1.unwrap_or_default());
        let said: Vec<String> = servers
            .iter()
            .enumerate()
            .map(|(which, (name, _))| {
                let less =
                    median(cost(0).zip(cost(which)).map(|(echo, ours)| echo / ours).collect());
                format!("{name} {:.1} ({less:.2})", median(cost(which).collect()))
            })
            .collect();
        println!(
            "processor time of client and server, µs a call (bare echo's over it): {}",
            said.join(", ")
        );
    }
    whole.say();
    latency(&runtime, &servers, &whole, &object, rounds, median_of(0) / 2.0);
    whole.say();
}

/// Calls a second and what each costs of processor time in µs, where the system tells that, by round and server.
fn throughput(
    runtime: &Runtime,
    servers: &[(&str, String)],
    whole: &Whole,
    object: &Bytes,
    rounds: usize,
) -> Vec<Vec<(f64, Option<f64>)>> {
    let mut all = Vec::new();
    for round in 1..=rounds {
        let mut rates = Vec::new();
        for (name, address) in servers {
            let satisfies = match *name {
                "off, two rules" => is_marked,
                "Python" => is_as_long,
                _ => is_same,
            };
            let before = cpu::used();
            let load = runtime.block_on(load(address, object, ROUND, satisfies));
            // What is still to be written must not slow the next.
            whole.settle();
            let used = before.zip(cpu::used()).map(|(before, after)| after.saturating_sub(before));
            #[expect(clippy::cast_precision_loss, reason = "a count of seconds' calls")]
            let calls = load.calls as f64;
            rates.push((load.rate, used.map(|used| used.as_secs_f64() * 1_000_000.0 / calls)));
        }
        let said: Vec<String> = servers
            .iter()
            .zip(&rates)
            .map(|((name, _), (rate, _))| format!("{name} {rate:.0}"))
            .collect();
        println!("round {round}, calls a second: {}", said.join(", "));
        all.push(rates);
    }
    all
}

/// Latencies at the same rate for all.
fn latency(
    runtime: &Runtime,
    servers: &[(&str, String)],
    whole: &Whole,
    object: &Bytes,
    rounds: usize,
    rate: f64,
) {
    println!(
        "\nlatency, {rate:.0} calls a second (half of the bare echo's most), from when each was to be sent"
    );
    let looked_at = [0, 1, 4];
    let mut all: Vec<Vec<[f64; 2]>> = Vec::new();
    for _ in 0..rounds {
        let mut of_round = Vec::new();
        for which in looked_at {
            let latencies = runtime.block_on(open_loop(&servers[which].1, object, rate, OPEN));
            of_round.push([0.5, 0.99].map(|part| micros(&latencies, part)));
            whole.settle();
        }
        all.push(of_round);
    }
    for (place, which) in looked_at.into_iter().enumerate() {
        for (at, part) in ["p50", "p99"].into_iter().enumerate() {
            let of = |place: usize| all.iter().map(move |round| round[place][at]);
            let ratio = median(of(place).zip(of(0)).map(|(ours, echo)| ours / echo).collect());
            let more = median(of(place).zip(of(0)).map(|(ours, echo)| ours - echo).collect());
            let budget =
                if part == "p99" && place > 0 { "   (budget 1.5, or +200 µs)" } else { "" };
            println!(
                "{:14} {part} {:8.0} µs   / bare echo {ratio:6.2}   {more:+7.0} µs{budget}",
                servers[which].0,
                median(of(place).collect()),
            );
        }
    }
}

fn micros(latencies: &Histogram<u64>, part: f64) -> f64 {
    Duration::from_nanos(latencies.value_at_quantile(part)).as_secs_f64() * 1_000_000.0
}

fn is_same(object: &[u8], reply: &[u8]) -> bool {
    object == reply
}

fn is_marked(object: &[u8], reply: &[u8]) -> bool {
    reply.len() > object.len()
}

/// Maps have no order, and who decodes and encodes them gives them another.
fn is_as_long(object: &[u8], reply: &[u8]) -> bool {
    object.len() == reply.len()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn address(running: &Running) -> String {
    running.address().to_string()
}

fn server(rules: Rules, recorder: Option<capture::Recorder>) -> Running {
    let settings = Settings::default().server;
    let settings = tyk_tui::config::Server { listen: "127.0.0.1:0".into(), ..settings };
    Server::start(&settings, rules, recorder).expect("a server")
}

fn rules(folder: &Path) -> Rules {
    let file = folder.join("rules.toml");
    std::fs::write(&file, RULES).expect("a file");
    Rules::load(&[file], &Settings::default().server).expect("rules")
}

fn captured() -> (Running, Capture) {
    let settings = Settings::default();
    let view = capture::view(&settings.redact, false).expect("a view");
    let (recorder, capture) = Capture::start(&settings.capture, view, settings.server.answer_limit);
    (server(Rules::default(), Some(recorder)), capture)
}

/// A server with all that its users may have on: what it captures is on a screen and in a file.
struct Whole {
    address: String,
    capture: Capture,
    recording: Recording,
    _console: Drive,
}

impl Whole {
    fn open(folder: &Path) -> Self {
        let settings = Settings::default();
        let view = capture::view(&settings.redact, false).expect("a view");
        let limit = settings.server.answer_limit;
        let (recorder, capture) = Capture::start(&settings.capture, view, limit);
        let facts = Facts {
            began: jiff::Timestamp::now(),
            by: env!("CARGO_PKG_VERSION").to_owned(),
            server: "127.0.0.1".to_owned(),
            answer_limit: limit,
            redacted: false,
            hidden: tyk_tui::domain::object::SecretNames::default(),
        };
        let caps = Caps { records: 10_000_000, bytes: 8 << 30, age: Duration::from_hours(24) };
        let file = folder.join("bench.tyks");
        let recording = Recording::start(&file, &facts, caps, capture.clone()).expect("a session");
        let running = server(Rules::default(), Some(recorder.clone()));
        let address = address(&running);
        let project = folder.join("project");
        std::fs::create_dir_all(&project).expect("a folder");
        let sources = Sources::only(&project).flag("host.listen", "--host", Some("127.0.0.1:0"));
        let loaded = tyk_tui::config::load_safe(&sources).expect("a configuration");
        let mut console = Console::new(loaded, Ring::default());
        console.capture = Some((recorder, capture.clone()));
        console.server = Some(running);
        console.stream_first = true;
        let console = Drive::open(console, 200, 60).expect("a console");
        Self { address, capture, recording, _console: console }
    }

    fn spilled(&self) -> Spilled {
        self.recording.spilled().borrow().clone()
    }

    /// Waits until all that was captured is in the file; a disk that is full would not come to it.
    fn settle(&self) {
        let until = Instant::now() + Duration::from_secs(20);
        let is_behind = || {
            let spilled = self.spilled();
            spilled.written + spilled.lost < self.capture.stats().captured
        };
        while is_behind() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn say(&self) {
        let (stats, spilled) = (self.capture.stats(), self.spilled());
        println!(
            "with all: captured {}, dropped {}; on the disk {} ({} MiB), lost {}{}",
            stats.captured,
            stats.dropped,
            spilled.written,
            spilled.bytes >> 20,
            spilled.lost,
            spilled.stopped.map(|why| format!("; stopped: {why}")).unwrap_or_default(),
        );
    }
}
