//! `mserv delete`.

use serde_json::json;

use super::connection::Connection;
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::mserv::Desk;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle's id.
    id: String,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, connection: &Connection) -> Result<Answer, Problem> {
    let deleted = connection.write(async |desk: &Desk| desk.delete(&args.id).await)?;
    super::result("deleted", &deleted.id, args.json);
    if args.json {
        output::line(json!({"id": deleted.id, "deleted": true, "answer_lost": deleted.found}))?;
    }
    Ok(Answer::Yes)
}
