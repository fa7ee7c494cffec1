//! Calls of another Dispatcher whose messages stay bytes, so that fields that nobody here knows survive.

use std::str::FromStr as _;

use bytes::{Buf as _, BufMut as _, Bytes};
use http::uri::PathAndQuery;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::Channel;
use tonic::{Request, Status};

/// One unary call. `limit` is the most bytes that an answer may have.
pub async fn call(
    channel: Channel,
    path: &str,
    request: Request<Bytes>,
    limit: usize,
) -> Result<Bytes, Status> {
    let path = PathAndQuery::from_str(path).map_err(|error| Status::internal(error.to_string()))?;
    let mut client = tonic::client::Grpc::new(channel).max_decoding_message_size(limit);
    client.ready().await.map_err(|error| Status::unavailable(super::innermost(&error)))?;
    client.unary(request, path, BytesCodec).await.map(tonic::Response::into_inner)
}

/// Messages as the bytes that they are.
#[derive(Clone, Copy, Debug)]
pub struct BytesCodec;

impl Codec for BytesCodec {
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

impl Encoder for BytesCodec {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(item);
        Ok(())
    }
}

impl Decoder for BytesCodec {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}
