//! The answer of a verification.

use serde::Serialize;

use crate::domain::gateway_version::Loading;
use crate::services::bundle::keys::KeyError;
use crate::services::bundle::read::ZipError;
use crate::services::bundle::unpack::UnpackError;

/// What a Gateway would do with a bundle, and whether checksum and signature hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The checksum is right, and the signature too where a key is given: whether or not the bundle loads.
    pub sound: bool,
    /// The checksum that the manifest states, and the one of the files.
    pub checksum: Checksums,
    /// What is known of the signature.
    pub signature: Signature,
    /// Why the Gateway refuses it, in the order in which it would notice; the first is what its log says.
    pub refusals: Vec<Refusal>,
    /// What else is worth knowing, a sentence each.
    pub hints: Vec<String>,
    /// Whatever was refused until now, this Gateway loads the bundle all the same.
    forgiven: usize,
}

/// The two checksums of a bundle; `None` where it did not come to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checksums {
    /// As the manifest has it: any text.
    pub manifest: Option<String>,
    /// Lower-case hex MD5 of the listed files.
    pub computed: Option<String>,
}

impl Checksums {
    /// Both are known and equal, as text.
    pub fn equal(&self) -> bool {
        self.computed.is_some() && self.computed == self.manifest
    }
}

/// What is known of a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Signature {
    /// By the given key, over the listed files as they are.
    Valid,
    /// There is one, and it is not that.
    Invalid,
    /// The manifest has none.
    Absent,
    /// No key was given, or it did not come to it.
    #[default]
    Unchecked,
}

/// One reason to refuse a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The Gateway's own words, with paths relative to the bundle; ours where it would say nothing.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Refusal {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// A public key that a Gateway does not take.
    pub(super) fn of_key(error: &KeyError) -> Self {
        match error {
            KeyError::Refused { found, gateway, help } => Self::new(
                gateway.clone(),
                format!("the public key cannot be used: {found}; {help}"),
            ),
            other => Self::new(other.to_string(), "give the PEM file of `public_key_path`"),
        }
    }
}

impl Verdict {
    /// Whether the Gateway loads it.
    pub fn ok(&self) -> bool {
        self.refusals.len() == self.forgiven
    }

    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.refusals.push(refusal);
    }

    /// Says why the bundle does not unpack, and what this Gateway leaves behind.
    pub(super) fn refuse_unpacking(
        &mut self,
        error: &(impl Unpacking + std::fmt::Display),
        gateway: &Loading,
    ) {
        self.refuse(Refusal::new(format!("Couldn't save bundle: {error}"), error.help()));
        if gateway.refuses_unpack_errors {
            let stays = "the folder of a bundle that does not unpack stays on the Gateway's disk: under this name \
                         nothing is downloaded again until it is deleted";
            self.hints.push(stays.into());
        }
    }

    /// This Gateway does not look at what was refused so far.
    pub(super) fn overlook(&mut self, why: &str) {
        let overlooked = self.refusals.drain(..).map(|refusal| refusal.message);
        self.hints.extend(overlooked.map(|message| format!("{why}: {message}")));
        self.forgiven = 0;
    }

    /// What was refused so far does not keep this Gateway from loading.
    pub(super) fn forgive(&mut self) {
        self.forgiven = self.refusals.len();
    }
}

/// An error of unpacking that knows what to do about it.
pub(super) trait Unpacking {
    fn help(&self) -> String;
}

impl Unpacking for ZipError {
    fn help(&self) -> String {
        zip_help(self).to_owned()
    }
}

impl Unpacking for UnpackError {
    fn help(&self) -> String {
        match self {
            Self::Zip(error) => zip_help(error).to_owned(),
            Self::Path(_) => {
                "a Gateway refuses names that are absolute or begin with two dots".to_owned()
            }
            Self::System { error, .. } => error.help().to_owned(),
        }
    }
}

/// What to do about a zip that cannot be unpacked.
pub(super) fn zip_help(error: &ZipError) -> &'static str {
    match error {
        ZipError::Algorithm => {
            "Gateways read Stored and Deflate only: build the bundle with `tyk-tui build`"
        }
        ZipError::Checksum => {
            "bytes in it changed after it was made: copy it again, or build it anew"
        }
        ZipError::Format | ZipError::CommentLength => {
            "this is no zip, or not all of one: copy it again, or build it anew"
        }
        error if error.is_limit() => {
            "a Gateway downloads a bundle within five seconds and then keeps all of it: make it smaller"
        }
        _ => "the zip is damaged or cut off: copy it again, or build it anew",
    }
}
