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
pub use traffic::{Pace, play};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::ship::{self, Failure, Plan, Shipped};
use crate::services::host::Running;

/// Ships the sample project once, so that there is a bundle to download.
pub async fn ship_once(stage: &Stage, host: &Running) -> Result<Shipped, Failure> {
    let plan = Plan::for_project(stage.folder(), stage.settings(), &stage.bundles())?
        .confirmed_at(host.address());
    ship::run(plan, watch::Sender::default(), CancellationToken::new()).await
}

#[cfg(test)]
mod tests;
