//! `mserv update`.

use std::path::PathBuf;

use serde_json::json;

use super::Signed;
use super::connection::Connection;
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::mserv::Desk;
use crate::flows::sound::check_signed;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The id of the bundle to replace.
    id: String,
    /// The bundle that takes its place.
    file: PathBuf,
    #[command(flatten)]
    signed: Signed,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(
    args: &Args,
    connect: impl FnOnce() -> Result<Connection, Problem>,
) -> Result<Answer, Problem> {
    let bundle = check_signed(&args.file, args.signed.key()?.as_ref())?;
    bundle.warnings.iter().for_each(output::warning);
    let update = async |desk: &Desk| desk.update(&args.id, &bundle).await;
    let updated = connect()?.write(update)?;
    super::result("uploaded", &updated.pushed.id, args.json);
    updated.left.iter().for_each(output::warning);
    if args.json {
        output::line(json!({
            "id": updated.pushed.id,
            "checksum": bundle.checksum,
            "bytes": bundle.bytes,
            "answer_lost": updated.pushed.found,
            "trial_left": updated.left.map(|problem| problem.what),
        }))?;
    }
    Ok(Answer::Yes)
}
