//! S3, and what speaks like it: objects listed, sent, fetched, deleted, and links to them signed.
//!
//! `rusty-s3` signs URLs and reads answers; HTTP is ours, so that no redirect is followed. Credentials and region come
//! from where AWS's own tools look for them (the AWS SDKs and Tools Reference Guide, "Standardized credential providers").

mod credentials;
mod error;
mod location;
mod multipart;
mod settings;
mod store;
mod transfer;
mod xml;

pub use credentials::{Credentials, Provider};
pub use error::{S3Error, Why};
pub use location::Location;
pub use settings::{Flags, Settings};
pub use store::{LONGEST_LINK, Object, Store};
