//! What a Gateway takes over from an answer into the Objects of later hooks, as the recordings show it.
//!
//! The recorded Objects already hold what the recorded answers changed; what ours change is laid over them.

use std::collections::BTreeMap;

use bytes::Bytes;
use prost::{DecodeError, Message as _};

use crate::domain::object::Hook;
use crate::domain::object::coprocess::{
    BasicAuthData, JwtData, MiniRequestObject, Monitor, Object, SessionState,
};

/// Names with their values.
type Entries = BTreeMap<String, String>;

/// What the answers so far have changed.
#[derive(Debug, Default)]
pub(super) struct Carry {
    session: Option<SessionState>,
    set_headers: Entries,
    deleted_headers: Vec<String>,
    add_params: Entries,
    deleted_params: Vec<String>,
    method: Option<String>,
    path: Option<String>,
    body: Option<Vec<u8>>,
}

impl Carry {
    /// The recorded Object of a hook, as the Gateway would send it after the answers so far.
    pub(super) fn laid_over(&self, hook: Hook, recorded: &[u8]) -> Result<Bytes, DecodeError> {
        let mut object = Object::decode(recorded)?;
        if let Some(request) = &mut object.request {
            self.lay_over(hook, request);
        }
        let has_session = !matches!(hook, Hook::Pre | Hook::AuthCheck);
        if let Some(session) = self.session.as_ref().filter(|_| has_session) {
            object.metadata = session.metadata.clone();
            object.session = Some(session.clone());
        }
        Ok(object.encode_to_vec().into())
    }

    fn lay_over(&self, hook: Hook, request: &mut MiniRequestObject) {
        request.headers.retain(|name, _| !has_name(&self.deleted_headers, name));
        request.headers.extend(self.set_headers.clone());
        request.params.retain(|name, _| !self.deleted_params.contains(name));
        request.params.extend(self.add_params.clone());
        request.url = self.url(hook, &request.url);
        if let Some(method) = &self.method {
            request.method.clone_from(method);
        }
        if let Some(body) = &self.body {
            std::str::from_utf8(body).unwrap_or_default().clone_into(&mut request.body);
            request.raw_body.clone_from(body);
        }
    }

