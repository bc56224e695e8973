//! Evidence: files taken in as they come and handed out again, to staff and to buyers.
//!
//! Must not know: what a file is, where it lies. Tests: `tests/it/evidence.rs`, `tests/it/walk.rs`.

use std::io;
use std::time::Duration;

use amends_app::caller::Caller;
use amends_app::cases::case_read::case_get;
use amends_app::error::AppError;
use amends_app::evidence::alike::evidence_alike;
use amends_app::evidence::{
    EvidenceFault, UploadTo, evidence_begin, evidence_get, evidence_list, evidence_open, evidence_take_back,
    evidence_waiting,
};
use amends_domain::ids::{CaseId, EvidenceId};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use futures_util::stream::try_unfold;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use crate::credential::{BuyerCaller, Handle, Read, StaffCaller};
use crate::dto::evidence::{
    AlikeList, EvidenceDto, EvidenceHeaders, EvidenceList, disposition, evidence_head,
};
use crate::params::Id;
use crate::problem::Problem;
use crate::state::{Api, ApiState};

/// Most uploads one person has on their way: a page sends no more at once.
pub(crate) const UPLOADS_MAX: u32 = 4;
/// Most uploads of a node; each writes to the same disk.
pub(crate) const UPLOADS_NODE_MAX: u32 = 200;
/// How long an upload may send nothing before it counts as cut off: a telephone that changes its
/// network is back by then.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// How much of a file is read at once.
const READ_BYTES: usize = 64 * 1_024;

/// Add a piece of evidence to a case. The body is the file.
///
/// Taken are JPEG, PNG, WebP, GIF and HEIC up to 15 MiB, MP4 and MOV up to 200 MiB, PDF and text in
/// UTF-8 up to 20 MiB; at most 60 pieces a case. What a file is, its content says; `Content-Type` must
/// fit it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/evidence", tag = "cases", request_body(content = Vec<u8>, content_type = "application/octet-stream"), params(("id" = String, Path), EvidenceHeaders), responses((status = 201, body = EvidenceDto)))]
pub(crate) async fn evidence_add(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(case): Id<CaseId>,
    request: Request,
) -> Result<Response, Problem> {
    receive(&api, &caller.caller(), UploadTo::Case(case), request).await
}

/// The evidence of a case.
#[utoipa::path(get, path = "/api/v1/cases/{id}/evidence", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = EvidenceList)))]
pub(crate) async fn evidence_of_case(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(case): Id<CaseId>,
) -> Result<Json<EvidenceList>, Problem> {
    let rows = evidence_list(&api.desk, &caller.caller(), case).await?;
    Ok(Json(EvidenceList::of(rows, false)))
}

/// What the buyer of a case handed in that was seen on another case of the shop: the same file, or one that
/// looks the same.
#[utoipa::path(get, path = "/api/v1/cases/{id}/alike", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = AlikeList)))]
pub(crate) async fn evidence_alike_of_case(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(case): Id<CaseId>,
) -> Result<Json<AlikeList>, Problem> {
    let staff = caller.0.clone();
    let view = case_get(&api.desk, &caller.caller(), case).await?;
    let found = evidence_alike(&api.desk, &staff, &view.row.case).await?;
    Ok(Json(AlikeList::of(found)))
}

/// What is known of a piece of evidence.
#[utoipa::path(get, path = "/api/v1/evidence/{id}", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = EvidenceDto)))]
pub(crate) async fn evidence(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<EvidenceId>,
) -> Result<Json<EvidenceDto>, Problem> {
    let row = evidence_get(&api.desk, &caller.caller(), id).await?;
    Ok(Json(EvidenceDto::of(row, false)))
}

/// The file of a piece of evidence, as it was handed in.
#[utoipa::path(get, path = "/api/v1/evidence/{id}/content", tag = "cases", params(("id" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
pub(crate) async fn evidence_content(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<EvidenceId>,
) -> Result<Response, Problem> {
    send(&api, &caller.caller(), id).await
}

/// Hand in a piece of evidence before a case is opened. The body is the file.
///
/// It is added to the case that is opened next on the order of the link, and removed after a day when
/// none is. At most 20 wait at once.
#[utoipa::path(post, path = "/api/v1/buyer/evidence", tag = "buyer", request_body(content = Vec<u8>, content_type = "application/octet-stream"), params(EvidenceHeaders), responses((status = 201, body = EvidenceDto)))]
pub(crate) async fn buyer_evidence_add(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    request: Request,
) -> Result<Response, Problem> {
    receive(&api, &caller.caller(), UploadTo::NextCase, request).await
}

