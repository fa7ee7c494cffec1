//! Edits, field by field.

use super::*;
use crate::domain::object::head::Head;
use crate::domain::object::wire::{put_text, text_entry};

fn entries(bytes: &[u8], map: u32) -> Vec<(String, String)> {
    Fields::new("", bytes)
        .map(Result::unwrap)
        .filter(|field| field.number == map)
        .map(|field| text_entry("", &field, field.bytes().unwrap()).unwrap())
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    Fields::new("", bytes).map(|field| field.unwrap().number).collect()
}

/// A request hook's Object with fields that nobody knows at both levels.
fn object(hook: u8, overrides: bool) -> Bytes {
    let mut request = Vec::new();
    put_entry(&mut request, 1, "Host", "h");
    put_entry(&mut request, 2, "X-Old", "old");
    put_text(&mut request, 4, "body");
    put_bytes(&mut request, 90, b"unknown");
    if overrides {
        put_bytes(
            &mut request,
            10,
            &[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
        );
    }
    put_bytes(&mut request, 14, b"body");
    let mut out = vec![0x08, hook];
    put_bytes(&mut out, 3, &request);
    put_bytes(&mut out, 4, &[0x78, 1]);
    put_entry(&mut out, 5, "token", "old");
    put_bytes(&mut out, 91, b"unknown too");
    out.into()
}

#[test]
fn sets_headers_overrides_session_and_metadata_and_keeps_the_rest() {
    let edit = Edit {
        set_headers: vec![
            ("X-New".into(), "lost".into()),
            ("X-Old".into(), "new".into()),
            ("X-New".into(), "1".into()),
        ],
        overrides: Some(Overrides { code: -7, error: "no".into(), ..Overrides::default() }),
        session: Some(Bytes::from_static(&[0x18, 1])),
        metadata: vec![("token".into(), "t".into())],
        ..Edit::default()
    };
    let out = edit.apply(&object(2, true)).unwrap();
    let head = Head::read(&out).unwrap();
    let request = head.request.unwrap();
    assert_eq!(
        entries(request, 2),
        vec![("X-Old".into(), "new".into()), ("X-New".into(), "1".into())]
    );
    assert_eq!(entries(&out, 5), vec![("token".into(), "t".into())]);
    assert_eq!(numbers(request), vec![1, 4, 90, 14, 2, 2, 10]);
    assert_eq!(numbers(&out), vec![1, 91, 3, 4, 5]);
    let overrides = Fields::new("", request).map(Result::unwrap).find(|f| f.number == 10);
    let expected = [&[0x08, 0xf9][..], &[0xff; 8], &[1, 0x12, 2], b"no"].concat();
    assert_eq!(overrides.unwrap().bytes(), Some(&expected[..]));
}

#[test]
fn what_lacks_nothing_goes_back_as_it_came() {
    let object = object(1, true);
    for out in [complete(&object), Edit::default().apply(&object)] {
        assert_eq!(out.unwrap().as_ptr(), object.as_ptr());
    }
    let response = Bytes::from_static(&[0x08, 5]);
    assert_eq!(complete(&response).unwrap(), response);
}

#[test]
fn a_request_hook_is_given_request_and_overrides() {
    for object in [object(4, false), Bytes::new(), Bytes::from_static(&[0x08, 1])] {
        let out = complete(&object).unwrap();
        assert!(out.starts_with(&object));
        assert_eq!(complete(&out).unwrap(), out);
        let edit = Edit { metadata: vec![("a".into(), "b".into())], ..Edit::default() };
        let out = edit.apply(&object).unwrap();
        assert_eq!(complete(&out).unwrap(), out);
    }
}

#[test]
fn trimming_leaves_out_what_the_gateway_does_not_read() {
    let trimmed = trim(&object(3, true)).unwrap();
    assert_eq!(numbers(Head::read(&trimmed).unwrap().request.unwrap()), vec![1, 2, 90, 10, 14]);
    assert_eq!(numbers(&trimmed), vec![1, 3, 4, 5, 91]);
    let mut response = object(5, true).to_vec();
    let mut part = Vec::new();
    put_bytes(&mut part, 2, b"raw");
    put_text(&mut part, 3, "text");
    put_bytes(&mut part, 50, b"unknown");
    put_bytes(&mut response, 7, &part);
    let trimmed = trim(&response.into()).unwrap();
    assert_eq!(numbers(&trimmed), vec![1, 4, 5, 91, 7]);
    let kept = Fields::new("", &trimmed).map(Result::unwrap).last().unwrap();
    assert_eq!(numbers(kept.bytes().unwrap()), vec![2, 50]);
}

#[test]
fn bytes_that_are_no_object_are_an_error() {
    let bad = Bytes::from_static(&[0x1a, 0x09, 1]);
    let edit = Edit { metadata: vec![("a".into(), "b".into())], ..Edit::default() };
    assert!(edit.apply(&bad).is_err() && complete(&bad).is_err() && trim(&bad).is_err());
}

/// The fields of a sub-message.
fn part(object: &[u8], number: u32) -> Vec<u8> {
    let parts = Fields::new("", object).map(Result::unwrap).filter(|it| it.number == number);
    parts.last().unwrap().bytes().unwrap().to_vec()
}

fn text(message: &[u8], number: u32) -> Option<String> {
    let mut fields = Fields::new("", message).map(Result::unwrap).filter(|it| it.number == number);
    fields.next().map(|field| String::from_utf8(field.bytes().unwrap().to_vec()).unwrap())
}

#[test]
fn a_request_is_edited_in_every_field_that_the_gateway_reads() {
    let mut edit = Edit {
        body: Some(Bytes::from_static(b"new")),
        url: Some("/b?x=1".into()),
        method: Some("PUT".into()),
        ..Edit::default()
    };
    edit.set_header("X-Set", "1");
    edit.delete_header("x-set");
    edit.delete_header("X-Old");
    edit.set_header("X-Again", "2");
    edit.set_param("p", "v");
    edit.delete_param("q");
    let out = edit.apply(&object(1, true)).unwrap();
    let request = part(&out, 3);
    assert_eq!(entries(&request, 2), vec![("X-Again".into(), "2".into())]);
    assert_eq!(entries(&request, 7), vec![("p".into(), "v".into())]);
    let deleted = |number| {
        let fields = Fields::new("", &request).map(Result::unwrap);
        let named = fields.filter(|it| it.number == number);
        named.map(|it| String::from_utf8(it.bytes().unwrap().to_vec()).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(deleted(3), ["x-set", "X-Old"]);
    assert_eq!(deleted(9), ["q"]);
    assert_eq!((text(&request, 4), text(&request, 14)), (Some("new".into()), Some("new".into())));
    assert_eq!(
        (text(&request, 5), text(&request, 11)),
        (Some("/b?x=1".into()), Some("PUT".into()))
    );
    assert_eq!(text(&request, 90), Some("unknown".into()));

    let binary = Edit { body: Some(Bytes::from_static(b"\xff")), ..Edit::default() };
    let request = part(&binary.apply(&object(1, true)).unwrap(), 3);
    assert_eq!(text(&request, 4), None, "text that is none is left out");
    let empty = Edit { body: Some(Bytes::new()), ..Edit::default() };
    let request = part(&empty.apply(&object(1, true)).unwrap(), 3);
    assert_eq!((text(&request, 4), text(&request, 14)), (None, None), "absent is empty");
}

#[test]
fn both_forms_of_a_responses_headers_stay_in_step() {
    let mut response = Vec::new();
    put_bytes(&mut response, 2, b"raw");
    put_entry(&mut response, 4, "X-One", "1");
    put_entry(&mut response, 4, "Set-Cookie", "a=1");
    for (name, values) in [("X-One", &["1"][..]), ("Set-Cookie", &["a=1", "b=2"])] {
        response::put_header(&mut response, name, values.iter().copied());
    }
    put_bytes(&mut response, 50, b"unknown");
    let mut object = object(5, true).to_vec();
    put_bytes(&mut object, 7, &response);
    let mut edit = Edit::default();
    edit.response.status = Some(418);
    edit.response.body = Some(Bytes::from_static(b"tea"));
    edit.response.set_header("x-one", "2");
    edit.response.delete_header("set-cookie");
    edit.response.set_header("X-New", "n");
    let out = edit.apply(&object.into()).unwrap();
    let response = part(&out, 7);
    let headers = vec![("X-One".into(), "2".into()), ("X-New".into(), "n".into())];
    assert_eq!(entries(&response, 4), headers);
    let both = Fields::new("", &response).map(Result::unwrap).filter(|it| it.number == 5);
    let both: Vec<_> = both
        .map(|it| (text(it.bytes().unwrap(), 1).unwrap(), text(it.bytes().unwrap(), 2).unwrap()))
        .collect();
    assert_eq!(both, headers);
    assert_eq!((text(&response, 2), text(&response, 3)), (Some("tea".into()), Some("tea".into())));
    assert_eq!(text(&response, 50), Some("unknown".into()));
    assert!(response.windows(3).any(|bytes| bytes == [0x08, 0xa2, 0x03]), "418");
}
