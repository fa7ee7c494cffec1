//! The gRPC service on the wire: Objects travel as bytes, never as a decoded message, so that fields we do not know
//! survive and an answer that is the request costs no copy.
//!
//! The framing is our own (tonic's decoder reserves what a message says of its size and refuses it with `OUT_OF_RANGE`);
//! HTTP/2 is hyper's, health and reflection are tonic's.

mod call;
mod connection;
mod frame;
mod reply;
mod service;

pub(super) use call::Shared;
pub(super) use connection::{Listener, serve};
pub(super) use service::DISPATCHER;
