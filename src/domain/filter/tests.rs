//! The grammar, by what it takes, what it refuses and where, and what it finds.

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// A refused POST of an `auth_check` hook.
struct Sample;

impl Fields for Sample {
    fn any(&self, field: &Text, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        let values: &[&str] = match field {
            Text::Hook => &["auth_check"],
            Text::Name => &["MyAuth"],
            Text::Api => &["orders"],
            Text::Method => &["POST"],
            Text::Path => &["/v1/Orders?status=open"],
            Text::Outcome => &["refused"],
            Text::Kind => &["dispatch"],
            Text::Peer => &["127.0.0.1:4000"],
            Text::Error => &["the answer has no session"],
            Text::Body => &["first", "{\"a\": \"xIIy\"}"],
            Text::Header(name) if name.eq_ignore_ascii_case("x-a") => &["one", "two"],
            Text::Rule | Text::Header(_) | Text::Mark | Text::Note => &[],
        };
        values.iter().any(|value| take(value.as_bytes()))
    }

    fn number(&self, field: Number) -> Option<u64> {
        match field {
            Number::Status => Some(403),
            Number::Took => Some(12_000),
            Number::Held => None,
            Number::Size => Some(2_048),
            Number::Seq => Some(7),
        }
    }

    fn json(&self) -> Json {
        Json::of(&json!({
            "status": 403,
            "request": {"request": {"headers": {"X-A": "one"}, "body": "{\"a\": [1, 2]}"}},
            "error": null,
        }))
    }
}

fn matches(text: &str) -> bool {
    Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")).matches(&Sample)
}

#[test]
fn finds_what_is_meant() {
    for text in [
        "hook:auth_check & path:/orders & status:403 & body~\"x.*y\"",
        "orders",
        "ORDERS post",
        "\"v1/orders?\"",
        "/v1/orders?status=open",
        "403",
        "hook=Auth_Check",
        "hook~^auth",
        "name=MyAuth",
        "api:ORD",
        "method:post",
        "!hook:pre",
        "!!hook:auth_check",
        "hook:pre || status:4xx",
        "(hook:pre || hook:auth_check) & took>10ms",
        "took>=12 took<=12",
        "took:11..13ms",
        "size>1.5KiB",
        "size=2KiB",
        "seq!=8",
        "status!=404",
        "!held>=0",
        "held=\"\"",
        "status!=\"\"",
        "took:11000..13000us",
        "size:1..3KiB",
        "header.X-A",
        "header.x-a=two",
        "!header.X-B",
        "!rule:\"\"",
        "rule=\"\"",
        "rule=\"(none)\"",
        "rule:\"(none)\" & hook:auth_check",
        "error!=\"\"",
        "kind:dispatch",
        "outcome:refused",
        "error:session",
        "body:XIIY",
        "| .status == 403",
        "hook:auth_check | .request.request.headers[\"X-A\"] == \"one\"",
        "| .request.request.body | fromjson | .a | length == 2",
        "| .request.request.headers | has(\"X-A\")",
        "| [.. | strings] | any(test(\"^on\"))",
        "| empty, false, 1",
    ] {
        assert!(matches(text), "{text}");
    }
}

#[test]
fn many_rows_are_ruled_out_by_their_texts() {
    let texts = "/v1/orders/1/v1/orders/2GETPOSTMyAuthbilling".as_bytes();
    for text in [
        "Orders/2",
        "refuse",
        "pre",
        "40",
        "api:bill & path:orders",
        "!orders",
        "path~\"or.*7\"",
        "api=no",
    ] {
        assert!(Filter::parse(text).unwrap().may_mean(texts), "{text}");
    }
    for text in [
        "orders/3",
        "other & put || nothing",
        "api:no & hook:pre",
        "path~\"/users/[0-9]\"",
        "x40 | .a",
    ] {
        assert!(!Filter::parse(text).unwrap().may_mean(texts), "{text}");
    }
}

