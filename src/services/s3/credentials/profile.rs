//! What a profile of AWS's files says of credentials.

use std::pin::Pin;

use secrecy::SecretString;

use super::files::Profile;
use super::{Credentials, Provider};
use crate::domain::task::Problem;

type Found<'a> = Pin<Box<dyn Future<Output = Result<Option<Credentials>, Problem>> + Send + 'a>>;

impl Provider {
    /// The credentials of a profile; `None` where it has none. One that is asked for must be there.
    pub(super) async fn of_profile(&self, name: &str) -> Result<Option<Credentials>, Problem> {
        let profile = self.files.profile(name);
        if !profile.exists() && name != "default" {
            let names = self.files.names().join(", ");
            let there = if names.is_empty() {
                "there is none".to_owned()
            } else {
                format!("there are: {names}")
            };
            return Err(Problem::failed(format!("no AWS profile is called {name:?}"))
                .at(self.files.places())
                .help(there));
        }
        self.resolved(profile, Vec::new()).await
    }

    /// A role's credentials are had with those of another profile, which may have a role of its own: `passed` are those on
    /// the way.
    fn resolved<'a>(&'a self, profile: Profile<'a>, mut passed: Vec<&'a str>) -> Found<'a> {
        Box::pin(async move {
            let wrong = |why: String| {
                Problem::failed(format!("the AWS profile {:?} {why}", profile.name))
                    .at(self.files.places())
            };
            if passed.contains(&profile.name) {
                return Err(wrong("is its own source, by `source_profile`".to_owned()));
            }
            if let Some(role) = profile.get("role_arn") {
                if let Some(file) = profile.get("web_identity_token_file") {
                    let session = profile.get("role_session_name");
                    return self.web_identity(role, file, session).await.map(Some);
                }
                if profile.get("mfa_serial").is_some() {
                    return Err(wrong("wants a code of a second factor for its role".to_owned())
                        .help("get a session with aws sts assume-role, and export its three variables"));
                }
                let source = match (profile.get("source_profile"), profile.get("credential_source"))
                {
                    // With keys of its own a profile may name itself.
                    (Some(source), _) if source == profile.name => static_keys(&profile),
                    (Some(source), _) => {
                        let next = self.files.profile(source);
                        if !next.exists() {
                            return Err(wrong(format!(
                                "takes its role with the profile {source:?}, which is not there"
                            )));
                        }
                        passed.push(profile.name);
                        self.resolved(next, passed).await?
                    }
                    (None, Some("Environment")) => self.environment.credentials()?,
                    (None, Some("EcsContainer")) => self.of_container().await?,
                    (None, Some("Ec2InstanceMetadata")) => self.of_machine().await?,
                    (None, other) => {
                        let why = match other {
                            Some(other) => {
                                format!("has a `credential_source` that is not known: {other:?}")
                            }
                            None => "has a `role_arn`, and no `source_profile` that takes the role"
                                .to_owned(),
                        };
                        return Err(wrong(why));
                    }
                };
                let source = source.ok_or_else(|| {
                    wrong("has a role, and its source has no credentials".to_owned())
                })?;
                return self.assumed(role, &source, &profile).await.map(Some);
            }
            if let Some(keys) = static_keys(&profile) {
                return Ok(Some(keys));
            }
            if let Some(account) = profile.get("sso_account_id") {
                return self.of_sso(&profile, account).await.map(Some);
            }
            match profile.get("credential_process") {
                Some(command) => super::process::run(command, profile.name).await.map(Some),
                None => Ok(None),
            }
        })
    }
}

fn static_keys(profile: &Profile<'_>) -> Option<Credentials> {
    Some(Credentials {
        key: profile.get("aws_access_key_id")?.to_owned(),
        secret: SecretString::from(profile.get("aws_secret_access_key")?),
        token: profile.get("aws_session_token").map(SecretString::from),
        expires: None,
        from: format!("of the AWS profile {}", profile.name),
    })
}
