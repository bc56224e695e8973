//! Commands: everything that can be asked of a case, as typed values.
//!
//! Must not know: whether it is allowed; `decide` says so. Tests: `tests/it/flow.rs`.

mod parts;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::case::abuse::RestsOn;
use crate::case::assessment::{Assessment, PassedFor};
use crate::case::clock::{Clock, Stage};
use crate::case::evidence::EvidenceKind;
use crate::case::liability::Liability;
use crate::case::recourse::{Addressee, Carriage, ParcelFault, RecourseAnswer};
use crate::case::review::{GivenReview, ReviewCause, ReviewOutcome};
use crate::case::trade::PaymentWay;
use crate::case::visit::VisitOutcome;
use crate::case::{ContactWay, Parcel, Pickup, Ruling, Side};
use crate::digest::TextRef;
use crate::ids::{EvidenceId, PersonId, ReviewId};
use crate::money::Money;
use crate::time::Moment;
pub use parts::{CoverRequest, LineFinding, LineUnits, OpenCase, PaymentAnswer, Pick, TextKind};

/// Longest name of a carrier, in characters.
pub const CARRIER_CHARS_MAX: usize = 64;
/// Longest waybill number, in characters.
pub const WAYBILL_CHARS_MAX: usize = 64;
/// Longest reference to a payment, in characters.
pub const REFERENCE_CHARS_MAX: usize = 128;

