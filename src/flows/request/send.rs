//! A request is made ready, and sent.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{CONTENT_LENGTH, DATE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Method, Url};
use secrecy::ExposeSecret as _;
use tokio_util::sync::CancellationToken;

use super::{MARK, place, prove};
use crate::config::Settings;
use crate::domain::object::View;
use crate::domain::request::{Body, Origin, Received, Request, Sent, SentHeader, Shown};
use crate::domain::task::{Kind, Problem};
use crate::net::http::{CallError, Certificates, Failed, Incoming, Outgoing, exchange};
use crate::services::files::{self, Atomic, Mode};

/// The largest file that is sent as a body, in bytes.
const LARGEST_BODY: u64 = 64 << 20;

/// How a request is sent.
#[derive(Clone, Debug)]
pub struct Options {
    /// Any certificate is trusted.
    pub insecure: bool,
    /// How long all of it may take.
    pub limit: Duration,
    /// So many bytes of the answer's body are kept.
    pub keep: usize,
    /// The whole body goes to this file, which its owner alone reads.
    pub output: Option<PathBuf>,
    /// Sent in [`MARK`].
    pub mark: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        let limit = Duration::from_secs(30);
        Self { insecure: false, limit, keep: 1 << 20, output: None, mark: None }
    }
}

/// A request that can be sent now: its token or signature is of this moment.
#[derive(Clone)]
pub struct Prepared {
    sent: Sent,
    url: Url,
    body: Option<Bytes>,
    options: Options,
}

/// What was sent, and what came back.
#[derive(Clone)]
pub struct Exchange {
    /// As it was sent.
    pub sent: Sent,
    /// Its body.
    pub body: Bytes,
    /// Its mark, if it had one.
    pub mark: Option<String>,
    /// When it was sent.
    pub at: Timestamp,
    /// The answer.
    pub answer: Incoming,
    /// Where the whole body is.
    pub output: Option<PathBuf>,
}

/// Makes a request ready: secrets are read (it waits for files), a token is minted, a signature made.
pub fn prepare(
    request: &Request,
    settings: &Settings,
    options: Options,
    now: SystemTime,
) -> Result<Prepared, Problem> {
    request.check().map_err(|error| Problem::usage(error.to_string()).help(error.help()))?;
    let (url, certificates) = place::whole(&request.url, settings)?;
    place::allowed(&request.method, &url, settings)?;
    let body = match &request.body {
        Body::None => None,
        Body::Given(bytes) => Some(Bytes::copy_from_slice(bytes)),
        Body::File(path) => {
            Some(Bytes::from(files::read(path, LARGEST_BODY, "cannot read the body")?))
        }
    };
    let mut headers: Vec<_> =
        request.headers.iter().map(|it| SentHeader::given(&it.name, &it.value)).collect();
    if let Some(name) = request.auth.header()
        && request.has(name)
    {
        return Err(Problem::usage(format!(
            "{name} is given as a header and by the authentication"
        ))
        .help("leave one of them out"));
    }
    let date = request.headers.iter().find(|it| it.name.eq_ignore_ascii_case(DATE.as_str()));
    let date = date.map_or_else(|| httpdate::fmt_http_date(now), |it| it.value.clone());
    let moment = Timestamp::try_from(now).unwrap_or_default();
    let proof = prove::header(&request.auth, &date, moment)?;
    if matches!(request.auth, crate::domain::request::Auth::Hmac { .. }) && !request.has("date") {
        headers.push(SentHeader::given("Date", &date));
    }
    headers.extend(proof);
    let insecure = options.insecure || certificates == Certificates::Any;
    let sent = Sent {
        method: request.method.clone(),
        url: url.to_string(),
        headers,
        body: request.body.clone(),
        insecure,
    };
    Ok(Prepared { sent, url, body, options })
}

impl Prepared {
    /// As it will be sent.
    pub fn sent(&self) -> &Sent {
        &self.sent
    }

    /// What is shown of it.
    pub fn shown(&self, view: &dyn View) -> Shown {
        let body = self.body.as_deref().unwrap_or_default();
        Shown::of(&self.sent, body, Received::default(), view)
    }

