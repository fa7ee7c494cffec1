//! What a long list costs: memory, frames and filters with a million records of 2 KiB, a session's file on.
//!
//! `cargo bench --bench capture`; `RECORDS=100000` tries it with fewer. Each figure is printed with its budget, and as a
//! ratio of it: above 1 is over.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use bytes::Bytes;
use prost::Message as _;
use tyk_tui::capture::session::{Caps, Facts, Recording};
use tyk_tui::capture::{self, Capture, Exchange, From, Query, Recorder, Search, SharedView};
use tyk_tui::config::{Settings, Sources};
use tyk_tui::domain::filter::Filter;
use tyk_tui::domain::object::coprocess;
use tyk_tui::log::Ring;
use tyk_tui::tui::Console;
use tyk_tui::tui::drive::Drive;

/// Records that are offered before the disk has those before.
const AHEAD: u64 = 10_000;
/// How often that is looked at.
const EACH: u64 = 200;
/// How many come a second while frames are measured, and for how long with each screen.
const RATE: u64 = 10_000;
const SCENE: Duration = Duration::from_secs(3);

fn main() {
    let records = std::env::var("RECORDS").ok().and_then(|records| records.parse().ok());
    let records: u64 = records.unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings::default();
    let view = capture::view(&settings.redact, false).expect("a view");
    let (recorder, capture) =
        Capture::start(&settings.capture, Arc::clone(&view), settings.server.answer_limit);
    let recording = record(&folder.path().join("bench.tyks"), capture.clone());
    let before = resident("VmRSS");

    let size = exchange(1).request.map_or(0, |request| request.len());
    let (spilled, start) = (recording.spilled(), Instant::now());
    let behind = |number: u64| number > spilled.borrow().written + AHEAD;
    for number in 1..=records {
        while number % EACH == 0 && (behind(number) || number > capture.next_seq() + AHEAD / 2) {
            std::thread::sleep(Duration::from_millis(1));
        }
        recorder.offer(exchange(number));
    }
    while spilled.borrow().written + spilled.borrow().lost < records {
        std::thread::sleep(Duration::from_millis(5));
    }
    let took = start.elapsed().as_secs_f64();
    let said = spilled.borrow().clone();
    let stats = capture.stats();
    println!(
        "{records} records of {size} bytes in {took:.1} s, {:.0}/s; {} dropped, {} lost, {} MiB on the disk",
        float(records) / took,
        stats.dropped,
        said.lost,
        said.bytes >> 20
    );
    println!("listed: {}, in memory: {} ({} MiB)", stats.listed, stats.in_ring, stats.bytes >> 20);
    say_resident("filled", before);

    filters(&capture, &view, records, size);
    say_resident("filtered", before);
    frames(&folder, &recorder, &capture, records);
    say_resident("drawn", before);
}

fn record(path: &Path, capture: Capture) -> Recording {
    let caps = Caps { records: 2_000_000, bytes: 8 << 30, age: Duration::from_hours(24) };
    let facts = Facts {
        began: jiff::Timestamp::now(),
        by: env!("CARGO_PKG_VERSION").to_owned(),
        server: "127.0.0.1:50051".to_owned(),
        answer_limit: 4 << 20,
        redacted: false,
        hidden: tyk_tui::domain::object::SecretNames::default(),
    };
    Recording::start(path, &facts, caps, capture).expect("a session")
}

fn say_resident(after: &str, before: u64) {
    let now = resident("VmRSS");
    println!(
        "resident, {after}: {now} MiB (budget 300: {:.2}); {before} before, {} at most",
        float(now) / 300.0,
        resident("VmHWM")
    );
}

