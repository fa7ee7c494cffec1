//! Rate, errors and latencies of the last minutes, by hook and API, in memory that does not grow.
//!
//! Time is that of the records, so that a session that is looked at later shows what was then.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::{Kind, Record};
use crate::domain::effect::Outcome;
use crate::domain::object::Hook;

/// Seconds that a bucket covers.
pub const BUCKET_SECONDS: i64 = 5;
/// Buckets that are kept: five minutes.
pub const BUCKETS: usize = 60;
/// The same, in the arithmetic of times.
const REACH: i64 = 60;
/// Hooks of APIs that are told apart; what comes beyond is counted together.
const SERIES: usize = 48;

/// Steps of a latency from one power of two to the next: a figure is at most a sixteenth away.
const STEPS: usize = 8;
/// Powers of two, from 1 µs to more than two minutes.
const POWERS: usize = 27;

/// What is plotted as one: a hook of an API. `None`: of all, or of those that are not told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Series {
    /// The API's id.
    pub api: Option<Arc<str>>,
    /// The manifest's word, or `event`.
    pub hook: Option<&'static str>,
}

/// How series are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Each hook of each API.
    #[default]
    HookAndApi,
    /// Each hook, of all APIs.
    Hook,
    /// Each API, all hooks.
    Api,
}

impl By {
    /// In the order of the screen.
    pub const ALL: [Self; 3] = [Self::HookAndApi, Self::Hook, Self::Api];

    /// In a few words.
    pub fn word(self) -> &'static str {
        match self {
            Self::HookAndApi => "hook and API",
            Self::Hook => "hook",
            Self::Api => "API",
        }
    }

    fn of(self, series: &Series) -> Series {
        match self {
            Self::HookAndApi => series.clone(),
            Self::Hook => Series { api: None, hook: series.hook },
            Self::Api => Series { api: series.api.clone(), hook: None },
        }
    }
}

/// What a span of time had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Calls.
    pub calls: u32,
    /// Those that failed.
    pub failed: u32,
    /// Those that were refused or answered in the Gateway's place.
    pub refused: u32,
    took: Box<[u32; STEPS * POWERS]>,
}

impl Default for Bucket {
    fn default() -> Self {
        Self { calls: 0, failed: 0, refused: 0, took: Box::new([0; STEPS * POWERS]) }
    }
}

impl Bucket {
    fn count(&mut self, took: Duration, outcome: Option<Outcome>) {
        self.calls += 1;
        match outcome {
            Some(Outcome::Failed) => self.failed += 1,
            Some(Outcome::Refused | Outcome::Overridden) => self.refused += 1,
            _ => {}
        }
        self.took[step(took)] += 1;
    }

    fn add(&mut self, other: &Self) {
        self.calls += other.calls;
        self.failed += other.failed;
        self.refused += other.refused;
        for (sum, more) in self.took.iter_mut().zip(other.took.iter()) {
            *sum += more;
        }
    }

    /// The time below which this part (0 to 1) of the calls were answered; zero where there were none.
    pub fn quantile(&self, part: f64) -> Duration {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a count is a count"
        )]
        let rank = (f64::from(self.calls) * part).ceil().max(1.0) as u32;
        let mut below = 0;
        let found = self.took.iter().position(|&count| {
            below += count;
            below >= rank
        });
        found.map_or(Duration::ZERO, middle)
    }
}

/// The step that a time is counted in.
fn step(took: Duration) -> usize {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    let power = micros.ilog2() as usize;
    // The three bits behind the first.
    let within = if power >= 3 { micros >> (power - 3) } else { micros << (3 - power) } & 7;
    (power * STEPS + usize::try_from(within).unwrap_or(0)).min(STEPS * POWERS - 1)
}

/// The middle of a step.
fn middle(step: usize) -> Duration {
    let (power, within) = (step / STEPS, step % STEPS);
    let low = (8 + within as u64) << power;
    Duration::from_nanos((low + (1 << power) / 2) * 1_000 / 8)
}

/// One series, bucket by bucket.
#[derive(Debug)]
struct Line {
    series: Series,
    /// Which bucket the last one is, since 1970.
    newest: i64,
    /// `None` where nothing came.
    buckets: VecDeque<Option<Bucket>>,
}

impl Line {
    fn count(&mut self, bucket: i64, record: &Record) {
        for _ in 0..(bucket - self.newest).min(REACH) {
            self.buckets.push_back(None);
            if self.buckets.len() > BUCKETS {
                self.buckets.pop_front();
            }
        }
        self.newest = self.newest.max(bucket);
        // One that was answered late may be of an earlier one; of one that is gone there is nothing to be told.
        let Some(back) = usize::try_from(self.newest - bucket).ok().filter(|it| *it < BUCKETS)
        else {
            return;
        };
        while self.buckets.len() <= back {
            self.buckets.push_front(None);
        }
        let at = self.buckets.len() - 1 - back;
        let bucket = self.buckets[at].get_or_insert_default();
        bucket.count(record.row.took, record.row.outcome);
    }
}

