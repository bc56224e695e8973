//! The codes of the domain as they are written in JSON. The compiler keeps both sides equal.
//!
//! Must not know: what they mean.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $domain:path { $($word:ident)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name {
            $(
                #[doc = "As named."]
                $word,
            )*
        }

        impl From<$domain> for $name {
            fn from(word: $domain) -> Self {
                use $domain as Domain;
                match word {
                    $(Domain::$word => Self::$word,)*
                }
            }
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                use $domain as Domain;
                match word {
                    $($name::$word => Domain::$word,)*
                }
            }
        }
    )*};
}

words! {
    /// Why a buyer is called beside any case.
    BuyerVisitKind = amends_app::buyers::visits::BuyerVisitKind { Regular Proactive }
    /// What became of a visit of a buyer.
    VisitEnding = amends_app::buyers::visits::BuyerVisitOutcome { Reached NotReached Declined CalledOff }
    /// What the buyer asks for.
    Kind = amends_domain::case::Kind {
        RefundOnly ReturnAndRefund Exchange Repair Reissue Compensation Consultation Complaint
        ReviewRescue UnpaidOrder
    }
    /// The one word a screen shows.
    Status = amends_domain::case::Status {
        AwaitingDecision Refused AwaitingRuling AwaitingReturn ReturnOnTheWay AwaitingRefund RefundOnTheWay
        RefundInTrouble AwaitingDifference AwaitingReplacement ReplacementOnTheWay AwaitingSendBack AwaitingAnswer
        AwaitingChoice OnTrial AwaitingRepair RepairedOnTheWay AwaitingSteps AwaitingPayment
        AwaitingDispatch Closed
    }
    /// How a request ended.
    Outcome = amends_domain::case::Outcome {
        Refunded Exchanged Withdrawn Refused NotShipped NothingAccepted NothingLeft Reissued Repaired
        Compensated Resolved Dispatched Unpaid
    }
    /// The money's track.
    MoneyState = amends_domain::case::MoneyState {
        Due Ordered Unknown Failed Paid DifferenceOwed DifferencePaid
    }
    /// How somebody of the shop spoke with the buyer outside this desk.
    ContactWay = amends_domain::case::ContactWay { Phone Chat Email InPerson }
    /// What somebody of the shop does at a case now.
    Presence = amends_app::presence::Presence { Viewing Typing }
    /// What a piece of evidence shows.
    EvidenceKind = amends_domain::case::evidence::EvidenceKind {
        Photo Video ChatRecord ListingSnapshot PackingPhoto TestReport Authorization LogisticsTrace
        DispatchCheck Other
    }
    /// A clock of the flow.
    Clock = amends_domain::case::clock::Clock {
        Decision RefusalAnswer ReturnShipment ReceiptConfirmation RefundExecution ReplacementDispatch
        ReplacementReceipt SendBack Ruling Evidence Appeal FollowUp FirstReply ReplyTarget Repair UpwardAnswer Promise
        MoneyArrival ClosureGoal Trial OfferAnswer RemedyStep BuyerContact LogisticsAppeal AppealProgress
        CarrierClaim ClaimProgress ReviewContact ServiceRating OrderLetter PaymentCall PaymentReminder NonPayment
        OrderDispatch OrderRating CoverAnswer CoverRepair Visit
    }
    /// What went wrong with a parcel.
    ParcelFault = amends_domain::case::recourse::ParcelFault { Delay Loss Damage WrongItem WrongCarrier }
    /// What a plan promises.
    PlanKind = amends_domain::cover::PlanKind { ExtendedWarranty Accident ReplaceNotRepair ReturnFreight }
    /// What a claim on a cover is made for.
    Trouble = amends_domain::cover::Trouble { Fault Accident ReturnFreight }
    /// What became of a visit.
    VisitOutcome = amends_domain::case::visit::VisitOutcome { Done Missed }
    /// What a message to a buyer may not do.
    Violation = amends_domain::policy::remedy::Violation { ServiceRefused FakeDispatch Hostile ReviewDemanded PushedOn }
    /// Of whom the shop asks something for a parcel.
    Addressee = amends_domain::case::recourse::Addressee { Platform Carrier }
    /// Who must act before a clock ends.
    Owner = amends_domain::case::clock::Owner { Agent Supervisor Buyer Platform }
    /// What happens when a clock ends and nobody acted.
    Expiry = amends_domain::case::clock::Expiry { Approve Close Confirm Refund Escalate Remind Report }
    /// Three-valued truth.
    Verdict = amends_domain::policy::condition::Verdict { Met NotMet Unknown }
    /// Who bears the freight of a return.
    Payer = amends_domain::policy::Payer { Buyer Shop }
    /// Whether the shop may ask for proof.
    Proof = amends_domain::policy::Proof { None MayBeAsked }
    /// Whose pack it is.
    Layer = amends_domain::policy::pack::Layer { Law Platform Shop }
    /// How urgent a reason is.
    Priority = amends_domain::policy::pack::Priority { High Medium Low }
    /// Who must act next.
    Awaiting = amends_app::cases::Awaiting { Shop Buyer Platform Provider }
    /// What a page of cases is sorted by.
    CaseSort = amends_app::cases::CaseSort { Due Opened Changed }
    /// What led to a case or an order.
    FoundBy = amends_app::cases::case_search::FoundBy { CaseNumber OrderNumber Waybill Nickname Text }
    /// How far an order got.
    OrderPhase = amends_domain::order::OrderPhase { Unpaid Paid Dispatched Delivered Cancelled }
    /// On which days a shop is open.
    OnDays = amends_domain::time::OnDays { WorkingDays EveryDay }
    /// Where a request came from.
    Channel = amends_domain::case::Channel { Page Chat Email Phone File }
    /// What became of a mail.
    MailState = amends_app::mails::MailState { Arrived Attached Opened Parked Ignored Discarded }
    /// How somebody rates.
    Rating = amends_app::reviews::Rating { Good Middling Bad }
    /// What is to be done about a review next.
    ReviewStep = amends_app::reviews::ReviewStep { Match Pursue Contact Outcome Reply Left Done }
    /// A rating that wants an answer.
    PoorRating = amends_domain::case::review::PoorRating { Middling Bad }
    /// What a review complains about.
    ReviewCause = amends_domain::case::review::ReviewCause { Goods Logistics Service }
    /// What became of a review.
    ReviewOutcome = amends_domain::case::review::ReviewOutcome { Revised Unchanged Withdrawn }
    /// By which way money came in.
    PaymentWay = amends_domain::case::trade::PaymentWay { Alipay Wechat BankTransfer Card PostalOrder Other }
    /// What lies behind a complaint.
    Nature = amends_domain::case::assessment::Nature { Defect Subjective Misuse Expectation Outside }
    /// A grade of impact, heat or spread.
    Grade = amends_domain::case::assessment::Grade { Low Medium High }
    /// A sign of abuse.
    SignalKind = amends_domain::case::abuse::SignalKind {
        OffPlatform Extortion Threat ClaimFrequency SharedPhone SharedAddress PhotoReused
    }
    /// Where a finding of abuse stands.
    AbuseState = amends_domain::case::abuse::AbuseState { Noted Contested Upheld Lifted }
    /// How grave a case is.
    Severity = amends_domain::case::assessment::Severity { Low Medium High Critical }
    /// Why a case was passed upward.
    PassedFor = amends_domain::case::assessment::PassedFor { Authority Severity Repetition BuyerDemand Other }
    /// Who may be liable.
    Party = amends_domain::case::liability::Party { Maker Shop Carrier Buyer Platform ForceMajeure }
    /// What was found of a fault.
    Fault = amends_domain::case::liability::Fault { Confirmed Refuted }
    /// What became of a promise.
    PromiseState = amends_domain::case::promise::PromiseState { Open Kept Broken KeptLate }
    /// What a remedy is.
    Remedy = amends_domain::case::remedy::Remedy {
        RefundOnly ReturnAndRefund PartialRefund Exchange HigherModel Reissue LocalReplacement Repair PaidRepair
        DoorStep Coupon Gift Points Freight Goodwill Warranty Guidance Trial
    }
    /// A role in a shop.
    Role = amends_domain::actor::Role { Agent Supervisor Manager Admin Auditor Mediator Machine }
}
