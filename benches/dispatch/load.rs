//! The Gateway's side: an Object, as many calls as are answered, and calls at a rate of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use hdrhistogram::Histogram;
use prost::Message as _;
use tokio::sync::mpsc;
use tonic::Request;
use tonic::transport::Channel;
use tyk_tui::domain::object::coprocess;
use tyk_tui::net::grpc::BytesCodec;

/// Connections, as a Gateway under load has some.
pub(crate) const CONNECTIONS: usize = 4;
/// Calls under way on each, at most, where as many are made as are answered.
pub(crate) const CALLS_EACH: usize = 32;

/// Calls before anything is counted, so that what runs behind the answers (a session's file, a screen) is as far behind
/// when it begins as when it ends.
const LEAD: Duration = Duration::from_millis(700);

/// An Object of a usual size: the first hook of a small GET.
pub(crate) fn object() -> Bytes {
    let header =
        |n: usize| (format!("X-Header-{n}"), format!("value {n} of a header of usual length"));
    coprocess::Object {
        hook_type: coprocess::HookType::Pre.into(),
        hook_name: "MyPreMiddleware".into(),
        request: Some(coprocess::MiniRequestObject {
            headers: (0..16).map(header).collect(),
            url: "/orders/v1/orders?status=open&limit=20".into(),
            request_uri: "/orders/v1/orders?status=open&limit=20".into(),
            params: [("status".into(), "open".into()), ("limit".into(), "20".into())].into(),
            method: "GET".into(),
            scheme: "http".into(),
            return_overrides: Some(coprocess::ReturnOverrides {
                response_code: -1,
                ..Default::default()
            }),
            ..Default::default()
        }),
        spec: [
            ("APIID".into(), "orders".into()),
            ("OrgID".into(), "default".into()),
            ("config_data".into(), "{\"region\":\"eu-west-1\"}".into()),
            ("bundle_hash".into(), "d41d8cd98f00b204e9800998ecf8427e".into()),
        ]
        .into(),
        ..Default::default()
    }
    .encode_to_vec()
    .into()
}

/// A client of bytes.
type Client = tonic::client::Grpc<Channel>;

async fn connect(address: &str) -> Client {
    let channel = Channel::from_shared(format!("http://{address}")).expect("an address");
    tonic::client::Grpc::new(channel.connect().await.expect("a connection"))
}

/// One call; what was answered.
async fn call(client: &mut Client, object: Bytes) -> Bytes {
    let path = http::uri::PathAndQuery::from_static("/coprocess.Dispatcher/Dispatch");
    client.ready().await.expect("a connection");
    let reply = client.unary(Request::new(object), path, BytesCodec).await;
    reply.expect("an answer").into_inner()
}

/// What a load came to.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    /// Answered calls a second.
    pub(crate) rate: f64,
    /// Answered calls, those before anything was counted and after it included.
    pub(crate) calls: u64,
}

/// Makes calls, where each waits for the one before. Every answer must satisfy.
pub(crate) async fn load(
    address: &str,
    object: &Bytes,
    time: Duration,
    satisfies: fn(&[u8], &[u8]) -> bool,
) -> Load {
    let done = Arc::new(AtomicU64::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let client = connect(address).await;
        for _ in 0..CALLS_EACH {
            let (mut client, object) = (client.clone(), object.clone());
            let (done, over) = (Arc::clone(&done), Arc::clone(&over));
            tasks.push(tokio::spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    let reply = call(&mut client, object.clone()).await;
                    assert!(satisfies(&object, &reply), "another answer than was expected");
                    done.fetch_add(1, Ordering::Relaxed);
                }
            }));
        }
    }
    tokio::time::sleep(LEAD.min(time)).await;
    let (before, start) = (done.load(Ordering::Relaxed), Instant::now());
    tokio::time::sleep(time).await;
    let counted = done.load(Ordering::Relaxed) - before;
    let took = start.elapsed();
    over.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.expect("a client");
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of seconds' calls")]
    let counted = counted as f64;
    Load { rate: counted / took.as_secs_f64(), calls: done.load(Ordering::Relaxed) }
}

/// Latencies of calls that are made at a steady rate whatever the answers do. Each counts from the time at which it was
/// to be made: a server that stalls is charged for all that should have come meanwhile.
pub(crate) async fn open_loop(
    address: &str,
    object: &Bytes,
    rate: f64,
    time: Duration,
) -> Histogram<u64> {
    let mut clients = Vec::new();
    for _ in 0..CONNECTIONS {
        clients.push(connect(address).await);
    }
    let (send, mut taken) = mpsc::unbounded_channel();
    let start = Instant::now() + Duration::from_millis(20);
    let end = start + LEAD + time;
    let runtime = tokio::runtime::Handle::current();
    let object = object.clone();
    // A thread of its own: the runtime's timer knows milliseconds alone.
    let pacer = std::thread::spawn(move || {
        for number in 0_u32.. {
            let due = start + Duration::from_secs_f64(f64::from(number) / rate);
            if due >= end {
                return;
            }
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let mut client = clients[number as usize % CONNECTIONS].clone();
            let (object, send) = (object.clone(), send.clone());
            runtime.spawn(async move {
                let reply = call(&mut client, object.clone()).await;
                assert_eq!(reply, object);
                if due >= start + LEAD {
                    let _ = send.send(due.elapsed());
                }
            });
        }
    });
    let mut latencies = Histogram::new(3).expect("a histogram");
    while let Some(took) = taken.recv().await {
        let nanos = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        latencies.record(nanos).expect("a histogram that grows");
    }
    pacer.join().expect("a pacer");
    latencies
}
