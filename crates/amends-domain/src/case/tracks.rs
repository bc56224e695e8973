//! The tracks of a case: request, goods, money, care; the dispute's stands in `dispute`. Each is a small machine of its own.
//!
//! Must not know: how one moves the other. Tests: `tests/it/flow.rs`.

use serde::{Deserialize, Serialize};

use crate::ledger::Breakdown;
use crate::time::Moment;

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
    /// What was missing is with the buyer.
    Reissued,
    /// The repaired goods are with the buyer.
    Repaired,
    /// Money on top was paid, no goods moved.
    Compensated,
    /// A question was answered, a complaint settled.
    Resolved,
    /// The order was paid and sent.
    Dispatched,
    /// The order was not paid, and that was reported.
    Unpaid,
}

impl Outcome {
    /// Whether it settled the matter, so that the same again is answered with it (INT-5). A buyer who
    /// took his request back, or did not ship in time, may ask again.
    pub fn settles(self) -> bool {
        !matches!(self, Self::Withdrawn | Self::NotShipped)
    }

    /// Whether something was done for the buyer, so that he is asked afterwards (CLK-9).
    pub fn is_followed_up(self) -> bool {
        !matches!(
            self,
            Self::Withdrawn
                | Self::NotShipped
                | Self::Refused
                | Self::NothingAccepted
                | Self::Dispatched
                | Self::Unpaid
        )
    }
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
    /// With the shop, to be repaired.
    InRepair,
    /// Repaired and on the way back.
    RepairedOnTheWay(Parcel),
    /// The buyer has the repaired goods.
    RepairedReceived,
}

/// A parcel's carrier and number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The carrier's name or code.
    pub carrier: String,
    /// The waybill number 运单号.
    pub waybill: String,
}

/// A carrier comes to the buyer's door for the return 上门取件.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pickup {
    /// The carrier's name or code.
    pub carrier: String,
    /// From when he may come.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// The carrier's number of the booking, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
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
