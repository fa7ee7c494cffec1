//! `serve` against callers, readers and addresses that are not as they should be.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use bytes::{BufMut as _, Bytes, BytesMut};
use h2::SendStream;
use h2::client::{ResponseFuture, SendRequest};
use prost::Message as _;
use serde_json::Value;
use tonic::Code;

use super::serving::{Serve, binary, object, object_with_body};

/// A message with the five bytes that gRPC puts before it.
pub(crate) fn framed(message: &[u8]) -> Bytes {
    let mut frame = BytesMut::new();
    frame.put_u8(0);
    frame.put_u32(u32::try_from(message.len()).unwrap());
    frame.put_slice(message);
    frame.freeze()
}

/// An HTTP/2 connection whose frames a test sends one by one.
pub(crate) struct Raw(SendRequest<Bytes>);

impl Raw {
    pub(crate) async fn connect(address: &str) -> Self {
        let socket = tokio::net::TcpStream::connect(address).await.unwrap();
        let (send, connection) = h2::client::handshake(socket).await.unwrap();
        tokio::spawn(connection);
        Self(send.ready().await.unwrap())
    }

    /// A call whose message is still to be sent.
    pub(crate) async fn begin(&mut self, _message: &[u8]) -> (ResponseFuture, SendStream<Bytes>) {
        let request = http::Request::post("http://x/coprocess.Dispatcher/Dispatch")
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .body(())
            .unwrap();
        let mut ready = self.0.clone().ready().await.unwrap();
        ready.send_request(request, false).unwrap()
    }

    /// A whole call; its status.
    pub(crate) async fn dispatch(&mut self, message: &[u8]) -> String {
        let (answer, mut body) = self.begin(message).await;
        body.send_data(framed(message), true).unwrap();
        status(answer).await
    }
}

