//! Basic authentication against a file of users and hashes, as `htpasswd -B` and argon2's tools write them.
//!
//! A hash takes its time on purpose: it is computed off the threads that answer Dispatches, a few at a time. A password that
//! was right is known for a while by a keyed digest, so that an API's rate is not that of its hash.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use argon2::password_hash::{PasswordHash, PasswordVerifier as _};
use argon2::{Argon2, Params};
use base64::Engine as _;
use base64::alphabet::BCRYPT;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{NO_PAD, STANDARD};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;

use super::session::{self, Caller, Plan};
use super::token::TokenSecret;
use super::{Refusal, after_word};
use crate::dispatch::rules::{
    Action, Done, Hooks, Kind, Later, Loader, Source, Table, Turn, action_table,
};
use crate::domain::object::coprocess::SessionState;
use crate::domain::task::Problem;

/// `basic = { users_file = "users.htpasswd", realm = "orders" }`.
pub(in crate::dispatch) const KIND: Kind = Kind { name: "basic", hooks: Hooks::AuthCheck, load };

/// Callers that may wait for their hash; more are told to come again.
const WAITING: usize = 64;

/// How long a password that was right is known.
const KNOWN: Duration = Duration::from_mins(5);

/// Passwords that are known, at most.
const MOST_KNOWN: usize = 10_000;

/// KiB of memory and rounds above which a hash is refused: one that takes seconds stops all callers.
const MOST_MEMORY: u32 = 256 << 10;
const MOST_ROUNDS: u32 = 64;
/// The same for bcrypt: 2^16 rounds take some four seconds.
const MOST_COST: u32 = 16;

#[derive(Debug)]
struct Basic {
    users: HashMap<String, User>,
    /// Those of all users: one who is not known is compared with one of them, so that he takes as long as one who is.
    hashes: Vec<Hash>,
    known: Mutex<HashMap<String, Instant>>,
    /// Of the digests in `known`: nothing that is kept is a password.
    secret: TokenSecret,
    /// Hashes that are computed at once.
    hashing: Arc<Semaphore>,
    /// Those that are computed or waited for.
    waiting: Arc<Semaphore>,
    refusal: Refusal,
}

#[derive(Debug)]
struct User {
    hash: Hash,
    plan: Plan,
}

/// A password's hash, as text.
#[derive(Clone, Debug)]
struct Hash(Arc<SecretString>);

impl Later for Basic {
    fn apply<'a>(
        &'a self,
        turn: &'a mut Turn<'_>,
    ) -> Pin<Box<dyn Future<Output = Done> + Send + 'a>> {
        Box::pin(async move {
            let Some(value) = turn.head.header("Authorization").filter(|it| !it.is_empty()) else {
                return self.refusal.refuse(turn, "no Authorization");
            };
            let pair = match pair(value) {
                Ok(pair) => pair,
                Err(why) => return self.refusal.refuse(turn, why),
            };
            let Some((name, password)) = pair.expose_secret().split_once(':') else {
                return self.refusal.refuse(turn, "no colon between name and password");
            };
            let user = self.users.get(name);
            match self.is_right(name, password, user).await {
                Some(true) => {}
                Some(false) => {
                    let why =
                        if user.is_some() { "the password is another" } else { "no such user" };
                    return self.refusal.refuse(turn, format!("{why}: {name:?}"));
                }
                None => {
                    let why = format!("{WAITING} callers wait for their password's hash already");
                    return Refusal::new(503, "Too many at once").refuse(turn, why);
                }
            }
            let Some(user) = user else { return self.refusal.refuse(turn, "no such user") };
            turn.identity.insert("user".to_owned(), name.into());
            let caller =
                Caller { scheme: "basic", names: ["", name], state: SessionState::default() };
            match user.plan.grant(turn, caller) {
                Ok(done) => done,
                Err(why) => self.refusal.refuse(turn, why),
            }
        })
    }
}

impl Basic {
    /// Whether the password is the user's; `None` where too many ask at once.
    async fn is_right(&self, name: &str, password: &str, user: Option<&User>) -> Option<bool> {
        let digest = self.secret.token(&[name, password]);
        if user.is_some() && self.is_known(&digest) {
            return Some(true);
        }
        let waiting = Arc::clone(&self.waiting).try_acquire_owned().ok()?;
        let hashing = Arc::clone(&self.hashing).acquire_owned().await.ok()?;
        let hash = user.map_or_else(|| self.nobody(name), |user| &user.hash).clone();
        let password = SecretString::from(password);
        let right = tokio::task::spawn_blocking(move || {
            let right = hash.is_of(password.expose_secret());
            drop((waiting, hashing));
            right
        });
        let right = right.await.unwrap_or(false) && user.is_some();
        if right {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            known.insert(digest, Instant::now());
        }
        Some(right)
    }

