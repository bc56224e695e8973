//! The buyer book: what the shop knows of a buyer, what he bought and asked for, and who looked at it.
//!
//! Must not know: keys. Tests: `tests/it/books.rs`.

use amends_app::buyers::book::{book_get, book_looks, book_put, buyer_history, buyer_opt_out};
use amends_app::care::mails::care_standing;
use amends_domain::ids::BuyerId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::body::Versioned;
use crate::credential::{Audit, Book, Read, StaffCaller};
use crate::dto::books::{BookBody, BookDto, BookLookDto, BookLooksDto, BookWritten, BuyerHistoryDto};
use crate::dto::care::CareStandingDto;
use crate::dto::case_write::etag;
use crate::headers::VersionHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// A buyer's book, with its `ETag`; what people wrote about him for whoever handles cases alone.
#[utoipa::path(get, path = "/api/v1/buyers/{id}/book", tag = "orders", params(("id" = String, Path)), responses((status = 200, body = BookDto)))]
pub(crate) async fn buyer_book(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<BuyerId>,
) -> Result<Response, Problem> {
    let view = book_get(&api.desk, &caller.0, id).await?;
    Ok((etag(view.version), Json(BookDto::of(view))).into_response())
}

/// Write a buyer's book in the place of the version that was read.
#[utoipa::path(put, path = "/api/v1/buyers/{id}/book", tag = "orders", params(("id" = String, Path), VersionHeader), request_body = BookBody, responses((status = 200, body = BookWritten)))]
pub(crate) async fn buyer_book_put(
    State(api): State<ApiState>,
    caller: StaffCaller<Book>,
    Id(id): Id<BuyerId>,
    Versioned(body, version): Versioned<BookBody>,
) -> Result<Response, Problem> {
    let version = book_put(&api.desk, &caller.0, id, version, body.draft()).await?;
    Ok((etag(version), Json(BookWritten { version })).into_response())
}

/// Who read and who changed a buyer's book.
#[utoipa::path(get, path = "/api/v1/buyers/{id}/book/looks", tag = "orders", params(("id" = String, Path)), responses((status = 200, body = BookLooksDto)))]
pub(crate) async fn buyer_book_looks(
    State(api): State<ApiState>,
    caller: StaffCaller<Audit>,
    Id(id): Id<BuyerId>,
) -> Result<Json<BookLooksDto>, Problem> {
    let looks = book_looks(&api.desk, &caller.0, id).await?;
    let looks = looks.into_iter().map(BookLookDto::of).collect();
    Ok(Json(BookLooksDto { looks }))
}

/// What a buyer bought and asked for.
#[utoipa::path(get, path = "/api/v1/buyers/{id}/history", tag = "orders", params(("id" = String, Path)), responses((status = 200, body = BuyerHistoryDto)))]
pub(crate) async fn buyer_history_get(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<BuyerId>,
) -> Result<Json<BuyerHistoryDto>, Problem> {
    let history = buyer_history(&api.desk, &caller.0, id).await?;
    Ok(Json(BuyerHistoryDto::of(history)))
}

/// Write down that a buyer told the shop he wants no care mail. Only he can take it back, by the link of a
/// mail.
#[utoipa::path(post, path = "/api/v1/buyers/{id}/opt-out", tag = "orders", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn buyer_opted_out(
    State(api): State<ApiState>,
    caller: StaffCaller<Book>,
    Id(id): Id<BuyerId>,
) -> Result<StatusCode, Problem> {
    buyer_opt_out(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether care mail may go to a buyer now, and goods be suggested to him, with the clauses that say so.
#[utoipa::path(get, path = "/api/v1/buyers/{id}/care", tag = "orders", params(("id" = String, Path)), responses((status = 200, body = CareStandingDto)))]
pub(crate) async fn buyer_care(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<BuyerId>,
) -> Result<Json<CareStandingDto>, Problem> {
    let standing = care_standing(&api.desk, &caller.0, id).await?;
    Ok(Json(CareStandingDto::of(standing)))
}
