//! Foreign programs against ours: `.ci/run` brings them and runs these with `--ignored`.
//!
//! `TYK_TUI_PEERS_PYTHON` names a Python that has grpcio, grpcio-reflection, grpcio-health-checking and protobuf.

#[path = "peers/host.rs"]
mod host;
