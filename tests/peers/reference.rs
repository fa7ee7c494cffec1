//! Our server beside the reference server in Python, which prints each Object as JSON: both answer the same calls. How
//! many a second is printed, and is no reason to fail; `cargo bench --bench dispatch` measures it in a release build.

use std::io::Write as _;
use std::time::Duration;

use tyk_tui::capture::{self, Capture};
use tyk_tui::config::{self, Settings};
use tyk_tui::dispatch::{Rules, Server};

use super::load::{load, object};
use super::reference_server::ReferenceServer;

const ROUND: Duration = Duration::from_secs(1);

#[test]
#[ignore = "peers: grpcio and protobuf for Python"]
fn ours_and_the_reference_server_answer_the_same_calls() {
    let reference = ReferenceServer::start().expect("TYK_TUI_PEERS_PYTHON names a Python");
    let settings = Settings::default();
    let view = capture::view(&settings.redact, false).unwrap();
    let (recorder, capture) = Capture::start(&settings.capture, view, settings.server.answer_limit);
    let listen = config::Server { listen: "127.0.0.1:0".into(), ..settings.server };
    let ours = Server::start(&listen, Rules::default(), Some(recorder)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // Maps have no order, and who decodes and encodes them gives them another.
    let is_as_long = |object: &[u8], reply: &[u8]| object.len() == reply.len();
    let rates = |address: &str, satisfies| {
        runtime.block_on(load(address, &object(), ROUND, satisfies)).rate
    };
    let ours_rate = rates(&ours.address().to_string(), |object, reply| object == reply);
    let theirs = rates(&reference.address, is_as_long);
    assert!(ours_rate > 0.0 && theirs > 0.0);
    let stats = capture.stats();
    assert!(stats.captured > 0, "what was answered is captured");
    // Not by `println!`, which a test that passes swallows.
    let said = format!(
        "unoptimized, calls a second: ours {ours_rate:.0} (dropped {}), the reference in Python {theirs:.0}: {:.1} to 1\n",
        stats.dropped,
        ours_rate / theirs
    );
    std::io::stderr().write_all(said.as_bytes()).unwrap();
}
