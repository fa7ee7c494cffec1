//! JSON Web Tokens: signed by a key that the rule has, with an algorithm that the rule names, for whom and as long as they
//! say.

pub(in crate::dispatch) mod keys;
mod load;
mod remote;

use std::borrow::Cow;
use std::collections::HashSet;
use std::pin::Pin;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde_json::{Map, Value};

use super::credential::Credential;
use super::session::{Caller, Plan};
use super::{Refusal, after_word, named};
use crate::dispatch::rules::{Done, Hooks, Kind, Later, Turn};
use crate::domain::object::coprocess::SessionState;

use keys::Key;
use remote::Remote;
pub(in crate::dispatch) use remote::Remotes;

/// `jwt = { algorithms = ["RS256"], jwks_url = "https://id.example.org/jwks", audience = "orders" }`.
pub(in crate::dispatch) const KIND: Kind =
    Kind { name: "jwt", hooks: Hooks::AuthCheck, load: load::load };

/// Bytes of a token, at most.
const LONGEST: usize = 16 << 10;

/// The action `jwt`.
#[derive(Debug)]
struct Jwt {
    /// Where the token stands.
    credential: Credential,
    /// The rule's own list: what a token says of its algorithm is compared with it, and never believed.
    algorithms: Vec<Algorithm>,
    issuer: Option<HashSet<String>>,
    audience: Option<HashSet<String>>,
    /// Seconds by which clocks may differ.
    skew: u64,
    /// Claims that say who it is, the first that is there.
    identity: Vec<String>,
    keys: Keys,
    plan: Plan,
    refusal: Refusal,
}

/// Where keys come from.
#[derive(Debug)]
enum Keys {
    Here(Arc<Vec<Key>>),
    Remote(Arc<Remote>),
}

/// Why a token does not count.
enum Bad {
    /// It is the caller's fault.
    Token(String),
    /// There are no keys to look with.
    Keys(String),
}

impl Later for Jwt {
    fn takes_long(&self) -> bool {
        true
    }

    fn apply<'a>(
        &'a self,
        turn: &'a mut Turn<'_>,
    ) -> Pin<Box<dyn Future<Output = Done> + Send + 'a>> {
        Box::pin(async move {
            let Some(value) = self.credential.of(turn.head) else {
                return self.refusal.refuse(turn, format!("no {}", self.credential));
            };
            let token = after_word(value, "Bearer").unwrap_or(value).trim();
            match self.claims(token).await {
                Ok(claims) => self.grant(turn, token, claims),
                Err(Bad::Token(why)) => self.refusal.refuse(turn, why),
                Err(Bad::Keys(why)) => {
                    Refusal::new(503, "Keys of tokens are not available").refuse(turn, why)
                }
            }
        })
    }
}

impl Jwt {
    fn grant(&self, turn: &mut Turn<'_>, token: &str, claims: Map<String, Value>) -> Done {
        let text = |name: &str| match claims.get(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(Cow::Borrowed(text.as_str())),
            Some(Value::Number(number)) => Some(Cow::Owned(number.to_string())),
            _ => None,
        };
        let issuer = text("iss").unwrap_or_default().into_owned();
        // A token that names nobody is a caller of its own.
        let name = self.identity.iter().find_map(|name| text(name));
        let name = name.map_or_else(|| token.to_owned(), Cow::into_owned);
        let expires = claims.get("exp").and_then(Value::as_f64).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "seconds of a time that was checked")]
        let mut expires = expires as i64;
        // One that `skew` alone lets in would be of a session that is over, to which a Gateway answers 401.
        if expires <= Timestamp::now().as_second() {
            expires = expires.saturating_add(i64::try_from(self.skew).unwrap_or(i64::MAX));
        }
        turn.identity.insert("claims".to_owned(), Value::Object(claims));
        let state = SessionState { expires, ..SessionState::default() };
        match self.plan.grant(turn, Caller { scheme: "jwt", names: [&issuer, &name], state }) {
            Ok(done) => done,
            Err(why) => self.refusal.refuse(turn, why),
        }
    }

    /// The claims of a token that counts.
    async fn claims(&self, token: &str) -> Result<Map<String, Value>, Bad> {
        let bad = |why: &str| Bad::Token(why.to_owned());
        if token.len() > LONGEST {
            return Err(bad("the token is longer than 16 KiB"));
        }
        // `none` is no algorithm, and fails here.
        let header = jsonwebtoken::decode_header(token)
            .map_err(|error| Bad::Token(no_header(token, &error)))?;
        if !self.algorithms.contains(&header.alg) {
            return Err(Bad::Token(format!("the token's algorithm is {:?}", header.alg)));
        }
        if header.crit.is_some() {
            // RFC 7515, 4.1.11: what is critical and not understood refuses the token.
            return Err(bad("the token has critical extensions (`crit`)"));
        }
        unread(token, &header).map_err(bad)?;
        let keys = self.keys(&header).await?;
        let mut why = "no key for the token's `kid` and algorithm".to_owned();
        for key in keys.iter().filter(|key| key.fits(&header)) {
            // A key has one family: the crate compares the algorithms with it.
            let validation = self.validation(key);
            match jsonwebtoken::decode::<Map<String, Value>>(token, &key.verifier, &validation) {
                Ok(read) => return of_text(read.claims).map_err(bad),
                Err(error) => {
                    why = words(token, &error);
                    if !matches!(error.kind(), ErrorKind::InvalidSignature) {
                        break;
                    }
                }
            }
        }
        Err(Bad::Token(why))
    }

    /// The keys; where they come from a server and none fits, it is asked again.
    async fn keys(&self, header: &Header) -> Result<Arc<Vec<Key>>, Bad> {
        match &self.keys {
            Keys::Here(keys) => Ok(Arc::clone(keys)),
            Keys::Remote(remote) => {
                let fits = |keys: &[Key]| keys.iter().any(|key| key.fits(header));
                remote.keys(fits).await.map_err(Bad::Keys)
            }
        }
    }

    fn validation(&self, key: &Key) -> Validation {
        let family = key.verifier.family();
        let mut validation = Validation::new_for_family(family);
        validation.algorithms.retain(|algorithm| self.algorithms.contains(algorithm));
        validation.leeway = self.skew;
        validation.validate_nbf = true;
        validation.iss.clone_from(&self.issuer);
        validation.aud.clone_from(&self.audience);
        validation.validate_aud = self.audience.is_some();
        // Otherwise a token that does not say for whom it is would be for everybody.
        for (claim, wanted) in [("iss", &self.issuer), ("aud", &self.audience)] {
            if wanted.is_some() {
                validation.required_spec_claims.insert(claim.to_owned());
            }
        }
        validation
    }
}

