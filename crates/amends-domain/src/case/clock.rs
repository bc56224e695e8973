//! Clocks: which there are, who owns them, what they wait for, how they may end. Their lengths stand
//! in policy packs.
//!
//! Must not know: any length of time. Tests: `tests/it/clocks.rs`.

use serde::{Deserialize, Serialize};

use super::cover::ClaimStage;
use super::recourse::Addressee;
use super::review::CaseReview;
use super::trade::Trade;
use super::{Care, Case, Dispute, Goods, MoneyState, Outcome, Request};
use crate::policy::ClauseId;
use crate::time::Moment;

/// A clock of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The shop decides a request (CLK-2).
    Decision,
    /// The buyer answers a refusal: renews, asks for intervention, or lets go.
    RefusalAnswer,
    /// The buyer ships the return (CLK-3).
    ReturnShipment,
    /// The shop confirms the returned parcel (CLK-4a).
    ReceiptConfirmation,
    /// The refund is executed (CLK-4b).
    RefundExecution,
    /// The replacement is dispatched (CLK-5).
    ReplacementDispatch,
    /// The buyer receives the replacement.
    ReplacementReceipt,
    /// Units not accepted go back to the buyer.
    SendBack,
    /// The platform rules (CLK-7).
    Ruling,
    /// Both sides hand in what they have to show (DSP-2).
    Evidence,
    /// A side may ask the platform to look once more; then its ruling is carried out.
    Appeal,
    /// The buyer is asked afterwards (CLK-9).
    FollowUp,
    /// The shop answers the buyer, as the platform demands (CLK-1).
    FirstReply,
    /// The shop answers the buyer, as it set itself to (CLK-1).
    ReplyTarget,
    /// The goods are repaired and on their way back (CLK-6).
    Repair,
    /// Whoever a case was passed up to answers (CLK-10).
    UpwardAnswer,
    /// The next promise to the buyer is kept (CLK-11).
    Promise,
    /// The money arrives with the buyer (CLK-13).
    MoneyArrival,
    /// From opening to closure, as the shop aims at (CLK-17).
    ClosureGoal,
    /// The goods are tried; then the buyer is called (CLK-19).
    Trial,
    /// The buyer chooses between options.
    OfferAnswer,
    /// The next step of the agreed remedy is done, once goods and money have moved (REM-7).
    RemedyStep,
    /// The buyer hears from the shop that something went wrong with his parcel (CLK-15).
    BuyerContact,
    /// The appeal over a parcel is filed with the platform (CLK-8).
    LogisticsAppeal,
    /// The platform answers it, or the shop what is wanted for it (DSP-4).
    AppealProgress,
    /// The carrier is asked for what he owes (DSP-6).
    CarrierClaim,
    /// The carrier answers and pays (DSP-6).
    ClaimProgress,
    /// The buyer is reached about a bad or middling review (CLK-12).
    ReviewContact,
    /// The buyer may rate how he was served (CLK-14).
    ServiceRating,
    /// The buyer is sent the order letter 成交信 (CLK-16).
    OrderLetter,
    /// Who does not answer the order letter is called (CLK-16).
    PaymentCall,
    /// Who answered and did not pay is reminded, with a date (CLK-16).
    PaymentReminder,
    /// Who was reminded pays; then it may be reported 出价不买 (CLK-16).
    NonPayment,
    /// What was paid is sent (CLK-18).
    OrderDispatch,
    /// The buyer rates what he received on the platform; then he is reminded, once (REV-5). It runs on orders
    /// alone: no case starts it.
    OrderRating,
    /// The insurer answers a claim on a cover, and settles what was repaired for it (WAR-2).
    CoverAnswer,
    /// The provider repairs what the insurer ordered (WAR-2).
    CoverRepair,
    /// The slot of a visit at the buyer's door ends (WAR-3).
    Visit,
}

