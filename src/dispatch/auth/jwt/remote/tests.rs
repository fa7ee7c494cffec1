//! A server of keys that is slow, down, back, or has new keys, on a clock that only moves when nobody has anything to do.

use std::collections::VecDeque;
use std::sync::Mutex as Lock;

use tokio::time::{advance, sleep};

use super::*;

/// What a server that is made up does when it is asked.
#[derive(Clone)]
enum Does {
    /// Gives these keys, so much later.
    Gives(&'static [&'static str], Duration),
    /// Fails at once.
    Fails,
}

/// A server that does one thing after the other, the last one for ever, and notes when it was asked.
struct Made {
    does: Lock<VecDeque<Does>>,
    asked: Arc<Lock<Vec<Instant>>>,
}

impl Source for Made {
    fn address(&self) -> &'static str {
        "https://id.example.org/jwks"
    }

    fn ask(&self) -> Pin<Box<dyn Future<Output = Result<Vec<Key>, String>> + Send + '_>> {
        self.asked.lock().unwrap().push(Instant::now());
        let mut does = self.does.lock().unwrap();
        let next = if does.len() > 1 { does.pop_front() } else { does.front().cloned() };
        Box::pin(async move {
            match next.unwrap() {
                Does::Gives(kids, after) => {
                    sleep(after).await;
                    Ok(keys(kids))
                }
                Does::Fails => Err("down".to_owned()),
            }
        })
    }
}

/// Keys that only their names tell apart.
fn keys(kids: &[&str]) -> Vec<Key> {
    let key = |kid: &&str| {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        serde_json::json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid})
    };
    let set = serde_json::json!({"keys": kids.iter().map(key).collect::<Vec<_>>()});
    of_set(set.to_string().as_bytes(), false).unwrap().keys
}

const AT_ONCE: Duration = Duration::ZERO;
const EVERY: Duration = Duration::from_mins(5);

/// The keys of such a server, and when it was asked, in seconds from now.
struct Tried {
    remote: Arc<Remote>,
    asked: Arc<Lock<Vec<Instant>>>,
    start: Instant,
}

impl Tried {
    fn new(does: &[Does]) -> Self {
        let asked = Arc::default();
        let made =
            Made { does: Lock::new(does.iter().cloned().collect()), asked: Arc::clone(&asked) };
        let remote = Arc::new(Remote::of(Box::new(made), EVERY));
        Self { remote, asked, start: Instant::now() }
    }

    /// What a token with this `kid` finds: a key, none, or no keys at all.
    async fn find(&self, kid: &str) -> Result<bool, String> {
        let header = jsonwebtoken::Header {
            kid: Some(kid.to_owned()),
            ..jsonwebtoken::Header::new(jsonwebtoken::Algorithm::EdDSA)
        };
        let fits = |keys: &[Key]| keys.iter().any(|key| key.fits(&header));
        self.remote.keys(fits).await.map(|keys| fits(&keys))
    }

