//! Breakpoints: Dispatches that are held once the rules have decided, until they are let go, unchanged or with another
//! answer.
//!
//! Who is held waits in his own task, with his own deadline; a table that everybody shares says who that is. Where there is
//! no breakpoint, a call looks at one flag.

mod breakpoint;
mod table;

pub use breakpoint::{Breakpoint, Faulty, MOST_BREAKPOINTS};
pub use table::{Held, Holds};

#[cfg(test)]
mod tests;
