//! Servers that are asked over HTTP: a Gateway's control API, a Dashboard's.

mod answer;
mod caller;
mod error;
mod fetch;

pub use answer::Answer;
pub use caller::{Ask, Caller, Certificates};
pub use error::{CallError, cause};
pub use fetch::fetch;
