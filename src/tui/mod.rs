//! The console.

pub mod picture;

use crate::domain::task::Problem;

/// Opens the console in the working directory and runs it to its end.
pub fn run(_profile: Option<&str>) -> Result<(), Problem> {
    Err(Problem::failed("not built yet"))
}
