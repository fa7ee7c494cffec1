//! What a bundle is: layout, checksum, signed bytes, its published name.
//!
//! Source: the reference tool's builds, and what Gateways from 5.3 to 5.14 did with recorded zips.

mod digest;
mod layout;
mod name;

pub use digest::{Checksum, Digests, NameHash};
pub use layout::{Entry, EntryError, FILE_NAME, clean, entries};
pub use name::{bundle_hash, published_name, published_parts};