/// The `grpc-status` of an answer, in its trailers or its headers.
async fn status(answer: ResponseFuture) -> String {
    let answer = answer.await.unwrap();
    let early = answer.headers().get("grpc-status").cloned();
    let mut body = answer.into_body();
    while let Some(part) = body.data().await {
        let _ = body.flow_control().release_capacity(part.unwrap().len());
    }
    let status = match early {
        Some(status) => status,
        None => body.trailers().await.unwrap().unwrap()["grpc-status"].clone(),
    };
    status.to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_protobuf_are_refused_and_a_line() {
    let serve = Serve::json(&[]);
    let gateway = serve.connect().await;
    for path in ["/coprocess.Dispatcher/Dispatch", "/coprocess.Dispatcher/DispatchEvent"] {
        let status = gateway.call(path, b"\xff\xffnot protobuf").await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument, "{status}");
        let line = serve.line();
        assert_eq!((&line["request"], &line["reply"]), (&Value::Null, &Value::Null));
        assert!(line["error"].as_str().unwrap().contains("protobuf"), "{line}");
        let failed = if path.ends_with("Event") { Value::Null } else { "failed".into() };
        assert_eq!(line["outcome"], failed);
    }
    // And the next one is served.
    gateway.dispatch(&object().encode_to_vec()).await.unwrap();
    assert_eq!(serve.line()["outcome"], "passed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_of_64_mib_is_taken_and_a_larger_one_is_refused_and_a_line() {
    let serve = Serve::json(&[]);
    let gateway = serve.connect().await;
    let mut object = object();
    let overhead = object.encoded_len() + 16;
    if let Some(request) = &mut object.request {
        request.raw_body = vec![b'x'; (64 << 20) - overhead];
    }
    let message = object.encode_to_vec();
    assert!(message.len() <= 64 << 20);
    assert_eq!(gateway.dispatch(&message).await.unwrap(), message);
    let line = serve.line();
    assert_eq!((&line["outcome"], &line["hook"]), (&"failed".into(), &"pre".into()));

    let status = gateway.dispatch(&vec![b'x'; (64 << 20) + 1]).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status}");
    let line = serve.line();
    assert_eq!((&line["kind"], &line["outcome"]), (&"dispatch".into(), &"failed".into()));
    assert_eq!(line["request"], Value::Null);
    assert!(line["error"].as_str().unwrap().contains("67108864"), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_bytes_in_flight_are_refused_as_they_arrive() {
    let folder = tempfile::tempdir().unwrap();
    let serve = Serve::with(folder, |command| {
        command.arg("--json").env("TYK_TUI_SERVER_IN_FLIGHT_LIMIT", "100000");
    })
    .read();
    let mut raw = Raw::connect(&serve.address).await;
    // Half of a message that claims 64 MiB: only what came counts.
    let (waiting, mut half) = raw.begin(&[]).await;
    let mut prefix = BytesMut::from(&[0, 4, 0, 0, 0][..]);
    prefix.put_bytes(b'x', 60_000);
    half.send_data(prefix.freeze(), false).unwrap();
    let small = object().encode_to_vec();
    assert_eq!(raw.dispatch(&small).await, "0");
    assert_eq!(serve.line()["outcome"], "passed");
    let gateway = serve.connect().await;
    let status = gateway.dispatch(&object_with_body(40_000)).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status}");
    assert_eq!(serve.line()["outcome"], "failed");
    // What the caller takes back is free again.
    half.send_reset(h2::Reason::CANCEL);
    drop(waiting);
    let line = serve.line();
    assert!(line["error"].as_str().unwrap().contains("caller went away"), "{line}");
    assert!(gateway.dispatch(&object_with_body(40_000)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_break_the_protocol_are_answered_with_a_status() {
    let serve = Serve::json(&[]);
    let mut raw = Raw::connect(&serve.address).await;
    let compressed = Bytes::from_static(&[1, 0, 0, 0, 1, b'x']);
    let torn = Bytes::from_static(&[0, 0, 0, 0, 9, b'x']);
    let two = Bytes::from_static(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (bytes, expected) in [(compressed, "12"), (torn, "13"), (two, "13"), (Bytes::new(), "13")] {
        let (answer, mut body) = raw.begin(&[]).await;
        body.send_data(bytes, true).unwrap();
        assert_eq!(status(answer).await, expected);
        assert_eq!(serve.line()["outcome"], "failed");
    }
    assert_eq!(raw.dispatch(&object().encode_to_vec()).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_stalls_slows_no_answer_and_is_told_what_it_lost() {
    const CALLS: u64 = 2_000;
    let folder = tempfile::tempdir().unwrap();
    let mut serve = Serve::with(folder, |command| {
        command.arg("--json").env("TYK_TUI_CAPTURE_MAX_RECORDS", "100");
    });
    let stdout = serve.stdout();
    let gateway = serve.connect().await;
    let message = object().encode_to_vec();
    for _ in 0..CALLS {
        assert_eq!(gateway.dispatch(&message).await.unwrap(), message);
    }
    let (mut next, mut lost) = (1, 0);
    for line in BufReader::new(stdout).lines() {
        let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        assert_eq!(line["seq"], next, "a gap that no line tells of");
        let count = if line["kind"] == "dropped" { line["count"].as_u64().unwrap() } else { 1 };
        lost += if line["kind"] == "dropped" { count } else { 0 };
        next += count;
        if next > CALLS {
            break;
        }
    }
    assert!(lost > 0, "the pipe held it all, so this shows nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_is_told_of_and_answers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = Serve::with(folder, |command| {
        command.arg("--json");
    });
    let gateway = serve.connect().await;
    drop(serve.stdout());
    let message = object().encode_to_vec();
    gateway.dispatch(&message).await.unwrap();
    serve.says("the server goes on without lines");
    assert_eq!(gateway.dispatch(&message).await.unwrap(), message);
    serve.terminate();
    assert_eq!(serve.ended().code(), Some(0));
    assert!(!serve.stderr().contains("error"), "{}", serve.stderr());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_lines_loudly_and_no_answer() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let Ok(full) = full else {
        eprintln!("NOT TESTED: there is no /dev/full here, so a full disk cannot be shown");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut serve = Serve::with(folder, |command| {
        command.arg("--json").stdout(Stdio::from(full));
    });
    let gateway = serve.connect().await;
    let message = object().encode_to_vec();
    assert_eq!(gateway.dispatch(&message).await.unwrap(), message);
    serve.says("cannot write to standard output");
    assert_eq!(gateway.dispatch(&message).await.unwrap(), message);
    serve.terminate();
    assert_eq!(serve.ended().code(), Some(0));
}

#[test]
fn a_port_in_use_is_an_error_that_says_by_whom() {
    let serve = Serve::json(&[]);
    let second = binary(serve.folder.path())
        .args(["serve", "--json", "--listen", &serve.address])
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(3));
    let error: Value = serde_json::from_slice(&second.stdout).unwrap();
    let what = error["error"]["what"].as_str().unwrap();
    assert!(what.contains("in use"), "{error}");
    if cfg!(target_os = "linux") {
        assert!(what.contains(&format!("(pid {})", serve.child.id())), "{error}");
    }
    assert_eq!(error["error"]["where"], serve.address.as_str());
}

#[test]
fn an_address_that_is_none_is_wrong_use() {
    let folder = tempfile::tempdir().unwrap();
    for address in ["nowhere", ":50051", "127.0.0.1:99999", "unix:"] {
        let output = binary(folder.path()).args(["serve", "--listen", address]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{address}");
    }
}

#[test]
fn beyond_loopback_is_allowed_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = binary(folder.path());
    command.args(["serve", "--listen", "0.0.0.0:0"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let serve = Serve::spawn(folder, command);
    serve.says("can be reached from other machines");
}

/// A Gateway whose calls are cancelled costs nothing that stays.
#[tokio::test(flavor = "multi_thread")]
async fn callers_that_go_away_leave_a_line_each() {
    let serve = Serve::json(&[]);
    let mut raw = Raw::connect(&serve.address).await;
    for _ in 0..3 {
        let (waiting, mut half) = raw.begin(&[]).await;
        half.send_data(Bytes::from_static(&[0, 0, 0, 1, 0, b'x']), false).unwrap();
        half.send_reset(h2::Reason::CANCEL);
        drop(waiting);
        let line = serve.line();
        assert_eq!((&line["outcome"], &line["request"]), (&"failed".into(), &Value::Null));
    }
}

/// HTTP/2 libraries refuse an empty `:authority`, which Gateways before 5.8.2 send: the operator is told what to set.
#[test]
fn callers_without_a_good_authority_are_told_of() {
    call_with_authority(b"", "\"grpc_authority\"");
    // As Python's grpcio makes it of a socket's path.
    call_with_authority(b"%2Frun%2Fplugin.sock", "grpc.default_authority");
}

fn call_with_authority(authority: &[u8], told: &str) {
    let serve = Serve::json(&[]);
    let mut socket = std::net::TcpStream::connect(&serve.address).unwrap();
    let path = b"/coprocess.Dispatcher/Dispatch";
    // HPACK: POST and http from the static table, then literals for :path (4) and :authority (1).
    let mut headers = vec![0x83, 0x86, 0x44, u8::try_from(path.len()).unwrap()];
    headers.extend_from_slice(path);
    headers.extend_from_slice(&[0x41, u8::try_from(authority.len()).unwrap()]);
    headers.extend_from_slice(authority);
    let mut frames = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    frames.extend_from_slice(&[0, 0, 0, 4, 0, 0, 0, 0, 0]);
    // HEADERS on stream 1, END_HEADERS.
    frames.extend_from_slice(&[0, 0, u8::try_from(headers.len()).unwrap(), 1, 4, 0, 0, 0, 1]);
    frames.extend_from_slice(&headers);
    socket.write_all(&frames).unwrap();
    serve.says(told);
}
