//! Attacks on authentication, a line each: what is sent, and why it is refused. Each is tried on a rule that lets the honest
//! caller beside it in, so that a refusal is for what the line says.

use serde_json::Value;
use tyk_tui::domain::object::{Message, to_json};
use tyk_tui::domain::redact::Shown;

use super::ran::Ran;
use super::rules_auth::{auth, tokens};
use super::serving::binary;
use prost::Message as _;

const RULES: &str = r#"
[[rule]]
name = "rs256"
when = { hook = "auth_check", api = "rs256" }
[[rule.do]]
jwt = { algorithms = ["RS256"], key_file = "rsa.pub.pem", issuer = "https://id.example.org", audience = "orders", auth_header_name = "Authorization", param_name = "ticket", cookie_name = "ticket" }

[[rule]]
name = "es256"
when = { hook = "auth_check", api = "es256" }
[[rule.do]]
jwt = { algorithms = ["ES256"], key_file = "p256.pub.pem", issuer = "https://id.example.org", audience = "orders" }

[[rule]]
name = "hmac"
when = { hook = "auth_check", api = "hmac" }
[[rule.do]]
hmac = { keys_file = "hmac-keys.txt" }

[[rule]]
name = "hmac-always"
when = { hook = "auth_check", api = "hmac-always" }
[[rule.do]]
hmac = { keys_file = "hmac-keys.txt", window = 2000000000 }

[[rule]]
name = "key"
when = { hook = "auth_check", api = "key" }
[[rule.do]]
static_key = { keys = ["s3cr3t-t0k3n", "other"] }

[[rule]]
name = "basic"
when = { hook = "auth_check", api = "basic" }
[[rule.do]]
basic = { users_file = "users.htpasswd" }
"#;

/// Tokens of `tests/fixtures/auth/make.py`: those that `PyJWT` makes, and by hand those that it would not.
const ON_RS256: &[(&str, &str)] = &[
    ("none", "the token's algorithm is none"),
    ("None with another case", "the token's algorithm is nOnE"),
    ("none with a signature", "the token's algorithm is none"),
    ("HS256 with the public key's PEM as secret", "the token's algorithm is HS256"),
    ("HS256 with the PEM without its line end", "the token's algorithm is HS256"),
    ("HS256 with an empty secret", "the token's algorithm is HS256"),
    ("HS256 with the right secret", "the token's algorithm is HS256"),
    ("RS384 where the rule has RS256", "the token's algorithm is RS384"),
    ("PS256 where the rule has RS256", "the token's algorithm is PS256"),
    ("RS256 in the header, PS256 in the signature", "the signature is another"),
    ("ES256", "the token's algorithm is ES256"),
    ("another key", "the signature is another"),
    ("another key with the known kid", "the signature is another"),
    ("its own key in jwk", "the signature is another"),
    ("its own keys in jku", "the signature is another"),
    ("expired", "the token has expired (`exp`)"),
    ("not yet", "the token does not count yet (`nbf`)"),
    ("without exp", "the token has no `exp`"),
    ("exp that is text", "the token's `exp` is no number"),
    ("another audience", "the token is for another audience (`aud`)"),
    ("without an audience", "the token has no `aud`"),
    ("another issuer", "the token is from another issuer (`iss`)"),
    ("without an issuer", "the token has no `iss`"),
    ("critical extension", "critical extensions (`crit`)"),
    ("signature cut", "the token is no JWT: a part of it is no base64"),
    ("signature of one byte", "the signature is another"),
    ("no signature", "the signature is another"),
    ("two parts", "the token is no JWT: it has not three parts"),
    ("four parts", "the token is no JWT: it has not three parts"),
    ("another payload", "the signature is another"),
    ("another header", "the signature is another"),
    ("padding", "the token is no JWT: a part of it is no base64"),
    ("no base64", "the token is no JWT: a part of it is no base64"),
    ("no JSON", "the token is no JWT: its header is none"),
    ("claims that are a list", "the token is no JWT: its claims are none"),
    ("empty", "no header `Authorization`"),
    ("dots", "the token is no JWT: its header is none"),
];

const ON_ES256: &[(&str, &str)] = &[
    // CVE-2022-21449.
    ("a signature of zeros", "the signature is another"),
    ("HS256 with the public key's PEM as secret", "the token's algorithm is HS256"),
    ("ES384 by another curve", "the token's algorithm is ES384"),
];

/// Signatures by OpenSSL under the key of the contract's goldens, the first of which is one:
/// `printf 'date: DATE' | openssl dgst -sha256 -hmac c2VjcmV0 -binary | base64`.
const LONG_AGO: (&str, &str) =
    ("Sat, 24 Feb 2024 11:33:36 GMT", "lOW5XnMDwBZC18z9paHwWcuWPZVXAYj+XDjPoVNgDMg=");
