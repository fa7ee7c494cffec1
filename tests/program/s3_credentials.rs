//! Where `tyk-tui s3` finds credentials: each source against a local stand-in. That they are the right ones says the store,
//! which checks signatures.

use std::fmt::Write as _;
use std::io::{BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};

use super::home::{Home, Ran};
use super::s3_stand_in::{KEY, S3, SECRET, bare};

/// A server of AWS's that gives out credentials: answers by the beginning of the request line.
struct Aws {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Aws {
    fn answering(answers: Vec<(&'static str, u16, String)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = request(&mut BufReader::new(stream.try_clone().unwrap()));
                let found = answers.iter().find(|(begin, ..)| request.starts_with(begin));
                let (status, body) = found.map_or((404, ""), |(_, status, body)| (*status, body));
                kept.lock().unwrap().push(request);
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
            }
        });
        Self { url, seen }
    }

    /// The requests whole, with headers in lower case.
    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

fn request(stream: &mut impl std::io::BufRead) -> String {
    let (mut text, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).unwrap_or_default() <= 2 {
            break;
        }
        let line = if text.is_empty() { line } else { line.to_ascii_lowercase() };
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        text.push_str(&line);
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    text + "\r\n" + &String::from_utf8(body).unwrap()
}

const LATER: &str = "2099-01-01T00:00:00Z";

fn document() -> String {
    format!(
        r#"{{"Code":"Success","Version":1,"AccessKeyId":"{KEY}","SecretAccessKey":"{SECRET}","Token":"a token","Expiration":"{LATER}"}}"#
    )
}

fn sts(action: &str) -> String {
    format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials>\
         <AccessKeyId>{KEY}</AccessKeyId><SecretAccessKey>{SECRET}</SecretAccessKey><SessionToken>a token</SessionToken>\
         <Expiration>{LATER}</Expiration></Credentials></{action}Result></{action}Response>"
    )
}

/// Lists a bucket with what is in this home, and with these variables.
fn list(home: &Home, s3: &S3, flags: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command: Command =
        home.command(&[&["s3", "list", "s3://plugins", "--json"], flags].concat());
    bare(&mut command);
    command.env("AWS_ENDPOINT_URL_S3", s3.url()).envs(variables.iter().copied());
    Ran::of(command)
}

fn done(ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

fn failed(ran: &Ran) -> String {
    assert_eq!(ran.code, Some(3), "{ran:?}");
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains(SECRET) && !text.contains("a token"), "{ran:?}");
    }
    let error = ran.json()["error"].clone();
    format!("{} / {}", error["what"].as_str().unwrap(), error["help"].as_str().unwrap_or_default())
}

fn aws_file(home: &Home, name: &str, text: &str) {
    std::fs::create_dir_all(home.path().join(".aws")).unwrap();
    std::fs::write(home.path().join(".aws").join(name), text).unwrap();
}

fn keys(profile: &str) -> String {
    format!("[{profile}]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n")
}

#[test]
fn without_any_it_is_said_where_they_were_looked_for() {
    let (home, s3) = (Home::new(), S3::start());
    let said = failed(&list(&home, &s3, &[], &[]));
    assert!(said.contains(".aws/config") && said.contains("aws configure"), "{said}");
    let said = failed(&list(&home, &s3, &[], &[("AWS_ACCESS_KEY_ID", KEY)]));
    assert!(said.contains("AWS_SECRET_ACCESS_KEY is not"), "{said}");
    assert_eq!(s3.asked(), [""; 0]);
}

