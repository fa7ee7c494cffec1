//! A stand-in for mserv: it keeps bundles as a real one does and answers with records that a real one gave; and it does
//! what a real one does under writes, on request: it resets, dies, cuts.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use serde_json::{Value, json};

/// A file of mserv's fixtures.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mserv").join(name)
}

/// A recorded exchange, by its number.
pub(crate) fn recorded(number: &str) -> Value {
    let all: Vec<Value> =
        serde_json::from_slice(&std::fs::read(fixture("exchanges.json")).unwrap()).unwrap();
    let named = |it: &Value| it["name"].as_str().unwrap().starts_with(number);
    all.into_iter().find(named).unwrap()
}

/// The record of a bundle in a recorded answer.
fn record(number: &str) -> Value {
    let body: Value = serde_json::from_str(recorded(number)["body"].as_str().unwrap()).unwrap();
    body["Payload"].clone()
}

/// What it does in place of an answer, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Does what was asked, and ends the connection without an answer.
    DoneThenCut,
    /// Ends the connection, and nothing else.
    Cut,
    /// Does what was asked, answers, and is gone.
    AnsweredThenGone,
    /// Does what was asked and is gone without an answer.
    DoneThenGone,
    /// Gives out half of the bundle, although it announced all of it.
    HalfCut,
    /// Gives out half of the bundle as if it were all.
    Half,
    /// Answers so.
    Answer(String),
}

/// A request that it got.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let of = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers.iter().find(of).map(|(_, value)| value.as_str())
    }

    /// The file in its form.
    pub(crate) fn file(&self) -> &[u8] {
        let kind = self.header("Content-Type").unwrap();
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let start = self.body.windows(4).position(|it| it == b"\r\n\r\n").unwrap() + 4;
        let end = self.body.len() - format!("\r\n--{boundary}--\r\n").len();
        &self.body[start..end]
    }

    /// What comes before the file.
    pub(crate) fn form(&self) -> String {
        let start = self.body.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        String::from_utf8(self.body[..start].to_vec()).unwrap()
    }
}

#[derive(Default)]
struct Shelf {
    bundles: Vec<(Value, Vec<u8>)>,
    seen: Vec<Seen>,
    faults: VecDeque<(&'static str, Fault)>,
    writes: usize,
    gone: bool,
}

/// A stand-in that answers until it is dropped.
#[derive(Clone)]
pub(crate) struct Mserv {
    pub(crate) address: SocketAddr,
    held: Arc<Mutex<Shelf>>,
}

impl Mserv {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mserv = Self { address: listener.local_addr().unwrap(), held: Arc::default() };
        let it = mserv.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // One connection after the other, as there is one write at a time.
                let _ = it.serve(&stream.unwrap());
                if it.held.lock().unwrap().gone {
                    return;
                }
            }
        });
        mserv
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Does so at the next request that begins so: `POST`, `GET /api/mw/bundle`.
    pub(crate) fn will(&self, at: &'static str, fault: Fault) {
        self.held.lock().unwrap().faults.push_back((at, fault));
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.held.lock().unwrap().seen.clone()
    }

    /// What it was asked, without ids: `POST /api/mw?…`.
    pub(crate) fn asked(&self) -> Vec<String> {
        let path = |seen: Seen| seen.line.strip_suffix(" HTTP/1.1").unwrap().to_owned();
        self.seen().into_iter().map(path).collect()
    }

    /// The ids that it has.
    pub(crate) fn ids(&self) -> Vec<String> {
        let kept = self.held.lock().unwrap();
        kept.bundles.iter().map(|(it, _)| it["UID"].as_str().unwrap().to_owned()).collect()
    }

    /// Puts a bundle there, as it was recorded.
    pub(crate) fn keep(&self, id: &str, added: &str, api: &str, number: &str, file: &str) {
        let mut record = record(number);
        record["UID"] = id.into();
        record["Added"] = added.into();
        record["APIID"] = api.into();
        let zip = std::fs::read(fixture("bundles").join(file)).unwrap();
        self.held.lock().unwrap().bundles.push((record, zip));
    }

    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        let seen = read(stream)?;
        let mut kept = self.held.lock().unwrap();
        kept.seen.push(seen.clone());
        let due = kept.faults.front().is_some_and(|(at, _)| seen.line.starts_with(at));
        let fault = if due { kept.faults.pop_front().map(|(_, fault)| fault) } else { None };
        let mut stream = stream;
        match fault {
            Some(Fault::Cut) => return Ok(()),
            Some(Fault::Answer(text)) => return stream.write_all(text.as_bytes()),
            _ => {}
        }
        let (head, mut body) = kept.answer(&seen);
        let length = match fault {
            Some(Fault::Half) => body.len() / 2,
            _ => body.len(),
        };
        match fault {
            Some(Fault::DoneThenCut) => return Ok(()),
            Some(Fault::DoneThenGone) => {
                kept.gone = true;
                return Ok(());
            }
            Some(Fault::AnsweredThenGone) => kept.gone = true,
            Some(Fault::Half | Fault::HalfCut) => body.truncate(body.len() / 2),
            _ => {}
        }
        write!(stream, "{head}Content-Length: {length}\r\nConnection: close\r\n\r\n")?;
        stream.write_all(&body)
    }
}

