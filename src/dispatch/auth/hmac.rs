//! The reference HMAC scheme: a signed Date, and a window in which it counts.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret as _, SecretString};

use super::session::{self, Caller, Plan};
use super::{Refusal, named};
use crate::dispatch::rules::{
    Action, Done, Hooks, Kind, Loader, Now, Source, Table, Turn, action_table,
};
use crate::domain::object::coprocess::SessionState;
use crate::domain::request::{Algorithm as _, HmacAlgorithm, Signed, is_signature, signed_text};
use crate::domain::task::Problem;

/// `hmac = { keys_file = "hmac-keys.txt", window = 300 }`.
pub(in crate::dispatch) const KIND: Kind = Kind { name: "hmac", hooks: Hooks::AuthCheck, load };

/// Seconds that a Date may lie in the past or the future.
const WINDOW: u64 = 300;

#[derive(Debug)]
struct HmacAuth {
    keys: HashMap<String, Key>,
    algorithms: Vec<HmacAlgorithm>,
    window: Duration,
    refusal: Refusal,
}

#[derive(Debug)]
struct Key {
    secret: SecretString,
    plan: Plan,
}

impl Now for HmacAuth {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        self.check(turn, SystemTime::now())
    }
}

impl HmacAuth {
    fn check(&self, turn: &mut Turn<'_>, now: SystemTime) -> Done {
        // Codes and messages are the reference server's (contract of the Dispatcher, section 6).
        let bad = |turn: &mut Turn<'_>, why: &str| {
            Refusal::new(400, "Custom middleware: Bad request").refuse(turn, why)
        };
        let Some(date) = turn.head.header("Date").filter(|date| !date.is_empty()) else {
            return bad(turn, "no Date");
        };
        let Some(value) = turn.head.header("Authorization").filter(|it| !it.is_empty()) else {
            return bad(turn, "no Authorization");
        };
        let Some(signed) = Signed::parse(value) else {
            // Without the word of the scheme: where it is all that the header holds, the record would hide it here.
            return bad(turn, "Authorization has not the scheme and its three parts");
        };
        let algorithm = self.algorithms.iter().find(|it| it.word() == signed.algorithm);
        let Some(algorithm) = algorithm else {
            let why = format!("the algorithm is {}", named(&signed.algorithm));
            return Refusal::new(400, "Bad HMAC request, unsupported algorithm").refuse(turn, why);
        };
        let Ok(at) = httpdate::parse_http_date(date) else {
            return bad(turn, "Date is no date of HTTP");
        };
        let text = signed_text(date);
        let key = self.keys.get(&signed.key_id);
        // A key that is not known takes as long as one that is.
        let secret = key.map_or("", |key| key.secret.expose_secret()).as_bytes();
        let is_signed = is_signature(*algorithm, secret, &text, &signed.signature);
        let Some(key) = key else {
            let why = format!("the key {} is not known", named(&signed.key_id));
            return self.refusal.refuse(turn, why);
        };
        if !is_signed {
            return self.refusal.refuse(turn, "the signature is another");
        }
        let (age, word) = match now.duration_since(at) {
            Ok(age) => (age, "past"),
            Err(ahead) => (ahead.duration(), "future"),
        };
        if age > self.window {
            let why = format!("Date lies {} s in the {word}", age.as_secs());
            return self.refusal.refuse(turn, why);
        }
        turn.identity.insert("key_id".to_owned(), signed.key_id.as_str().into());
        let state = SessionState {
            hmac_enabled: true,
            hmac_secret: key.secret.expose_secret().to_owned(),
            ..SessionState::default()
        };
        let caller = Caller { scheme: "hmac", names: ["", &signed.key_id], state };
        match key.plan.grant(turn, caller) {
            Ok(done) => done,
            Err(why) => self.refusal.refuse(turn, why),
        }
    }
}

fn load(loader: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let own = ["keys_file", "algorithms", "window", "code", "error"];
    let table = action_table(action, "hmac", "`hmac`", &[&own[..], &session::KEYS].concat())?;
    let plan = Plan::load(loader, &table, None)?;
    let file = loader.file(&table, "keys_file", "the file of HMAC keys")?.ok_or_else(|| {
        table
            .problem(&table.span, "`hmac` without a `keys_file`")
            .help("name a file with `id:secret` a line: keys_file = \"hmac-keys.txt\"")
    })?;
    let source = Source { path: &file.path, text: &file.text };
    let keys = keys(loader, &source, &plan)?;
    if keys.is_empty() {
        return Err(table.problem(
            &table.span,
            "the file of HMAC keys is empty: every caller would be refused",
        ));
    }
    let algorithms = match table.strings("algorithms")? {
        None => HmacAlgorithm::ALL.to_vec(),
        Some(names) => {
            let each = |name: crate::dispatch::rules::Placed<&str>| {
                HmacAlgorithm::of(name.value).ok_or_else(|| {
                    let known = HmacAlgorithm::ALL.iter().map(|it| it.word());
                    let known = known.collect::<Vec<_>>().join(", ");
                    table
                        .problem(&name.span, format!("`{}` is no algorithm of HMAC", name.value))
                        .help(format!("known are {known}"))
                })
            };
            names.into_iter().map(each).collect::<Result<_, _>>()?
        }
    };
    let window = match table.integer("window")? {
        None => WINDOW,
        Some(seconds) => u64::try_from(seconds.value)
            .ok()
            .filter(|it| *it > 0)
            .ok_or_else(|| table.problem(&seconds.span, "`window` must be at least 1 second"))?,
    };
    Ok(Action::Now(Box::new(HmacAuth {
        keys,
        algorithms,
        window: Duration::from_secs(window),
        refusal: Refusal::new(401, "Custom middleware: Not authorized").load(&table)?,
    })))
}

