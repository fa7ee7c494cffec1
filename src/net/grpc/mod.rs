//! Plugin servers of others: whether one is there, and calls of it.

mod bytes;

pub use bytes::{BytesCodec, call};

use std::time::Duration;

use tonic::Code;
use tonic::transport::{Channel, Endpoint};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::domain::conf::PluginServer;

/// How long a connection and an answer may take each.
const LIMIT: Duration = Duration::from_secs(5);

/// What is at the address of a plugin server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A gRPC server; what it said to the question whether it is healthy.
    Grpc(String),
    /// Something that speaks no gRPC.
    Other(String),
    /// Nothing.
    Nothing(String),
}

/// Connects as a Gateway would, in plain HTTP/2, and asks for the server's health.
pub async fn look(server: &PluginServer) -> Found {
    let channel = match channel(server).await {
        Ok(channel) => channel,
        Err(why) => return Found::Nothing(why),
    };
    let mut client = HealthClient::new(channel);
    let request = HealthCheckRequest { service: String::new() };
    match tokio::time::timeout(LIMIT, client.check(request)).await {
        Err(_) => Found::Other("no answer within 5 s".to_owned()),
        Ok(Ok(_)) => Found::Grpc("healthy".to_owned()),
        // A server need not know the question: it answers by gRPC's rules all the same.
        Ok(Err(status)) if status.code() == Code::Unimplemented => {
            Found::Grpc("listening".to_owned())
        }
        Ok(Err(status)) => Found::Other(status.message().to_owned()),
    }
}

async fn channel(server: &PluginServer) -> Result<Channel, String> {
    let address = match server {
        PluginServer::Tcp { host, port, .. } if host.contains(':') => {
            format!("http://[{host}]:{port}")
        }
        PluginServer::Tcp { host, port, .. } => format!("http://{host}:{port}"),
        PluginServer::Unix(path) => format!("unix:{path}"),
    };
    let endpoint = Endpoint::from_shared(address).map_err(|error| innermost(&error))?;
    endpoint.connect_timeout(LIMIT).connect().await.map_err(|error| innermost(&error))
}

pub(crate) fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
