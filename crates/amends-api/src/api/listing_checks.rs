//! Listings to be checked, because a finding says that they invited a claim.
//!
//! Must not know: what a finding is. Tests: `tests/it/abuse.rs`, `tests/it/walk.rs`.

use amends_app::abuse::listing_checks::{listing_check_done as end, listing_checks as list};
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::body::Body;
use crate::credential::{Orders, Read, StaffCaller};
use crate::dto::abuse::{ListingCheckDoneBody, ListingChecksDto};
use crate::dto::values::At;
use crate::params::Params;
use crate::problem::Problem;
use crate::state::ApiState;

/// Which listings to show.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListingChecksQuery {
    /// Those that were checked, or those that are still to be; both without it.
    #[serde(default)]
    done: Option<bool>,
    /// Of one case.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    case: Option<CaseId>,
    /// Opened before: the last one's of the page before.
    #[serde(default)]
    before: Option<At>,
}

/// Listings to be checked for loopholes, and those that were.
#[utoipa::path(get, path = "/api/v1/listing-checks", tag = "abuse", params(ListingChecksQuery), responses((status = 200, body = ListingChecksDto)))]
pub(crate) async fn listing_checks(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<ListingChecksQuery>,
) -> Result<Json<ListingChecksDto>, Problem> {
    let before = query.before.map(|at| at.0);
    let rows = list(&api.desk, &caller.0, query.done, query.case, before).await?;
    Ok(Json(ListingChecksDto::of(rows)))
}

/// Say that a listing was checked, and what came of it.
#[utoipa::path(post, path = "/api/v1/listing-checks/done", tag = "abuse", request_body = ListingCheckDoneBody, responses((status = 204)))]
pub(crate) async fn listing_check_done(
    State(api): State<ApiState>,
    caller: StaffCaller<Orders>,
    Body(body): Body<ListingCheckDoneBody>,
) -> Result<StatusCode, Problem> {
    end(&api.desk, &caller.0, body.case, &body.sku, body.note).await?;
    Ok(StatusCode::NO_CONTENT)
}
