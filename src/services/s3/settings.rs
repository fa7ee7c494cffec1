//! Where S3 is: flags over the environment over AWS's files, as the AWS CLI has it.

use std::ffi::OsString;
use std::sync::Arc;

use reqwest::Url;
use rusty_s3::UrlStyle;

use super::Provider;
use super::credentials::{AwsFiles, Environment};
use crate::domain::task::Problem;
use crate::net::http::{Agent, Certificates};

/// The region where nobody names one, as AWS's own tools have it for S3.
const USUAL_REGION: &str = "us-east-1";

/// What a command or a target says of it.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The store's address; AWS's own without.
    pub endpoint: Option<String>,
    /// The bucket's region.
    pub region: Option<String>,
    /// The profile of AWS's files.
    pub profile: Option<String>,
    /// The bucket stands in the path of URLs.
    pub path_style: bool,
    /// Any certificate is trusted.
    pub insecure_tls: bool,
}

/// What is in force.
#[derive(Clone, Debug)]
pub struct Settings {
    pub(super) endpoint: Url,
    pub(super) region: String,
    pub(super) certificates: Certificates,
    path_style: bool,
    profile: Option<String>,
    files: Arc<AwsFiles>,
    environment: Environment,
}

impl Settings {
    /// Reads AWS's variables (by `variable`) and files. The files may hold secrets; commands that they name are run only
    /// once credentials are needed.
    pub fn new(
        flags: &Flags,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Problem> {
        let environment = Environment::of(variable);
        let files = Arc::new(AwsFiles::read(&environment)?);
        let named = flags.profile.clone().or_else(|| environment.get("AWS_PROFILE"));
        let profile = files.profile(named.as_deref().unwrap_or("default"));
        let of_profile = |key: &str| profile.get(key).map(str::to_owned);
        let region = flags.region.clone();
        let region = region.or_else(|| environment.get("AWS_REGION"));
        let region = region.or_else(|| environment.get("AWS_DEFAULT_REGION"));
        let region = region.or_else(|| of_profile("region"));
        let region = region.unwrap_or_else(|| USUAL_REGION.to_owned());
        if region.is_empty() || !region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err(Problem::usage(format!("{region:?} cannot be a region"))
                .help("write it as in eu-west-1; a store of your own takes any, as us-east-1"));
        }
        let given = flags.endpoint.clone();
        let given = given.or_else(|| environment.endpoint("S3"));
        let given = given.or_else(|| of_profile("endpoint_url"));
        let endpoint = given.unwrap_or_else(|| format!("https://s3.{region}.{}", domain(&region)));
        let endpoint = address(&endpoint)?;
        let path_style =
            flags.path_style || of_profile("s3.addressing_style").as_deref() == Some("path");
        let certificates = Certificates::of(flags.insecure_tls);
        let profile = flags.profile.clone();
        Ok(Self { endpoint, region, certificates, path_style, profile, files, environment })
    }

    /// Who gets the credentials; `agent` asks over HTTP.
    pub(super) fn provider(&self, agent: Agent) -> Provider {
        let (environment, files) = (self.environment.clone(), Arc::clone(&self.files));
        Provider::new(environment, files, self.profile.clone(), self.region.clone(), agent)
    }

    /// Where the bucket's name stands: in the path where that is asked for, and where it cannot stand in the host.
    pub(super) fn style(&self, bucket: &str) -> UrlStyle {
        let host = self.endpoint.host_str().unwrap_or_default();
        let no_names_below = self.endpoint.domain().is_none() || host == "localhost";
        // A certificate for *.s3.amazonaws.com covers no name with a dot.
        let no_host = bucket.contains(['.', '_']) || bucket.chars().any(|c| c.is_ascii_uppercase());
        if self.path_style || no_names_below || no_host {
            UrlStyle::Path
        } else {
            UrlStyle::VirtualHost
        }
    }
}

/// AWS's domain for a region.
pub(super) fn domain(region: &str) -> &'static str {
    if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" }
}

fn address(text: &str) -> Result<Url, Problem> {
    let refused = |why: &str| {
        // Not repeated: there may be a password in it.
        Problem::usage(format!("the address of the S3 store {why}"))
            .help("write --endpoint-url as in https://minio.example.org:9000")
    };
    let url = Url::parse(text.trim()).map_err(|_| refused("is no URL"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(refused("is not http:// or https:// with a host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("holds a name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refused("has something behind its path"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(flags: &Flags, variables: &[(&str, &str)]) -> Result<Settings, Problem> {
        Settings::new(flags, |name| {
            let found = variables.iter().find(|(it, _)| *it == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn flags_win_over_the_environment_and_a_region_makes_the_address() {
        let region = |flags: &Flags, variables: &[(&str, &str)]| {
            let settings = settings(flags, variables).unwrap();
            (settings.region.clone(), settings.endpoint.to_string())
        };
        let expect = |region: &str, url: &str| (region.to_owned(), url.to_owned());
        let none = Flags::default();
        assert_eq!(region(&none, &[]), expect("us-east-1", "https://s3.us-east-1.amazonaws.com/"));
        let variables = [("AWS_REGION", "cn-north-1"), ("AWS_DEFAULT_REGION", "eu-west-1")];
        let china = expect("cn-north-1", "https://s3.cn-north-1.amazonaws.com.cn/");
        assert_eq!(region(&none, &variables), china);
        let flags = Flags { region: Some("eu-west-1".into()), ..Flags::default() };
        let variables =
            [("AWS_ENDPOINT_URL", "http://a"), ("AWS_ENDPOINT_URL_S3", "http://b:9000")];
        assert_eq!(region(&flags, &variables), expect("eu-west-1", "http://b:9000/"));
        for bad in ["eu west", "", "../x"] {
            assert!(
                settings(&Flags { region: Some(bad.into()), ..Flags::default() }, &[]).is_err()
            );
        }
        for bad in ["minio:9000", "ftp://x", "http://u:p@x", "http://x/?a", "s3"] {
            let flags = Flags { endpoint: Some(bad.into()), ..Flags::default() };
            let problem = settings(&flags, &[]).unwrap_err();
            assert!(!problem.to_string().contains("u:p"), "{problem}");
        }
    }

    #[test]
    fn a_bucket_stands_in_the_host_where_it_can() {
        let is_path = |endpoint: Option<&str>, path_style: bool, bucket: &str| {
            let endpoint = endpoint.map(str::to_owned);
            let flags = Flags { endpoint, path_style, ..Flags::default() };
            matches!(settings(&flags, &[]).unwrap().style(bucket), UrlStyle::Path)
        };
        assert!(!is_path(None, false, "plugins"));
        assert!(is_path(None, true, "plugins"));
        assert!(is_path(None, false, "my.plugins"));
        assert!(is_path(Some("http://127.0.0.1:9000"), false, "plugins"));
        assert!(is_path(Some("http://[::1]:9000"), false, "plugins"));
        assert!(is_path(Some("http://localhost:9000"), false, "plugins"));
        assert!(!is_path(Some("https://fra1.example.com"), false, "plugins"));
    }
}
