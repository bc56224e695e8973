//! A request written in one line, and its answer.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use serde_json::Value;
use tower::ServiceExt;

/// A request in the making.
#[derive(Clone)]
pub(crate) struct Ask {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    peer: &'static str,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

fn ask(method: &str, path: impl Into<String>) -> Ask {
    let (method, path) = (method.to_owned(), path.into());
    Ask {
        method,
        path,
        headers: Vec::new(),
        body: Vec::new(),
        peer: "127.0.0.1:50000",
    }
}

impl Ask {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        ask("GET", path)
    }

    pub(crate) fn post(path: impl Into<String>, body: &Value) -> Self {
        ask("POST", path).json(body)
    }

    pub(crate) fn method(method: &str, path: impl Into<String>) -> Self {
        ask(method, path)
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.raw(body.to_string())
            .header("content-type", "application/json")
    }

    pub(crate) fn raw(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn token(self, secret: &str) -> Self {
        self.header("authorization", format!("Bearer {secret}"))
    }

    pub(crate) fn link(self, token: &str) -> Self {
        self.header("authorization", format!("AmendsLink {token}"))
    }

    pub(crate) fn cookie(self, secret: &str) -> Self {
        self.header("cookie", format!("other=1; amends_session={secret}"))
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) fn terms(self, terms: u64) -> Self {
        self.header("if-match", format!("\"{terms}\""))
    }

    pub(crate) fn peer(mut self, peer: &'static str) -> Self {
        self.peer = peer;
        self
    }

    /// The answer before its body was read.
    pub(crate) async fn begin(self, app: &Router) -> Response {
        let mut request = Request::builder().method(self.method.as_str()).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut request = request.body(Body::from(self.body)).unwrap();
        let peer: SocketAddr = self.peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn of(self, app: &Router) -> Answer {
        let response = self.begin(app).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // A stream has no end to wait for.
        let is_stream = headers
            .get("content-type")
            .is_some_and(|kind| kind == "text/event-stream");
        let body = if is_stream {
            Body::empty()
        } else {
            response.into_body()
        };
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status,
            headers,
            // An archive is no text; nobody asks what it says.
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

impl Answer {
    /// The body of an answer of this status.
    #[track_caller]
    pub(crate) fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&self.text).unwrap()
        }
    }

    /// Status and code of a problem, which has all its parts.
    #[track_caller]
    pub(crate) fn problem(&self) -> (u16, String) {
        let body: Value = serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{self:?}"));
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{self:?}"
        );
        assert_eq!(body["status"], self.status);
        let code = body["code"].as_str().unwrap();
        assert_eq!(body["type"], format!("urn:amends:problem:{code}"));
        for part in ["title", "detail"] {
            assert_ne!(body[part].as_str().unwrap(), "", "{self:?}");
        }
        assert!(body["clauses"].is_array() && body["facts"].is_object());
        assert_eq!(body["request_id"].is_string(), self.status >= 500);
        (self.status, code.to_owned())
    }

    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.problem(), (status, code.to_owned()), "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> String {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    pub(crate) fn is_success(&self) -> bool {
        StatusCode::from_u16(self.status).unwrap().is_success()
    }
}
