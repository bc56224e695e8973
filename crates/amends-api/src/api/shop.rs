//! The shop: its figures, and the policy in force.
//!
//! Must not know: what clauses mean. Tests: `tests/it/shop.rs`.

use amends_app::bundle::bundle_key;
use amends_app::shops::shop_read::{
    policy_current, policy_get, policy_sets as sets, shop_get, shop_settings_set,
};
use amends_domain::digest::Digest;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::body::Body;
use crate::credential::{Manage, Read, StaffCaller};
use crate::dto::policy::PolicyDto;
use crate::dto::policy_sets::{PolicyDiffDto, PolicySetsDto};
use crate::dto::shop::{SettingsDto, ShopDto};
use crate::language::Language;
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// The caller's shop.
#[utoipa::path(get, path = "/api/v1/shop", tag = "shop", responses((status = 200, body = ShopDto)))]
pub(crate) async fn shop(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
) -> Result<Json<ShopDto>, Problem> {
    let view = shop_get(&api.desk, &caller.0).await?;
    let bundle_key = bundle_key(&api.desk, caller.0.shop)?;
    Ok(Json(ShopDto::of(view, bundle_key, api.desk.clock.now())))
}

/// Replace the shop's settings.
#[utoipa::path(put, path = "/api/v1/shop/settings", tag = "shop", request_body = SettingsDto, responses((status = 200, body = SettingsDto)))]
pub(crate) async fn shop_settings(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    Body(body): Body<SettingsDto>,
) -> Result<Json<SettingsDto>, Problem> {
    let currency = shop_get(&api.desk, &caller.0).await?.row.currency;
    let settings = body.settings(currency)?;
    shop_settings_set(&api.desk, &caller.0, &settings).await?;
    Ok(Json(SettingsDto::of(settings, currency)))
}

/// The set that new cases are judged by.
#[utoipa::path(get, path = "/api/v1/policy", tag = "shop", responses((status = 200, body = PolicyDto)))]
pub(crate) async fn policy(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    language: Language,
) -> Result<Json<PolicyDto>, Problem> {
    let set = policy_current(&api.desk, &caller.caller()).await?;
    Ok(Json(PolicyDto::of(&set, language)))
}

/// Every set that was or will be in force, the first first.
#[utoipa::path(get, path = "/api/v1/policy/sets", tag = "shop", responses((status = 200, body = PolicySetsDto)))]
pub(crate) async fn policy_sets(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
) -> Result<Json<PolicySetsDto>, Problem> {
    let sets = sets(&api.desk, &caller.caller()).await?;
    Ok(Json(PolicySetsDto::of(&sets)))
}

/// Two published sets.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PolicyDiffQuery {
    /// The hash of one.
    #[param(value_type = String)]
    from: Digest,
    /// The hash of the other.
    #[param(value_type = String)]
    to: Digest,
}

/// What differs between two published sets.
#[utoipa::path(get, path = "/api/v1/policy/diff", tag = "shop", params(PolicyDiffQuery), responses((status = 200, body = PolicyDiffDto)))]
pub(crate) async fn policy_diff(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<PolicyDiffQuery>,
) -> Result<Json<PolicyDiffDto>, Problem> {
    let caller = caller.caller();
    let from = policy_get(&api.desk, &caller, query.from).await?;
    let to = policy_get(&api.desk, &caller, query.to).await?;
    Ok(Json(PolicyDiffDto::of(from.diff(&to))))
}

/// A set that was published, in force or not.
#[utoipa::path(get, path = "/api/v1/policy/{hash}", tag = "shop", params(("hash" = String, Path)), responses((status = 200, body = PolicyDto)))]
pub(crate) async fn policy_by_hash(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(hash): Id<Digest>,
    language: Language,
) -> Result<Json<PolicyDto>, Problem> {
    let set = policy_get(&api.desk, &caller.caller(), hash).await?;
    Ok(Json(PolicyDto::of(&set, language)))
}
