//! Why S3 did not do what it was asked.

use super::xml::element;
use crate::domain::task::Problem;
use crate::net::http::{CallError, Reply};

/// A question that S3 did not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct S3Error {
    /// What was asked for: `s3://bucket/key at https://…`. Never the signed URL.
    pub place: String,
    /// Why it failed.
    pub why: Why,
}

/// Why S3 did not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It could not be asked.
    #[error(transparent)]
    Call(#[from] CallError),
    /// There are no credentials, or they could not be had.
    #[error("{}", .0.what)]
    Credentials(Problem),
    /// There is no such bucket.
    #[error("there is no such bucket")]
    NoBucket,
    /// There is no such object.
    #[error("there is no such object")]
    NoObject,
    /// The key's owner may not do this.
    #[error("S3 denies it: {text}")]
    Denied {
        /// In its words.
        text: String,
        /// Where the credentials are from.
        from: String,
    },
    /// It does not know the key, or the secret is another.
    #[error("S3 refuses the credentials ({code}): {text}")]
    Credential {
        /// `SignatureDoesNotMatch`, ….
        code: String,
        /// In its words.
        text: String,
        /// Where they are from.
        from: String,
    },
    /// The clocks differ.
    #[error("S3's clock and this machine's differ by too much")]
    Clock,
    /// The bucket is in another region.
    #[error("the bucket is in another region: {theirs}, not {ours}")]
    Region {
        /// Where it is.
        theirs: String,
        /// Where it was looked for.
        ours: String,
    },
    /// It sends us elsewhere.
    #[error(
        "S3 redirects to {0:?}, which is not followed: the credentials' signature would go there too"
    )]
    Redirect(String),
    /// What came was not what was sent.
    #[error("what S3 received is not what was sent: {0}")]
    Damaged(String),
    /// Anything else, in its words.
    #[error("S3 answered {status}: {text}")]
    Refused {
        /// The status.
        status: u16,
        /// Code and words.
        text: String,
    },
    /// What answers is no S3.
    #[error("this does not answer as S3 does: {0}")]
    NotS3(String),
    /// What was given cannot be asked for.
    #[error("{0}")]
    Unusable(String),
    /// A file here cannot be read or written.
    #[error("{0}")]
    File(String),
    /// Parts of an upload stay.
    #[error("{0}")]
    Unfinished(String),
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
}

impl Why {
    /// What a refusal says; `ours` is the region that was asked, `from` where the credentials are from.
    pub(super) fn of(reply: &Reply, ours: &str, from: &str) -> Self {
        let body = reply.text();
        let code = element(&body, "Code").unwrap_or_default();
        let said = element(&body, "Message");
        let status = reply.status.as_u16();
        let text = said.clone().unwrap_or_else(|| status.to_string());
        let region = reply.header("x-amz-bucket-region").map(str::to_owned);
        let region = region.or_else(|| element(&body, "Region")).filter(|region| region != ours);
        if let (300..=400, Some(theirs)) = (status, region) {
            return Self::Region { theirs, ours: ours.to_owned() };
        }
        let from = from.to_owned();
        match (status, code.as_str()) {
            (300..=399, _) => {
                let target = reply.header("location").map(str::to_owned);
                Self::Redirect(target.or_else(|| element(&body, "Endpoint")).unwrap_or_default())
            }
            (_, "NoSuchBucket") => Self::NoBucket,
            (_, "NoSuchKey") => Self::NoObject,
            (_, "RequestTimeTooSkewed") => Self::Clock,
            (_, "BadDigest" | "InvalidDigest" | "XAmzContentSHA256Mismatch") => Self::Damaged(text),
            (
                _,
                "SignatureDoesNotMatch"
                | "InvalidAccessKeyId"
                | "ExpiredToken"
                | "InvalidToken"
                | "TokenRefreshRequired"
                | "InvalidClientTokenId"
                | "NotSignedUp",
            ) => Self::Credential { code, text, from },
            (401 | 403, _) => Self::Denied { text, from },
            (404, "") if body.trim().is_empty() => Self::NoObject,
            // Of what stands in front of the store.
            (429 | 500..=599, "") => Self::Refused { status, text: line(&body) },
            (_, "") => Self::NotS3(format!("{status} {}", line(&body))),
            (status, _) => Self::Refused { status, text: format!("{code}: {text}") },
        }
    }

