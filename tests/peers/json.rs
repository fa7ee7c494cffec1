//! Canonical JSON against Google's `MessageToJson`, for random messages and for nasty ones.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use prost::Message as _;
use serde_json::Value;
use tyk_tui::domain::object::{Message, coprocess, to_json};
use tyk_tui::domain::redact::Shown;

/// How many random Objects are compared.
const OBJECTS: usize = 2000;

struct Python {
    process: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Python {
    fn start() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = std::env::var("TYK_TUI_PEERS_PYTHON").unwrap();
        let mut process = Command::new(python)
            .arg(root.join("tests/peers/message_to_json.py"))
            .arg(root.join("proto/coprocess.bin"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let ask = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        Self { process, ask, answers }
    }

    /// `None` where these are no such message.
    fn json(&mut self, name: &str, bytes: &[u8]) -> Option<Value> {
        writeln!(self.ask, "{name} {}", BASE64_STANDARD.encode(bytes)).unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let json: Value = serde_json::from_str(&line).unwrap();
        (!json.is_null()).then_some(json)
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        any::<String>(),
        "[a-zA-Z-]{1,12}",
        Just("\u{2028}\0\"\\".into())
    ]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

fn map() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map(text(), text(), 0..4)
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..40)
}

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), Just(-1), Just(i64::MIN), Just(i64::MAX), any::<i64>()]
}

fn small() -> impl Strategy<Value = i32> {
    prop_oneof![Just(0), Just(-1), Just(i32::MIN), Just(i32::MAX), any::<i32>()]
}

fn double() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(-0.0),
        Just(1000.0),
        Just(1e16),
        Just(1e-7),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(f64::MIN_POSITIVE / 8.0),
        any::<u64>().prop_map(f64::from_bits),
        any::<f32>().prop_map(f64::from),
    ]
}

fn overrides() -> impl Strategy<Value = coprocess::ReturnOverrides> {
    (small(), text(), map(), any::<bool>(), text()).prop_map(
        |(response_code, response_error, headers, override_error, response_body)| {
            coprocess::ReturnOverrides {
                response_code,
                response_error,
                headers,
                override_error,
                response_body,
            }
        },
    )
}

fn request() -> impl Strategy<Value = coprocess::MiniRequestObject> {
    let maps = (map(), map(), map(), map(), map());
    let rest = (texts(), texts(), proptest::option::of(overrides()), bytes());
    (maps, vec(text(), 5), rest).prop_map(|(maps, mut texts, rest)| {
        let mut next = || texts.pop().unwrap();
        coprocess::MiniRequestObject {
            headers: maps.0,
            set_headers: maps.1,
            params: maps.2,
            add_params: maps.3,
            extended_params: maps.4,
            delete_headers: rest.0,
            delete_params: rest.1,
            return_overrides: rest.2,
            raw_body: rest.3,
            body: next(),
            url: next(),
            method: next(),
            request_uri: next(),
            scheme: next(),
        }
    })
}

fn rights() -> impl Strategy<Value = coprocess::AccessDefinition> {
    let urls = (text(), texts()).prop_map(|(url, methods)| coprocess::AccessSpec { url, methods });
    (text(), text(), texts(), vec(urls, 0..3)).prop_map(
        |(api_name, api_id, versions, allowed_urls)| coprocess::AccessDefinition {
            api_name,
            api_id,
            versions,
            allowed_urls,
        },
    )
}

fn session() -> impl Strategy<Value = coprocess::SessionState> {
    let parts = (
        proptest::option::of((text(), text())),
        proptest::option::of(text()),
        proptest::option::of(vec(double(), 0..3)),
        btree_map(text(), rights(), 0..3),
    );
    let numbers = (vec(number(), 11), vec(double(), 3), vec(any::<bool>(), 3));
    (parts, numbers, vec(text(), 9), (map(), map(), texts(), texts())).prop_map(
        |(
            parts,
            (mut numbers, doubles, flags),
            mut words,
            (oauth_keys, metadata, tags, policies),
        )| {
            let mut number = || numbers.pop().unwrap();
            let mut text = || words.pop().unwrap();
            coprocess::SessionState {
                last_check: number(),
                allowance: doubles[0],
                rate: doubles[1],
                per: doubles[2],
                expires: number(),
                quota_max: number(),
                quota_renews: number(),
                quota_remaining: number(),
                quota_renewal_rate: number(),
                access_rights: parts.3,
                org_id: text(),
                oauth_client_id: text(),
                oauth_keys,
                basic_auth_data: parts
                    .0
                    .map(|(password, hash)| coprocess::BasicAuthData { password, hash }),
                jwt_data: parts.1.map(|secret| coprocess::JwtData { secret }),
                hmac_enabled: flags[0],
                hmac_secret: text(),
                is_inactive: flags[1],
                apply_policy_id: text(),
                data_expires: number(),
                monitor: parts.2.map(|trigger_limits| coprocess::Monitor { trigger_limits }),
                enable_detailed_recording: flags[2],
                metadata,
                tags,
                alias: text(),
                last_updated: text(),
                id_extractor_deadline: number(),
                session_lifetime: number(),
                apply_policies: policies,
                certificate: text(),
                max_query_depth: number(),
                key_id: text(),
                post_expiry_action: text(),
                post_expiry_grace_period: number(),
            }
        },
    )
}

fn response() -> impl Strategy<Value = coprocess::ResponseObject> {
    let header = (text(), texts()).prop_map(|(key, values)| coprocess::Header { key, values });
    (small(), bytes(), text(), map(), vec(header, 0..3)).prop_map(
        |(status_code, raw_body, body, headers, multivalue_headers)| coprocess::ResponseObject {
            status_code,
            raw_body,
            body,
            headers,
            multivalue_headers,
        },
    )
}

