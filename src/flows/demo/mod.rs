//! The whole loop with no Gateway: a sample project, a server, a bundle host, and recorded traffic.

mod headless;
mod player;
mod recordings;
mod stage;
mod traffic;

pub use headless::headless;
pub use player::{PlayError, Played, Player};
pub use recordings::{ALL, Dispatch, Recording};
pub use stage::Stage;
pub use traffic::{Pace, Traffic, play};

use std::net::SocketAddr;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::ship::{self, Failure, Plan, Shipped};

/// Ships the sample project once, so that there is a bundle to download; confirmed by a download where the host runs.
pub async fn ship_once(stage: &Stage, host: Option<SocketAddr>) -> Result<Shipped, Failure> {
    let plan = Plan::for_project(stage.folder(), stage.settings(), &stage.here())?;
    let plan = match host {
        Some(host) => plan.confirmed_at(host),
        None => plan,
    };
    ship::run(plan, watch::Sender::default(), CancellationToken::new()).await
}

#[cfg(test)]
mod tests;
