//! The body of an answer: one frame, then the trailers that say it is whole.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use tonic::Status;

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
}

impl http_body::Body for Reply {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        if let Some(frame) = this.frame.take() {
            return Poll::Ready(Some(Ok(http_body::Frame::data(frame))));
        }
        let Some(call) = &mut this.call else { return Poll::Ready(None) };
        call.sent();
        // Dropping the call offers its record, which never waits.
        this.call = None;
        let mut trailers = HeaderMap::with_capacity(1);
        trailers.insert(HeaderName::from_static("grpc-status"), HeaderValue::from_static("0"));
        Poll::Ready(Some(Ok(http_body::Frame::trailers(trailers))))
    }
}

/// A body that fails at once, which resets the stream.
pub(super) struct BrokenOff(pub(super) Status);

impl http_body::Body for BrokenOff {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Status>>> {
        Poll::Ready(Some(Err(self.0.clone())))
    }
}
