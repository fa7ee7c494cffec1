//! What counts as the same answer.

use serde_json::{Value, json};

use super::*;

fn paths(old: &Value, new: &Value, ignore: &[&str]) -> (Vec<String>, usize) {
    let ignore: Vec<Path> = ignore.iter().map(|path| path.parse().unwrap()).collect();
    let compared = compare(old, new, &Ignore::new(&ignore), None);
    let paths = compared.differences.iter().map(|difference| difference.path.to_string());
    (paths.collect(), compared.ignored)
}

#[test]
fn values_are_compared_by_path() {
    let old = json!({"a": {"x": 1, "y": [1, 2]}, "gone": true});
    let new = json!({"a": {"x": 2, "y": [1, 2, 3]}, "new": null});
    assert_eq!(
        paths(&old, &new, &[]),
        (["a.x", "a.y[2]", "gone", "new"].map(Into::into).into(), 0)
    );
    assert_eq!(paths(&old, &old, &[]).0, [""; 0]);
    let compared = compare(&old, &new, &Ignore::new(&[]), None);
    assert_eq!(compared.differences[3].old, None);
    assert_eq!(compared.differences[3].new, Some(Value::Null));
}

#[test]
fn what_is_new_with_every_call_is_left_out_and_counted() {
    let old = json!({"session": {"lastUpdated": "1", "rate": 1}, "deep": [{"exp": 1, "iat": 1}]});
    let new = json!({"session": {"lastUpdated": "2", "rate": 2}, "deep": [{"exp": 2}]});
    assert_eq!(paths(&old, &new, &[]), (vec!["session.rate".to_owned()], 3));
    assert_eq!(paths(&old, &new, &["rate"]), (vec![], 4));
    assert_eq!(paths(&old, &new, &["session"]), (vec![], 4));
    assert_eq!(paths(&old, &new, &["other.rate"]).0, ["session.rate"]);
}

#[test]
fn json_in_text_is_compared_by_what_it_says() {
    let old = json!({"body": r#"{"a": 1, "b": "x"}"#, "rawBody": "eyJhIjogMSwgImIiOiAieCJ9"});
    let new = json!({"body": r#"{"b":"x","a":1}"#, "rawBody": "eyJiIjoieCIsImEiOjF9"});
    assert_eq!(paths(&old, &new, &[]), (vec![], 0));
    let new = json!({"body": r#"{"b":"y","a":1}"#, "rawBody": "eyJiIjoieCIsImEiOjF9"});
    assert_eq!(paths(&old, &new, &[]).0, ["body.b"]);
    assert_eq!(paths(&json!({"body": "{"}), &json!({"body": "{ "}), &[]).0, ["body"]);
}

#[test]
fn tokens_are_compared_by_their_claims() {
    let one =
        "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm4iLCJpYXQiOjEsImV4cCI6Mn0.c2ln";
    let later = "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm4iLCJpYXQiOjMsImV4cCI6NH0.b3RoZXI";
    let bob = "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJib2IiLCJpYXQiOjMsImV4cCI6NH0.b3RoZXI";
    let header = |value: &str| json!({"setHeaders": {"Authorization": value}});
    assert_eq!(paths(&header(one), &header(later), &[]), (vec![], 2));
    let (differ, _) = paths(&header(one), &header(bob), &[]);
    assert_eq!(differ, ["setHeaders.Authorization.jwt.claims.sub"]);
    let (differ, _) = paths(&header(one), &header("Basic eA=="), &[]);
    assert_eq!(differ, ["setHeaders.Authorization"]);
}

#[test]
fn when_a_session_ends_is_the_same_where_it_is_as_long_after_its_call() {
    // The recorded call took a second, the other one three.
    let moments = Moments { old: (1_000, 1_001), new: (500_000, 500_003) };
    let differ = |name: &str, old: Value, new: Value| {
        let session = |value: Value| json!({"session": {name: value}});
        let compared = compare(&session(old), &session(new), &Ignore::new(&[]), Some(&moments));
        assert_eq!(compared.differences.len() + compared.ignored, 1);
        !compared.differences.is_empty()
    };
    for name in ["expires", "idExtractorDeadline"] {
        assert!(!differ(name, json!("4600"), json!("503600")), "{name}");
        assert!(!differ(name, json!(4600), json!(503_605)), "{name}");
        assert!(differ(name, json!("4600"), json!("503606")), "{name}");
        assert!(differ(name, json!("4600"), json!("503590")), "{name}");
        // Neither is a time from now.
        assert!(differ(name, json!("-1"), json!("0")), "{name}");
        assert!(differ(name, json!("soon"), json!("503600")), "{name}");
    }
    assert!(differ("quotaRenews", json!("4600"), json!("503600")));
    let body = |at: &str| json!({"request": {"expires": at}, "expires": at});
    let compared = compare(&body("4600"), &body("503600"), &Ignore::new(&[]), Some(&moments));
    assert_eq!(compared.differences.len(), 2);
}
