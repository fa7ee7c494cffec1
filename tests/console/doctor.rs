//! The Doctor pane.

use crate::opened::Opened;

const CONF: &str = r#"{"secret": "s", "coprocess_options": {"enable_coprocess": true, "coprocess_grpc_server": "10.0.0.1:5555"}}"#;

fn opened(width: u16, height: u16) -> Opened {
    let settings = [("project.tyk_conf", "tyk.conf")];
    Opened::with(width, height, &settings, |folder| {
        std::fs::write(folder.join("tyk.conf"), CONF).unwrap();
    })
}

#[test]
fn it_shows_what_is_wrong_and_the_line_to_change() {
    let console = opened(200, 60);
    console.keys(&["9"]);
    console.sees("✗ conf-grpc-address");
    console.sees("▐9 Doctor·");
    // The two settings before it are as they should be.
    console.keys(&["j", "j"]);
    console.sees("─ conf-grpc-address ─");
    console.sees("should be");
    console.sees("change");
    console.sees("tyk.conf:1:");
}

#[test]
fn it_looks_again_where_the_file_has_changed() {
    let console = opened(80, 24);
    console.keys(&["9"]);
    console.sees("✗ conf-grpc-address");
    let right = CONF.replace("10.0.0.1", "tcp://10.0.0.1");
    std::fs::write(console.folder.join("tyk.conf"), right).unwrap();
    console.keys(&["r"]);
    console.sees_no("✗ conf-grpc-address");
}

#[test]
fn it_says_what_a_probe_leaves_behind_before_it_probes() {
    let console = opened(80, 24);
    console.keys(&["9"]);
    console.sees("✗ conf-grpc-address");
    console.keys(&["p"]);
    console.sees("Probe the Gateway?");
    console.sees("becomes a live key");
    console.keys(&["n"]);
    console.sees_no("Probe the Gateway?");
}
