//! The body of an answer: most often one frame, then the trailers that say it is whole.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use tonic::Status;
use tonic::body::Body;

use super::call::Call;
use super::frame::Frame;

/// Keeps the call alive until its last part went to the transport.
pub(super) struct Reply {
    frame: Option<Bytes>,
    call: Option<Call>,
}

impl Reply {
    pub(super) fn new(frame: Frame, call: Call) -> Self {
        Self { frame: Some(frame.0), call: Some(call) }
    }

    fn next(&mut self) -> Option<http_body::Frame<Bytes>> {
        if let Some(frame) = self.frame.take() {
            return Some(http_body::Frame::data(frame));
        }
        // Dropping the call offers its record, which never waits.
        self.call.take()?.sent();
        let mut trailers = HeaderMap::with_capacity(1);
        trailers.insert(HeaderName::from_static("grpc-status"), HeaderValue::from_static("0"));
        Some(http_body::Frame::trailers(trailers))
    }
}

/// Whatever is answered.
#[expect(clippy::large_enum_variant, reason = "nearly all are the large one")]
#[derive(Default)]
pub(super) enum Answer {
    /// A status alone, which is in the headers.
    #[default]
    Status,
    /// A message.
    Reply(Reply),
    /// It fails at once, which resets the stream.
    BrokenOff(Status),
    /// What another service than the Dispatcher says.
    Other(Body),
}

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Status>>> {
        match self.get_mut() {
            Self::Status => Poll::Ready(None),
            Self::Reply(reply) => Poll::Ready(reply.next().map(Ok)),
            Self::BrokenOff(status) => Poll::Ready(Some(Err(status.clone()))),
            Self::Other(body) => Pin::new(body).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Status => true,
            Self::Reply(_) | Self::BrokenOff(_) => false,
            Self::Other(body) => body.is_end_stream(),
        }
    }
}
