//! Which store, and how work with it is shown and interrupted.

use crate::cli::{output, progress};
use crate::config::{self, Chosen, Settings as Configuration, Sources};
use crate::domain::task::Problem;
use crate::flows::s3::Desk;
use crate::services::s3::{Flags, Location, Settings, Store};

/// The AWS CLI's flags for all its commands.
#[derive(Debug, clap::Args)]
pub(super) struct Place {
    /// The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS
    /// profile, else AWS's own].
    #[arg(long, global = true, value_name = "URL")]
    endpoint_url: Option<String>,
    /// The bucket's region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else
    /// us-east-1].
    #[arg(long, global = true, value_name = "REGION")]
    region: Option<String>,
    /// The profile of AWS's files whose credentials are used [default: the variables' credentials, else `AWS_PROFILE`, else
    /// `default`, else those of the container or the machine].
    #[arg(long, global = true, value_name = "NAME")]
    profile: Option<String>,
    /// Put the bucket's name into the path of URLs, as most stores but AWS want it.
    #[arg(long, global = true)]
    path_style: bool,
    /// Do not check the store's certificate.
    #[arg(long, global = true)]
    no_verify_ssl: bool,
}

impl Place {
    /// The bucket of a location.
    pub(super) fn store(&self, location: &Location) -> Result<Store, Problem> {
        let flags = Flags {
            endpoint: self.endpoint_url.clone(),
            region: self.region.clone(),
            profile: self.profile.clone(),
            path_style: self.path_style,
            insecure_tls: self.no_verify_ssl,
        };
        let settings = Settings::new(&flags, |name| std::env::var_os(name))?;
        let store = Store::new(&settings, &location.bucket).map_err(|error| error.problem())?;
        if store.is_unchecked() {
            output::warning(&Problem::failed("certificate not checked").at(store.address()));
        }
        Ok(store)
    }

    /// Whether the Gateway's own check is left out, too.
    pub(super) fn is_insecure(&self) -> bool {
        self.no_verify_ssl
    }

    /// Works with a bucket, with progress on the terminal; a signal cancels.
    pub(super) fn work<T>(
        &self,
        location: &Location,
        work: impl AsyncFnOnce(&Desk) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let store = self.store(location)?;
        progress::work(async |tell, cancel| work(&Desk::new(store, tell, cancel)).await)
    }
}

/// The settings in force, where something outside may be written.
pub(super) fn may_write(chosen: Chosen<'_>, what: &str) -> Result<Configuration, Problem> {
    let loaded = config::load_safe(&Sources::here(chosen)?)?;
    loaded.settings.writes_outside(what)?;
    Ok(loaded.settings)
}

/// A place that must be an object's.
pub(super) fn object(location: &Location) -> Result<&str, Problem> {
    if location.key.is_empty() || location.key.ends_with('/') {
        return Err(Problem::usage("the object's key is missing")
            .at(location)
            .help("write it as s3://BUCKET/KEY; tyk-tui s3 list s3://BUCKET shows all"));
    }
    Ok(&location.key)
}
