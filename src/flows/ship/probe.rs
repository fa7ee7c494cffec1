//! A request through the Gateway, and the Dispatch that it has to cause.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::{Failure, Plan};
use crate::capture::{self, Capture, Judge, Record};
use crate::dispatch::{Holds, Rules, Running, Server};
use crate::domain::bundle::bundle_hash;
use crate::domain::object::Head;
use crate::domain::task::Problem;
use crate::flows::control::{self, Attached, Onlooker, Place};
use crate::net::http::cause;
use crate::services::gateway::Gateway;

/// How long the API may take to answer.
const ANSWER: Duration = Duration::from_secs(30);

/// How long a Dispatch may take to be seen after the answer: it comes before it, and capture is a moment behind.
const SEEN: Duration = Duration::from_secs(5);

/// What is asked for in the end.
#[derive(Clone)]
pub struct Probe {
    /// A path of the Gateway, or a whole URL.
    pub path: String,
    /// Where Dispatches are seen.
    pub server: PluginServer,
}

/// Whose plugin server the Gateway calls.
#[derive(Clone)]
pub enum PluginServer {
    /// Ours: what it captures.
    Ours(Capture),
    /// Not ours, or none, and why.
    Other(String),
}

/// A plugin server whose Dispatches are seen as long as a probe needs them.
pub struct OwnServer {
    server: PluginServer,
    _runs: Option<Runs>,
}

/// What ends with it: a server, or the look at one.
enum Runs {
    Here { _running: Running },
    Elsewhere { _attached: Attached },
}

impl OwnServer {
    /// Looks at the project's plugin server that runs already, or starts one where nobody has its address yet: what a
    /// server of others gets is not seen.
    pub fn start(plan: &Plan) -> Self {
        match Self::seen(plan) {
            Ok((capture, runs)) => Self { server: PluginServer::Ours(capture), _runs: Some(runs) },
            Err(problem) => {
                let why = format!("the plugin server is not ours: {}", problem.what);
                Self { server: PluginServer::Other(why), _runs: None }
            }
        }
    }

    fn seen(plan: &Plan) -> Result<(Capture, Runs), Problem> {
        let settings = &plan.settings;
        let view = capture::view(&settings.redact, false)?;
        let answer_limit = settings.server.answer_limit;
        let (recorder, capture) =
            Capture::start(&settings.capture, Arc::clone(&view), answer_limit);
        if let Some(state) = &plan.here.state {
            let onlooker = Onlooker {
                recorder: recorder.clone(),
                capture: capture.clone(),
                holds: Holds::default(),
                judge: Judge { view, answer_limit },
            };
            let (place, listen) = (Place::of(state, &plan.folder), &settings.server.listen);
            if let Some(attached) = control::attach(&place, listen, 0, onlooker, drop)? {
                return Ok((capture, Runs::Elsewhere { _attached: attached }));
            }
        }
        let rules = Rules::configured(settings)?;
        let running = Server::start(&settings.server, rules, Some(recorder))?;
        Ok((capture, Runs::Here { _running: running }))
    }

    /// What there is to see.
    pub fn server(&self) -> &PluginServer {
        &self.server
    }
}

/// Sends it, and waits for a Dispatch with this bundle's hash where the server is ours.
pub(super) async fn probe(
    probe: &Probe,
    bundle: &str,
    gateway: Option<&Gateway>,
    cancel: &CancellationToken,
) -> Result<String, Failure> {
    let url = url(&probe.path, gateway)?;
    let seen_before = match &probe.server {
        PluginServer::Ours(capture) => capture.next_seq(),
        PluginServer::Other(_) => 0,
    };
    let begun = Instant::now();
    let status = tokio::select! {
        biased;
        () = cancel.cancelled() => return Err(Failure::Cancelled),
        status = get(&url) => status?,
    };
    let answered = format!("{status} in {} ms", begun.elapsed().as_millis());
    let capture = match &probe.server {
        PluginServer::Other(why) => {
            return Ok(format!("{answered}; whether a Dispatch came was not seen: {why}"));
        }
        PluginServer::Ours(capture) => capture,
    };
    let wanted = bundle_hash(bundle);
    let came = tokio::select! {
        biased;
        () = cancel.cancelled() => return Err(Failure::Cancelled),
        came = tokio::time::timeout(SEEN, came(capture, seen_before, &wanted)) => came.ok(),
    };
    match came {
        Some(record) => Ok(format!("{answered}; {} {} came", record.row.hook.word(), record.row.name)),
        None => Err(Problem::failed(format!(
            "the Gateway answered {answered}, and no Dispatch of the new bundle came"
        ))
        .at(&url)
        .help("does the path lead to one of the APIs, and does `coprocess_grpc_server` name this server?")
        .into()),
    }
}

