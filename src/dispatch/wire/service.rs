//! The Dispatcher service: `Dispatch` and `DispatchEvent`.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt as _;
use http::{HeaderMap, HeaderValue, Request, Response, header};
use hyper::body::Incoming;
use tokio_util::task::AbortOnDropHandle;
use tonic::Status;
use tonic::body::Body;
use tonic::service::Routes;
use tower_service::Service as _;

use super::call::{Call, Shared};
use super::frame::{self, Frame, Refusal};
use super::reply::{self, Answer};
use crate::capture::Kind;
use crate::dispatch::rules::{Decision, Mark, Reply, Rules};
use crate::domain::object::{self, Message};

/// The service's full name.
pub(in crate::dispatch) const DISPATCHER: &str = "coprocess.Dispatcher";

/// Objects above that size are looked at on another thread than that of their connection, whose other calls would wait.
const LARGE: usize = 256 << 10;

/// Answers any call: of the Dispatcher here, of all else by `others`.
pub(super) async fn answer(
    shared: Arc<Shared>,
    mut others: Routes,
    peer: Arc<str>,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Infallible> {
    let kind = match request.uri().path() {
        "/coprocess.Dispatcher/Dispatch" => Kind::Dispatch,
        "/coprocess.Dispatcher/DispatchEvent" => Kind::Event,
        other if is_ours(other) => {
            let status = Status::unimplemented(format!("{DISPATCHER} has no method {other}"));
            return Ok(status.into_http());
        }
        _ => {
            let answered = others.call(request.map(Body::new)).await;
            return answered.map(|response| response.map(Answer::Other));
        }
    };
    // A defect costs its call, and no other of the connection.
    let served = AssertUnwindSafe(serve(&shared, kind, peer, request)).catch_unwind().await;
    Ok(served.unwrap_or_else(|_| defect()))
}

/// What is answered where we panicked; the panic was reported when it happened.
fn defect() -> Response<Answer> {
    Status::internal("a defect of tyk-tui: this call could not be answered").into_http()
}

fn is_ours(path: &str) -> bool {
    path.strip_prefix('/')
        .and_then(|path| path.strip_prefix(DISPATCHER))
        .is_some_and(|method| method.starts_with('/'))
}

async fn serve(
    shared: &Arc<Shared>,
    kind: Kind,
    peer: Arc<str>,
    request: Request<Incoming>,
) -> Response<Answer> {
    let mut call = Call::begin(shared, kind, peer);
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
            let rules = shared.rules();
            if request.len() <= LARGE && !rules.take_long() {
                return dispatch(rules, frame, request, &parts.headers, call).await;
            }
            let dispatched =
                tokio::spawn(
                    async move { dispatch(rules, frame, request, &parts.headers, call).await },
                );
            // Dropped with the call that waits for it.
            AbortOnDropHandle::new(dispatched).await.unwrap_or_else(|_| defect())
        }
    }
}

async fn dispatch(
    rules: Arc<Rules>,
    frame: Frame,
    request: Bytes,
    metadata: &HeaderMap,
    mut call: Call,
) -> Response<Answer> {
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

fn event(request: &Bytes, metadata: &HeaderMap, mut call: Call) -> Response<Answer> {
    if let Err(error) = object::check(Message::Event, request) {
        return refuse(call, &Status::invalid_argument(error.to_string()), None);
    }
    call.shared().rules().event(request, metadata);
    call.answer(Bytes::new(), None, false);
    respond(Frame::new(&[]), call)
}

fn respond(frame: Frame, call: Call) -> Response<Answer> {
    grpc(Answer::Reply(reply::Reply::new(frame, call)))
}

fn grpc(answer: Answer) -> Response<Answer> {
    let mut response = Response::new(answer);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    response
}

fn refuse(mut call: Call, status: &Status, mark: Option<Mark>) -> Response<Answer> {
    call.fail(status, mark);
    call.sent();
    status.clone().into_http()
}

/// Begins an answer and resets its stream, as a server does that dies in the middle of it.
fn break_off(mut call: Call, mark: Mark) -> Response<Answer> {
    let status = Status::aborted("the rule broke the call off in the middle of its answer");
    call.fail(&status, Some(mark));
    call.sent();
    grpc(Answer::BrokenOff(status))
}
