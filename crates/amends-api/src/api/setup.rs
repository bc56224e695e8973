//! The first shop of an installation.
//!
//! Must not know: where the token is shown. Tests: `tests/it/setup.rs`, `tests/it/walk.rs`.

use amends_app::accounts::people::PersonAdd;
use amends_app::content::starting_policy;
use amends_app::orders::draft::bounded;
use amends_app::shops::settings::ShopSettings;
use amends_app::shops::setup::{setup, setup_needed};
use amends_app::shops::shop_create::ShopCreate;
use amends_domain::actor::Role;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::Body;
use crate::params::Peer;
use crate::problem::{Fault, Problem};
use crate::state::ApiState;

/// Whether a shop has to be founded first.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupDto {
    /// Nothing can be done before it.
    needed: bool,
}

/// The first shop, and its owner.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupBody {
    /// As the program showed it when it started.
    token: String,
    /// The shop's name.
    shop: String,
    /// Its time zone by IANA name.
    #[schema(example = "Asia/Shanghai")]
    time_zone: String,
    /// ISO 4217.
    #[schema(example = "CNY")]
    currency: String,
    /// The name its owner signs in with.
    login: String,
    /// The name others see.
    display_name: String,
    /// At least 10 characters.
    password: String,
}

/// Whether a shop has to be founded first.
#[utoipa::path(get, path = "/api/v1/setup", tag = "accounts", responses((status = 200, body = SetupDto)))]
pub(crate) async fn setup_get(State(api): State<ApiState>) -> Result<Json<SetupDto>, Problem> {
    let needed = setup_needed(&api.desk).await?;
    Ok(Json(SetupDto { needed }))
}

/// Found the first shop.
#[utoipa::path(post, path = "/api/v1/setup", tag = "accounts", request_body = SetupBody, responses((status = 201)))]
pub(crate) async fn setup_post(
    State(api): State<ApiState>,
    Peer(peer): Peer,
    Body(body): Body<SetupBody>,
) -> Result<StatusCode, Problem> {
    api.limiter
        .attempt("setup", peer)
        .map_err(|retry_after_seconds| Fault::TooManyAttempts { retry_after_seconds })?;
    bounded("token", &body.token)?;
    let currency = body.currency.parse();
    let currency = currency.map_err(|_| Problem::invalid("currency", "must be three capital letters"))?;
    let create = ShopCreate {
        name: body.shop,
        time_zone: body.time_zone,
        currency,
        owner: PersonAdd {
            login: body.login,
            display_name: body.display_name,
            password: body.password,
            role: Role::Admin,
        },
        policy: starting_policy()?,
        settings: ShopSettings::default(),
    };
    setup(&api.desk, &body.token, create).await?;
    Ok(StatusCode::CREATED)
}
