//! What rules and the index read of an Object: a few fields, borrowed, in one pass, without allocation.

use prost::Message as _;

use super::coprocess::SessionState;
use super::hook::Hook;
use super::wire::{Field, Fields, Value, WireError, int32, text_entry};

const OBJECT: &str = "Object";
const REQUEST: &str = "MiniRequestObject";

/// The fields of an Object that rules and the index read, borrowed from the wire form in one pass.
#[derive(Clone, Debug, Default)]
pub struct Head<'a> {
    /// Which hook.
    pub hook: Hook,
    /// The function's name in the manifest.
    pub hook_name: &'a str,
    /// `spec.APIID`, empty if absent.
    pub api_id: &'a str,
    /// `spec.OrgID`.
    pub org_id: &'a str,
    /// `spec.bundle_hash`.
    pub bundle_hash: &'a str,
    /// `request.method`.
    pub method: &'a str,
    /// `request.url`: path and query on request hooks, the upstream's absolute URL on response hooks.
    pub url: &'a str,
    /// The wire form of `request` (the last occurrence; `header` reads them all, as they merge).
    pub request: Option<&'a [u8]>,
    /// `request.request_uri`, of which it is not known that it is text, and where it begins in the Object.
    request_uri: (&'a [u8], usize),
    /// The whole Object, for the fields that are read on demand.
    object: &'a [u8],
}

impl<'a> Head<'a> {
    /// Reads the fields of an Object; every sub-message is checked to be well formed only as far as it is read.
    pub fn read(object: &'a [u8]) -> Result<Self, WireError> {
        let mut head = Self { object, ..Self::default() };
        let fields = Fields::new(OBJECT, object);
        for field in fields.clone() {
            let field = field?;
            match (field.number, field.value) {
                // An enum is an int32 on the wire: the low 32 bits count.
                (1, Value::Varint(number)) => head.hook = Hook::from_number(int32(number)),
                (2, Value::Bytes(bytes)) => head.hook_name = fields.text(&field, bytes)?,
                (3, Value::Bytes(bytes)) => head.read_request(&field, bytes)?,
                (6, Value::Bytes(bytes)) => match text_entry(OBJECT, &field, bytes)? {
                    ("APIID", value) => head.api_id = value,
                    ("OrgID", value) => head.org_id = value,
                    ("bundle_hash", value) => head.bundle_hash = value,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(head)
    }

    fn read_request(&mut self, place: &Field<'a>, request: &'a [u8]) -> Result<(), WireError> {
        self.request = Some(request);
        let fields = Fields::inside(REQUEST, request, place.offset);
        for field in fields.clone() {
            let field = field?;
            match (field.number, field.value) {
                (5, Value::Bytes(bytes)) => self.url = fields.text(&field, bytes)?,
                (11, Value::Bytes(bytes)) => self.method = fields.text(&field, bytes)?,
                (12, Value::Bytes(bytes)) => self.request_uri = (bytes, field.offset),
                _ => {}
            }
        }
        Ok(())
    }

    /// The value of a request header, names compared without case; the last one where a name comes twice.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.request_entries(1)
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .last()
    }

    /// All request headers in wire order.
    pub fn headers(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.request_entries(1)
    }

    /// Headers that an answer sets, in wire order.
    pub fn sets_headers(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.request_entries(2)
    }

    /// Headers that an answer takes away.
    pub fn deletes_headers(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.request_parts().flat_map(|request| {
            Fields::new(REQUEST, request)
                .map_while(Result::ok)
                .filter(|field| field.number == 3)
                .filter_map(|field| str::from_utf8(field.bytes()?).ok())
        })
    }

    /// `request.raw_body`; empty where there is none.
    pub fn raw_body(&self) -> &'a [u8] {
        let fields = self.request_parts().flat_map(|request| Fields::new(REQUEST, request));
        let bodies = fields.map_while(Result::ok).filter(|field| field.number == 14);
        bodies.filter_map(|field| field.bytes()).last().unwrap_or_default()
    }

    /// A value of the Object's `spec` (`APIID`, `OrgID`, `bundle_hash`, `config_data`).
    pub fn spec(&self, name: &str) -> Option<&'a str> {
        entries(OBJECT, self.object, 6)
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value)
            .last()
    }

    /// A value of the Object's own `metadata`.
    pub fn metadata(&self, name: &str) -> Option<&'a str> {
        entries(OBJECT, self.object, 5).filter(|(key, _)| *key == name).map(|(_, it)| it).last()
    }

    /// The first value of a parameter of the query.
    pub fn param(&self, name: &str) -> Option<&'a str> {
        self.request_entries(6).filter(|(key, _)| *key == name).map(|(_, value)| value).last()
    }

    /// `session`, where there is one that is well formed. Parts of a message merge as if they stood one after the other.
    pub fn session(&self) -> Option<SessionState> {
        let parts = Fields::new(OBJECT, self.object).map_while(Result::ok);
        let parts: Vec<_> =
            parts.filter(|field| field.number == 4).filter_map(|field| field.bytes()).collect();
        (!parts.is_empty()).then(|| SessionState::decode(&*parts.concat()).ok()).flatten()
    }

    /// `request.request_uri`: as the client sent it, or what a URL rewrite made of it.
    pub fn request_uri(&self) -> Result<&'a str, WireError> {
        let (bytes, offset) = self.request_uri;
        std::str::from_utf8(bytes).map_err(|error| WireError {
            message: REQUEST,
            detail: "text of field 12 that is not UTF-8".to_owned(),
            offset: offset + error.valid_up_to(),
        })
    }

    /// The Object that it was read of.
    pub fn object(&self) -> &'a [u8] {
        self.object
    }

    /// The entries of one of the request's maps, over all occurrences of `request`, which protobuf merges.
    fn request_entries(&self, map: u32) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.request_parts().flat_map(move |request| entries(REQUEST, request, map))
    }

    /// All occurrences of `request`.
    fn request_parts(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        Fields::new(OBJECT, self.object)
            .map_while(Result::ok)
            .filter(|field| field.number == 3)
            .filter_map(|field| field.bytes())
    }

    /// The path without its query, for absolute URLs too.
    pub fn path(&self) -> &'a str {
        path_of(self.url)
    }
}

