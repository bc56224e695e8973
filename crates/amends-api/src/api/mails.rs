//! Mails: taken in as they are, listed, and brought to their case by somebody who knows whose they are.
//!
//! Must not know: what becomes of a mail. Tests: `tests/it/mails.rs`, `tests/it/walk.rs`.

use std::time::Duration;

use amends_app::error::AppError;
use amends_app::mails::handle::{mail_attach as attach, mail_discard as discard, mail_open as open};
use amends_app::mails::intake::mail_take_in;
use amends_app::mails::read::{MAILS_MAX, mail_get, mails_page};
use amends_app::mails::{IntakeFault, MAIL_BYTES_MAX, MailFilter};
use amends_domain::ids::{CaseId, MailId};
use axum::Json;
use axum::body::Body as RawBody;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use futures_util::StreamExt as _;
use serde::Deserialize;

use crate::body::{Keyed, is_mail};
use crate::credential::{Mails, Read, StaffCaller};
use crate::dto::mails::{MailAttachBody, MailDiscardBody, MailDto, MailOpenBody, MailSummary, MailsPageDto};
use crate::dto::words::MailState;
use crate::headers::{KeyHeader, idempotency_key};
use crate::params::{Id, Params};
use crate::problem::{Fault, Problem};
use crate::state::ApiState;

/// Most mails one person hands over at once.
pub(crate) const MAILS_AT_ONCE_MAX: u32 = 4;
/// Most of a node: each is in memory as a whole.
pub(crate) const MAILS_NODE_MAX: u32 = 8;
/// How long a mail may send nothing before it counts as cut off.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// Mails on a page when nothing else is said.
const PAGE_USUAL: u32 = 50;

/// Which mails to show. Every condition that is given must hold.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MailsQuery {
    /// In one state; those that wait for somebody are `parked`.
    #[serde(default)]
    state: Option<MailState>,
    /// That came to one case.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    case: Option<CaseId>,
    /// The `next` of the page before.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    after: Option<MailId>,
    /// Most mails; 1 to 200, usually 50.
    #[serde(default)]
    limit: Option<u32>,
}

/// Take a mail in, as it came. The body is the mail.
///
/// The same mail again, known by its Message-ID or, where it has none, by its bytes, is answered with what
/// became of it. A mail may have 25 MiB, 100 parts and 20 attachments that are looked at.
#[utoipa::path(post, path = "/api/v1/mails", tag = "mails", request_body(content = Vec<u8>, content_type = "message/rfc822"), responses((status = 201, body = MailDto)))]
pub(crate) async fn mail_receive(
    State(api): State<ApiState>,
    caller: StaffCaller<Mails>,
    request: Request,
) -> Result<(StatusCode, Json<MailDto>), Problem> {
    idempotency_key(request.headers())?;
    if !is_mail(request.headers()) {
        return Err(Fault::MailExpected.into());
    }
    let _slot = api.mails.take(caller.0.person.to_string())?;
    let raw = received(request.into_body()).await?;
    let view = mail_take_in(&api.desk, &caller.0, &raw).await?;
    Ok((StatusCode::CREATED, Json(MailDto::of(view, &caller.0))))
}

/// A page of mails, oldest first; senders are masked.
#[utoipa::path(get, path = "/api/v1/mails", tag = "mails", params(MailsQuery), responses((status = 200, body = MailsPageDto)))]
pub(crate) async fn mails(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<MailsQuery>,
) -> Result<Json<MailsPageDto>, Problem> {
    let filter = MailFilter {
        state: query.state.map(Into::into),
        case: query.case,
    };
    let limit = query.limit.unwrap_or(PAGE_USUAL).min(MAILS_MAX);
    let (views, next) = mails_page(&api.desk, &caller.0, filter, query.after, limit).await?;
    Ok(Json(MailsPageDto {
        mails: views.iter().map(MailSummary::of).collect(),
        next,
    }))
}

/// A mail, with what was written and what was cut or left out of it.
#[utoipa::path(get, path = "/api/v1/mails/{id}", tag = "mails", params(("id" = String, Path)), responses((status = 200, body = MailDto)))]
pub(crate) async fn mail(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<MailId>,
) -> Result<Json<MailDto>, Problem> {
    let view = mail_get(&api.desk, &caller.0, id).await?;
    Ok(Json(MailDto::of(view, &caller.0)))
}

/// Make a parked mail a message of its buyer on a case.
#[utoipa::path(post, path = "/api/v1/mails/{id}/attach", tag = "mails", request_body = MailAttachBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = MailDto)))]
pub(crate) async fn mail_attach(
    State(api): State<ApiState>,
    caller: StaffCaller<Mails>,
    Id(id): Id<MailId>,
    Keyed(body, safety): Keyed<MailAttachBody>,
) -> Result<Json<MailDto>, Problem> {
    let view = attach(&api.desk, &caller.0, id, body.case, safety.key.request).await?;
    Ok(Json(MailDto::of(view, &caller.0)))
}

/// Open a consultation by a parked mail.
#[utoipa::path(post, path = "/api/v1/mails/{id}/open", tag = "mails", request_body = MailOpenBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = MailDto)))]
pub(crate) async fn mail_open(
    State(api): State<ApiState>,
    caller: StaffCaller<Mails>,
    Id(id): Id<MailId>,
    Keyed(body, safety): Keyed<MailOpenBody>,
) -> Result<Json<MailDto>, Problem> {
    let view = open(&api.desk, &caller.0, id, body.open(), safety.key.request).await?;
    Ok(Json(MailDto::of(view, &caller.0)))
}

/// Put a parked mail aside.
#[utoipa::path(post, path = "/api/v1/mails/{id}/discard", tag = "mails", request_body = MailDiscardBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = MailDto)))]
pub(crate) async fn mail_discard(
    State(api): State<ApiState>,
    caller: StaffCaller<Mails>,
    Id(id): Id<MailId>,
    Keyed(body, safety): Keyed<MailDiscardBody>,
) -> Result<Json<MailDto>, Problem> {
    let view = discard(&api.desk, &caller.0, id, body.reason, safety.key.request).await?;
    Ok(Json(MailDto::of(view, &caller.0)))
}

/// All of a mail, unless it is too large or its end does not come.
async fn received(body: RawBody) -> Result<Vec<u8>, Problem> {
    let mut parts = body.into_data_stream();
    let mut raw = Vec::new();
    loop {
        match tokio::time::timeout(SILENCE_MAX, parts.next()).await {
            Ok(Some(Ok(part))) if raw.len() + part.len() <= MAIL_BYTES_MAX => raw.extend_from_slice(&part),
            Ok(Some(Ok(_))) => {
                let limit_bytes = MAIL_BYTES_MAX;
                return Err(AppError::from(IntakeFault::TooLarge { limit_bytes }).into());
            }
            Ok(None) => return Ok(raw),
            // The sender fell silent, or his connection broke.
            Ok(Some(Err(_))) | Err(_) => return Err(AppError::from(IntakeFault::Unreadable).into()),
        }
    }
}