fn object() -> impl Strategy<Value = coprocess::Object> {
    let hook = prop_oneof![0..7_i32, any::<i32>()];
    let parts = (
        proptest::option::of(request()),
        proptest::option::of(session()),
        proptest::option::of(response()),
    );
    (hook, text(), parts, map(), map()).prop_map(|(hook_type, hook_name, parts, metadata, spec)| {
        coprocess::Object {
            hook_type,
            hook_name,
            request: parts.0,
            session: parts.1,
            response: parts.2,
            metadata,
            spec,
        }
    })
}

fn ours(message: Message, bytes: &[u8]) -> Option<Value> {
    to_json(message, bytes, &Shown).ok()
}

#[test]
#[ignore = "peers: needs Python's protobuf"]
fn random_objects_alone_and_merged() {
    let mut python = Python::start();
    let mut runner = TestRunner::default();
    let mut before = Vec::new();
    for _ in 0..OBJECTS {
        let object = object().new_tree(&mut runner).unwrap().current().encode_to_vec();
        // One after the other merge into one.
        let merged = [&before[..], &object].concat();
        for bytes in [&object, &merged] {
            let theirs = python.json("Object", bytes);
            assert!(theirs.is_some());
            assert_eq!(ours(Message::Object, bytes), theirs, "{}", BASE64_STANDARD.encode(bytes));
        }
        before = object;
    }
}

#[test]
#[ignore = "peers: needs Python's protobuf"]
fn random_events() {
    let mut python = Python::start();
    let mut runner = TestRunner::default();
    for _ in 0..100 {
        let payload = text().new_tree(&mut runner).unwrap().current();
        let event = coprocess::Event { payload }.encode_to_vec();
        assert_eq!(ours(Message::Event, &event), python.json("Event", &event));
    }
    assert_eq!(ours(Message::EventReply, &[]), python.json("EventReply", &[]));
}

/// Google's C parser drops the bits of a number beyond 64. Go's refuses the message, and so do we, as Gateways are in Go.
fn has_number_beyond_64_bits(object: &[u8]) -> bool {
    let read = to_json(Message::Object, object, &Shown);
    read.is_err_and(|error| error.detail == "a number of more than 64 bits")
}

/// Bytes cut anywhere, and with one byte changed: both refuse them, or both read the same.
#[test]
#[ignore = "peers: needs Python's protobuf"]
fn damaged_objects() {
    let mut python = Python::start();
    let mut runner = TestRunner::default();
    let mut refused = 0;
    for _ in 0..100 {
        let mut object = object().new_tree(&mut runner).unwrap().current().encode_to_vec();
        object.truncate(400);
        for _ in 0..20 {
            let (at, byte) = (any::<prop::sample::Index>(), any::<u8>())
                .new_tree(&mut runner)
                .unwrap()
                .current();
            if !object.is_empty() {
                let at = at.index(object.len());
                object[at] = byte;
            }
            if has_number_beyond_64_bits(&object) {
                continue;
            }
            let (mine, theirs) = (ours(Message::Object, &object), python.json("Object", &object));
            refused += usize::from(theirs.is_none());
            assert_eq!(mine, theirs, "{}", BASE64_STANDARD.encode(&object));
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
#[ignore = "peers: needs Python's protobuf"]
fn nasty_objects() {
    let cases: [(&str, &[u8]); 22] = [
        ("empty", &[]),
        ("a hook that nobody knows", &[0x08, 0x63]),
        ("a negative hook, ten bytes long", &[8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]),
        ("a hook of 64 bits", &[0x08, 0x81, 0x80, 0x80, 0x80, 0x80, 0x01]),
        ("the last hook counts, though it is the default", &[0x08, 1, 0x08, 0]),
        ("a number written long", &[0x88, 0x00, 0x81, 0x00]),
        ("a known field of another wire type", &[0x0a, 0x01, b'x', 0x10, 0x05, 0x18, 0x01]),
        ("an unknown group", &[0xa3, 0x06, 0x08, 0x01, 0xa4, 0x06]),
        ("a group that does not end", &[0xa3, 0x06, 0x08, 0x01]),
        ("the end of another group", &[0xa3, 0x06, 0xac, 0x06]),
        ("text that is not UTF-8", &[0x12, 0x01, 0xff]),
        ("a map's key that is not UTF-8", &[0x2a, 0x03, 0x0a, 0x01, 0xff]),
        ("an entry without key and value", &[0x2a, 0x00]),
        ("an entry with a part that nobody knows", &[0x2a, 6, 10, 1, b'a', 26, 1, b'x']),
        ("an entry whose key is a number", &[0x2a, 5, 8, 5, 18, 1, b'b']),
        ("an entry whose value is a number", &[0x2a, 5, 10, 1, b'a', 16, 5]),
        ("an entry that comes twice", &[0x2a, 3, 10, 1, b'a', 0x2a, 6, 10, 1, b'a', 18, 1, b'b']),
        ("an empty request", &[0x1a, 0x00]),
        (
            "limits packed and not",
            &[
                0x22, 24, 0xaa, 1, 21, 0x0a, 8, 0, 0, 0, 0, 0, 0, 240, 63, 0x09, 0, 0, 0, 0, 0, 0,
                0, 64, 0x0a, 0,
            ],
        ),
        ("packed doubles cut short", &[0x22, 6, 0xaa, 1, 3, 0x0a, 1, 0]),
        ("field number 0", &[0x02, 0x00]),
        ("wire type 7", &[0x0f]),
    ];
    let mut python = Python::start();
    for (name, bytes) in cases {
        assert_eq!(ours(Message::Object, bytes), python.json("Object", bytes), "{name}");
    }
}