/// The well-formed entries of a `map<string, string>`.
fn entries<'a>(
    message: &'static str,
    bytes: &'a [u8],
    map: u32,
) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    Fields::new(message, bytes)
        .map_while(Result::ok)
        .filter(move |field| field.number == map)
        .filter_map(move |field| text_entry(message, &field, field.bytes()?).ok())
}

/// The path of an origin-form or absolute URL, without query and fragment.
fn path_of(url: &str) -> &str {
    let url = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    if url.starts_with('/') {
        return url;
    }
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::super::wire::{put_bytes, put_entry, put_text};
    use super::*;

    fn object() -> Vec<u8> {
        let mut request = Vec::new();
        put_entry(&mut request, 1, "Host", "api.example.org");
        put_entry(&mut request, 1, "X-Token", "one");
        put_text(&mut request, 5, "/orders/1?full=1");
        put_entry(&mut request, 6, "full", "1");
        put_text(&mut request, 11, "GET");
        put_text(&mut request, 12, "/orders/1?full=1&raw");
        put_entry(&mut request, 2, "X-Set", "1");
        put_text(&mut request, 3, "X-Gone");
        put_bytes(&mut request, 14, b"raw\xff");
        let mut session = Vec::new();
        put_text(&mut session, 25, "someone");
        let mut out = vec![0x08, 4];
        put_bytes(&mut out, 4, &session);
        put_entry(&mut out, 5, "user", "u-1");
        put_text(&mut out, 2, "check");
        put_bytes(&mut out, 3, &request);
        put_entry(&mut out, 6, "APIID", "orders");
        put_entry(&mut out, 6, "OrgID", "acme");
        put_entry(&mut out, 6, "config_data", "{}");
        out
    }

    #[test]
    fn reads_what_rules_ask_for() {
        let object = object();
        let head = Head::read(&object).unwrap();
        assert_eq!(head.hook, Hook::AuthCheck);
        assert_eq!((head.hook_name, head.api_id, head.org_id), ("check", "orders", "acme"));
        assert_eq!((head.method, head.url, head.path()), ("GET", "/orders/1?full=1", "/orders/1"));
        assert_eq!(head.request_uri().unwrap(), "/orders/1?full=1&raw");
        assert_eq!(head.header("x-token"), Some("one"));
        assert_eq!(head.header("x-other"), None);
        assert_eq!(head.sets_headers().collect::<Vec<_>>(), [("X-Set", "1")]);
        assert_eq!(head.deletes_headers().collect::<Vec<_>>(), ["X-Gone"]);
        assert_eq!(head.raw_body(), b"raw\xff");
        assert_eq!(head.spec("config_data"), Some("{}"));
        assert_eq!((head.metadata("user"), head.param("full")), (Some("u-1"), Some("1")));
        assert_eq!(head.session().map(|session| session.alias), Some("someone".to_owned()));
    }

    #[test]
    fn a_request_in_two_parts_is_merged() {
        let mut object = object();
        let mut more = Vec::new();
        put_entry(&mut more, 1, "x-token", "two");
        put_text(&mut more, 11, "PUT");
        put_bytes(&mut object, 3, &more);
        let head = Head::read(&object).unwrap();
        assert_eq!((head.method, head.path()), ("PUT", "/orders/1"));
        assert_eq!(head.header("Host"), Some("api.example.org"));
        assert_eq!(head.header("X-Token"), Some("two"));
        assert_eq!(head.headers().count(), 3);
    }

    #[test]
    fn a_request_uri_that_is_no_text_is_an_error_only_for_who_reads_it() {
        let mut request = Vec::new();
        put_bytes(&mut request, 12, b"/\xff");
        let mut object = Vec::new();
        put_bytes(&mut object, 3, &request);
        let error = Head::read(&object).unwrap().request_uri().unwrap_err();
        assert_eq!(
            error.to_string(),
            "not a protobuf MiniRequestObject: text of field 12 that is not UTF-8 at byte 5"
        );
    }

    #[test]
    fn a_known_field_of_another_wire_type_is_an_unknown_one() {
        let mut object = vec![0x0a, 1, b'x', 0x10, 7, 0x18, 1];
        object.extend(self::object());
        assert_eq!(Head::read(&object).unwrap().hook, Hook::AuthCheck);
    }

    #[test]
    fn paths_of_every_form() {
        for (url, path) in [
            ("/a/b?c=d/e", "/a/b"),
            ("http://upstream:9000/base/x?y#z", "/base/x"),
            ("http://upstream:9000", "/"),
            ("http://upstream?x=/", "/"),
            ("//evil/x", "//evil/x"),
            ("*", "*"),
            ("", ""),
        ] {
            assert_eq!(path_of(url), path, "{url}");
        }
    }

    #[test]
    fn truncated_anywhere_is_an_error_or_less_but_never_a_panic() {
        let object = object();
        for end in 0..object.len() {
            let _ = Head::read(&object[..end]).map(|head| head.header("x-token"));
        }
        assert!(Head::read(&object[..object.len() - 1]).is_err());
    }
}
