//! Care mail: segments, drafts, what they come to, confirming and calling off; and the way out, which needs
//! no sign-in.
//!
//! Must not know: who is left out. Tests: `tests/it/care.rs`.

use amends_app::care::mails::{
    CARE_MAILS_MAX, CareMailView, care_mail_cancel, care_mail_confirm, care_mail_get, care_mail_put,
    care_mails_page,
};
use amends_app::care::opt_out::{care_opt_in, care_opt_out, way_out_get};
use amends_app::care::preview::{care_mail_preview, segment_preview};
use amends_app::care::segments::{segment_put, segment_remove, segments};
use amends_domain::ids::{CareId, SegmentId};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::body::{Body, Versioned};
use crate::credential::{Care, CareConfirm, StaffCaller};
use crate::dto::care::{
    CareMailBody, CareMailDto, CareMailsDto, CarePreviewDto, CareReachDto, OptedOutDto, SegmentBody,
    SegmentDto, SegmentPreviewBody, SegmentsDto, WayOutDto,
};
use crate::dto::case_write::etag;
use crate::dto::values::At;
use crate::headers::VersionHeader;
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// A body that says nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// Where to go on.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CareMailsQuery {
    /// The `next` of the page before.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    before: Option<CareId>,
    /// Mails on the page, at most 100.
    #[serde(default)]
    limit: Option<u32>,
}

/// The token of a link in a care mail.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WayOutQuery {
    /// As it stands in the link.
    token: String,
}

/// The shop's segments.
#[utoipa::path(get, path = "/api/v1/care/segments", tag = "care", responses((status = 200, body = SegmentsDto)))]
pub(crate) async fn care_segments(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
) -> Result<Json<SegmentsDto>, Problem> {
    let segments = segments(&api.desk, &caller.0).await?;
    let segments = segments.into_iter().map(SegmentDto::of).collect();
    Ok(Json(SegmentsDto { segments }))
}

/// Save a segment.
#[utoipa::path(post, path = "/api/v1/care/segments", tag = "care", request_body = SegmentBody, responses((status = 201, body = SegmentDto)))]
pub(crate) async fn care_segment_add(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Body(body): Body<SegmentBody>,
) -> Result<Response, Problem> {
    let segment = segment_put(&api.desk, &caller.0, None, body.parts()).await?;
    let segment = SegmentDto::of(segment);
    Ok((StatusCode::CREATED, etag(segment.version), Json(segment)).into_response())
}

/// Save another version of a segment. Mails that were confirmed keep their own condition.
#[utoipa::path(put, path = "/api/v1/care/segments/{id}", tag = "care", params(("id" = String, Path), VersionHeader), request_body = SegmentBody, responses((status = 200, body = SegmentDto)))]
pub(crate) async fn care_segment_put(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Id(id): Id<SegmentId>,
    Versioned(body, version): Versioned<SegmentBody>,
) -> Result<Response, Problem> {
    let segment = segment_put(&api.desk, &caller.0, Some((id, version)), body.parts()).await?;
    let segment = SegmentDto::of(segment);
    Ok((etag(segment.version), Json(segment)).into_response())
}

