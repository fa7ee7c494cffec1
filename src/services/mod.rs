//! The outside, one folder a partner.

pub mod bundle;
pub mod code;
pub mod files;
pub mod host;
