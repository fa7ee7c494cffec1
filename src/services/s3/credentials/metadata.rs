//! Credentials that a container's or a machine's surroundings give out: Amazon ECS and EKS, and EC2 by `IMDSv2` alone, as
//! version 1 answers whoever makes a server ask it.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::{Method, Url};

use super::{Credentials, Document, LIMIT, Provider};
use crate::domain::task::Problem;
use crate::net::http::Message;

/// Where ECS gives them out.
const CONTAINER: &str = "http://169.254.170.2";

/// Where EC2 gives them out. Elsewhere nothing answers there, which must not take long to find out.
const MACHINE: &str = "http://169.254.169.254";
const MACHINE_LIMIT: Duration = Duration::from_secs(1);

/// For how long a token of `IMDSv2` is asked.
const TOKEN_SECONDS: &str = "300";

impl Provider {
    pub(super) async fn of_container(&self) -> Result<Option<Credentials>, Problem> {
        const WHO: &str = "the container's surroundings";
        let relative = self.environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        let full = self.environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        let Some(url) = relative.map(|path| format!("{CONTAINER}{path}")).or(full) else {
            return Ok(None);
        };
        let url = Url::parse(&url).ok().filter(may_be_asked).ok_or_else(|| {
            Problem::failed("AWS_CONTAINER_CREDENTIALS_FULL_URI names no address that may be asked")
                .help(
                    "it is https, or an address of this machine or of its container's surroundings",
                )
        })?;
        let mut message = Message::new(Method::GET, url);
        let token = match self.environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            Some(path) => Some(std::fs::read_to_string(&path).map_err(|error| {
                Problem::failed(format!("cannot read the container's token: {error}")).at(path)
            })?),
            None => self.environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
        };
        if let Some(token) = token {
            message = message.header("authorization", token.trim());
        }
        let reply = self.ask(WHO, message, LIMIT).await?;
        Document::read(&reply.body, WHO).map(Some)
    }

    /// `None` where it is switched off. Where nobody answers it is an error, which most callers take for none.
    pub(super) async fn of_machine(&self) -> Result<Option<Credentials>, Problem> {
        const WHO: &str = "the machine's metadata service";
        if self.environment.is_on("AWS_EC2_METADATA_DISABLED") {
            return Ok(None);
        }
        let base = self.environment.get("AWS_EC2_METADATA_SERVICE_ENDPOINT");
        let base = base.unwrap_or_else(|| MACHINE.to_owned());
        let url = |path: &str| {
            Url::parse(&format!("{}/latest/{path}", base.trim_end_matches('/'))).map_err(|_| {
                Problem::failed("AWS_EC2_METADATA_SERVICE_ENDPOINT is no URL").at(&base)
            })
        };
        let ask = async |message: Message| self.ask(WHO, message, MACHINE_LIMIT).await;
        let token = Message::new(Method::PUT, url("api/token")?)
            .header("x-aws-ec2-metadata-token-ttl-seconds", TOKEN_SECONDS);
        let token = ask(token).await?.text().trim().to_owned();
        let get = |path: &str| {
            let message = Message::new(Method::GET, url(path)?);
            Ok::<_, Problem>(message.header("x-aws-ec2-metadata-token", token.as_str()))
        };
        let roles = ask(get("meta-data/iam/security-credentials/")?).await?;
        let roles = roles.text().trim().to_owned();
        let Some(role) = roles.lines().next().filter(|role| !role.contains(['/', '?', '#'])) else {
            return Err(Problem::failed("the machine has no role").at(&base));
        };
        let reply = ask(get(&format!("meta-data/iam/security-credentials/{role}"))?).await?;
        Document::read(&reply.body, WHO)
            .map(|found| Some(found.from(format!("of the machine's role {role}"))))
    }
}

/// The token in the request must reach nobody else (AWS SDKs and Tools Reference Guide, "Container credential provider").
fn may_be_asked(url: &Url) -> bool {
    let near = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"];
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_near = host == "localhost"
        || near.contains(&host)
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    url.scheme() == "https" || (url.scheme() == "http" && is_near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_containers_token_goes_nowhere_else() {
        for (url, may) in [
            ("http://169.254.170.2/x", true),
            ("http://[fd00:ec2::23]/x", true),
            ("http://127.0.0.1:9/x", true),
            ("https://example.org/x", true),
            ("http://example.org/x", false),
            ("http://169.254.170.2.example.org/x", false),
            ("ftp://localhost/x", false),
        ] {
            assert_eq!(may_be_asked(&url.parse().unwrap()), may, "{url}");
        }
    }
}
