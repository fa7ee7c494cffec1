//! One gRPC message from a request's body: five bytes of prefix (compressed or not, length), then the message.
//! Source: the gRPC over HTTP/2 protocol.

use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use hyper::body::Incoming;
use tonic::Status;

use super::call::Call;

/// Bytes before each message.
pub(super) const PREFIX: usize = 5;

/// Room that is made on a message's own word for its length; beyond it room grows with what has come.
const TRUSTED: usize = 1 << 20;

/// A message with its prefix, as it came.
#[derive(Clone, Debug)]
pub(super) struct Frame(pub(super) Bytes);

impl Frame {
    /// The message without its prefix.
    pub(super) fn message(&self) -> Bytes {
        self.0.slice(PREFIX..)
    }

    /// The frame for an answer; the request's own where the answer is the very bytes that came.
    pub(super) fn answer(&self, reply: &Bytes) -> Self {
        let same = reply.as_ptr() == self.0[PREFIX..].as_ptr();
        if same && reply.len() + PREFIX == self.0.len() { self.clone() } else { Self::new(reply) }
    }

    /// A message of at most 4 GiB, which all are: it was made of one that came.
    pub(super) fn new(message: &[u8]) -> Self {
        let mut frame = BytesMut::with_capacity(PREFIX + message.len());
        frame.extend_from_slice(&[0]);
        frame.extend_from_slice(&u32::try_from(message.len()).unwrap_or(u32::MAX).to_be_bytes());
        frame.extend_from_slice(message);
        Self(frame.freeze())
    }
}

/// Why no message was taken.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The caller is answered with this status.
    Status(Status),
    /// The caller went away.
    Gone,
}

impl From<Status> for Refusal {
    fn from(status: Status) -> Self {
        Self::Status(status)
    }
}

/// Reads the one message of a unary call, counting its bytes as they arrive.
pub(super) async fn read(mut body: Incoming, call: &mut Call) -> Result<Frame, Refusal> {
    let mut frame = Bytes::new();
    let mut buffer = BytesMut::new();
    loop {
        let next = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await;
        let chunk = match next {
            None => break,
            // The stream was reset or the connection closed: nobody waits for an answer.
            Some(Err(_)) => return Err(Refusal::Gone),
            Some(Ok(part)) => match part.into_data() {
                Ok(chunk) => chunk,
                Err(_trailers) => break,
            },
        };
        call.arrived(chunk.len())?;
        if frame.is_empty() && buffer.is_empty() {
            // Most messages come in one piece, which then is neither copied here nor on the way back.
            frame = chunk;
        } else {
            if buffer.is_empty() {
                let claimed = length(&frame, call)?.map_or(0, |length| length + PREFIX);
                buffer.reserve(claimed.min(TRUSTED).max(frame.len() + chunk.len()));
                buffer.extend_from_slice(&frame);
                frame = Bytes::new();
            }
            buffer.extend_from_slice(&chunk);
        }
        let so_far = if buffer.is_empty() { &frame[..] } else { &buffer[..] };
        if length(so_far, call)?.is_some_and(|length| so_far.len() > length + PREFIX) {
            return Err(Status::internal("more than one message in a unary call").into());
        }
    }
    if !buffer.is_empty() {
        frame = buffer.freeze();
    }
    match length(&frame, call)? {
        Some(length) if frame.len() == length + PREFIX => Ok(Frame(frame)),
        Some(length) => Err(Status::internal(format!(
            "the message ended after {} of {length} bytes",
            frame.len() - PREFIX
        ))
        .into()),
        None => Err(Status::internal("the call ended without a message").into()),
    }
}

/// The message's length once its prefix is there.
fn length(so_far: &[u8], call: &Call) -> Result<Option<usize>, Status> {
    let Some((&[compressed, a, b, c, d], _)) = so_far.split_first_chunk::<PREFIX>() else {
        return Ok(None);
    };
    if compressed != 0 {
        return Err(Status::unimplemented(
            "compressed messages are not taken; a Gateway sends none",
        ));
    }
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    let limit = call.receive_limit();
    if length > limit {
        return Err(Status::resource_exhausted(format!(
            "the message has {length} bytes, and this server takes {limit} (server.receive_limit)"
        )));
    }
    Ok(Some(length))
}
