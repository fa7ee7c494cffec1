//! `mserv download`.

use std::path::PathBuf;

use serde_json::json;

use super::Signed;
use super::connection::Connection;
use crate::cli::{Answer, output};
use crate::domain::task::{Problem, size};
use crate::flows::mserv::Desk;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle's id.
    id: String,
    /// The file to write [default: ID.zip].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    signed: Signed,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, connection: &Connection) -> Result<Answer, Problem> {
    let path = match &args.output {
        Some(path) => path.clone(),
        // An id is a name here, and no path.
        None if args.id.contains(['/', '\\']) => {
            return Err(Problem::usage("this id makes no file name").help("give -o FILE"));
        }
        None => PathBuf::from(format!("{}.zip", args.id)),
    };
    let key = args.signed.key()?;
    let got = connection
        .work(async |desk: &Desk| desk.clone().signed_by(key).download(&args.id, &path).await)?;
    got.bundle.warnings.iter().for_each(output::warning);
    let path = got.path.display().to_string();
    if args.json {
        output::line(json!({
            "id": args.id,
            "path": path,
            "checksum": got.bundle.checksum,
            "bytes": got.bundle.bytes,
        }))?;
    } else {
        let bytes = size(got.bundle.bytes);
        output::line(output::printable(&format!("{path}  {bytes}  {}", got.bundle.checksum)))?;
    }
    Ok(Answer::Yes)
}
