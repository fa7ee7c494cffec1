//! What was seen: records, the ring that holds them, the index, the window of rows that a pane shows.
//!
//! The server offers records by `try_send` and never waits; one actor decodes, judges and stores them.

mod record;

pub use record::{Exchange, Kind, Record, Row};
