//! The outside, one folder a partner.

pub mod bundle;
pub mod files;
pub mod host;
