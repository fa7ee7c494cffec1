//! Recorded calls sent again, to our rules or to any Dispatcher, and what is answered now compared with what was then.

mod remembered;
mod replayed;
mod send;
mod target;

pub use remembered::Remembered;
pub use replayed::{Differing, replayable};
pub use send::{Pace, Replayed, Total, replay};
pub use target::Target;

#[cfg(test)]
mod tests;
