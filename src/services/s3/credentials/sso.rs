//! IAM Identity Center: the token that `aws sso login` keeps is exchanged for a role's credentials. Without one that holds,
//! that command is named: a browser is its business.

use jiff::Timestamp;
use reqwest::{Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::files::Profile;
use super::{Credentials, LIMIT, Provider, SecretText};
use crate::domain::task::Problem;
use crate::net::http::Message;
use crate::services::s3::settings::domain;

/// What `aws sso login` keeps, in a file each; their names are hashes that older and newer versions make differently.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    start_url: String,
    access_token: SecretText,
    expires_at: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    role_credentials: Role,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Role {
    access_key_id: String,
    secret_access_key: SecretText,
    session_token: SecretText,
    /// Milliseconds since 1970.
    expiration: i64,
}

impl Provider {
    pub(super) async fn of_sso(
        &self,
        profile: &Profile<'_>,
        account: &str,
    ) -> Result<Credentials, Problem> {
        const WHO: &str = "AWS's IAM Identity Center";
        let login = format!("aws sso login --profile {}", profile.name);
        let session = profile.get("sso_session");
        let value = |key: &str| {
            let of_session = session.and_then(|session| self.files.session(session, key));
            of_session.or_else(|| profile.get(key)).ok_or_else(|| {
                Problem::failed(format!("the AWS profile {:?} has no `{key}`", profile.name))
                    .at(self.files.places())
                    .help("aws configure sso sets it up")
            })
        };
        let (start, region) = (value("sso_start_url")?, value("sso_region")?);
        let role = value("sso_role_name")?;
        let token = self.kept(start).ok_or_else(|| {
            Problem::failed("there is no AWS SSO session, or it has ended")
                .at(self.files.sso_cache().display())
                .help(format!("log in again: {login}"))
        })?;
        let base = self.environment.endpoint("SSO");
        let base =
            base.unwrap_or_else(|| format!("https://portal.sso.{region}.{}", domain(region)));
        let strange = |why: &str| Problem::failed(format!("{WHO}: {why}")).at(&base);
        let mut url = Url::parse(&base).map_err(|_| strange("its address is no URL"))?;
        url.set_path("/federation/credentials");
        url.query_pairs_mut().append_pair("role_name", role).append_pair("account_id", account);
        let message =
            Message::new(Method::GET, url).header("x-amz-sso_bearer_token", token.expose_secret());
        let reply = self.ask(WHO, message, LIMIT).await;
        let reply = reply.map_err(|problem| problem.help(format!("log in again: {login}")))?;
        let Answer { role_credentials: got } = serde_json::from_slice(&reply.body)
            .map_err(|_| strange("what it gave out are no credentials"))?;
        Ok(Credentials {
            key: got.access_key_id,
            secret: got.secret_access_key.0,
            token: Some(got.session_token.0),
            expires: Timestamp::from_millisecond(got.expiration).ok(),
            from: format!("of the AWS profile {}, by SSO", profile.name),
        })
    }

    /// The token of this start URL that holds yet.
    fn kept(&self, start: &str) -> Option<SecretString> {
        let entries = std::fs::read_dir(self.files.sso_cache()).ok()?;
        let of_start = entries.flatten().filter_map(|entry| {
            let kept: Kept = serde_json::from_slice(&std::fs::read(entry.path()).ok()?).ok()?;
            let at: Timestamp = kept.expires_at.replace("UTC", "Z").parse().ok()?;
            let fits =
                kept.start_url.trim_end_matches(['/', '#']) == start.trim_end_matches(['/', '#']);
            (fits && at > Timestamp::now()).then_some((at, kept.access_token.0))
        });
        of_start.max_by_key(|(at, _)| *at).map(|(_, token)| token)
    }
}