    fn asked(&self) -> Vec<u64> {
        let seconds = |at: &Instant| at.duration_since(self.start).as_secs();
        self.asked.lock().unwrap().iter().map(seconds).collect()
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

#[tokio::test(start_paused = true)]
async fn keys_are_asked_for_again_behind_the_callers_backs() {
    let tried = Tried::new(&[Does::Gives(&["a"], AT_ONCE), Does::Gives(&["b"], AT_ONCE)]);
    assert_eq!(tried.asked(), [0_u64; 0], "nobody needed it");
    assert_eq!(tried.find("a").await, Ok(true));
    advance(Duration::from_secs(299)).await;
    assert_eq!(tried.find("a").await, Ok(true));
    assert_eq!(tried.asked(), [0]);
    advance(Duration::from_secs(1)).await;
    assert_eq!(tried.find("a").await, Ok(true), "who comes first has the old ones");
    sleep(Duration::from_millis(1)).await;
    assert_eq!((tried.find("a").await, tried.find("b").await), (Ok(false), Ok(true)));
    assert_eq!(tried.asked(), [0, 300]);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_slow_refresh_and_old_keys_count_meanwhile() {
    let slow = Does::Gives(&["b"], Duration::from_mins(1));
    let tried = Tried::new(&[Does::Gives(&["a"], AT_ONCE), slow]);
    tried.find("a").await.unwrap();
    advance(EVERY).await;
    for _ in 0..1_000 {
        let before = tried.now();
        assert_eq!(tried.find("a").await, Ok(true));
        assert_eq!(tried.now(), before, "no caller waited");
    }
    tokio::task::yield_now().await;
    assert_eq!(tried.asked(), [0, 300], "asked once, however many came");
    // Its time is over after five seconds; then it is asked less and less often, and the old keys go on.
    while tried.now() < EVERY + Duration::from_secs(30) {
        assert_eq!(tried.find("a").await, Ok(true));
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(tried.asked(), [0, 300, 306, 313, 322]);
}

#[tokio::test(start_paused = true)]
async fn a_first_answer_that_does_not_come_refuses_all_who_wait_for_it_after_five_seconds() {
    let tried = Arc::new(Tried::new(&[Does::Gives(&["a"], Duration::from_mins(1))]));
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let tried = Arc::clone(&tried);
            tokio::spawn(async move { tried.find("a").await })
        })
        .collect();
    for call in calls {
        let why = call.await.unwrap().unwrap_err();
        assert_eq!(why, "no keys from https://id.example.org/jwks: no answer within 5s");
    }
    assert_eq!((tried.now(), tried.asked()), (LIMIT, vec![0]), "one asked for all");
    tried.find("a").await.unwrap_err();
    assert_eq!(tried.now(), LIMIT, "who comes then does not wait");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_down_is_asked_less_and_less_often_until_it_is_back() {
    let mut does = vec![Does::Fails; 12];
    does.push(Does::Gives(&["a"], AT_ONCE));
    let tried = Tried::new(&does);
    // Ten callers a second, for an hour.
    let mut back = None;
    while tried.now() < Duration::from_hours(1) {
        match tried.find("a").await {
            Ok(found) => {
                assert!(found);
                back.get_or_insert(tried.now().as_secs());
            }
            Err(why) => assert!(back.is_none() && why.ends_with(": down"), "{why}"),
        }
        sleep(Duration::from_millis(100)).await;
    }
    let asked = tried.asked();
    let pauses: Vec<_> = asked.windows(2).map(|two| two[1] - two[0]).collect();
    assert_eq!(pauses[..12], [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    assert_eq!(back, Some(asked[12]));
    assert!(pauses[12..].iter().all(|pause| (300..=301).contains(pause)), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_kid_that_is_not_known_has_the_server_asked_once_in_ten_seconds() {
    let tried = Arc::new(Tried::new(&[
        Does::Gives(&["a"], AT_ONCE),
        Does::Gives(&["a", "b"], Duration::from_secs(1)),
        Does::Gives(&["c"], AT_ONCE),
    ]));
    tried.find("a").await.unwrap();
    assert_eq!(tried.find("b").await, Ok(false), "it was asked a moment ago");
    advance(UNKNOWN).await;
    // A hundred at once, of the new key and of one that nobody has; who has a known key does not wait for them.
    let calls: Vec<_> = (0..100)
        .map(|number| {
            let tried = Arc::clone(&tried);
            let kid = if number % 2 == 0 { "b" } else { "nobody's" };
            tokio::spawn(async move { (kid, tried.find(kid).await) })
        })
        .collect();
    tokio::task::yield_now().await;
    let before = tried.now();
    assert_eq!(tried.find("a").await, Ok(true));
    assert_eq!(tried.now(), before);
    for call in calls {
        let (kid, found) = call.await.unwrap();
        assert_eq!(found, Ok(kid == "b"), "{kid}");
    }
    assert_eq!(tried.asked(), [0, 10]);
    // Made-up names have it asked no more often than that.
    while tried.now() < Duration::from_mins(1) {
        assert_eq!(tried.find(&format!("{:?}", tried.now())).await, Ok(false));
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(tried.asked(), [0, 10, 21, 31, 41, 51]);
    assert_eq!(tried.find("a").await, Ok(false), "what the server took back does not count");
}

#[tokio::test(start_paused = true)]
async fn keys_that_cannot_be_asked_for_again_count_for_a_day() {
    let tried = Tried::new(&[Does::Gives(&["a"], AT_ONCE), Does::Fails]);
    tried.find("a").await.unwrap();
    advance(KEPT.checked_sub(Duration::from_secs(1)).unwrap()).await;
    assert_eq!(tried.find("a").await, Ok(true));
    advance(Duration::from_secs(1)).await;
    assert_eq!(
        tried.find("a").await.unwrap_err(),
        "no keys from https://id.example.org/jwks: down"
    );
}
