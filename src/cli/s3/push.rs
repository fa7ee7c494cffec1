//! `s3 push`.

use std::path::PathBuf;

use serde_json::json;

use super::connection::{self, Place};
use crate::cli::{Answer, output};
use crate::config::{self, Chosen, Sources};
use crate::domain::task::Problem;
use crate::flows::s3::{Desk, Template, fits};
use crate::flows::sound::check;
use crate::flows::target::name_of;
use crate::services::s3::Location;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bundle.
    file: PathBuf,
    /// Where to: `s3://BUCKET/PREFIX`; one that ends in .zip is the whole key.
    to: Location,
    /// Its name before the hash [default: the file's where it is NAME-HASH.zip, else the project's].
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The rest of the key, with {name} and {hash8}.
    #[arg(long, value_name = "TEMPLATE", default_value = Template::USUAL)]
    object: String,
    /// The largest bundle that is pushed, in bytes or as 64 MiB: a Gateway gives a download 5 s.
    #[arg(long, value_name = "SIZE", default_value = "256 MiB", value_parser = size)]
    max_size: u64,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

fn size(text: &str) -> Result<u64, String> {
    let bytes = config::bytes(text).filter(|bytes| *bytes > 0);
    bytes.map(|bytes| bytes as u64).ok_or_else(|| "write it as 67108864 or 64 MiB".to_owned())
}

pub(super) fn run(args: &Args, place: &Place, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let settings = connection::may_write(chosen, "push a bundle to S3")?;
    let bundle = check(&args.file)?;
    bundle.warnings.iter().for_each(output::warning);
    fits(&bundle, args.max_size, "give a larger --max-size")?;
    let key = if args.to.key.strip_suffix(".zip").is_some() {
        args.to.key.clone()
    } else {
        let template = Template::new(&args.to.key, &args.object)?;
        let folder = Sources::here(chosen)?.folder;
        let name = name_of(&args.file, args.name.as_deref(), &settings, &folder)?;
        template.key(&template.object(&name)?)
    };
    let (pushed, url) = place.work(&args.to, async |desk: &Desk| {
        Ok((desk.push(&bundle, &key).await?, desk.url(&key)?))
    })?;
    if args.json {
        output::line(json!({
            "bucket": args.to.bucket,
            "key": pushed.key,
            "already_there": pushed.already_there,
            "checksum": bundle.checksum,
            "bytes": bundle.bytes,
            "url": url,
        }))?;
        return Ok(Answer::Yes);
    }
    if pushed.already_there {
        output::notice("the same content is there already");
    }
    let at = Location { key: pushed.key, ..args.to.clone() };
    output::line(output::printable(&at.to_string()))?;
    output::notice(format_args!(
        "a Gateway finds it at {url} where everybody may read it: tyk-tui s3 check {at}"
    ));
    Ok(Answer::Yes)
}
