//! Bytes that a peer sends as an Object, and as the answer to one: whatever they are, they are shown or an error.

use bytes::Bytes;
use tyk_tui::domain::effect::{changes, fates, judge};
use tyk_tui::domain::object::{Head, Message, check, complete, from_json, same, to_json, trim};
use tyk_tui::domain::redact::{Policy, Redacted, Shown};

/// The input is a request, then its answer: the first two bytes say where the answer begins.
pub(crate) fn run(input: &[u8]) {
    let Some((at, bytes)) = input.split_first_chunk::<2>() else { return };
    let at = usize::from(u16::from_be_bytes(*at)).min(bytes.len());
    let (request, reply) = bytes.split_at(at);
    let hidden = Redacted::new(Policy::default(), [7; 32]);
    for message in [Message::Object, Message::Event, Message::EventReply] {
        let well_formed = check(message, request).is_ok();
        let shown = to_json(message, request, &Shown);
        assert_eq!(shown.is_ok(), well_formed, "what can be read can be shown");
        assert_eq!(to_json(message, request, &hidden).is_ok(), well_formed);
        if let Ok(shown) = shown {
            // JSON keeps no unknown fields; once they are gone, it is the whole message.
            let again = from_json(message, &shown).expect("its own JSON is read");
            let json = to_json(message, &again, &Shown).expect("what was written is read");
            assert_eq!(json, shown);
        }
    }
    if let Ok(head) = Head::read(request) {
        let _ = (head.path(), head.header("a"), head.param("a"), head.session());
        let _ = (head.request_uri(), head.spec("a"), head.metadata("a"));
    }
    for trimmed in [false, true] {
        let _ = judge(request, Ok(reply), trimmed, 4 << 20);
    }
    let _ = same(Message::Object, request, reply);
    let request_bytes = Bytes::copy_from_slice(request);
    let _ = (complete(&request_bytes), trim(&request_bytes));
    let json = |bytes| to_json(Message::Object, bytes, &Shown);
    if let (Ok(request), Ok(reply)) = (json(request), json(reply)) {
        let told = fates(&request, &reply, false);
        for change in changes(&request, &reply) {
            assert!(told.iter().any(|edit| edit.change == change), "an edit that nobody tells of");
        }
    }
}
