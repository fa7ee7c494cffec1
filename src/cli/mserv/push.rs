//! `mserv push`.

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
    /// The bundle.
    file: PathBuf,
    /// The API that it is for; mserv only remembers it.
    #[arg(short, long, value_name = "API")]
    apiid: Option<String>,
    /// Store the bundle, and nothing else: nobody can download it.
    #[arg(short, long)]
    storeonly: bool,
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
    if args.storeonly {
        let warned = "stored only, the bundle cannot be downloaded: mserv ends the connection";
        output::warning(&Problem::failed(warned).help("a Gateway needs it without --storeonly"));
    }
    let api_id = args.apiid.as_deref().filter(|id| !id.is_empty());
    let push = async |desk: &Desk| desk.push(&bundle, api_id, args.storeonly).await;
    let pushed = connect()?.write(push)?;
    super::result("uploaded", &pushed.id, args.json);
    if args.json {
        output::line(json!({
            "id": pushed.id,
            "checksum": bundle.checksum,
            "bytes": bundle.bytes,
            "api_id": api_id.unwrap_or_default(),
            "store_only": args.storeonly,
            "answer_lost": pushed.found,
        }))?;
    }
    Ok(Answer::Yes)
}
