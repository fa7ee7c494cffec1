//! The session that an authenticated caller gets.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use prost::Message as _;

use super::token::TokenSecret;
use crate::dispatch::rules::{Done, Loader, Placed, Table, Template, Turn};
use crate::domain::object::coprocess::{AccessDefinition, SessionState};
use crate::domain::task::Problem;

/// Seconds after which the Gateway forgets a key that a session became, where the rules do not say.
const LIFETIME: i64 = 3_600;

/// The keys of a rule or of a file of keys that say what a session is made of.
pub(in crate::dispatch) const KEYS: [&str; 13] = [
    "rate",
    "per",
    "quota_max",
    "quota_renewal_rate",
    "expires",
    "apply_policies",
    "access_rights",
    "metadata",
    "tags",
    "alias",
    "token",
    "id_extractor_deadline",
    "session_lifetime",
];

/// What sessions are made of; the rest of `SessionState` stays at its defaults.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Calls in `per` seconds; both 0 for no limit.
    rate: f64,
    per: f64,
    /// Calls in `quota_renewal_rate` seconds.
    quota_max: i64,
    quota_renewal_rate: i64,
    /// Seconds from now.
    expires: Option<i64>,
    apply_policies: Vec<String>,
    /// APIs besides the Dispatch's own.
    access_rights: Vec<String>,
    metadata: BTreeMap<String, Template>,
    tags: Vec<Template>,
    alias: Option<Template>,
    token: Option<Template>,
    /// Seconds from now.
    id_extractor_deadline: Option<i64>,
    /// Seconds after which the Gateway forgets the key that the session becomes.
    lifetime: i64,
    /// Of the tokens that no template makes.
    secret: Option<Arc<TokenSecret>>,
}

/// Who a caller is.
pub(super) struct Caller<'a> {
    /// The scheme that knows him.
    pub(super) scheme: &'a str,
    /// Who vouches for his name, and his name there.
    pub(super) names: [&'a str; 2],
    /// What the scheme itself notes of him; `expires` is when what proves him ends, 0 where it does not.
    pub(super) state: SessionState,
}

impl Plan {
    /// The plan of an action, or of a key in a file, which has what its action says for all.
    pub(super) fn load(
        loader: &mut Loader<'_>,
        table: &Table<'_>,
        base: Option<&Self>,
    ) -> Result<Self, Problem> {
        let mut plan = base.cloned().unwrap_or_else(Self::usual);
        for (name, value) in table.map("metadata")? {
            if name.value == "token" {
                let what = "`token` is the key of the session, and not set by hand";
                return Err(table.problem(&name.span, what).help("set `token` of the action"));
            }
            plan.metadata.insert(name.value.to_owned(), table.template(&value)?);
        }
        if let Some(seconds) = seconds(table, "session_lifetime")? {
            if seconds.value < 1 {
                let problem =
                    table.problem(&seconds.span, "`session_lifetime` must be at least 1 second");
                return Err(problem.help(
                    "the session becomes a key of the Gateway: without an end it stays for ever",
                ));
            }
            plan.lifetime = seconds.value;
        }
        let whole = |key, known| {
            seconds(table, key).map(|number| number.map_or(known, |number| number.value))
        };
        plan.quota_max = whole("quota_max", plan.quota_max)?;
        plan.quota_renewal_rate = whole("quota_renewal_rate", plan.quota_renewal_rate)?;
        let from_now = |key, known: Option<i64>| {
            seconds(table, key).map(|number| number.map(|number| number.value).or(known))
        };
        plan.expires = from_now("expires", plan.expires)?;
        plan.id_extractor_deadline = from_now("id_extractor_deadline", plan.id_extractor_deadline)?;
        plan.rate = table.number("rate")?.unwrap_or(plan.rate);
        plan.per = table.number("per")?.unwrap_or(plan.per);
        plan.apply_policies = table.texts("apply_policies")?.unwrap_or(plan.apply_policies);
        plan.access_rights = table.texts("access_rights")?.unwrap_or(plan.access_rights);
        if let Some(tags) = table.strings("tags")? {
            plan.tags = tags.iter().map(|tag| table.template(tag)).collect::<Result<_, _>>()?;
        }
        for (key, slot) in [("alias", &mut plan.alias), ("token", &mut plan.token)] {
            if let Some(text) = table.string(key)? {
                if key == "token" && text.value.is_empty() {
                    let problem = table
                        .problem(&text.span, "`token` is empty: the Gateway refuses every caller");
                    return Err(problem
                        .help("leave it out: the token is then an HMAC of who the caller is"));
                }
                *slot = Some(table.template(&text)?);
            }
        }
        if plan.token.is_none() && plan.secret.is_none() {
            plan.secret = Some(loader.token_secret()?);
        }
        Ok(plan)
    }