impl Clock {
    /// Every clock.
    pub const ALL: &[Clock] = &[
        Self::Decision,
        Self::RefusalAnswer,
        Self::ReturnShipment,
        Self::ReceiptConfirmation,
        Self::RefundExecution,
        Self::ReplacementDispatch,
        Self::ReplacementReceipt,
        Self::SendBack,
        Self::Ruling,
        Self::Evidence,
        Self::Appeal,
        Self::FollowUp,
        Self::FirstReply,
        Self::ReplyTarget,
        Self::Repair,
        Self::UpwardAnswer,
        Self::Promise,
        Self::MoneyArrival,
        Self::ClosureGoal,
        Self::Trial,
        Self::OfferAnswer,
        Self::RemedyStep,
        Self::BuyerContact,
        Self::LogisticsAppeal,
        Self::AppealProgress,
        Self::CarrierClaim,
        Self::ClaimProgress,
        Self::ReviewContact,
        Self::ServiceRating,
        Self::OrderLetter,
        Self::PaymentCall,
        Self::PaymentReminder,
        Self::NonPayment,
        Self::OrderDispatch,
        Self::OrderRating,
        Self::CoverAnswer,
        Self::CoverRepair,
        Self::Visit,
    ];

    /// Clocks that every set measures: without them a case that every shop has could wait for ever.
    /// What needs one of the others is refused while the set doesn't measure it, or runs unwatched
    /// where nothing depends on it (a goal, a target).
    pub const REQUIRED: &[Clock] = &[
        Self::Decision,
        Self::RefusalAnswer,
        Self::ReturnShipment,
        Self::ReceiptConfirmation,
        Self::RefundExecution,
        Self::ReplacementDispatch,
        Self::ReplacementReceipt,
        Self::SendBack,
        Self::Ruling,
        Self::FollowUp,
    ];

