//! The keys of a Gateway: those that were made, and the sessions of plugins, which are stored alike.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Gateway, GatewayError, Why};
use crate::net::http::{Answer, Ask};

const JSON: &str = "application/json";

/// What a key is called there: the key itself, or its hash where the Gateway keeps hashes alone (`hash_keys`).
#[derive(Clone, Debug)]
pub struct KeyName {
    text: SecretString,
    hashed: bool,
}

/// What a key may do.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The organisation.
    pub org_id: String,
    /// A name that a person gave it.
    pub alias: String,
    /// The APIs that it opens, by id; none: every one that takes such keys, unless a policy says otherwise.
    pub access_rights: BTreeMap<String, Right>,
    /// The policies that say more.
    pub apply_policies: Vec<String>,
    /// Requests in `per` seconds; 0: no limit.
    pub rate: f64,
    /// Seconds.
    pub per: f64,
    /// Requests in a period of the quota; none where it is not above 0.
    pub quota_max: i64,
    /// When it ends, in seconds of Unix time; never where it is not above 0.
    pub expires: i64,
    /// Seconds after which the Gateway forgets it; where it is not above 0, those of the API count.
    pub session_lifetime: i64,
    /// When it was made, RFC 3339; sessions of plugins have none, as nobody made them.
    pub date_created: Option<String>,
    /// What plugins and people keep with it.
    pub meta_data: Option<BTreeMap<String, Json>>,
    /// Words to find it by.
    pub tags: Option<Vec<String>>,
    /// It opens nothing now.
    pub is_inactive: bool,
}

/// That a key opens an API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Right {
    /// The API's id.
    pub api_id: String,
    /// Its name.
    pub api_name: String,
    /// Which of its versions.
    pub versions: Vec<String>,
}

/// A key to be made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewKey {
    /// The API's organisation: with another the key opens nothing.
    pub org_id: String,
    /// A name for people.
    pub alias: String,
    /// The APIs that it opens; at least one, or the Gateway refuses.
    pub access_rights: BTreeMap<String, Right>,
    /// Requests in `per` seconds; 0: no limit.
    pub rate: f64,
    /// Seconds.
    pub per: f64,
    /// Requests in all; -1: no limit.
    pub quota_max: i64,
    /// After how many seconds the quota begins anew.
    pub quota_renewal_rate: i64,
    /// When it ends, in seconds of Unix time; -1: never.
    pub expires: i64,
    /// Words to find it by.
    pub tags: Vec<String>,
}

/// A key that was made.
#[derive(Clone, Debug)]
pub struct CreatedKey {
    /// The key, as callers send it.
    pub key: SecretString,
    /// Its hash, where the Gateway keeps hashes alone.
    pub hash: Option<String>,
}

impl KeyName {
    /// A key by itself.
    pub fn plain(key: SecretString) -> Self {
        Self { text: key, hashed: false }
    }

    /// Whether it is a hash: no secret, as it opens no API.
    pub fn is_hash(&self) -> bool {
        self.hashed
    }

    /// The whole name.
    pub fn secret(&self) -> &SecretString {
        &self.text
    }

    /// As it may be shown: a hash whole, of a key its end alone.
    pub fn shown(&self) -> String {
        let text = self.text.expose_secret();
        if self.hashed { text.to_owned() } else { masked(text) }
    }
}

/// A key as the Gateway's own log has it, `****9314`; of a short one less, as four letters would be most of it.
pub fn masked(key: &str) -> String {
    let letters = key.chars().count();
    let end: String = key.chars().skip(letters - (letters / 4).min(4)).collect();
    format!("****{end}")
}

#[derive(Deserialize)]
struct Listed {
    keys: Vec<String>,
}

#[derive(Deserialize)]
struct Created {
    key: String,
    #[serde(default)]
    key_hash: Option<String>,
}

