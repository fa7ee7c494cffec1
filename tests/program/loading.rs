//! A stand-in for a Gateway that keeps definitions and loads their bundles at a reload, as a real one does: writes are seen
//! only then, and an API whose bundle cannot be had is gone. Its answers are recorded ones. Below `/api/` it is the Dashboard
//! that keeps the same definitions, by the Dashboard's swagger: that shows writes at once.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::stand_in::{SECRET, recorded};

/// The key of the Dashboard's user.
pub(crate) const KEY: &str = "a-user's-key";

/// What it does in place of an answer.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Answers so, and does nothing.
    Refuses(u16, &'static str),
    /// Does it, and the answer breaks off.
    Loses,
    /// Does nothing, and never answers.
    Hangs,
    /// Somebody else changes the API of this id before it answers.
    Changes(&'static str),
    /// The bundle is refused at this reload: its API is dropped.
    Drops,
    /// Its hooks are not loaded at this reload.
    Unhooked,
    /// Answers as if it had done it.
    Ignores,
    /// Does it, answers, and refuses everything from then on.
    LastWord,
}

/// A rule: at the `nth` request (from 1) of this method whose path begins so.
struct Planned {
    method: &'static str,
    path: &'static str,
    nth: usize,
    fault: Fault,
}

#[derive(Default)]
struct Kept {
    stored: BTreeMap<String, Value>,
    loaded: BTreeMap<String, Value>,
    planned: Vec<Planned>,
    asked: Vec<String>,
    gone: bool,
}

/// Where it gets bundles from.
#[derive(Clone)]
pub(crate) enum Bundles {
    Folder(PathBuf),
    Base(String),
}

/// One that runs until it is dropped.
pub(crate) struct Loading {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
    runtime: Option<Runtime>,
}

#[derive(Clone)]
struct App {
    kept: Arc<Mutex<Kept>>,
    bundles: Bundles,
}

/// The recorded definition under another id.
pub(crate) fn definition(id: &str) -> Value {
    let mut definition: Value = serde_json::from_str(&recorded("039").body).unwrap();
    definition["api_id"] = id.into();
    definition["name"] = id.into();
    definition["proxy"]["listen_path"] = format!("/{id}/").into();
    definition
}

impl Loading {
    /// One that serves the APIs of these ids.
    pub(crate) fn new(ids: &[&str], bundles: Bundles) -> Self {
        let apis: BTreeMap<_, _> =
            ids.iter().map(|id| ((*id).to_owned(), definition(id))).collect();
        let kept = Kept { stored: apis.clone(), loaded: apis, ..Kept::default() };
        let kept = Arc::new(Mutex::new(kept));
        let runtime = Runtime::new().unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let app = App { kept: Arc::clone(&kept), bundles };
        let app = Router::new().fallback(answer).with_state(app);
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
        Self { address, kept, runtime: Some(runtime) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Plans a fault.
    pub(crate) fn at(&self, method: &'static str, path: &'static str, nth: usize, fault: Fault) {
        self.kept().planned.push(Planned { method, path, nth, fault });
    }

    /// What it runs.
    pub(crate) fn loaded(&self, id: &str) -> Option<Value> {
        self.kept().loaded.get(id).cloned()
    }

    /// What it would load.
    pub(crate) fn stored(&self, id: &str) -> Option<Value> {
        self.kept().stored.get(id).cloned()
    }

    /// The writes and reloads that it was asked for, in order.
    pub(crate) fn changes(&self) -> Vec<String> {
        let asked = self.kept().asked.clone();
        let is_change = |it: &String| !it.starts_with("GET") || it.contains("reload");
        asked.into_iter().filter(is_change).collect()
    }

    /// Waits until it was asked so for the `nth` time (from 1).
    pub(crate) fn wait_for(&self, question: &str, nth: usize) {
        let begun = std::time::Instant::now();
        while self.kept().asked.iter().filter(|it| it.starts_with(question)).count() < nth {
            assert!(begun.elapsed().as_secs() < 60, "never asked {question}");
            std::thread::yield_now();
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap()
    }
}

impl Drop for Loading {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn answer(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let question = format!("{method} {uri}");
    let fault = {
        let mut kept = app.kept.lock().unwrap();
        kept.asked.push(question.clone());
        if kept.gone {
            return said(502, "text/plain", "gone");
        }
        let Kept { planned, asked, .. } = &*kept;
        let is_due = |it: &&Planned| {
            let start = format!("{} {}", it.method, it.path);
            question.starts_with(&start)
                && asked.iter().filter(|it| it.starts_with(&start)).count() == it.nth
        };
        planned.iter().find(is_due).map(|it| it.fault.clone())
    };
    if uri.path().starts_with("/api/") && headers.get("authorization").is_none_or(|it| it != KEY) {
        return said(401, "application/json", r#"{"Status":"Error","Message":"Not authorised"}"#);
    }
    if uri.path().starts_with("/tyk/")
        && headers.get("x-tyk-authorization").is_none_or(|it| it != SECRET)
    {
        return recording("008");
    }
    match &fault {
        Some(Fault::Refuses(status, body)) => return said(*status, "application/json", body),
        Some(Fault::Hangs) => std::future::pending().await,
        Some(Fault::Changes(id)) => {
            let mut kept = app.kept.lock().unwrap();
            let Kept { stored, loaded, .. } = &mut *kept;
            for apis in [stored, loaded] {
                apis.get_mut(*id).unwrap()["name"] = "of somebody else".into();
            }
        }
        _ => {}
    }
    let done = done(&app, &method, &uri, &body, fault.as_ref()).await;
    match fault {
        Some(Fault::Loses) => {
            let cut = futures_util::stream::once(std::future::ready(Err::<Bytes, _>(
                std::io::Error::other("cut"),
            )));
            Response::builder().header("Content-Length", 9).body(Body::from_stream(cut)).unwrap()
        }
        Some(Fault::LastWord) => {
            app.kept.lock().unwrap().gone = true;
            done
        }
        _ => done,
    }
}

async fn done(
    app: &App,
    method: &Method,
    uri: &Uri,
    body: &[u8],
    fault: Option<&Fault>,
) -> Response<Body> {
    let path = uri.path();
    if path == "/hello" {
        return recording("025");
    }
    if path == "/tyk/reload" {
        if !matches!(fault, Some(Fault::Ignores)) {
            reload(app, fault).await;
        }
        return recording("037");
    }
    let mut kept = app.kept.lock().unwrap();
    if let Some(id) = path.strip_prefix("/api/apis/") {
        let Some(api) = kept.stored.get_mut(id) else {
            return said(404, "application/json", r#"{"Status":"Error","Message":"Not found"}"#);
        };
        if method == Method::PUT {
            let mut sent: Value = serde_json::from_slice(body).unwrap();
            *api = sent["api_definition"].take();
            let done = r#"{"Status":"OK","Message":"API updated","Meta":"","ID":""}"#;
            return said(200, "application/json", done);
        }
        let wrapper = json!({"api_model": {}, "api_definition": api, "hook_references": []});
        return said(200, "application/json", &wrapper.to_string());
    }
    if method == Method::POST && path == "/tyk/apis" {
        let api: Value = serde_json::from_slice(body).unwrap();
        let id = api["api_id"].as_str().unwrap().to_owned();
        kept.stored.insert(id.clone(), api);
        return said(
            200,
            "application/json",
            &json!({"key": id, "status": "ok", "action": "added"}).to_string(),
        );
    }
    let Some(id) = path.strip_prefix("/tyk/apis/") else { return recording("014") };
    let Some(api) = kept.loaded.get(id).cloned() else { return recording("033") };
    if method == Method::PUT {
        let sent = serde_json::from_slice(body).unwrap();
        kept.stored.insert(id.to_owned(), sent);
        return said(
            200,
            "application/json",
            &json!({"key": id, "status": "ok", "action": "modified"}).to_string(),
        );
    }
    said(200, "application/json", &api.to_string())
}

async fn reload(app: &App, fault: Option<&Fault>) {
    let stored = app.kept.lock().unwrap().stored.clone();
    let mut loaded = BTreeMap::new();
    for (id, mut api) in stored {
        let bundle = api["custom_middleware_bundle"].as_str().unwrap_or_default().to_owned();
        if !bundle.is_empty() && api["custom_middleware_bundle_disabled"] != json!(true) {
            let manifest = manifest(&app.bundles, &bundle).await;
            match (manifest, fault) {
                (_, Some(Fault::Drops)) | (None, _) => continue,
                (_, Some(Fault::Unhooked)) => {}
                (Some(manifest), _) => api["custom_middleware"] = with_defaults(&manifest),
            }
        }
        loaded.insert(id, api);
    }
    app.kept.lock().unwrap().loaded = loaded;
}

/// A manifest's `custom_middleware` as a Gateway shows it: every key of a hook is there.
fn with_defaults(manifest: &Value) -> Value {
    let mut all = manifest["custom_middleware"].clone();
    for hook in ["pre", "post", "post_key_auth", "response"] {
        for entry in all[hook].as_array_mut().into_iter().flatten() {
            let given = entry.clone();
            *entry = json!({"disabled": false, "name": "", "path": "", "require_session": false, "raw_body_only": false});
            for (key, value) in given.as_object().unwrap() {
                entry[key] = value.clone();
            }
        }
    }
    all
}

async fn manifest(bundles: &Bundles, name: &str) -> Option<Value> {
    let bytes = match bundles {
        Bundles::Folder(folder) => std::fs::read(folder.join(name)).ok()?,
        Bundles::Base(base) => {
            let answer = reqwest::get(format!("{base}/{name}")).await.ok()?;
            answer.error_for_status().ok()?.bytes().await.ok()?.to_vec()
        }
    };
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    zip.by_name("manifest.json").ok()?.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

fn recording(number: &str) -> Response<Body> {
    let exchange = recorded(number);
    said(exchange.status, &exchange.kind, &exchange.body)
}

fn said(status: u16, kind: &str, body: &str) -> Response<Body> {
    let answer = Response::builder().status(status).header("Content-Type", kind);
    answer.body(Body::from(body.to_owned())).unwrap()
}
