//! Handling a case: what is found out about it, how grave it is, whose it is.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/handling.rs`, `tests/it/walk.rs`.

use amends_app::cases::case_handling::{case_assign as assign, case_find as find};
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{command, text_command, told_command};
use crate::body::{Decided, Keyed, Safety};
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::{Accepted, TextBody, accepted};
use crate::dto::handling::{AskEvidenceBody, AssessmentDto, AssignBody, FindBody, PassUpBody, TagBody};
use crate::dto::remedy_write::SupplyBody;
use crate::headers::{DecisionHeaders, KeyHeader};
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Put down who is liable, and what was found of the goods.
#[utoipa::path(post, path = "/api/v1/cases/{id}/find", tag = "cases", request_body = FindBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_find(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<FindBody>,
) -> Result<Response, Problem> {
    let Safety { key, terms } = safety;
    let committed = find(&api.desk, &caller.caller(), id, body.find(), terms, Some(key)).await?;
    Ok(accepted(StatusCode::OK, &committed))
}

/// Ask the buyer for evidence; not where he needs none.
#[utoipa::path(post, path = "/api/v1/cases/{id}/ask-evidence", tag = "cases", request_body = AskEvidenceBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_ask_evidence(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<AskEvidenceBody>,
) -> Result<Response, Problem> {
    let kinds = body.kinds()?;
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::AskEvidence { kinds, text }
    })
    .await
}

/// Say what a case was judged without: photos, whether the goods are intact.
#[utoipa::path(post, path = "/api/v1/cases/{id}/supply", tag = "cases", request_body = SupplyBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_supply(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<SupplyBody>,
) -> Result<Response, Problem> {
    let SupplyBody { goods_intact, photos } = body;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::Supply { goods_intact, photos },
    )
    .await
}

/// Note how grave a case is and what lies behind it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/assess", tag = "cases", request_body = AssessmentDto, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_assess(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<AssessmentDto>,
) -> Result<Response, Problem> {
    let assessment = body.assessment();
    command(&api, &caller.caller(), id, safety, Command::Assess { assessment }).await
}

/// Pass a case upward.
#[utoipa::path(post, path = "/api/v1/cases/{id}/pass-up", tag = "cases", request_body = PassUpBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_pass_up(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<PassUpBody>,
) -> Result<Response, Problem> {
    let (to, passed_for) = (body.to.into(), body.passed_for.into());
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::PassUp { to, passed_for, text }
    })
    .await
}

/// Answer what was passed upward.
#[utoipa::path(post, path = "/api/v1/cases/{id}/answer-passed", tag = "cases", request_body = TextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_answer_passed(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TextBody>,
) -> Result<Response, Problem> {
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::AnswerPassed { text }
    })
    .await
}

/// Hand a case to somebody who handles cases, or to nobody.
#[utoipa::path(post, path = "/api/v1/cases/{id}/assign", tag = "cases", request_body = AssignBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_assign(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<AssignBody>,
) -> Result<Response, Problem> {
    let Safety { key, terms } = safety;
    let committed = assign(&api.desk, &caller.caller(), id, body.to, terms, Some(key)).await?;
    Ok(accepted(StatusCode::OK, &committed))
}

/// Set and remove marks.
#[utoipa::path(post, path = "/api/v1/cases/{id}/tag", tag = "cases", request_body = TagBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_tag(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TagBody>,
) -> Result<Response, Problem> {
    let TagBody { add, remove } = body;
    command(&api, &caller.caller(), id, safety, Command::Tag { add, remove }).await
}
