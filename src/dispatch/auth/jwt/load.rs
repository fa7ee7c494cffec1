//! The settings of `jwt`.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::{Algorithm, AlgorithmFamily};
use reqwest::Url;

use super::keys::{self, Key};
use super::remote::Remote;
use super::{Jwt, Keys};
use crate::dispatch::auth::Refusal;
use crate::dispatch::auth::credential::{self, Credential};
use crate::dispatch::auth::session::{self, Plan};
use crate::dispatch::rules::{Action, Loader, Placed, Table, action_table};
use crate::domain::nearest::nearest;
use crate::domain::request::{Algorithm as _, JwtAlgorithm};
use crate::domain::task::Problem;

/// Seconds by which clocks may differ, where the rule does not say.
const SKEW: u64 = 60;

/// Seconds after which a server is asked for its keys again.
const REFRESH: u64 = 300;

const OWN: [&str; 12] = [
    "algorithms",
    "secret_file",
    "key_file",
    "jwks_file",
    "jwks_url",
    "refresh",
    "issuer",
    "audience",
    "skew",
    "identity",
    "code",
    "error",
];

pub(super) fn load(loader: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let table = action_table(
        action,
        "jwt",
        "`jwt`",
        &[&OWN[..], &credential::KEYS, &session::KEYS].concat(),
    )?;
    let credential = Credential::load(loader, &table)?;
    let plan = Plan::load(loader, &table, None)?;
    let algorithms = algorithms(&table)?;
    let keys = keys(loader, &table, &algorithms)?;
    let skew = whole(&table, "skew", 0)?.unwrap_or(SKEW);
    let identity = table.texts("identity")?.unwrap_or_else(|| vec!["sub".to_owned()]);
    let mut refusal = Refusal::new(401, "Not authorized").load(&table)?;
    refusal.headers.push(("WWW-Authenticate".to_owned(), "Bearer".to_owned()));
    Ok(Action::Later(Box::new(Jwt {
        credential,
        algorithms: algorithms.iter().map(|algorithm| algorithm.value).collect(),
        issuer: table.texts("issuer")?.map(HashSet::from_iter),
        audience: table.texts("audience")?.map(HashSet::from_iter),
        skew,
        identity,
        keys,
        plan,
        refusal,
    })))
}

fn whole(table: &Table<'_>, key: &str, least: u64) -> Result<Option<u64>, Problem> {
    let Some(number) = table.integer(key)? else { return Ok(None) };
    let valid = u64::try_from(number.value).ok().filter(|it| *it >= least && *it <= 86_400);
    valid.map(Some).ok_or_else(|| {
        table.problem(&number.span, format!("`{key}` must be from {least} to 86400 seconds"))
    })
}

fn algorithms(table: &Table<'_>) -> Result<Vec<Placed<Algorithm>>, Problem> {
    let names = table.strings("algorithms")?.ok_or_else(|| {
        table.problem(&table.span, "`jwt` without `algorithms`").help(
            "name those that its keys sign with, as algorithms = [\"RS256\"]: what a token says of itself is not believed",
        )
    })?;
    let each = |name: Placed<&str>| {
        let known = JwtAlgorithm::ALL.iter().find(|it| it.word() == name.value);
        let algorithm = known.ok_or_else(|| {
            let problem = table
                .problem(&name.span, format!("`{}` is no algorithm of tokens here", name.value));
            let words: Vec<_> = JwtAlgorithm::ALL.iter().map(|it| it.word()).collect();
            problem.help(match (name.value, nearest(name.value, words.iter().copied())) {
                ("none", _) => "a token without a signature proves nothing".to_owned(),
                (_, Some(near)) => format!("did you mean `{near}`?"),
                (_, None) => format!("known are {}", words.join(", ")),
            })
        })?;
        Ok(Placed { value: Algorithm::from(*algorithm), span: name.span })
    };
    names.into_iter().map(each).collect()
}

