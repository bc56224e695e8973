//! Paid orders that wait to be sent, as a person reads them.
//!
//! Must not know: by when an order is to leave. Tests: `tests/it/unsent.rs`.

use amends_app::trade::unsent::{Unseen, Unsent, UnsentView};
use amends_domain::ids::OrderId;
use amends_domain::policy::ClauseId;
use serde::Serialize;
use utoipa::ToSchema;

use super::policy::ClauseDto;
use super::values::At;
use crate::language::Language;

/// Orders that were paid and have not left.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnsentOrdersDto {
    /// How many in all.
    count: u64,
    /// The clause that says by when an order is to leave; absent where the policy does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<ClauseDto>,
    /// The longest waiting first, at most 100.
    orders: Vec<UnsentOrderDto>,
    /// Parcels that are said to be sent and that no carrier has seen in time: a platform may take them for fake
    /// dispatches. The oldest first, at most 100.
    unseen: Vec<UnseenParcelDto>,
    /// The clause that says what is in time; absent where the policy does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    unseen_clause: Option<ClauseDto>,
}

/// A parcel that no carrier has seen.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnseenParcelDto {
    /// Its order.
    #[schema(value_type = String)]
    order: OrderId,
    /// The order's number.
    number: String,
    /// Who is said to carry it.
    carrier: String,
    /// Its number there.
    waybill: String,
    /// When it is said to have left.
    sent_at: At,
}

/// An order that was paid and has not left.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnsentOrderDto {
    /// The order.
    #[schema(value_type = String)]
    id: OrderId,
    /// Its number.
    number: String,
    /// When it was paid.
    paid_at: At,
    /// By when it is to leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<At>,
    /// Whether that is over.
    late: bool,
}

impl UnsentOrdersDto {
    pub(crate) fn of(view: UnsentView, language: Language) -> Self {
        let order = |one: Unsent| UnsentOrderDto {
            id: one.order,
            number: one.number,
            paid_at: one.paid_at.into(),
            due_at: one.due_at.map(At::from),
            late: one.is_late,
        };
        let unseen = |one: Unseen| UnseenParcelDto {
            order: one.parcel.order,
            number: one.number,
            carrier: one.parcel.carrier,
            waybill: one.parcel.waybill,
            sent_at: one.parcel.sent_at.into(),
        };
        let told = |id: &Option<ClauseId>| {
            let id = id.as_ref();
            id.map(|id| ClauseDto::of(&view.policy, id, language))
        };
        Self {
            unseen_clause: told(&view.unseen_clause),
            unseen: view.unseen.into_iter().map(unseen).collect(),
            count: view.count,
            clause: told(&view.clause),
            orders: view.first.into_iter().map(order).collect(),
        }
    }
}
