//! Credentials, from where AWS's own tools look for them, in their order: variables; a web identity; the profile of AWS's
//! files; the container; the machine (`IMDSv2`). A profile that is asked for by name is the only source.

mod files;
mod metadata;
mod process;
mod profile;
mod sigv4;
mod sso;
mod sts;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::Mutex;

pub(super) use files::AwsFiles;

use crate::domain::task::Problem;
use crate::net::http::{Agent, CallError, Message, Reply};

/// Credentials that end so soon are not used any more: an upload may take as long.
const SOON: Duration = Duration::from_mins(5);

/// How long an answer of those who give out credentials may take.
const LIMIT: Duration = Duration::from_secs(10);

/// A key with its secret.
#[derive(Clone)]
pub struct Credentials {
    /// The key's id, which is no secret.
    pub key: String,
    pub(super) secret: SecretString,
    pub(super) token: Option<SecretString>,
    /// When they end; `None` for those that do not.
    pub expires: Option<Timestamp>,
    /// Where they are from, as a sentence goes on: `of the variable AWS_ACCESS_KEY_ID`.
    pub from: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Credentials {
    fn is_fresh(&self) -> bool {
        let soon = jiff::SignedDuration::try_from(SOON).unwrap_or_default();
        self.expires.is_none_or(|expires| expires > Timestamp::now() + soon)
    }

    /// The same, had for another reason.
    fn from(self, from: impl Into<String>) -> Self {
        Self { from: from.into(), ..self }
    }
}

/// Gets credentials, and new ones when they end.
pub struct Provider {
    environment: Environment,
    files: Arc<AwsFiles>,
    /// The profile that is asked for.
    asked: Option<String>,
    region: String,
    agent: Agent,
    held: Mutex<Option<Credentials>>,
}

impl Provider {
    pub(super) fn new(
        environment: Environment,
        files: Arc<AwsFiles>,
        asked: Option<String>,
        region: String,
        agent: Agent,
    ) -> Self {
        Self { environment, files, asked, region, agent, held: Mutex::default() }
    }

    /// Those that hold for a while yet.
    pub async fn get(&self) -> Result<Credentials, Problem> {
        let mut held = self.held.lock().await;
        if let Some(credentials) = held.as_ref().filter(|held| held.is_fresh()) {
            return Ok(credentials.clone());
        }
        let found = self.find().await?;
        tracing::info!("S3 credentials {}", found.from);
        *held = Some(found.clone());
        Ok(found)
    }

    async fn find(&self) -> Result<Credentials, Problem> {
        if let Some(name) = &self.asked {
            let found = self.of_profile(name).await?;
            return found.ok_or_else(|| {
                Problem::failed(format!("the AWS profile {name:?} has no credentials"))
                    .at(self.files.places())
                    .help("look at what it has: aws configure list --profile NAME")
            });
        }
        if let Some(found) = self.environment.credentials()? {
            return Ok(found);
        }
        let named = self.environment.get("AWS_PROFILE");
        if named.is_none()
            && let Some(found) = self.of_web_identity().await?
        {
            return Ok(found);
        }
        if let Some(found) = self.of_profile(named.as_deref().unwrap_or("default")).await? {
            return Ok(found);
        }
        if let Some(found) = self.of_container().await? {
            return Ok(found);
        }
        let why = match self.of_machine().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => String::new(),
            Err(problem) => format!(" (the machine: {})", problem.what),
        };
        Err(Problem::failed(format!(
            "there are no AWS credentials: none in the environment, in {}, of a container or of the machine{why}",
            self.files.places()
        ))
        .help("aws configure makes some; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile NAME"))
    }

    /// Asks who gives out credentials; `who` as people call it. Only 200 is an answer.
    async fn ask(&self, who: &str, message: Message, limit: Duration) -> Result<Reply, Problem> {
        let place = format!("{}://{}", message.url.scheme(), message.url.authority());
        let failed = |error: CallError| error.problem(who, &place);
        let reply = self.agent.send(message, limit).await.map_err(failed)?;
        if reply.status == reqwest::StatusCode::OK {
            return Ok(reply);
        }
        let text = reply.text();
        let said = super::xml::element(&text, "Message").unwrap_or_else(|| {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            line.chars().take(200).collect()
        });
        Err(Problem::failed(format!("{who} answered {}: {said}", reply.status.as_u16())).at(place))
    }
}