    /// The hash that stands for a user who is not known, always the same for a name: where a file has hashes of several kinds,
    /// the time that one takes tells of no name whether it is there.
    fn nobody(&self, name: &str) -> &Hash {
        let digest = self.secret.token(&[name]);
        let number = digest.get(..8).and_then(|digits| usize::from_str_radix(digits, 16).ok());
        // There is at least one user.
        &self.hashes[number.unwrap_or_default() % self.hashes.len()]
    }

    fn is_known(&self, digest: &str) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(digest).is_some_and(|since| since.elapsed() < KNOWN)
    }
}

/// Name and password, or why there are none. Without the word of the scheme: where it is all that the header holds, the record
/// would hide it here.
fn pair(value: &str) -> Result<SecretString, &'static str> {
    if value.trim().eq_ignore_ascii_case("Basic") {
        return Err("nothing stands behind the scheme");
    }
    let text = after_word(value, "Basic").ok_or("another scheme")?;
    let bytes = STANDARD.decode(text.trim());
    let bytes = bytes.map_err(|_| "what stands behind the scheme is no base64 with its padding")?;
    let pair = String::from_utf8(bytes).map_err(|_| "name and password are not UTF-8")?;
    Ok(pair.into())
}

impl Hash {
    /// Takes a hash that can be verified here, at a cost that can be borne.
    fn parse(text: &str) -> Result<Self, String> {
        if is_bcrypt(text) {
            let (cost, ..) = bcrypt_parts(text).ok_or("a hash of bcrypt that is not whole")?;
            if cost > MOST_COST {
                return Err(format!("a hash of bcrypt at cost {cost}, above {MOST_COST}"));
            }
        } else if text.starts_with("$argon2") {
            let hash = PasswordHash::new(text).map_err(|error| format!("no hash: {error}"))?;
            let params = Params::try_from(&hash).map_err(|error| format!("no hash: {error}"))?;
            if params.m_cost() > MOST_MEMORY || params.t_cost() > MOST_ROUNDS {
                return Err("a hash of argon2 that takes too much memory or time".to_owned());
            }
            if hash.hash.is_none() {
                return Err("a hash of argon2 that is not whole".to_owned());
            }
        } else {
            return Err("a hash that is neither bcrypt's nor argon2's".to_owned());
        }
        Ok(Self(Arc::new(text.to_owned().into())))
    }

    fn is_of(&self, password: &str) -> bool {
        let text = self.0.expose_secret();
        if !is_bcrypt(text) {
            let hash = PasswordHash::new(text);
            let verified =
                hash.map(|hash| Argon2::default().verify_password(password.as_bytes(), &hash));
            return matches!(verified, Ok(Ok(())));
        }
        let Some((cost, salt, digest)) = bcrypt_parts(text) else { return false };
        // C's end belongs to the password; what is behind 72 bytes does not, as everywhere.
        let mut bytes = password.as_bytes().to_vec();
        bytes.push(0);
        bytes.truncate(72);
        // The last byte is in no hash.
        bcrypt::bcrypt(cost, salt, &bytes)[..23].ct_eq(&digest).into()
    }
}

fn is_bcrypt(text: &str) -> bool {
    ["$2a$", "$2b$", "$2y$"].iter().any(|prefix| text.starts_with(prefix))
}

/// Cost, salt and digest of `$2y$10$` and 53 characters of a base64 of bcrypt's own.
fn bcrypt_parts(text: &str) -> Option<(u32, [u8; 16], [u8; 23])> {
    let (cost, rest) = text.get(4..)?.split_once('$')?;
    let (salt, digest) = rest.split_at_checked(22)?;
    // The last character of each holds bits of nothing, which some tools set.
    let config = NO_PAD.with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&BCRYPT, config);
    let cost = cost.parse().ok().filter(|cost| (4..=31).contains(cost))?;
    let salt = engine.decode(salt).ok()?.try_into().ok()?;
    Some((cost, salt, engine.decode(digest).ok()?.try_into().ok()?))
}

