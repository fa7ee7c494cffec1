//! `[use.NAME.target.NAME]`: where bundles are pushed to.

use std::path::PathBuf;

use super::settings::SecretSource;

/// What a target is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetKind {
    /// A folder that some server of the user's serves.
    #[default]
    Folder,
    /// mserv.
    Mserv,
    /// A bucket of S3, or of what speaks like it.
    S3,
}

impl TargetKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Folder, Self::Mserv, Self::S3];

    /// As the configuration calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Mserv => "mserv",
            Self::S3 => "s3",
        }
    }
}

/// A target, as it is written; which keys it needs its kind decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What it is.
    pub kind: TargetKind,
    /// The largest bundle that is pushed, in bytes: a Gateway gives one attempt to download five seconds.
    pub max_size: usize,
    /// Under which URL a Gateway finds what is there (its `bundle_base_url`).
    pub base_url: Option<String>,
    /// The folder.
    pub dir: Option<PathBuf>,
    /// mserv's address.
    pub url: Option<String>,
    /// Where mserv's token is.
    pub token: SecretSource,
    /// Any certificate of mserv is trusted.
    pub insecure_tls: bool,
    /// The API that bundles on mserv are pushed for.
    pub api_id: Option<String>,
    /// The bucket.
    pub bucket: Option<String>,
    /// What the keys of objects begin with.
    pub prefix: Option<String>,
    /// The rest of their keys: `{name}` and `{hash8}` are replaced.
    pub object: Option<String>,
    /// The bucket's region.
    pub region: Option<String>,
    /// The profile of AWS's files that has the credentials.
    pub profile: Option<String>,
    /// The address of what speaks like S3.
    pub endpoint: Option<String>,
    /// The bucket stands in the path of the URL, not in its host.
    pub path_style: bool,
}

impl Default for Target {
    fn default() -> Self {
        Self {
            kind: TargetKind::default(),
            max_size: 256 << 20,
            base_url: None,
            dir: None,
            url: None,
            token: SecretSource::default(),
            insecure_tls: false,
            api_id: None,
            bucket: None,
            prefix: None,
            object: None,
            region: None,
            profile: None,
            endpoint: None,
            path_style: false,
        }
    }
}
