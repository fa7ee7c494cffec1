//! Asking one server, with the secret that it wants.

use std::time::Duration;

use reqwest::header::{CONNECTION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, Url};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Answer, CallError};

/// How long an answer may take where nothing else is known of it.
const USUAL: Duration = Duration::from_secs(30);

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Which certificates a server may show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Certificates {
    /// Those that this machine trusts.
    #[default]
    Trusted,
    /// Any: who is on the way can read the secret.
    Any,
}

impl Certificates {
    /// Any, where the user's configuration says so (`insecure_tls`).
    pub fn of(insecure_tls: bool) -> Self {
        if insecure_tls { Self::Any } else { Self::Trusted }
    }
}

/// One server: where it is, and the secret that goes with every call.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    base: Url,
    secret: Option<(HeaderName, HeaderValue)>,
    certificates: Certificates,
    /// What no call may take longer than, where the user said so.
    longest: Option<Duration>,
    /// Bytes of an answer, at most.
    most: usize,
}

/// One call.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    method: Method,
    segments: &'a [&'a str],
    query: &'a [(&'a str, &'a str)],
    body: Option<(&'static str, Vec<u8>)>,
    limit: Option<Duration>,
}

impl<'a> Ask<'a> {
    /// Asks with GET; the path is in segments, which are percent-encoded.
    pub fn get(segments: &'a [&'a str]) -> Self {
        Self { method: Method::GET, segments, query: &[], body: None, limit: Some(USUAL) }
    }

    /// Sends a body with POST.
    pub fn post(segments: &'a [&'a str], kind: &'static str, body: Vec<u8>) -> Self {
        Self { method: Method::POST, body: Some((kind, body)), ..Self::get(segments) }
    }

    /// Sends a body with PUT.
    pub fn put(segments: &'a [&'a str], kind: &'static str, body: Vec<u8>) -> Self {
        Self { method: Method::PUT, ..Self::post(segments, kind, body) }
    }

    /// Sends what [`Caller::upload`] is given: with PUT where it `replaces` something, else with POST.
    pub fn upload(segments: &'a [&'a str], replaces: bool) -> Self {
        let method = if replaces { Method::PUT } else { Method::POST };
        Self { method, ..Self::get(segments) }
    }

    /// Asks with DELETE.
    pub fn delete(segments: &'a [&'a str]) -> Self {
        Self { method: Method::DELETE, ..Self::get(segments) }
    }

    /// With a query.
    #[must_use]
    pub fn query(self, query: &'a [(&'a str, &'a str)]) -> Self {
        Self { query, ..self }
    }

    /// With another time limit; `None` waits until the caller gives up.
    #[must_use]
    pub fn within(self, limit: Option<Duration>) -> Self {
        Self { limit, ..self }
    }
}

impl Caller {
    /// A server by its address, `http://host:port` with a path where it lies below one; the secret goes in `header`.
    ///
    /// No redirect is followed: it would take the secret to another server. No proxy of the environment is used, for
    /// the same reason.
    pub fn new(
        address: &str,
        header: HeaderName,
        secret: Option<&SecretString>,
        certificates: Certificates,
    ) -> Result<Self, CallError> {
        Self::with(Client::builder(), address, header, secret, certificates)
    }

    /// The same for a server that must be asked over a new connection each time: none is kept, and each call says
    /// `Connection: close`.
    pub fn closing(
        address: &str,
        header: HeaderName,
        secret: Option<&SecretString>,
        certificates: Certificates,
    ) -> Result<Self, CallError> {
        let close = HeaderMap::from_iter([(CONNECTION, HeaderValue::from_static("close"))]);
        let client = Client::builder().pool_max_idle_per_host(0).default_headers(close);
        Self::with(client, address, header, secret, certificates)
    }

    fn with(
        client: ClientBuilder,
        address: &str,
        header: HeaderName,
        secret: Option<&SecretString>,
        certificates: Certificates,
    ) -> Result<Self, CallError> {
        let client = self::client(client, certificates)?;
        let value = |secret: &SecretString| {
            let value = HeaderValue::from_str(secret.expose_secret());
            let mut value = value.map_err(|_| CallError::Secret)?;
            value.set_sensitive(true);
            Ok((header, value))
        };
        let (base, secret) = (base(address)?, secret.map(value).transpose()?);
        Ok(Self { client, base, secret, certificates, longest: None, most: Answer::LIMIT })
    }

    /// The same, where no answer may take longer, whatever a call says of itself.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { longest: Some(limit), ..self }
    }

    /// The same, where no more bytes of an answer are read: one that is longer is an error.
    #[must_use]
    pub fn at_most(self, bytes: usize) -> Self {
        Self { most: bytes, ..self }
    }

    /// The server's address, as it is shown.
    pub fn address(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Which certificates it may show.
    pub fn certificates(&self) -> Certificates {
        self.certificates
    }

    /// Whether a secret goes with the calls.
    pub fn has_secret(&self) -> bool {
        self.secret.is_some()
    }

    /// The URL that a call goes to.
    pub fn url(&self, ask: &Ask<'_>) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(ask.segments);
        }
        if !ask.query.is_empty() {
            url.query_pairs_mut().extend_pairs(ask.query);
        }
        url
    }

    /// Asks, and reads the answer, whatever its status is.
    pub async fn ask(&self, ask: Ask<'_>) -> Result<Answer, CallError> {
        let limit = self.longest.or(ask.limit);
        let answer =
            self.request(ask).send().await.map_err(|error| CallError::of(&error, limit))?;
        Answer::read_at_most(answer, limit, self.most).await
    }

    /// The request of a call, ready to be sent.
    pub(super) fn request(&self, ask: Ask<'_>) -> RequestBuilder {
        let mut request = self.client.request(ask.method.clone(), self.url(&ask));
        if let Some((name, value)) = &self.secret {
            request = request.header(name, value);
        }
        if let Some(limit) = self.longest.or(ask.limit) {
            request = request.timeout(limit);
        }
        if let Some((kind, body)) = ask.body {
            request = request.header(CONTENT_TYPE, kind).body(body);
        }
        request
    }
}

/// A client that takes nothing elsewhere.
pub(super) fn client(
    builder: ClientBuilder,
    certificates: Certificates,
) -> Result<Client, CallError> {
    builder
        .no_proxy()
        .tls_danger_accept_invalid_certs(certificates == Certificates::Any)
        .redirect(Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("tyk-tui/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| CallError::Broken(super::cause(&error)))
}

/// The address as a URL that paths are joined to.
fn base(address: &str) -> Result<Url, CallError> {
    let refused =
        |why: &str| CallError::Address { address: address.to_owned(), why: why.to_owned() };
    let schemes = "write it as http://host:port or https://host:port";
    let url = Url::parse(address.trim()).map_err(|_| refused(schemes))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(refused(schemes));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // Not repeated: there is a password in it.
        return Err(CallError::Credentials);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refused("leave out what follows the path"));
    }
    Ok(url)
}
