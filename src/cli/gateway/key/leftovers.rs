//! `gateway key leftovers`.

use serde_json::json;

use super::shown;
use crate::cli::confirm::confirm;
use crate::cli::server::{Connected, work};
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::keys;

pub(super) const ABOUT: &str = "Find live keys that sessions of auth plugins left behind, and revoke them.

A Gateway stores each session that an auth plugin returns, under its token, as an ordinary key. Unless its access \
rights name the plugin's API alone, every API of the Gateway with token authentication takes it, in any organisation; it \
ends by `session_lifetime`, its own or else the API's, not by `expires`. They are told by the token among their metadata and by \
having no date of creation; what a Go plugin stores is not found so.

Exit code 1: there are some. With --revoke they are deleted after a question; a caller whom the plugin still accepts gets \
a new one with his next request.";

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag")]
pub(super) struct Args {
    /// Those that open this API alone.
    #[arg(long, value_name = "ID")]
    api: Option<String>,
    /// Delete them; asks first.
    #[arg(long)]
    revoke: bool,
    /// Do not ask.
    #[arg(long, requires = "revoke")]
    yes: bool,
    /// Print the keys whole.
    #[arg(long)]
    show_secrets: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    if args.revoke {
        connected.settings.writes_outside("revoke keys")?;
    }
    let gateway = connected.gateway()?;
    let mut found = work(super::WAITS, keys::leftovers(gateway))?;
    found.retain(|key| args.api.as_deref().is_none_or(|api| key.opens(api)));
    let as_json: Vec<_> = found.iter().map(|key| shown::json(key, args.show_secrets)).collect();
    let count = found.len();
    if !args.json {
        shown::print(&found, args.show_secrets)?;
    }
    if count == 0 || !args.revoke {
        if args.json {
            output::line(json!({"leftovers": as_json, "revoked": 0}))?;
        } else if count == 0 {
            output::line("no session of a plugin is a live key")?;
        } else {
            output::notice("--revoke deletes them");
        }
        return Ok(if count == 0 { Answer::Yes } else { Answer::No });
    }
    confirm(&format!("Revoke {count} live keys at {}?", gateway.address()), args.yes)?;
    let revoked = work("keys are being deleted", async { Ok(keys::revoke(gateway, found).await) })?;
    for (key, problem) in &revoked.failed {
        let what = format!("{} is a live key still: {}", key.name.shown(), problem.what);
        output::warning(&Problem { what, ..problem.clone() });
    }
    if args.json {
        output::line(json!({"leftovers": as_json, "revoked": revoked.count}))?;
    } else {
        output::line(format_args!("{} revoked", revoked.count))?;
    }
    Ok(if revoked.failed.is_empty() { Answer::Yes } else { Answer::No })
}
