//! The outside, one folder a partner.

pub mod bundle;
pub mod code;
pub mod dashboard;
pub mod files;
pub mod gateway;
pub mod host;
pub mod metrics;
pub mod mserv;
pub mod s3;
