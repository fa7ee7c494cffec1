//! Servers that are asked over HTTP: a Gateway's control API, a Dashboard's, mserv's.

mod answer;
mod caller;
mod error;
mod exchange;
mod fetch;
mod transfer;

pub use answer::Answer;
pub use caller::{Ask, Caller, Certificates};
pub use error::{CallError, cause};
pub use exchange::{Failed, Incoming, Outgoing, Timing, exchange};
pub use fetch::fetch;
pub use transfer::{Download, Told, Upload};
