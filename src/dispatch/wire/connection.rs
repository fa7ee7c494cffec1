//! Connections: HTTP/2, whose calls run in the connection's own task.
//!
//! Calls that came together are answered together then, by one write, and none of them wakes another thread. What takes
//! long (keys, large Objects) is handed to other threads by the service.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use hyper::body::Incoming;
use hyper::rt::Executor;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::watch;
use tonic::service::Routes;

use super::call::Shared;
use super::service;

/// Calls under way on one connection; a Gateway has one connection for all.
const STREAMS: u32 = 4_096;

/// A message of usual size comes in one piece, and then is never copied.
const FRAME: u32 = 256 << 10;

/// Until connections are taken again where the system had no more room for one.
const RETRY: Duration = Duration::from_millis(50);

/// A socket that listens.
pub(in crate::dispatch) enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener),
}

/// Takes connections until `end`, then waits until each has answered the calls that are under way and closed.
pub(in crate::dispatch) async fn serve(
    listener: Listener,
    shared: &Arc<Shared>,
    others: Routes,
    end: impl Future<Output = ()>,
) {
    let (closing, closed) = watch::channel(());
    {
        // Goes with the listener: from then on the system takes no connection in that nobody answers.
        let listener = listener;
        let mut end = pin!(end);
        loop {
            let accepted = tokio::select! {
                () = &mut end => break,
                accepted = accept(&listener, shared, &others, &closed) => accepted,
            };
            if let Err(error) = accepted {
                tracing::warn!("cannot take a connection: {error}");
                tokio::time::sleep(RETRY).await;
            }
        }
    }
    drop(closed);
    let _ = closing.send(());
    closing.closed().await;
}

/// Takes the next connection, and serves it in a task of its own.
async fn accept(
    listener: &Listener,
    shared: &Arc<Shared>,
    others: &Routes,
    closed: &watch::Receiver<()>,
) -> std::io::Result<()> {
    let (shared, others, closed) = (Arc::clone(shared), others.clone(), closed.clone());
    match listener {
        Listener::Tcp(listener) => {
            let (socket, peer) = listener.accept().await?;
            // Else an answer may wait for the acknowledgement of the one before: 44 ms.
            if let Err(error) = socket.set_nodelay(true) {
                tracing::debug!("{peer}: {error}");
            }
            tokio::spawn(connection(socket, peer.to_string().into(), shared, others, closed));
        }
        Listener::Unix(listener) => {
            let (socket, _) = listener.accept().await?;
            tokio::spawn(connection(socket, "unix".into(), shared, others, closed));
        }
    }
    Ok(())
}

/// One connection's whole life.
async fn connection(
    socket: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Arc<str>,
    shared: Arc<Shared>,
    others: Routes,
    mut closed: watch::Receiver<()>,
) {
    let begun = Begun::default();
    let service = service_fn(|request: http::Request<Incoming>| {
        service::answer(Arc::clone(&shared), others.clone(), Arc::clone(&peer), request)
    });
    let http = http2::Builder::new(begun.clone())
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_frame_size(FRAME)
        .auto_date_header(false)
        .serve_connection(TokioIo::new(socket), service);
    let mut http = pin!(http);
    let mut calls = FuturesUnordered::new();
    let ended = {
        let mut closed = pin!(async { closed.changed().await.is_ok() });
        let mut is_closing = false;
        poll_fn(|cx| {
            if !is_closing && closed.as_mut().poll(cx).is_ready() {
                is_closing = true;
                http.as_mut().graceful_shutdown();
            }
            loop {
                if let Poll::Ready(ended) = http.as_mut().poll(cx) {
                    return Poll::Ready(ended);
                }
                calls.extend(begun.take());
                // All that can go on, before what they answer is written.
                let mut moved = false;
                while let Poll::Ready(Some(())) = calls.poll_next_unpin(cx) {
                    moved = true;
                }
                if !moved {
                    return Poll::Pending;
                }
            }
        })
        .await
    };
    if let Err(error) = ended {
        tracing::debug!("{peer}: {error}");
    }
}

type Call = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Calls that have begun since the connection's task looked.
#[derive(Clone, Default)]
struct Begun(Arc<Mutex<Vec<Call>>>);

impl Begun {
    fn take(&self) -> Vec<Call> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Begun {
    fn execute(&self, call: F) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Box::pin(call));
    }
}
