//! Before the platform, for the shop: asking it to step in, statements, the ruling, the appeal, and whether
//! the shop is ready.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/disputes.rs`, `tests/it/walk.rs`.

use amends_app::bundle::bundle_make;
use amends_app::cases::case_read::case_get;
use amends_app::cases::case_readiness::case_readiness;
use amends_app::evidence::evidence_named;
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use futures_util::stream::try_unfold;
use tokio::fs::File;

use super::{command, text_command, told_command};
use crate::api::evidence::part;
use crate::body::{Decided, Keyed};
use crate::credential::{Handle, Read, StaffCaller};
use crate::dto::case_write::{Accepted, NothingBody, RuleBody};
use crate::dto::dispute::{AppealBody, InterventionBody, ReadinessDto, StatementBody, side};
use crate::headers::{DecisionHeaders, KeyHeader};
use crate::language::Language;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Ask the platform to step in.
#[utoipa::path(post, path = "/api/v1/cases/{id}/intervention", tag = "cases", request_body = InterventionBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_intervention(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<InterventionBody>,
) -> Result<Response, Problem> {
    let by = side(body.by);
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::AskIntervention { by, text }
    })
    .await
}

/// Let go of what the shop had asked the platform for.
#[utoipa::path(post, path = "/api/v1/cases/{id}/withdraw-intervention", tag = "cases", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_withdraw_intervention(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::WithdrawIntervention).await
}

/// Hand in what the shop has to say and to show.
#[utoipa::path(post, path = "/api/v1/cases/{id}/statements", tag = "cases", request_body = StatementBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_submit_statement(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<StatementBody>,
) -> Result<Response, Problem> {
    let caller = caller.caller();
    let by = side(body.by);
    let evidence = evidence_named(&api.desk, &caller, id, body.evidence).await?;
    told_command(&api, &caller, id, safety, body.text, move |text| {
        Command::SubmitStatement { by, text, evidence }
    })
    .await
}

/// Enter the platform's ruling. It is carried out at once, or when the time for an appeal is over.
#[utoipa::path(post, path = "/api/v1/cases/{id}/rule", tag = "cases", request_body = RuleBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_rule(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(mut body, safety): Decided<RuleBody>,
) -> Result<Response, Problem> {
    let caller = caller.caller();
    let currency = case_get(&api.desk, &caller, id).await?.row.case.currency;
    let grounds = body.text.take();
    let ruling = body.ruling(currency)?;
    text_command(&api, &caller, id, safety, grounds, move |text| Command::Rule {
        ruling,
        text,
    })
    .await
}

/// Ask the platform to look once more at what it ruled.
#[utoipa::path(post, path = "/api/v1/cases/{id}/appeal", tag = "cases", request_body = AppealBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_appeal(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<AppealBody>,
) -> Result<Response, Problem> {
    let by = side(body.by);
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::Appeal { by, text }
    })
    .await
}

/// Everything that was said, done and shown, in one signed archive: a document to read, the originals, the
/// case's events, and a list of it all. `amends verify-bundle` proves it.
#[utoipa::path(get, path = "/api/v1/cases/{id}/bundle", tag = "cases", params(("id" = String, Path)), responses((status = 200, content_type = "application/zip", body = Vec<u8>)))]
pub(crate) async fn case_bundle(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<CaseId>,
) -> Result<Response, Problem> {
    let staff = caller.0.clone();
    let caller = caller.caller();
    let view = case_get(&api.desk, &caller, id).await?;
    let number = view.row.number;
    let slot = api.uploads.take(caller.scope())?;
    let file = bundle_make(&api.desk, &staff, &view).await?;
    let file = File::from_std(file);
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"amends-{number}.zip\""),
        ),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    // Until it was read to its end it takes its place, and room on the disk.
    let parts = try_unfold((file, slot), async |(file, slot)| {
        let next = part(file).await?;
        Ok::<_, std::io::Error>(next.map(|(bytes, file)| (bytes, (file, slot))))
    });
    Ok((headers, Body::from_stream(parts)).into_response())
}

/// Whether the shop is ready to stand before the platform: each known cause of losing, looked at.
#[utoipa::path(get, path = "/api/v1/cases/{id}/readiness", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = ReadinessDto)))]
pub(crate) async fn case_readiness_get(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<CaseId>,
    language: Language,
) -> Result<Json<ReadinessDto>, Problem> {
    let staff = caller.0.clone();
    let view = case_get(&api.desk, &caller.caller(), id).await?;
    let readiness = case_readiness(&api.desk, &staff, &view).await?;
    Ok(Json(ReadinessDto::of(&readiness, &view.policy, language)))
}
