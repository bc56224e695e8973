//! Parcels to buyers: what carriers say of them, and how far each got (CLK-15).
//!
//! Must not know: when one is late. Tests: `tests/it/parcels.rs`.

use amends_app::orders::parcels::parcels;
use amends_app::orders::tracking::tracking_import;
use amends_domain::ids::OrderId;
use axum::Json;
use axum::extract::State;

use crate::body::Body;
use crate::credential::{Orders, Read, StaffCaller};
use crate::dto::parcels::{ParcelEventBody, ParcelRowDto, Parcels, TrackedDto, TrackingBody};
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Most events of one request.
const EVENTS_MAX: usize = 1_000;

/// Hand in what carriers say about parcels: all of it, or none. The same again changes nothing.
#[utoipa::path(post, path = "/api/v1/tracking", tag = "orders", request_body = TrackingBody, responses((status = 200, body = TrackedDto)))]
pub(crate) async fn tracking(
    State(api): State<ApiState>,
    caller: StaffCaller<Orders>,
    Body(body): Body<TrackingBody>,
) -> Result<Json<TrackedDto>, Problem> {
    if !(1..=EVENTS_MAX).contains(&body.events.len()) {
        return Err(Problem::invalid("events", format!("must be 1 to {EVENTS_MAX}")));
    }
    let events: Vec<_> = body.events.into_iter().map(ParcelEventBody::event).collect();
    let tracked = tracking_import(&api.desk, &caller.0, &events).await?;
    Ok(Json(TrackedDto {
        events: tracked.events,
        orders_moved: tracked.orders_moved,
    }))
}

/// The parcels of an order, how far each got, and the case that sees to a late one.
#[utoipa::path(get, path = "/api/v1/orders/{id}/parcels", tag = "orders", params(("id" = String, Path)), responses((status = 200, body = Parcels)))]
pub(crate) async fn order_parcels(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<OrderId>,
) -> Result<Json<Parcels>, Problem> {
    let rows = parcels(&api.desk, &caller.0, id).await?;
    Ok(Json(Parcels {
        parcels: rows.into_iter().map(ParcelRowDto::of).collect(),
    }))
}
