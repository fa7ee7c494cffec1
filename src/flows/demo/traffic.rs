//! Recorded requests one after the other, round after round, with the pauses of real traffic.

use std::ops::Range;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::player::Player;
use super::recordings::ALL;
use crate::domain::object::Hook;
use crate::domain::task::Problem;

/// How long a request waits to be tried again when the server does not answer.
const AWAY: Duration = Duration::from_millis(500);

/// How lively it is; milliseconds.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Between two requests.
    between: Range<u64>,
    /// From one hook to the next, in the Gateway.
    inside: Range<u64>,
    /// Until the upstream answers.
    upstream: Range<u64>,
    /// Requests come in waves, as people do.
    waves: bool,
}

impl Pace {
    /// For eyes: some ten Dispatches a second, in waves.
    pub const CALM: Self = Self { between: 60..500, inside: 2..9, upstream: 8..120, waves: true };
    /// For pipes: some thirty Dispatches a second.
    pub const BRISK: Self = Self { between: 10..110, inside: 1..5, upstream: 4..40, waves: false };
    /// As fast as the server answers.
    pub const AT_ONCE: Self = Self { between: 0..1, inside: 0..1, upstream: 0..1, waves: false };
}

/// Traffic that plays on a thread of its own until this is dropped.
#[derive(Debug)]
pub struct Traffic {
    cancel: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

impl Traffic {
    /// Starts to play to the server at this address, whether it runs already or not.
    pub fn start(address: &str, pace: Pace) -> Result<Self, Problem> {
        let cannot =
            |error: std::io::Error| Problem::failed(format!("cannot play traffic: {error}"));
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(cannot)?;
        let player = {
            let _context = runtime.enter();
            Player::new(address)?
        };
        let cancel = CancellationToken::new();
        let cancelled = cancel.clone();
        let thread = std::thread::Builder::new()
            .name("demo-traffic".into())
            .spawn(move || runtime.block_on(play(&player, &pace, &cancelled)))
            .map_err(cannot)?;
        Ok(Self { cancel, thread: Some(thread) })
    }
}

impl Drop for Traffic {
    fn drop(&mut self) {
        self.cancel.cancel();
        if let Some(thread) = self.thread.take() {
            // Its panic, if any, was printed when it happened.
            let _ = thread.join();
        }
    }
}

/// Plays rounds until it is cancelled; the request under way is then played to its end without pauses, so that nobody is
/// cut off. While the server does not answer, it waits and tries again, as callers do.
pub async fn play(gateway: &Player, pace: &Pace, cancel: &CancellationToken) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for (count, recording) in (0_u32..).zip(ALL.iter().cycle()) {
        loop {
            let pause = |hook| unless(cancel, pause(hook, pace, count, dice.next()));
            let ended = gateway.play(recording, pause).await;
            if cancel.is_cancelled() {
                return;
            }
            let Err(error) = ended else { break };
            tracing::debug!(request = recording.name, %error, "the demo's request failed");
            unless(cancel, tokio::time::sleep(AWAY)).await;
        }
    }
}

/// Waits, unless it is cancelled.
async fn unless(cancel: &CancellationToken, wait: impl Future<Output = ()>) {
    tokio::select! {
        () = cancel.cancelled() => {}
        () = wait => {}
    }
}

async fn pause(hook: Hook, pace: &Pace, count: u32, dice: u64) {
    let (range, wave) = match hook {
        Hook::Pre if pace.waves => (&pace.between, wave(count)),
        Hook::Pre => (&pace.between, 1.0),
        Hook::Response => (&pace.upstream, 1.0),
        _ => (&pace.inside, 1.0),
    };
    let length = range.start + dice % (range.end - range.start);
    tokio::time::sleep(Duration::from_millis(length).mul_f64(wave)).await;
}

/// How much longer than usual the pauses are: a swell of some forty requests, between a quarter and the double.
fn wave(count: u32) -> f64 {
    1.1 + 0.85 * (f64::from(count) / 40.0 * std::f64::consts::TAU).sin()
}

/// Marsaglia's xorshift: the same throws in every demo.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
