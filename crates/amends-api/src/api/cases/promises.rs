//! Promises to the buyer: each is a deadline of its own.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/handling.rs`, `tests/it/walk.rs`.

use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use super::{command, told_command};
use crate::body::Keyed;
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::Accepted;
use crate::dto::handling::{KeepPromiseBody, MakePromiseBody, MovePromiseBody};
use crate::headers::KeyHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Promise something to the buyer.
#[utoipa::path(post, path = "/api/v1/cases/{id}/make-promise", tag = "cases", request_body = MakePromiseBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_make_promise(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<MakePromiseBody>,
) -> Result<Response, Problem> {
    let due_at = body.due_at.0;
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::MakePromise { text, due_at }
    })
    .await
}

/// A promise was kept.
#[utoipa::path(post, path = "/api/v1/cases/{id}/keep-promise", tag = "cases", request_body = KeepPromiseBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_keep_promise(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<KeepPromiseBody>,
) -> Result<Response, Problem> {
    let promise = body.promise;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::KeepPromise { promise },
    )
    .await
}

/// A promise can't be kept in time: the buyer is told why, and when instead, before it passes.
#[utoipa::path(post, path = "/api/v1/cases/{id}/move-promise", tag = "cases", request_body = MovePromiseBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_move_promise(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<MovePromiseBody>,
) -> Result<Response, Problem> {
    let (promise, due_at) = (body.promise, body.due_at.0);
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::MovePromise {
            promise,
            due_at,
            text,
        }
    })
    .await
}
