//! Taking an API away.

use super::Server;
use crate::domain::task::Problem;
use crate::flows::edit::{Desk, Version};

/// What taking an API away came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// The version that was kept.
    pub kept: Option<Version>,
    /// What could not be done besides.
    pub warnings: Vec<Problem>,
}

impl Server {
    /// Keeps a Gateway's API as a version, and takes it away: at its next reload the Gateway serves it no more. A
    /// Dashboard's are left to the Dashboard.
    pub async fn delete(&self, desk: &Desk, id: &str) -> Result<Deleted, Problem> {
        let Self::Gateway(gateway) = self else {
            return Err(Problem::usage("APIs of a Dashboard are deleted in the Dashboard"));
        };
        let there = self.fetch(id).await?;
        let mut deleted = Deleted::default();
        match desk.keep(&self.remote(id).kept_as(self.address()), &there) {
            Ok(version) => deleted.kept = Some(version),
            Err(problem) => deleted.warnings.push(problem),
        }
        gateway.delete(id).await.map_err(|error| error.problem())?;
        Ok(deleted)
    }
}
