//! The local socket of a plugin server, of `serve` or of a console: another console finds the server of its project there,
//! looks at it live, and goes again without a trace.
//!
//! A reader of the socket is one more reader of the ring, as a session's writer is: no answer waits for it, and what the
//! ring forgot before it read on is a counted gap. What goes over the socket is what came, secrets too; so only the
//! user whose server it is may connect.

mod again;
mod attach;
mod breaks;
mod find;
mod open;
mod place;
mod take_over;
mod watch;
mod wire;

pub use again::{Awaited, await_server};
pub use attach::{Attached, News, Onlooker, attach};
pub use breaks::Breaks;
pub use find::stop;
pub use open::{Control, Served, Session, open};
pub use place::Place;
pub use take_over::{Successor, hand_over, take_over};
pub use watch::Watch;
pub use wire::{Figures, Hello, Wrong};

#[cfg(test)]
mod tests;
