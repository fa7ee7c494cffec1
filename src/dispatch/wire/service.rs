//! The Dispatcher service: `Dispatch` and `DispatchEvent`.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, header};
use tonic::Status;
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::transport::server::TcpConnectInfo;

use super::call::{Call, Shared};
use super::frame::{self, Frame, Refusal};
use super::reply::{self, BrokenOff};
use crate::capture::Kind;
use crate::dispatch::rules::{Decision, Mark, Reply};
use crate::domain::object::{self, Message};

/// The service's full name.
pub(in crate::dispatch) const DISPATCHER: &str = "coprocess.Dispatcher";

/// The service; a clone a connection.
#[derive(Clone, Debug)]
pub(in crate::dispatch) struct Dispatcher(pub(in crate::dispatch) Arc<Shared>);

impl NamedService for Dispatcher {
    const NAME: &'static str = DISPATCHER;
}

impl tower_service::Service<Request<Body>> for Dispatcher {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let shared = Arc::clone(&self.0);
        Box::pin(async move { Ok(serve(&shared, request).await) })
    }
}

async fn serve(shared: &Arc<Shared>, request: Request<Body>) -> Response<Body> {
    let kind = match request.uri().path() {
        "/coprocess.Dispatcher/Dispatch" => Kind::Dispatch,
        "/coprocess.Dispatcher/DispatchEvent" => Kind::Event,
        other => {
            let status = Status::unimplemented(format!("{DISPATCHER} has no method {other}"));
            return status.into_http();
        }
    };
    let mut call = Call::begin(shared, kind, peer(&request));
    let (parts, body) = request.into_parts();
    call.traced(&parts.headers);
    let frame = match frame::read(body, &mut call).await {
        Ok(frame) => frame,
        Err(Refusal::Status(status)) => return refuse(call, &status, None),
        // Nobody reads this; the call's record says so.
        Err(Refusal::Gone) => return Status::cancelled("the caller went away").into_http(),
    };
    let request = frame.message();
    call.received(request.clone());
    match kind {
        Kind::Event => event(&request, &parts.headers, call),
        Kind::Dispatch | Kind::Dropped { .. } => {
            dispatch(frame, request, &parts.headers, call).await
        }
    }
}

async fn dispatch(
    frame: Frame,
    request: Bytes,
    metadata: &HeaderMap,
    mut call: Call,
) -> Response<Body> {
    let rules = call.shared().rules();
    let Decision { reply, mark } = match rules.decide(&request, metadata).await {
        Ok(decision) => decision,
        Err(error) => return refuse(call, &Status::invalid_argument(error.to_string()), None),
    };
    let (mut frame, mut reply) = (Some(frame), reply);
    if call.shared().holds().is_armed() {
        // Nothing that waits at a breakpoint holds on to the connection's buffers.
        drop((frame.take(), request));
        let named = rules.named(&mark);
        drop(rules);
        reply = stop(reply, &mark, &named, &mut call).await;
    }
    let reply = match reply {
        Reply::Answer(reply) => reply,
        Reply::Status(status) => return refuse(call, &status, Some(mark)),
        Reply::BrokenOff => return break_off(call, mark),
    };
    let (reply, trimmed) = fit(reply, call.shared().answer_limit());
    let answer = frame.map_or_else(|| Frame::new(&reply), |frame| frame.answer(&reply));
    call.answer(reply, Some(mark), trimmed);
    respond(answer, call)
}

/// Holds a call where a breakpoint means it; returns what is answered then.
async fn stop(reply: Reply, mark: &Mark, rules: &[Arc<str>], call: &mut Call) -> Reply {
    let proposed = match &reply {
        Reply::Answer(reply) => Ok(reply.clone()),
        Reply::Status(status) => Err(status.message().to_owned()),
        Reply::BrokenOff => Err("the rule breaks the call off".to_owned()),
    };
    let exchange = call.proposes(proposed, mark.rule());
    let reply = match (reply, &exchange.reply) {
        (Reply::Answer(_), Ok(own)) => Reply::Answer(own.clone()),
        (reply, _) => reply,
    };
    let holds = call.shared().holds().clone();
    let other = holds.hold(exchange, rules, || call.hold()).await;
    call.let_go();
    other.map_or(reply, Reply::Answer)
}

/// Leaves out of an answer that the Gateway would not take what it does not read of it.
fn fit(reply: Bytes, limit: usize) -> (Bytes, bool) {
    if reply.len() <= limit {
        return (reply, false);
    }
    match object::trim(&reply) {
        Ok(trimmed) if trimmed.len() < reply.len() => (trimmed, true),
        _ => (reply, false),
    }
}

fn event(request: &Bytes, metadata: &HeaderMap, mut call: Call) -> Response<Body> {
    if let Err(error) = object::check(Message::Event, request) {
        return refuse(call, &Status::invalid_argument(error.to_string()), None);
    }
    call.shared().rules().event(request, metadata);
    call.answer(Bytes::new(), None, false);
    respond(Frame::new(&[]), call)
}

fn respond(frame: Frame, call: Call) -> Response<Body> {
    let mut response = Response::new(Body::new(reply::Reply::new(frame, call)));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    response
}

fn refuse(mut call: Call, status: &Status, mark: Option<Mark>) -> Response<Body> {
    call.fail(status, mark);
    call.sent();
    status.clone().into_http()
}

/// Begins an answer and resets its stream, as a server does that dies in the middle of it.
fn break_off(mut call: Call, mark: Mark) -> Response<Body> {
    let status = Status::aborted("the rule broke the call off in the middle of its answer");
    call.fail(&status, Some(mark));
    call.sent();
    let mut response = Response::new(Body::new(BrokenOff(status)));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    response
}

/// The caller's address; callers on a Unix socket have none.
fn peer(request: &Request<Body>) -> Arc<str> {
    let tcp = request.extensions().get::<TcpConnectInfo>();
    match tcp.and_then(TcpConnectInfo::remote_addr) {
        Some(address) => address.to_string().into(),
        None => "unix".into(),
    }
}
