//! When the next frame is due. Nobody draws of his own accord: frames are asked for, and asking twice gives one frame.

use std::time::Duration;

use tokio::time::Instant;

/// Keys are answered within this time; a held key so costs at most one frame in it.
const INPUT: Duration = Duration::from_millis(8);

/// Frames that only traffic asks for: at most thirty a second.
const STREAM: Duration = Duration::from_nanos(1_000_000_000 / 30);

/// The frame that is due next, if any.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    last: Option<Instant>,
    due: Option<Instant>,
}

impl Pace {
    /// Asks for a frame because of a key, a click, a result.
    pub(crate) fn input(&mut self, now: Instant) {
        self.at(self.not_before(now, INPUT));
    }

    /// Asks for a frame because something came in that nobody waits for.
    pub(crate) fn stream(&mut self, now: Instant) {
        self.at(self.not_before(now, STREAM));
    }

    /// Asks for a frame later: the rate strip moves on.
    pub(crate) fn later(&mut self, now: Instant, wait: Duration) {
        self.at(now + wait);
    }

    /// When the next frame is to be drawn; `None`: nothing is due, and nothing runs.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Whether a frame is due so soon that news of the stream cannot bring it forward.
    pub(crate) fn is_soon(&self, now: Instant) -> bool {
        self.due.is_some_and(|due| due <= now + STREAM)
    }

    /// A frame was drawn.
    pub(crate) fn drawn(&mut self, now: Instant) {
        self.last = Some(now);
        self.due = None;
    }

    fn not_before(&self, now: Instant, gap: Duration) -> Instant {
        self.last.map_or(now, |last| now.max(last + gap))
    }

    fn at(&mut self, when: Instant) {
        self.due = Some(self.due.map_or(when, |due| due.min(when)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs asks at these times (in ms) against the pace for a second, and counts the frames.
    async fn frames(asks: impl Iterator<Item = u64>, ask: fn(&mut Pace, Instant)) -> Vec<u64> {
        let start = Instant::now();
        let mut pace = Pace::default();
        let mut drawn = Vec::new();
        let mut asks = asks.map(|ms| start + Duration::from_millis(ms)).peekable();
        loop {
            let next = match (asks.peek().copied(), pace.due()) {
                (Some(asked), Some(due)) => asked.min(due),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => return drawn,
            };
            tokio::time::sleep_until(next).await;
            let now = Instant::now();
            while asks.next_if(|asked| *asked <= now).is_some() {
                ask(&mut pace, now);
            }
            if pace.due().is_some_and(|due| due <= now) {
                pace.drawn(now);
                drawn.push(u64::try_from((now - start).as_millis()).unwrap());
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_draws_at_most_thirty_frames_a_second() {
        let drawn = frames(0..1000, Pace::stream).await;
        assert!((29..=31).contains(&drawn.len()), "{drawn:?}");
        assert!(drawn.windows(2).all(|pair| pair[1] - pair[0] >= 33), "{drawn:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_key_is_drawn_within_eight_milliseconds_even_in_a_stream() {
        let mut pace = Pace::default();
        let start = Instant::now();
        pace.drawn(start);
        pace.stream(start);
        tokio::time::advance(Duration::from_millis(2)).await;
        let now = Instant::now();
        pace.input(now);
        assert!(pace.due().unwrap() - now <= INPUT);
        // Held down, thirty keys a second cost thirty frames, not more.
        let drawn = frames((0..30).map(|key| key * 33), Pace::input).await;
        assert_eq!(drawn.len(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn one_frame_for_many_asks_and_none_for_none() {
        let drawn = frames([5, 5, 6, 7].into_iter(), Pace::input).await;
        assert_eq!(drawn, [5, 13]);
        let pace = Pace::default();
        assert_eq!(pace.due(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn later_does_not_put_off_what_is_due() {
        let mut pace = Pace::default();
        let now = Instant::now();
        pace.input(now);
        pace.later(now, Duration::from_secs(1));
        assert_eq!(pace.due(), Some(now));
    }

    #[tokio::test(start_paused = true)]
    async fn a_strip_that_ticks_by_the_second_does_not_slow_the_stream() {
        let mut pace = Pace::default();
        let start = Instant::now();
        pace.drawn(start);
        pace.later(start, Duration::from_secs(1));
        assert!(!pace.is_soon(start), "news must still be heard");
        pace.stream(start);
        assert!(pace.is_soon(start));
        assert_eq!(pace.due(), Some(start + STREAM));
    }
}
