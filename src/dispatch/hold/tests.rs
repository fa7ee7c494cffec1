//! The table on virtual time.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use tokio::task::JoinHandle;

use super::{Breakpoint, Holds};
use crate::capture::{Exchange, Judge};
use crate::config;
use crate::domain::filter::Filter;
use crate::domain::object::Hook;
use crate::domain::object::wire::{put_bytes, put_text};
use crate::domain::redact::Shown;

/// A Dispatch of a hook, for this path, that is answered as it came.
fn exchange(hook: u8, path: &str) -> Exchange {
    let mut request = Vec::new();
    put_text(&mut request, 5, path);
    put_bytes(&mut request, 10, &[]);
    put_bytes(&mut request, 14, format!("body of {path}").as_bytes());
    let mut object = vec![0x08, hook];
    put_bytes(&mut object, 3, &request);
    let object = Bytes::from(object);
    Exchange { at: Timestamp::UNIX_EPOCH, ..Exchange::answered(object.clone(), object) }
}

fn holds(most: usize, breakpoints: &[Breakpoint]) -> Holds {
    let holds = Holds::default();
    holds.open(&config::Server { hold_limit: most, ..config::Server::default() });
    holds.set(breakpoints.to_vec(), Judge { view: Arc::new(Shown), answer_limit: 4 << 20 });
    holds
}

/// Calls of the pre hook, each in a task of its own.
fn calls(holds: &Holds, count: usize) -> Vec<JoinHandle<Option<Bytes>>> {
    let call = |at| {
        let holds = holds.clone();
        tokio::spawn(async move {
            let exchange = exchange(1, &format!("/{at}"));
            holds.hold(exchange, &[], || ()).await
        })
    };
    (0..count).map(call).collect()
}

async fn until(holds: &Holds, count: usize) {
    let mut changes = holds.changes();
    while holds.count() != count {
        changes.changed().await.unwrap();
    }
}

const PRE: Breakpoint = Breakpoint::Hook(Hook::Pre);

