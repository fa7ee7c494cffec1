//! What is wrong with an action, or with a file that it names.

use super::serving::binary;

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn what_is_wrong_with_an_action_is_said_with_its_place() {
    let rule = |hook: &str, action: &str| {
        format!("[[rule]]\nname = \"a\"\nwhen.hook = \"{hook}\"\n[[rule.do]]\n{action}\n")
    };
    let auth = |action: &str| rule("auth_check", action);
    let jwt = |rest: &str| auth(&format!("jwt = {{ algorithms = [\"RS256\"], {rest} }}"));
    let folder = tempfile::tempdir().unwrap();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/auth");
    for entry in std::fs::read_dir(fixtures).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("apr1.htpasswd", "\nalice:$apr1$x$y\n");
    write("nocolon.txt", "# x\n  key\n");
    let hash = "$2y$05$8D0n1ukb.KM.nXtj5F2daO0UYHGwmwuPUn0EKhkIPf6FSVRw9klnm";
    write("twice.htpasswd", &format!("a:{hash}\na:{hash}\n"));
    write("html.json", "<!doctype html>");
    write("empty.json", "{\"keys\": []}");
    write("costly.htpasswd", "a:$2y$31$8D0n1ukb.KM.nXtj5F2daO0UYHGwmwuPUn0EKhkIPf6FSVRw9klnm\n");
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "rsa", "-b", "2048", "-N", "secret", "-f"])
        .arg(folder.path().join("locked"))
        .status()
        .unwrap();
    assert!(made.success());
    let cases = [
        (
            auth("jwt = { algorithms = [\"none\"], key_file = \"rsa.pub.pem\" }"),
            ":5:23",
            "proves nothing",
        ),
        (
            auth("jwt = { algorithms = \"RS265\", key_file = \"rsa.pub.pem\" }"),
            ":5:22",
            "did you mean `RS256`?",
        ),
        (
            auth("jwt = { algorithms = \"ES512\", key_file = \"p256.pub.pem\" }"),
            ":5:22: `ES512` is not supported",
            "known are HS256",
        ),
        (
            jwt("jwks_url = \"id.example.org:8443/jwks\""),
            ":5:44: `jwks_url` is no URL of https",
            "with https:// in front",
        ),
        (
            auth("basic = { users_file = \"twice.htpasswd\" }"),
            "twice.htpasswd:2:1",
            "there already",
        ),
        (rule("pre", "fail = { message = \"${pth}\" }"), ":5:20", "did you mean `${path}`?"),
        (auth("jwt = { key_file = \"rsa.pub.pem\" }"), ":5:7", "without `algorithms`"),
        (jwt("audience = \"x\""), ":5:7", "with no keys"),
        (jwt("key_file = \"rsa.pub.pem\", secret_file = \"hs.secret\""), ":5:7", "several places"),
        (jwt("key_file = \"p256.pub.pem\""), ":5:23", "no key in `key_file`"),
        (jwt("key_file = \"rsa.pem\""), ":5:44", "`key_file`, rsa.pem: this is a private key"),
        (jwt("key_file = \"hs.secret\""), ":5:44", "hs.secret: this is no public key in PEM"),
        (jwt("jwks_file = \"html.json\""), ":5:45", "html.json: no JSON"),
        (jwt("jwks_file = \"empty.json\""), ":5:45", "no key in it that signs"),
        (jwt("jwks_url = \"id.example.org\""), ":5:44", "no URL"),
        (
            auth("jwt = { algorithms = [\"HS256\"], jwks_url = \"https://x/y\" }"),
            ":5:23",
            "is none",
        ),
        (
            auth("jwt = { algorithms = [\"HS256\"], secret_file = \"rsa.pub.pem\" }"),
            ":5:47",
            "a PEM key is no secret",
        ),
        (
            jwt("jwks_file = \"jwks.json\", alias = \"${clams.sub}\""),
            ":5:66",
            "did you mean `${claims.sub}`?",
        ),
        (
            jwt("jwks_file = \"jwks.json\", metadata = { token = \"x\" }"),
            ":5:71",
            "not set by hand",
        ),
        (jwt("jwks_file = \"jwks.json\", session_lifetime = 0"), ":5:77", "at least 1 second"),
        (rule("pre", "jwt = {}"), ":5:1", "`jwt` answers auth_check hooks"),
        (jwt("jwks_file = \"jwks.json\", auth_header_name = \"a b\""), ":5:77", "no header name"),
        (
            jwt("jwks_file = \"jwks.json\", header = \"A\", auth_header_name = \"B\""),
            ":5:67",
            "one setting, which is there twice",
        ),
        (jwt("jwks_file = \"jwks.json\", param_name = \"\""), ":5:71", "`param_name` is empty"),
        (jwt("jwks_file = \"jwks.json\", param_name = 1"), ":5:71", "must be a string"),
        (jwt("jwks_file = \"jwks.json\", cookie_name = \"a=b\""), ":5:72", "no name of a cookie"),
        (
            jwt("jwks_file = \"jwks.json\", cooky_name = \"a\""),
            ":5:58",
            "did you mean `cookie_name`?",
        ),
        (
            auth("static_key = { keys = \"k\", cookie_name = \"a b\" }"),
            ":5:42",
            "no name of a cookie",
        ),
        (auth("hmac = {}"), ":5:8", "without a `keys_file`"),
        (
            auth("hmac = { keys_file = \"none.txt\" }"),
            "rules.toml:5:22",
            "`none.txt`: No such file",
        ),
        (auth("hmac = { keys_file = 7 }"), "rules.toml:5:22", "must be a string"),
        (auth("hmac = { keys_file = \"nocolon.txt\" }"), "nocolon.txt:2:3", "no colon"),
        (
            auth("hmac = { keys_file = \"users.htpasswd\", algorithms = [\"md5\"] }"),
            ":5:54",
            "no algorithm of HMAC",
        ),
        (
            auth("basic = { users_file = \"apr1.htpasswd\" }"),
            "apr1.htpasswd:2:1",
            "neither bcrypt's nor argon2's",
        ),
        (auth("basic = { users_file = \"costly.htpasswd\" }"), "costly.htpasswd:1:1", "at cost 31"),
        (
            auth("basic = { users_file = \"users.htpasswd\", realm = 'a\"b' }"),
            ":5:50",
            "stands in quotes",
        ),
        (
            rule("post", "inject_jwt = { key_file = \"rsa.pub.pem\" }"),
            ":5:27",
            "`key_file`, rsa.pub.pem: no key that RS256 signs with",
        ),
        (rule("post", "inject_jwt = { key_file = \"locked\" }"), ":5:27", "ssh-keygen -p"),
        (rule("post", "inject_jwt = {}"), ":5:14", "without a key"),
        (
            rule("post", "inject_jwt = { key_file = \"rsa.pem\", secret_file = \"hs.secret\" }"),
            ":5:52",
            "keys from two places",
        ),
        (
            auth("jwt = { algorithms = \"ES256\", key_file = \"p384.pub.pem\" }"),
            ":5:22",
            "a P-384 key ES384",
        ),
        (jwt("key_file = \"rsa.pub.pem\", refresh = 5"), ":5:69", "is of `jwks_url`"),
        (auth("static_key = { keys = \"k\", token = \"\" }"), ":5:36", "`token` is empty"),
        (auth("static_key = { keys = \"k\", rate = -1.5 }"), ":5:35", "`rate` is -1.5"),
        (rule("pre", "set_path = \"/a%zz\""), ":5:12", "invalid URL escape"),
        (rule("pre", "forward = { to = \"127.0.0.1:0\" }"), ":5:18", "nothing listens at port 0"),
        (
            rule("post", "inject_jwt = { key_file = \"rsa.pem\", claims = { at = 2024-01-01 } }"),
            ":5:54",
            "is a date",
        ),
        (
            rule("pre", "forward = { to = \"192.0.2.1:50052\" }"),
            ":5:18",
            "[server] forward = [\"192.0.2.1:50052\"]",
        ),
        (rule("pre", "forward = { to = \"50052\" }"), ":5:18", "has no port"),
        (
            rule("pre", "forward = { to = \"127.0.0.1:1\", open = [\"auth_check\"] }"),
            ":5:41",
            "cannot be left open",
        ),
        (
            rule("pre", "forward = { to = \"127.0.0.1:1\", open = [\"prost\"] }"),
            ":5:41",
            "did you mean `post`?",
        ),
        (rule("pre", "delay = { jitter_ms = 1 }"), ":5:9", "without its `ms`"),
        (rule("pre", "fail = { probability = 1.5 }"), ":5:24", "from 0 to 1"),
        (rule("pre", "fail = { code = \"UNAVAILABEL\" }"), ":5:17", "did you mean `UNAVAILABLE`?"),
        (rule("pre", "response = { status = 200 }"), ":5:1", "nothing but on a response hook"),
        (rule("response", "response = {}"), ":5:12", "changes nothing"),
        (rule("response", "set_body = \"x\""), ":5:1", "does nothing on a response hook"),
        (rule("pre", "set_path = \"/a?b\""), ":5:12", "does not read the query"),
        (rule("pre", "set_method = \"a b\""), ":5:14", "is no method"),
        (rule("pre", "delete_headers = [\"a b\"]"), ":5:19", "no header name"),
        (rule("pre", "set_headers = { A = \"1\", hOST = \"x\" }"), ":5:26", "`hOST` does nothing"),
        (
            rule(
                "pre",
                "override = { code = 200, body = \"x\", headers = { content-length = \"1\" } }",
            ),
            ":5:50",
            "breaks the Gateway's answer off",
        ),
        (rule("post", "delete_headers = [\"Host\"]"), ":5:19", "the upstream sees its own host"),
        (
            rule(
                "pre",
                "inject_jwt = { secret_file = \"hs.secret\", algorithm = \"HS256\", header = \"host\" }",
            ),
            ":5:73",
            "preserve_host_header",
        ),
        (rule("pre", "set_headers = { X = \"${header\" }"), ":5:21", "without its `}`"),
    ];
    let mut wrong = Vec::new();
    for (text, place, what) in cases {
        write("rules.toml", &text);
        let output =
            binary(folder.path()).args(["rule", "list", "--rules", "rules.toml"]).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        let said = stderr.contains(place) && stderr.contains(what);
        let said = said && (what != "there already" || !stderr.contains("htpasswd -B"));
        if output.status.code() != Some(3) || !said {
            wrong.push(format!("{text}{place} and {what} in {stderr}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