/// MiB, as the system has it.
fn resident(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    number.unwrap_or(0) >> 10
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn float(number: u64) -> f64 {
    number as f64
}

/// Each with another path, body and time; 2 KiB, as a Gateway sends them.
fn exchange(number: u64) -> Exchange {
    let scattered = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let header =
        |n: u64| (format!("X-Header-{n}"), format!("value {n} of a header of usual length"));
    let item =
        |n: u32| format!("{{\"sku\":\"{:016x}\",\"count\":{n}}}", scattered.rotate_left(7 * n));
    let items: Vec<String> = (0..8).map(item).collect();
    let body = format!("{{\"order\":{number},\"items\":[{}]}}", items.join(","));
    let hook = i32::try_from(number % 5 + 1).unwrap_or(1);
    let method = if number.is_multiple_of(3) { "PUT" } else { "GET" };
    let request = coprocess::MiniRequestObject {
        headers: (0..18).map(header).collect(),
        url: format!("/orders/v1/orders/{number}?page={}", number % 50),
        request_uri: format!("/orders/v1/orders/{number}?page={}", number % 50),
        method: method.into(),
        scheme: "http".into(),
        body: body.clone(),
        raw_body: body.into_bytes(),
        return_overrides: Some(coprocess::ReturnOverrides {
            response_code: -1,
            ..Default::default()
        }),
        ..Default::default()
    };
    let object = coprocess::Object {
        hook_type: hook,
        hook_name: format!("MyMiddleware{}", number % 7),
        request: Some(request),
        spec: [
            ("APIID".into(), format!("api-{}", number % 20)),
            ("OrgID".into(), "default".into()),
            ("bundle_hash".into(), "d41d8cd98f00b204e9800998ecf8427e".into()),
        ]
        .into(),
        ..Default::default()
    };
    let object = Bytes::from(object.encode_to_vec());
    Exchange {
        took: Duration::from_micros(scattered % 20_000),
        peer: "127.0.0.1:40000".into(),
        ..Exchange::answered(object.clone(), object)
    }
}

/// Until the first rows, until all was looked at, and how many were found.
fn looked(capture: &Capture, filter: Filter, view: &SharedView) -> (Duration, Duration, usize) {
    let (tell, told) = channel();
    let start = Instant::now();
    let search: Search = capture.search(filter, Arc::clone(view), move || {
        let _ = tell.send(());
    });
    let mut first = None;
    loop {
        told.recv().expect("a search");
        let query = Query { search: Some(&search), until: None, from: From::End, rows: 60 };
        let window = capture.window(&query);
        if window.total > 0 {
            first.get_or_insert_with(|| start.elapsed());
        }
        if window.whole {
            return (first.unwrap_or_default(), start.elapsed(), window.total);
        }
    }
}

/// What each kind of filter takes over all records.
fn filters(capture: &Capture, view: &SharedView, records: u64, size: usize) {
    let of_the_index = [
        "method:put",
        "took>15ms & api=api-3",
        "path:\"page=33\"",
        "path~\"/orders/[0-9]*77\\\\?\"",
        "orders/123",
        "outcome:failed",
    ];
    for text in of_the_index {
        let filter = Filter::parse(text).expect(text);
        let (first, all, found) = looked(capture, filter, view);
        println!(
            "filter {text:38} {found:7} found, first {:3} ms (budget 50: {:.2}), all {:5} ms (budget 1000: {:.2})",
            first.as_millis(),
            first.as_secs_f64() / 0.05,
            all.as_millis(),
            all.as_secs_f64()
        );
    }
    let size = float(size as u64) / 1_000_000.0;
    for (text, budget) in [
        ("| .request.request.method == \"PUT\"", 25_000.0),
        ("body~\"order.:[0-9]*77,\"", 200.0 / size),
        ("body~\"[0-9]+nothing\"", 200.0 / size),
        ("header.X-Header-3:nothing", 200.0 / size),
    ] {
        let filter = Filter::parse(text).expect(text);
        let (first, all, found) = looked(capture, filter, view);
        let rate = float(records) / all.as_secs_f64();
        println!(
            "filter {text:38} {found:7} found, first {:3} ms, all {:5.1} s, {rate:6.0}/s, {:3.0} MB/s (budget {budget:.0}/s: {:.2})",
            first.as_millis(),
            all.as_secs_f64(),
            rate * size,
            budget / rate,
        );
    }
}

/// What a console takes for a frame while records come.
fn frames(folder: &tempfile::TempDir, recorder: &Recorder, capture: &Capture, records: u64) {
    let over = Arc::new(AtomicBool::new(false));
    let feeder = feed(recorder.clone(), records, Arc::clone(&over));
    let project = folder.path().join("project");
    std::fs::create_dir_all(&project).expect("a folder");
    let sources = Sources::only(&project)
        .flag("server.listen", "--listen", Some("127.0.0.1:0"))
        .flag("host.listen", "--host", Some("127.0.0.1:0"));
    let loaded = tyk_tui::config::load_safe(&sources).expect("a configuration");
    let mut console = Console::new(loaded, Ring::default());
    console.capture = Some((recorder.clone(), capture.clone()));
    console.stream_first = true;
    let drive = Drive::open(console, 200, 60).expect("a console");
    drive.wait_for("following").expect("a stream");
    let mut all = Vec::new();
    let scenes: [(&str, &[&str]); 5] = [
        ("following", &[]),
        ("far back", &["g", "pagedown", "pagedown", "j", "k"]),
        ("filtered", &["G", "/"]),
        ("in detail", &["esc", "g", "enter", "j", "j"]),
        ("plots", &["esc", "esc", "G", "p"]),
    ];
    for (scene, keys) in scenes {
        for key in keys {
            drive.key(key);
        }
        if scene == "filtered" {
            drive.type_text("method:put & took>5ms");
            drive.key("enter");
        }
        drive.frame_times();
        let until = Instant::now() + SCENE;
        let mut keys = ["pageup", "k", "pagedown", "j"].iter().cycle();
        while Instant::now() < until {
            if let Some(key) = keys.next().filter(|_| scene != "following") {
                drive.key(key);
            }
            std::thread::sleep(Duration::from_millis(15));
        }
        if std::env::var_os("SHOW").is_some() {
            println!("{}", drive.text());
        }
        let mut times = drive.frame_times();
        say_frames(scene, &mut times);
        all.extend(times);
    }
    over.store(true, Ordering::Relaxed);
    let rate = feeder.join().expect("a feeder");
    println!("while {rate:.0} came a second; {} dropped", capture.stats().dropped);
    say_frames("all", &mut all);
}

/// Offers records at the rate, on a thread of its own; how many a second it were.
fn feed(recorder: Recorder, records: u64, over: Arc<AtomicBool>) -> std::thread::JoinHandle<f64> {
    std::thread::spawn(move || {
        let (start, mut sent) = (Instant::now(), 0);
        while !over.load(Ordering::Relaxed) {
            let due = u64::try_from(start.elapsed().as_millis()).unwrap_or(0) * RATE / 1_000;
            while sent < due {
                sent += 1;
                recorder.offer(exchange(records + sent));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        float(sent) / start.elapsed().as_secs_f64()
    })
}

fn say_frames(scene: &str, times: &mut [Duration]) {
    times.sort();
    let millis = |part: usize| {
        let place = (times.len() * part / 100).min(times.len().saturating_sub(1));
        times.get(place).copied().unwrap_or_default().as_secs_f64() * 1_000.0
    };
    println!(
        "frames {scene:10} {:4}: median {:.2} ms, p99 {:.2} ms (budget 4: {:.2}), longest {:.2} ms",
        times.len(),
        millis(50),
        millis(99),
        millis(99) / 4.0,
        millis(100)
    );
}
