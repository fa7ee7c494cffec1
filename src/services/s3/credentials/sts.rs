//! Roles: AWS's Security Token Service gives out credentials for one, to who has others or a web identity.

use form_urlencoded::Serializer;
use reqwest::{Method, Url};
use secrecy::SecretString;

use super::files::Profile;
use super::{Credentials, LIMIT, Provider, sigv4};
use crate::domain::task::Problem;
use crate::net::http::Message;
use crate::services::s3::settings::domain;
use crate::services::s3::xml::element;

const WHO: &str = "AWS's token service (STS)";

/// What a session is called in AWS's logs where nobody says.
const SESSION: &str = "tyk-tui";

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

impl Provider {
    /// A web identity that the environment names, as EKS sets it.
    pub(super) async fn of_web_identity(&self) -> Result<Option<Credentials>, Problem> {
        let file = self.environment.get("AWS_WEB_IDENTITY_TOKEN_FILE");
        let role = self.environment.get("AWS_ROLE_ARN");
        let session = self.environment.get("AWS_ROLE_SESSION_NAME");
        match (file, role) {
            (Some(file), Some(role)) => {
                self.web_identity(&role, &file, session.as_deref()).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The role's credentials, for a token that is in a file.
    pub(super) async fn web_identity(
        &self,
        role: &str,
        file: &str,
        session: Option<&str>,
    ) -> Result<Credentials, Problem> {
        let token = std::fs::read_to_string(file).map_err(|error| {
            Problem::failed(format!("cannot read the web identity's token: {error}")).at(file)
        })?;
        let own = [("WebIdentityToken", token.trim())];
        let message = self.message("AssumeRoleWithWebIdentity", role, session, &own)?;
        self.role(role, message).await
    }

    /// The credentials of a profile's role, had with others.
    pub(super) async fn assumed(
        &self,
        role: &str,
        source: &Credentials,
        profile: &Profile<'_>,
    ) -> Result<Credentials, Problem> {
        let own = [("ExternalId", "external_id"), ("DurationSeconds", "duration_seconds")];
        let own: Vec<_> =
            own.iter().filter_map(|(name, key)| Some((*name, profile.get(key)?))).collect();
        let message = self.message("AssumeRole", role, profile.get("role_session_name"), &own)?;
        let message = sigv4::signed(message, source, &self.region, "sts", jiff::Timestamp::now());
        self.role(role, message).await
    }

    async fn role(&self, role: &str, message: Message) -> Result<Credentials, Problem> {
        let reply = self.ask(WHO, message, LIMIT).await.map_err(|problem| {
            let what = format!("cannot take the role {role}: {}", problem.what);
            Problem { what, ..problem }
        })?;
        let text = reply.text();
        let strange = || Problem::failed(format!("what {WHO} gave out are no credentials"));
        let value = |name: &str| element(&text, name).ok_or_else(strange);
        Ok(Credentials {
            key: value("AccessKeyId")?,
            secret: SecretString::from(value("SecretAccessKey")?),
            token: Some(SecretString::from(value("SessionToken")?)),
            expires: Some(value("Expiration")?.parse().map_err(|_| strange())?),
            from: format!("of the role {role}"),
        })
    }

    fn message(
        &self,
        action: &str,
        role: &str,
        session: Option<&str>,
        own: &[(&str, &str)],
    ) -> Result<Message, Problem> {
        let form = Serializer::new(String::new())
            .append_pair("Action", action)
            .append_pair("Version", "2011-06-15")
            .append_pair("RoleArn", role)
            .append_pair("RoleSessionName", session.unwrap_or(SESSION))
            .extend_pairs(own)
            .finish();
        let message = Message::new(Method::POST, self.sts()?);
        Ok(message.header("content-type", FORM).body(form.into_bytes()))
    }

    fn sts(&self) -> Result<Url, Problem> {
        let url = self
            .environment
            .endpoint("STS")
            .unwrap_or_else(|| format!("https://sts.{}.{}", self.region, domain(&self.region)));
        Url::parse(&url)
            .map_err(|_| Problem::failed("the address of AWS's token service is no URL").at(url))
    }
}