    /// One that needs no secret.
    #[cfg(test)]
    pub(super) fn with_token(token: &str) -> Self {
        Self { token: Template::parse(token).ok(), ..Self::usual() }
    }

    fn usual() -> Self {
        Self {
            rate: 0.0,
            per: 0.0,
            quota_max: 0,
            quota_renewal_rate: 0,
            expires: None,
            apply_policies: Vec::new(),
            access_rights: Vec::new(),
            metadata: BTreeMap::new(),
            tags: Vec::new(),
            alias: None,
            token: None,
            id_extractor_deadline: None,
            lifetime: LIFETIME,
            secret: None,
        }
    }

    /// Gives the caller his session and its token. The error says why he cannot have one.
    pub(super) fn grant(&self, turn: &mut Turn<'_>, caller: Caller<'_>) -> Result<Done, String> {
        let api = turn.head.api_id;
        let token = match (&self.token, &self.secret) {
            (Some(template), _) => template.text(turn),
            // With the API in it: under one token another API's session would take this one's place.
            (None, Some(secret)) => {
                let [issuer, name] = caller.names;
                secret.token(&[caller.scheme, issuer, name, turn.head.org_id, api])
            }
            (None, None) => String::new(),
        };
        if token.is_empty() {
            return Err("the template of its token names nothing that this caller has".to_owned());
        }
        let now = Timestamp::now().as_second();
        // A Gateway asks nobody while the session or an id extractor's entry lives: neither outlives what proved the caller.
        let end = Some(caller.state.expires).filter(|end| *end > 0);
        let from_now = |seconds: Option<i64>| {
            let then = now.saturating_add(seconds?);
            Some(end.map_or(then, |end| then.min(end)))
        };
        let entry = |(name, template): (&String, &Template)| (name.clone(), template.text(turn));
        let apis = std::iter::once(api).chain(self.access_rights.iter().map(String::as_str));
        let state = SessionState {
            rate: self.rate,
            per: self.per,
            quota_max: self.quota_max,
            // What is left and when it renews is the Gateway's to keep: it takes both from the session that it has.
            quota_remaining: self.quota_max,
            quota_renewal_rate: self.quota_renewal_rate,
            expires: from_now(self.expires).unwrap_or(caller.state.expires),
            apply_policies: self.apply_policies.clone(),
            access_rights: apis.map(right).collect(),
            metadata: self
                .metadata
                .iter()
                .map(entry)
                .chain([("token".to_owned(), token.clone())])
                .collect(),
            tags: self.tags.iter().map(|tag| tag.text(turn)).filter(|it| !it.is_empty()).collect(),
            alias: self.alias.as_ref().map_or(String::new(), |alias| alias.text(turn)),
            id_extractor_deadline: from_now(self.id_extractor_deadline).unwrap_or(0),
            session_lifetime: self.lifetime,
            ..caller.state
        };
        turn.edit.session = Some(state.encode_to_vec().into());
        turn.edit.metadata.retain(|(name, _)| name != "token");
        turn.edit.metadata.push(("token".to_owned(), token));
        turn.session = Some(state);
        Ok(Done::GoOn)
    }
}

/// Access to one API: the session becomes an ordinary key of the Gateway under its token, and empty rights would open
/// every API to it.
fn right(api: &str) -> (String, AccessDefinition) {
    let definition = AccessDefinition {
        api_id: api.to_owned(),
        versions: vec!["Default".to_owned()],
        ..AccessDefinition::default()
    };
    (api.to_owned(), definition)
}

/// A whole number of at least 0.
fn seconds(table: &Table<'_>, key: &str) -> Result<Option<Placed<i64>>, Problem> {
    match table.integer(key)? {
        Some(number) if number.value < 0 => {
            Err(table.problem(&number.span, format!("`{key}` must not be negative")))
        }
        number => Ok(number),
    }
}