/// `id:secret` a line, or TOML with `[[key]]` tables.
fn keys(
    loader: &mut Loader<'_>,
    source: &Source<'_>,
    base: &Plan,
) -> Result<HashMap<String, Key>, Problem> {
    let mut keys = HashMap::new();
    let mut add = |id: &str, secret: &str, plan: &Plan| {
        if id.is_empty() || secret.is_empty() {
            return Err("an empty key id or secret");
        }
        let key = Key { secret: secret.to_owned().into(), plan: plan.clone() };
        match keys.insert(id.to_owned(), key) {
            None => Ok(()),
            Some(_) => Err("this key id is there already"),
        }
    };
    if source.is_toml() {
        let known = [&["id", "secret"][..], &session::KEYS].concat();
        source.each("key", "a file of HMAC keys", "a key", &known, |table| {
            let (id, secret) = (table.required("id")?, table.required("secret")?);
            let plan = Plan::load(loader, table, Some(base))?;
            add(id.value, secret.value, &plan).map_err(|what| table.problem(&id.span, what))
        })?;
    } else {
        for line in source.lines() {
            let (id, secret) = line
                .value
                .split_once(':')
                .ok_or_else(|| source.problem(&line.span, "no colon: a line is `id:secret`"))?;
            add(id.trim(), secret.trim(), base).map_err(|what| source.problem(&line.span, what))?;
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use prost::Message as _;

    use super::*;
    use crate::domain::object::Head;
    use crate::domain::object::coprocess::{HookType, MiniRequestObject, Object};

    /// The contract's golden: signature by sha256 with the secret `c2VjcmV0` over this date, and the date as a number.
    const DATE: &str = "Sat, 24 Feb 2024 11:33:36 GMT";
    const SIGNATURE: &str = "lOW5XnMDwBZC18z9paHwWcuWPZVXAYj%2BXDjPoVNgDMg%3D";
    const AT: u64 = 1_708_774_416;

    /// Whether the golden counts so many seconds after it was signed, and why not.
    fn after(seconds: i64, window: u64) -> Result<(), String> {
        let key = Key { secret: "c2VjcmV0".to_owned().into(), plan: Plan::with_token("t") };
        let auth = HmacAuth {
            keys: [("key-1".to_owned(), key)].into(),
            algorithms: HmacAlgorithm::ALL.to_vec(),
            window: Duration::from_secs(window),
            refusal: Refusal::new(401, "Custom middleware: Not authorized"),
        };
        let signed =
            format!(r#"Signature keyId="key-1",algorithm="hmac-sha256",signature="{SIGNATURE}""#);
        let headers = [("Date".to_owned(), DATE.to_owned()), ("Authorization".to_owned(), signed)];
        let object = Object {
            hook_type: HookType::CustomKeyCheck.into(),
            request: Some(MiniRequestObject { headers: headers.into(), ..Default::default() }),
            ..Default::default()
        };
        let object = Bytes::from(object.encode_to_vec());
        let (head, call) = (Head::read(&object).unwrap(), http::HeaderMap::new());
        let mut turn = Turn::new(&head, &object, &call);
        let now = AT.checked_add_signed(seconds).unwrap();
        match auth.check(&mut turn, SystemTime::UNIX_EPOCH + Duration::from_secs(now)) {
            Done::GoOn => Ok(()),
            Done::Refused => {
                assert_eq!(turn.edit.overrides.unwrap().code, 401);
                Err(turn.note.unwrap())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_date_counts_within_the_window_and_not_a_second_longer_in_either_direction() {
        for window in [1, 5, WINDOW, 86_400] {
            let edge = i64::try_from(window).unwrap();
            for inside in [0, 1, -1, edge, -edge] {
                assert_eq!(after(inside, window), Ok(()), "{inside} of {window}");
            }
            let past = format!("Date lies {} s in the past", edge + 1);
            assert_eq!(after(edge + 1, window), Err(past));
            let future = format!("Date lies {} s in the future", edge + 1);
            assert_eq!(after(-edge - 1, window), Err(future));
        }
    }
}