#[test]
fn leaves_out_what_is_not() {
    for text in [
        "hook:post",
        "name=myauth",
        "status:4xx & status!=403",
        "took<12ms",
        "held>=0",
        "held!=\"\"",
        "status=\"\"",
        "took:1..2s",
        "rule:a",
        "rule!=\"\"",
        "rule!=\"(none)\"",
        "error=\"\"",
        "header.X-A=\"\"",
        "header.X-B",
        "body~\"^x\"",
        "header.X-A~^three$",
        "| .error",
        "| .status == 404",
        "| .nothing.at.all",
        "| .status.x",
        "| empty",
        "| error(\"no\")",
        "| \"[\" | fromjson",
    ] {
        assert!(!matches(text), "{text}");
    }
}

#[test]
fn what_jq_fails_on_is_counted_and_the_first_is_told() {
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let into = std::sync::Arc::clone(&told);
    let filter = Filter::parse("hook:auth_check | .status | test(\"x\")").unwrap();
    let filter = filter.telling(move |what| into.lock().unwrap().push(what.to_owned()));
    assert_eq!(filter.faults(), None);
    assert!(!filter.matches(&Sample) && !filter.clone().matches(&Sample));
    let said = "cannot use 403 as string";
    assert_eq!(filter.faults(), Some((2, said)));
    assert_eq!(*told.lock().unwrap(), [said]);
    // Another list has its own.
    let other = filter.clone().afresh();
    assert!(other == filter && other.faults().is_none() && !other.matches(&Sample));
    assert_eq!((other.faults(), filter.faults()), (Some((1, said)), Some((2, said))));
    // What is not asked, and what is found beside an error, is no failure; nor is it one that nothing comes.
    for text in ["hook:pre | .status.x", "| .status.x, 1", "| 1, .status.x", "| .status.x?", "| .x"]
    {
        let filter = Filter::parse(text).unwrap();
        filter.matches(&Sample);
        assert_eq!(filter.faults(), None, "{text}");
    }
    let filter = Filter::parse("| .status.x, false").unwrap();
    assert!(!filter.matches(&Sample) && filter.faults().is_some());
}

#[test]
fn marks_are_a_word_of_their_own_and_notes_a_field() {
    let parse = |text: &str| Filter::parse(text).unwrap();
    let holds = |text: &str, note: Option<&str>| {
        let marked = Marked { fields: &Sample, note };
        let filter = parse(text);
        assert!(filter.asks_marks() && filter.is_indexed(), "{text}");
        assert_eq!(filter.decides(&marked), Some(filter.matches(&marked)), "{text}");
        filter.matches(&marked)
    };
    for (text, of) in [
        ("mark", [false, true, true]),
        ("!mark", [true, false, false]),
        ("mark & hook:auth_check & status:4xx", [false, true, true]),
        ("mark & hook:pre", [false; 3]),
        ("note:WRONG", [false, false, true]),
        ("note~^was.*tenant$", [false, false, true]),
        ("note~.", [false, false, true]),
        ("mark & !note~.", [false, true, false]),
        ("note=wrong", [false; 3]),
    ] {
        let notes = [None, Some(""), Some("was the wrong tenant")];
        assert_eq!(notes.map(|note| holds(text, note)), of, "{text}");
        assert_eq!(parse(&parse(text).to_string()), parse(text), "{text}");
    }
    // As a text it is quoted.
    for text in ["\"mark\"", "marked", "path:mark"] {
        assert!(!parse(text).asks_marks(), "{text}");
        assert_eq!(parse(&parse(text).to_string()), parse(text), "{text}");
    }
    let error = Filter::parse("hook:pre mark:yes").unwrap_err();
    assert_eq!((error.span, &*error.what), (13..14, "mark takes no value"));
}

