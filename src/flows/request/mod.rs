//! A request to an API under test: prepared with its authentication, sent, remembered, and traced to the Dispatches that
//! it caused.

mod caused;
mod history;
mod place;
mod prove;
mod send;

#[cfg(test)]
mod tests;

pub use caused::{Caused, Certainty, Trace, caused};
pub use history::{Entry, History};
pub use place::{forbidden, whole};
pub use send::{Exchange, Options, Prepared, prepare};

pub use crate::domain::trail::MARK;

use crate::domain::task::Problem;

/// A new mark: 16 hex digits.
pub fn mark() -> Result<String, Problem> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)
        .map_err(|error| Problem::failed(format!("the system gives no random bytes: {error}")))?;
    Ok(format!("{:016x}", u64::from_be_bytes(bytes)))
}
