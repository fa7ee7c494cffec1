//! Foreign programs against ours: `.ci/run` brings them and runs these with `--ignored`.
//!
//! `TYK_TUI_PEERS_PYTHON` names a Python that has grpcio, grpcio-reflection, grpcio-health-checking and protobuf.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not have ends it")]

#[path = "peers/bundle.rs"]
mod bundle;
#[path = "peers/console.rs"]
mod console;
#[path = "peers/dispatch.rs"]
mod dispatch;
#[path = "peers/export.rs"]
mod export;
#[path = "peers/forward.rs"]
mod forward;
#[path = "program/home.rs"]
mod home;
#[path = "peers/host.rs"]
mod host;
#[path = "peers/json.rs"]
mod json;
#[path = "peers/keys.rs"]
mod keys;
#[expect(dead_code, reason = "the bench of Dispatches measures latency, too")]
#[path = "../benches/dispatch/load.rs"]
mod load;
#[path = "peers/mserv.rs"]
mod mserv;
#[expect(dead_code, reason = "the tests of the program use what these leave")]
#[path = "program/mserv_stand_in.rs"]
mod mserv_stand_in;
#[expect(dead_code, reason = "the tests of the program use what these leave")]
#[path = "program/pty.rs"]
mod pty;
#[path = "peers/reference.rs"]
mod reference;
#[path = "peers/reference_server.rs"]
mod reference_server;
#[path = "peers/request.rs"]
mod request;
#[path = "peers/s3.rs"]
mod s3;
#[expect(dead_code, reason = "the tests of the program use what these leave")]
#[path = "program/s3_stand_in.rs"]
mod s3_stand_in;
#[expect(dead_code, reason = "the tests of the program use what these leave")]
#[path = "program/serving.rs"]
mod serving;
#[path = "peers/zips.rs"]
mod zips;