#[test]
fn profiles_of_awss_files() {
    let (home, s3) = (Home::new(), S3::start());
    aws_file(
        &home,
        "credentials",
        &(keys("default") + "[wrong]\naws_access_key_id = X\naws_secret_access_key = Y\n"),
    );
    aws_file(
        &home,
        "config",
        &format!("[profile by-url]\nendpoint_url = {}\n{}", s3.url(), keys("profile own")),
    );
    done(&list(&home, &s3, &[], &[]));
    done(&list(&home, &s3, &["--profile", "own"], &[]));
    done(&list(&home, &s3, &[], &[("AWS_PROFILE", "own")]));
    // The variables win over AWS_PROFILE, and a named profile over them.
    let variables =
        [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_PROFILE", "wrong")];
    done(&list(&home, &s3, &[], &variables));
    let said = failed(&list(&home, &s3, &["--profile", "wrong"], &variables));
    assert!(said.contains("of the AWS profile wrong"), "{said}");
    let said = failed(&list(&home, &s3, &["--profile", "owm"], &[]));
    assert!(said.contains("no AWS profile is called") && said.contains("own"), "{said}");
    let said = failed(&list(&home, &s3, &["--profile", "by-url"], &[]));
    assert!(said.contains("has no credentials"), "{said}");
}

#[test]
fn a_command_prints_them() {
    let (home, s3) = (Home::new(), S3::start());
    let script = home
        .write("give out.sh", format!("#!/bin/sh\n[ \"$1\" = 'a b' ] && echo '{}'\n", document()));
    let text = format!(
        "[default]\ncredential_process = sh \"{}\" 'a b'\n[profile bad]\ncredential_process = echo '{{\"AccessKeyId\":\"{SECRET}\"}}'\n\
         [profile fails]\ncredential_process = exit 7\n",
        script.display()
    );
    aws_file(&home, "config", &text);
    done(&list(&home, &s3, &[], &[]));
    let said = failed(&list(&home, &s3, &["--profile", "bad"], &[]));
    assert!(
        said.contains("`credential_process` of the AWS profile bad gave out are no credentials"),
        "{said}"
    );
    let said = failed(&list(&home, &s3, &["--profile", "fails"], &[]));
    assert!(said.contains("exit status: 7"), "{said}");
}

#[test]
fn a_role_is_taken_with_the_credentials_of_another_profile() {
    let (home, s3) = (Home::new(), S3::start());
    let aws = Aws::answering(vec![("POST /", 200, sts("AssumeRole"))]);
    let mut text = String::from(
        "[profile role]\nrole_arn = arn:aws:iam::1:role/push\nsource_profile = base\nexternal_id = x y\n",
    );
    text += "[profile base]\naws_access_key_id = BASE\naws_secret_access_key = base secret\n";
    text += "[profile a]\nrole_arn = arn:r\nsource_profile = b\n[profile b]\nrole_arn = arn:r\nsource_profile = a\n";
    text += "[profile mfa]\nrole_arn = arn:r\nsource_profile = base\nmfa_serial = m\n[profile lost]\nrole_arn = arn:r\n";
    let _ = writeln!(
        text,
        "[profile env]\nrole_arn = arn:aws:iam::1:role/env\ncredential_source = Environment"
    );
    aws_file(&home, "config", &text);
    let at = ("AWS_ENDPOINT_URL_STS", aws.url.as_str());
    done(&list(&home, &s3, &["--profile", "role", "--region", "eu-west-1"], &[at]));
    let seen = aws.seen().remove(0);
    assert!(
        seen.contains(
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fpush"
        ),
        "{seen}"
    );
    assert!(seen.contains("ExternalId=x+y") && seen.contains("credential=base/"), "{seen}");
    assert!(seen.contains("/eu-west-1/sts/aws4_request"), "{seen}");
    let variables = [at, ("AWS_ACCESS_KEY_ID", "FROMENV"), ("AWS_SECRET_ACCESS_KEY", "z")];
    done(&list(&home, &s3, &["--profile", "env"], &variables));
    assert!(aws.seen()[1].contains("credential=fromenv/"));
    for (profile, word) in
        [("a", "its own source"), ("mfa", "second factor"), ("lost", "no `source_profile`")]
    {
        let said = failed(&list(&home, &s3, &["--profile", profile], &[at]));
        assert!(said.contains(word), "{said}");
    }
    let denied = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>";
    let aws = Aws::answering(vec![("POST /", 403, denied.to_owned())]);
    let said =
        failed(&list(&home, &s3, &["--profile", "role"], &[("AWS_ENDPOINT_URL_STS", &aws.url)]));
    assert!(
        said.contains("cannot take the role arn:aws:iam::1:role/push")
            && said.contains("not authorized"),
        "{said}"
    );
}

#[test]
fn a_web_identity_takes_a_role_without_credentials() {
    let (home, s3) = (Home::new(), S3::start());
    let aws = Aws::answering(vec![("POST /", 200, sts("AssumeRoleWithWebIdentity"))]);
    let token = home.write("token", "the.web.identity\n").display().to_string();
    let variables = [
        ("AWS_ENDPOINT_URL_STS", aws.url.as_str()),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", &token),
        ("AWS_ROLE_ARN", "arn:aws:iam::1:role/pod"),
        ("AWS_ROLE_SESSION_NAME", "pod-7"),
    ];
    done(&list(&home, &s3, &[], &variables));
    let seen = aws.seen().remove(0);
    assert!(seen.contains("RoleSessionName=pod-7&WebIdentityToken=the.web.identity"), "{seen}");
    assert!(!seen.contains("authorization:"), "{seen}");
    let text = format!("[profile pod]\nrole_arn = arn:r\nweb_identity_token_file = {token}\n");
    aws_file(&home, "config", &text);
    done(&list(&home, &s3, &["--profile", "pod"], &variables[..1]));
}

#[test]
fn a_container_gives_them_out_for_its_token() {
    let (home, s3) = (Home::new(), S3::start());
    let aws = Aws::answering(vec![("GET /creds ", 200, document())]);
    let token = home.write("token", "container-token\n").display().to_string();
    let url = format!("{}/creds", aws.url);
    let variables = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str()),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", &token),
    ];
    done(&list(&home, &s3, &[], &variables));
    assert!(aws.seen()[0].contains("authorization: container-token"), "{:?}", aws.seen());
    let elsewhere =
        [("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://192.0.2.1/creds"), variables[1]];
    let said = failed(&list(&home, &s3, &[], &elsewhere));
    assert!(said.contains("no address that may be asked"), "{said}");
}

