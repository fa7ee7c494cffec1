//! The whole console in-process, by keys: the real loop, the real servers, no terminal.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not have ends it")]

#[path = "console/apis.rs"]
mod apis;
#[path = "console/bodies.rs"]
mod bodies;
#[path = "console/by_request.rs"]
mod by_request;
#[path = "console/demo.rs"]
mod demo;
#[path = "console/doctor.rs"]
mod doctor;
#[path = "console/editor.rs"]
mod editor;
#[path = "console/export.rs"]
mod export;
#[path = "console/flow.rs"]
mod flow;
#[path = "console/forms.rs"]
mod forms;
#[path = "console/gateway.rs"]
mod gateway;
#[path = "console/hold.rs"]
mod hold;
#[path = "console/manifest.rs"]
mod manifest;
#[path = "console/marks.rs"]
mod marks;
#[expect(dead_code, reason = "the commands' tests use the rest of it")]
#[path = "program/mserv_stand_in.rs"]
mod mserv_stand_in;
#[path = "console/newcomer.rs"]
mod newcomer;
#[path = "console/opened.rs"]
mod opened;
#[path = "console/problems.rs"]
mod problems;
#[path = "console/publish.rs"]
mod publish;
#[path = "console/remote.rs"]
mod remote;
#[path = "console/replay.rs"]
mod replay;
#[path = "console/request.rs"]
mod request;
#[path = "program/request_stand_in.rs"]
mod request_stand_in;
#[path = "console/rules.rs"]
mod rules;
#[path = "console/screens.rs"]
mod screens;
#[expect(dead_code, reason = "the tests of the program use what these leave")]
#[path = "program/serving.rs"]
mod serving;
#[path = "console/session.rs"]
mod session;
#[path = "console/ship.rs"]
mod ship;
#[path = "console/socket.rs"]
mod socket;
#[path = "program/stand_in.rs"]
mod stand_in;
#[path = "console/stream.rs"]
mod stream;
#[path = "console/tab.rs"]
mod tab;
#[path = "console/unsaved.rs"]
mod unsaved;
