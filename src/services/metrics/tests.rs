//! The text, as Prometheus reads it.

use std::sync::Arc;
use std::time::Duration;

use prost::Message as _;

use super::Figures;
use crate::capture::{Exchange, Judge, Kind};
use crate::domain::object::coprocess::{MiniRequestObject, Object, ReturnOverrides};
use crate::domain::redact::Shown;

#[test]
fn calls_are_counted_by_hook_outcome_and_rule() {
    let figures = Figures::new();
    let judge = Judge { view: Arc::new(Shown), answer_limit: 4 << 20 };
    let exchange = |kind, rule: Option<&str>| Exchange {
        kind,
        took: Duration::from_micros(300),
        rule: rule.map(Into::into),
        // A pre hook, and the same back.
        ..Exchange::answered(vec![0x08, 0x01], vec![0x08, 0x01])
    };
    for (seq, rule) in [(1, None), (2, Some("a \"rule\"\n")), (3, None)] {
        figures.count(&judge.record(seq, exchange(Kind::Dispatch, rule)));
    }
    figures.count(&judge.record(4, exchange(Kind::Dropped { count: 7 }, None)));
    figures.waiting(2, 1);
    let text = figures.text();
    for line in [
        r#"tyk_tui_calls_total{hook="pre",outcome="failed",rule=""} 2"#,
        r#"tyk_tui_calls_total{hook="pre",outcome="failed",rule="a \"rule\"\n"} 1"#,
        r#"tyk_tui_answer_seconds_bucket{le="0.0005",hook="pre",rule=""} 2"#,
        r#"tyk_tui_answer_seconds_count{hook="pre",rule="a \"rule\"\n"} 1"#,
        r#"tyk_tui_objects_bytes_total{hook="pre"} 12"#,
        "tyk_tui_dropped_total 7",
        "tyk_tui_in_flight 2",
        "tyk_tui_held 1",
        "# EOF",
    ] {
        assert!(text.lines().any(|there| there == line), "{line} is not in:\n{text}");
    }
}

#[test]
fn calls_that_were_let_go_are_counted_beside_those_that_passed() {
    let figures = Figures::new();
    let judge = Judge { view: Arc::new(Shown), answer_limit: 4 << 20 };
    // Of what passes, only what begins so was let go.
    for (seq, why) in [(1, None), (2, Some("no such user")), (3, Some("let go unchanged: away"))] {
        let return_overrides = Some(ReturnOverrides::default());
        let request = Some(MiniRequestObject {
            url: "/x".to_owned(),
            return_overrides,
            ..Default::default()
        });
        let whole = Object { hook_type: 1, request, ..Default::default() };
        let whole = bytes::Bytes::from(whole.encode_to_vec());
        let exchange = Exchange {
            rule: Some("open".into()),
            why: why.map(Into::into),
            ..Exchange::answered(whole.clone(), whole)
        };
        figures.count(&judge.record(seq, exchange));
    }
    let text = figures.text();
    for line in [
        r#"tyk_tui_calls_total{hook="pre",outcome="passed",rule="open"} 3"#,
        r#"tyk_tui_let_go_total{hook="pre",rule="open"} 1"#,
    ] {
        assert!(text.lines().any(|there| there == line), "{line} is not in:\n{text}");
    }
}