/// AWS's variables, as they were at the start.
#[derive(Clone)]
pub(super) struct Environment(Arc<BTreeMap<&'static str, String>>);

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

/// The variables that are looked at.
const VARIABLES: [&str; 26] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ENDPOINT_URL_STS",
    "AWS_ENDPOINT_URL_SSO",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    "AWS_METADATA_SERVICE_TIMEOUT",
    "HOME",
    "PATH",
];

impl Environment {
    pub(super) fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = VARIABLES.into_iter().filter_map(|name| {
            let value = variable(name)?.into_string().ok()?;
            (!value.trim().is_empty()).then_some((name, value))
        });
        Self(Arc::new(set.collect()))
    }

    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    /// The address of a service of AWS's, where it is set to be another.
    pub(super) fn endpoint(&self, service: &str) -> Option<String> {
        if self.is_on("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") {
            return None;
        }
        let own = self.get(&format!("AWS_ENDPOINT_URL_{service}"));
        own.or_else(|| self.get("AWS_ENDPOINT_URL"))
    }

    fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    fn credentials(&self) -> Result<Option<Credentials>, Problem> {
        let Some(key) = self.get("AWS_ACCESS_KEY_ID") else { return Ok(None) };
        let secret = self.get("AWS_SECRET_ACCESS_KEY").ok_or_else(|| {
            Problem::failed(
                "the variable AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not",
            )
            .help("set both, or none of them")
        })?;
        Ok(Some(Credentials {
            key: key.trim().to_owned(),
            secret: SecretString::from(secret.trim()),
            token: self.get("AWS_SESSION_TOKEN").map(SecretString::from),
            expires: None,
            from: "of the variable AWS_ACCESS_KEY_ID".to_owned(),
        }))
    }
}

/// Credentials as JSON, as commands, containers and machines give them out.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    access_key_id: String,
    secret_access_key: SecretText,
    #[serde(alias = "SessionToken")]
    token: Option<SecretText>,
    expiration: Option<String>,
}

/// Text that is a secret from the moment it is read.
struct SecretText(SecretString);

impl<'de> serde::Deserialize<'de> for SecretText {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(SecretString::from(String::deserialize(from)?)))
    }
}

impl Document {
    /// Reads it; `who` gave it out. What it says is in no error.
    fn read(json: &[u8], who: &str) -> Result<Credentials, Problem> {
        let strange = || {
            Problem::failed(format!("what {who} gave out are no credentials"))
                .help("it should be JSON with AccessKeyId and SecretAccessKey")
        };
        let read: Self = serde_json::from_slice(json).map_err(|_| strange())?;
        let expires = match read.expiration {
            Some(at) => Some(at.parse().map_err(|_| strange())?),
            None => None,
        };
        Ok(Credentials {
            key: read.access_key_id,
            secret: read.secret_access_key.0,
            token: read.token.map(|token| token.0),
            expires,
            from: format!("of {who}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_in_no_debug_output_and_in_no_error() {
        let json = br#"{"AccessKeyId":"AKIA","SecretAccessKey":"hidden-1","Token":"hidden-2"}"#;
        let read = Document::read(json, "it").unwrap();
        assert_eq!((read.key.as_str(), read.token.is_some()), ("AKIA", true));
        assert!(!format!("{read:?}").contains("hidden"));
        let json =
            br#"{"AccessKeyId":"AKIA","SecretAccessKey":"hidden-1","Expiration":"hidden-3"}"#;
        assert!(!Document::read(json, "it").unwrap_err().to_string().contains("hidden"));
        let variable = |name: &str| (name == "AWS_SECRET_ACCESS_KEY").then(|| "hidden".into());
        assert!(!format!("{:?}", Environment::of(variable)).contains("hidden"));
    }
}
