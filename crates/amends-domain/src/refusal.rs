//! Refusals: every way a command can be declined, with the facts that explain it and a stable code.
//!
//! They are looked for in the order the variants stand in; the first that applies is given.
//! Must not know: languages; the catalogue of texts is keyed by code. Tests: `tests/it/refusals.rs`.

use serde::Serialize;

use crate::case::Kind;
use crate::case::Status;
use crate::ids::LineId;
use crate::money::{Currency, Money};
use crate::policy::ClauseId;

/// Why a command is declined. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The command is for a case that is not there.
    #[error("there is no such case")]
    NoSuchCase,
    /// The case to be opened is there already.
    #[error("this case is already open")]
    CaseExists,
    /// This actor may not give this command.
    #[error("this is not for {actor} to do")]
    NotForYou {
        /// Who asked: `buyer`, a role, or a machine.
        actor: &'static str,
    },
    /// The case has changed since the actor saw it.
    #[error("the case has changed: seen {seen}, now {now}")]
    StaleTerms {
        /// The terms the actor saw.
        seen: u64,
        /// The terms now.
        now: u64,
    },
    /// The case is over.
    #[error("the case is closed")]
    CaseClosed,
    /// Not in this state.
    #[error("this cannot be done while the case is {status:?}")]
    NotNow {
        /// Where the case is.
        status: Status,
    },
    /// The kind needs an order.
    #[error("this kind of case needs an order")]
    OrderNeeded,
    /// The order was called off.
    #[error("the order was cancelled")]
    OrderCancelled,
    /// Goods that were not delivered cannot come back.
    #[error("the order has not been delivered, so nothing can be returned or exchanged yet")]
    NotDelivered,
    /// A kind that is not open for this.
    #[error("this is not possible for a {kind:?} case")]
    WrongKind {
        /// The case's kind.
        kind: Kind,
    },
    /// The reason is not in the tree.
    #[error("there is no reason {given:?}")]
    UnknownReason {
        /// As given.
        given: String,
        /// What can be given.
        known: Vec<String>,
    },
    /// A refusal's reason is not in the list.
    #[error("there is no refusal reason {given:?}")]
    UnknownRefusalReason {
        /// As given.
        given: String,
        /// What can be given.
        known: Vec<String>,
    },
    /// The order has no such line.
    #[error("the order has no line {line}")]
    UnknownLine {
        /// As given.
        line: LineId,
    },
    /// A line named twice, no line, or no unit.
    #[error("name each line once, with at least one unit")]
    NoUnits,
    /// More units than the buyer has and no other case has claimed.
    #[error("{asked} units asked of line {line}, {in_hand} in hand")]
    NotInHand {
        /// The line.
        line: LineId,
        /// As asked.
        asked: u32,
        /// What can be asked.
        in_hand: u32,
    },
    /// An amount in another currency than the order's.
    #[error("amounts of this order are in {order}, not in {given}")]
    WrongCurrency {
        /// As given.
        given: Currency,
        /// The order's.
        order: Currency,
    },
    /// Nothing is asked, or nothing is left.
    #[error("the amount must be above zero; {left} is left")]
    NothingToRefund {
        /// What is left.
        left: Money,
    },
    /// More than is left of what was paid.
    #[error("{asked} asked, {left} left")]
    AboveWhatIsLeft {
        /// As asked.
        asked: Money,
        /// What can be asked.
        left: Money,
    },
    /// An exchange has no amount.
    #[error("an exchange asks for goods, not for an amount")]
    AmountOnExchange,
    /// The shop does not sell what is asked for in exchange.
    #[error("the shop has no product {sku:?}")]
    UnknownProduct {
        /// As given.
        sku: String,
    },
    /// The buyer has renewed often enough.
    #[error("a refused request can be renewed {at_most} times (clause {clause})")]
    TooManyRenewals {
        /// The bound.
        at_most: i64,
        /// Its clause.
        clause: ClauseId,
    },
    /// An inspection that does not add up.
    #[error("line {line}: {claimed} units claimed, {found} accounted for")]
    InspectionDoesNotAddUp {
        /// The line.
        line: LineId,
        /// Units claimed.
        claimed: u32,
        /// Units accounted for.
        found: u32,
    },
    /// Return freight that the buyer bears.
    #[error("the buyer bears the return's freight")]
    FreightIsBuyers,
    /// Return freight above its bound.
    #[error("return freight of {asked}, at most {at_most}")]
    AboveFreightBound {
        /// As asked.
        asked: Money,
        /// The bound.
        at_most: Money,
        /// Its clause, when one stands in the policy.
        clause: Option<ClauseId>,
    },
    /// Compensation that no clause allows.
    #[error("compensation of {asked}, at most {at_most}")]
    CompensationWithoutClause {
        /// As asked.
        asked: Money,
        /// What the clause allows; zero without one.
        at_most: Money,
        /// The clause, when there is one.
        clause: Option<ClauseId>,
    },
    /// Not the difference that is owed.
    #[error("{owed} is owed, not {given}")]
    WrongDifference {
        /// As given.
        given: Money,
        /// What is owed.
        owed: Money,
    },
    /// A score outside 1 to 5.
    #[error("a score is 1 to 5")]
    WrongScore,
    /// A text that must not be empty.
    #[error("{field} must not be empty or longer than {max} characters")]
    TextLength {
        /// Which.
        field: &'static str,
        /// Longest, in characters.
        max: usize,
    },
    /// More than the actor may grant.
    #[error("{asked} is above the limit of {limit}; a {ask} may grant it")]
    AboveAuthority {
        /// What would be paid.
        asked: Money,
        /// The actor's limit.
        limit: Money,
        /// Who to ask.
        ask: &'static str,
    },
}

impl Refusal {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchCase => "no_such_case",
            Self::CaseExists => "case_exists",
            Self::NotForYou { .. } => "not_for_you",
            Self::StaleTerms { .. } => "stale_terms",
            Self::CaseClosed => "case_closed",
            Self::NotNow { .. } => "not_now",
            Self::OrderNeeded => "order_needed",
            Self::OrderCancelled => "order_cancelled",
            Self::NotDelivered => "not_delivered",
            Self::WrongKind { .. } => "wrong_kind",
            Self::UnknownReason { .. } => "unknown_reason",
            Self::UnknownRefusalReason { .. } => "unknown_refusal_reason",
            Self::UnknownLine { .. } => "unknown_line",
            Self::NoUnits => "no_units",
            Self::NotInHand { .. } => "not_in_hand",
            Self::WrongCurrency { .. } => "wrong_currency",
            Self::NothingToRefund { .. } => "nothing_to_refund",
            Self::AboveWhatIsLeft { .. } => "above_what_is_left",
            Self::AmountOnExchange => "amount_on_exchange",
            Self::UnknownProduct { .. } => "unknown_product",
            Self::TooManyRenewals { .. } => "too_many_renewals",
            Self::InspectionDoesNotAddUp { .. } => "inspection_does_not_add_up",
            Self::FreightIsBuyers => "freight_is_buyers",
            Self::AboveFreightBound { .. } => "above_freight_bound",
            Self::CompensationWithoutClause { .. } => "compensation_without_clause",
            Self::WrongDifference { .. } => "wrong_difference",
            Self::WrongScore => "wrong_score",
            Self::TextLength { .. } => "text_length",
            Self::AboveAuthority { .. } => "above_authority",
        }
    }
}
