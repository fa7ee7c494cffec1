//! What is shown of each kind of place, and that nothing of a secret is left.

use serde_json::Value;

use super::known::Known;
use super::*;
use crate::domain::object::wire::{put_bytes, put_entry, put_text};
use crate::domain::object::{Message, Parsed, to_json};

const KEY: [u8; 32] = [7; 32];

fn redacted() -> Redacted {
    Redacted::new(Policy::default(), KEY)
}

fn mark(secret: &str) -> String {
    pen::mark(&KEY, secret)
}

/// The body of a request, as it is shown.
fn body(body: &str) -> String {
    body::redact(&redacted().pen(), body).into_owned()
}

fn shown(object: &[u8]) -> Value {
    to_json(Message::Object, object, &redacted()).unwrap()
}

#[test]
fn a_mark_is_six_digits_equal_for_equal_secrets_and_other_under_another_key() {
    let one = mark("hunter2hunter2");
    assert_eq!(one.chars().count(), "«redacted 9f31c2»".chars().count());
    assert!(one.starts_with("«redacted ") && one.ends_with('»'));
    assert_eq!(one, mark(" hunter2hunter2 "));
    assert_ne!(one, mark("hunter2hunter3"));
    assert_ne!(one, pen::mark(&[8; 32], "hunter2hunter2"));
}

#[test]
fn headers_keep_their_scheme_and_cookies_their_names() {
    let redacted = redacted();
    let header = |name, value| redacted.pen().header(name, value);
    assert_eq!(header("authorization", "Bearer abc.def"), format!("Bearer {}", mark("abc.def")));
    assert_eq!(header("X-Api-Key", "abc def"), mark("abc def"));
    assert_eq!(header("X-Csrf-Token", "abc"), mark("abc"));
    assert_eq!(header("Cookie", "a=1; b=\"2\""), format!("a={}; b={}", mark("1"), mark("2")));
    assert_eq!(
        header("Set-Cookie", "sid=s3; Path=/; HttpOnly"),
        format!("sid={}; Path=/; HttpOnly", mark("s3"))
    );
    assert_eq!(header("Accept", "*/*"), "*/*");
    assert_eq!(
        header("Referer", "https://u:p@h/x?token=t&a=1"),
        format!("https://{}@h/x?token={}&a=1", mark("u:p"), mark("t"))
    );
}

#[test]
fn urls_hide_listed_names_and_equal_secrets_look_equal_however_written() {
    let redacted = redacted();
    assert_eq!(
        redacted.url("/a?api_key=s%20t&x=1&ACCESS-TOKEN=s+t#f"),
        format!("/a?api_key={0}&x=1&ACCESS-TOKEN={0}#f", mark("s t"))
    );
    assert_eq!(redacted.url("/a?x=1&y=a%20b"), "/a?x=1&y=a%20b");
    assert_eq!(redacted.url("/a?pass%77ord=x"), format!("/a?pass%77ord={}", mark("x")));
    assert_eq!(redacted.url("/a?token="), "/a?token=");
    let path = redacted.url("/cart;jsessionid=1A530637289A03B07199A44E8D531427");
    assert_eq!(path, format!("/cart;jsessionid={}", mark("1A530637289A03B07199A44E8D531427")));
}

#[test]
fn json_hides_members_at_any_depth_and_leaves_all_else_as_written() {
    let text = r#" {"a" : 1.50, "password":"p\"w", "deep":[{"client_secret":12},{"token":null}],
        "credentials":{"user":"u","list":["x",true]}, "b":"\u00e9", "c":""}"#;
    let expected = format!(
        r#" {{"a" : 1.50, "password":"{}", "deep":[{{"client_secret":"{}"}},{{"token":null}}],
        "credentials":{{"user":"{}","list":["{}",true]}}, "b":"\u00e9", "c":""}}"#,
        mark("p\"w"),
        mark("12"),
        mark("u"),
        mark("x")
    );
    assert_eq!(body(text), expected);
}

