//! `gateway hello`.

use serde_json::json;

use crate::cli::server::{Connected, work};
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::services::gateway::Status;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// Whether it can do its work: it needs no secret to say so.
pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    let gateway = connected.gateway()?;
    let (hello, ready) = work("waiting for the Gateway", async {
        let hello = gateway.hello().await.map_err(|error| error.problem())?;
        let ready = gateway.ready().await.map_err(|error| error.problem())?;
        Ok((hello, ready))
    })?;
    // What the profile says of it counts, as everywhere: builds of its own say v5.5.0-dev.
    let release = connected.settings.gateway.version.as_deref();
    let answer = match (hello.status, ready) {
        (Status::Fail, _) | (_, Some(false)) => Answer::No,
        _ => Answer::Yes,
    };
    if args.json {
        let needs = hello.details.iter().map(|(name, component)| {
            (name.clone(), json!({"status": component.status, "output": component.output}))
        });
        output::line(json!({
            "address": gateway.address(),
            "status": hello.status,
            "version": hello.version,
            "release": release,
            "ready": ready,
            "needs": needs.collect::<serde_json::Map<_, _>>(),
        }))?;
        return Ok(answer);
    }
    let version = if hello.version.is_empty() { "of an unknown version" } else { &hello.version };
    let version = match release {
        Some(release) => format!("{version} ({release} by the profile)"),
        None => version.to_owned(),
    };
    let said = format!("{}  {version}  {}", gateway.address(), word(hello.status));
    output::line(output::printable(&said))?;
    for (name, component) in &hello.details {
        let text = format!("  {name}: {} {}", word(component.status), component.output);
        output::line(output::printable(text.trim_end()))?;
    }
    if hello.details.is_empty() {
        output::line("  what it needs is not known in its first ten seconds")?;
    }
    match ready {
        Some(true) => output::line("  ready: it has loaded its APIs")?,
        Some(false) => output::line("  not ready: no reload has succeeded yet, or Redis is away")?,
        None => {}
    }
    Ok(answer)
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Warn => "warn",
        Status::Fail => "fail",
    }
}