impl Gateway {
    /// What its keys are called, in its order.
    pub async fn keys(&self) -> Result<Vec<KeyName>, GatewayError> {
        let path = ["tyk", "keys"];
        let listed = self.json(Ask::get(&path)).await?;
        let listed: Listed = serde_json::from_value(listed).map_err(|_| self.no_keys())?;
        let Some(first) = listed.keys.first() else { return Ok(Vec::new()) };
        // It does not say whether these are hashes, but refuses to be asked for one where it keeps none.
        let first = KeyName { text: first.as_str().into(), hashed: true };
        let answer = self.on_key(&first, |path| Ask::get(path)).await?;
        let hashed = !String::from_utf8_lossy(&answer.body).contains("key hashing is not enabled");
        let names = listed.keys.into_iter();
        Ok(names.map(|name| KeyName { text: name.into(), hashed }).collect())
    }

    /// What a key may do; `None` where there is no such key (any more).
    pub async fn key(&self, name: &KeyName) -> Result<Option<Session>, GatewayError> {
        let answer = self.on_key(name, |path| Ask::get(path)).await?;
        if !answer.status.is_success() {
            return self.absent(name, &answer).map(|()| None);
        }
        serde_json::from_slice(&answer.body).map(Some).map_err(|_| self.no_keys())
    }

    /// Makes a key; it works at once.
    pub async fn create_key(&self, key: &NewKey) -> Result<CreatedKey, GatewayError> {
        let path = ["tyk", "keys", "create"];
        let body = serde_json::to_vec(key)
            .map_err(|error| GatewayError::new(self.address(), Why::Unfit(error.to_string())))?;
        let created = self.json(Ask::post(&path, JSON, body)).await?;
        let Created { key, key_hash } =
            serde_json::from_value(created).map_err(|_| self.no_keys())?;
        Ok(CreatedKey { key: key.into(), hash: key_hash })
    }

    /// Deletes a key, at once; false where there was none.
    pub async fn delete_key(&self, name: &KeyName) -> Result<bool, GatewayError> {
        let answer = self.on_key(name, |path| Ask::delete(path)).await?;
        if answer.status.is_success() {
            Ok(true)
        } else {
            self.absent(name, &answer).map(|()| false)
        }
    }

    /// Asks about one key. What failed is told without it: it would be in the URL.
    async fn on_key(
        &self,
        name: &KeyName,
        ask: impl for<'a> FnOnce(&'a [&'a str]) -> Ask<'a>,
    ) -> Result<Answer, GatewayError> {
        let path = ["tyk", "keys", name.text.expose_secret()];
        let hashed = [("hashed", "true")];
        let ask = ask(&path).query(if name.hashed { &hashed } else { &[] });
        let answer = self.answer(ask).await;
        let (_, answer) = answer.map_err(|error| self.on(name, error.why))?;
        Ok(answer)
    }

    /// A refusal says that there is no such key, or is an error.
    fn absent(&self, name: &KeyName, answer: &Answer) -> Result<(), GatewayError> {
        match self.refusal(answer) {
            Why::Absent => Ok(()),
            why => Err(self.on(name, why)),
        }
    }

    fn on(&self, name: &KeyName, why: Why) -> GatewayError {
        GatewayError::new(format!("{}/tyk/keys/{}", self.address(), name.shown()), why)
    }

    fn no_keys(&self) -> GatewayError {
        // Not quoted: there may be keys in it.
        let what = "an answer that is none about keys".to_owned();
        GatewayError::new(format!("{}/tyk/keys", self.address()), Why::NotAGateway(what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_shows_its_end_and_a_short_one_less() {
        for (key, shown) in [
            ("default2aff853202ef4ed9aea2795e5b329314", "****9314"),
            ("alice", "****e"),
            ("äöü", "****"),
            ("", "****"),
        ] {
            assert_eq!(masked(key), shown);
        }
        let name = KeyName::plain("default2aff853202ef4ed9aea2795e5b329314".into());
        assert!(!format!("{name:?}").contains("9314"));
    }
}
