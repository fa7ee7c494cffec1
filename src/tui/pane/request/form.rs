//! The form: what can be said of a request, a row each.

use std::borrow::Cow;
use std::path::PathBuf;

use super::Pane;
use crate::domain::request::{
    Algorithm, Auth, Body, Header, HmacAlgorithm, JwtAlgorithm, KeySource, Request,
};
use crate::tui::widget::Wants;

/// What is to be sent, and how.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The request.
    pub(crate) request: Request,
    /// Any certificate is trusted.
    pub(crate) insecure: bool,
    /// How long all of it may take, in seconds.
    pub(crate) limit: u64,
    /// A header tells its Dispatches from others.
    pub(crate) mark: bool,
    /// The file that takes the whole body; empty for none.
    pub(crate) output: String,
}

impl Default for Draft {
    fn default() -> Self {
        Self::of(Request { method: "GET".to_owned(), ..Request::default() })
    }
}

/// A row of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// GET, ….
    Method,
    /// Whole, or a path.
    Url,
    /// Who it is from.
    Auth,
    /// The header that the key or token goes in.
    AuthHeader,
    /// A word before it.
    Scheme,
    /// Where the secret is.
    Key,
    /// Which key, of HMAC.
    KeyId,
    /// Of HMAC or JWT.
    Algorithm,
    /// Of JWT.
    Kid,
    /// Of JWT.
    Claims,
    /// How long the token holds.
    Lasts,
    /// Of Basic.
    User,
    /// A header.
    Header(usize),
    /// The body.
    Body,
    /// Whether certificates are checked.
    Certificates,
    /// The time limit.
    Limit,
    /// Whether the mark is sent.
    Mark,
    /// Where the whole body goes.
    Output,
}

/// What a row wants of who is at it.
pub(crate) enum Wish {
    /// One of these, with what each means.
    Choose(&'static str, Vec<(String, String)>),
    /// A text.
    Ask {
        /// What.
        title: &'static str,
        /// What to know before typing.
        note: &'static str,
        /// What stands there.
        text: String,
        /// What is taken.
        wants: Wants,
    },
    /// Nothing: it was turned over.
    Done,
}

impl Slot {
    /// Its name.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Url => "URL",
            Self::Auth => "auth",
            Self::AuthHeader => "  header",
            Self::Scheme => "  scheme",
            Self::Key => "  key",
            Self::KeyId => "  key id",
            Self::Algorithm => "  algorithm",
            Self::Kid => "  kid",
            Self::Claims => "  claims",
            Self::Lasts => "  holds",
            Self::User => "  user",
            Self::Header(_) => "header",
            Self::Body => "body",
            Self::Certificates => "certificate",
            Self::Limit => "time limit",
            Self::Mark => "mark",
            Self::Output => "body to",
        }
    }
}

impl Draft {
    /// A request to be sent as usual.
    pub(crate) fn of(request: Request) -> Self {
        Self { request, insecure: false, limit: 30, mark: true, output: String::new() }
    }

    /// The rows, from above.
    pub(crate) fn slots(&self) -> Vec<Slot> {
        let auth: &[Slot] = match &self.request.auth {
            Auth::None => &[],
            Auth::Key { .. } => &[Slot::AuthHeader, Slot::Scheme, Slot::Key],
            Auth::Hmac { .. } => &[Slot::KeyId, Slot::Key, Slot::Algorithm],
            Auth::Jwt { .. } => &[
                Slot::Algorithm,
                Slot::Key,
                Slot::Claims,
                Slot::Lasts,
                Slot::Kid,
                Slot::AuthHeader,
                Slot::Scheme,
            ],
            Auth::Basic { .. } => &[Slot::User, Slot::Key],
        };
        let mut slots = vec![Slot::Method, Slot::Url, Slot::Auth];
        slots.extend_from_slice(auth);
        slots.extend((0..self.request.headers.len()).map(Slot::Header));
        slots.extend([Slot::Body, Slot::Certificates, Slot::Limit, Slot::Mark, Slot::Output]);
        slots
    }

