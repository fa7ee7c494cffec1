//! A real S3 in this process: `s3s` checks signatures, `s3s-fs` keeps objects in a folder. Anybody may read the bucket
//! `public`, nobody may touch `closed`; and it fails on request, as real ones do.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Result, s3_error};
use s3s_fs::FileSystem;
use tempfile::TempDir;

use super::home::{Home, Ran};

pub(crate) const KEY: &str = "AKIDOFTESTS";
pub(crate) const SECRET: &str = "the secret of tests";

/// The buckets that are there.
const BUCKETS: [&str; 3] = ["plugins", "public", "closed"];

/// What it does in place of an answer, once.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Ends the connection, before the body of the request was read.
    Cut,
    /// Never answers.
    Hang,
    /// Does what was asked, and ends the connection without an answer.
    DoneThenCut,
    /// Does what was asked, and never answers.
    DoneThenHang,
    /// Answers with half of the body that it announced.
    HalfCut,
    /// Answers with other bytes than it keeps, as many.
    Other,
    /// Answers so, with headers.
    Answer(u16, Vec<(&'static str, String)>, String),
}

/// A store that answers until it is dropped.
pub(crate) struct S3 {
    pub(crate) address: SocketAddr,
    root: TempDir,
    held: Arc<Held>,
    _runtime: tokio::runtime::Runtime,
}

#[derive(Default)]
struct Held {
    seen: Mutex<Vec<String>>,
    faults: Mutex<VecDeque<(&'static str, Fault)>>,
    hung: AtomicBool,
}

struct Rules;

#[async_trait::async_trait]
impl S3Access for Rules {
    async fn check(&self, cx: &mut S3AccessContext<'_>) -> S3Result<()> {
        let bucket = cx.s3_path().as_object().map(|(bucket, _)| bucket);
        let bucket = bucket.or_else(|| cx.s3_path().as_bucket()).unwrap_or_default();
        let reads = cx.s3_op().name() == "GetObject";
        match cx.credentials() {
            _ if bucket == "closed" => Err(s3_error!(AccessDenied, "Access Denied")),
            Some(_) => Ok(()),
            None if bucket == "public" && reads => Ok(()),
            None => Err(s3_error!(AccessDenied, "Access Denied")),
        }
    }
}

impl S3 {
    pub(crate) fn start() -> Self {
        let root = tempfile::tempdir().unwrap();
        for bucket in BUCKETS {
            std::fs::create_dir(root.path().join(bucket)).unwrap();
        }
        let mut builder = S3ServiceBuilder::new(FileSystem::new(root.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
        builder.set_access(Rules);
        let service = builder.build();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let held = Arc::<Held>::default();
        let shared = Arc::clone(&held);
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (service, held) = (service.clone(), Arc::clone(&shared));
                let answer = service_fn(move |request| {
                    let (service, held) = (service.clone(), Arc::clone(&held));
                    async move { held.answer(request, &service).await }
                });
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), answer));
            }
        });
        Self { address, root, held, _runtime: runtime }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Does so at the next request that begins so: `PUT /plugins/a`.
    pub(crate) fn will(&self, at: &'static str, fault: Fault) {
        self.held.faults.lock().unwrap().push_back((at, fault));
    }

    /// What it was asked: `PUT /plugins/a?partNumber=1`, without signatures.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.held.seen.lock().unwrap().clone()
    }

    /// Waits until it hangs.
    pub(crate) fn waits(&self) {
        let began = std::time::Instant::now();
        while !self.held.hung.load(Relaxed) {
            assert!(began.elapsed().as_secs() < 60, "{:?}", self.asked());
            std::thread::yield_now();
        }
    }

    /// The objects of a bucket.
    pub(crate) fn objects(&self, bucket: &str) -> Vec<String> {
        fn walk(dir: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, root, found);
                } else {
                    found.push(path.strip_prefix(root).unwrap().display().to_string());
                }
            }
        }
        let (mut found, root) = (Vec::new(), self.path(bucket));
        walk(&root, &root, &mut found);
        found.sort();
        found
    }

    /// Where an object is.
    pub(crate) fn path(&self, key: &str) -> PathBuf {
        self.root.path().join(key)
    }

    /// Parts and descriptions of uploads that nobody ended.
    pub(crate) fn unfinished(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.root.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with(".upload")).collect()
    }

    /// The program, with the key's credentials in the environment and nothing else of AWS's.
    pub(crate) fn command(&self, home: &Home, arguments: &[&str]) -> std::process::Command {
        let mut command = home.command(arguments);
        bare(&mut command);
        known(&mut command);
        command.env("AWS_ENDPOINT_URL_S3", self.url());
        command
    }

    pub(crate) fn run(&self, home: &Home, arguments: &[&str]) -> Ran {
        Ran::of(self.command(home, &[&["s3"], arguments].concat()))
    }
}

/// Gives a command the key's credentials.
pub(crate) fn known(command: &mut std::process::Command) {
    command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
}

/// Takes all of AWS's variables away; no machine is asked.
pub(crate) fn bare(command: &mut std::process::Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") {
            command.env_remove(&name);
        }
    }
    command.env("AWS_EC2_METADATA_DISABLED", "true");
}

type Answered = Result<Response<s3s::Body>, std::io::Error>;

impl Held {
    async fn answer(&self, request: Request<Incoming>, service: &S3Service) -> Answered {
        let query = request.uri().query().unwrap_or_default().split('&');
        let query: Vec<_> = query.filter(|it| !it.starts_with("X-Amz-")).collect();
        let mark = if query.concat().is_empty() { "" } else { "?" };
        let path = request.uri().path();
        let line = format!("{} {path}{mark}{}", request.method(), query.join("&"));
        self.seen.lock().unwrap().push(line.clone());
        let fault = {
            let mut faults = self.faults.lock().unwrap();
            let at = faults.iter().position(|(at, _)| line.starts_with(at));
            at.and_then(|at| faults.remove(at)).map(|(_, fault)| fault)
        };
        let cut = || std::io::Error::other("cut");
        match &fault {
            Some(Fault::Cut) => return Err(cut()),
            Some(Fault::Hang) => {
                self.hung.store(true, Relaxed);
                std::future::pending::<()>().await;
            }
            Some(Fault::Answer(status, headers, body)) => {
                let mut answer = Response::builder().status(*status);
                for (name, value) in headers {
                    answer = answer.header(*name, value);
                }
                return Ok(answer.body(s3s::Body::from(body.clone())).unwrap());
            }
            _ => {}
        }
        let answer = service.call(request.map(s3s::Body::from)).await.unwrap();
        match fault {
            Some(Fault::DoneThenCut) => Err(cut()),
            Some(Fault::DoneThenHang) => {
                self.hung.store(true, Relaxed);
                std::future::pending().await
            }
            Some(Fault::HalfCut) => {
                let (parts, body) = answer.into_parts();
                let whole = body.collect().await.unwrap().to_bytes();
                let half = whole.slice(..whole.len() / 2);
                let pieces = stream::iter([Ok(Frame::data(half)), Err(cut())]);
                Ok(Response::from_parts(
                    parts,
                    s3s::Body::http_body_unsync(StreamBody::new(pieces)),
                ))
            }
            Some(Fault::Other) => {
                let (parts, body) = answer.into_parts();
                let whole = body.collect().await.unwrap().to_bytes();
                let other = Bytes::from(vec![b'x'; whole.len()]);
                Ok(Response::from_parts(parts, s3s::Body::from(other)))
            }
            _ => Ok(answer),
        }
    }
}
