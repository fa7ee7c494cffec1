//! The real binary: commands, sockets, terminals.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not have ends it")]

#[path = "program/api.rs"]
mod api;
#[path = "program/backups.rs"]
mod backups;
#[path = "program/build.rs"]
mod build;
#[path = "program/config.rs"]
mod config;
#[path = "program/demo.rs"]
mod demo;
#[path = "program/doctor.rs"]
mod doctor;
#[path = "program/export.rs"]
mod export;
#[path = "program/failures.rs"]
mod failures;
#[path = "program/filters.rs"]
mod filters;
#[path = "program/gateway.rs"]
mod gateway;
#[path = "program/gateway_command.rs"]
mod gateway_command;
#[path = "program/gateway_faults.rs"]
mod gateway_faults;
#[path = "program/generated.rs"]
mod generated;
#[path = "program/hold.rs"]
mod hold;
#[path = "program/home.rs"]
mod home;
#[path = "program/host.rs"]
mod host;
#[path = "program/inspect.rs"]
mod inspect;
#[path = "program/keygen.rs"]
mod keygen;
#[path = "program/large.rs"]
mod large;
#[path = "program/lint.rs"]
mod lint;
#[path = "program/loading.rs"]
mod loading;
#[path = "program/manifest.rs"]
mod manifest;
#[path = "program/marks.rs"]
mod marks;
#[path = "program/mserv.rs"]
mod mserv;
#[path = "program/mserv_faults.rs"]
mod mserv_faults;
#[path = "program/mserv_replay.rs"]
mod mserv_replay;
#[path = "program/mserv_stand_in.rs"]
mod mserv_stand_in;
#[path = "program/mserv_tls.rs"]
mod mserv_tls;
#[path = "program/new.rs"]
mod new;
#[path = "program/onlooker.rs"]
mod onlooker;
#[path = "program/outlive.rs"]
mod outlive;
#[path = "program/output.rs"]
mod output;
#[path = "program/own_server.rs"]
mod own_server;
#[path = "program/passphrase.rs"]
mod passphrase;
#[path = "program/profiles.rs"]
mod profiles;
#[path = "program/project.rs"]
mod project;
#[path = "program/pty.rs"]
mod pty;
#[path = "program/ran.rs"]
mod ran;
#[path = "program/read_only.rs"]
mod read_only;
#[path = "program/remote.rs"]
mod remote;
#[path = "program/replay.rs"]
mod replay;
#[path = "program/request.rs"]
mod request;
#[path = "program/request_bad_input.rs"]
mod request_bad_input;
#[path = "program/request_stand_in.rs"]
mod request_stand_in;
#[path = "program/rule_command.rs"]
mod rule_command;
#[path = "program/rules_act.rs"]
mod rules_act;
#[path = "program/rules_attacks.rs"]
mod rules_attacks;
#[path = "program/rules_auth.rs"]
mod rules_auth;
#[path = "program/rules_bad_input.rs"]
mod rules_bad_input;
#[path = "program/rules_jwks.rs"]
mod rules_jwks;
#[path = "program/rules_keys.rs"]
mod rules_keys;
#[path = "program/rules_places.rs"]
mod rules_places;
#[path = "program/rules_reload.rs"]
mod rules_reload;
#[path = "program/s3.rs"]
mod s3;
#[path = "program/s3_credentials.rs"]
mod s3_credentials;
#[path = "program/s3_reading.rs"]
mod s3_reading;
#[path = "program/s3_stand_in.rs"]
mod s3_stand_in;
#[path = "program/serve.rs"]
mod serve;
#[path = "program/serve_bad_input.rs"]
mod serve_bad_input;
#[path = "program/serve_rules.rs"]
mod serve_rules;
#[path = "program/serving.rs"]
mod serving;
#[path = "program/session.rs"]
mod session;
#[path = "program/session_bad_input.rs"]
mod session_bad_input;
#[path = "program/ship.rs"]
mod ship;
#[path = "program/ship_dashboard.rs"]
mod ship_dashboard;
#[path = "program/ship_s3.rs"]
mod ship_s3;
#[path = "program/soak.rs"]
mod soak;
#[path = "program/stand_in.rs"]
mod stand_in;
#[path = "program/target.rs"]
mod target;
#[path = "program/terminal.rs"]
mod terminal;
#[path = "program/tls.rs"]
mod tls;
#[path = "program/verify.rs"]
mod verify;
#[path = "program/wait.rs"]
mod wait;
#[path = "program/wait_held.rs"]
mod wait_held;
