//! Which file answers a path, and with which headers.

use std::borrow::Cow;

use amends_web::{File, pages};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use tower::ServiceExt as _;

/// The files of a small build.
fn small(path: &str) -> Option<File> {
    let (media, text) = match path {
        "desk.html" => (
            "text/html",
            "<desk nonce=\"__CSP_NONCE__\"><style nonce=\"__CSP_NONCE__\">",
        ),
        "portal.html" => ("text/html", "<portal>"),
        "assets/desk-1a.js" => ("text/javascript", "let desk = 1;"),
        "assets/desk-1a.js.br" => ("application/octet-stream", "squeezed"),
        "assets/plain-2b.svg" => ("image/svg+xml", "<svg/>"),
        _ => return None,
    };
    Some(File {
        bytes: Cow::Borrowed(text.as_bytes()),
        media: media.to_owned(),
    })
}

async fn asked(method: &str, path: &str, encoding: &str) -> Response<Body> {
    let drawn = std::sync::atomic::AtomicU32::new(0);
    let nonce = move || format!("word{}", drawn.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    let app: Router = Router::new().fallback_service(pages::<()>(small, nonce));
    let request = Request::builder().method(method).uri(path);
    let request = request.header("accept-encoding", encoding);
    app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn header<'r>(response: &'r Response<Body>, name: &str) -> &'r str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), 10_000).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn every_address_is_a_page_of_the_desk_or_of_the_portal() {
    for (path, page) in [
        ("/", "<desk"),
        ("/queue?view=mine", "<desk"),
        ("/cases/case_1", "<desk"),
        ("/portals", "<desk"),
        ("/portal", "<portal>"),
        ("/portal/cases/1", "<portal>"),
    ] {
        let response = asked("GET", path, "").await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(&response, "cache-control"), "no-store", "{path}");
        assert!(text(response).await.starts_with(page), "{path}");
    }
}

#[tokio::test]
async fn a_page_and_its_policy_share_one_word() {
    let response = asked("GET", "/", "br").await;
    let policy = header(&response, "content-security-policy").to_owned();
    assert!(policy.contains("style-src 'self' 'nonce-word0'"), "{policy}");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe-eval"),
        "{policy}"
    );
    assert_eq!(
        text(response).await,
        "<desk nonce=\"word0\"><style nonce=\"word0\">"
    );
}

#[tokio::test]
async fn built_files_are_kept_for_ever_and_squeezed_for_who_takes_it() {
    for (path, encoding, sent, body) in [
        ("/assets/desk-1a.js", "gzip, br;q=0.9", "br", "squeezed"),
        ("/assets/desk-1a.js", "gzip", "", "let desk = 1;"),
        ("/assets/desk-1a.js", "br;q=0", "", "let desk = 1;"),
        ("/assets/plain-2b.svg", "br", "", "<svg/>"),
    ] {
        let response = asked("GET", path, encoding).await;
        assert_eq!(header(&response, "content-encoding"), sent, "{path} {encoding}");
        assert_eq!(header(&response, "vary"), "accept-encoding");
        assert!(header(&response, "cache-control").contains("immutable"));
        let media = header(&response, "content-type");
        assert!(!media.contains("octet"), "{media}");
        assert_eq!(text(response).await, body, "{path} {encoding}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_no_page() {
    assert_eq!(asked("GET", "/assets/gone-3c.js", "br").await.status(), 404);
    let posted = asked("POST", "/queue", "").await;
    assert_eq!(
        (posted.status().as_u16(), header(&posted, "allow")),
        (405, "GET, HEAD")
    );
    let nothing = |_: &str| None;
    let app: Router = Router::new().fallback_service(pages::<()>(nothing, String::new));
    let bare = app
        .oneshot(Request::get("/").body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(bare.status(), 404);
    assert!(text(bare).await.contains("/api/v1"));
}
