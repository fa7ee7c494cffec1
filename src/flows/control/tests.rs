//! What goes over the socket comes out as it went in; where the socket is.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::place::Place;
use super::wire::{self, Asked, Head, Said};
use crate::capture::{Exchange, Judge, Kind};
use crate::domain::redact::Shown;

fn exchange(kind: Kind, request: Option<&[u8]>, reply: Result<&[u8], &str>) -> Exchange {
    Exchange {
        kind,
        at: jiff::Timestamp::from_microsecond(1_700_000_000_000_001).unwrap(),
        took: Duration::from_micros(321),
        held: Duration::from_micros(7),
        peer: "127.0.0.1:4711".into(),
        request: request.map(Bytes::copy_from_slice),
        reply: reply.map(Bytes::copy_from_slice).map_err(str::to_owned),
        rule: Some("allow".into()),
        why: reply.is_ok().then(|| "the key is not known".into()),
        trimmed: true,
        trace: None,
    }
}

async fn there_and_back(exchange: &Exchange) -> (u64, Exchange, usize) {
    let judge = Judge { view: Arc::new(Shown), answer_limit: 4 << 20 };
    let record = judge.record(42, exchange.clone());
    let (head, sides) = Head::of(&record);
    let mut wire = Vec::new();
    wire::write(&mut wire, &Said::Record(head), sides).await.unwrap();
    let length = wire.len();
    let (said, body) = wire::read(&mut &wire[..], 1 << 20).await.unwrap().unwrap();
    let Said::Record(head) = said else { panic!("{said:?}") };
    let (seq, back) = head.exchange(&body).unwrap();
    (seq, back, length)
}

#[tokio::test]
async fn a_record_comes_out_as_it_went_in() {
    let long = vec![b'x'; 5_000];
    for one in [
        exchange(Kind::Dispatch, Some(b"\x08\x01"), Ok(b"\x08\x02\xff")),
        exchange(Kind::Dispatch, Some(&long), Ok(&long)),
        exchange(Kind::Dispatch, None, Err("it was too large")),
        exchange(Kind::Dispatch, Some(b"\x08\x01"), Ok(b"")),
        exchange(Kind::Event, Some(b"\x0a\x00"), Ok(b"")),
        exchange(Kind::Dropped { count: 9 }, None, Ok(b"")),
    ] {
        let (seq, back, length) = there_and_back(&one).await;
        assert_eq!(seq, 42);
        assert_eq!(format!("{back:?}"), format!("{one:?}"));
        assert!(length < 6_000, "an answer that is the request goes once: {length}");
    }
}

#[tokio::test]
async fn what_is_no_frame_is_refused_before_memory_is_taken_for_it() {
    let read = async |bytes: &[u8]| wire::read::<_, Asked>(&mut &*bytes, 0).await;
    assert!(read(b"").await.unwrap().is_none());
    for wrong in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"\x00\x00\x00\x02\x00\x00\x00\x00{}",
        b"\x00\x00\x00\x05\x00\x00\x00\x00{}",
        b"\x00\x00\x00\x0f\x00\x00\x00\x01{\"kind\":\"stop\"}x",
    ] {
        assert!(read(wrong).await.is_err(), "{wrong:?}");
    }
    let (asked, _) =
        read(b"\x00\x00\x00\x0f\x00\x00\x00\x00{\"kind\":\"stop\"}").await.unwrap().unwrap();
    assert!(matches!(asked, Asked::Stop));
}

#[tokio::test]
async fn a_body_of_another_length_is_no_record() {
    let judge = Judge { view: Arc::new(Shown), answer_limit: 4 << 20 };
    let record = judge.record(1, exchange(Kind::Dispatch, Some(b"abc"), Ok(b"de")));
    for length in [0, 4, 6] {
        let (head, _) = Head::of(&record);
        assert!(head.exchange(&Bytes::from(vec![0; length])).is_err());
    }
}

#[test]
fn a_socket_has_a_name_of_its_project_and_its_address_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| {
        let project = folder.path().join(name);
        std::fs::create_dir(&project).unwrap();
        Place::of(folder.path(), &project)
    });
    let address = "127.0.0.1:50051";
    assert_ne!(one.socket(address), two.socket(address));
    assert_ne!(one.socket(address), one.socket("127.0.0.1:50052"));
    assert_eq!(one, Place::of(folder.path(), &folder.path().join("two/../one")));
    let deep = folder.path().join("d".repeat(120));
    let deep = Place::of(&deep, Path::new("/"));
    assert!(deep.socket(address).as_os_str().len() <= 103, "{deep:?}");
}

#[test]
fn the_folder_of_sockets_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let state = tempfile::tempdir().unwrap();
    let place = Place::of(state.path(), state.path());
    let run = state.path().join("run");
    std::fs::create_dir(&run).unwrap();
    std::fs::set_permissions(&run, std::fs::Permissions::from_mode(0o755)).unwrap();
    place.make().unwrap();
    assert_eq!(std::fs::metadata(&run).unwrap().permissions().mode() & 0o777, 0o700);
    std::fs::remove_dir(&run).unwrap();
    std::os::unix::fs::symlink(state.path(), &run).unwrap();
    assert!(place.make().is_err(), "a link leads elsewhere");
}
