//! Sockets and HTTP: listeners that servers of ours are bound with, who holds a port that is taken, and servers of others
//! that are asked.

pub mod grpc;
pub mod http;
mod listen;
mod owner;

pub use listen::{tcp, unix};
