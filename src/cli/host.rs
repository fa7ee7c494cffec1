//! `tyk-tui host`.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::runtime::{self, Stop};
use super::{Answer, output};
use crate::config::{self, Chosen, Layer, Sources};
use crate::domain::task::Problem;
use crate::log;
use crate::services::host::{Download, Host};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of bundles [default: host.dir where a configuration has it, else this one].
    dir: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8000, or host.listen of the configuration].
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// Print each download as a line of JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let sources = Sources::here(chosen)?.flag("host.listen", "--listen", args.listen.as_deref());
    let loaded = config::load(&sources)?;
    loaded.warnings.iter().for_each(output::warning);
    let (_log, problem) = log::start(sources.paths.map(|paths| paths.log_file()).as_deref());
    problem.iter().for_each(output::warning);
    // The folder that is ours where none is configured is what a console serves, not what somebody means here.
    let is_configured = loaded.origins.of("host.dir").layer != Layer::Default;
    let host = &loaded.settings.host;
    let configured = host.dir.as_deref().filter(|_| is_configured);
    let dir = args.dir.as_deref().or(configured).unwrap_or(Path::new("."));
    runtime::block_on(serve(dir, &host.listen, args.json))?
}

async fn serve(dir: &Path, listen: &str, json: bool) -> Result<Answer, Problem> {
    let mut stop = Stop::listen()?;
    let host = Host::start(dir, listen).await?;
    if !host.is_loopback() {
        output::warning(
            &Problem::failed("others than this machine can download these bundles")
                .at(host.address())
                .help("a Gateway in a container needs that; else listen on 127.0.0.1"),
        );
    }
    output::notice(format_args!("listening on http://{}/", host.address()));
    let downloads = host.downloads().clone();
    let mut changes = downloads.changes();
    let mut printed = 0;
    loop {
        for download in downloads.since(printed) {
            printed = download.number + 1;
            print(&download, json)?;
        }
        tokio::select! {
            // The sender lives as long as `downloads`.
            _ = changes.changed() => {}
            () = stop.asked() => break,
        }
    }
    host.stop().await;
    for download in downloads.since(printed) {
        print(&download, json)?;
    }
    Ok(Answer::Yes)
}

fn print(download: &Download, json: bool) -> Result<(), Problem> {
    let at = Timestamp::try_from(download.at).unwrap_or_default();
    if !json {
        return output::line(format_args!("{at:.3} {download}"));
    }
    output::line(serde_json::json!({
        "at": format!("{at:.6}"),
        "peer": download.peer.to_string(),
        "method": download.method,
        "path": download.path,
        "status": download.status,
        "bytes": download.bytes,
        "complete": download.complete,
        "took_us": u64::try_from(download.took.as_micros()).unwrap_or(u64::MAX),
    }))
}
