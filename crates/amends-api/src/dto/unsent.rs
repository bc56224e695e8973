//! Paid orders that wait to be sent, as a person reads them.
//!
//! Must not know: by when an order is to leave. Tests: `tests/it/unsent.rs`.

use amends_app::trade::unsent::{Unsent, UnsentView};
use amends_domain::ids::OrderId;
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
        let clause = view.clause.as_ref();
        Self {
            count: view.count,
            clause: clause.map(|id| ClauseDto::of(&view.policy, id, language)),
            orders: view.first.into_iter().map(order).collect(),
        }
    }
}