fn family(algorithm: Algorithm) -> AlgorithmFamily {
    let families = [AlgorithmFamily::Rsa, AlgorithmFamily::Ec, AlgorithmFamily::Ed];
    let found = families.into_iter().find(|family| family.algorithms().contains(&algorithm));
    found.unwrap_or(AlgorithmFamily::Hmac)
}

fn keys(
    loader: &mut Loader<'_>,
    table: &Table<'_>,
    algorithms: &[Placed<Algorithm>],
) -> Result<Keys, Problem> {
    let all = ["secret_file", "key_file", "jwks_file", "jwks_url"];
    let named: Vec<_> = all.into_iter().filter(|key| table.value(key).is_some()).collect();
    let &[source] = &named[..] else {
        let what = if named.is_empty() { "no keys" } else { "keys from several places" };
        return Err(table
            .problem(&table.span, format!("`jwt` with {what}"))
            .help(format!("name one of {}", all.join(", "))));
    };
    if source == "jwks_url" {
        for algorithm in algorithms {
            if family(algorithm.value) == AlgorithmFamily::Hmac {
                return Err(table
                    .problem(&algorithm.span, "a secret that a server gives to everybody is none")
                    .help("take algorithms of public keys with `jwks_url`, as RS256 or ES256"));
            }
        }
        return remote(loader, table).map(Keys::Remote);
    }
    let what = if source == "secret_file" { "the secret's file" } else { "the key file" };
    // Named above.
    let Some(file) = loader.file(table, source, what)? else {
        return Ok(Keys::Here(Arc::default()));
    };
    let path = file.path.display().to_string();
    let keys = match source {
        "secret_file" => vec![secret(&file.text, &path)?],
        "key_file" => vec![
            Key::pem(&file.text)
                .map_err(|(what, help)| Problem::failed(what).at(&path).help(help))?,
        ],
        _ => keys::of_set(file.text.as_bytes(), true)
            .map_err(|what| Problem::failed(what).at(&path))?,
    };
    for algorithm in algorithms {
        let fits = |key: &Key| key.verifier.family() == family(algorithm.value);
        let mixed = source != "jwks_file" && !keys.iter().all(fits);
        if mixed || !keys.iter().any(fits) {
            let what = format!("no key in `{source}` is one of {:?}", algorithm.value);
            return Err(table.problem(&algorithm.span, what).help(
                "a secret verifies HS…, an RSA key RS… and PS…, an EC key ES…, an Ed25519 key EdDSA",
            ));
        }
    }
    Ok(Keys::Here(Arc::new(keys)))
}

fn secret(text: &str, path: &str) -> Result<Key, Problem> {
    let secret = text.trim();
    if secret.is_empty() {
        return Err(Problem::failed("the secret's file is empty").at(path));
    }
    if secret.starts_with("-----BEGIN ") {
        // Whoever has the public key would sign tokens with it as if it were a secret.
        return Err(Problem::failed("a PEM key is no secret")
            .at(path)
            .help("name it as `key_file`, with an algorithm of its own"));
    }
    Ok(Key::secret(secret))
}

fn remote(loader: &mut Loader<'_>, table: &Table<'_>) -> Result<Arc<Remote>, Problem> {
    let url = table.required("jwks_url")?;
    let wrong = |what: String| table.problem(&url.span, what);
    let parsed = Url::parse(url.value).map_err(|error| wrong(format!("no URL: {error}")))?;
    let loopback = matches!(parsed.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if parsed.scheme() == "http" && !loopback {
        loader.notice(format!(
            "the keys of {} come in clear: whoever is on the way can put his own in their place",
            parsed.host_str().unwrap_or_default()
        ));
    }
    let every = whole(table, "refresh", 1)?.unwrap_or(REFRESH);
    let remote = Remote::new(&parsed, Duration::from_secs(every));
    remote
        .map(Arc::new)
        .map_err(|error| wrong(error.to_string()).help(error.help("the server of keys")))
}