/// All series.
#[derive(Debug, Default)]
pub(super) struct Plots {
    lines: Vec<Line>,
    newest: Option<Timestamp>,
}

impl Plots {
    /// Counts a record.
    pub(super) fn count(&mut self, record: &Record) {
        let row = &record.row;
        let hook = match row.kind {
            Kind::Dropped { .. } => return,
            Kind::Event => "event",
            // What could not be read is of no hook.
            Kind::Dispatch if row.hook == Hook::Unknown => return,
            Kind::Dispatch => row.hook.word(),
        };
        let bucket = row.at.as_second().div_euclid(BUCKET_SECONDS);
        self.newest = self.newest.max(Some(row.at));
        let at = self.line(hook, &row.api, bucket);
        self.lines[at].count(bucket, record);
    }

    /// The line of a series; where there are too many already, one that has nothing left to show makes room, or the
    /// record is counted with the others.
    fn line(&mut self, hook: &'static str, api: &Arc<str>, bucket: i64) -> usize {
        let is_it = |line: &Line| {
            line.series.hook == Some(hook) && line.series.api.as_deref() == Some(&**api)
        };
        if let Some(at) = self.lines.iter().position(is_it) {
            return at;
        }
        let series = Series { api: Some(Arc::clone(api)), hook: Some(hook) };
        let fresh =
            |series: Series| Line { series, newest: bucket, buckets: VecDeque::from([None]) };
        if self.lines.len() < SERIES {
            self.lines.push(fresh(series));
            return self.lines.len() - 1;
        }
        let is_over = |line: &Line| line.newest + REACH <= bucket;
        if let Some(at) = self.lines.iter().position(is_over) {
            self.lines[at] = fresh(series);
            return at;
        }
        let others = Series::default();
        if let Some(at) = self.lines.iter().position(|line| line.series == others) {
            return at;
        }
        self.lines.push(fresh(others));
        self.lines.len() - 1
    }

    /// The lines as they are now, or as they were when the newest record came, where that is longer ago than they reach.
    pub(super) fn seen(&self, by: By, now: Timestamp) -> Seen {
        let reach = BUCKET_SECONDS * REACH;
        let newest = self.newest.unwrap_or(now);
        let is_past = now.as_second() - newest.as_second() >= reach;
        let until = if is_past { newest } else { now.max(newest) };
        let last = until.as_second().div_euclid(BUCKET_SECONDS);
        let mut lines: Vec<SeenLine> = Vec::new();
        for line in &self.lines {
            let series = by.of(&line.series);
            let at = lines.iter().position(|it| it.series == series).unwrap_or_else(|| {
                lines.push(SeenLine::new(series));
                lines.len() - 1
            });
            let seen = &mut lines[at];
            for (age, bucket) in (last - line.newest..).zip(line.buckets.iter().rev()) {
                let (Some(bucket), Ok(age)) = (bucket, usize::try_from(age)) else { continue };
                if age < BUCKETS {
                    seen.buckets[BUCKETS - 1 - age].add(bucket);
                    seen.all.add(bucket);
                }
            }
        }
        lines.retain(|line| line.all.calls > 0);
        lines.sort_by_key(SeenLine::place);
        // The bucket under way is not whole, and its rate is that of the part that is over.
        let under_way = until.as_second().rem_euclid(BUCKET_SECONDS);
        Seen { until, is_past, under_way, lines }
    }
}

/// The plots at a moment.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Up to when.
    pub until: Timestamp,
    /// That is not now: nothing came since.
    pub is_past: bool,
    /// Whole seconds of the last bucket that are over.
    pub under_way: i64,
    /// A line a series, hooks of an API together, in the order of a request.
    pub lines: Vec<SeenLine>,
}

/// A series at a moment.
#[derive(Clone, Debug)]
pub struct SeenLine {
    /// Of what.
    pub series: Series,
    /// The oldest first.
    pub buckets: Vec<Bucket>,
    /// All of them together.
    pub all: Bucket,
}

impl SeenLine {
    fn new(series: Series) -> Self {
        Self { series, buckets: vec![Bucket::default(); BUCKETS], all: Bucket::default() }
    }

    /// What stands before it: APIs by name, hooks in the order of a request, those that are not told apart last.
    fn place(&self) -> (bool, Option<Arc<str>>, usize) {
        const ORDER: [&str; 5] = ["pre", "auth_check", "post_key_auth", "post", "response"];
        let Series { api, hook } = &self.series;
        let hook = hook.and_then(|hook| ORDER.iter().position(|it| *it == hook));
        (self.series == Series::default(), api.clone(), hook.unwrap_or(ORDER.len()))
    }

