//! One action on many cases, and what would come of it.
//!
//! Must not know: what the action means. Tests: `tests/it/bulk.rs`, `tests/it/walk.rs`.

use amends_app::cases::case_bulk::{case_bulk, case_bulk_preview};
use axum::Json;
use axum::extract::State;

use crate::body::Keyed;
use crate::credential::{Handle, StaffCaller};
use crate::dto::bulk::{BulkBody, BulkDto};
use crate::headers::KeyHeader;
use crate::language::Language;
use crate::problem::Problem;
use crate::state::ApiState;

/// Do the same with many cases, or say what would come of it. Each is a command of its own: one that is
/// declined does not stop the others. The key may have 150 characters.
#[utoipa::path(post, path = "/api/v1/cases/bulk", tag = "cases", request_body = BulkBody, params(KeyHeader), responses((status = 200, body = BulkDto)))]
pub(crate) async fn cases_bulk(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    language: Language,
    Keyed(body, safety): Keyed<BulkBody>,
) -> Result<Json<BulkDto>, Problem> {
    let preview = body.preview;
    let bulk = body.bulk()?;
    let rows = if preview {
        case_bulk_preview(&api.desk, &caller.0, bulk).await?
    } else {
        case_bulk(&api.desk, &caller.0, bulk, &safety.key).await?
    };
    Ok(Json(BulkDto::of(rows, preview, language)))
}
