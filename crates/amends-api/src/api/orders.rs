//! Orders: handing them in, reading them, and letting their buyers in.
//!
//! Must not know: files. Tests: `tests/it/orders.rs`.

use amends_app::buyers::buyer_access::buyer_link_create;
use amends_app::orders::draft::OrderDraft;
use amends_app::orders::listing::{listing_attach, listings};
use amends_app::orders::order_import::order_import;
use amends_app::orders::order_read::{order_by_number, order_get};
use amends_domain::ids::{LineId, OrderId};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::Body;
use crate::credential::{Orders as OrdersRight, Read, StaffCaller};
use crate::dto::case_write::NothingBody;
use crate::dto::listing::{ListingBody, ListingDto, Listings};
use crate::dto::order::{OrderDto, Orders};
use crate::dto::order_draft::{OrderDraftBody, OrdersImported};
use crate::dto::values::At;
use crate::params::{Id, Ids, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// Most orders of one request.
const ORDERS_MAX: usize = 1_000;

mod one_or_many;
use one_or_many::OneOrMany;

/// One order, or several.
#[derive(ToSchema)]
#[schema(as = OrdersBody)]
#[serde(untagged)]
#[expect(dead_code, reason = "it only describes the body")]
pub(crate) enum OrdersBody {
    /// One.
    One(Box<OrderDraftBody>),
    /// At most 1,000.
    Many(Vec<OrderDraftBody>),
}

/// Hand in orders: all of them, or none. An order that is known may only have moved on.
#[utoipa::path(post, path = "/api/v1/orders", tag = "orders", request_body = OrdersBody, responses((status = 201, body = OrdersImported), (status = 200, body = OrdersImported, description = "All of them were known")))]
pub(crate) async fn orders_import(
    State(api): State<ApiState>,
    caller: StaffCaller<OrdersRight>,
    Body(body): Body<OneOrMany<OrderDraftBody>>,
) -> Result<(StatusCode, Json<OrdersImported>), Problem> {
    let OneOrMany(orders) = body;
    if !(1..=ORDERS_MAX).contains(&orders.len()) {
        return Err(Problem::invalid("orders", format!("must be 1 to {ORDERS_MAX}")));
    }
    let drafts: Vec<OrderDraft> = orders.into_iter().map(OrderDraftBody::draft).collect();
    let imported = order_import(&api.desk, &caller.0, &drafts).await?;
    let status = if imported.new > 0 {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((
        status,
        Json(OrdersImported {
            orders: imported.orders,
            new: imported.new,
        }),
    ))
}

/// Attach what the product's page said when a line was bought. It is never changed afterwards.
#[utoipa::path(put, path = "/api/v1/orders/{id}/lines/{line}/listing", tag = "orders", request_body = ListingBody, params(("id" = String, Path), ("line" = String, Path)), responses((status = 204)))]
pub(crate) async fn order_listing_put(
    State(api): State<ApiState>,
    caller: StaffCaller<OrdersRight>,
    Ids((id, line)): Ids<OrderId, LineId>,
    Body(body): Body<ListingBody>,
) -> Result<StatusCode, Problem> {
    listing_attach(&api.desk, &caller.0, id, line, &body.draft()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the pages of an order's lines said when they were bought.
#[utoipa::path(get, path = "/api/v1/orders/{id}/listings", tag = "orders", params(("id" = String, Path)), responses((status = 200, body = Listings)))]
pub(crate) async fn order_listings(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<OrderId>,
) -> Result<Json<Listings>, Problem> {
    let kept = listings(&api.desk, &caller.0, id).await?;
    Ok(Json(Listings {
        listings: kept.into_iter().map(ListingDto::of).collect(),
    }))
}

/// An order with its ledger.
#[utoipa::path(get, path = "/api/v1/orders/{id}", tag = "orders", params(("id" = String, Path)), responses((status = 200, body = OrderDto)))]
pub(crate) async fn order(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<OrderId>,
) -> Result<Json<OrderDto>, Problem> {
    Ok(Json(OrderDto::of(order_get(&api.desk, &caller.0, id).await?)))
}

/// Which order to find.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OrderQuery {
    /// The number shop and buyer know it by.
    number: String,
}

/// Find an order by its number.
#[utoipa::path(get, path = "/api/v1/orders", tag = "orders", params(OrderQuery), responses((status = 200, body = Orders)))]
pub(crate) async fn orders(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<OrderQuery>,
) -> Result<Json<Orders>, Problem> {
    let found = order_by_number(&api.desk, &caller.0, &query.number).await?;
    Ok(Json(Orders {
        orders: found.into_iter().map(OrderDto::of).collect(),
    }))
}

/// A link that lets the buyer of an order in.
#[derive(Serialize, ToSchema)]
pub(crate) struct BuyerLink {
    /// For `Authorization: AmendsLink …` or `?link=`.
    token: String,
    /// Until when.
    expires_at: At,
}

/// Make a link for the buyer of an order.
#[utoipa::path(post, path = "/api/v1/orders/{id}/buyer-link", tag = "orders", request_body = NothingBody, params(("id" = String, Path)), responses((status = 201, body = BuyerLink)))]
pub(crate) async fn buyer_link(
    State(api): State<ApiState>,
    caller: StaffCaller<OrdersRight>,
    Id(id): Id<OrderId>,
    Body(NothingBody {}): Body<NothingBody>,
) -> Result<(StatusCode, Json<BuyerLink>), Problem> {
    let (token, link) = buyer_link_create(&api.desk, &caller.0, id).await?;
    Ok((
        StatusCode::CREATED,
        Json(BuyerLink {
            token,
            expires_at: link.expires_at.into(),
        }),
    ))
}
