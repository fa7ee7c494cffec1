//! Another Dispatcher behind this one: Dispatches go to it, its answers go back as they are, and both sides are recorded.
//!
//! Nothing is tried again: what the Gateway would have met without us, it meets with us.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use tonic::metadata::MetadataMap;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Status};

use super::rules::{Action, Done, Hooks, Kind, Later, Loader, Table, Turn, action_table};
use crate::capture::LET_GO;
use crate::domain::address::{Listen, ListenError};
use crate::domain::nearest::nearest;
use crate::domain::object::{Edit, Hook};
use crate::domain::task::Problem;
use crate::net::grpc;

/// `forward = { to = "127.0.0.1:50052", timeout_ms = 5000, open = ["pre"] }`.
pub(super) const KIND: Kind = Kind { name: "forward", hooks: Hooks::Elsewhere, load };

/// Milliseconds that an answer may take, where the rule does not say. A Gateway itself waits for ever.
const TIMEOUT: u64 = 10_000;

/// Bytes that an answer may have; a Gateway takes less.
const LARGEST: usize = 64 << 20;

/// Marks what this process forwarded, so that it does not forward it to itself for ever.
const MARK: &str = "x-tyk-tui-forwarded";
static PROCESS: LazyLock<String> =
    LazyLock::new(|| format!("{:016x}", getrandom::u64().unwrap_or_default()));

/// Hooks whose Dispatches may go on unchanged where nobody answers.
const OPEN: [(&str, Hook); 4] = [
    ("pre", Hook::Pre),
    ("post_key_auth", Hook::PostKeyAuth),
    ("post", Hook::Post),
    ("response", Hook::Response),
];

/// Another Dispatcher.
#[derive(Debug)]
pub(in crate::dispatch) struct Target {
    address: String,
    endpoint: Endpoint,
    /// Made by the first call: it belongs to the server's threads.
    channel: OnceLock<Channel>,
    timeout: Duration,
}

#[derive(Debug)]
struct Forward {
    target: Arc<Target>,
    open: Vec<Hook>,
}

impl Target {
    async fn call(
        &self,
        path: &str,
        message: Bytes,
        metadata: &HeaderMap,
    ) -> Result<Bytes, Status> {
        let mut request = Request::new(message);
        *request.metadata_mut() = handed_on(metadata);
        let channel = self.channel.get_or_init(|| self.endpoint.connect_lazy()).clone();
        let call = grpc::call(channel, path, request, LARGEST);
        match tokio::time::timeout(self.timeout, call).await {
            Ok(answer) => answer,
            Err(_) => Err(Status::deadline_exceeded(format!(
                "no answer within {} ms",
                self.timeout.as_millis()
            ))),
        }
    }

    /// Hands an event on; nobody waits for it.
    pub(in crate::dispatch) fn event(self: &Arc<Self>, event: &Bytes, metadata: &HeaderMap) {
        if is_ours(metadata) {
            return;
        }
        let (target, event, metadata) = (Arc::clone(self), event.clone(), metadata.clone());
        tokio::spawn(async move {
            let path = "/coprocess.Dispatcher/DispatchEvent";
            if let Err(status) = target.call(path, event, &metadata).await {
                tracing::warn!(
                    to = target.address,
                    why = reason(&status),
                    "an event was not taken"
                );
            }
        });
    }
}

impl Later for Forward {
    fn apply<'a>(
        &'a self,
        turn: &'a mut Turn<'_>,
    ) -> Pin<Box<dyn Future<Output = Done> + Send + 'a>> {
        Box::pin(async move {
            let to = &self.target.address;
            if is_ours(turn.call) {
                let why = format!("{to} leads back to this server");
                turn.note = Some(why.clone());
                return Done::NoAnswer(Status::failed_precondition(why));
            }
            // As the rules have left it so far.
            let sent = match turn.answer() {
                Ok(sent) => sent,
                Err(error) => return Done::NoAnswer(Status::invalid_argument(error.to_string())),
            };
            let path = "/coprocess.Dispatcher/Dispatch";
            match self.target.call(path, sent.clone(), turn.call).await {
                Ok(answer) => {
                    turn.object = answer;
                    turn.edit = Edit::default();
                    turn.forwarded = true;
                    Done::GoOn
                }
                Err(status) if self.open.contains(&turn.head.hook) => {
                    turn.note = Some(format!("{LET_GO}{to}: {}", reason(&status)));
                    Done::Failed
                }
                Err(status) => {
                    let why = format!("{to}: {}", reason(&status));
                    turn.note = Some(why.clone());
                    Done::NoAnswer(Status::new(status.code(), why))
                }
            }
        })
    }
}

