//! The ledger of violations: points that were deducted, and what was stopped before.
//!
//! Must not know: what is a violation. Tests: `tests/it/violations.rs`, `tests/it/walk.rs`.

use amends_app::violations::{Deduction, ViolationRow, ViolationSum, deduction_add, violations_read};
use amends_domain::ids::{CaseId, PersonId};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::Body;
use crate::credential::{Lead, Read, StaffCaller};
use crate::dto::values::At;
use crate::dto::words::Violation;
use crate::params::Params;
use crate::problem::Problem;
use crate::state::ApiState;

/// When it came.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ViolationsQuery {
    /// Then or later; thirty days before `until` when it is not said.
    #[serde(default)]
    from: Option<At>,
    /// Before; now when it is not said.
    #[serde(default)]
    until: Option<At>,
}

/// Points that were deducted, and what was stopped before it could cost any.
#[derive(Serialize, ToSchema)]
pub(crate) struct ViolationsDto {
    /// Then or later.
    from: At,
    /// And before.
    until: At,
    /// Points deducted.
    deducted: u64,
    /// Points that what was stopped would have cost.
    prevented: u64,
    /// By kind.
    sums: Vec<ViolationSumDto>,
    /// The newest entries, fifty at most.
    latest: Vec<ViolationDto>,
}

/// One kind, deducted or stopped.
#[derive(Serialize, ToSchema)]
pub(crate) struct ViolationSumDto {
    violation: Violation,
    /// Whether it was stopped.
    prevented: bool,
    /// How often.
    count: u64,
    /// Points together.
    points: u64,
}

/// An entry of the ledger.
#[derive(Serialize, ToSchema)]
pub(crate) struct ViolationDto {
    at: At,
    violation: Violation,
    /// Whether it was stopped.
    prevented: bool,
    points: u32,
    /// The clause that says so, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
    /// The case, where there is one.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseId>,
    /// Who said it, or put it down.
    #[schema(value_type = String)]
    person: PersonId,
    /// The platform's own number of a deduction.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// What caused it, in the shop's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl ViolationDto {
    fn of(row: ViolationRow) -> Self {
        Self {
            at: row.at.into(),
            violation: row.violation.into(),
            prevented: row.prevented,
            points: row.points,
            clause: row.clause.map(|clause| clause.to_string()),
            case: row.case,
            person: row.person,
            reference: (!row.prevented).then_some(row.reference),
            note: row.note,
        }
    }
}

/// A deduction as the platform told the shop of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeductionBody {
    /// The platform's own number; 1 to 128 characters.
    reference: String,
    /// When it deducted.
    at: At,
    /// For what.
    violation: Violation,
    /// How many points; at most 1,000.
    points: u32,
    /// On which case.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    case: Option<CaseId>,
    /// What caused it; 1 to 500 characters.
    note: String,
}

/// Points that were deducted, and what was stopped before it could cost any.
#[utoipa::path(get, path = "/api/v1/violations", tag = "shop", params(ViolationsQuery), responses((status = 200, body = ViolationsDto)))]
pub(crate) async fn violations(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<ViolationsQuery>,
) -> Result<Json<ViolationsDto>, Problem> {
    let (from, until) = (query.from.map(|at| at.0), query.until.map(|at| at.0));
    let view = violations_read(&api.desk, &caller.0, from, until).await?;
    let points = |prevented| {
        let of = view.sums.iter().filter(|sum| sum.prevented == prevented);
        of.map(|sum| sum.points).sum()
    };
    let sum = |sum: &ViolationSum| ViolationSumDto {
        violation: sum.violation.into(),
        prevented: sum.prevented,
        count: sum.count,
        points: sum.points,
    };
    Ok(Json(ViolationsDto {
        from: view.from.into(),
        until: view.until.into(),
        deducted: points(false),
        prevented: points(true),
        sums: view.sums.iter().map(sum).collect(),
        latest: view.latest.into_iter().map(ViolationDto::of).collect(),
    }))
}

/// Put down a deduction. The same once more changes nothing.
#[utoipa::path(post, path = "/api/v1/violations", tag = "shop", request_body = DeductionBody, responses((status = 204)))]
pub(crate) async fn violation_add(
    State(api): State<ApiState>,
    caller: StaffCaller<Lead>,
    Body(body): Body<DeductionBody>,
) -> Result<StatusCode, Problem> {
    let deduction = Deduction {
        reference: body.reference,
        at: body.at.0,
        violation: body.violation.into(),
        points: body.points,
        case: body.case,
        note: body.note,
    };
    deduction_add(&api.desk, &caller.0, deduction).await?;
    Ok(StatusCode::NO_CONTENT)
}
