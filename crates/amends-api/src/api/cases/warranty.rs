//! Claims on covers and visits at the door, by people of the shop, or by the insurer's and provider's systems.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/warranty.rs`, `tests/it/walk.rs`.

use amends_app::evidence::evidence_named;
use amends_domain::command::{Command, CoverRequest};
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use super::{command, text_command, told_command};
use crate::body::Keyed;
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::{Accepted, TextBody};
use crate::dto::values::MoneyDto;
use crate::dto::warranty::{
    BookVisitBody, ClaimCoverBody, EndVisitBody, OrderRepairBody, ReportRepairBody, SettleCoverBody,
};
use crate::headers::KeyHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Claim on a cover: it must hold, be for this trouble, and reach that far.
#[utoipa::path(post, path = "/api/v1/cases/{id}/claim-cover", tag = "warranty", request_body = ClaimCoverBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_claim_cover(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ClaimCoverBody>,
) -> Result<Response, Problem> {
    let caller = caller.caller();
    let (cover, trouble) = (body.cover, body.trouble.into());
    let MoneyDto(amount) = body.amount;
    let evidence = evidence_named(&api.desk, &caller, id, body.evidence).await?;
    told_command(&api, &caller, id, safety, body.text, move |text| {
        Command::ClaimCover(CoverRequest {
            cover,
            trouble,
            amount,
            text,
            evidence,
        })
    })
    .await
}

/// Put down that the insurer ordered the repair from a provider. A second one cannot claim it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/order-repair", tag = "warranty", request_body = OrderRepairBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_order_repair(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<OrderRepairBody>,
) -> Result<Response, Problem> {
    let OrderRepairBody { provider, reference } = body;
    let ordered = Command::OrderRepair { provider, reference };
    command(&api, &caller.caller(), id, safety, ordered).await
}

/// Put down that the provider has repaired, with his fee.
#[utoipa::path(post, path = "/api/v1/cases/{id}/report-repair", tag = "warranty", request_body = ReportRepairBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_report_repair(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ReportRepairBody>,
) -> Result<Response, Problem> {
    let (provider, MoneyDto(fee)) = (body.provider, body.fee);
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::ReportRepair { provider, fee, text }
    })
    .await
}

/// Put down that the insurer declined. What the shop owes the buyer stays as it is.
#[utoipa::path(post, path = "/api/v1/cases/{id}/decline-cover", tag = "warranty", request_body = TextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_decline_cover(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TextBody>,
) -> Result<Response, Problem> {
    told_command(&api, &caller.caller(), id, safety, body.text, |text| {
        Command::DeclineCover { text }
    })
    .await
}

/// Put down what the insurer paid.
#[utoipa::path(post, path = "/api/v1/cases/{id}/settle-cover", tag = "warranty", request_body = SettleCoverBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_settle_cover(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<SettleCoverBody>,
) -> Result<Response, Problem> {
    let (MoneyDto(amount), reference) = (body.amount, body.reference);
    let settled = Command::SettleCover { amount, reference };
    command(&api, &caller.caller(), id, safety, settled).await
}

/// Let go of the claim.
#[utoipa::path(post, path = "/api/v1/cases/{id}/drop-cover", tag = "warranty", request_body = TextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_drop_cover(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TextBody>,
) -> Result<Response, Problem> {
    told_command(&api, &caller.caller(), id, safety, body.text, |text| {
        Command::DropCover { text }
    })
    .await
}

/// Book a visit at the buyer's door, or another slot instead. He is told of it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/book-visit", tag = "warranty", request_body = BookVisitBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_book_visit(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<BookVisitBody>,
) -> Result<Response, Problem> {
    let booked = Command::BookVisit {
        from: body.from.0,
        until: body.until.0,
    };
    command(&api, &caller.caller(), id, safety, booked).await
}

/// Put down what became of the visit. One that was missed is a supervisor's, and the buyer hears of it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/end-visit", tag = "warranty", request_body = EndVisitBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_end_visit(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<EndVisitBody>,
) -> Result<Response, Problem> {
    let outcome = body.outcome.into();
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::EndVisit { outcome, text }
    })
    .await
}
