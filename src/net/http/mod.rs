//! Servers that are asked over HTTP: a Gateway's control API, a Dashboard's, mserv's, S3.

mod agent;
mod answer;
mod caller;
mod error;
mod exchange;
mod fetch;
mod transfer;

pub use agent::{Agent, Arriving, Message, Reply, silent};
pub use answer::Answer;
pub use caller::{Ask, Caller, Certificates};
pub use error::{CallError, cause};
pub use exchange::{Failed, Incoming, Outgoing, Timing, exchange};
pub use fetch::{Visit, fetch, visit};
pub use transfer::{Download, Told, Upload};
