//! A server at the rate that the machine sustains: nothing refused, all captured or counted, memory flat, and killed in the
//! middle of it. `TYK_TUI_SOAK_SECONDS` says how long.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use prost::Message as _;
use tyk_tui::capture::Kind;
use tyk_tui::capture::session::Reader;

use super::serving::{Gateway, Serve, object};

const CONNECTIONS: usize = 4;
const CALLS_EACH: usize = 16;

/// Resident bytes of a process; `None` where there is no `/proc`.
fn resident(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

/// Calls one after the other until it is told that the server is about to be killed.
async fn call(
    gateway: Gateway,
    message: Arc<Vec<u8>>,
    answered: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
) {
    loop {
        match gateway.dispatch(&message).await {
            Ok(_) => answered.fetch_add(1, Ordering::SeqCst),
            Err(_) if over.load(Ordering::SeqCst) => return,
            Err(status) => panic!("refused: {status:?}"),
        };
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_under_load_refuses_nothing_counts_all_stays_small_and_is_whole_after_a_kill() {
    let seconds = std::env::var("TYK_TUI_SOAK_SECONDS").map_or(20, |it| it.parse().unwrap());
    let mut serve = Serve::with(tempfile::tempdir().unwrap(), |command| {
        command.arg("--record=soak.tyks").stdout(Stdio::null());
        // Full within the first seconds, so that from then on nothing has a reason to grow.
        command.env("TYK_TUI_CAPTURE_MAX_BYTES", (4 << 20).to_string());
        command.env("TYK_TUI_CAPTURE_SESSION_RECORDS", "100000000");
        command.env("TYK_TUI_CAPTURE_SESSION_BYTES", (8_u64 << 30).to_string());
    });
    let path = serve.folder.path().join("soak.tyks");
    let message = Arc::new(object().encode_to_vec());
    let (answered, over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let mut calls = Vec::new();
    for _ in 0..CONNECTIONS {
        let gateway = serve.connect().await;
        for _ in 0..CALLS_EACH {
            let shared = (Arc::clone(&message), Arc::clone(&answered), Arc::clone(&over));
            calls.push(tokio::spawn(call(gateway.clone(), shared.0, shared.1, shared.2)));
        }
    }
    let start = Instant::now();
    let length = Duration::from_secs(seconds);
    let mut sizes = Vec::new();
    // When so many were answered, for what may be lost at the end.
    let mut history = Vec::new();
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    while start.elapsed() < length {
        tick.tick().await;
        assert!(
            calls.iter().all(|call| !call.is_finished()),
            "a call was refused: {}",
            serve.stderr()
        );
        history.push((Instant::now(), answered.load(Ordering::SeqCst)));
        sizes.extend(resident(serve.child.id()).map(|bytes| (start.elapsed(), bytes)));
    }
    over.store(true, Ordering::SeqCst);
    let (killed, killed_at) = (Instant::now(), Timestamp::now());
    serve.child.kill().unwrap();
    serve.child.wait().unwrap();
    for call in calls {
        call.await.unwrap();
    }
    let answered = answered.load(Ordering::SeqCst);
    assert!(answered > seconds * 100, "{answered} calls in {seconds} s are no load");

    // Flat: what the second half needs at most is not more than what the first did, but for an allocator's slack.
    let most = |from: Duration, to: Duration| {
        let within = sizes.iter().filter(|(at, _)| (from..to).contains(at));
        within.map(|(_, bytes)| *bytes).max()
    };
    let (warm, half) = (length / 5, length * 3 / 5);
    if let (Some(first), Some(second)) = (most(warm, half), most(half, length * 2)) {
        println!(
            "{answered} answered in {seconds} s; {} KiB, then {} KiB",
            first / 1024,
            second / 1024
        );
        assert!(second < first + first / 10 + (8 << 20), "{first} bytes grew to {second}");
    }

    // Each that was answered is there, or counted as lost, in order; but for the last second.
    let mut reader = Reader::open(&path).unwrap();
    let (mut next, mut records, mut gone) = (0, 0_u64, 0_u64);
    let mut latest = Timestamp::UNIX_EPOCH;
    loop {
        let piece = reader.since(next, 5_000).unwrap();
        if piece.is_empty() {
            break;
        }
        for kept in piece {
            assert!(next == 0 || kept.seq == next, "{} after {next}", kept.seq);
            next = if let Kind::Dropped { count } = kept.exchange.kind {
                gone += count;
                kept.seq + count
            } else {
                records += 1;
                latest = kept.exchange.at;
                kept.seq + 1
            };
        }
    }
    println!(
        "{records} records, {gone} counted as lost; the last {:?} before the kill",
        killed_at - latest
    );
    assert!(records > 0);
    // What came within the last second may be gone, and nothing before that.
    let allowed = killed.checked_sub(Duration::from_secs(1)).unwrap();
    let before = history.iter().filter(|(at, _)| *at <= allowed).map(|(_, count)| *count).max();
    let before = before.unwrap_or_default();
    assert!(before > 0 && records + gone >= before, "{records} + {gone} of {before}");
}
