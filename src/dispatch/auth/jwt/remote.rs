//! Keys that a server gives out (JWKS): kept, asked for anew from time to time, and less and less often while that fails.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use http::header::AUTHORIZATION;
use reqwest::Url;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::{Instant, timeout};

use super::keys::{Key, Set, of_set};
use crate::net::http::{Answer, Ask, CallError, Caller, Certificates};

/// How long an answer may take: a caller of the API may wait for it.
const LIMIT: Duration = Duration::from_secs(5);

/// Bytes of an answer, at most.
const LONGEST: usize = 1 << 20;

/// After a failure the server is asked again after so long, then after twice as long, and so on.
const BACK_OFF: Duration = Duration::from_secs(1);
const LONGEST_BACK_OFF: Duration = Duration::from_mins(5);

/// How often tokens with a `kid` that is not known may ask the server.
const UNKNOWN: Duration = Duration::from_secs(10);

/// Keys that cannot be asked for anew count so long: a key that was withdrawn must not count for ever.
const KEPT: Duration = Duration::from_hours(24);

/// The keys of one server.
pub(super) struct Remote {
    source: Box<dyn Source>,
    every: Duration,
    held: RwLock<Held>,
    /// One asks; those who have no keys wait for what it hears.
    asking: Arc<Mutex<()>>,
}

/// The servers of all rules, by URL and pause. Rules that are read anew go on with what their servers gave: one that is down
/// just then would have every caller refused.
#[derive(Debug, Default)]
pub(in crate::dispatch) struct Remotes {
    now: BTreeMap<(String, Duration), Arc<Remote>>,
    before: BTreeMap<(String, Duration), Arc<Remote>>,
}

impl Remotes {
    /// None yet, but for what these know.
    pub(in crate::dispatch) fn after(before: &Self) -> Self {
        Self { now: BTreeMap::new(), before: before.now.clone() }
    }

    /// Without those that no rule names any more.
    pub(in crate::dispatch) fn settled(self) -> Self {
        Self { before: BTreeMap::new(), ..self }
    }

    /// The server at this URL, one for all rules that name it.
    pub(super) fn of(&mut self, url: &Url, every: Duration) -> Result<Arc<Remote>, CallError> {
        let key = (url.to_string(), every);
        if let Some(known) = self.now.get(&key) {
            return Ok(Arc::clone(known));
        }
        let mut before = self.before.iter();
        let remote = match (self.before.get(&key), before.find(|((known, _), _)| *known == key.0)) {
            (Some(known), _) => Arc::clone(known),
            (None, Some((_, known))) => Arc::new(Remote::new(url, every)?.with(known.held())),
            (None, None) => Arc::new(Remote::new(url, every)?),
        };
        remote.may_be_asked();
        self.now.insert(key, Arc::clone(&remote));
        Ok(remote)
    }
}

/// Who is asked.
trait Source: Send + Sync {
    /// Its address, for people.
    fn address(&self) -> &str;

    /// The keys that it has now, or why there are none.
    fn ask(&self) -> Pin<Box<dyn Future<Output = Result<Vec<Key>, String>> + Send + '_>>;
}

/// A server by its URL.
struct Server {
    caller: Caller,
    query: Vec<(String, String)>,
}

impl Source for Server {
    fn address(&self) -> &str {
        self.caller.address()
    }

    fn ask(&self) -> Pin<Box<dyn Future<Output = Result<Vec<Key>, String>> + Send + '_>> {
        Box::pin(async {
            let query: Vec<_> =
                self.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let answer = self.caller.ask(Ask::get(&[]).query(&query)).await;
            match answer {
                Ok(answer) => read(&answer),
                // No secret is sent; but whoever is there may be anybody.
                Err(CallError::Redirect(to)) if !to.is_empty() => Err(format!(
                    "it redirects to {to:?}, which is not followed: the keys there may be anybody's"
                )),
                Err(CallError::Redirect(_)) => {
                    Err("it answered with a redirect to nowhere, as 304 is, and no keys".to_owned())
                }
                Err(error) => Err(error.to_string()),
            }
        })
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").field("address", &self.source.address()).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, Default)]
struct Held {
    keys: Option<(Arc<Vec<Key>>, Instant)>,
    asked: Option<Instant>,
    failures: u32,
    error: Option<String>,
}

impl Held {
    /// Keys that still count, and whether they are fresh.
    fn keys(&self, now: Instant, every: Duration) -> Option<(Arc<Vec<Key>>, bool)> {
        let (keys, since) = self.keys.as_ref()?;
        let age = now.duration_since(*since);
        (age < KEPT).then(|| (Arc::clone(keys), age < every))
    }

