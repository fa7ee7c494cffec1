//! The whole loop with no Gateway: a sample project, a server, a bundle host, and recorded traffic.

mod player;
mod recordings;

pub use player::{PlayError, Played, Player};
pub use recordings::{ALL, Dispatch, Recording};