/// A command on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Open a case.
    Open(OpenCase),
    /// Grant what is asked.
    Approve {
        /// Compensation on top, where a clause allows it.
        compensation: Option<Money>,
    },
    /// Decline, with a reason.
    Refuse {
        /// A code of the policy's list.
        reason: String,
        /// In the shop's own words.
        text: Option<TextRef>,
    },
    /// Ask again after a refusal.
    Renew {
        /// Another amount, or the same.
        amount: Option<Money>,
        /// What the buyer says.
        text: Option<TextRef>,
    },
    /// Take the request back.
    Withdraw,
    /// A carrier comes for the return; another time takes the place of the first.
    BookPickup {
        /// Who comes, and when.
        pickup: Pickup,
    },
    /// The return is on its way.
    ShipReturn {
        /// Its parcel.
        parcel: Parcel,
    },
    /// The return has been received and looked at.
    Inspect {
        /// What was found, line by line.
        findings: Vec<LineFinding>,
        /// The buyer's return freight, where the shop bears it.
        return_freight: Option<Money>,
        /// What is recorded about it.
        text: Option<TextRef>,
        /// The pictures of it.
        evidence: Vec<EvidenceId>,
    },
    /// Units not accepted are on their way back.
    SendBack {
        /// Their parcel.
        parcel: Parcel,
    },
    /// Pay the refund now, or try again after a failure.
    Refund,
    /// The refund was paid outside the provider, after the provider said no for good.
    RecordRefund {
        /// Where it can be looked up.
        reference: String,
    },
    /// The provider has answered.
    AnswerPayment {
        /// Which refund of the case.
        refund: u32,
        /// Which attempt.
        attempt: u32,
        /// What it said.
        answer: PaymentAnswer,
    },
    /// The buyer has paid the difference.
    PayDifference {
        /// How much.
        amount: Money,
        /// Where it can be looked up.
        reference: String,
    },
    /// The replacement is on its way.
    ShipReplacement {
        /// Its parcel.
        parcel: Parcel,
    },
    /// The replacement has arrived.
    ConfirmReplacement,
    /// The exchange, reissue or repair becomes a refund, because it cannot be carried out.
    ConvertToRefund,
    /// The repaired goods are on their way back.
    ShipRepaired {
        /// Their parcel.
        parcel: Parcel,
    },
    /// A question is answered, a complaint settled: the buyer is told, and the case closes.
    Resolve {
        /// What he is told.
        text: TextRef,
    },
    /// Put one to three options before the buyer.
    Offer {
        /// Which.
        picks: Vec<Pick>,
        /// What he is told beside them.
        text: Option<TextRef>,
    },
    /// The buyer takes an option.
    Choose {
        /// Of which offer.
        offer: u32,
        /// Which option, from 1.
        option: u32,
    },
    /// The buyer takes none.
    DeclineOffer {
        /// Of which offer.
        offer: u32,
        /// What he would rather have.
        wish: Option<Money>,
        /// What he says.
        text: Option<TextRef>,
    },
    /// A step of the agreed remedy was done.
    CompleteStep {
        /// Which, from 1.
        step: u32,
        /// Where it can be looked up.
        reference: String,
    },
    /// The goods were tried.
    EndTrial {
        /// Whether the trouble is gone.
        worked: bool,
        /// What the buyer says.
        text: Option<TextRef>,
    },
    /// Ask the buyer for evidence (FLW-4, ABU-4); never where proof may not be asked for (ELG-1).
    AskEvidence {
        /// What is wanted; nothing is asked where none is named.
        kinds: BTreeSet<EvidenceKind>,
        /// What it should show, in words.
        text: Option<TextRef>,
    },
    /// Say what a case was judged without: photos, whether the goods are intact.
    Supply {
        /// Whether the goods are intact.
        goods_intact: Option<bool>,
        /// Photos and videos there are now.
        photos: Option<u32>,
    },
    /// Put down who is liable, and what was found of the goods.
    Find {
        /// The finding.
        finding: Liability,
    },
    /// Note how grave a case is and what lies behind it.
    Assess {
        /// What was noted; what is left out stays as it was.
        assessment: Assessment,
    },
    /// Pass a case upward.
    PassUp {
        /// To whom.
        to: Role,
        /// Why.
        passed_for: PassedFor,
        /// In words.
        text: Option<TextRef>,
    },
    /// Answer what was passed upward.
    AnswerPassed {
        /// In words.
        text: TextRef,
    },
    /// Hand a case to somebody, or to nobody.
    Assign {
        /// To whom.
        to: Option<PersonId>,
    },
    /// Set and remove marks.
    Tag {
        /// Marks to set.
        add: BTreeSet<String>,
        /// Marks to remove.
        remove: BTreeSet<String>,
    },
    /// Promise something to the buyer.
    MakePromise {
        /// What, in words.
        text: TextRef,
        /// By when.
        due_at: Moment,
    },
    /// A promise was kept.
    KeepPromise {
        /// Which.
        promise: u32,
    },
    /// A promise can't be kept: the buyer is told why, and when instead, before it passes.
    MovePromise {
        /// Which.
        promise: u32,
        /// By when now.
        due_at: Moment,
        /// What he is told.
        text: TextRef,
    },
    /// The money has arrived with the buyer.
    ConfirmArrival,
    /// Open a closed case again.
    Reopen {
        /// Why.
        text: TextRef,
    },
    /// Ask the platform to step in.
    AskIntervention {
        /// Who asks.
        by: Side,
        /// Why.
        text: Option<TextRef>,
    },
    /// Let go of what the platform was asked for.
    WithdrawIntervention,
    /// Hand in what a side has to say and to show (DSP-2).
    SubmitStatement {
        /// For whom.
        by: Side,
        /// What it says.
        text: TextRef,
        /// The pieces of evidence it rests on.
        evidence: Vec<EvidenceId>,
    },
    /// The platform's ruling.
    Rule {
        /// What it is.
        ruling: Ruling,
        /// On which grounds, where it is known.
        text: Option<TextRef>,
    },
    /// Ask the platform to look once more at what it ruled.
    Appeal {
        /// Who asks.
        by: Side,
        /// Why.
        text: TextRef,
    },
    /// Something went wrong with a parcel (FLW-5).
    NoteException {
        /// What.
        fault: ParcelFault,
        /// Which parcel.
        parcel: Parcel,
        /// What is known of it: the shop's own record.
        text: Option<TextRef>,
    },
    /// Appeal to the platform over it (DSP-4), or claim from the carrier (DSP-6).
    FileRecourse {
        /// Of whom.
        to: Addressee,
        /// How much; of a carrier without it what he owes at most.
        amount: Option<Money>,
        /// How the parcel was carried.
        carriage: Carriage,
        /// What it says.
        text: TextRef,
        /// The pieces of evidence it rests on.
        evidence: Vec<EvidenceId>,
    },
    /// Add to it what is wanted.
    SupplementRecourse {
        /// Of whom.
        to: Addressee,
        /// What it says.
        text: TextRef,
        /// The pieces of evidence that are new.
        evidence: Vec<EvidenceId>,
    },
    /// Put down what was answered.
    AnswerRecourse {
        /// By whom.
        to: Addressee,
        /// What.
        answer: RecourseAnswer,
        /// In which words.
        text: Option<TextRef>,
    },
    /// Money for it came in.
    ReceiveRecourse {
        /// From whom.
        to: Addressee,
        /// How much.
        amount: Money,
        /// Where it can be looked up.
        reference: String,
    },
    /// Let go of it, or of asking at all.
    DropRecourse {
        /// Of whom.
        to: Addressee,
        /// Why.
        text: TextRef,
    },
    /// Note abuse on a case: a person found it, and the buyer is told (ABU-1, ABU-3).
    NoteAbuse {
        /// On which grounds; the buyer reads them.
        grounds: TextRef,
        /// What it rests on.
        rests_on: RestsOn,
        /// Listings of its order that invited it, by their stock-keeping codes (ABU-2).
        listings: BTreeSet<String>,
    },
    /// The buyer says that it is not so.
    ContestAbuse {
        /// What he says.
        text: TextRef,
    },
    /// Uphold what was noted, or take it back.
    SettleAbuse {
        /// Whether it stands.
        upheld: bool,
        /// What the buyer is told.
        text: TextRef,
    },
    /// The buyer was asked afterwards.
    RecordFollowUp {
        /// 1 to 5.
        score: Option<u8>,
        /// What he said.
        text: Option<TextRef>,
    },
    /// A message or note is put on record.
    AddText {
        /// For whom.
        kind: TextKind,
        /// The text.
        text: TextRef,
    },
    /// Somebody of the shop spoke with the buyer elsewhere, or tried to.
    LogContact {
        /// How.
        way: ContactWay,
        /// Whether he was reached.
        reached: bool,
        /// What was said.
        text: TextRef,
    },
    /// A bad or middling review came in about what the case is about (REV-1).
    ReceiveReview(GivenReview),
    /// Say what a review is about.
    JudgeReview {
        /// Which.
        review: ReviewId,
        /// What it is about.
        cause: ReviewCause,
    },
    /// Put down what became of a review (REV-2).
    EndReview {
        /// Which.
        review: ReviewId,
        /// What became of it.
        outcome: ReviewOutcome,
    },
    /// Write what the shop says below a review that stays (REV-3).
    ExplainReview {
        /// Which.
        review: ReviewId,
        /// The words.
        text: TextRef,
    },
    /// What the shop says below a review stands on the platform now.
    PublishExplanation {
        /// Which.
        review: ReviewId,
    },
    /// Send the order letter 成交信 of an order that is not paid yet (CLK-16), or send it again.
    SendOrderLetter,
    /// Remind of the payment, with a day by which to pay (CLK-16).
    RemindPayment {
        /// By when to pay.
        pay_by: Moment,
    },
    /// Put down a payment that came in (CLK-18).
    RecordPayment {
        /// When it arrived.
        paid_at: Moment,
        /// By which way.
        way: PaymentWay,
        /// Of which bank, where one says so.
        bank: Option<String>,
        /// How much.
        amount: Money,
        /// What the order had been sold below its list price, for the payment log.
        discount: Option<Money>,
        /// Where it can be looked up.
        reference: String,
    },
    /// What was paid is on its way (CLK-18).
    DispatchOrder {
        /// By which parcel, where it is known.
        parcel: Option<Parcel>,
    },
    /// Report to the platform that the buyer does not pay 出价不买 (CLK-16).
    ReportNonPayment {
        /// What was reported, for the shop's own record.
        text: Option<TextRef>,
    },
    /// Claim on a cover of the case's goods (WAR-2).
    ClaimCover(CoverRequest),
    /// Put down that the insurer ordered the repair from a provider.
    OrderRepair {
        /// From whom.
        provider: String,
        /// Where the order can be looked up.
        reference: String,
    },
    /// Put down that the provider has repaired.
    ReportRepair {
        /// Who says so.
        provider: String,
        /// His fee.
        fee: Money,
        /// What was done.
        text: Option<TextRef>,
    },
    /// Put down that the insurer declined the claim.
    DeclineCover {
        /// What he said.
        text: TextRef,
    },
    /// Put down what the insurer paid.
    SettleCover {
        /// How much.
        amount: Money,
        /// Where it can be looked up.
        reference: String,
    },
    /// Let go of the claim.
    DropCover {
        /// Why.
        text: TextRef,
    },
    /// A visit at the buyer's door was agreed with him, for the first time or another one (WAR-3).
    BookVisit {
        /// The slot begins.
        from: Moment,
        /// The slot ends.
        until: Moment,
    },
    /// Put down what became of the visit.
    EndVisit {
        /// Whether it took place.
        outcome: VisitOutcome,
        /// What was done, or why nobody came.
        text: Option<TextRef>,
    },
    /// A deadline has passed.
    DeadlinePassed {
        /// Whose.
        clock: Clock,
        /// Warning or end.
        stage: Stage,
        /// Of which start of the clock.
        generation: u32,
    },
}
