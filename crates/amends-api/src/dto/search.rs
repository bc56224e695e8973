//! What a search found over the wire: cases and orders, each with what led to it. Nothing of a
//! buyer's identity is in it.
//!
//! Must not know: how they are found. Tests: `tests/it/queue.rs`.

use std::collections::BTreeMap;

use amends_app::cases::case_search::{Found, FoundCase, FoundOrder};
use amends_domain::ids::{BuyerId, OrderId};
use amends_domain::order::Order;
use serde::Serialize;
use utoipa::ToSchema;

use super::case_list::CaseSummary;
use super::values::At;
use super::words::{FoundBy, OrderPhase};

/// Longest part of a text that is shown, in characters.
const EXCERPT_CHARS: usize = 120;

/// What was found: at most 20 cases and 20 orders.
#[derive(Serialize, ToSchema)]
#[schema(as = Found)]
pub(crate) struct FoundDto {
    /// Numbers before names before words.
    cases: Vec<FoundCaseDto>,
    /// Numbers before names.
    orders: Vec<FoundOrderDto>,
}

/// A case that was found.
#[derive(Serialize, ToSchema)]
#[schema(as = FoundCase)]
pub(crate) struct FoundCaseDto {
    /// What led to it.
    by: FoundBy,
    /// The case.
    case: CaseSummary,
    /// The beginning of the message or note, where words led to it.
    excerpt: Option<String>,
}

/// An order that was found.
#[derive(Serialize, ToSchema)]
#[schema(as = FoundOrder)]
pub(crate) struct FoundOrderDto {
    /// What led to it.
    by: FoundBy,
    /// Its id.
    #[schema(value_type = String)]
    id: OrderId,
    /// The number shop and buyer know it by.
    number: String,
    /// Who bought.
    #[schema(value_type = String)]
    buyer: BuyerId,
    /// How far it got.
    phase: OrderPhase,
    /// When it was ordered, as far as that is known, or else paid.
    since: At,
}

impl FoundDto {
    pub(crate) fn of(found: &Found, about: &BTreeMap<OrderId, Order>) -> Self {
        Self {
            cases: found.cases.iter().map(|found| case(found, about)).collect(),
            orders: found.orders.iter().map(order).collect(),
        }
    }
}

fn case(found: &FoundCase, about: &BTreeMap<OrderId, Order>) -> FoundCaseDto {
    let excerpt = |text: &String| text.chars().take(EXCERPT_CHARS).collect();
    FoundCaseDto {
        by: found.by.into(),
        case: CaseSummary::of(&found.row, about, false),
        excerpt: found.text.as_ref().map(excerpt),
    }
}

fn order(found: &FoundOrder) -> FoundOrderDto {
    let order = &found.row.order;
    FoundOrderDto {
        by: found.by.into(),
        id: order.id,
        number: order.number.clone(),
        buyer: order.buyer,
        phase: order.phase().into(),
        since: order.since().into(),
    }
}
