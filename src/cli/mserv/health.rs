//! `mserv health`.

use serde_json::json;

use super::connection::Connection;
use crate::cli::{Answer, output};
use crate::domain::task::Problem;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, connection: &Connection) -> Result<Answer, Problem> {
    let health =
        connection.ask(async |server| server.health().await.map_err(|error| error.problem()))?;
    if args.json {
        output::line(json!({"http": health.http, "grpc": health.grpc}))?;
    } else {
        let word = |is_on| if is_on { "on" } else { "off" };
        let address = connection.address();
        output::line(format_args!(
            "{address}  HTTP {}  gRPC {}",
            word(health.http),
            word(health.grpc)
        ))?;
    }
    Ok(if health.http { Answer::Yes } else { Answer::No })
}