fn read(stream: &TcpStream) -> std::io::Result<Seen> {
    let mut reader = BufReader::new(stream);
    let mut seen = Seen::default();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        match line.split_once(": ").filter(|_| !seen.line.is_empty()) {
            Some((key, value)) => seen.headers.push((key.to_owned(), value.to_owned())),
            None => line.clone_into(&mut seen.line),
        }
    }
    let length = seen.header("Content-Length").map_or(0, |text| text.parse().unwrap());
    seen.body.resize(length, 0);
    reader.read_exact(&mut seen.body)?;
    Ok(seen)
}

/// The head of a recorded answer and its body.
fn as_recorded(number: &str) -> (String, Vec<u8>) {
    let exchange = recorded(number);
    let (status, kind) = (exchange["status"].as_u64().unwrap(), exchange["kind"].as_str().unwrap());
    let body = match exchange["body"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => base64::engine::general_purpose::STANDARD
            .decode(exchange["body_base64"].as_str().unwrap())
            .unwrap(),
    };
    (format!("HTTP/1.1 {status} As recorded\r\nContent-Type: {kind}\r\n"), body)
}

fn ok(payload: &Value) -> (String, Vec<u8>) {
    let body = json!({"Payload": payload, "Status": "ok", "Error": ""}).to_string().into_bytes();
    ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n".to_owned(), body)
}

impl Shelf {
    fn at(&self, id: &str) -> Option<usize> {
        self.bundles.iter().position(|(it, _)| it["UID"] == id)
    }

    fn answer(&mut self, seen: &Seen) -> (String, Vec<u8>) {
        let mut words = seen.line.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (method, segments.as_slice()) {
            ("GET", ["health"]) => as_recorded("001"),
            ("GET", ["api", "mw", "master", "all"]) => {
                ok(&self.bundles.iter().map(|(it, _)| it.clone()).collect())
            }
            ("GET", ["api", "mw", "bundle", id]) => match self.at(id) {
                Some(at) => {
                    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n".to_owned();
                    (head, self.bundles[at].1.clone())
                }
                None => as_recorded("011"),
            },
            ("GET", ["api", "mw", id]) => match self.at(id) {
                Some(at) => ok(&self.bundles[at].0),
                None => as_recorded("010"),
            },
            ("DELETE", ["api", "mw", id]) => match self.at(id) {
                Some(at) => {
                    self.bundles.remove(at);
                    ok(&json!({"BundleID": id}))
                }
                None => as_recorded("012"),
            },
            ("POST", ["api", "mw"]) => self.store(seen.file(), query, None),
            ("PUT", ["api", "mw", id]) if self.at(id).is_some() => {
                let at = self.at(id).unwrap();
                let api = self.bundles.remove(at).0["APIID"].as_str().unwrap().to_owned();
                self.store(seen.file(), &format!("api_id={api}"), Some(id))
            }
            ("PUT", ["api", "mw", _]) => as_recorded("010"),
            _ => as_recorded("120"),
        }
    }

    /// Stores a bundle whose record was recorded, or refuses it as it was refused.
    fn store(&mut self, zip: &[u8], query: &str, id: Option<&str>) -> (String, Vec<u8>) {
        let is = |name: &str| std::fs::read(fixture("bundles").join(name)).unwrap() == zip;
        let values: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let value = |name: &str| values.iter().find(|(key, _)| key == name).map(|it| &it.1);
        let store_only = value("store_only").is_some_and(|it| it == "true");
        let known = [
            ("python-auth.zip", "024"),
            ("python-auth-v2.zip", "071"),
            ("pre-post.zip", "028"),
            ("grpc-nofiles.zip", "021"),
            ("grpc-nofiles-v2.zip", "078"),
        ];
        let refused = [("vendor-no-dir-entry.zip", "169"), ("text.txt", "033")];
        if let Some((_, number)) = refused.iter().find(|(name, _)| is(name)) {
            return as_recorded(number);
        }
        let number = known.iter().find(|(name, _)| is(name)).map(|(_, number)| *number);
        // Of bundles without files all have the checksum of nothing, and one is recorded.
        let number = number.or_else(|| without_files(zip).then_some("021"));
        self.writes += 1;
        let mut record = record(if store_only { "041" } else { number.unwrap() });
        let id = id.map_or_else(|| format!("new-{}", self.writes), str::to_owned);
        record["UID"] = json!(id);
        record["APIID"] = json!(value("api_id").cloned().unwrap_or_default());
        record["Added"] = json!(format!("2026-11-23T00:00:{:02}.5Z", self.writes));
        self.bundles.push((record, zip.to_vec()));
        ok(&json!({"BundleID": id}))
    }
}

fn without_files(zip: &[u8]) -> bool {
    let nothing = "d41d8cd98f00b204e9800998ecf8427e";
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let manifest: Value = serde_json::from_reader(zip.by_name("manifest.json").unwrap()).unwrap();
    manifest["checksum"] == nothing
}
