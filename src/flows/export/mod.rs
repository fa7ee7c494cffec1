//! What was captured, written for other programs: to a stream, into a file, as a text for the clipboard.

mod file;
mod hidden;
mod ring;
mod source;
mod stream;

pub use file::{Job, to_file};
pub use ring::Ring;
pub use source::{Sifted, Source};
pub use stream::{Heard, to_stream};

#[cfg(test)]
mod tests;
