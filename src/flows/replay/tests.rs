//! A Dispatcher that answers when a test lets it.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::{BufMut as _, Bytes, BytesMut};
use h2::RecvStream;
use h2::server::SendResponse;
use prost::Message as _;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_util::sync::CancellationToken;

use super::send::{AHEAD, BYTES};
use super::*;
use crate::capture::{Exchange, Judge, Record};
use crate::domain::object::coprocess::{MiniRequestObject, Object};
use crate::domain::redact::Shown;
use crate::domain::replay::Ignore;
use crate::domain::task::{Kind as Gravity, Problem};

/// Generous: it ends a test that hangs, and measures nothing.
const PATIENCE: Duration = Duration::from_mins(2);

/// A call that waits for its answer.
struct Call {
    message: Bytes,
    answer: SendResponse<Bytes>,
    /// Calls that wait.
    waiting: Arc<AtomicUsize>,
}

impl Call {
    /// Which it is.
    fn url(&self) -> String {
        Object::decode(&self.message[..]).unwrap().request.unwrap().url
    }

    /// Says back what came.
    fn echo(self) {
        let message = self.message.clone();
        self.end(Some(message), "0");
    }

    fn end(mut self, message: Option<Bytes>, status: &'static str) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        let head = http::Response::builder().header("content-type", "application/grpc");
        let mut body = self.answer.send_response(head.body(()).unwrap(), false).unwrap();
        if let Some(message) = message {
            body.send_data(framed(&message), false).unwrap();
        }
        let trailers = [("grpc-status", status)].map(|(name, value)| {
            (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))
        });
        body.send_trailers(trailers.into_iter().collect()).unwrap();
    }
}

fn framed(message: &[u8]) -> Bytes {
    let mut frame = BytesMut::new();
    frame.put_u8(0);
    frame.put_u32(u32::try_from(message.len()).unwrap());
    frame.put_slice(message);
    frame.freeze()
}

/// Its calls, as they come, and how many of them waited at once.
async fn counting() -> (Target, UnboundedReceiver<Call>, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string().parse().unwrap();
    let (came, calls) = unbounded_channel();
    let (waiting, most) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
    let highest = Arc::clone(&most);
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let mut connection = h2::server::handshake(socket).await.unwrap();
        while let Some(Ok((request, answer))) = connection.accept().await {
            let (came, waiting) = (came.clone(), Arc::clone(&waiting));
            highest.fetch_max(waiting.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
            tokio::spawn(async move {
                let message = whole(request.into_body()).await;
                let _ = came.send(Call { message, answer, waiting });
            });
        }
    });
    (Target::at(&address, PATIENCE).await.unwrap(), calls, most)
}

async fn peer() -> (Target, UnboundedReceiver<Call>) {
    let (target, calls, _) = counting().await;
    (target, calls)
}

async fn whole(mut body: RecvStream) -> Bytes {
    let mut message = BytesMut::new();
    while let Some(Ok(part)) = body.data().await {
        let _ = body.flow_control().release_capacity(part.len());
        message.extend_from_slice(&part);
    }
    message.freeze().slice(5..)
}

/// A call that was answered with what came.
fn record(seq: u64, body: usize) -> Record {
    let request = MiniRequestObject {
        url: format!("/{seq}"),
        body: "x".repeat(body),
        ..MiniRequestObject::default()
    };
    let object = Object { request: Some(request), ..Object::default() };
    let bytes = Bytes::from(object.encode_to_vec());
    let judge = Judge { view: Arc::new(Shown), answer_limit: 4 << 20 };
    judge.record(
        seq,
        Exchange { at: jiff::Timestamp::UNIX_EPOCH, ..Exchange::answered(bytes.clone(), bytes) },
    )
}

/// What came of it, and in which order it was told: the number of each call, and whether it was answered as recorded.
async fn replayed(
    records: impl Iterator<Item = Result<Record, Problem>>,
    target: &Target,
    pace: Pace,
    cancel: &CancellationToken,
) -> (Result<Total, Problem>, Vec<(u64, bool)>) {
    let mut told = Vec::new();
    let each = |replayed: &Replayed| {
        told.push((replayed.record.row.seq, replayed.compared.differences.is_empty()));
        Ok(())
    };
    let total = replay(records, target, pace, &Ignore::new(&[]), cancel, each).await;
    (total, told)
}

