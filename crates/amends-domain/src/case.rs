//! A case 售后单: five tracks side by side, running clocks, and what is claimed.
//!
//! A track a case does not need is absent. A one-word status is derived, never stored.
//! Must not know: how it is decided or stored. Tests: `tests/it/flow.rs`.

pub mod clock;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::digest::{Digest, TextRef};
use crate::event::Because;
use crate::facts::Product;
use crate::ids::{BuyerId, CaseId, OrderId};
use crate::ledger::{Breakdown, UnitRef};
use crate::money::Currency;
use crate::policy::condition::Verdict;
use crate::policy::{ClauseId, Payer};
use crate::time::Moment;
use clock::{Clock, ClockRun};

/// What the buyer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Money back, goods stay 仅退款.
    RefundOnly,
    /// Goods back, money back 退货退款.
    ReturnAndRefund,
    /// Goods back, other goods out 换货.
    Exchange,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Kind] = &[Self::RefundOnly, Self::ReturnAndRefund, Self::Exchange];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::RefundOnly => "refund_only",
            Self::ReturnAndRefund => "return_and_refund",
            Self::Exchange => "exchange",
        }
    }

    /// Whether goods come back.
    pub fn returns_goods(self) -> bool {
        self != Self::RefundOnly
    }
}

/// The request's track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Waiting for the shop's decision.
    Applied,
    /// Granted; goods and money follow.
    Approved,
    /// Declined; the buyer may renew, ask for intervention, or withdraw.
    Refused,
    /// Over.
    Closed(Outcome),
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The money is back.
    Refunded,
    /// The replacement is with the buyer.
    Exchanged,
    /// The buyer took it back.
    Withdrawn,
    /// The refusal stood.
    Refused,
    /// The buyer did not ship in time.
    NotShipped,
    /// Nothing sent back could be accepted.
    NothingAccepted,
    /// It was granted, and there was nothing left to pay.
    NothingLeft,
}

/// The goods' track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goods {
    /// The buyer is to ship the return.
    ToShip,
    /// The return is on its way.
    OnTheWay(Parcel),
    /// Received and inspected; nothing more moves.
    Inspected,
    /// The replacement is to be dispatched.
    ReplacementToShip,
    /// The replacement is on its way.
    ReplacementOnTheWay(Parcel),
    /// The buyer has the replacement.
    ReplacementReceived,
}

/// A parcel's carrier and number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The carrier's name or code.
    pub carrier: String,
    /// The waybill number 运单号.
    pub waybill: String,
}

/// The money's track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyState {
    /// A refund is due, not yet ordered.
    Due,
    /// The provider has been asked.
    Ordered,
    /// The provider has not said what became of it.
    Unknown,
    /// The provider has said no for good; a person must look.
    Failed,
    /// Paid.
    Paid,
    /// The buyer owes the difference to a dearer replacement.
    DifferenceOwed,
    /// The buyer has paid the difference.
    DifferencePaid,
}

/// A refund that is due. Its number never changes and is the provider's key for it, so that
/// asking again, however often, pays once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Counts the case's refunds from 1.
    pub number: u32,
    /// Counts how often the provider was asked, from 1.
    pub attempt: u32,
    /// What it pays.
    pub breakdown: Breakdown,
    /// It was paid outside the provider and recorded by hand.
    #[serde(default)]
    pub by_hand: bool,
}

/// The dispute's track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispute {
    /// The platform was asked to step in.
    Asked,
    /// The platform has ruled.
    Ruled(Ruling),
}

/// A ruling 仲裁结果.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// As the buyer asked.
    ForBuyer,
    /// The refusal stands.
    ForShop,
    /// A part of what was asked, in minor units.
    InPart {
        /// What is granted.
        amount: i64,
    },
}

/// The follow-up's track 回访.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Care {
    /// The buyer is to be asked.
    Due,
    /// The buyer was asked; a score of 1 to 5 where he gave one.
    Done {
        /// The score.
        score: Option<u8>,
    },
}

/// What is claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The units, each claimed by this case alone.
    pub units: Vec<UnitRef>,
    /// The amount, in minor units; goods first, what is above them is freight. 0 for an exchange.
    pub amount: i64,
    /// What an exchange asks for.
    pub replacement: Option<Product>,
}

