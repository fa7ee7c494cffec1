//! `credential_process`: a command of the user's that prints credentials (AWS SDKs and Tools Reference Guide, "Process
//! credential provider").

use std::process::Stdio;
use std::time::Duration;

use secrecy::zeroize::Zeroizing;
use tokio::process::Command;
use tokio::time::timeout;

use super::{Credentials, Document};
use crate::domain::task::Problem;

/// It may ask somebody, by a window of its own.
const LIMIT: Duration = Duration::from_mins(2);

/// Runs it; by the shell, as the AWS CLI's users quote it for one. What it prints on stderr is the user's to read.
pub(super) async fn run(command: &str, profile: &str) -> Result<Credentials, Problem> {
    let who = format!("`credential_process` of the AWS profile {profile}");
    let failed = |why: String| {
        Problem::failed(format!("{who} failed: {why}"))
            .help("run the command by hand to see what is wrong")
    };
    let mut started = Command::new("sh");
    started.arg("-c").arg(command).stdin(Stdio::null()).stderr(Stdio::inherit()).kill_on_drop(true);
    let output = timeout(LIMIT, started.output()).await;
    let output = output
        .map_err(|_| failed(format!("it took more than {LIMIT:?}")))?
        .map_err(|error| failed(error.to_string()))?;
    let printed = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    Document::read(&printed, &who)
}