/// What was handed in on the order of the link and waits for its case.
#[utoipa::path(get, path = "/api/v1/buyer/evidence", tag = "buyer", responses((status = 200, body = EvidenceList)))]
pub(crate) async fn buyer_evidence_waiting(
    State(api): State<ApiState>,
    caller: BuyerCaller,
) -> Result<Json<EvidenceList>, Problem> {
    let rows = evidence_waiting(&api.desk, &caller.0).await?;
    Ok(Json(EvidenceList::of(rows, true)))
}

/// Take back what was handed in and waits for its case.
#[utoipa::path(delete, path = "/api/v1/buyer/evidence/{id}", tag = "buyer", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn buyer_evidence_take_back(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<EvidenceId>,
) -> Result<StatusCode, Problem> {
    evidence_take_back(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Add a piece of evidence to a case. The body is the file.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/evidence", tag = "buyer", request_body(content = Vec<u8>, content_type = "application/octet-stream"), params(("id" = String, Path), EvidenceHeaders), responses((status = 201, body = EvidenceDto)))]
pub(crate) async fn buyer_case_evidence_add(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(case): Id<CaseId>,
    request: Request,
) -> Result<Response, Problem> {
    receive(&api, &caller.caller(), UploadTo::Case(case), request).await
}

/// The evidence of a case: what the buyer added, and what the shop shares with him.
#[utoipa::path(get, path = "/api/v1/buyer/cases/{id}/evidence", tag = "buyer", params(("id" = String, Path)), responses((status = 200, body = EvidenceList)))]
pub(crate) async fn buyer_evidence_of_case(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(case): Id<CaseId>,
) -> Result<Json<EvidenceList>, Problem> {
    let rows = evidence_list(&api.desk, &caller.caller(), case).await?;
    Ok(Json(EvidenceList::of(rows, true)))
}

/// What is known of a piece of evidence.
#[utoipa::path(get, path = "/api/v1/buyer/evidence/{id}", tag = "buyer", params(("id" = String, Path)), responses((status = 200, body = EvidenceDto)))]
pub(crate) async fn buyer_evidence(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<EvidenceId>,
) -> Result<Json<EvidenceDto>, Problem> {
    let row = evidence_get(&api.desk, &caller.caller(), id).await?;
    Ok(Json(EvidenceDto::of(row, true)))
}

/// The file of a piece of evidence, as it was handed in.
#[utoipa::path(get, path = "/api/v1/buyer/evidence/{id}/content", tag = "buyer", params(("id" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
pub(crate) async fn buyer_evidence_content(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<EvidenceId>,
) -> Result<Response, Problem> {
    send(&api, &caller.caller(), id).await
}

/// Takes a file in, part by part; only one part of it is in memory.
async fn receive(api: &Api, caller: &Caller, to: UploadTo, request: Request) -> Result<Response, Problem> {
    let head = evidence_head(request.headers())?;
    let _slot = api.uploads.take(caller.scope())?;
    let mut upload = evidence_begin(&api.desk, caller, to, head).await?;
    let mut parts = request.into_body().into_data_stream();
    loop {
        match tokio::time::timeout(SILENCE_MAX, parts.next()).await {
            Ok(Some(Ok(part))) => upload.write(&part).await?,
            Ok(None) => break,
            // The sender fell silent, or his connection broke.
            Ok(Some(Err(_))) | Err(_) => return Err(AppError::from(EvidenceFault::CutOff).into()),
        }
    }
    let row = upload.finish().await?;
    let for_buyer = matches!(caller, Caller::Buyer(_));
    Ok((StatusCode::CREATED, Json(EvidenceDto::of(row, for_buyer))).into_response())
}

/// Hands a file out. It is saved, never shown in a page of ours: its content is a stranger's.
async fn send(api: &Api, caller: &Caller, id: EvidenceId) -> Result<Response, Problem> {
    let (row, file) = evidence_open(&api.desk, caller, id).await?;
    let media = if row.media.starts_with("text/") {
        format!("{}; charset=utf-8", row.media)
    } else {
        row.media.clone()
    };
    let headers = [
        (CONTENT_TYPE, media),
        (CONTENT_LENGTH, row.bytes.to_string()),
        (CONTENT_DISPOSITION, disposition(&row)),
    ];
    Ok((headers, Body::from_stream(try_unfold(file, part))).into_response())
}

/// The next part of a file that is handed out.
pub(crate) async fn part(mut file: File) -> io::Result<Option<(Bytes, File)>> {
    let mut part = vec![0; READ_BYTES];
    let count = file.read(&mut part).await?;
    part.truncate(count);
    Ok((count > 0).then(|| (Bytes::from(part), file)))
}
