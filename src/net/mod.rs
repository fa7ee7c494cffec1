//! Sockets: listeners that servers of ours are bound with, and who holds a port that is taken.

mod listen;
mod owner;

pub use listen::{tcp, unix};
