//! How secrets are shown, by the configuration and `--show-secrets`.

use std::sync::Arc;

use crate::config;
use crate::domain::object::View;
use crate::domain::redact::{Policy, Redacted, Shown};
use crate::domain::task::Problem;

/// A view that the actor and its readers share.
pub type SharedView = Arc<dyn View + Send + Sync>;

/// The view by `[redact]`, with a key that lives as long as the view; everything is shown where `show_secrets` is set.
pub fn view(redact: &config::Redact, show_secrets: bool) -> Result<SharedView, Problem> {
    if show_secrets {
        return Ok(Arc::new(Shown));
    }
    let config::Redact { headers, params, members } = redact.clone();
    let mut key = [0; 32];
    getrandom::fill(&mut key)
        .map_err(|error| Problem::failed(format!("the system gives no random bytes: {error}")))?;
    Ok(Arc::new(Redacted::new(Policy { headers, params, members }, key)))
}
