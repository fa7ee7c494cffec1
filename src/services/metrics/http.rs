//! `GET /metrics`.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::Figures;
use crate::domain::address::Listen;
use crate::domain::task::Problem;
use crate::net;

/// OpenMetrics: <https://github.com/OpenObservability/OpenMetrics>, which Prometheus understands by this type.
const TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Figures that are served until this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    loopback: bool,
    _stop: DropGuard,
}

impl Running {
    /// Serves what `look` gives at `/metrics`, each time that somebody asks, in a task of its own. An address in use is
    /// a problem.
    pub async fn start(
        listen: &Listen,
        figures: Arc<Figures>,
        look: impl Fn(&Figures) + Clone + Send + Sync + 'static,
    ) -> Result<Self, Problem> {
        let Listen::Tcp { host, port } = listen else {
            return Err(Problem::usage("Prometheus asks over HTTP alone")
                .at(listen.to_string())
                .help("write HOST:PORT, such as 127.0.0.1:9464"));
        };
        let listener = net::tcp(host, *port).await?;
        let address = listener.local_addr().map_err(|error| {
            Problem::failed(format!("cannot listen: {error}")).at(listen.to_string())
        })?;
        let answer = move || {
            look(&figures);
            let text = figures.text();
            async move { ([(CONTENT_TYPE, TYPE)], text) }
        };
        let service = Router::new().route("/metrics", get(answer));
        let stop = CancellationToken::new();
        let stopped = stop.clone().cancelled_owned();
        tokio::spawn(async move {
            tokio::select! {
                _ = axum::serve(listener, service).into_future() => {}
                () = stopped => {}
            }
        });
        Ok(Self { address, loopback: listen.is_loopback(), _stop: stop.drop_guard() })
    }

    /// Where it listens, as bound.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether only this machine reaches it.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}
