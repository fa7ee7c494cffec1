//! Who answers: a Dispatcher of somebody else's, or our own rules.

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};

use crate::config::{self, Settings};
use crate::dispatch::{Rules, Running, Server};
use crate::domain::address::Listen;
use crate::domain::task::Problem;
use crate::net::grpc;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes that an answer may have.
const LARGEST: usize = 64 << 20;

/// A Dispatcher that is called.
pub struct Target {
    channel: Channel,
    timeout: Duration,
    /// Ours, which ends with this.
    running: Option<Running>,
}

impl Target {
    /// The Dispatcher at this address; `timeout` is how long an answer may take.
    ///
    /// # Errors
    ///
    /// Nothing listens there.
    pub async fn at(address: &Listen, timeout: Duration) -> Result<Self, Problem> {
        let uri = match address {
            Listen::Tcp { .. } => format!("http://{address}"),
            Listen::Unix(path) => format!("unix:{}", path.display()),
        };
        let cannot = |error: &dyn std::error::Error| {
            Problem::failed(format!("cannot call the plugin server: {}", grpc::innermost(error)))
                .at(address.to_string())
                .help("is it running, and speaks gRPC without TLS?")
        };
        let endpoint = Endpoint::from_shared(uri).map_err(|error| cannot(&error))?;
        let channel = endpoint.connect_timeout(CONNECT).connect().await;
        let channel = channel.map_err(|error| cannot(&error))?;
        Ok(Self { channel, timeout, running: None })
    }

    /// A server of ours on a free port, with these rules instead of the configured ones. Nothing is captured.
    pub async fn ours(
        settings: &Settings,
        rules: Option<PathBuf>,
        timeout: Duration,
    ) -> Result<Self, Problem> {
        let rules = match rules {
            Some(file) => Rules::load(&[file], &settings.server)?,
            None => Rules::configured(settings)?,
        };
        let listen = config::Server { listen: "127.0.0.1:0".to_owned(), ..settings.server.clone() };
        let running = Server::start(&listen, rules, None)?;
        let target = Self::at(running.address(), timeout).await?;
        Ok(Self { running: Some(running), ..target })
    }

    /// Sends a message as it is; the error is what a Gateway would have in its log.
    pub(super) async fn call(&self, path: &str, message: Bytes) -> Result<Bytes, String> {
        let call = grpc::call(self.channel.clone(), path, Request::new(message), LARGEST);
        match tokio::time::timeout(self.timeout, call).await {
            Ok(answer) => answer.map_err(|status| words(&status)),
            Err(_) => Err(format!("no answer within {} s", self.timeout.as_secs_f64())),
        }
    }

    /// Ends a server of ours. It blocks until what is in flight is answered.
    pub fn stop(self) {
        if let Some(running) = self.running {
            running.stop();
        }
    }
}

fn words(status: &Status) -> String {
    match status.message() {
        "" => status.code().description().to_owned(),
        message => message.to_owned(),
    }
}