#[tokio::test]
async fn several_calls_are_under_way_at_once_and_are_told_of_in_their_order() {
    let (target, mut calls, most) = counting().await;
    let (pace, cancel) =
        (Pace::FAST.at_once(NonZeroUsize::new(7).unwrap()), CancellationToken::new());
    let records = (1..=21).map(|seq| Ok(record(seq, 0)));
    let answering = async {
        for _ in 0..3 {
            let mut waiting = Vec::new();
            for _ in 0..7 {
                waiting.push(calls.recv().await.unwrap());
            }
            // The last one first, and one of them not at all.
            while let Some(call) = waiting.pop() {
                if call.url() == "/10" { call.end(None, "13") } else { call.echo() }
            }
        }
    };
    let ((total, told), ()) = tokio::join!(replayed(records, &target, pace, &cancel), answering);
    let expected: Vec<(u64, bool)> = (1..=21).map(|seq| (seq, seq != 10)).collect();
    assert_eq!(told, expected);
    let expected = Total { replayed: 21, same: 20, failed: 1, ..Total::default() };
    assert_eq!(total.unwrap(), expected);
    assert_eq!(most.load(Ordering::Relaxed), 7);
}

#[tokio::test]
async fn one_after_the_other_is_one_at_a_time() {
    let (target, mut calls, most) = counting().await;
    let cancel = CancellationToken::new();
    let records = (1..=5).map(|seq| Ok(record(seq, 0)));
    let answering = async {
        for seq in 1..=5 {
            let call = calls.recv().await.unwrap();
            assert_eq!(call.url(), format!("/{seq}"));
            call.echo();
        }
    };
    let replaying = replayed(records, &target, Pace::ONE_BY_ONE, &cancel);
    let ((total, _), ()) = tokio::join!(replaying, answering);
    assert_eq!(total.unwrap().same, 5);
    assert_eq!(most.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_call_that_is_answered_late_holds_the_others_up_only_within_bounds() {
    for (body, most) in [(0, AHEAD), (1 << 20, BYTES >> 21)] {
        let (target, mut calls) = peer().await;
        let (cancel, taken) = (CancellationToken::new(), AtomicUsize::new(0));
        let count = 2 * most as u64;
        let records = (1..=count).map(|seq| {
            taken.fetch_add(1, Ordering::Relaxed);
            Ok(record(seq, body))
        });
        let answering = async {
            let mut first = None;
            let mut answered = 0;
            // All that were taken but the first one.
            while answered < most - 1 {
                let call = calls.recv().await.unwrap();
                if call.url() == "/1" {
                    first = Some(call);
                } else {
                    call.echo();
                    answered += 1;
                }
            }
            assert!(taken.load(Ordering::Relaxed) <= most + 1, "{taken:?} of {most}");
            first.unwrap().echo();
            while let Some(call) = calls.recv().await {
                call.echo();
                answered += 1;
                if answered as u64 == count - 1 {
                    break;
                }
            }
        };
        let replaying = replayed(records, &target, Pace::FAST, &cancel);
        let ((total, told), ()) = tokio::join!(replaying, answering);
        assert_eq!(total.unwrap().same, count);
        assert!(told.iter().map(|(seq, _)| *seq).eq(1..=count));
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_told_once_what_comes_before_it_was() {
    let (target, mut calls) = peer().await;
    let cancel = CancellationToken::new();
    let broken = || Err(Problem::failed("the session is damaged"));
    let records = (1..=3).map(|seq| Ok(record(seq, 0))).chain([broken(), broken()]);
    let answering = async {
        for _ in 0..3 {
            calls.recv().await.unwrap().echo();
        }
    };
    let replaying = replayed(records, &target, Pace::FAST, &cancel);
    let ((total, told), ()) = tokio::join!(replaying, answering);
    assert_eq!(total.unwrap_err().what, "the session is damaged");
    assert_eq!(told, [(1, true), (2, true), (3, true)]);
}

#[tokio::test]
async fn it_is_cancelled_while_calls_are_under_way() {
    let (target, mut calls) = peer().await;
    let cancel = CancellationToken::new();
    let records = (1..).map(|seq| Ok(record(seq, 0)));
    let cancelling = async {
        let mut waiting = Vec::new();
        for _ in 0..16 {
            waiting.push(calls.recv().await.unwrap());
        }
        waiting.remove(0).echo();
        waiting.push(calls.recv().await.unwrap());
        cancel.cancel();
        // Nobody waits for them any more.
        for mut call in waiting {
            let reset = std::future::poll_fn(|context| call.answer.poll_reset(context)).await;
            assert_eq!(reset.unwrap(), h2::Reason::CANCEL);
        }
    };
    let replaying = replayed(records, &target, Pace::FAST, &cancel);
    let ((total, told), ()) = tokio::join!(replaying, cancelling);
    assert_eq!(total.unwrap_err().kind, Gravity::Interrupted);
    assert_eq!(told, [(1, true)]);
}
