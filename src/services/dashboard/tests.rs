use axum::Router;
use axum::extract::Request;
use axum::http::{Method, StatusCode};

use super::*;
use crate::domain::api::Kind;

/// A stand-in after the swagger: two APIs, one of them OAS.
async fn dashboard() -> Dashboard {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(|request: Request| async move {
        let key = request.headers().get("authorization").map(|value| value.as_bytes().to_vec());
        if key.as_deref() != Some(b"user-key") {
            let refusal = r#"{"Status":"Error","Message":"Not authorised","Meta":null}"#;
            return (StatusCode::UNAUTHORIZED, refusal.to_owned());
        }
        let wrapper = |oas: bool, id: &str| {
            format!(r#"{{"api_model":{{}},"api_definition":{{"id":"db","api_id":"{id}","is_oas":{oas}}}}}"#)
        };
        let answer = match (request.method(), request.uri().to_string().as_str()) {
            (&Method::GET, "/api/apis?p=-1") => {
                format!(r#"{{"apis":[{},{}],"pages":1}}"#, wrapper(false, "a"), wrapper(true, "b"))
            }
            (&Method::GET, "/api/apis/a") => wrapper(false, "a"),
            (&Method::GET, "/api/apis/b") => wrapper(true, "b"),
            (&Method::GET, "/api/apis/oas/b") => {
                r#"{"openapi":"3.0.3","x-tyk-api-gateway":{"info":{"id":"b"}}}"#.to_owned()
            }
            (&Method::PUT, "/api/apis/a" | "/api/apis/oas/b") => {
                r#"{"Status":"OK","Message":"API updated","Meta":null}"#.to_owned()
            }
            _ => return (StatusCode::NOT_FOUND, r#"{"Status":"Error","Message":"gone"}"#.to_owned()),
        };
        (StatusCode::OK, answer)
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    Dashboard::new(&address, Some(&"user-key".into())).unwrap()
}

#[tokio::test]
async fn apis_come_as_their_kind_is_and_go_back_as_they_came() {
    let dashboard = dashboard().await;
    let apis = dashboard.apis().await.unwrap();
    let kinds: Vec<_> = apis.iter().map(|api| (api.kind(), api.is_wrapped())).collect();
    assert_eq!(kinds, [(Kind::Classic, true), (Kind::Oas, false)]);
    for id in ["a", "b"] {
        let api = dashboard.api(id).await.unwrap();
        assert_eq!(dashboard.replace(id, &api).await, Ok(()));
    }
    let gone = dashboard.api("none").await.unwrap_err();
    assert_eq!(gone.to_string(), "the Dashboard answered 404: gone");
}

#[tokio::test]
async fn a_wrong_key_is_told() {
    let right = dashboard().await;
    let wrong = Dashboard::new(right.address(), Some(&"wrong".into())).unwrap();
    let error = wrong.apis().await.unwrap_err();
    assert_eq!(error.why, Why::Key);
    assert!(error.problem().help.unwrap().contains("Credentials"));
}
