//! The Gateway's part: sends hook after hook of each recorded request, stops where our answer stops it, and takes over
//! what the answer gave.

mod carry;

use bytes::Bytes;
use tonic::transport::{Channel, Endpoint};

use super::recordings::Recording;

use crate::domain::effect::{Outcome, judge};
use crate::domain::object::{Hook, WireError};
use crate::domain::task::Problem;
use crate::net::grpc;
use carry::Carry;

/// A Gateway takes answers of this many bytes: its gRPC client's own limit.
const ANSWER_LIMIT: usize = 4 << 20;

/// A connection to a plugin server, as a Gateway has one.
#[derive(Clone)]
pub struct Player {
    channel: Channel,
}

/// How one request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// The hooks that were called, with what came of each.
    pub hooks: Vec<(Hook, Outcome)>,
    /// What the API's caller got.
    pub status: u16,
}

/// Why a request could not be played.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The server did not answer.
    #[error("{0}")]
    Call(#[from] tonic::Status),
    /// It answered with something that is no Object.
    #[error("{0}")]
    Answer(#[from] WireError),
    /// The same, told by another reader.
    #[error("not a protobuf Object: {0}")]
    Decode(#[from] prost::DecodeError),
}

impl Player {
    /// For the server at this address (`HOST:PORT`); connects with the first call, and again when it has to. Needs the
    /// context of a tokio runtime.
    pub fn new(address: &str) -> Result<Self, Problem> {
        let endpoint = Endpoint::from_shared(format!("http://{address}")).map_err(|error| {
            Problem::failed(format!("cannot play to this address: {error}")).at(address)
        })?;
        Ok(Self { channel: endpoint.connect_lazy() })
    }

    /// Plays one request. `pause` is waited for before each hook, as a Gateway and an upstream take their time.
    pub async fn play<P: Future<Output = ()>>(
        &self,
        recording: &Recording,
        mut pause: impl FnMut(Hook) -> P,
    ) -> Result<Played, PlayError> {
        let mut carry = Carry::default();
        let mut played = Played { hooks: Vec::new(), status: 200 };
        for dispatch in recording.dispatches {
            pause(dispatch.hook).await;
            let object = carry.laid_over(dispatch.hook, dispatch.object)?;
            let answer = self.dispatch(object.clone()).await?;
            let verdict = judge(&object, Ok(&answer), false, ANSWER_LIMIT)?;
            played.hooks.push((dispatch.hook, verdict.outcome));
            if let Some(status) = verdict.status {
                played.status = status;
            }
            match verdict.outcome {
                Outcome::Refused | Outcome::Overridden | Outcome::Failed => break,
                Outcome::Passed | Outcome::Changed | Outcome::Held => {}
            }
            if dispatch.hook.is_request_hook() {
                carry.take(dispatch.hook, &object, &answer)?;
            }
        }
        Ok(played)
    }

    async fn dispatch(&self, object: Bytes) -> Result<Bytes, tonic::Status> {
        let request = tonic::Request::new(object);
        grpc::call(self.channel.clone(), "/coprocess.Dispatcher/Dispatch", request, ANSWER_LIMIT)
            .await
    }
}
