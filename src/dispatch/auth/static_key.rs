//! Static-key authentication: what a caller sends against a list of keys, in constant time.

use std::collections::HashSet;

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConditionallySelectable as _, ConstantTimeEq as _};

use super::Refusal;
use super::credential::{self, Credential};
use super::session::{self, Caller, Plan};
use crate::dispatch::rules::{
    Action, Done, Hooks, Kind, Loader, Now, Source, Table, Turn, action_table,
};
use crate::domain::object::coprocess::SessionState;
use crate::domain::task::Problem;

/// `static_key = { auth_header_name = "Authorization", keys_file = "keys.txt" }`.
pub(in crate::dispatch) const KIND: Kind =
    Kind { name: "static_key", hooks: Hooks::AuthCheck, load };

/// The action `static_key`.
#[derive(Debug)]
struct StaticKey {
    /// Where the key stands.
    credential: Credential,
    /// What a caller without a known key gets.
    refusal: Refusal,
    keys: Vec<Key>,
}

/// One key, and what a caller who has it gets.
#[derive(Debug)]
struct Key {
    secret: SecretString,
    /// Of the secret: all have one length, so that comparing tells nothing of a key's.
    digest: [u8; 32],
    plan: Plan,
}

impl Key {
    fn new(secret: &str, plan: Plan) -> Self {
        let digest = Sha256::digest(secret.as_bytes()).into();
        Self { secret: secret.to_owned().into(), digest, plan }
    }
}

impl Now for StaticKey {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        let Some(value) = self.credential.of(turn.head) else {
            return self.refusal.refuse(turn, format!("no {}", self.credential));
        };
        let Some(key) = self.find(value) else {
            return self.refusal.refuse(turn, "the key is not known");
        };
        let secret = key.secret.expose_secret();
        turn.identity.insert("key".to_owned(), secret.into());
        let caller =
            Caller { scheme: "static_key", names: ["", secret], state: SessionState::default() };
        match key.plan.grant(turn, caller) {
            Ok(done) => done,
            Err(why) => self.refusal.refuse(turn, why),
        }
    }
}

impl StaticKey {
    /// Looks at every key, whichever matches.
    fn find(&self, value: &str) -> Option<&Key> {
        let digest: [u8; 32] = Sha256::digest(value.as_bytes()).into();
        let mut place = 0_u64;
        let mut found = Choice::from(0);
        for (index, key) in (0_u64..).zip(&self.keys) {
            let equal = key.digest.ct_eq(&digest);
            place.conditional_assign(&index, equal);
            found |= equal;
        }
        bool::from(found).then(|| self.keys.get(usize::try_from(place).ok()?)).flatten()
    }
}

fn load(loader: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let known = ["keys", "keys_file", "code", "error"];
    let known = [&credential::KEYS[..], &known, &session::KEYS].concat();
    let table = action_table(action, "static_key", "`static_key`", &known)?;
    let credential = Credential::load(loader, &table)?;
    let plan = Plan::load(loader, &table, None)?;
    let mut keys = Keys::default();
    for key in table.strings("keys")?.unwrap_or_default() {
        keys.add(key.value, &plan).map_err(|what| table.problem(&key.span, what))?;
    }
    if let Some(file) = loader.file(&table, "keys_file", "the keys file")? {
        let source = Source { path: &file.path, text: &file.text };
        keys_of(loader, &source, &plan, &mut keys)?;
    }
    if keys.all.is_empty() {
        let problem =
            table.problem(&table.span, "`static_key` without a key: every caller would be refused");
        return Err(problem.help("name a file with one key a line: keys_file = \"keys.txt\""));
    }
    let refusal = Refusal::new(401, "Not authorized").load(&table)?;
    Ok(Action::Now(Box::new(StaticKey { credential, refusal, keys: keys.all })))
}

/// One key a line, or TOML with `[[key]]` tables.
fn keys_of(
    loader: &mut Loader<'_>,
    source: &Source<'_>,
    base: &Plan,
    keys: &mut Keys,
) -> Result<(), Problem> {
    if !source.is_toml() {
        for line in source.lines() {
            keys.add(line.value, base).map_err(|what| source.problem(&line.span, what))?;
        }
        return Ok(());
    }
    let known = [&["key"][..], &session::KEYS].concat();
    source.each("key", "a keys file", "a key", &known, |table| {
        let key = table.required("key")?;
        let plan = Plan::load(loader, table, Some(base))?;
        keys.add(key.value, &plan).map_err(|what| table.problem(&key.span, what))
    })
}

/// Keys as they are read.
#[derive(Default)]
struct Keys {
    all: Vec<Key>,
    /// What is known by now: no caller sees how long looking here takes.
    known: HashSet<[u8; 32]>,
}

impl Keys {
    fn add(&mut self, secret: &str, plan: &Plan) -> Result<(), String> {
        if secret.is_empty() {
            return Err("an empty key: a caller with an empty header would be let in".to_owned());
        }
        let key = Key::new(secret, plan.clone());
        if !self.known.insert(key.digest) {
            return Err("this key is there already".to_owned());
        }
        self.all.push(key);
        Ok(())
    }
}
