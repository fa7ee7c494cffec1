//! `s3 policy`.

use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::s3::{mserv_policy, policy};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The bucket.
    #[arg(long, value_name = "BUCKET", required_unless_present = "mserv")]
    bucket: Option<String>,
    /// What the keys of bundles begin with; without it the whole bucket.
    #[arg(long, value_name = "PREFIX", default_value = "", conflicts_with = "mserv")]
    prefix: String,
    /// For mserv on S3: it makes a bucket for each bundle.
    #[arg(long, conflicts_with = "bucket")]
    mserv: bool,
    /// Print it in one line.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let policy = match &args.bucket {
        Some(bucket) => policy(bucket, &args.prefix)?,
        None => mserv_policy(),
    };
    if args.json {
        output::line(policy)?;
    } else {
        output::line(format_args!("{policy:#}"))?;
    }
    Ok(Answer::Yes)
}