/// Refuses a token whose claims are not what its parts look like.
fn unread(token: &str, header: &Header) -> Result<(), &'static str> {
    if header.zip.is_some() {
        return Err("the token says that it is compressed (`zip`)");
    }
    // RFC 7797: then its second part is no base64, and `crit` should say so.
    let plain =
        part(token, 0).is_some_and(|it| it.get("b64").is_some_and(|it| *it != Value::Bool(true)));
    if plain { Err("the token says that its claims are no base64 (`b64`)") } else { Ok(()) }
}

/// Refuses claims whose issuer is no text (RFC 7519, 4.1.1): the same one in a list would be another caller.
fn of_text(claims: Map<String, Value>) -> Result<Map<String, Value>, &'static str> {
    match claims.get("iss") {
        None | Some(Value::Null | Value::String(_)) => Ok(claims),
        Some(_) => Err("the token's `iss` is no text"),
    }
}

/// What is wrong with a token whose header cannot be read.
fn no_header(token: &str, error: &Error) -> String {
    let header = part(token, 0);
    let algorithm = header.as_ref().and_then(|header| header.get("alg")?.as_str());
    match algorithm.filter(|algorithm| algorithm.parse::<Algorithm>().is_err()) {
        _ if token.split('.').count() != 3 => words(token, &ErrorKind::InvalidToken.into()),
        Some("") => "the token names no algorithm (`alg`)".to_owned(),
        Some(algorithm) => format!("the token's algorithm is {}", named(algorithm)),
        None if matches!(error.kind(), ErrorKind::Base64(_)) => words(token, error),
        None => "the token is no JWT: its header is none".to_owned(),
    }
}

/// What is wrong with a token, for whoever looks for the reason. Others' words for it may hold what the caller wrote.
fn words(token: &str, error: &Error) -> String {
    match error.kind() {
        ErrorKind::InvalidSignature => "the signature is another".to_owned(),
        ErrorKind::ExpiredSignature => "the token has expired (`exp`)".to_owned(),
        ErrorKind::ImmatureSignature => "the token does not count yet (`nbf`)".to_owned(),
        ErrorKind::InvalidAudience => "the token is for another audience (`aud`)".to_owned(),
        ErrorKind::InvalidIssuer => "the token is from another issuer (`iss`)".to_owned(),
        ErrorKind::MissingRequiredClaim(claim) | ErrorKind::InvalidClaimFormat(claim) => {
            let claims = part(token, 1);
            match (claims.as_ref().and_then(|claims| claims.get(claim)), claim.as_str()) {
                (None | Some(Value::Null), _) => format!("the token has no `{claim}`"),
                // It is below 0, or beyond all seconds.
                (Some(Value::Number(_)), "exp" | "nbf") => {
                    format!("the token's `{claim}` is no time")
                }
                (Some(_), "exp" | "nbf") => format!("the token's `{claim}` is no number"),
                (Some(_), _) => format!("the token's `{claim}` is no text"),
            }
        }
        ErrorKind::InvalidToken => "the token is no JWT: it has not three parts".to_owned(),
        ErrorKind::Base64(_) => "the token is no JWT: a part of it is no base64".to_owned(),
        ErrorKind::Json(_) | ErrorKind::Utf8(_) => {
            "the token is no JWT: its claims are none".to_owned()
        }
        _ => error.to_string(),
    }
}

/// A part of a token that is JSON, as far as that can be read.
fn part(token: &str, at: usize) -> Option<Value> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(at)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_that_is_none_of_its_kind_is_told_from_one_that_is_not_there() {
        let claims = r#"{"exp": -1, "nbf": "never", "aud": 5, "iss": null}"#;
        let token = format!("e30.{}.x", BASE64_URL_SAFE_NO_PAD.encode(claims));
        for (claim, why) in [
            ("exp", "the token's `exp` is no time"),
            ("nbf", "the token's `nbf` is no number"),
            ("aud", "the token's `aud` is no text"),
            ("iss", "the token has no `iss`"),
            ("sub", "the token has no `sub`"),
        ] {
            let missing = ErrorKind::MissingRequiredClaim(claim.to_owned()).into();
            assert_eq!(words(&token, &missing), why);
        }
    }
}
