//! Events: what happened to a case, for ever. Their JSON bytes are hashed and never rewritten.
//!
//! A change of an event's form gets a new version beside the old one in [`Event::decode`]; golden
//! files keep every version readable. Events carry due moments, amounts and clause ids, so that
//! `evolve` needs nothing else.
//! Must not know: personal data and free texts; those are referenced. Tests: `tests/it/golden.rs`.

mod kinds;
mod parts;
mod recourse;
mod stored;
mod warranty;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::case::assessment::{Assessment, PassedFor, Severity};
use crate::case::clock::{Clock, ClockRun, Expiry};
use crate::case::evidence::EvidenceKind;
use crate::case::liability::Liability;
use crate::case::recourse::{Addressee, RecourseAnswer};
use crate::case::remedy::{Offered, Plan, Remedy};
use crate::case::review::{GivenReview, ReviewCause, ReviewOutcome};
use crate::case::trade::Payment;
use crate::case::{ContactWay, Declared, Outcome, Parcel, Pickup, Ruling, Side};
use crate::command::TextKind;
use crate::digest::TextRef;
use crate::ids::{EvidenceId, PersonId, ReviewId};
use crate::ledger::{Breakdown, UnitRef};
use crate::policy::{ClauseId, Explanation};
use crate::time::Moment;
pub use parts::{AbuseNoted, Because, Dispatched, Judged, NextStep, Opened, Reported};
pub use recourse::{ExceptionNoted, RecourseFiled};
pub use stored::{EventFault, actor_text, chain};
pub use warranty::{CoverClaimed, CoverSettled, RepairOrdered, RepairReported, VisitBooked, VisitEnded};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A case was opened.
    Opened(Box<Opened>),
    /// A clock started.
    ClockStarted {
        /// Which.
        clock: Clock,
        /// Everything it needs to end.
        run: ClockRun,
    },
    /// A clock was stopped, because what it waited for was done.
    ClockStopped {
        /// Which.
        clock: Clock,
    },
    /// A clock's owner was warned.
    ClockWarned {
        /// Which.
        clock: Clock,
    },
    /// A clock ended.
    ClockExpired {
        /// Which.
        clock: Clock,
        /// Under which clause.
        clause: ClauseId,
        /// What follows.
        outcome: Expiry,
    },
    /// The request was granted.
    Approved {
        /// The clauses it rests on.
        basis: Vec<ClauseId>,
        /// On top of the claim, in minor units.
        compensation: i64,
    },
    /// The request was declined.
    Refused {
        /// From the list.
        reason: String,
        /// In the shop's own words.
        text: Option<TextRef>,
        /// What the buyer can do.
        next: Vec<NextStep>,
    },
    /// The buyer asked again.
    Renewed {
        /// What is asked now, in minor units.
        amount: i64,
        /// What the buyer says.
        text: Option<TextRef>,
        /// What another amount is entitled to; the same amount is not judged again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        judged: Option<Box<Judged>>,
    },
    /// The buyer was asked for evidence.
    EvidenceAsked {
        /// What is wanted.
        kinds: BTreeSet<EvidenceKind>,
        /// What it should show, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TextRef>,
    },
    /// Somebody of the shop spoke with the buyer elsewhere, or tried to.
    ContactLogged {
        /// How.
        way: ContactWay,
        /// Whether he was reached.
        reached: bool,
        /// What was said; the shop's own record.
        text: TextRef,
    },
    /// A carrier was booked to come for the return.
    PickupBooked {
        /// Who comes, and when.
        pickup: Pickup,
    },
    /// The buyer shipped the return.
    ReturnShipped {
        /// Its parcel.
        parcel: Parcel,
    },
    /// The return was received and looked at, or taken as such when its clock ended.
    Inspected {
        /// Taken back.
        accepted: Vec<UnitRef>,
        /// Not taken back; they go back to the buyer.
        rejected: Vec<UnitRef>,
        /// Not in the parcel.
        missing: Vec<UnitRef>,
        /// Return freight to reimburse, in minor units.
        return_freight: i64,
        /// What is recorded about it.
        text: Option<TextRef>,
        /// The pictures of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<EvidenceId>,
    },
    /// Units not accepted were sent back.
    SentBack {
        /// Their parcel.
        parcel: Parcel,
    },
    /// A refund became due; from here on its amounts are held in the ledger.
    RefundDue {
        /// Its number in the case.
        refund: u32,
        /// What it pays.
        breakdown: Breakdown,
        /// The clauses it rests on.
        basis: Vec<ClauseId>,
    },
    /// The provider was asked to pay it.
    RefundOrdered {
        /// Its number in the case.
        refund: u32,
    },
    /// The provider is asked again, under the same number.
    RefundRetried {
        /// Its number in the case.
        refund: u32,
        /// Which attempt this is.
        attempt: u32,
        /// A person ordered it and waits for the answer.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_once: bool,
    },
    /// The provider said no.
    RefundFailed {
        /// Its number in the case.
        refund: u32,
        /// Which attempt.
        attempt: u32,
        /// The provider's word for it.
        code: String,
    },
    /// The provider could not say.
    RefundUnknown {
        /// Its number in the case.
        refund: u32,
        /// Which attempt.
        attempt: u32,
    },
    /// The provider paid the refund.
    RefundPaid {
        /// Its number in the case.
        refund: u32,
        /// The provider's number for it.
        reference: String,
    },
    /// The refund was paid outside the provider, and recorded by hand.
    RefundRecorded {
        /// Its number in the case.
        refund: u32,
        /// Where it can be looked up.
        reference: String,
    },
    /// The provider paid, too, what was recorded by hand before: the money went out twice. The
    /// ledger has it once; the second is to be had back from outside.
    RefundPaidTwice {
        /// Its number in the case.
        refund: u32,
        /// The provider's number for it.
        reference: String,
    },
    /// The replacement costs more than what comes back: the buyer owes the difference.
    DifferenceOwed {
        /// In minor units.
        amount: i64,
    },
    /// What was granted on top went towards a dearer replacement.
    DifferenceNetted {
        /// Of the compensation, in minor units.
        compensation: i64,
        /// Of the return freight, in minor units.
        return_freight: i64,
    },
    /// The buyer paid the difference.
    DifferencePaid {
        /// In minor units.
        amount: i64,
        /// Where it can be looked up.
        reference: String,
    },
    /// The replacement is to be dispatched.
    ReplacementDue,
    /// The replacement was dispatched.
    ReplacementShipped {
        /// Its parcel.
        parcel: Parcel,
    },
    /// The buyer has the replacement.
    ReplacementReceived,
    /// The exchange became a refund.
    ConvertedToRefund {
        /// In minor units.
        amount: i64,
    },
    /// The platform was asked to step in.
    InterventionAsked {
        /// Why.
        text: Option<TextRef>,
        /// Who asked.
        #[serde(default, skip_serializing_if = "Side::is_buyer")]
        by: Side,
    },
    /// Whoever asked it let go: the refusal stands as before.
    InterventionWithdrawn,
    /// A side handed in what it has to say and to show.
    StatementSubmitted {
        /// Who.
        by: Side,
        /// What it says.
        text: TextRef,
        /// The pieces of evidence it rests on.
        evidence: Vec<EvidenceId>,
    },
    /// The platform ruled.
    Ruled {
        /// How.
        ruling: Ruling,
        /// On which grounds, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TextRef>,
    },
    /// Something went wrong with a parcel.
    ExceptionNoted(ExceptionNoted),
    /// The buyer heard of it from the shop.
    ExceptionTold,
    /// The platform or the carrier was asked for what a parcel cost the shop.
    RecourseFiled(RecourseFiled),
    /// More was added to it.
    RecourseSupplemented {
        /// Of whom.
        to: Addressee,
        /// What it says.
        text: TextRef,
        /// The pieces of evidence that are new.
        evidence: Vec<EvidenceId>,
    },
    /// It was answered.
    RecourseAnswered {
        /// By whom.
        to: Addressee,
        /// What.
        answer: RecourseAnswer,
        /// In which words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TextRef>,
    },
    /// Money for it came in.
    RecourseReceived {
        /// From whom.
        to: Addressee,
        /// How much, in minor units.
        amount: i64,
        /// Where it can be looked up.
        reference: String,
    },
    /// The shop let go of it.
    RecourseDropped {
        /// Of whom.
        to: Addressee,
        /// Why.
        text: TextRef,
    },
    /// The platform was asked to look once more.
    Appealed {
        /// Who asked.
        by: Side,
        /// Why.
        text: TextRef,
    },
    /// Somebody higher must look.
    Escalated {
        /// Who.
        to: Role,
        /// Why.
        because: Because,
    },
    /// The request is over; the case's claim on units ends with it.
    Closed {
        /// How.
        outcome: Outcome,
    },
    /// The follow-up is to be made.
    FollowUpDue,
    /// The buyer was asked.
    FollowUpRecorded {
        /// 1 to 5.
        score: Option<u8>,
        /// What he said.
        text: Option<TextRef>,
    },
    /// The case's units are claimed by it again, and everything is asked anew.
    Reopened {
        /// Units claimed; those that are still with the buyer.
        units: Vec<UnitRef>,
        /// What is asked now, in minor units.
        amount: i64,
        /// Why.
        text: TextRef,
        /// What it is entitled to now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        judged: Option<Box<Judged>>,
    },
    /// What was accepted is to be repaired.
    RepairDue,
    /// The buyer would rather not pay for the repair: what was accepted goes back to him as it is.
    RepairDeclined,
    /// The repaired goods were sent.
    RepairedShipped {
        /// Their parcel.
        parcel: Parcel,
    },
    /// The buyer has the repaired goods.
    RepairedReceived,
    /// A question was answered, a complaint settled.
    Resolved {
        /// What the buyer was told.
        text: TextRef,
    },
    /// Options were put before the buyer.
    Offered {
        /// Counts the case's offers from 1.
        offer: u32,
        /// Each with its clause, its conditions, its plan and its cost.
        options: Vec<Offered>,
        /// What he was told beside them.
        text: Option<TextRef>,
    },
    /// The buyer took none of them.
    OfferDeclined {
        /// Of which offer.
        offer: u32,
        /// What he would rather have, in minor units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wish: Option<i64>,
        /// What he says.
        text: Option<TextRef>,
    },
    /// A remedy was agreed; from here on the case runs as its plan says.
    Agreed {
        /// Its clause.
        clause: ClauseId,
        /// What it is.
        remedy: Remedy,
        /// How it runs.
        plan: Plan,
    },
    /// Rejected units stay with the shop for less money: nothing goes back to the buyer (ELG-8).
    BoughtBack {
        /// The clause of the remedy that was agreed.
        clause: ClauseId,
        /// Which.
        units: Vec<UnitRef>,
        /// What is refunded for them, in minor units.
        amount: i64,
    },
    /// A ruling takes units back that the inspection had not accepted: they are paid for after all (ELG-8).
    RejectionOverruled {
        /// Which.
        units: Vec<UnitRef>,
        /// What is refunded for them, in minor units; freight that is due comes on top.
        amount: i64,
    },
    /// A step of the agreed remedy was done.
    StepDone {
        /// Which, from 1.
        step: u32,
        /// Where it can be looked up.
        reference: String,
    },
    /// The goods are tried with corrected use.
    TrialStarted,
    /// The trial is over.
    TrialEnded {
        /// Whether the trouble is gone.
        worked: bool,
        /// What the buyer says.
        text: Option<TextRef>,
    },
    /// What a case was judged without was supplied.
    Supplied {
        /// What it is judged by from now on.
        declared: Declared,
        /// What it is entitled to now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        judged: Option<Box<Judged>>,
    },
    /// It was found who is liable.
    Found {
        /// The finding.
        finding: Liability,
        /// What the case is entitled to now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        judged: Option<Box<Judged>>,
    },
    /// Abuse was noted on it.
    AbuseNoted(Box<AbuseNoted>),
    /// The buyer says that it is not so.
    AbuseContested {
        /// What he says.
        text: TextRef,
    },
    /// Somebody looked at it: it stands, or was taken back.
    AbuseSettled {
        /// Whether it stands.
        upheld: bool,
        /// What the buyer is told.
        text: TextRef,
    },
    /// It was noted how grave the case is.
    Assessed {
        /// What is noted of it now.
        assessment: Assessment,
        /// How grave it is.
        severity: Severity,
        /// The clauses that say so, with what they saw.
        explanations: Vec<Explanation>,
    },
    /// The case was passed upward.
    PassedUp {
        /// To whom.
        to: Role,
        /// Why.
        passed_for: PassedFor,
        /// In words.
        text: Option<TextRef>,
    },
    /// Whoever it was passed to has answered.
    PassedAnswered {
        /// In words; none where his decision is the answer.
        text: Option<TextRef>,
    },
    /// The case was handed to somebody, or to nobody.
    Assigned {
        /// To whom.
        to: Option<PersonId>,
    },
    /// Marks were set or removed.
    Tagged {
        /// The marks it bears now.
        tags: BTreeSet<String>,
    },
    /// The buyer waits for a reply.
    ReplyDue,
    /// The shop replied.
    Replied,
    /// Something was promised to the buyer.
    Promised {
        /// Counts the case's promises from 1.
        promise: u32,
        /// What, in words.
        text: TextRef,
        /// By when.
        due_at: Moment,
    },
    /// A promise was kept.
    PromiseKept {
        /// Which.
        promise: u32,
    },
    /// A promise was put off, and the buyer told.
    PromiseMoved {
        /// Which.
        promise: u32,
        /// By when now.
        due_at: Moment,
        /// What he was told.
        text: TextRef,
    },
    /// A promise was not kept.
    PromiseBroken {
        /// Which.
        promise: u32,
    },
    /// The money is on its way to the buyer's account.
    ArrivalAwaited,
    /// The money has arrived, or is taken to have when its clock ended.
    MoneyArrived,
    /// A bad or middling review came in.
    ReviewReceived(GivenReview),
    /// A person said what a review is about.
    ReviewJudged {
        /// Which.
        review: ReviewId,
        /// What it is about.
        cause: ReviewCause,
    },
    /// What became of a review.
    ReviewEnded {
        /// Which.
        review: ReviewId,
        /// What became of it.
        outcome: ReviewOutcome,
    },
    /// What the shop says below a review was written.
    ReviewExplained {
        /// Which.
        review: ReviewId,
        /// The words.
        text: TextRef,
    },
    /// It stands on the platform.
    ExplanationPublished {
        /// Below which.
        review: ReviewId,
    },
    /// The order letter went to the buyer.
    OrderLetterSent,
    /// The buyer answered it, or was reached.
    OrderLetterAnswered,
    /// The buyer was reminded of the payment.
    PaymentReminded {
        /// By when to pay.
        pay_by: Moment,
    },
    /// A payment came in.
    PaymentRecorded(Payment),
    /// What was paid was sent.
    OrderDispatched(Dispatched),
    /// It was reported that the buyer does not pay.
    NonPaymentReported(Reported),
    /// A claim was made on a cover of its goods.
    CoverClaimed(Box<CoverClaimed>),
    /// The insurer ordered the repair from one provider.
    RepairOrdered(RepairOrdered),
    /// The provider has repaired, and named his fee.
    RepairReported(RepairReported),
    /// The insurer declined the claim.
    CoverDeclined {
        /// What he said.
        text: TextRef,
    },
    /// The insurer paid.
    CoverSettled(CoverSettled),
    /// The claim was let go of.
    CoverDropped {
        /// Why.
        text: TextRef,
    },
    /// A visit at the buyer's door was agreed with him, for the first time or another one.
    VisitBooked(VisitBooked),
    /// What became of the visit.
    VisitEnded(VisitEnded),
    /// A message or note was put on record.
    TextAdded {
        /// For whom.
        kind: TextKind,
        /// The text.
        text: TextRef,
    },
}
