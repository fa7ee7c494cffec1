//! A bucket, and what is asked of it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Method, Url};
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, S3Action as _};
use secrecy::ExposeSecret as _;

use super::location::{is_bucket, is_plain};
use super::{Credentials, Provider, S3Error, Settings, Why};
use crate::net::http::{Agent, Message, Reply, Told};

/// How long what we sign for ourselves holds: S3 looks at it when a request begins.
pub(super) const VALID: Duration = Duration::from_mins(15);

/// A link holds for seven days at most (Amazon S3 API, "Authenticating Requests: Using Query Parameters").
pub const LONGEST_LINK: Duration = Duration::from_hours(7 * 24);

/// How long an answer may take.
pub(super) const LIMIT: Duration = Duration::from_secs(30);

/// How often something is asked that fails for a while only, and the first wait between; it doubles.
pub(super) const ATTEMPTS: u32 = 4;
const WAIT: Duration = Duration::from_millis(200);

/// So many objects are listed at most.
const MOST: usize = 10_000;

/// A bucket to work with.
#[derive(Clone)]
pub struct Store {
    pub(super) bucket: Bucket,
    pub(super) agent: Agent,
    provider: Arc<Provider>,
    address: String,
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// When it was stored.
    pub at: Option<Timestamp>,
    /// What its content is told by; the MD5 of one that was sent in one piece.
    pub etag: Option<String>,
}

/// Signs what is asked for.
pub(super) type Sign<'a> = dyn Fn(&Bucket, &rusty_s3::Credentials) -> Url + Send + Sync + 'a;

/// Makes a request with a signature.
pub(super) type Signed<'a> = dyn Fn(&rusty_s3::Credentials) -> Message + Send + Sync + 'a;

/// How a request is sent.
#[derive(Clone, Copy)]
pub(super) enum Sending<'a> {
    /// Within a limit.
    Within(Duration),
    /// Its body piece by piece, each of which is told.
    Told(&'a Told),
}

impl Store {
    /// The bucket of these settings.
    pub fn new(settings: &Settings, bucket: &str) -> Result<Self, S3Error> {
        let failed = |why: Why| S3Error::new(format!("s3://{bucket}"), why);
        if !is_bucket(bucket) {
            return Err(failed(Why::Unusable(format!("{bucket:?} cannot be a bucket's name"))));
        }
        let agent = Agent::new(settings.certificates).map_err(|error| failed(error.into()))?;
        let style = settings.style(bucket);
        let (endpoint, region) = (settings.endpoint.clone(), settings.region.clone());
        let address = endpoint.as_str().trim_end_matches('/').to_owned();
        let bucket = Bucket::new(endpoint, style, bucket.to_owned(), region).map_err(|error| {
            failed(Why::Unusable(format!(
                "no URL can be made of the bucket and {address}: {error}"
            )))
        })?;
        let provider = Arc::new(settings.provider(agent.clone()));
        Ok(Self { bucket, agent, provider, address })
    }

    /// The bucket's name.
    pub fn name(&self) -> &str {
        self.bucket.name()
    }

    /// The region that it is looked for in.
    pub fn region(&self) -> &str {
        self.bucket.region()
    }

    /// The address of the store.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether any certificate is trusted.
    pub fn is_unchecked(&self) -> bool {
        self.agent.certificates() == crate::net::http::Certificates::Any
            && self.address.starts_with("https:")
    }

    /// The credentials that are used now.
    pub async fn credentials(&self) -> Result<Credentials, S3Error> {
        self.provider.get().await.map_err(|problem| self.failed("", Why::Credentials(problem)))
    }

    /// Where an object is for whoever has no credentials; `prefix` may be one, too.
    pub fn url(&self, key: &str) -> Result<Url, S3Error> {
        Ok(self.bucket.object_url(self.plain(key)?))
    }

    /// The objects whose keys begin with this; ten thousand at most.
    pub async fn list(&self, prefix: &str) -> Result<Vec<Object>, S3Error> {
        self.list_up_to(prefix, MOST).await
    }

    /// The object of this key, where there is one.
    pub async fn find(&self, key: &str) -> Result<Option<Object>, S3Error> {
        // Of all keys that begin with this one it is the first.
        let found = self.list_up_to(self.plain(key)?, 1).await?;
        Ok(found.into_iter().find(|object| object.key == key))
    }

    /// Whether the bucket can be listed below this prefix, whatever is there.
    pub async fn is_there(&self, prefix: &str) -> Result<(), S3Error> {
        self.list_up_to(prefix, 1).await.map(|_| ())
    }

