//! A search: the records that a filter means, found on a thread of its own, the newest first, rows as found.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::{Capture, Record, Seen, SharedView};
use crate::domain::filter::Filter;

/// Records that are taken from the ring at once: the lock is held for microseconds.
const AT_ONCE: usize = 512;

/// While it looks it tells of what it found this often, at most.
const TELLS: Duration = Duration::from_millis(30);

/// A search under way, or one that has looked at all and follows what comes; it ends when this is dropped.
#[derive(Debug)]
pub struct Search {
    found: Arc<Mutex<Found>>,
    cancelled: CancellationToken,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Of the matches, in order.
    pub(super) seqs: VecDeque<u64>,
    /// All that was there when it began has been looked at.
    pub(super) whole: bool,
}

impl Search {
    pub(super) fn found(&self) -> MutexGuard<'_, Found> {
        // Whoever panicked has changed nothing half.
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.cancelled.cancel();
    }
}

impl Capture {
    /// Looks for records, also for those that are yet to come. The filter sees them through `view`; `tell` is called on
    /// the search's thread when more was found or all was looked at.
    pub fn search(
        &self,
        filter: Filter,
        view: SharedView,
        tell: impl Fn() + Send + 'static,
    ) -> Search {
        let search = Search { found: Arc::default(), cancelled: CancellationToken::new() };
        let finder = Finder {
            capture: self.clone(),
            filter,
            view,
            tell,
            told: Instant::now(),
            found: Arc::clone(&search.found),
            cancelled: search.cancelled.clone(),
        };
        let thread = std::thread::Builder::new().name("search".into());
        if let Err(error) = thread.spawn(move || finder.run()) {
            tracing::error!(%error, "cannot start the search's thread: nothing will be found");
        }
        search
    }
}

struct Finder<T> {
    capture: Capture,
    filter: Filter,
    view: SharedView,
    tell: T,
    told: Instant,
    found: Arc<Mutex<Found>>,
    cancelled: CancellationToken,
}

impl<T: Fn()> Finder<T> {
    fn run(mut self) {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else { return };
        let mut changes = self.capture.changes();
        changes.mark_unchanged();
        let mut upto = self.capture.next_seq();
        let mut before = upto;
        while !self.cancelled.is_cancelled() {
            let records = self.capture.before(before, AT_ONCE);
            let Some(first) = records.first() else { break };
            before = first.row.seq;
            let newest_first = records.iter().rev();
            let seqs: Vec<u64> = newest_first.filter_map(|record| self.look(record)).collect();
            let mut found = self.found();
            for seq in seqs {
                found.seqs.push_front(seq);
            }
            drop(found);
            // Who follows does not wait for the past.
            upto = self.news(upto);
            if self.told.elapsed() > TELLS {
                self.told();
            }
        }
        self.found().whole = true;
        self.told();
        while !self.cancelled.is_cancelled() {
            let open = runtime.block_on(async {
                tokio::select! {
                    moved = changes.changed() => moved.is_ok(),
                    () = self.cancelled.cancelled() => true,
                }
            });
            let last = upto;
            upto = self.news(upto);
            if upto != last {
                self.told();
            }
            if !open {
                return;
            }
        }
    }

    /// Looks at what came; returns what comes next.
    fn news(&self, mut upto: u64) -> u64 {
        loop {
            let records = self.capture.since(upto, AT_ONCE);
            let Some(last) = records.last() else { return upto };
            upto = last.next_seq();
            let seqs: Vec<u64> = records.iter().filter_map(|record| self.look(record)).collect();
            self.found().seqs.extend(seqs);
        }
    }

    fn look(&self, record: &Record) -> Option<u64> {
        let stop = self.cancelled.is_cancelled();
        let matches = !stop && self.filter.matches(&Seen::new(record, &*self.view));
        matches.then_some(record.row.seq)
    }

