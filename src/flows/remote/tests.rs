//! The Dashboard's side, against a stand-in after its swagger; the Gateway's is tested with recordings.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::{Method, StatusCode};

use super::*;
use crate::flows::edit::{Base, Desk, NotSaved};
use crate::services::dashboard::Dashboard;

const WRAPPER: &str = r#"{"api_model":{},"api_definition":{"id":"65f0","api_id":"a","name":"one","rate":1.50},"hook_references":[]}"#;

/// A Dashboard with one API that can be put.
async fn dashboard() -> (Server, Arc<Mutex<String>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let held = Arc::new(Mutex::new(WRAPPER.to_owned()));
    let shared = Arc::clone(&held);
    let app = Router::new().fallback(move |request: Request| {
        let held = Arc::clone(&shared);
        async move {
            let (method, path) = (request.method().clone(), request.uri().to_string());
            match (method, path.as_str()) {
                (Method::GET, "/api/apis?p=-1") => {
                    let held = held.lock().unwrap().clone();
                    (StatusCode::OK, format!(r#"{{"apis":[{held}],"pages":1}}"#))
                }
                (Method::GET, "/api/apis/a") => (StatusCode::OK, held.lock().unwrap().clone()),
                (Method::PUT, "/api/apis/a") => {
                    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
                    *held.lock().unwrap() = String::from_utf8(body.to_vec()).unwrap();
                    (StatusCode::OK, r#"{"Status":"OK","Message":"API updated"}"#.to_owned())
                }
                _ => (StatusCode::NOT_FOUND, r#"{"Status":"Error","Message":"gone"}"#.to_owned()),
            }
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    let server = Dashboard::new(&address, Some(&"user-key".into())).unwrap();
    (Server::Dashboard(server), held)
}

#[tokio::test]
async fn a_dashboards_api_goes_back_in_its_wrapper_with_the_databases_id() {
    let (server, held) = dashboard().await;
    let listed = server.list().await.unwrap();
    assert_eq!(listed[0].remote.to_string(), "dashboard:a");
    let read = server.fetch("a").await.unwrap();
    let text = String::from_utf8(read.clone()).unwrap().replace("\"one\"", "\"two\"");
    let state = tempfile::tempdir().unwrap();
    let desk = Desk::new(Some(state.path()));
    let put = server.put(&desk, "a", text.as_bytes(), &Base::Read(read.clone())).await.unwrap();
    assert_eq!((put.now.as_slice(), put.differs.len()), (text.as_bytes(), 0));
    let now = held.lock().unwrap().clone();
    let packed: String = now.split_whitespace().collect();
    assert_eq!(packed, WRAPPER.replace("one", "two"));
    let kept = desk.backups().unwrap().files().unwrap().remove(0);
    assert_eq!(kept.path, server.remote("a").kept_as(server.address()));
    assert_eq!(desk.backups().unwrap().read(&kept.versions[0]).unwrap(), read);
}

#[tokio::test]
async fn what_was_changed_there_or_is_gone_is_not_overwritten() {
    let (server, held) = dashboard().await;
    let desk = Desk::new(None);
    let read = server.fetch("a").await.unwrap();
    let ours = String::from_utf8(read.clone()).unwrap().replace("\"one\"", "\"ours\"");
    let theirs = WRAPPER.replace("one", "theirs");
    held.lock().unwrap().clone_from(&theirs);
    let base = Base::Read(read);
    let refused = server.put(&desk, "a", ours.as_bytes(), &base).await.unwrap_err();
    let shown: Vec<_> = refused.diff().iter().map(ToString::to_string).collect();
    assert!(shown.contains(&"-    \"name\": \"theirs\",".to_owned()), "{shown:?}");
    assert_eq!(*held.lock().unwrap(), theirs);
    // Keys in another order are the same definition.
    let reordered = r#"{"hook_references":[],"api_model":{},"api_definition":{"rate":1.50,"name":"one","api_id":"a","id":"65f0"}}"#;
    reordered.clone_into(&mut held.lock().unwrap());
    let put = server.put(&desk, "a", ours.as_bytes(), &base).await.unwrap();
    assert!(put.warnings[0].what.contains("not kept"), "{put:?}");
    let other = ours.replace("\"a\"", "\"b\"");
    let gone = server.put(&desk, "b", other.as_bytes(), &base).await.unwrap_err();
    assert!(matches!(gone, NotSaved::Changed { there: None, .. }), "{gone:?}");
}