fn load(loader: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let own = ["users_file", "realm", "code", "error"];
    let table = action_table(action, "basic", "`basic`", &[&own[..], &session::KEYS].concat())?;
    let plan = Plan::load(loader, &table, None)?;
    let file = loader.file(&table, "users_file", "the file of users")?.ok_or_else(|| {
        table.problem(&table.span, "`basic` without a `users_file`").help(
            "name a file with `user:hash` a line; htpasswd -B -c users.htpasswd NAME makes one",
        )
    })?;
    let source = Source { path: &file.path, text: &file.text };
    let users = users(loader, &source, &plan)?;
    if users.is_empty() {
        return Err(
            table.problem(&table.span, "the file of users is empty: every caller would be refused")
        );
    }
    let hashes = users.values().map(|user| user.hash.clone()).collect();
    let mut refusal = Refusal::new(401, "Not authorized").load(&table)?;
    let realm = table.string("realm")?;
    if let Some(realm) = &realm
        && realm.value.contains(|c: char| c.is_control() || matches!(c, '"' | '\\'))
    {
        return Err(table.problem(&realm.span, "`realm` stands in quotes: no quote belongs in it"));
    }
    let realm = realm.map_or("tyk", |realm| realm.value);
    let asks = format!("Basic realm=\"{realm}\", charset=\"UTF-8\"");
    refusal.headers.push(("WWW-Authenticate".to_owned(), asks));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Action::Later(Box::new(Basic {
        users,
        hashes,
        known: Mutex::default(),
        secret: TokenSecret::of_process()?,
        hashing: Arc::new(Semaphore::new(threads)),
        waiting: Arc::new(Semaphore::new(WAITING)),
        refusal,
    })))
}

/// `user:hash` a line, or TOML with `[[user]]` tables.
fn users(
    loader: &mut Loader<'_>,
    source: &Source<'_>,
    base: &Plan,
) -> Result<HashMap<String, User>, Problem> {
    let mut users = HashMap::new();
    let help = "make one with bcrypt: htpasswd -B users.htpasswd NAME";
    let mut add = |name: &str, hash: &str, plan: &Plan| {
        if name.is_empty() || name.contains(':') {
            return Err(("a user without a name, or with a colon in it".to_owned(), None));
        }
        let hash = Hash::parse(hash).map_err(|what| (what, Some(help)))?;
        match users.insert(name.to_owned(), User { hash, plan: plan.clone() }) {
            None => Ok(()),
            Some(_) => Err(("this user is there already".to_owned(), None)),
        }
    };
    let unfit = |problem: Problem, help: Option<&str>| match help {
        Some(help) => problem.help(help),
        None => problem,
    };
    if source.is_toml() {
        let known = [&["name", "hash"][..], &session::KEYS].concat();
        source.each("user", "a file of users", "a user", &known, |table| {
            let (name, hash) = (table.required("name")?, table.required("hash")?);
            let plan = Plan::load(loader, table, Some(base))?;
            add(name.value, hash.value, &plan).map_err(|(what, help)| {
                let span = if help.is_some() { &hash.span } else { &name.span };
                unfit(table.problem(span, what), help)
            })
        })?;
    } else {
        for line in source.lines() {
            let (name, hash) = line.value.split_once(':').ok_or_else(|| {
                source.problem(&line.span, "no colon: a line is `user:hash`").help(help)
            })?;
            add(name, hash, base)
                .map_err(|(what, help)| unfit(source.problem(&line.span, what), help))?;
        }
    }
    Ok(users)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_who_is_not_known_takes_as_long_as_some_user_and_always_the_same() {
        let hash = |number: u8| Hash(Arc::new(number.to_string().into()));
        let basic = Basic {
            users: HashMap::new(),
            hashes: (0..3).map(hash).collect(),
            known: Mutex::default(),
            secret: TokenSecret::of_process().unwrap(),
            hashing: Arc::new(Semaphore::new(1)),
            waiting: Arc::new(Semaphore::new(1)),
            refusal: Refusal::new(401, "no"),
        };
        let of = |number: u8| basic.nobody(&format!("user-{number}")).0.expose_secret().to_owned();
        let all: std::collections::BTreeSet<_> = (0..100).map(of).collect();
        assert_eq!(all.len(), 3);
        assert!((0..100).all(|number| of(number) == of(number)));
    }

    #[test]
    fn what_is_wrong_with_a_pair_is_said_without_the_word_of_the_scheme() {
        for (value, why) in [
            ("Basic", "nothing stands behind the scheme"),
            ("basic ", "nothing stands behind the scheme"),
            ("Bearer x", "another scheme"),
            ("Basic !!!", "what stands behind the scheme is no base64 with its padding"),
            ("Basic YWxpY2U6eA", "what stands behind the scheme is no base64 with its padding"),
            ("Basic /////w==", "name and password are not UTF-8"),
        ] {
            assert_eq!(pair(value).unwrap_err(), why, "{value}");
        }
        assert_eq!(pair("BASIC YWxpY2U6eA==").unwrap().expose_secret(), "alice:x");
    }
}