    fn told(&mut self) {
        self.told = Instant::now();
        if !self.cancelled.is_cancelled() {
            (self.tell)();
        }
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use bytes::Bytes;
    use jiff::Timestamp;

    use super::*;
    use crate::capture::{Exchange, From, Kind, Query, Recorder, Window};
    use crate::config;
    use crate::domain::object::wire::{put_bytes, put_text};
    use crate::domain::redact::Shown;

    const RECORDS: u64 = 3_000;

    fn exchange(number: u64) -> Exchange {
        let mut request = Vec::new();
        put_text(&mut request, 5, &format!("/things/{number}"));
        put_text(&mut request, 11, if number.is_multiple_of(3) { "PUT" } else { "GET" });
        put_bytes(&mut request, 10, &[]);
        put_bytes(&mut request, 14, format!("body of {number}").as_bytes());
        let mut object = vec![0x08, 1];
        put_bytes(&mut object, 3, &request);
        let object = Bytes::from(object);
        Exchange {
            kind: Kind::Dispatch,
            at: Timestamp::UNIX_EPOCH,
            took: Duration::from_millis(number),
            held: Duration::ZERO,
            peer: "".into(),
            request: Some(object.clone()),
            reply: Ok(object),
            rule: None,
            trimmed: false,
        }
    }

    fn offer(recorder: &Recorder, capture: &Capture, numbers: std::ops::RangeInclusive<u64>) {
        let next = numbers.end() + 1;
        for number in numbers {
            recorder.offer(exchange(number));
            // Never more than the queue takes.
            while capture.next_seq() + 1_000 < number {
                std::thread::yield_now();
            }
        }
        while capture.next_seq() < next {
            std::thread::yield_now();
        }
    }

    fn window(capture: &Capture, search: &Search) -> Window {
        let query = Query { search: Some(search), until: None, from: From::Index(0), rows: 5_000 };
        capture.window(&query)
    }

    #[test]
    fn what_was_there_and_what_comes_is_found_in_order_whatever_the_filter_reads() {
        let limits = config::Settings::default().capture;
        let view: SharedView = Arc::new(Shown);
        let (recorder, capture) = Capture::start(&limits, Arc::clone(&view), 4 << 20);
        offer(&recorder, &capture, 1..=RECORDS);
        for text in [
            "method:put",
            "took>=3 & path~\"/[0-9]*[0369]$\" || method:PUT",
            "method:put & body:\"body of\"",
            "| .request.request.method == \"PUT\"",
        ] {
            let (tell, told) = channel();
            let filter = Filter::parse(text).unwrap();
            let expected = |upto: u64| -> Vec<u64> {
                (1..=upto).filter(|&number| filter.matches(&Fake(number))).collect()
            };
            let first = capture.next_seq() - 1;
            let search = capture.search(filter.clone(), Arc::clone(&view), move || {
                let _ = tell.send(());
            });
            let wait = |upto: u64| loop {
                let window = window(&capture, &search);
                let seqs: Vec<u64> = window.rows.iter().map(|row| row.seq).collect();
                if window.whole && seqs == expected(upto) {
                    return;
                }
                let told = told.recv_timeout(Duration::from_secs(30));
                assert!(told.is_ok(), "{text}: {} of {}", seqs.len(), expected(upto).len());
            };
            wait(first);
            offer(&recorder, &capture, first + 1..=first + 100);
            wait(first + 100);
        }
    }

    /// What the record of this number has.
    struct Fake(u64);

    impl crate::domain::filter::Fields for Fake {
        fn any(
            &self,
            field: &crate::domain::filter::Text,
            take: &mut dyn FnMut(&[u8]) -> bool,
        ) -> bool {
            use crate::domain::filter::Text;
            match field {
                Text::Method => take(if self.0.is_multiple_of(3) { b"PUT" } else { b"GET" }),
                Text::Path => take(format!("/things/{}", self.0).as_bytes()),
                Text::Body => take(format!("body of {}", self.0).as_bytes()),
                _ => false,
            }
        }

        fn number(&self, _: crate::domain::filter::Number) -> Option<u64> {
            Some(self.0 * 1_000)
        }

        fn json(&self) -> std::borrow::Cow<'_, serde_json::Value> {
            let method = if self.0.is_multiple_of(3) { "PUT" } else { "GET" };
            std::borrow::Cow::Owned(serde_json::json!({"request": {"request": {"method": method}}}))
        }
    }
}