    /// Whether the same may succeed a moment later: the store is busy, or a connection broke, its own as well.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Call(error) => matches!(
                error,
                CallError::Unreachable(_) | CallError::TimedOut(_) | CallError::Broken(_)
            ),
            Self::Refused { status: 501, .. } => false,
            Self::Refused { status: 429 | 500..=599, .. } => true,
            Self::Refused { status: 400, text } => text.starts_with("RequestTimeout:"),
            _ => false,
        }
    }

    /// Whether nothing came in time: that is waited for once.
    pub(super) fn hangs(&self) -> bool {
        matches!(self, Self::Call(CallError::TimedOut(_)))
    }

    /// Whether what was sent may have been stored all the same: no answer came, or none that says so.
    pub fn leaves_open(&self) -> bool {
        matches!(self, Self::Cancelled) || self.may_pass()
    }
}

/// The beginning of a text, in one line.
fn line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(200).collect()
}

impl S3Error {
    pub(super) fn new(place: impl Into<String>, why: Why) -> Self {
        Self { place: place.into(), why }
    }

    /// The problem for people.
    pub fn problem(&self) -> Problem {
        let help = match &self.why {
            Why::Call(CallError::Tls(_)) => {
                "let this machine trust the certificate's authority; where that cannot be: --no-verify-ssl, or \
                 `insecure_tls = true` of the target"
                    .to_owned()
            }
            Why::Call(error) => return error.problem("S3", &self.place),
            Why::Credentials(problem) => return problem.clone(),
            Why::NoBucket => "look for a misspelt name; tyk-tui makes no buckets".to_owned(),
            Why::NoObject => "look at what is there: tyk-tui s3 list s3://BUCKET/PREFIX".to_owned(),
            Why::Denied { from, .. } => format!(
                "the credentials are {from}; what they have to be allowed says tyk-tui s3 policy --bucket BUCKET"
            ),
            Why::Credential { code, from, .. } => match code.as_str() {
                "SignatureDoesNotMatch" => format!("the secret key is wrong: the credentials are {from}"),
                "InvalidAccessKeyId" | "InvalidClientTokenId" | "NotSignedUp" => {
                    format!("the store does not know the key: the credentials are {from}")
                }
                _ => format!("they are not valid any more: get new ones; they are {from}"),
            },
            Why::Clock => "set this machine's clock: signatures hold for 15 minutes".to_owned(),
            Why::Region { theirs, .. } => {
                format!("give --region {theirs}, or `region = \"{theirs}\"` of the target")
            }
            Why::Redirect(_) => {
                "give the region of the bucket (--region) or the address of the store (--endpoint-url)".to_owned()
            }
            Why::Damaged(_) => "send it again; where that is no better, look at what lies between".to_owned(),
            // A store that does not say which region is right.
            Why::Refused { text, .. } if text.starts_with("Authorization") => {
                "look at the region: --region, or `region` of the target".to_owned()
            }
            Why::Refused { status: 429 | 500..=599, .. } => "try it again later".to_owned(),
            Why::Refused { .. } => "the store's documentation knows the code".to_owned(),
            Why::NotS3(_) => {
                "give the address of an S3 store with --endpoint-url; most others than AWS want --path-style".to_owned()
            }
            Why::Unusable(_) => {
                return Problem::usage(self.why.to_string()).at(&self.place).help("write it as s3://BUCKET/KEY");
            }
            Why::Unfinished(_) => {
                "a rule of the bucket that aborts incomplete uploads does it for all of them".to_owned()
            }
            Why::File(_) => "look at the file and its disk".to_owned(),
            Why::Cancelled => {
                let kind = crate::domain::task::Kind::Interrupted;
                return Problem { kind, ..Problem::failed("cancelled") };
            }
        };
        Problem::failed(self.why.to_string()).at(&self.place).help(help)
    }
}
