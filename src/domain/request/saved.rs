//! The form in which requests are kept: JSON without a secret. What a view hid was a secret, so it is not there.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Auth, Body, Header, Request, RequestError, Shown};

/// The longest body that is kept, in bytes.
const LONGEST_BODY: usize = 64 << 10;

/// A request as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Its method.
    pub method: String,
    /// As it was given: whole, or a path.
    pub url: String,
    /// Names and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// How it proves who it is from; where the secret is, and not the secret.
    #[serde(default)]
    pub auth: Auth,
    /// Its body.
    #[serde(default)]
    pub body: SavedBody,
    /// Something was left out, because it is secret: it cannot be sent again as it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hides: bool,
}

/// A body as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavedBody {
    /// None.
    #[default]
    None,
    /// Text.
    Text(String),
    /// A file.
    File(PathBuf),
    /// So many bytes that are no text, or too long: they are not kept.
    LeftOut(usize),
}

impl Saved {
    /// What is kept of a request that is shown so.
    pub fn of(request: &Request, shown: &Shown) -> Self {
        let given = request.headers.iter().map(|header| {
            let is_it = |(name, _): &&(String, String)| *name == header.name;
            // By their order where a name comes twice: those given are the first ones.
            let at = request.headers.iter().take_while(|other| !std::ptr::eq(*other, header));
            let before = at.filter(|other| other.name == header.name).count();
            let value = shown.headers.iter().filter(is_it).nth(before);
            (header.name.clone(), value.map(|(_, value)| value.clone()).unwrap_or_default())
        });
        // A path of the Gateway stays one, with what is hidden of the whole URL hidden.
        let url = match request.url.strip_prefix('/') {
            Some(_) => path_of(&shown.url).to_owned(),
            None => shown.url.clone(),
        };
        let body = match (&request.body, &shown.body) {
            (Body::None, _) => SavedBody::None,
            (Body::File(path), _) => SavedBody::File(path.clone()),
            (Body::Given(_), Some(text)) if text.len() <= LONGEST_BODY => {
                SavedBody::Text(text.clone())
            }
            (Body::Given(bytes), _) => SavedBody::LeftOut(bytes.len()),
        };
        Self {
            method: request.method.clone(),
            url,
            headers: given.collect(),
            auth: request.auth.clone(),
            hides: shown.hides || matches!(body, SavedBody::LeftOut(_)),
            body,
        }
    }

    /// The request again. What was left out is missing in it, or a mark stands there.
    pub fn request(&self) -> Result<Request, RequestError> {
        let headers = self.headers.iter().map(|(name, value)| Header::new(name, value));
        let body = match &self.body {
            SavedBody::None | SavedBody::LeftOut(_) => Body::None,
            SavedBody::Text(text) => Body::Given(text.clone().into_bytes()),
            SavedBody::File(path) => Body::File(path.clone()),
        };
        let request = Request {
            method: self.method.clone(),
            url: self.url.clone(),
            headers: headers.collect::<Result<_, _>>()?,
            auth: self.auth.clone(),
            body,
        };
        request.check()?;
        Ok(request)
    }
}

/// Path and query of a URL.
fn path_of(url: &str) -> &str {
    let after = url.find("://").map_or(url, |at| &url[at + 3..]);
    after.find('/').map_or("/", |at| &after[at..])
}