    /// Whether the server may be asked, after what it answered so far.
    fn may_ask(&self, now: Instant) -> bool {
        let Some(asked) = self.asked else { return true };
        let pause = match self.failures {
            0 => return true,
            failures => BACK_OFF.saturating_mul(1 << (failures - 1).min(16)).min(LONGEST_BACK_OFF),
        };
        now.duration_since(asked) >= pause
    }
}

impl Remote {
    pub(super) fn new(url: &Url, every: Duration) -> Result<Self, CallError> {
        let query = url.query_pairs().into_owned().collect();
        let mut base = url.clone();
        base.set_query(None);
        base.set_fragment(None);
        let caller = Caller::new(base.as_str(), AUTHORIZATION, None, Certificates::Trusted)?;
        let caller = caller.within(LIMIT).at_most(LONGEST);
        Ok(Self::of(Box::new(Server { caller, query }), every))
    }

    fn of(source: Box<dyn Source>, every: Duration) -> Self {
        Self { source, every, held: RwLock::default(), asking: Arc::default() }
    }

    /// The same with what another has heard.
    fn with(self, held: Held) -> Self {
        Self { held: RwLock::new(held), ..self }
    }

    fn held(&self) -> Held {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whoever saves rules may have mended the server: it is asked again without a pause.
    fn may_be_asked(&self) {
        self.held.write().unwrap_or_else(PoisonError::into_inner).failures = 0;
    }

    /// The keys, of which one should satisfy `fits`. Old ones are given out while new ones are asked for; the error says
    /// why there are none.
    pub(super) async fn keys(
        self: &Arc<Self>,
        fits: impl Fn(&[Key]) -> bool,
    ) -> Result<Arc<Vec<Key>>, String> {
        let now = Instant::now();
        let (held, may_ask, asked) = {
            let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
            (held.keys(now, self.every), held.may_ask(now), held.asked)
        };
        match held {
            Some((keys, fresh)) if fits(&keys) => {
                // Nobody waits for it; where somebody asks already, that is enough.
                if !fresh
                    && may_ask
                    && let Ok(turn) = Arc::clone(&self.asking).try_lock_owned()
                {
                    let this = Arc::clone(self);
                    tokio::spawn(async move { this.ask(&turn, asked).await });
                }
                Ok(keys)
            }
            Some((keys, _)) => {
                let recent = asked.is_some_and(|asked| now.duration_since(asked) < UNKNOWN);
                if recent || !may_ask {
                    return Ok(keys);
                }
                self.ask_in_turn(asked).await;
                self.now_held()
            }
            None if may_ask => {
                self.ask_in_turn(asked).await;
                self.now_held()
            }
            None => self.now_held(),
        }
    }

    fn now_held(&self) -> Result<Arc<Vec<Key>>, String> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let error = || {
            let why = held.error.as_deref().unwrap_or("it has not answered yet");
            format!("no keys from {}: {why}", self.source.address())
        };
        held.keys(Instant::now(), self.every).map(|(keys, _)| keys).ok_or_else(error)
    }

    /// Asks the server once nobody else does.
    async fn ask_in_turn(&self, seen: Option<Instant>) {
        let turn = Arc::clone(&self.asking).lock_owned().await;
        self.ask(&turn, seen).await;
    }

    /// Asks the server, unless somebody did since `seen`.
    async fn ask(&self, _turn: &OwnedMutexGuard<()>, seen: Option<Instant>) {
        {
            let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
            if held.asked != seen {
                return;
            }
        }
        let found = timeout(LIMIT, self.source.ask()).await;
        let found = found.unwrap_or_else(|_| Err(format!("no answer within {LIMIT:?}")));
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        held.asked = Some(now);
        match found {
            Ok(keys) => {
                held.keys = Some((Arc::new(keys), now));
                held.failures = 0;
                held.error = None;
            }
            Err(why) => {
                held.failures = held.failures.saturating_add(1);
                tracing::warn!(server = self.source.address(), %why, "no keys of tokens");
                held.error = Some(why);
            }
        }
    }
}

fn read(answer: &Answer) -> Result<Vec<Key>, String> {
    if !answer.status.is_success() {
        return Err(format!("it answered {}: {}", answer.status, answer.excerpt()));
    }
    let set = of_set(&answer.body, false).map_err(|why| match &*answer.kind {
        // What it says there may be a secret.
        kind if kind.ends_with("json") => why,
        "" => format!("{why} (no Content-Type): {}", answer.excerpt()),
        kind => format!("{why} ({kind}): {}", answer.excerpt()),
    });
    let Set { keys, left_out } = set?;
    for why in left_out {
        tracing::warn!(%why, "a key of tokens is left out");
    }
    Ok(keys)
}
