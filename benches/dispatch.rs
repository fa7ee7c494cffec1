//! What capture and rules cost: a bare tonic echo of bytes against our server, without capture and with it.
//!
//! Each round measures all in turn, so that a machine that slows down slows all of them; the figure is the
//! median of the rounds' ratios. Client and servers share the machine's cores. `cargo bench --bench dispatch`.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::{Buf as _, BufMut as _, Bytes};
use prost::Message as _;
use tonic::body::Body;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::server::NamedService;
use tonic::transport::Channel;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};
use tyk_tui::capture::{self, Capture};
use tyk_tui::config::Settings;
use tyk_tui::dispatch::{Rules, Running, Server};
use tyk_tui::domain::object::coprocess;

const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_millis(1_500);
const WARM_UP: Duration = Duration::from_millis(500);
const CONNECTIONS: usize = 4;
const CALLS_EACH: usize = 32;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let object = object();
    let settings = Settings::default();
    let server = |recorder| {
        let server =
            tyk_tui::config::Server { listen: "127.0.0.1:0".into(), ..settings.server.clone() };
        Server::start(&server, Rules::default(), recorder).expect("a server")
    };
    let view = capture::view(&settings.redact, false).expect("a view");
    let (recorder, capture) = Capture::start(&settings.capture, view, settings.server.answer_limit);
    let plain = server(None);
    let captured = server(Some(recorder));
    let echo = echo();
    let addresses = [echo, address(&plain), address(&captured)];
    println!("Objects of {} bytes, {CONNECTIONS} connections × {CALLS_EACH} calls", object.len());

    for address in &addresses {
        runtime.block_on(load(address, &object, WARM_UP));
    }
    let mut rounds = Vec::new();
    for round in 1..=ROUNDS {
        let rates = addresses.each_ref().map(|to| runtime.block_on(load(to, &object, ROUND)));
        println!(
            "round {round}: bare echo {:7.0}/s   ours without capture {:7.0}/s   with {:7.0}/s",
            rates[0], rates[1], rates[2]
        );
        rounds.push(rates);
    }
    let stats = capture.stats();
    let ratio =
        |a: usize, b: usize| median(rounds.iter().map(|rates| rates[a] / rates[b]).collect());
    println!("with capture / bare echo:         {:.3}   (budget 0.9)", ratio(2, 0));
    println!("with capture / without:           {:.3}   (budget 0.97)", ratio(2, 1));
    println!("captured {}, dropped {}", stats.captured, stats.dropped);
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn address(running: &Running) -> String {
    running.address().to_string()
}

/// An Object of a usual size: the first hook of a small GET.
fn object() -> Bytes {
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

/// Answered calls a second.
async fn load(address: &str, object: &Bytes, time: Duration) -> f64 {
    let done = Arc::new(AtomicU64::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let channel = Channel::from_shared(format!("http://{address}")).expect("an address");
        let channel = channel.connect().await.expect("a connection");
        for _ in 0..CALLS_EACH {
            let mut client = tonic::client::Grpc::new(channel.clone());
            let (object, done, over) = (object.clone(), Arc::clone(&done), Arc::clone(&over));
            tasks.push(tokio::spawn(async move {
                let path = http::uri::PathAndQuery::from_static("/coprocess.Dispatcher/Dispatch");
                while !over.load(Ordering::Relaxed) {
                    client.ready().await.expect("a connection");
                    let request = Request::new(object.clone());
                    let reply = client.unary(request, path.clone(), Echoed).await;
                    assert_eq!(reply.expect("an answer").into_inner(), object);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            }));
        }
    }
    let start = Instant::now();
    tokio::time::sleep(time).await;
    let rate = done.load(Ordering::Relaxed);
    let took = start.elapsed();
    over.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.expect("a client");
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of seconds' calls")]
    let rate = rate as f64;
    rate / took.as_secs_f64()
}

/// Starts the echo on threads of its own, as many as ours has.
fn echo() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
            let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
            let server = tonic::transport::Server::builder().add_service(Echo);
            server.serve_with_incoming(incoming).await.expect("a server");
        });
    });
    address
}

/// What tonic's generated code would be for a service that gives back the bytes that it gets.
#[derive(Clone)]
struct Echo;

impl NamedService for Echo {
    const NAME: &'static str = "coprocess.Dispatcher";
}

impl tower_service::Service<http::Request<Body>> for Echo {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(async move { Ok(tonic::server::Grpc::new(Echoed).unary(Back, request).await) })
    }
}

struct Back;

impl tower_service::Service<Request<Bytes>> for Back {
    type Response = Response<Bytes>;
    type Error = Status;
    type Future = std::future::Ready<Result<Response<Bytes>, Status>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        std::future::ready(Ok(Response::new(request.into_inner())))
    }
}

/// Messages as bytes.
struct Echoed;

impl Codec for Echoed {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Echoed {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(item);
        Ok(())
    }
}

impl Decoder for Echoed {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}
