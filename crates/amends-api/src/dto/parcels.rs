//! Parcels to buyers as carriers report them, and how far each got.
//!
//! Must not know: when one is late. Tests: `tests/it/parcels.rs`.

use amends_app::orders::parcels::ParcelRow;
use amends_app::orders::tracking::{ParcelEvent, ParcelState as State};
use amends_domain::case::Parcel;
use amends_domain::ids::CaseId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::At;

/// What a carrier saw.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ParcelState {
    /// It left the shop.
    Dispatched,
    /// It is on its way.
    InTransit,
    /// It was signed for.
    Delivered,
    /// It came back to the shop.
    Returned,
    /// Something went wrong on the way.
    Exception,
}

/// One event of a parcel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ParcelEvent)]
pub(crate) struct ParcelEventBody {
    /// The order's number.
    order: String,
    /// Who carries it; a parcel is watched where carrier and waybill are said, 1 to 64 characters each.
    #[serde(default)]
    carrier: String,
    /// Its number there.
    #[serde(default)]
    waybill: String,
    /// When.
    at: At,
    /// What.
    state: ParcelState,
}

/// What carriers say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TrackingBody)]
pub(crate) struct TrackingBody {
    /// Events of parcels, 1 to 1,000.
    pub(crate) events: Vec<ParcelEventBody>,
}

/// What taking them in did.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrackedDto {
    /// Events read.
    pub(crate) events: usize,
    /// Orders that moved on.
    pub(crate) orders_moved: usize,
}

/// A parcel to a buyer.
#[derive(Serialize, ToSchema)]
pub(crate) struct ParcelRowDto {
    /// Who carries it.
    carrier: String,
    /// Its number there.
    waybill: String,
    /// How far it got.
    state: ParcelState,
    /// When that was.
    seen_at: At,
    /// Its first sign of moving.
    sent_at: At,
    /// When it should have arrived, while it is watched.
    due_at: Option<At>,
    /// The case that sees to it.
    #[schema(value_type = Option<String>)]
    case: Option<CaseId>,
}

/// A parcel as its buyer sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct BuyerParcelDto {
    /// Who carries it.
    carrier: String,
    /// Its number there.
    waybill: String,
    /// How far it got.
    state: ParcelState,
    /// When that was.
    seen_at: At,
    /// When it usually has arrived, while it is on its way.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<At>,
}

/// The parcels of an order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Parcels {
    /// Those that were named, the first sent first.
    pub(crate) parcels: Vec<ParcelRowDto>,
}

impl ParcelEventBody {
    pub(crate) fn event(self) -> ParcelEvent {
        let (carrier, waybill) = (self.carrier.trim(), self.waybill.trim());
        let parcel = (!carrier.is_empty() && !waybill.is_empty()).then(|| Parcel {
            carrier: carrier.to_owned(),
            waybill: waybill.to_owned(),
        });
        ParcelEvent {
            order: self.order,
            parcel,
            at: self.at.0,
            state: match self.state {
                ParcelState::Dispatched => State::Dispatched,
                ParcelState::InTransit => State::InTransit,
                ParcelState::Delivered => State::Delivered,
                ParcelState::Returned => State::Returned,
                ParcelState::Exception => State::Exception,
            },
        }
    }
}

impl ParcelState {
    fn of(state: State) -> Self {
        match state {
            State::Dispatched => Self::Dispatched,
            State::InTransit => Self::InTransit,
            State::Delivered => Self::Delivered,
            State::Returned => Self::Returned,
            State::Exception => Self::Exception,
        }
    }
}

impl BuyerParcelDto {
    pub(crate) fn of(row: ParcelRow) -> Self {
        Self {
            carrier: row.carrier,
            waybill: row.waybill,
            state: ParcelState::of(row.state),
            seen_at: At(row.seen_at),
            due_at: row.due_at.map(At),
        }
    }
}

impl ParcelRowDto {
    pub(crate) fn of(row: ParcelRow) -> Self {
        Self {
            carrier: row.carrier,
            waybill: row.waybill,
            state: ParcelState::of(row.state),
            seen_at: At(row.seen_at),
            sent_at: At(row.sent_at),
            due_at: row.due_at.map(At),
            case: row.case,
        }
    }
}
