//! curl's words for a request.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::domain::request::{Auth, Body, Header, Request, RequestError};
use crate::domain::task::Problem;
use crate::services::files;

/// The largest body of a file or of standard input, in bytes.
const LARGEST: u64 = 64 << 20;

#[derive(Debug, clap::Args)]
pub(super) struct Words {
    /// The URL, or a path of the profile's Gateway.
    #[arg(required_unless_present_any = ["history", "again"], conflicts_with_all = ["history", "again"])]
    url: Option<String>,
    /// The method [default: GET; POST with a body].
    #[arg(short = 'X', long, value_name = "METHOD", conflicts_with_all = ["history", "again"])]
    request: Option<String>,
    /// A header, `Name: value`; `Name;` for one without a value. Secrets belong into --auth.
    #[arg(short = 'H', long, value_name = "LINE", value_parser = header, conflicts_with_all = ["history", "again"])]
    header: Vec<Header>,
    /// A body, as a form unless a header says otherwise; @FILE takes it of a file without its line breaks, @- of standard
    /// input. Given again, it is added after an `&`.
    #[arg(short, long, value_name = "DATA", conflicts_with_all = ["history", "again"])]
    data: Vec<String>,
    /// A body as it is; @FILE takes that of a file, @- of standard input.
    #[arg(long, value_name = "DATA", conflicts_with_all = ["data", "history", "again"])]
    data_binary: Option<String>,
    /// A body as it is, an @ too.
    #[arg(long, value_name = "DATA", conflicts_with_all = ["data", "data_binary", "history", "again"])]
    data_raw: Option<String>,
    /// Ask with HEAD.
    #[arg(short = 'I', long, conflicts_with_all = ["request", "data", "data_binary", "data_raw", "history", "again"])]
    head: bool,
}

fn header(line: &str) -> Result<Header, String> {
    if let Some((name, "")) = line.split_once(':').map(|(name, value)| (name, value.trim())) {
        if name.eq_ignore_ascii_case("content-type") {
            return Ok(Header { name: name.to_owned(), value: String::new() });
        }
        return Err(format!("`{name};` sends it without a value; it cannot be left out"));
    }
    Header::parse(line).map_err(|error: RequestError| format!("{error}: {}", error.help()))
}

impl Words {
    /// The request.
    pub(super) fn request(&self, auth: Auth) -> Result<Request, Problem> {
        let mut headers = self.header.clone();
        let body = self.body()?;
        let has_type = headers.iter().any(|it| it.name.eq_ignore_ascii_case("content-type"));
        if body != Body::None && !has_type {
            headers.push(Header {
                name: "Content-Type".to_owned(),
                value: "application/x-www-form-urlencoded".to_owned(),
            });
        }
        // `-H 'Content-Type:'` is curl's way to send none.
        headers.retain(|it| !(it.name.eq_ignore_ascii_case("content-type") && it.value.is_empty()));
        let usual = if body == Body::None { "GET" } else { "POST" };
        let method = if self.head { "HEAD" } else { self.request.as_deref().unwrap_or(usual) };
        let url = self.url.clone().unwrap_or_default();
        Ok(Request { method: method.to_owned(), url, headers, auth, body })
    }

    fn body(&self) -> Result<Body, Problem> {
        if let Some(data) = &self.data_raw {
            return Ok(Body::Given(data.clone().into_bytes()));
        }
        if let Some(data) = &self.data_binary {
            return Ok(match data.strip_prefix('@') {
                None => Body::Given(data.clone().into_bytes()),
                Some("-") => Body::Given(of("-")?),
                Some(path) => Body::File(absolute(Path::new(path))),
            });
        }
        let mut body = Vec::new();
        for data in &self.data {
            if !body.is_empty() {
                body.push(b'&');
            }
            match data.strip_prefix('@') {
                None => body.extend_from_slice(data.as_bytes()),
                Some(path) => {
                    // As curl does.
                    let bytes = of(path)?;
                    body.extend(bytes.into_iter().filter(|it| !matches!(it, b'\r' | b'\n' | 0)));
                }
            }
        }
        Ok(if self.data.is_empty() { Body::None } else { Body::Given(body) })
    }
}

/// What a file or standard input holds.
fn of(path: &str) -> Result<Vec<u8>, Problem> {
    if path != "-" {
        return files::read(Path::new(path), LARGEST, "cannot read the body");
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Problem::failed(format!("cannot read standard input: {error}")))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::failed("standard input has more than 64 MiB"));
    }
    Ok(bytes)
}

/// The history may be used from another folder.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
