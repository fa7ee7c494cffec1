//! API definitions that are in no file: those of a Gateway or a Dashboard, listed, opened, and put back.
//!
//! A definition goes through here as text that people read: what the server answers stands on one line, so it is laid
//! out in lines; keys, their order and every value are as they came. Nothing is put back over what somebody else has
//! changed meanwhile, and what is replaced is kept as a version, as that of a file is.

mod delete;
mod name;
mod prepare;
mod put;
mod schema;
mod server;

pub use delete::Deleted;
pub use name::{Keeper, Remote};
pub use prepare::Prepared;
pub use put::{Put, Stored, is_same};
pub use server::{Listed, Server};

#[cfg(test)]
mod tests;
