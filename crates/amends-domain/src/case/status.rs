//! The one word a screen shows for a case, derived from its tracks and never stored as truth.
//!
//! Must not know: what may be done in it. Tests: `tests/it/flow.rs`.

use serde::{Deserialize, Serialize};

use super::trade::Trade;
use super::{Case, Goods, MoneyState, Request};

/// The one word a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The shop decides.
    AwaitingDecision,
    /// Refused, the buyer may answer.
    Refused,
    /// The platform decides.
    AwaitingRuling,
    /// The buyer ships.
    AwaitingReturn,
    /// On its way to the shop.
    ReturnOnTheWay,
    /// The shop refunds.
    AwaitingRefund,
    /// The provider pays.
    RefundOnTheWay,
    /// The refund needs a person.
    RefundInTrouble,
    /// The buyer pays the difference.
    AwaitingDifference,
    /// The shop dispatches.
    AwaitingReplacement,
    /// On its way to the buyer.
    ReplacementOnTheWay,
    /// Units go back to the buyer.
    AwaitingSendBack,
    /// The shop answers a question or settles a complaint.
    AwaitingAnswer,
    /// The buyer chooses between options.
    AwaitingChoice,
    /// The goods are tried with corrected use.
    OnTrial,
    /// The shop repairs.
    AwaitingRepair,
    /// Repaired and on the way to the buyer.
    RepairedOnTheWay,
    /// Something agreed beside goods and money is to be given.
    AwaitingSteps,
    /// The buyer pays what he ordered.
    AwaitingPayment,
    /// The shop sends what was paid.
    AwaitingDispatch,
    /// Closed.
    Closed,
}

impl Case {
    /// The status, derived from the tracks.
    pub fn status(&self) -> Status {
        match (&self.request, &self.dispute) {
            (Request::Closed(_), _) => return Status::Closed,
            (Request::Refused, Some(_)) => return Status::AwaitingRuling,
            (Request::Applied | Request::Refused, _) if self.trial.is_some() => return Status::OnTrial,
            (Request::Applied | Request::Refused, _) if self.open_offer().is_some() => {
                return Status::AwaitingChoice;
            }
            (Request::Refused, _) => return Status::Refused,
            (Request::Applied, _) if self.trade_waits(Trade::is_paid) => return Status::AwaitingDispatch,
            (Request::Applied, _) if self.trade.is_some() => return Status::AwaitingPayment,
            (Request::Applied, _) if !self.kind.is_decided() => return Status::AwaitingAnswer,
            (Request::Applied, _) => return Status::AwaitingDecision,
            (Request::Approved, _) => {}
        }
        match (&self.goods, self.money) {
            (Some(Goods::ToShip), _) => Status::AwaitingReturn,
            (Some(Goods::OnTheWay(_)), _) => Status::ReturnOnTheWay,
            (_, Some(MoneyState::DifferenceOwed)) => Status::AwaitingDifference,
            (_, Some(MoneyState::Due)) => Status::AwaitingRefund,
            (_, Some(MoneyState::Ordered)) => Status::RefundOnTheWay,
            (_, Some(MoneyState::Unknown | MoneyState::Failed)) => Status::RefundInTrouble,
            (Some(Goods::ReplacementToShip), _) => Status::AwaitingReplacement,
            (Some(Goods::ReplacementOnTheWay(_)), _) => Status::ReplacementOnTheWay,
            (Some(Goods::InRepair), _) => Status::AwaitingRepair,
            (Some(Goods::RepairedOnTheWay(_)), _) => Status::RepairedOnTheWay,
            _ if self.is_before_platform() => Status::AwaitingRuling,
            _ if !self.to_send_back.is_empty() => Status::AwaitingSendBack,
            _ => Status::AwaitingSteps,
        }
    }
}
