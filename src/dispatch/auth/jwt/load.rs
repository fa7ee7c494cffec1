//! The settings of `jwt`.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::{Algorithm, AlgorithmFamily};
use reqwest::Url;

use super::keys::{self, Key, Unfit};
use super::remote::Remote;
use super::{Jwt, Keys};
use crate::dispatch::auth::Refusal;
use crate::dispatch::auth::credential::{self, Credential};
use crate::dispatch::auth::session::{self, Plan};
use crate::dispatch::rules::{Action, Loader, Placed, Table, action_table, of_file};
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
            let words: Vec<_> = JwtAlgorithm::ALL.iter().map(|it| it.word()).collect();
            let is_other = ["ES512", "ES256K", "Ed25519", "Ed448"].contains(&name.value);
            let why = if is_other { "not supported" } else { "no algorithm of tokens here" };
            let what = format!("`{}` is {why}", name.value);
            let problem = table.problem(&name.span, what);
            // One of another family would have another kind of key: a secret, for one.
            let family = |near: &&str| {
                let first = |name: &str| name.get(..2).map(str::to_ascii_uppercase);
                first(near) == first(name.value)
            };
            let near = nearest(name.value, words.iter().copied()).filter(family);
            problem.help(match (name.value, near.filter(|_| !is_other)) {
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
    if let Some(refresh) = table.value("refresh").filter(|_| source != "jwks_url") {
        return Err(table.problem(
            &refresh.span(),
            "`refresh` is of `jwks_url`: a file is read when it changes",
        ));
    }
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
    let keys = match source {
        "secret_file" => secret(&file.text).map(|key| vec![key]),
        "key_file" => Key::pem(&file.text).map(|key| vec![key]).map_err(unfit),
        _ => keys::of_file(&file.text).map_err(unfit),
    };
    let keys = keys.map_err(|problem| of_file(table, source, problem))?;
    if source == "secret_file" {
        short(loader, &file.text, algorithms);
    }
    for algorithm in algorithms {
        let fits = |key: &Key| key.signs(algorithm.value);
        let mixed = source != "jwks_file" && !keys.iter().all(fits);
        if mixed || !keys.iter().any(fits) {
            let what = format!("no key in `{source}` is one of {:?}", algorithm.value);
            return Err(table.problem(&algorithm.span, what).help(
                "a secret verifies HS…, an RSA key RS… and PS…, a P-256 key ES256, a P-384 key ES384, an Ed25519 key EdDSA",
            ));
        }
    }
    Ok(Keys::Here(Arc::new(keys)))
}

fn unfit(unfit: Unfit) -> Problem {
    Problem { help: unfit.help, ..Problem::failed(unfit.what) }
}

fn secret(text: &str) -> Result<Key, Problem> {
    let secret = text.trim();
    if secret.is_empty() {
        return Err(Problem::failed("the file is empty"));
    }
    if secret.starts_with("-----BEGIN ") {
        // Whoever has the public key would sign tokens with it as if it were a secret.
        return Err(Problem::failed("a PEM key is no secret")
            .help("name it as `key_file`, with an algorithm of its own"));
    }
    Ok(Key::secret(secret))
}

/// Says so where a secret has fewer bytes than the hash that it is for (RFC 7518, 3.2): whoever has a token can look for it.
fn short(loader: &mut Loader<'_>, text: &str, algorithms: &[Placed<Algorithm>]) {
    let least = |algorithm: Algorithm| match algorithm {
        Algorithm::HS256 => 32,
        Algorithm::HS384 => 48,
        Algorithm::HS512 => 64,
        _ => 0,
    };
    let bytes = text.trim().len();
    let short = algorithms.iter().map(|it| it.value).find(|it| bytes < least(*it));
    if let Some(algorithm) = short {
        loader.notice(format!(
            "the secret has {bytes} bytes and {algorithm:?} wants {}: a short one can be found by whoever has a token",
            least(algorithm)
        ));
    }
}

fn remote(loader: &mut Loader<'_>, table: &Table<'_>) -> Result<Arc<Remote>, Problem> {
    let url = table.required("jwks_url")?;
    let wrong = |what: String| table.problem(&url.span, what);
    let parsed = Url::parse(url.value).ok().filter(|url| ["http", "https"].contains(&url.scheme()));
    let Some(parsed) = parsed else {
        let what = "`jwks_url` is no URL of https or http".to_owned();
        return Err(wrong(what).help("write it whole, with https:// in front"));
    };
    let loopback = matches!(parsed.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if parsed.scheme() == "http" && !loopback {
        loader.notice(format!(
            "the keys of {} come in clear: whoever is on the way can put his own in their place",
            parsed.host_str().unwrap_or_default()
        ));
    }
    let every = whole(table, "refresh", 1)?.unwrap_or(REFRESH);
    let remote = loader.remotes.of(&parsed, Duration::from_secs(every));
    remote.map_err(|error| wrong(error.to_string()).help(error.help("the server of keys")))
}