#[tokio::test(start_paused = true)]
async fn one_is_held_for_thirty_seconds_and_goes_unchanged() {
    let holds = holds(10, &[PRE]);
    let start = tokio::time::Instant::now();
    let call = calls(&holds, 1).pop().unwrap();
    until(&holds, 1).await;
    let held = holds.held().pop().unwrap();
    assert_eq!((held.by.as_str(), held.left()), ("hook pre", Duration::from_secs(30)));
    assert_eq!(held.record.row.outcome.unwrap().word(), "held");
    assert_eq!(call.await.unwrap(), None);
    assert!((30..31).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    assert_eq!(holds.count(), 0);
    assert!(!holds.let_go(held.id, None) && !holds.hold_on(held.id));
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_for_the_one_that_it_was_given_for() {
    let holds = holds(10, &[PRE]);
    let mut calls = calls(&holds, 3);
    until(&holds, 3).await;
    let held = holds.held();
    let paths: Vec<&str> = held.iter().map(|held| &*held.record.row.path).collect();
    assert_eq!(paths, ["/0", "/1", "/2"]);
    assert!(holds.let_go(held[1].id, Some(Bytes::from_static(b"other"))));
    assert_eq!(calls.remove(1).await.unwrap().unwrap(), "other");
    assert!(holds.let_go(held[0].id, None));
    assert_eq!(calls.remove(0).await.unwrap(), None);
    assert_eq!(holds.held().len(), 1);
    assert_eq!(holds.let_all_go(), 1);
    assert_eq!(calls.remove(0).await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn who_wants_more_time_gets_as_much_again() {
    let holds = holds(10, &[PRE]);
    let start = tokio::time::Instant::now();
    let call = calls(&holds, 1).pop().unwrap();
    until(&holds, 1).await;
    tokio::time::advance(Duration::from_secs(20)).await;
    let held = holds.held().pop().unwrap();
    assert_eq!(held.left().as_secs(), 10);
    assert!(holds.hold_on(held.id));
    assert_eq!(held.left().as_secs(), 30);
    assert_eq!(call.await.unwrap(), None);
    assert!((50..51).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_goes_away_leaves_the_table() {
    let holds = holds(10, &[PRE]);
    let call = calls(&holds, 1).pop().unwrap();
    until(&holds, 1).await;
    call.abort();
    until(&holds, 0).await;
    assert!(call.await.unwrap_err().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn of_ten_thousand_a_hundred_are_held_and_the_rest_goes_on_at_once_and_is_counted() {
    let holds = holds(100, &[PRE]);
    let start = tokio::time::Instant::now();
    let calls = calls(&holds, 10_000);
    let mut changes = holds.changes();
    while holds.let_through() < 9_900 {
        assert!(holds.count() <= 100);
        changes.changed().await.unwrap();
    }
    assert_eq!((holds.count(), start.elapsed()), (100, Duration::ZERO));
    let finished = calls.iter().filter(|call| call.is_finished()).count();
    assert!(finished >= 9_899, "{finished}");
    for call in calls {
        assert_eq!(call.await.unwrap(), None);
    }
    assert_eq!(holds.count(), 0);
    assert!((30..31).contains(&start.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_that_are_held_all_go_when_the_server_ends_and_none_comes_after() {
    let holds = holds(10_000, &[PRE]);
    let start = tokio::time::Instant::now();
    let before = calls(&holds, 10_000);
    until(&holds, 10_000).await;
    holds.close();
    for call in before.into_iter().chain(calls(&holds, 5)) {
        assert_eq!(call.await.unwrap(), None);
    }
    assert_eq!((holds.count(), holds.let_through()), (0, 0));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test]
async fn hook_rule_and_filter_mean_what_they_say() {
    let filter = |text: &str| Breakpoint::Filter(Filter::parse(text).unwrap());
    let rule = |name: &str| Breakpoint::Rule(name.to_owned());
    for (breakpoint, words, is_meant) in [
        (Breakpoint::Hook(Hook::Post), "hook post", true),
        (Breakpoint::Hook(Hook::AuthCheck), "hook auth_check", false),
        (rule("second"), "rule second", true),
        (rule("third"), "rule third", false),
        (rule("(none)"), "rule (none)", false),
        (filter("path=/things"), "filter path=/things", true),
        (
            filter("outcome:passed & body:\"body of\""),
            "filter outcome=passed & body:\"body of\"",
            true,
        ),
        (filter("body:nothing"), "filter body:nothing", false),
        (
            filter("| .request.request.url == \"/things\""),
            "filter | .request.request.url == \"/things\"",
            true,
        ),
    ] {
        let holds = holds(1, std::slice::from_ref(&breakpoint));
        let rules: Vec<Arc<str>> = vec!["first".into(), "second".into()];
        let (begins, began) = tokio::sync::oneshot::channel();
        let call = holds.hold(exchange(2, "/things"), &rules, || {
            let _ = begins.send(());
        });
        // Whoever is not meant goes on at once; the others wait for what never comes.
        let began = tokio::select! {
            _ = call => false,
            began = began => began.is_ok(),
        };
        assert_eq!(began, is_meant, "{breakpoint}");
        assert_eq!(breakpoint.to_string(), words);
    }
    // Without a rule.
    let holds = holds(1, &[rule("(none)")]);
    let (begins, began) = tokio::sync::oneshot::channel();
    let call = holds.hold(exchange(2, "/things"), &[], || {
        let _ = begins.send(());
    });
    tokio::select! {
        _ = call => panic!("it was not held"),
        began = began => began.unwrap(),
    }
}

#[tokio::test]
async fn what_jq_of_a_breakpoint_fails_on_is_counted_and_told() {
    let wrong = Breakpoint::Filter(Filter::parse("| .hook + 1").unwrap());
    let holds = holds(1, &[Breakpoint::Hook(Hook::Post), wrong.clone()]);
    assert_eq!(holds.faults(), []);
    let changes = holds.changes();
    for count in 1..=2 {
        assert_eq!(holds.hold(exchange(1, "/"), &[], || ()).await, None);
        let faults = holds.faults();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!((&faults[0].breakpoint, faults[0].count), (&wrong.to_string(), count));
        assert!(faults[0].first.starts_with("cannot calculate"), "{faults:?}");
    }
    assert!(changes.has_changed().unwrap());
    // Those of a server that is looked at stand for ours as long as it is.
    holds.told_faults(Some(&[]));
    assert_eq!(holds.faults(), []);
    holds.told_faults(None);
    assert_eq!(holds.faults().len(), 1);
}

#[test]
fn without_a_breakpoint_nothing_is_looked_at() {
    let holds = holds(1, &[]);
    assert!(!holds.is_armed());
    holds.set(vec![PRE], Judge { view: Arc::new(Shown), answer_limit: 4 << 20 });
    assert!(holds.is_armed());
    holds.set(Vec::new(), Judge { view: Arc::new(Shown), answer_limit: 4 << 20 });
    assert!(!holds.is_armed());
}

#[test]
fn a_breakpoint_is_read_as_it_is_written() {
    let written =
        ["hook pre", "hook response", "rule (none)", "rule two words", "filter hook=pre & path:/a"];
    for written in written {
        assert_eq!(written.parse::<Breakpoint>().unwrap().to_string(), written);
    }
    for wrong in ["", "hook", "hook other", "pre", "filter (", "line 7"] {
        assert!(wrong.parse::<Breakpoint>().is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn one_of_another_process_is_shown_until_it_is_let_go_or_forgotten() {
    let holds = holds(1, &[]);
    let record =
        |path| Judge { view: Arc::new(Shown), answer_limit: 4 << 20 }.record(0, exchange(1, path));
    let left = Duration::from_secs(9);
    let first = holds.show(7, "hook pre".into(), record("/a"), left);
    let second = holds.show(8, "hook pre".into(), record("/b"), left);
    assert_eq!(holds.count(), 2);
    assert!(holds.get(7).unwrap().left() <= left);
    holds.prolong(7, Duration::from_mins(1));
    assert!(holds.get(7).unwrap().left() > left);
    assert!(holds.let_go(7, Some(Bytes::from_static(b"x"))));
    assert_eq!(first.await.unwrap().unwrap(), "x");
    holds.forget(8);
    assert!(second.await.is_err(), "nobody said anything");
    // One of this process has a number of its own.
    holds.set(
        vec![Breakpoint::Hook(Hook::Pre)],
        Judge { view: Arc::new(Shown), answer_limit: 4 << 20 },
    );
    let calls = calls(&holds, 1);
    until(&holds, 1).await;
    assert_eq!(holds.held()[0].id, 9);
    holds.let_all_go();
    for call in calls {
        assert_eq!(call.await.unwrap(), None);
    }
}
