//! The web's pages, built by Vite into `web/dist` and carried in the program: the desk at `/`, the buyer's
//! portal at `/portal`.
//!
//! A program that was built without them serves the API alone, and says so. Must not know: the API, shops,
//! sessions. Tests: `tests/it/pages.rs`.

mod answer;

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use axum::routing::MethodRouter;
use axum::routing::any;
use rust_embed::RustEmbed;

/// What Vite built; read from the folder as it is in a debug build.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Built;

/// A file of the pages.
#[derive(Debug, Clone)]
pub struct File {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub media: String,
}

/// The files that were built into the program, by their path.
pub fn built(path: &str) -> Option<File> {
    let found = Built::get(path)?;
    Some(File {
        media: found.metadata.mimetype().to_owned(),
        bytes: found.data,
    })
}

/// Answers whatever no route of the API does, out of these files. Each page gets a word of its own from
/// `nonce`, without which a browser takes no style from it.
pub fn pages<S>(
    files: impl Fn(&str) -> Option<File> + Send + Sync + 'static,
    nonce: impl Fn() -> String + Send + Sync + 'static,
) -> MethodRouter<S, Infallible>
where
    S: Clone + Send + Sync + 'static,
{
    let (files, nonce) = (Arc::new(files), Arc::new(nonce));
    any(move |request: Request| {
        let (files, nonce) = (Arc::clone(&files), Arc::clone(&nonce));
        async move { answered(&request, &*files, &*nonce) }
    })
}

fn answered(
    request: &Request,
    files: &(dyn Fn(&str) -> Option<File> + Send + Sync),
    nonce: &(dyn Fn() -> String + Send + Sync),
) -> Response {
    answer::answer(
        request.method(),
        request.uri().path(),
        request.headers(),
        files,
        nonce,
    )
}