/// What a request was judged by beside its claim and the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Whether the goods are intact, as the buyer said.
    pub goods_intact: Option<bool>,
    /// Photos and videos handed in.
    pub photos: u32,
    /// The buyer's earlier cases in ninety days, as they were when it was opened.
    pub returns_last_90_days: u32,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What the buyer asks for.
    pub kind: Kind,
    /// The order it is about.
    pub order: Option<OrderId>,
    /// The buyer.
    pub buyer: BuyerId,
    /// The reason's code.
    pub reason: String,
    /// Currency of every amount in it.
    pub currency: Currency,
    /// What is claimed.
    pub claim: Claim,
    /// The policy set it was opened under.
    pub policy: Digest,
    /// The clause that supports it, when one is met.
    pub right: Option<ClauseId>,
    /// Whether any right supports it.
    pub entitlement: Verdict,
    /// Who bears the return's freight.
    pub return_freight: Payer,
    /// What else the request was judged by, to judge it again when it is renewed.
    #[serde(default)]
    pub declared: Option<Declared>,
    /// When it was opened.
    pub opened_at: Moment,
    /// Events so far.
    pub seq: u64,
    /// Raised by every event that changes a decision.
    pub terms: u64,
    /// The request's track.
    pub request: Request,
    /// The goods' track.
    pub goods: Option<Goods>,
    /// The money's track.
    pub money: Option<MoneyState>,
    /// The dispute's track.
    pub dispute: Option<Dispute>,
    /// The follow-up's track.
    pub care: Option<Care>,
    /// Running clocks.
    pub clocks: BTreeMap<Clock, ClockRun>,
    /// Clocks started so far.
    pub generation: u32,
    /// What is granted on top of the claim, in minor units: once inspected, for the accepted units, and
    /// less what went towards a difference.
    pub compensation: i64,
    /// Return freight to reimburse, in minor units, less what went towards a difference.
    pub return_freight_due: i64,
    /// Units accepted on inspection.
    pub accepted: Vec<UnitRef>,
    /// Units not accepted and still with the shop.
    pub to_send_back: Vec<UnitRef>,
    /// The refund, once due; of a converted exchange the later one.
    pub refund: Option<Refund>,
    /// What the refunds before it come to, in minor units.
    #[serde(default)]
    pub refunded_before: i64,
    /// Numbers of the refunds recorded by hand that the provider has not called paid, too.
    #[serde(default)]
    pub paid_by_hand: BTreeSet<u32>,
    /// The difference the buyer owes or paid, in minor units.
    pub difference: i64,
    /// How often the buyer renewed a refused request.
    pub renewals: u32,
    /// Who must look, while anything calls for it.
    pub escalated_to: Option<Role>,
    /// What calls for it: every cause that stands.
    #[serde(default)]
    pub called_by: BTreeSet<Because>,
    /// Why it was refused, while it is.
    pub refusal: Option<RefusalGiven>,
    /// When it closed.
    pub closed_at: Option<Moment>,
}

/// A refusal as given to the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalGiven {
    /// From the list.
    pub reason: String,
    /// In the shop's own words.
    pub text: Option<TextRef>,
}

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
    /// Closed.
    Closed,
}

impl Case {
    /// Whether a cause still calls for somebody higher: a clock that ended, until what it waited for
    /// is done; a failed refund, until it is paid. Money that went out twice is had back outside, so
    /// that nothing in a case ends it.
    pub fn is_called_by(&self, because: Because) -> bool {
        match because {
            Because::ClockExpired(clock) => clock.waits_in(self),
            Because::RefundFailed => Clock::RefundExecution.waits_in(self),
            Because::RefundPaidTwice => true,
        }
    }

    /// The units it pays for: those that were accepted, where goods come back.
    pub fn paid_units(&self) -> &[UnitRef] {
        if self.kind.returns_goods() {
            &self.accepted
        } else {
            &self.claim.units
        }
    }

    /// Everything its refunds pay or paid, in minor units.
    pub fn refund_total(&self) -> i64 {
        let last = self.refund.as_ref().map_or(0, |refund| refund.breakdown.total());
        self.refunded_before + last
    }

    /// Whether the request is over.
    pub fn is_closed(&self) -> bool {
        matches!(self.request, Request::Closed(_))
    }

    /// The status, derived from the tracks.
    pub fn status(&self) -> Status {
        match (&self.request, &self.dispute) {
            (Request::Closed(_), _) => return Status::Closed,
            (Request::Refused, Some(Dispute::Asked)) => return Status::AwaitingRuling,
            (Request::Refused, _) => return Status::Refused,
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
            _ => Status::AwaitingSendBack,
        }
    }
}