#[test]
fn a_machine_gives_them_out_by_the_second_version_alone() {
    let (home, s3) = (Home::new(), S3::start());
    let roles = "/latest/meta-data/iam/security-credentials/";
    let aws = Aws::answering(vec![
        ("PUT /latest/api/token ", 200, "machine-token".to_owned()),
        ("GET /latest/meta-data/iam/security-credentials/ ", 200, "push-role".to_owned()),
        ("GET /latest/meta-data/iam/security-credentials/push-role ", 200, document()),
    ]);
    let variables = [
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url.as_str()),
        ("AWS_EC2_METADATA_DISABLED", "false"),
    ];
    done(&list(&home, &s3, &[], &variables));
    let seen = aws.seen();
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert!(seen[0].contains("x-aws-ec2-metadata-token-ttl-seconds: 300"), "{seen:?}");
    for request in &seen[1..] {
        assert!(request.contains("x-aws-ec2-metadata-token: machine-token"), "{request}");
        assert!(request.contains(roles), "{request}");
    }
    // No token, no question.
    let aws = Aws::answering(vec![("GET /latest/", 200, document())]);
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url.as_str()), variables[1]];
    let said = failed(&list(&home, &s3, &[], &variables));
    assert!(said.contains("the machine's metadata service answered 404"), "{said}");
    assert_eq!(aws.seen().len(), 1);
}

#[test]
fn a_session_of_sso_is_used_and_its_command_named_where_there_is_none() {
    let (home, s3) = (Home::new(), S3::start());
    let role = format!(
        r#"{{"roleCredentials":{{"accessKeyId":"{KEY}","secretAccessKey":"{SECRET}","sessionToken":"a token","expiration":4070908800000}}}}"#
    );
    let aws = Aws::answering(vec![(
        "GET /federation/credentials?role_name=Push&account_id=123 ",
        200,
        role,
    )]);
    aws_file(
        &home,
        "config",
        "[profile sso]\nsso_session = corp\nsso_account_id = 123\nsso_role_name = Push\n\
         [sso-session corp]\nsso_start_url = https://corp.awsapps.com/start#/\nsso_region = eu-west-1\n",
    );
    let run = || list(&home, &s3, &["--profile", "sso"], &[("AWS_ENDPOINT_URL_SSO", &aws.url)]);
    let said = failed(&run());
    assert!(said.contains("log in again: aws sso login --profile sso"), "{said}");
    let kept = |expires: &str| {
        std::fs::create_dir_all(home.path().join(".aws/sso/cache")).unwrap();
        let text = format!(
            r#"{{"startUrl":"https://corp.awsapps.com/start","accessToken":"sso-token","expiresAt":"{expires}"}}"#
        );
        aws_file(&home, "sso/cache/0123.json", &text);
    };
    kept("2020-01-01T00:00:00Z");
    assert!(failed(&run()).contains("it has ended"));
    assert!(aws.seen().is_empty());
    kept(LATER);
    done(&run());
    assert!(aws.seen()[0].contains("x-amz-sso_bearer_token: sso-token"), "{:?}", aws.seen());
}