#[test]
fn errors_are_at_their_character() {
    for (text, character, words) in [
        ("", 1, "empty"),
        ("   ", 4, "empty"),
        ("hok:pre", 1, "\"hok\""),
        ("hook:prr", 6, "none of its words"),
        ("hook:", 6, "value is missing"),
        ("hook:pre & ", 12, "missing"),
        ("hook:pre & & x", 12, "missing"),
        ("(hook:pre", 1, "not closed"),
        ("hook:pre)", 9, "closes nothing"),
        ("body~\"a", 6, "quote"),
        ("body~[", 6, "regular expression"),
        ("body~(a|b)", 6, "space is missing"),
        ("body~a(b)", 7, "space is missing"),
        ("status:4yx", 8, "no such number"),
        ("status~4", 7, "matches no expression"),
        ("took>ten", 6, "no such number"),
        ("took<0", 6, "no such number"),
        ("size>18446744073709551615", 6, "no such number"),
        ("path<3", 5, "not more or less"),
        ("ü & hok=1", 5, "\"hok\""),
        ("~x", 1, "field is missing"),
        ("header.=x", 1, "\"header.\""),
        ("(a | .x)", 4, "after all else"),
        ("a |", 4, "jq expression"),
        ("a | b", 5, "no filter b"),
        ("| .a ==", 8, "expected term"),
        ("| .a )", 6, "jq"),
        ("| .a + (.b", 11, "closing parenthesis"),
        ("| range(5)", 3, "left out"),
        ("| .a | \"\\(env)\"", 11, "left out"),
        ("| $ENV.PATH", 3, "left out"),
        ("| stderr_empty", 3, "left out"),
        ("| include \"x\"; .", 3, "left out"),
    ] {
        let error = Filter::parse(text).unwrap_err();
        assert_eq!(error.character(text), character, "{text}: {error:?}");
        assert!(error.what.contains(words), "{text}: {error:?}");
        let (_, looked) = look(text);
        assert_eq!(looked, Some(error));
    }
    let error = Filter::parse("hok:pre").unwrap_err();
    assert!(error.help.unwrap().contains("hook"));
}

#[test]
fn what_is_nested_or_long_beyond_use_is_refused() {
    for (one, end) in
        [("!", "a"), ("(", "a"), ("| ", "."), ("| [", "1"), ("| -", "1"), ("| \"\\(", "1")]
    {
        let text = one.repeat(100_000) + end;
        assert!(Filter::parse(&text).is_err(), "{one}");
    }
    for part in [
        "[",
        ".|",
        ".,",
        "-",
        "if ",
        "try ",
        "\"\\(",
        ". as $x|",
        ".+",
        "reduce .",
        "label $x|",
        "{a:",
        ".[",
        "not|",
        "..?",
    ] {
        for length in [2_000, 400, 200, 100] {
            let text = format!("| {}", part.repeat(length / part.len()));
            let _ = Filter::parse(&text);
            let _ = Filter::parse(&format!("{text}.")).map(|filter| filter.matches(&Sample));
        }
    }
}

#[test]
fn colours_follow_what_is_understood() {
    let (spans, error) = look("!hook:pre & (\"a b\" || x) | .status");
    assert_eq!(error, None);
    let text = "!hook:pre & (\"a b\" || x) | .status";
    let shown: Vec<_> = spans.iter().map(|(span, class)| (&text[span.clone()], *class)).collect();
    assert_eq!(
        shown,
        [
            ("!", Class::Sign),
            ("hook", Class::Field),
            (":", Class::Sign),
            ("pre", Class::Value),
            ("&", Class::Sign),
            ("(", Class::Sign),
            ("\"a b\"", Class::Anywhere),
            ("||", Class::Sign),
            ("x", Class::Anywhere),
            (")", Class::Sign),
            ("|", Class::Sign),
            (".status", Class::Jq),
        ]
    );
    let (spans, error) = look("hook:pre & took>x");
    assert_eq!(spans.last().unwrap(), &(16..17, Class::Value));
    assert_eq!(error.unwrap().span, 16..17);
}