    async fn list_up_to(&self, prefix: &str, most: usize) -> Result<Vec<Object>, S3Error> {
        let mut objects = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let reply = self
                .ask(prefix, Method::GET, &|bucket, credentials| {
                    let mut list = bucket.list_objects_v2(Some(credentials));
                    list.with_prefix(prefix);
                    list.with_max_keys(most.min(1000));
                    if let Some(token) = &token {
                        list.with_continuation_token(token.as_str());
                    }
                    list.sign(VALID)
                })
                .await?;
            let page = ListObjectsV2::parse_response(&reply.text())
                .map_err(|error| self.failed(prefix, Why::NotS3(error.to_string())))?;
            objects.extend(page.contents.into_iter().map(|it| Object {
                key: it.key,
                bytes: it.size.unwrap_or_default(),
                at: it.last_modified.and_then(|at| at.parse().ok()),
                etag: it.etag.map(|etag| etag.trim_matches('"').to_owned()),
            }));
            token = page.next_continuation_token;
            if token.is_none() || objects.len() >= most {
                objects.truncate(most);
                return Ok(objects);
            }
        }
    }

    /// Deletes an object; S3 does not say whether there was one.
    pub async fn delete(&self, key: &str) -> Result<(), S3Error> {
        let plain = self.plain_key(key)?;
        let sign: &Sign<'_> =
            &|bucket, credentials| bucket.delete_object(Some(credentials), plain).sign(VALID);
        self.ask(key, Method::DELETE, sign).await.map(|_| ())
    }

    /// A link that fetches an object without credentials until it expires.
    pub async fn presign(&self, key: &str, holds: Duration) -> Result<Url, S3Error> {
        let plain = self.plain_key(key)?;
        let credentials = self.credentials().await?;
        Ok(self.bucket.get_object(Some(&credentials.for_signing()), plain).sign(holds))
    }

    /// Asks, and asks again where that may help; anything but success is an error.
    pub(super) async fn ask(
        &self,
        key: &str,
        method: Method,
        sign: &Sign<'_>,
    ) -> Result<Reply, S3Error> {
        let message = |credentials: &rusty_s3::Credentials| {
            Message::new(method.clone(), sign(&self.bucket, credentials))
        };
        self.repeated(key, Sending::Within(LIMIT), &message).await
    }

    /// Sends it until it is done or cannot be, signed anew each time. Between attempts it waits longer each time, and never for
    /// ever.
    pub(super) async fn repeated(
        &self,
        key: &str,
        sending: Sending<'_>,
        message: &Signed<'_>,
    ) -> Result<Reply, S3Error> {
        let mut number = 0;
        loop {
            let credentials = self.credentials().await?;
            let message = message(&credentials.for_signing());
            let sent = match sending {
                Sending::Within(limit) => self.agent.send(message, limit).await,
                Sending::Told(told) => self.agent.upload(message, told).await,
            };
            let why = match sent {
                Ok(reply) if reply.status.is_success() => return Ok(reply),
                Ok(reply) => self.refusal(&reply, &credentials),
                Err(error) => error.into(),
            };
            number += 1;
            let hangs = why.hangs() && matches!(sending, Sending::Within(_));
            if number == ATTEMPTS || hangs || !why.may_pass() {
                return Err(self.failed(key, why));
            }
            tracing::info!("asking S3 again: {why}");
            tokio::time::sleep(pause(number)).await;
        }
    }

    /// Why an answer is no success.
    pub(super) fn refusal(&self, reply: &Reply, credentials: &Credentials) -> Why {
        Why::of(reply, self.bucket.region(), &credentials.from)
    }

    pub(super) fn failed(&self, key: &str, why: Why) -> S3Error {
        S3Error::new(format!("s3://{}/{key} at {}", self.bucket.name(), self.address), why)
    }

    /// A key or prefix that a URL keeps.
    fn plain<'a>(&self, key: &'a str) -> Result<&'a str, S3Error> {
        if is_plain(key) {
            return Ok(key);
        }
        Err(self.failed("", Why::Unusable(format!("{key:?} cannot be an object's key here"))))
    }

    /// The same, and an object's: an empty one would mean the bucket itself.
    pub(super) fn plain_key<'a>(&self, key: &'a str) -> Result<&'a str, S3Error> {
        if key.is_empty() || key.ends_with('/') {
            let why = "an object's key is missing, as in s3://BUCKET/KEY".to_owned();
            return Err(self.failed(key, Why::Unusable(why)));
        }
        self.plain(key)
    }
}

impl Credentials {
    /// As `rusty-s3` takes them.
    pub(super) fn for_signing(&self) -> rusty_s3::Credentials {
        let secret = self.secret.expose_secret();
        match &self.token {
            Some(token) => {
                rusty_s3::Credentials::new_with_token(&self.key, secret, token.expose_secret())
            }
            None => rusty_s3::Credentials::new(&self.key, secret),
        }
    }
}

/// The wait before the attempt of this number: doubled each time, and up to twice that by chance, so that many clients do not
/// come back at once.
pub(super) fn pause(number: u32) -> Duration {
    let wait = WAIT * 2_u32.pow(number - 1);
    let chance = getrandom::u32().map_or(0.5, |it| f64::from(it) / f64::from(u32::MAX));
    wait + wait.mul_f64(chance)
}