    /// Sends it. An answer that breaks off is one, with what came of it; a failure names the URL as the view shows it.
    pub async fn send(
        self,
        view: &(dyn View + Sync),
        cancel: &CancellationToken,
    ) -> Result<Exchange, Problem> {
        let place = self.shown(view).url;
        let outgoing = self.outgoing(&place)?;
        let path = self.options.output.as_deref();
        let create = |path: &Path| Atomic::create(path, Mode::Private, "the answer");
        let mut file = path.map(create).transpose()?;
        let mut write = |part: &[u8]| match &mut file {
            Some(file) => file.write_all(part),
            None => Ok(()),
        };
        let answer = tokio::select! {
            biased;
            () = cancel.cancelled() => {
                let problem = Problem::failed("cancelled: the request may have arrived").at(place);
                return Err(Problem { kind: Kind::Interrupted, ..problem });
            }
            answer = exchange(outgoing, &mut write) => answer,
        };
        let answer = answer.map_err(|failed| match (failed, &file) {
            (Failed::Call(error), _) => problem(&error, &place),
            (Failed::Write(error), Some(file)) => file.failed(&error),
            (Failed::Write(error), None) => Problem::failed(error.to_string()),
        })?;
        // What broke off is no whole body.
        let whole = answer.broken.is_none();
        if let Some(file) = file.filter(|_| whole) {
            file.commit()?;
        }
        Ok(Exchange {
            sent: self.sent,
            body: self.body.unwrap_or_default(),
            mark: self.options.mark,
            at: answer.at,
            answer,
            output: self.options.output.filter(|_| whole),
        })
    }

    fn outgoing(&self, place: &str) -> Result<Outgoing, Problem> {
        let unfit = |what: &str| Problem::usage(format!("cannot be sent: {what}")).at(place);
        let method =
            Method::from_bytes(self.sent.method.as_bytes()).map_err(|_| unfit("the method"))?;
        let mut headers = HeaderMap::new();
        let mut add = |name: &str, value: &str, is_secret: bool| {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit(name))?;
            let value = HeaderValue::from_bytes(value.as_bytes());
            let mut value = value.map_err(|_| unfit(name.as_str()))?;
            value.set_sensitive(is_secret);
            headers.append(name, value);
            Ok::<(), Problem>(())
        };
        for header in &self.sent.headers {
            add(&header.name, header.value.expose_secret(), header.origin != Origin::Given)?;
        }
        if let Some(mark) = &self.options.mark {
            add(MARK, mark, false)?;
        }
        // As curl names itself, too.
        headers
            .entry(USER_AGENT)
            .or_insert(HeaderValue::from_static(concat!("tyk-tui/", env!("CARGO_PKG_VERSION"))));
        // Of an empty body no length would be said with most methods; curl says it.
        if self.body.as_ref().is_some_and(Bytes::is_empty) {
            headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from_static("0"));
        }
        Ok(Outgoing {
            method,
            url: self.url.clone(),
            headers,
            body: self.body.clone(),
            certificates: Certificates::of(self.sent.insecure),
            limit: self.options.limit,
            keep: self.options.keep,
        })
    }
}

impl Exchange {
    /// What is shown of it.
    pub fn shown(&self, view: &dyn View) -> Shown {
        let answer = &self.answer;
        let received = Received { headers: &answer.headers, body: &answer.body };
        Shown::of(&self.sent, &self.body, received, view)
    }

    /// Why the answer broke off, if it did.
    pub fn broken(&self, url: &str) -> Option<Problem> {
        let error = self.answer.broken.as_ref()?;
        let came = format!("after {} bytes of the body", self.answer.bytes);
        let broken = problem(error, url);
        Some(Problem { what: format!("{}, {came}", broken.what), ..broken })
    }
}

fn problem(error: &CallError, url: &str) -> Problem {
    let problem = error.problem("the server", url);
    match error {
        CallError::Tls(why) if !why.contains("corrupt message") => problem.help(
            "let this machine trust the certificate's authority, or send all the same: -k, \"any certificate\" in the console",
        ),
        CallError::TimedOut(_) => {
            problem.help("look whether the server hangs, or give it longer: --max-time SECONDS")
        }
        _ => problem,
    }
}