fn url(path: &str, gateway: Option<&Gateway>) -> Result<String, Problem> {
    if path.starts_with("http://") || path.starts_with("https://") {
        return Ok(path.to_owned());
    }
    let gateway = gateway.ok_or_else(|| {
        Problem::usage("no Gateway is connected to send the probe to")
            .at(path)
            .help("give a whole URL, or choose a profile that has a Gateway (--use NAME)")
    })?;
    let base = gateway.address().trim_end_matches('/');
    Ok(format!("{base}/{}", path.trim_start_matches('/')))
}

/// The status of the answer; no redirect is followed.
async fn get(url: &str) -> Result<u16, Problem> {
    let failed = |error: &reqwest::Error| {
        Problem::failed(format!("the probe got no answer: {}", cause(error)))
            .at(url)
            .help("is it the address that callers use?")
    };
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(ANSWER)
        .build()
        .map_err(|error| failed(&error))?;
    let answer = client.get(url).send().await.map_err(|error| failed(&error))?;
    Ok(answer.status().as_u16())
}

/// The first record of the bundle from `seq` on.
async fn came(capture: &Capture, mut seq: u64, wanted: &str) -> Arc<Record> {
    let mut changes = capture.changes();
    loop {
        for record in capture.since(seq, usize::MAX) {
            seq = record.next_seq();
            let request = record.exchange.request.as_deref().unwrap_or_default();
            if Head::read(request).is_ok_and(|head| head.bundle_hash == wanted) {
                return record;
            }
        }
        if changes.changed().await.is_err() {
            // The server is gone: nothing comes any more, and the limit of time ends this.
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;
    use crate::capture::{Exchange, Recorder};
    use crate::config;

    const BUNDLE: &str = "orders-auth-9f31c2ab.zip";

    /// An Object whose `spec` has the hash of this bundle.
    fn object(bundle: &str) -> Bytes {
        let field = |tag: u8, bytes: &[u8]| {
            let length = u8::try_from(bytes.len()).unwrap();
            [&[tag, length], bytes].concat()
        };
        let entry = [field(0x0a, b"bundle_hash"), field(0x12, bundle_hash(bundle).as_bytes())];
        field(0x32, &entry.concat()).into()
    }

    fn called(recorder: &Recorder, bundle: &str) {
        recorder.offer(Exchange::answered(object(bundle), object(bundle)));
    }

    /// Answers one request; before that its plugin is called, as that of this bundle.
    async fn probed(bundle: &'static str, answer: &'static str) -> Result<String, Failure> {
        let view = capture::view(&config::Redact::default(), false).unwrap();
        let (recorder, capture) = Capture::start(&config::Capture::default(), view, 4 << 20);
        called(&recorder, BUNDLE);
        let mut changes = capture.changes();
        while capture.next_seq() < 2 {
            changes.changed().await.unwrap();
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let path = format!("http://{}/orders/x", listener.local_addr().unwrap());
        let gateway = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            called(&recorder, bundle);
            stream.write_all(answer.as_bytes()).await.unwrap();
            recorder
        });
        let wish = Probe { path, server: PluginServer::Ours(capture) };
        let probed = probe(&wish, BUNDLE, None, &CancellationToken::new()).await;
        drop(gateway.await);
        probed
    }

    #[tokio::test]
    async fn only_a_dispatch_of_the_new_bundle_after_the_request_counts() {
        let answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        let said = probed(BUNDLE, answer).await.unwrap();
        assert!(said.starts_with("404 in ") && said.ends_with(" came"), "{said}");
        let Err(Failure::Problem(problem)) = probed("orders-auth-00000000.zip", answer).await
        else {
            panic!("another bundle's Dispatch counted");
        };
        assert!(problem.what.contains("no Dispatch of the new bundle came"), "{problem}");
    }

    #[tokio::test]
    async fn a_path_needs_a_gateway_and_one_that_is_away_is_named() {
        let wish = |path: &str| Probe {
            path: path.to_owned(),
            server: PluginServer::Other("it does not run".to_owned()),
        };
        let cancel = CancellationToken::new();
        let Err(Failure::Problem(problem)) = probe(&wish("/x"), BUNDLE, None, &cancel).await else {
            panic!("sent nowhere");
        };
        assert!(problem.help.unwrap().contains("--use NAME"));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        drop(listener);
        let Err(Failure::Problem(problem)) = probe(&wish(&url), BUNDLE, None, &cancel).await else {
            panic!("nobody answered");
        };
        assert_eq!(problem.place, Some(url));
    }
}