    /// What stands in a row, as it is edited.
    pub(super) fn text(&self, slot: Slot) -> String {
        let request = &self.request;
        match (slot, &request.auth) {
            (Slot::Method, _) => request.method.clone(),
            (Slot::Url, _) => request.url.clone(),
            (Slot::Auth, auth) => auth.word().to_owned(),
            (Slot::AuthHeader, Auth::Key { header, .. } | Auth::Jwt { header, .. }) => {
                header.clone()
            }
            (Slot::Scheme, Auth::Key { scheme, .. } | Auth::Jwt { scheme, .. }) => scheme.clone(),
            (Slot::Key, auth) => auth.key().map(key_text).unwrap_or_default(),
            (Slot::KeyId, Auth::Hmac { key_id, .. }) => key_id.clone(),
            (Slot::Algorithm, Auth::Hmac { algorithm, .. }) => algorithm.word().to_owned(),
            (Slot::Algorithm, Auth::Jwt { algorithm, .. }) => algorithm.word().to_owned(),
            (Slot::Kid, Auth::Jwt { kid, .. }) => kid.clone().unwrap_or_default(),
            (Slot::Claims, Auth::Jwt { claims, .. }) => claims.clone(),
            (Slot::Lasts, Auth::Jwt { lasts, .. }) => lasts.to_string(),
            (Slot::User, Auth::Basic { user, .. }) => user.clone(),
            (Slot::Header(at), _) => match request.headers.get(at) {
                Some(header) => format!("{}: {}", header.name, header.value),
                None => String::new(),
            },
            (Slot::Body, _) => match &request.body {
                Body::None => String::new(),
                Body::Given(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                Body::File(path) => format!("@{}", path.display()),
            },
            (Slot::Limit, _) => self.limit.to_string(),
            (Slot::Output, _) => self.output.clone(),
            _ => String::new(),
        }
    }

    /// What a row wants; what has two states is turned over at once.
    pub(crate) fn wish(&mut self, slot: Slot) -> Wish {
        let ask = |title, note, text, wants| Wish::Ask { title, note, text, wants };
        let text = self.text(slot);
        let anything = Wants::Anything;
        match slot {
            Slot::Method => ask("Method", "GET, HEAD, POST, PUT, PATCH, DELETE, …", text, anything),
            Slot::Url => ask(
                "URL",
                "A whole one, or a path of the profile's Gateway: /orders?status=open.",
                text,
                anything,
            ),
            Slot::Auth => Wish::Choose("Who the request is from", kinds()),
            Slot::AuthHeader => ask("Header", "The header that it goes in.", text, Wants::Header),
            Slot::Scheme => {
                ask("Scheme", "A word before it, as Bearer; empty for none.", text, anything)
            }
            Slot::Key => ask(
                "Where the key is",
                "$NAME for a variable, else a file that you alone can read. Never the key itself.",
                text,
                anything,
            ),
            Slot::KeyId => ask("Key id", "Which key; it is sent as it is.", text, anything),
            Slot::Algorithm if matches!(self.request.auth, Auth::Hmac { .. }) => {
                Wish::Choose("Algorithm", words::<HmacAlgorithm>())
            }
            Slot::Algorithm => Wish::Choose("Algorithm", words::<JwtAlgorithm>()),
            Slot::Kid => ask("kid", "Of the token's header; empty for none.", text, anything),
            Slot::Claims => ask(
                "Claims",
                "A JSON object; iat and exp are added where they are not in it.",
                text,
                Wants::Object,
            ),
            Slot::Lasts => ask("For how many seconds the token holds", "", text, Wants::Index),
            Slot::User => ask("User", "", text, anything),
            Slot::Header(_) => ask(
                "Header",
                "Name: value. Empty takes it out. A key or token belongs into auth.",
                text,
                anything,
            ),
            Slot::Body => ask(
                "Body",
                "One line of text, or @FILE for what a file holds when it is sent.",
                text,
                anything,
            ),
            Slot::Limit => ask("For how many seconds it may take", "", text, Wants::Index),
            Slot::Output => ask(
                "File for the whole body",
                "Empty for none: 1 MiB of it is kept to be shown.",
                text,
                anything,
            ),
            Slot::Certificates => {
                self.insecure = !self.insecure;
                Wish::Done
            }
            Slot::Mark => {
                self.mark = !self.mark;
                Wish::Done
            }
        }
    }

    /// Takes what was typed or chosen for a row; why not, where it cannot.
    pub(crate) fn set(&mut self, slot: Slot, text: &str) -> Result<(), String> {
        let text = text.trim();
        match (slot, &mut self.request.auth) {
            (Slot::Method, _) => text.clone_into(&mut self.request.method),
            (Slot::Url, _) => text.clone_into(&mut self.request.url),
            (Slot::Auth, auth) => *auth = of_kind(text, auth.key().cloned()),
            (Slot::AuthHeader, Auth::Key { header, .. } | Auth::Jwt { header, .. }) => {
                text.clone_into(header);
            }
            (Slot::Scheme, Auth::Key { scheme, .. } | Auth::Jwt { scheme, .. }) => {
                text.clone_into(scheme);
            }
            (
                Slot::Key,
                Auth::Key { key, .. }
                | Auth::Jwt { key, .. }
                | Auth::Hmac { secret: key, .. }
                | Auth::Basic { password: key, .. },
            ) => *key = key_of(text),
            (Slot::KeyId, Auth::Hmac { key_id, .. }) => text.clone_into(key_id),
            (Slot::Algorithm, Auth::Hmac { algorithm, .. }) => {
                *algorithm = HmacAlgorithm::of(text).unwrap_or_default();
            }
            (Slot::Algorithm, Auth::Jwt { algorithm, .. }) => {
                *algorithm = JwtAlgorithm::of(text).unwrap_or_default();
            }
            (Slot::Kid, Auth::Jwt { kid, .. }) => {
                *kid = (!text.is_empty()).then(|| text.to_owned());
            }
            (Slot::Claims, Auth::Jwt { claims, .. }) => text.clone_into(claims),
            (Slot::Lasts, Auth::Jwt { lasts, .. }) => *lasts = number(text)?,
            (Slot::User, Auth::Basic { user, .. }) => text.clone_into(user),
            (Slot::Header(at), _) => return self.set_header(at, text),
            (Slot::Body, _) => {
                self.request.body = match text.strip_prefix('@') {
                    Some(path) => Body::File(PathBuf::from(path)),
                    None if text.is_empty() => Body::None,
                    None => Body::Given(text.as_bytes().to_vec()),
                };
                if self.request.body != Body::None && self.request.method == "GET" {
                    "POST".clone_into(&mut self.request.method);
                }
            }
            (Slot::Limit, _) => match number(text)? {
                0 => return Err("a time limit of 0 s lets nothing through".to_owned()),
                limit => self.limit = limit,
            },
            (Slot::Output, _) => text.clone_into(&mut self.output),
            _ => {}
        }
        self.request.check().map_err(|error| format!("{error}: {}", error.help()))
    }

    fn set_header(&mut self, at: usize, text: &str) -> Result<(), String> {
        let headers = &mut self.request.headers;
        if text.is_empty() {
            if at < headers.len() {
                headers.remove(at);
            }
            return Ok(());
        }
        let header = Header::parse(text).map_err(|error| format!("{error}: {}", error.help()))?;
        match headers.get_mut(at) {
            Some(there) => *there = header,
            None => headers.push(header),
        }
        Ok(())
    }
}

impl Pane {
    /// What a row says: secrets that were typed into it are hidden.
    pub(crate) fn said(&self, slot: Slot) -> String {
        let draft = &self.draft;
        let text = draft.text(slot);
        let hidden = |path: &[Cow<'_, str>], text: &str| match &self.view {
            Some(view) => view.text(path, text).into_owned(),
            None => text.to_owned(),
        };
        match slot {
            Slot::Url => hidden(&["request".into(), "url".into()], &text),
            Slot::Body => hidden(&["request".into(), "body".into()], &text),
            Slot::Header(at) => match draft.request.headers.get(at) {
                Some(Header { name, value }) => {
                    let path = ["request".into(), "headers".into(), Cow::Borrowed(name.as_str())];
                    format!("{name}: {}", hidden(&path, value))
                }
                None => String::new(),
            },
            Slot::Certificates if draft.insecure => "any: ⚠ not checked".to_owned(),
            Slot::Certificates => "checked".to_owned(),
            Slot::Mark if draft.mark => format!("{} is sent", crate::flows::request::MARK),
            Slot::Mark => "not sent: its Dispatches are guessed".to_owned(),
            Slot::Limit | Slot::Lasts => format!("{text} s"),
            _ => text,
        }
    }
}

/// The ways of authentication, with what each is.
fn kinds() -> Vec<(String, String)> {
    [
        ("none", "nothing proves who it is from"),
        ("key", "a key in a header"),
        ("hmac", "the Date, signed: the scheme of Tyk's sample plugins"),
        ("jwt", "a JSON Web Token, minted when it is sent"),
        ("basic", "user and password"),
    ]
    .map(|(name, about)| (name.to_owned(), about.to_owned()))
    .into()
}

fn words<A: Algorithm>() -> Vec<(String, String)> {
    A::ALL.iter().map(|it| (it.word().to_owned(), String::new())).collect()
}

/// An authentication of this kind, with the key that was there.
fn of_kind(kind: &str, key: Option<KeySource>) -> Auth {
    let key = key.unwrap_or(KeySource::Env(String::new()));
    let header = "Authorization".to_owned();
    match kind {
        "key" => Auth::Key { header, scheme: String::new(), key },
        "hmac" => {
            Auth::Hmac { key_id: String::new(), algorithm: HmacAlgorithm::default(), secret: key }
        }
        "jwt" => Auth::Jwt {
            algorithm: JwtAlgorithm::default(),
            key,
            kid: None,
            claims: "{}".to_owned(),
            lasts: 300,
            header,
            scheme: "Bearer".to_owned(),
        },
        "basic" => Auth::Basic { user: String::new(), password: key },
        _ => Auth::None,
    }
}

fn key_of(text: &str) -> KeySource {
    match text.strip_prefix('$') {
        Some(name) => KeySource::Env(name.to_owned()),
        None if text.is_empty() => KeySource::Env(String::new()),
        None => KeySource::File(PathBuf::from(text)),
    }
}

fn key_text(key: &KeySource) -> String {
    match key {
        KeySource::Env(name) if name.is_empty() => String::new(),
        KeySource::Env(name) => format!("${name}"),
        KeySource::File(path) => path.display().to_string(),
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is no number of seconds"))
}
