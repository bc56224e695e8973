//! What a buyer says against the shop: before the platform, asking it to step in, letting go, statements, the
//! appeal; and, to the shop itself, that he contests what it noted of him.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/disputes.rs`, `tests/it/abuse.rs`,
//! `tests/it/walk.rs`.

use amends_app::evidence::evidence_named;
use amends_domain::case::Side;
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use crate::api::cases::{command, text_command, told_command};
use crate::body::Keyed;
use crate::credential::BuyerCaller;
use crate::dto::case_write::{Accepted, NothingBody, OptionalTextBody, TextBody};
use crate::dto::dispute::OwnStatementBody;
use crate::headers::KeyHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Ask the platform to step in.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/intervention", tag = "buyer", request_body = OptionalTextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_intervention(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<OptionalTextBody>,
) -> Result<Response, Problem> {
    text_command(&api, &caller.caller(), id, safety, body.text, |text| {
        Command::AskIntervention {
            by: Side::Buyer,
            text,
        }
    })
    .await
}

/// Let go of what the platform was asked for.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/withdraw-intervention", tag = "buyer", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_withdraw_intervention(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::WithdrawIntervention).await
}

/// Hand in what you have to say and to show.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/statements", tag = "buyer", request_body = OwnStatementBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_submit_statement(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<OwnStatementBody>,
) -> Result<Response, Problem> {
    let caller = caller.caller();
    let evidence = evidence_named(&api.desk, &caller, id, body.evidence).await?;
    told_command(&api, &caller, id, safety, body.text, move |text| {
        Command::SubmitStatement {
            by: Side::Buyer,
            text,
            evidence,
        }
    })
    .await
}

/// Ask the platform to look once more at what it ruled.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/appeal", tag = "buyer", request_body = TextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_appeal(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TextBody>,
) -> Result<Response, Problem> {
    told_command(&api, &caller.caller(), id, safety, body.text, |text| {
        Command::Appeal {
            by: Side::Buyer,
            text,
        }
    })
    .await
}

/// Say that what the shop noted of you is not so; once. Somebody higher looks at it.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/contest-abuse", tag = "buyer", request_body = TextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_contest_abuse(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TextBody>,
) -> Result<Response, Problem> {
    told_command(&api, &caller.caller(), id, safety, body.text, |text| {
        Command::ContestAbuse { text }
    })
    .await
}