/// Remove a segment.
#[utoipa::path(delete, path = "/api/v1/care/segments/{id}", tag = "care", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn care_segment_remove(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Id(id): Id<SegmentId>,
) -> Result<StatusCode, Problem> {
    segment_remove(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whom a condition comes to, the first of them masked. Nothing is saved.
#[utoipa::path(post, path = "/api/v1/care/segments/preview", tag = "care", request_body = SegmentPreviewBody, responses((status = 200, body = CareReachDto)))]
pub(crate) async fn care_segment_preview(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Body(body): Body<SegmentPreviewBody>,
) -> Result<Json<CareReachDto>, Problem> {
    let reach = segment_preview(&api.desk, &caller.0, body.condition()).await?;
    Ok(Json(CareReachDto::of(reach)))
}

/// Care mails, latest first.
#[utoipa::path(get, path = "/api/v1/care/mails", tag = "care", params(CareMailsQuery), responses((status = 200, body = CareMailsDto)))]
pub(crate) async fn care_mails(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Params(query): Params<CareMailsQuery>,
) -> Result<Json<CareMailsDto>, Problem> {
    let limit = query.limit.unwrap_or(CARE_MAILS_MAX);
    let (mails, next) = care_mails_page(&api.desk, &caller.0, query.before, limit).await?;
    let mails = mails.into_iter().map(CareMailDto::of).collect();
    Ok(Json(CareMailsDto { mails, next }))
}

fn mail(view: CareMailView) -> Response {
    let mail = CareMailDto::of(view);
    (etag(mail.version), Json(mail)).into_response()
}

/// Begin a care mail, as a draft.
#[utoipa::path(post, path = "/api/v1/care/mails", tag = "care", request_body = CareMailBody, responses((status = 201, body = CareMailDto)))]
pub(crate) async fn care_mail_add(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Body(body): Body<CareMailBody>,
) -> Result<Response, Problem> {
    let view = care_mail_put(&api.desk, &caller.0, None, body.draft()?).await?;
    Ok((StatusCode::CREATED, mail(view)).into_response())
}

/// A care mail, with what it came to.
#[utoipa::path(get, path = "/api/v1/care/mails/{id}", tag = "care", params(("id" = String, Path)), responses((status = 200, body = CareMailDto)))]
pub(crate) async fn care_mail(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Id(id): Id<CareId>,
) -> Result<Response, Problem> {
    Ok(mail(care_mail_get(&api.desk, &caller.0, id).await?))
}

/// Write another version of a draft.
#[utoipa::path(put, path = "/api/v1/care/mails/{id}", tag = "care", params(("id" = String, Path), VersionHeader), request_body = CareMailBody, responses((status = 200, body = CareMailDto)))]
pub(crate) async fn care_mail_write(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Id(id): Id<CareId>,
    Versioned(body, version): Versioned<CareMailBody>,
) -> Result<Response, Problem> {
    let draft = body.draft()?;
    Ok(mail(
        care_mail_put(&api.desk, &caller.0, Some((id, version)), draft).await?,
    ))
}

/// What a draft comes to: who gets it, who is left out and why, from when on, and its whole text. Words for
/// which the policy deducts points are refused here already.
#[utoipa::path(post, path = "/api/v1/care/mails/{id}/preview", tag = "care", params(("id" = String, Path)), responses((status = 200, body = CarePreviewDto)))]
pub(crate) async fn care_preview(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Id(id): Id<CareId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<CarePreviewDto>, Problem> {
    let preview = care_mail_preview(&api.desk, &caller.0, id).await?;
    Ok(Json(CarePreviewDto::of(preview)))
}

/// Confirm a draft of the version that was read: its letters are then written and sent within the policy's
/// hours.
#[utoipa::path(post, path = "/api/v1/care/mails/{id}/confirm", tag = "care", params(("id" = String, Path), VersionHeader), responses((status = 200, body = CareMailDto)))]
pub(crate) async fn care_confirm(
    State(api): State<ApiState>,
    caller: StaffCaller<CareConfirm>,
    Id(id): Id<CareId>,
    Versioned(Nothing {}, version): Versioned<Nothing>,
) -> Result<Response, Problem> {
    Ok(mail(care_mail_confirm(&api.desk, &caller.0, id, version).await?))
}

/// Call a care mail off: what has not left does not go.
#[utoipa::path(post, path = "/api/v1/care/mails/{id}/cancel", tag = "care", params(("id" = String, Path)), responses((status = 200, body = CareMailDto)))]
pub(crate) async fn care_cancel(
    State(api): State<ApiState>,
    caller: StaffCaller<Care>,
    Id(id): Id<CareId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Response, Problem> {
    Ok(mail(care_mail_cancel(&api.desk, &caller.0, id).await?))
}

/// What the way out of a care mail opens. It changes nothing: mail programs open links by themselves.
#[utoipa::path(get, path = "/api/v1/care/opt-out", tag = "buyer", params(WayOutQuery), responses((status = 200, body = WayOutDto)))]
pub(crate) async fn care_way_out(
    State(api): State<ApiState>,
    Params(query): Params<WayOutQuery>,
) -> Result<Json<WayOutDto>, Problem> {
    let view = way_out_get(&api.desk, &query.token).await?;
    Ok(Json(WayOutDto {
        shop: view.shop,
        opted_out_at: view.opted_out_at.map(At),
    }))
}

/// Opt out of care mail, at once. Also for mail programs, by one click (RFC 8058): whatever stands in the
/// body is passed over, the link says it all.
#[utoipa::path(post, path = "/api/v1/care/opt-out", tag = "buyer", params(WayOutQuery), responses((status = 200, body = OptedOutDto)))]
pub(crate) async fn care_opt_out_post(
    State(api): State<ApiState>,
    Params(query): Params<WayOutQuery>,
) -> Result<Json<OptedOutDto>, Problem> {
    let done = care_opt_out(&api.desk, &query.token).await?;
    Ok(Json(OptedOutDto {
        opted_out_at: done.at.into(),
        stopped: done.stopped,
        leaving: done.leaving,
    }))
}

/// Take an opt-out back; only who has the link can.
#[utoipa::path(delete, path = "/api/v1/care/opt-out", tag = "buyer", params(WayOutQuery), responses((status = 204)))]
pub(crate) async fn care_opt_in_post(
    State(api): State<ApiState>,
    Params(query): Params<WayOutQuery>,
) -> Result<StatusCode, Problem> {
    care_opt_in(&api.desk, &query.token).await?;
    Ok(StatusCode::NO_CONTENT)
}