/// A status in words: its code where it says nothing more.
fn reason(status: &Status) -> String {
    let innermost = innermost(status);
    match (status.code(), innermost.is_empty()) {
        (code, true) => code.description().to_owned(),
        (Code::Unavailable | Code::DeadlineExceeded, false) => innermost,
        (code, false) => format!("{innermost} ({code:?})"),
    }
}

/// What lies behind "transport error".
fn innermost(status: &Status) -> String {
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(status);
    let mut text = status.message().to_owned();
    while let Some(error) = cause {
        text = error.to_string();
        cause = error.source();
    }
    text
}

/// Whether this process forwarded it already.
fn is_ours(metadata: &HeaderMap) -> bool {
    metadata.get_all(MARK).iter().any(|value| value.as_bytes() == PROCESS.as_bytes())
}

/// The metadata that goes along: the caller's own, without what belongs to its connection.
fn handed_on(metadata: &HeaderMap) -> MetadataMap {
    let own = ["content-type", "te", "user-agent", "host", "content-length"];
    let mut headers = HeaderMap::new();
    for (name, value) in metadata {
        if !own.contains(&name.as_str()) && !name.as_str().starts_with("grpc-") {
            headers.append(name.clone(), value.clone());
        }
    }
    if let Ok(mark) = PROCESS.parse() {
        headers.append(MARK, mark);
    }
    MetadataMap::from_headers(headers)
}

fn load(loader: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let known = ["to", "timeout_ms", "open", "events"];
    let table = action_table(action, "forward", "`forward`", &known)?;
    let to = table.required("to")?;
    let address = to.value.strip_prefix("tcp://").unwrap_or(to.value);
    let address: Listen = address.parse().map_err(|error: ListenError| {
        table.problem(&to.span, error.to_string()).help("where the other server listens")
    })?;
    if matches!(address, Listen::Tcp { port: 0, .. }) {
        return Err(table
            .problem(&to.span, "nothing listens at port 0")
            .help("where the other server listens"));
    }
    let uri = match &address {
        Listen::Tcp { .. } => format!("http://{address}"),
        Listen::Unix(path) => format!("unix:{}", path.display()),
    };
    let endpoint = Endpoint::from_shared(uri)
        .map_err(|error| table.problem(&to.span, format!("no address: {error}")))?;
    let timeout = match table.integer("timeout_ms")? {
        None => TIMEOUT,
        Some(number) => {
            let valid = u64::try_from(number.value).ok().filter(|it| (1..=600_000).contains(it));
            valid.ok_or_else(|| {
                table.problem(&number.span, "`timeout_ms` must be from 1 to 600000 milliseconds")
            })?
        }
    };
    let mut open = Vec::new();
    for word in table.strings("open")?.unwrap_or_default() {
        let found = OPEN.iter().find(|(name, _)| *name == word.value);
        let (_, hook) = found.ok_or_else(|| {
            let names = OPEN.map(|(name, _)| name);
            if word.value == "auth_check" {
                return table
                    .problem(&word.span, "an auth_check hook cannot be left open")
                    .help("without a session the Gateway answers 403 in any case");
            }
            let problem = table.problem(&word.span, format!("`{}` is no hook here", word.value));
            problem.help(match nearest(word.value, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", names.join(", ")),
            })
        })?;
        open.push(*hook);
    }
    if !address.is_loopback() {
        // A rules file may come with a clone.
        if !loader.may_forward(&address.to_string()) {
            let what = format!("{address} is beyond this machine, and nobody allowed it");
            let help = format!(
                "if you trust it, allow it in the configuration: [server] forward = [\"{address}\"]"
            );
            return Err(table.problem(&to.span, what).help(help));
        }
        loader.notice(format!(
            "Dispatches go to {address}, beyond this machine, in clear and with all that they hold"
        ));
    }
    let timeout = Duration::from_millis(timeout);
    let target = Arc::new(Target {
        address: address.to_string(),
        endpoint: endpoint.connect_timeout(timeout),
        channel: OnceLock::new(),
        timeout,
    });
    if table.value("events").is_none() || table.boolean("events")? {
        loader.events_to(&target);
    }
    Ok(Action::Later(Box::new(Forward { target, open })))
}