#[test]
fn completion_offers_what_may_come() {
    let seen = |field: &Text| match field {
        Text::Api => vec!["orders".to_owned(), "a b".to_owned()],
        _ => Vec::new(),
    };
    let offered = |text: &str| {
        let completion = complete(text, text.len(), &seen);
        let words: Vec<String> = completion.choices.into_iter().map(|choice| choice.text).collect();
        (completion.range, words)
    };
    assert_eq!(offered("ho"), (0..2, vec!["hook:".to_owned()]));
    assert_eq!(offered("x & !me").1, ["method:"]);
    assert_eq!(offered("hook:post").1, ["post_key_auth"]);
    assert_eq!(offered("!outcome!=ch"), (10..12, vec!["changed".to_owned()]));
    assert_eq!(offered("api:").1, ["orders", "\"a b\""]);
    assert_eq!(offered("api:\"a").1, ["\"a b\""]);
    assert_eq!(offered("a||st").1, ["status:"]);
    assert_eq!(offered("a | .st"), (5..7, vec!["status".to_owned()]));
    assert_eq!(offered("a |").1[0], ".seq");
    assert_eq!(offered("a ||").1[0], "hook:");
    assert_eq!(offered("\"a | b\" to").1, ["took>"]);
    assert_eq!(offered("").1.len(), 19);
    // In the middle of a character there is nothing to say.
    assert_eq!(complete("ü", 1, &seen).choices.len(), 0);
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z./:=!<>~]{1,6}", "[ -~äß«»\\\\\"\n]{0,8}"]
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![
        word().prop_map(|text| How::Has(Pattern::text(&text).unwrap())),
        word().prop_map(How::Is),
        word().prop_map(|text| How::Matches(Pattern::regex(&regex::escape(&text)).unwrap())),
    ]
}

fn test() -> impl Strategy<Value = Expr> {
    let field = prop_oneof![
        Just(Text::Name),
        Just(Text::Path),
        Just(Text::Body),
        "[A-Za-z0-9-]{1,8}".prop_map(Text::Header),
    ];
    let numbers = [Number::Status, Number::Took, Number::Held, Number::Size, Number::Seq];
    let number =
        (0..5_usize, any::<u64>(), any::<u64>(), 0..4).prop_map(move |(field, a, b, kind)| {
            let (low, high) = match kind {
                0 => (a, a),
                1 => (0, b),
                2 => (a, u64::MAX),
                _ => (a.min(b), a.max(b)),
            };
            Test::Number(numbers[field], low, high)
        });
    prop_oneof![
        word().prop_map(|text| Test::Anywhere(Pattern::text(&text).unwrap())),
        (field, how()).prop_map(|(field, how)| Test::Text(field, how)),
        number,
        Just(Test::Text(Text::Hook, How::Is("pre".to_owned()))),
        word().prop_map(|text| Test::Text(Text::Method, How::Is(text))),
    ]
    .prop_map(Expr::Test)
}

fn expr() -> impl Strategy<Value = Expr> {
    test().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::and),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::or),
            inner.prop_map(|part| Expr::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same(expr in expr(), jq in prop::option::of(Just(".a | .b"))) {
        let jq = jq.map(|code| Jq::compile(code).unwrap());
        let filter = Filter { expr: Some(expr), jq };
        let text = filter.to_string();
        let again = Filter::parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error:?}")))?;
        prop_assert_eq!(again, filter);
    }

    #[test]
    fn what_is_meant_is_not_ruled_out_by_the_texts_of_many(expr in expr(), at in 0..3_usize) {
        let filter = Filter { expr: Some(expr), jq: None };
        let mut texts = vec!["/another", "PUT", "ß«"];
        let own = ["MyAuth", "orders", "POST", "/v1/Orders?status=open", "127.0.0.1:4000", "the answer has no session"];
        texts.splice(at..at, own);
        prop_assert!(!filter.matches(&Sample) || filter.may_mean(texts.concat().as_bytes()));
    }

    #[test]
    fn no_text_panics(text in "(hook|took|body|header\\.a|status|[&|!()\"~:=<>. \\\\]|[a-z0-9äß\\[{]){0,20}", cursor in 0..30_usize) {
        let (spans, error) = look(&text);
        for (span, _) in &spans {
            prop_assert!(text.get(span.clone()).is_some());
        }
        if let Some(error) = error {
            prop_assert!(text.get(error.span.clone()).is_some(), "{text:?} {error:?}");
            prop_assert!(error.character(&text) <= text.chars().count() + 1);
        } else {
            Filter::parse(&text).unwrap().matches(&Sample);
        }
        complete(&text, cursor, &|_| vec!["x y".to_owned()]);
    }

    #[test]
    fn no_jq_panics(code in "(\\.|\\[|\\]|\\(|\\)|\\{|\\}|\\||,|\"|\\\\|if |then |else |end|as \\$x|\\$x|select|not|[a-z0-9@?+*/-]| ){0,16}") {
        let _ = Filter::parse(&format!("|{code}")).map(|filter| filter.matches(&Sample));
    }
}
