//! `tyk-tui doctor`.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::json;

use super::{Answer, output, runtime};
use crate::config::{self, Chosen, Sources};
use crate::domain::task::Problem;
use crate::flows::doctor::{self, Check, LEAVES, Patient, State, Wanted};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// API definitions that the Gateway is to serve [default: those that it has].
    apis: Vec<PathBuf>,
    /// The Gateway's tyk.conf [default: the project's, else tyk.conf here]; the `TYK_GW_` variables count over it.
    #[arg(long, value_name = "FILE")]
    conf: Option<PathBuf>,
    /// The Gateway's address [default: that of the profile, with its secret]; the secret of an address given here is that
    /// of --secret-file, of `TYK_GW_SECRET`, or of tyk.conf.
    #[arg(long, value_name = "URL")]
    gateway: Option<String>,
    /// A file that holds the Gateway's secret.
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// The Gateway runs in a container: this machine's loopback is not its own.
    #[arg(long)]
    container: bool,
    /// Have the Gateway fetch a bundle and call its plugins once: the bundle stays on its disk, and a session that an
    /// auth plugin returns becomes a live key.
    #[arg(long)]
    probe: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let loaded = config::load(&Sources::here(chosen)?)?;
    loaded.warnings.iter().for_each(output::warning);
    let wanted = Wanted {
        apis: args.apis.clone(),
        conf: args.conf.clone(),
        gateway: args.gateway.clone(),
        secret_file: args.secret_file.clone(),
        container: args.container,
        probe: args.probe,
    };
    let patient = Patient::of(&wanted, &loaded.settings)?;
    if args.probe && patient.gateway.is_none() {
        return Err(Problem::usage("there is no Gateway to probe")
            .help("give --gateway URL, or choose a profile that has one: --use NAME"));
    }
    if args.probe {
        loaded.settings.writes_outside("have a Gateway call plugins")?;
        output::notice(LEAVES);
    }
    let checks = runtime::block_on(doctor::examine(&patient))??;
    let has = |state| checks.iter().any(|check| check.state == state);
    if args.json {
        output::line(json!({"ok": !has(State::Fail) && !has(State::Unknown), "checks": checks}))?;
    } else {
        output::line(output::printable(&report(&checks)))?;
    }
    Ok(match (has(State::Fail), has(State::Unknown)) {
        (true, _) => Answer::No,
        (false, true) => Answer::Unknown,
        (false, false) => Answer::Yes,
    })
}

/// What a person reads.
fn report(checks: &[Check]) -> String {
    let mut text = String::new();
    for check in checks {
        let mark = match check.state {
            State::Ok => '✓',
            State::Warn => '⚠',
            State::Fail => '✗',
            State::Unknown => '?',
            State::Skipped => '-',
        };
        let place = check.place.as_ref().map(|place| format!("  ({place})")).unwrap_or_default();
        let _ = writeln!(text, "{mark} {}: {}{place}", check.id, check.found);
        if let Some(expected) = &check.expected {
            let _ = writeln!(text, "    should be  {expected}");
        }
        if let Some(change) = &check.change {
            let _ = writeln!(text, "    change     {change}");
        }
    }
    let wrong = checks.iter().filter(|check| check.state == State::Fail).count();
    let unknown = checks.iter().filter(|check| check.state == State::Unknown).count();
    let _ =
        write!(text, "{} looked at, {wrong} wrong, {unknown} could not be found out", checks.len());
    text
}
