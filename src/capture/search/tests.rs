//! What a search finds, in which order, while more comes.

use std::sync::mpsc::{Receiver, channel};

use bytes::Bytes;
use jiff::Timestamp;

use super::*;
use crate::capture::{Exchange, From, Query, Recorder, Window};
use crate::config::{self, Column};
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
        at: Timestamp::UNIX_EPOCH,
        took: Duration::from_millis(number),
        ..Exchange::answered(object.clone(), object)
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

/// Waits until these records are found, all having been looked at; `told` hears when that may be.
fn wait_for(capture: &Capture, search: &Search, told: &Receiver<()>, expected: &[u64], what: &str) {
    loop {
        let window = window(capture, search);
        let seqs: Vec<u64> = window.rows.iter().map(|row| row.seq).collect();
        if window.whole && seqs == expected {
            return;
        }
        let told = told.recv_timeout(Duration::from_secs(30));
        assert!(told.is_ok(), "{what}: {} of {}", seqs.len(), expected.len());
    }
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
        let wait = |upto: u64| wait_for(&capture, &search, &told, &expected(upto), text);
        wait(first);
        offer(&recorder, &capture, first + 1..=first + 100);
        wait(first + 100);
    }
}

#[test]
fn rows_stand_in_the_order_that_was_asked_for_and_new_ones_among_them() {
    let limits = config::Settings::default().capture;
    let view: SharedView = Arc::new(Shown);
    let (recorder, capture) = Capture::start(&limits, Arc::clone(&view), 4 << 20);
    offer(&recorder, &capture, 1..=RECORDS);
    let by_path = |numbers: &mut Vec<u64>| {
        numbers.sort_by_key(|number| (format!("/things/{number}"), *number));
    };
    for (by, descending, filter) in [
        (Column::Path, false, "method:put"),
        (Column::Path, true, "method:put"),
        (Column::Took, true, "path:/things"),
        (Column::Method, false, "path:/things"),
    ] {
        let order = Order { by: By::Column(by), descending };
        let filter = Filter::parse(filter).unwrap();
        let expected = |upto: u64| -> Vec<u64> {
            let all = 1..=upto;
            let mut all: Vec<u64> = all.filter(|&number| filter.matches(&Fake(number))).collect();
            match by {
                Column::Path => by_path(&mut all),
                Column::Method => all.sort_by_key(|number| (number.is_multiple_of(3), *number)),
                _ => {}
            }
            if descending {
                all.reverse();
            }
            all
        };
        let (tell, told) = channel();
        let first = capture.next_seq() - 1;
        let search = capture.find(filter.clone(), Some(order), Arc::clone(&view), move || {
            let _ = tell.send(());
        });
        let wait = |upto: u64| wait_for(&capture, &search, &told, &expected(upto), by.word());
        wait(first);
        offer(&recorder, &capture, first + 1..=first + 100);
        wait(first + 100);
        // A window that is to begin at a record begins there, and a paused list has no row that came later.
        let wanted = expected(first + 100);
        let query =
            Query { search: Some(&search), until: None, from: From::Seq(wanted[40]), rows: 10 };
        let at = capture.window(&query);
        assert_eq!((at.first, at.rows[0].seq), (40, wanted[40]));
        let query =
            Query { search: Some(&search), until: Some(first), from: From::Index(0), rows: 5_000 };
        let seqs: Vec<u64> = capture.window(&query).rows.iter().map(|row| row.seq).collect();
        assert_eq!(seqs, expected(first));
    }
}

#[test]
fn a_full_list_stays_sorted_while_as_many_rows_come_as_leave_it() {
    let limits = config::Capture { max_records: 50, ..config::Settings::default().capture };
    let view: SharedView = Arc::new(Shown);
    let (recorder, capture) = Capture::start(&limits, Arc::clone(&view), 4 << 20);
    offer(&recorder, &capture, 1..=50);
    let order = Order { by: By::Column(Column::Took), descending: true };
    let (tell, told) = channel();
    let search = capture.find(Filter::all(), Some(order), view, move || {
        let _ = tell.send(());
    });
    for upto in [50, 100, 150, 200] {
        if upto > 50 {
            offer(&recorder, &capture, upto - 49..=upto);
        }
        let expected: Vec<u64> = (upto - 49..=upto).rev().collect();
        wait_for(&capture, &search, &told, &expected, &format!("up to {upto}"));
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

    fn json(&self) -> crate::domain::filter::Json {
        let method = if self.0.is_multiple_of(3) { "PUT" } else { "GET" };
        let line = serde_json::json!({"request": {"request": {"method": method}}});
        crate::domain::filter::Json::of(&line)
    }
}