#[test]
fn json_within_json_pairs_and_named_values_are_looked_into() {
    assert_eq!(
        body(r#"{"inner":"{\"token\":\"t\"}"}"#),
        format!(r#"{{"inner":"{{\"token\":\"{}\"}}"}}"#, mark("t"))
    );
    assert_eq!(
        body(r#"[["Authorization","Basic x"],["Accept","y"]]"#),
        format!(r#"[["Authorization","Basic {}"],["Accept","y"]]"#, mark("x"))
    );
    assert_eq!(
        body(r#"[{"name":"X-Api-Key","value":"v"},{"name":"n","value":"v"}]"#),
        format!(r#"[{{"name":"X-Api-Key","value":"{}"}},{{"name":"n","value":"v"}}]"#, mark("v"))
    );
    assert_eq!(body(r#"{"required":["token","name"]}"#), r#"{"required":["token","name"]}"#);
}

#[test]
fn json_that_is_cut_short_or_malformed_gives_nothing_away() {
    assert_eq!(body(r#"{"password":"hunter"#), format!(r#"{{"password":"{}"#, mark("hunter")));
    assert_eq!(body(r#"{"a":]}"token":"x"}"#), format!(r#"{{"a":]}}"token":"{}"}}"#, mark("x")));
    assert_eq!(body("{\"token\":\"a\\q\"}"), format!("{{\"token\":\"{}\"}}", mark("a\\q")));
    let deep = "[".repeat(1 << 20) + "{\"token\":\"x1y2z3\"}";
    assert!(!body(&deep).contains("x1y2z3"));
}

#[test]
fn forms_multipart_xml_and_lines_are_looked_into() {
    assert_eq!(
        body("user=a&password=b,c;d+e&x=1"),
        format!("user=a&password={}&x=1", mark("b,c;d e"))
    );
    let part =
        "--B\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nsecret\r\n--B--\r\n";
    assert_eq!(body(part), part.replace("\r\nsecret\r\n", &format!("\r\n{}\r\n", mark("secret"))));
    assert_eq!(
        body("<s:a><s:Password Type=\"x\">pw</s:Password><b>c</b></s:a>"),
        format!("<s:a><s:Password Type=\"x\">{}</s:Password><b>c</b></s:a>", mark("pw"))
    );
    assert_eq!(
        body("GET / HTTP/1.1\r\nCookie: token=a; sid=b\r\nX: y"),
        format!("GET / HTTP/1.1\r\nCookie: token={}; sid={}\r\nX: y", mark("a"), mark("b"))
    );
    assert_eq!(body("pin: 1234"), format!("pin: {}", mark("1234")));
    let jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln";
    assert_eq!(body(&format!("see {jwt} here")), format!("see {} here", mark(jwt)));
    assert_eq!(body("client body, 1 < 2"), "client body, 1 < 2");
}

#[test]
fn a_body_that_is_no_text_is_searched_and_a_compressed_one_is_a_mark() {
    let redacted = redacted();
    let binary = [b"\xff\xfepassword=hunter2&x=".as_slice(), &[0x80]].concat();
    let shown = body::redact_bytes(&redacted.pen(), &binary, false);
    assert!(shown.starts_with(b"\xff\xfepassword=") && shown.ends_with(b"&x=\x80"));
    assert!(!shown.windows(7).any(|seven| seven == b"hunter2"));
    for (bytes, encoded) in [(&b"\x1f\x8b\x08\xff"[..], false), (&b"\xff\x00"[..], true)] {
        let shown = body::redact_bytes(&redacted.pen(), bytes, encoded);
        let shown = String::from_utf8(shown.into_owned()).unwrap();
        assert!(shown.contains(&format!("({} bytes, compressed)", bytes.len())), "{shown}");
    }
    let plain = body::redact_bytes(&redacted.pen(), b"\x00\xfe\x80", false);
    assert_eq!(*plain, *b"\x00\xfe\x80");
}

#[test]
fn a_secret_known_from_one_place_is_hidden_in_every_other() {
    let secret = "s3cr3t/with+signs é";
    let mut request = Vec::new();
    put_entry(&mut request, 1, "Authorization", secret);
    put_entry(&mut request, 1, "X-Copy", &format!("was {secret}!"));
    let base64 = base64_of(&format!("{{\"a\":\"{secret}\"}}"));
    put_text(
        &mut request,
        4,
        &format!("{{\"echo\":\"s3cr3t\\/with+signs \\u00e9\",\"b\":\"{base64}\"}}"),
    );
    put_text(&mut request, 5, "/s3cr3t%2Fwith%2Bsigns%20%C3%A9/x?q=s3cr3t%2fwith%2bsigns+%c3%a9");
    let mut object = vec![0x08, 1];
    put_bytes(&mut object, 3, &request);
    let text = shown(&object).to_string();
    assert!(text.matches(&mark(secret)).count() >= 5, "{text}");
    assert!(!text.contains("s3cr3t") && !text.contains(&base64), "{text}");
}

fn base64_of(text: &str) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(text)
}

#[test]
fn a_secret_of_any_length_is_hidden_to_its_end() {
    let token = |end: &str| format!("{}é{end}", "ab".repeat(400));
    let (one, other) = (token("one"), token("other"));
    let known = Known::of(&[one.clone(), other.clone()].into(), KEY);
    let marks = [&one, &other].map(|secret| mark(secret));
    let shown = known.hide(&format!("x={one} y={other}; z={one}{other}")).into_owned();
    let [one_mark, other_mark] = &marks;
    assert_eq!(shown, format!("x={one_mark} y={other_mark}; z={one_mark}{other_mark}"));
    // Where it was cut off, in the middle of a character, too, and with something else behind.
    let cut = &one.as_bytes()[..801];
    let shown = known.hide_bytes(&[cut, b" ab"].concat()).unwrap();
    assert!(shown.ends_with(b"\xc3 ab") && shown.starts_with("«redacted ".as_bytes()), "{shown:?}");
    let shown = known.hide(&format!("{} ab", &one[..700])).into_owned();
    assert!(shown.ends_with("» ab") && shown.len() < 30, "{shown}");
    // What is shorter than a head is looked for as a whole.
    let known = Known::of(&["secret-abc".to_owned(), "secret-abcdefgh".to_owned()].into(), KEY);
    assert_eq!(known.hide("secret-abcdef"), format!("{}def", mark("secret-abc")));
}

/// What it costs to look for a secret must not grow with the square of it: a caller chooses what he sends.
#[test]
fn a_secret_that_repeats_itself_costs_no_more_than_another() {
    for unit in ["a", "ab", "\"", "é"] {
        let secret = unit.repeat((1 << 20) / unit.len());
        let known = Known::of(&[secret.clone()].into(), KEY);
        let mark = mark(&secret);
        assert_eq!(known.hide(&secret), mark);
        assert_eq!(known.hide(&format!("<{secret}>{unit}")), format!("<{mark}>{unit}"));
    }
}

#[test]
fn short_secrets_are_hidden_as_words_only_and_the_shortest_where_they_are_named() {
    let mut request = Vec::new();
    put_entry(&mut request, 1, "Authorization", "abcd");
    put_entry(&mut request, 1, "Cookie", "a=1");
    put_text(&mut request, 5, "/abcd/abcdef/1");
    let mut object = vec![0x08, 1];
    put_bytes(&mut object, 3, &request);
    assert_eq!(shown(&object)["request"]["url"], format!("/{}/abcdef/1", mark("abcd")));
}

#[test]
fn an_answer_is_written_by_what_its_request_gave_away() {
    let mut request = Vec::new();
    put_entry(&mut request, 1, "Authorization", "only-in-the-request");
    let mut object = Vec::new();
    put_bytes(&mut object, 3, &request);
    let mut answer = Vec::new();
    put_entry(&mut answer, 5, "copy", "only-in-the-request");
    let redacted = redacted();
    let view = redacted
        .knowing(&Parsed::those(&[(Message::Object, &object), (Message::Object, &answer)]))
        .unwrap();
    let json = to_json(Message::Object, &answer, &*view).unwrap();
    assert_eq!(json["metadata"]["copy"], mark("only-in-the-request"));
}

#[test]
fn multivalue_headers_are_known_by_their_key_and_the_session_by_its_fields() {
    let mut header = Vec::new();
    put_text(&mut header, 1, "Set-Cookie");
    put_text(&mut header, 2, "sid=abcdefgh; Path=/");
    let mut other = Vec::new();
    put_text(&mut other, 1, "Server");
    put_text(&mut other, 2, "nginx");
    let mut response = Vec::new();
    put_bytes(&mut response, 5, &header);
    put_bytes(&mut response, 5, &other);
    let mut session = Vec::new();
    put_text(&mut session, 17, "hmac");
    put_bytes(&mut session, 15, &[0x0a, 1, b'j']);
    put_entry(&mut session, 23, "token", "t");
    put_entry(&mut session, 23, "tier", "gold");
    put_text(&mut session, 32, "t");
    let mut object = vec![0x08, 5];
    put_bytes(&mut object, 7, &response);
    put_bytes(&mut object, 4, &session);
    let shown = shown(&object);
    let headers = &shown["response"]["multivalueHeaders"];
    assert_eq!(headers[0]["values"][0], format!("sid={}; Path=/", mark("abcdefgh")));
    assert_eq!(headers[1]["values"][0], "nginx");
    assert_eq!(shown["session"]["hmacSecret"], mark("hmac"));
    assert_eq!(shown["session"]["jwtData"]["secret"], mark("j"));
    assert_eq!(shown["session"]["metadata"]["token"], mark("t"));
    assert_eq!(shown["session"]["keyId"], mark("t"));
    assert_eq!(shown["session"]["metadata"]["tier"], "gold");
}

#[test]
fn names_of_the_configuration_count_besides_the_built_in_ones() {
    let policy = Policy {
        headers: vec!["X-Mine".into()],
        params: vec!["mine".into()],
        members: vec!["myMember".into()],
    };
    let redacted = Redacted::new(policy, KEY);
    let pen = redacted.pen();
    assert_eq!(pen.header("x-mine", "v"), mark("v"));
    assert_eq!(
        redacted.url("/?mine=v&token=w"),
        format!("/?mine={}&token={}", mark("v"), mark("w"))
    );
    assert_eq!(
        body::redact(&pen, r#"{"my_member":"v"}"#),
        format!(r#"{{"my_member":"{}"}}"#, mark("v"))
    );
}

#[test]
fn a_large_body_is_redacted_to_its_end() {
    let record = r#"{"id":12345,"url":"https://h/x?a=1","token":"abcdefghij"},"#;
    let text = format!("[{}null]", record.repeat((1 << 20) / record.len()));
    let mut request = Vec::new();
    put_text(&mut request, 4, &text);
    let mut object = Vec::new();
    put_bytes(&mut object, 3, &request);
    let shown = shown(&object);
    let shown = shown["request"]["body"].as_str().unwrap();
    assert_eq!(shown, text.replace("abcdefghij", &mark("abcdefghij")));
}

impl Redacted {
    /// A path or URL as it is shown.
    fn url(&self, url: &str) -> String {
        super::text::redact(&self.pen(), url).into_owned()
    }
}

/// Request and answer of each recording of a real Gateway.
fn recorded() -> Vec<[Vec<u8>; 2]> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dispatch/traffic");
    let cases = std::fs::read_dir(folder).unwrap().map(|case| case.unwrap().path());
    let files = cases.flat_map(|case| std::fs::read_dir(case).unwrap());
    let paths = files.map(|file| file.unwrap().path().to_str().unwrap().to_owned());
    let both = |path: String| {
        let reply = path.strip_suffix(".request.pb").map(|stem| format!("{stem}.reply.pb"))?;
        Some([std::fs::read(path).unwrap(), std::fs::read(reply).ok()?])
    };
    paths.filter_map(both).collect()
}

/// Bodies with and without a secret, in each of the forms that are told apart, and one that is compressed.
const BODIES: [&[u8]; 9] = [
    b"",
    b"{\"order\":7,\"note\":\"b\\u0061r\"}",
    b"{\"order\":7,\"token\":\"abcdefghij\"}",
    b"{\"note\":\"only-in-\\u0074he-other\"}",
    b"a=1&b=2",
    b"a=1&password=2",
    b"<a><b>1</b></a>",
    b"a text of words: and a colon",
    b"\x1f\x8b\x08compressed",
];

#[test]
fn what_is_known_to_have_no_secret_is_shown_as_who_looks_at_it_would() {
    let mut messages = recorded();
    for body in BODIES {
        for header in ["X-A", "Authorization"] {
            for answer in ["", "only-in-the-other", "other"] {
                let mut request = Vec::new();
                put_entry(&mut request, 1, header, "only-in-the-other");
                put_entry(&mut request, 1, "X-B", "value 1 of a header");
                if let Ok(text) = std::str::from_utf8(body) {
                    put_text(&mut request, 4, text);
                }
                put_text(&mut request, 5, "/orders?page=1");
                put_bytes(&mut request, 14, body);
                let mut object = vec![0x08, 1];
                put_bytes(&mut object, 3, &request);
                let mut reply = object.clone();
                put_entry(&mut reply, 5, "copy", answer);
                messages.push([object, reply]);
            }
        }
    }
    let redacted = redacted();
    let mut clean = [0; 3];
    for [request, reply] in &messages {
        // The same answer, which is read once, and another.
        for reply in [request, reply] {
            let sides = [(Message::Object, &**request), (Message::Object, &**reply)];
            let mut parsed = Parsed::those(&sides);
            if std::ptr::eq(request, reply) {
                parsed.truncate(1);
            }
            let knowing = view::Knowing::of(&redacted, &parsed);
            let doubting = view::Knowing::of(&redacted, &parsed).doubting();
            clean[knowing.clean()] += 1;
            for (message, bytes) in sides {
                let [one, other] = [&knowing, &doubting].map(|view| to_json(message, bytes, view));
                assert_eq!(one.ok(), other.ok());
            }
        }
    }
    assert!(clean.iter().all(|&count| count > 5), "one kind of message is missing: {clean:?}");
}

#[test]
fn a_name_is_compared_alike_however_long_it_is() {
    let long = format!("{}-Api-Token", "x".repeat(80));
    for name in ["X-Api_Key", "x[api key]", "Ünlich-Token", "", "-", &long] {
        for of in [name, &name.to_uppercase(), &name.replace('-', "_")] {
            names::with_plain(of, |plain| assert_eq!(plain, names::plain(name)));
        }
    }
}

proptest::proptest! {
    #[test]
    fn a_token_is_looked_for_wherever_there_may_be_one(text in "[Bb ]{0,3}(B|b)e[aA]rer? {0,2}[a-z =:]{0,8}") {
        let found = text::TOKENS.is_match(&text);
        proptest::prop_assert!(!found || text::has_bearer(&text), "{text}");
    }
}
