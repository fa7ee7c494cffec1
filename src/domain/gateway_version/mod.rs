//! How releases of the Gateway differ when they load a bundle, as plain values.
//!
//! Source: the Gateway's release tags (`gateway/coprocess_bundle.go`) and recorded loads.

/// What a Gateway does with a fresh download of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loading {
    /// The release that this is the behaviour of.
    pub release: &'static str,
    /// Names of entries that are absolute or lead out of the bundle's folder are refused.
    pub checks_names: bool,
    /// A bundle that does not unpack is refused; else what was unpacked until then is verified.
    pub refuses_unpack_errors: bool,
    /// A bundle that does not verify is refused; else that is only logged.
    pub refuses_unverified: bool,
    /// What it says of a checksum that differs.
    pub wrong_checksum: &'static str,
}

/// Gateway 5.14.0; 5.8.11–5.8.15, 5.11.1, 5.12 and 5.13 do the same with a fresh download.
pub const GATEWAY_5_14: Loading = Loading {
    release: "5.14",
    checks_names: true,
    refuses_unpack_errors: true,
    refuses_unverified: true,
    wrong_checksum: "invalid checksum",
};
