//! How releases of the Gateway differ when they load a bundle, as plain values, and the names that people give them.
//!
//! Source: the Gateway's release tags (`gateway/coprocess_bundle.go`) and recorded loads of six Gateways.

mod gateway;
mod loading;
mod releases;

pub use gateway::{Gateway, VersionError};
pub use loading::{Loading, OnDisk, State};
pub use releases::{Number, known};

#[cfg(test)]
mod tests;