    /// Calls a second in the last minute that is whole.
    pub fn rate(&self) -> f64 {
        // Of five seconds each.
        const LAST: usize = 12;
        let whole = &self.buckets[BUCKETS - 1 - LAST..BUCKETS - 1];
        f64::from(whole.iter().map(|bucket| bucket.calls).sum::<u32>()) / 60.0
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::capture::{Exchange, Judge};
    use crate::domain::object::wire::{put_bytes, put_entry};
    use crate::domain::redact::Shown;

    fn record(hook: u8, api: &str, second: i64, took: Duration) -> Record {
        let mut object = vec![0x08, hook];
        put_bytes(&mut object, 3, &[0x52, 0]);
        put_entry(&mut object, 6, "APIID", api);
        let object = Bytes::from(object);
        let judge = Judge { view: Arc::new(Shown), answer_limit: 4 << 20 };
        let exchange = Exchange {
            at: Timestamp::from_second(second).unwrap(),
            took,
            reply: if hook == 4 { Err("gone".into()) } else { Ok(object.clone()) },
            ..Exchange::answered(object, Bytes::new())
        };
        judge.record(1, exchange)
    }

    fn now(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_quantile_is_at_most_a_sixteenth_away() {
        for micros in [1, 2, 3, 9, 100, 999, 4_321, 1_000_000, 90_000_000] {
            let took = Duration::from_micros(micros);
            let found = middle(step(took)).as_secs_f64();
            let exact = took.as_secs_f64();
            assert!((found - exact).abs() <= exact / 16.0 + 6e-7, "{micros}: {found}");
        }
        assert_eq!(step(Duration::ZERO), step(Duration::from_micros(1)));
        assert_eq!(step(Duration::MAX), STEPS * POWERS - 1);
        let mut bucket = Bucket::default();
        for millis in 1..=100 {
            bucket.count(Duration::from_millis(millis), None);
        }
        for (part, millis) in [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0)] {
            let found = bucket.quantile(part).as_secs_f64() * 1e3;
            assert!((found - millis).abs() < millis / 15.0, "{part}: {found}");
        }
        assert_eq!(Bucket::default().quantile(0.5), Duration::ZERO);
    }

    #[test]
    fn series_are_apart_or_together_and_forget() {
        let mut plots = Plots::default();
        let start = 1_000_000;
        for second in 0..120 {
            plots.count(&record(1, "a", start + second, Duration::from_micros(100)));
            plots.count(&record(4, "a", start + second, Duration::from_millis(2)));
            if second % 2 == 0 {
                plots.count(&record(1, "b", start + second, Duration::from_micros(400)));
            }
        }
        let seen = plots.seen(By::HookAndApi, now(start + 120));
        let names: Vec<_> = seen
            .lines
            .iter()
            .map(|line| (line.series.api.as_deref().unwrap(), line.series.hook.unwrap()))
            .collect();
        assert_eq!(names, [("a", "pre"), ("a", "auth_check"), ("b", "pre")]);
        assert_eq!(
            seen.lines.iter().map(|line| line.all.calls).collect::<Vec<_>>(),
            [120, 120, 60]
        );
        assert_eq!(seen.lines[1].all.failed, 120);
        assert!((seen.lines[0].rate() - 1.0).abs() < 0.01, "{}", seen.lines[0].rate());
        let by_hook = plots.seen(By::Hook, now(start + 120));
        assert_eq!(by_hook.lines.iter().map(|line| line.all.calls).collect::<Vec<_>>(), [180, 120]);
        assert_eq!(plots.seen(By::Api, now(start + 120)).lines.len(), 2);
        // Four minutes later the first minute is gone, and an hour later it is what was that is shown.
        let later = plots.seen(By::Hook, now(start + 360));
        // The bucket under way is one of the sixty.
        assert_eq!(later.lines[1].all.calls, 55);
        assert!(!later.is_past);
        let past = plots.seen(By::Hook, now(start + 3_600));
        assert!(past.is_past);
        assert_eq!(past.lines[1].all.calls, 120);
    }

    #[test]
    fn one_that_was_answered_late_is_counted_when_it_came() {
        let mut plots = Plots::default();
        plots.count(&record(1, "a", 1_000_100, Duration::ZERO));
        plots.count(&record(1, "a", 1_000_050, Duration::from_secs(50)));
        plots.count(&record(1, "a", 999_000, Duration::ZERO));
        let seen = plots.seen(By::HookAndApi, now(1_000_100));
        let calls: Vec<_> = seen.lines[0].buckets.iter().map(|bucket| bucket.calls).collect();
        assert_eq!(calls[BUCKETS - 11..], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(seen.lines[0].all.calls, 2);
    }

    #[test]
    fn there_are_never_more_series_than_there_is_room_for() {
        let mut plots = Plots::default();
        for api in 0..10_000 {
            plots.count(&record(1, &format!("api-{api}"), 1_000_000, Duration::ZERO));
        }
        assert_eq!(plots.lines.len(), SERIES + 1);
        let seen = plots.seen(By::HookAndApi, now(1_000_000));
        assert_eq!(seen.lines.len(), SERIES + 1);
        assert_eq!(seen.lines.last().unwrap().all.calls, 10_000 - u32::try_from(SERIES).unwrap());
        // Those that have nothing left to show make room.
        plots.count(&record(1, "new", 1_000_900, Duration::ZERO));
        let seen = plots.seen(By::HookAndApi, now(1_000_900));
        assert_eq!(seen.lines[0].series.api.as_deref(), Some("new"));
    }
}