    /// The URL with what was changed; on response hooks it is the upstream's, whose path is not ours to know.
    fn url(&self, hook: Hook, url: &str) -> String {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let path = self.path.as_deref().filter(|_| hook.is_request_hook()).unwrap_or(path);
        let edited = !self.add_params.is_empty() || !self.deleted_params.is_empty();
        let query = if edited { self.query(query) } else { query.to_owned() };
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The query written anew: names sorted, values encoded again, a space as `+`.
    fn query(&self, query: &str) -> String {
        let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .filter(|(name, _)| {
                !self.deleted_params.contains(name) && !self.add_params.contains_key(name)
            })
            .chain(self.add_params.clone())
            .collect();
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    /// Takes over what the answer to a request hook gives; `sent` is the Object that it answers.
    pub(super) fn take(
        &mut self,
        hook: Hook,
        sent: &[u8],
        answer: &[u8],
    ) -> Result<(), DecodeError> {
        let sent = Object::decode(sent)?;
        let answer = Object::decode(answer)?;
        if let (Some(before), Some(now)) = (sent.request, answer.request) {
            self.take_request(&before, now);
        }
        // A session edited by any other hook is ignored.
        if let (Hook::AuthCheck, Some(session)) = (hook, answer.session) {
            let org = answer.spec.get("OrgID").map_or("", String::as_str);
            self.session = Some(kept(session, answer.metadata, org));
        }
        Ok(())
    }

    fn take_request(&mut self, before: &MiniRequestObject, now: MiniRequestObject) {
        // Of one answer, what is deleted goes before what is set; of two, the later one's word counts.
        self.set_headers.retain(|name, _| !has_name(&now.delete_headers, name));
        self.add_params.retain(|name, _| !now.delete_params.contains(name));
        self.deleted_headers.extend(now.delete_headers);
        self.deleted_params.extend(now.delete_params);
        // The upstream sees its own host, whatever an answer says.
        let set =
            now.set_headers.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host"));
        self.set_headers.extend(set.map(|(name, value)| (canonical(&name), value)));
        self.add_params.extend(now.add_params);
        if now.raw_body != before.raw_body {
            self.body = Some(now.raw_body);
        }
        if now.method != before.method && !now.method.is_empty() {
            self.method = Some(now.method);
        }
        let path = |url: &str| url.split('?').next().unwrap_or_default().to_owned();
        if path(&now.url) != path(&before.url) {
            self.path = Some(path(&now.url));
        }
    }
}

/// What the Gateway makes of an answered session before later hooks see it, as the recordings show it: the Object's
/// metadata merged in, the API's organisation where none is named, the token as its key's id, three sub-messages present.
fn kept(mut session: SessionState, of_object: Entries, org: &str) -> SessionState {
    session.metadata.extend(of_object);
    if session.org_id.is_empty() {
        org.clone_into(&mut session.org_id);
    }
    session.key_id = session.metadata.get("token").cloned().unwrap_or_default();
    session.basic_auth_data.get_or_insert_with(BasicAuthData::default);
    session.jwt_data.get_or_insert_with(JwtData::default);
    session.monitor.get_or_insert_with(Monitor::default);
    session
}

fn has_name(names: &[String], name: &str) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// A header's name as the Gateway sends it: `x-lower` is `X-Lower` (Go's canonical MIME case).
fn canonical(name: &str) -> String {
    let mut upper = true;
    name.chars()
        .map(|c| {
            let c = if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
            upper = c == '-';
            c
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::domain::object::{Message, same};

    /// The Objects of a recorded request, hook after hook: what was sent, what was answered.
    fn recorded(name: &str) -> Vec<(Hook, Vec<u8>, Vec<u8>)> {
        let folder = Path::new("tests/fixtures/dispatch/demo").join(name);
        let mut sent: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.to_string_lossy().ends_with(".request.pb"))
            .collect();
        sent.sort();
        assert!(!sent.is_empty());
        sent.into_iter()
            .map(|path| {
                let request = std::fs::read(&path).unwrap();
                let reply = path.to_string_lossy().replace(".request.", ".reply.");
                let hook = Object::decode(&*request).unwrap().hook_type;
                (Hook::from_number(hook), request, std::fs::read(reply).unwrap())
            })
            .collect()
    }

    /// What a Gateway counts itself: no answer decides it.
    fn uncounted(object: &[u8]) -> Vec<u8> {
        let mut object = Object::decode(object).unwrap();
        if let Some(session) = &mut object.session {
            session.quota_renews = 0;
            session.quota_remaining = 0;
        }
        object.encode_to_vec()
    }

    #[test]
    fn the_recorded_answers_bring_about_the_recorded_objects() {
        for name in ["orders.0", "orders.1", "orders.9", "users.2", "payments.0", "payments.2"] {
            let mut carry = Carry::default();
            for (hook, sent, answer) in recorded(name) {
                let ours = carry.laid_over(hook, &sent).unwrap();
                assert!(
                    same(Message::Object, &uncounted(&ours), &uncounted(&sent)),
                    "{name} {hook:?}"
                );
                carry.take(hook, &sent, &answer).unwrap();
            }
        }
    }

    #[test]
    fn what_an_answer_changes_is_in_the_next_hooks_object() {
        // The first hook's Object stands for the later one's, so that nothing recorded helps.
        let objects = recorded("payments.0");
        let (_, first, answer) = &objects[0];
        let mut carry = Carry::default();
        carry.take(Hook::Pre, first, answer).unwrap();
        let (_, sent, answer) = &objects[2];
        carry.take(Hook::Post, sent, answer).unwrap();
        let last = Object::decode(&*objects[3].1).unwrap().request.unwrap();
        let next = Object::decode(carry.laid_over(Hook::Post, first).unwrap()).unwrap();
        let request = next.request.unwrap();
        assert_eq!(request.headers, last.headers);
        assert_eq!(request.params, last.params);
        assert_eq!(request.url, "/payments/charges?added=a+b%26c&dry_run=true");
    }

    #[test]
    fn body_method_and_path_are_taken_over_and_other_sessions_are_not() {
        let (_, sent, _) = &recorded("orders.1")[0];
        let mut answer = Object::decode(&**sent).unwrap();
        answer.session = Some(SessionState { rate: 7.0, ..SessionState::default() });
        let request = answer.request.as_mut().unwrap();
        request.raw_body = b"\xff".to_vec();
        request.method = "PUT".into();
        request.url = "/orders/other?ignored=1".into();
        let mut carry = Carry::default();
        carry.take(Hook::Pre, sent, &answer.encode_to_vec()).unwrap();
        let next = Object::decode(carry.laid_over(Hook::Post, sent).unwrap()).unwrap();
        assert_eq!(next.session, None);
        let request = next.request.unwrap();
        assert_eq!((&*request.body, &*request.raw_body), ("", &b"\xff"[..]));
        assert_eq!((&*request.method, &*request.url), ("PUT", "/orders/other"));
    }
}