const FAR_AHEAD: (&str, &str) =
    ("Fri, 01 Jan 2100 00:00:00 GMT", "SufckdZTgRRcrxel/Gz44mtGEx8WcFWsL8I1R5MVMCU=");
const NO_DATE: (&str, &str) = ("yesterday", "a9ec5NdafC7u4dPZHo6MlGHz8wKzBhNwl+AyuQhxeJU=");
const OTHER_FORM: (&str, &str) =
    ("2024-02-24T11:33:36Z", "BVsRtBQPfHxUenLIjNHrZUWrQreWdBHW0uXri4FednA=");

const BAD: (i64, &str) = (400, "Custom middleware: Bad request");
const OTHER: (i64, &str) = (400, "Bad HMAC request, unsupported algorithm");
const NOT: (i64, &str) = (401, "Custom middleware: Not authorized");

/// What is sent besides: key id, algorithm, the text that Authorization begins with.
const HONEST: [&str; 3] = ["key-1", "hmac-sha256", "Signature "];

type HmacRow = (
    &'static str,
    (&'static str, &'static str),
    [&'static str; 3],
    (i64, &'static str),
    &'static str,
);

const ON_HMAC: &[HmacRow] = &[
    ("replayed Date", LONG_AGO, HONEST, NOT, "s in the past"),
    ("Date ahead", FAR_AHEAD, HONEST, NOT, "s in the future"),
    ("Date that is none, signed", NO_DATE, HONEST, BAD, "Date is no date of HTTP"),
    ("Date in another form, signed", OTHER_FORM, HONEST, BAD, "Date is no date of HTTP"),
    ("Date changed", (FAR_AHEAD.0, LONG_AGO.1), HONEST, NOT, "the signature is another"),
    ("no Date", ("", LONG_AGO.1), HONEST, BAD, "no Date"),
    (
        "signature cut",
        (LONG_AGO.0, "lOW5XnMDwBZC18z9paHwWcuWPZVXAYj+XDjPoVNgDA=="),
        HONEST,
        NOT,
        "the signature is another",
    ),
    ("signature of one byte", (LONG_AGO.0, "lA=="), HONEST, NOT, "the signature is another"),
    ("no base64", (LONG_AGO.0, "!!!!"), HONEST, NOT, "the signature is another"),
    ("empty signature", (LONG_AGO.0, ""), HONEST, BAD, "the scheme and its three parts"),
    (
        "another key's id",
        LONG_AGO,
        ["key-2", "hmac-sha256", "Signature "],
        NOT,
        "the key key-2 is not known",
    ),
    (
        "an id that is no name",
        LONG_AGO,
        ["key 2", "hmac-sha256", "Signature "],
        NOT,
        "the key \"key 2\" is not known",
    ),
    (
        "sha512 said, sha256 signed",
        LONG_AGO,
        ["key-1", "hmac-sha512", "Signature "],
        NOT,
        "the signature is another",
    ),
    (
        "a weak algorithm",
        LONG_AGO,
        ["key-1", "hmac-sha1", "Signature "],
        OTHER,
        "the algorithm is hmac-sha1",
    ),
    ("none", LONG_AGO, ["key-1", "none", "Signature "], OTHER, "the algorithm is none"),
    (
        "another scheme",
        LONG_AGO,
        ["key-1", "hmac-sha256", "Bearer "],
        BAD,
        "the scheme and its three parts",
    ),
];

/// An attack: its name, on which API, headers and parameters, what is answered, and why.
struct Attack {
    name: String,
    api: &'static str,
    headers: Vec<(&'static str, String)>,
    params: Vec<(&'static str, String)>,
    refused: Option<(i64, &'static str)>,
    why: &'static str,
}

impl Attack {
    fn new(name: &str, api: &'static str, refused: (i64, &'static str), why: &'static str) -> Self {
        let (headers, params) = (Vec::new(), Vec::new());
        Self { name: format!("{api}: {name}"), api, headers, params, refused: Some(refused), why }
    }

    fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn param(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.push((name, value.into()));
        self
    }

    fn line(&self) -> String {
        let headers: Vec<_> =
            self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut object = auth(self.api, &headers);
        let params = self.params.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        object.request.as_mut().unwrap().params = params.collect();
        to_json(Message::Object, &object.encode_to_vec(), &Shown).unwrap().to_string()
    }
}

fn honest(api: &'static str, header: &'static str, value: &str) -> Attack {
    let attack = Attack::new("the honest caller", api, BAD, "");
    Attack { refused: None, ..attack.header(header, value) }
}

fn signature([id, algorithm, scheme]: [&str; 3], signature: &str) -> String {
    let signature = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    format!("{scheme}keyId=\"{id}\",algorithm=\"{algorithm}\",signature=\"{signature}\"")
}

fn attacks() -> Vec<Attack> {
    const JWT: (i64, &str) = (401, "Not authorized");
    let tokens = tokens();
    let token = |list: &str, name: &str| tokens[list][name].as_str().unwrap().to_owned();
    let mut all = vec![
        honest("rs256", "Authorization", &token("good", "RS256")),
        honest("es256", "Authorization", &token("good", "ES256")),
        // The window is the only thing that is wrong with the golden where it is replayed.
        honest("hmac-always", "Authorization", &signature(HONEST, LONG_AGO.1))
            .header("Date", LONG_AGO.0),
        honest("key", "Authorization", "s3cr3t-t0k3n"),
        honest("basic", "Authorization", "Basic YWxpY2U6b3BlbiBzZXNhbWU="),
    ];
    for (list, api, table) in
        [("attacks on RS256", "rs256", ON_RS256), ("attacks on ES256", "es256", ON_ES256)]
    {
        assert_eq!(table.len(), tokens[list].as_object().unwrap().len(), "{list}: each has a line");
        all.extend(table.iter().map(|(name, why)| {
            Attack::new(name, api, JWT, why).header("Authorization", token(list, name))
        }));
    }
    // Where else the rule looks, nothing else counts.
    for name in ["none", "expired", "another audience", "HS256 with the public key's PEM as secret"]
    {
        let why = ON_RS256.iter().find(|(row, _)| *row == name).unwrap().1;
        let bad = token("attacks on RS256", name);
        let [param, cookie] = ["in the query", "in a cookie"]
            .map(|place| Attack::new(&format!("{name}, {place}"), "rs256", JWT, why));
        all.push(param.param("ticket", bad.clone()));
        all.push(cookie.header("Cookie", format!("ticket={bad}")));
    }
    for (name, (date, signed), sent, refused, why) in ON_HMAC {
        let attack = Attack::new(name, "hmac", *refused, why);
        let attack = attack.header("Authorization", signature(*sent, signed));
        all.push(if date.is_empty() { attack } else { attack.header("Date", *date) });
    }
    let key = |name: &str, value: &str| {
        Attack::new(name, "key", JWT, "the key is not known").header("Authorization", value)
    };
    all.extend([
        key("cut by one", "s3cr3t-t0k3"),
        key("longer by one", "s3cr3t-t0k3nn"),
        key("another case", "S3CR3T-T0K3N"),
        key("two keys", "s3cr3t-t0k3nother"),
        key("a NUL behind it", "s3cr3t-t0k3n\0"),
        Attack::new(
            "in the query, where the rule does not look",
            "key",
            JWT,
            "no header `Authorization`",
        )
        .param("Authorization", "s3cr3t-t0k3n"),
    ]);
    let basic = |name: &str, pair: &str, why: &'static str| {
        Attack::new(name, "basic", JWT, why).header("Authorization", format!("Basic {pair}"))
    };
    all.extend([
        basic("another password", "YWxpY2U6b3BlbiBzZXNhbQ==", "the password is another"),
        basic("nobody", "bm9ib2R5Om9wZW4gc2VzYW1l", "no such user"),
        basic("no colon", "YWxpY2U=", "no colon"),
        basic("no base64", "!!!", "is no base64"),
    ]);
    all
}

#[test]
fn each_is_refused_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/auth");
    for entry in std::fs::read_dir(fixtures).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("hmac-keys.txt", "key-1:c2VjcmV0\n");
    write("rules.toml", RULES);
    let attacks = attacks();
    write("attacks.jsonl", &attacks.iter().map(|attack| attack.line() + "\n").collect::<String>());
    let arguments =
        ["rule", "test", "attacks.jsonl", "--rules", "rules.toml", "--json", "--show-secrets"];
    let ran = Ran::of(binary(folder.path()).args(arguments));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let lines: Vec<Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), attacks.len());
    let mut wrong = Vec::new();
    for (Attack { name, refused, why, .. }, line) in attacks.iter().zip(&lines) {
        let said = |path: &str| {
            let changes = line["changes"].as_array().unwrap();
            changes.iter().find(|change| change["path"] == path).map(|change| change["new"].clone())
        };
        let right = match refused {
            None => line["outcome"] == "changed" && line["why"].is_null(),
            Some((code, message)) => {
                line["outcome"] == "refused"
                    && line["status"] == *code
                    && said("request.returnOverrides.responseError").as_ref()
                        == Some(&Value::from(*message))
                    && line["why"].as_str().unwrap().contains(why)
            }
        };
        if !right {
            wrong.push(format!("{name}: {line}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}