    /// The stable code, as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::RefusalAnswer => "refusal_answer",
            Self::ReturnShipment => "return_shipment",
            Self::ReceiptConfirmation => "receipt_confirmation",
            Self::RefundExecution => "refund_execution",
            Self::ReplacementDispatch => "replacement_dispatch",
            Self::ReplacementReceipt => "replacement_receipt",
            Self::SendBack => "send_back",
            Self::Ruling => "ruling",
            Self::Evidence => "evidence",
            Self::Appeal => "appeal",
            Self::FollowUp => "follow_up",
            Self::FirstReply => "first_reply",
            Self::ReplyTarget => "reply_target",
            Self::Repair => "repair",
            Self::UpwardAnswer => "upward_answer",
            Self::Promise => "promise",
            Self::MoneyArrival => "money_arrival",
            Self::ClosureGoal => "closure_goal",
            Self::Trial => "trial",
            Self::OfferAnswer => "offer_answer",
            Self::RemedyStep => "remedy_step",
            Self::BuyerContact => "buyer_contact",
            Self::LogisticsAppeal => "logistics_appeal",
            Self::AppealProgress => "appeal_progress",
            Self::CarrierClaim => "carrier_claim",
            Self::ClaimProgress => "claim_progress",
            Self::ReviewContact => "review_contact",
            Self::ServiceRating => "service_rating",
            Self::OrderLetter => "order_letter",
            Self::PaymentCall => "payment_call",
            Self::PaymentReminder => "payment_reminder",
            Self::NonPayment => "non_payment",
            Self::OrderDispatch => "order_dispatch",
            Self::OrderRating => "order_rating",
            Self::CoverAnswer => "cover_answer",
            Self::CoverRepair => "cover_repair",
            Self::Visit => "visit",
        }
    }

    /// A clock by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|clock| clock.code() == code)
    }

    /// Whether what it waits for is still to be done.
    pub fn waits_in(self, case: &Case) -> bool {
        let open = !case.is_closed();
        let refused = case.request == Request::Refused;
        match self {
            Self::Decision => {
                case.request == Request::Applied && case.trial.is_none() && case.trade.is_none()
            }
            Self::RefusalAnswer => refused && case.dispute.is_none() && case.trial.is_none(),
            Self::Ruling | Self::Evidence => case.awaits_ruling(),
            Self::Appeal => refused && matches!(case.dispute, Some(Dispute::Ruled(_))),
            Self::ReturnShipment => open && case.goods == Some(Goods::ToShip),
            Self::ReceiptConfirmation => open && matches!(case.goods, Some(Goods::OnTheWay(_))),
            Self::RefundExecution => {
                use MoneyState::{Due, Failed, Ordered, Unknown};
                open && matches!(case.money, Some(Due | Ordered | Unknown | Failed))
            }
            Self::ReplacementDispatch => open && case.goods == Some(Goods::ReplacementToShip),
            Self::ReplacementReceipt => {
                use Goods::{RepairedOnTheWay, ReplacementOnTheWay};
                open && matches!(case.goods, Some(ReplacementOnTheWay(_) | RepairedOnTheWay(_)))
            }
            Self::SendBack => open && !case.to_send_back.is_empty() && !case.is_before_platform(),
            Self::FollowUp => case.care == Some(Care::Due),
            Self::FirstReply | Self::ReplyTarget => case.reply_due,
            Self::Repair => open && case.goods == Some(Goods::InRepair),
            Self::UpwardAnswer => case.passed.is_some(),
            Self::Promise => case.next_promise().is_some(),
            Self::MoneyArrival => case.arrival_awaited,
            Self::ClosureGoal => open && case.trade.is_none(),
            Self::Trial => case.trial.is_some(),
            Self::OfferAnswer => case.open_offer().is_some(),
            Self::RemedyStep => case.has_moved() && case.steps_left(),
            Self::BuyerContact => {
                let told = case.exception.as_ref().map(|exception| exception.told);
                open && told == Some(false)
            }
            Self::LogisticsAppeal => {
                case.exception.is_some() && !case.recourses.contains_key(&Addressee::Platform)
            }
            Self::CarrierClaim => case.is_carriers() && !case.recourses.contains_key(&Addressee::Carrier),
            Self::AppealProgress => case.recourse_is_open(Addressee::Platform),
            Self::ClaimProgress => case.recourse_is_open(Addressee::Carrier),
            Self::ReviewContact => case.reviews.iter().any(CaseReview::wants_contact),
            Self::ServiceRating => case.is_closed() && case.is_unrated(),
            Self::OrderLetter => open && case.trade_waits(Trade::wants_letter),
            Self::PaymentCall => open && case.trade_waits(Trade::wants_answer),
            Self::PaymentReminder => open && case.trade_waits(Trade::wants_reminder),
            Self::NonPayment => open && case.trade_waits(Trade::is_reminded),
            Self::OrderDispatch => {
                case.request != Request::Closed(Outcome::Withdrawn) && case.trade_waits(Trade::wants_dispatch)
            }
            Self::OrderRating => false,
            Self::CoverAnswer => {
                let claim = case.open_cover_claim();
                claim.is_some_and(|claim| !matches!(claim.stage, ClaimStage::Ordered { .. }))
            }
            Self::CoverRepair => {
                let claim = case.open_cover_claim();
                claim.is_some_and(|claim| matches!(claim.stage, ClaimStage::Ordered { .. }))
            }
            Self::Visit => case.booked_visit().is_some(),
        }
    }

    /// Whether it runs on, or may start, when the case is closed.
    pub fn outlives_closure(self) -> bool {
        matches!(
            self,
            Self::FollowUp
                | Self::FirstReply
                | Self::ReplyTarget
                | Self::Promise
                | Self::MoneyArrival
                | Self::LogisticsAppeal
                | Self::AppealProgress
                | Self::CarrierClaim
                | Self::ClaimProgress
                | Self::ReviewContact
                | Self::ServiceRating
                // What is paid late is sent all the same.
                | Self::OrderDispatch
                | Self::CoverAnswer
                | Self::CoverRepair
                | Self::Visit
        )
    }

    /// Whether a decision could come out differently because it runs or not. Those that watch the
    /// talk and the shop's own aims change none.
    pub fn changes_terms(self) -> bool {
        !matches!(
            self,
            Self::FirstReply
                | Self::ReplyTarget
                | Self::Promise
                | Self::MoneyArrival
                | Self::ClosureGoal
                | Self::BuyerContact
                | Self::ReviewContact
                | Self::ServiceRating
                | Self::OrderLetter
                | Self::PaymentCall
                | Self::PaymentReminder
                | Self::NonPayment
                | Self::OrderDispatch
                | Self::Visit
        )
    }

    /// How a policy may let it end.
    pub fn outcomes(self) -> &'static [Expiry] {
        match self {
            Self::Decision => &[Expiry::Approve, Expiry::Escalate],
            Self::ReplyTarget | Self::ClosureGoal => &[Expiry::Report],
            Self::Evidence => &[Expiry::Report, Expiry::Escalate],
            Self::Appeal => &[Expiry::Confirm],
            Self::Trial
            | Self::OfferAnswer
            | Self::ReviewContact
            | Self::OrderLetter
            | Self::PaymentCall
            | Self::PaymentReminder
            | Self::NonPayment
            | Self::OrderDispatch => &[Expiry::Remind, Expiry::Escalate],
            Self::ServiceRating => &[Expiry::Close],
            Self::OrderRating => &[Expiry::Remind],
            Self::RefusalAnswer | Self::ReturnShipment => &[Expiry::Close, Expiry::Escalate],
            Self::ReceiptConfirmation | Self::ReplacementReceipt | Self::MoneyArrival => {
                &[Expiry::Confirm, Expiry::Escalate]
            }
            Self::RefundExecution => &[Expiry::Refund, Expiry::Escalate],
            Self::FollowUp
            | Self::BuyerContact
            | Self::AppealProgress
            | Self::CarrierClaim
            | Self::ClaimProgress
            | Self::CoverAnswer => &[Expiry::Escalate, Expiry::Remind],
            // Late it may still be filed, unless the platform says no.
            Self::LogisticsAppeal => &[Expiry::Report, Expiry::Close],
            Self::ReplacementDispatch
            | Self::SendBack
            | Self::Ruling
            | Self::FirstReply
            | Self::Repair
            | Self::UpwardAnswer
            | Self::Promise
            | Self::RemedyStep
            | Self::CoverRepair
            | Self::Visit => &[Expiry::Escalate],
        }
    }
}

