//! What Gateways do with a bundle: four behaviours.

/// What a Gateway does with a bundle, downloaded afresh or on its disk already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loading {
    /// The releases that do so, for people.
    pub releases: &'static str,
    /// Names of entries that are absolute or lead out of the bundle's folder are refused.
    pub checks_names: bool,
    /// A bundle that does not unpack is refused, and its folder stays on the disk; else what was unpacked until then is
    /// verified.
    pub refuses_unpack_errors: bool,
    /// A download that does not verify is refused, and its API dropped; else that is only logged, and an API whose
    /// bundle cannot be loaded is served without its plugins.
    pub refuses_unverified: bool,
    /// What it says of a checksum that differs.
    pub wrong_checksum: &'static str,
    /// What is verified of a bundle that lies on the disk already.
    pub on_disk: OnDisk,
}

/// What a Gateway verifies of a bundle whose folder it finds on its disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// Nothing. Where its manifest cannot be read the API is served without hooks.
    Nothing,
    /// All that is verified of a download.
    Everything,
    /// All that is verified of a download, but only where the manifest has a signature, and not under
    /// `skip_verify_existing_plugin_bundle`.
    Signed,
}

/// Where a Gateway has the bundle from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It downloads it now.
    #[default]
    Fresh,
    /// It unpacked it earlier: by name, so whatever the host has now is not looked at.
    OnDisk {
        /// `skip_verify_existing_plugin_bundle` is set.
        skip_verify: bool,
    },
}

impl State {
    /// `fresh` or `on-disk`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::OnDisk { .. } => "on-disk",
        }
    }
}

/// Recorded: 5.14.0, and 5.15.0-alpha8 in all that concerns one bundle.
pub(super) const SIGNED_ON_DISK: Loading = Loading {
    releases: "5.8.11–5.8.15, 5.11.1, 5.12–5.15",
    checks_names: true,
    refuses_unpack_errors: true,
    refuses_unverified: true,
    wrong_checksum: "invalid checksum",
    on_disk: OnDisk::Signed,
};

/// Recorded: 5.11.0.
pub(super) const ALL_ON_DISK: Loading = Loading {
    releases: "5.8.7–5.8.10, 5.10.1, 5.10.2, 5.11.0",
    wrong_checksum: "Invalid checksum",
    on_disk: OnDisk::Everything,
    ..SIGNED_ON_DISK
};

/// Recorded: 5.4.0, 5.10.0.
pub(super) const DOWNLOADS_ONLY: Loading = Loading {
    releases: "5.0.12–5.0.15, 5.3.1–5.3.13, 5.4–5.7, 5.8.0–5.8.6, 5.9, 5.10.0",
    checks_names: false,
    refuses_unpack_errors: false,
    on_disk: OnDisk::Nothing,
    ..ALL_ON_DISK
};

/// Recorded: 5.3.0.
pub(super) const ONLY_LOGGED: Loading = Loading {
    releases: "5.0.0–5.0.11, 5.1, 5.2, 5.3.0",
    refuses_unverified: false,
    ..DOWNLOADS_ONLY
};

/// Every behaviour, the newest first.
pub(super) const ALL: &[Loading] = &[SIGNED_ON_DISK, ALL_ON_DISK, DOWNLOADS_ONLY, ONLY_LOGGED];