/// Who must act before a clock ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The case's agent.
    Agent,
    /// A supervisor.
    Supervisor,
    /// The buyer.
    Buyer,
    /// The platform.
    Platform,
}

/// What happens when a clock ends and nobody acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    /// The request is approved by itself.
    Approve,
    /// The request is closed.
    Close,
    /// Receipt is taken as confirmed.
    Confirm,
    /// The refund is ordered by itself.
    Refund,
    /// A supervisor must look.
    Escalate,
    /// Its agent is reminded until it is done.
    Remind,
    /// It is put on record and counted.
    Report,
}

/// A running clock. Evolved from its event alone: it carries all it needs to end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRun {
    /// Counts every start of any clock of the case; a deadline of another generation is stale.
    pub generation: u32,
    /// The clause that measures it.
    pub clause: ClauseId,
    /// When it started.
    pub started_at: Moment,
    /// When its owner is warned, if at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Moment>,
    /// When it ends.
    pub due_at: Moment,
    /// Who must act.
    pub owner: Owner,
    /// What happens otherwise.
    pub on_expiry: Expiry,
}

/// Which of a clock's two deadlines has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The early warning.
    Warning,
    /// The end.
    Expiry,
}

impl Stage {
    /// The stable code, as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Expiry => "expiry",
        }
    }
}
