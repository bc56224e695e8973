//! Refusals: every way a command can be declined, with the facts that explain it and a stable code.
//!
//! They are looked for in the order the variants stand in; the first that applies is given.
//! Must not know: languages; the catalogue of texts is keyed by code. Tests: `tests/it/refusals.rs`.

mod code;

use serde::Serialize;

use crate::actor::Role;
use crate::case::clock::Clock;
use crate::case::recourse::ParcelFault;
use crate::case::{Kind, Outcome, Status};
use crate::cover::Gap;
use crate::ids::{CaseId, CoverId, LineId, ReviewId};
use crate::money::{Currency, Money};
use crate::policy::condition::Verdict;
use crate::policy::{ClauseId, Explanation};
use crate::time::Moment;

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
    /// A kind that is not open for this.
    #[error("this is not possible for a {kind:?} case")]
    WrongKind {
        /// The case's kind.
        kind: Kind,
    },
    /// The insurer ordered this repair from somebody else: two providers cannot claim it.
    #[error("this repair was ordered from {provider}")]
    RepairTaken {
        /// From whom.
        provider: String,
    },
    /// Not in this state.
    #[error("this cannot be done while the case is {status:?}")]
    NotNow {
        /// Where the case is.
        status: Status,
    },
    /// What there was to show could be handed in until the clock of it ended.
    #[error("the time to hand in evidence is over, by clause {clause}")]
    EvidenceLate {
        /// The clause that measures it.
        clause: ClauseId,
    },
    /// The platform takes no appeal over a parcel any more.
    #[error("the time to file it is over, by clause {clause}")]
    RecourseLate {
        /// The clause that measures it.
        clause: ClauseId,
    },
    /// The carrier doesn't owe for what the shop did.
    #[error("{fault:?} is not the carrier's to pay for")]
    CarrierNotLiable {
        /// What went wrong.
        fault: ParcelFault,
    },
    /// The buyer comes first: he still waits for what he asked, or was granted (FLW-5).
    #[error("the buyer is paid before the carrier is asked")]
    BuyerFirst,
    /// The window in which a buyer may rate is over.
    #[error("the time to rate is over, by clause {clause}")]
    RatingLate {
        /// The clause that measures it.
        clause: ClauseId,
    },
    /// Who was reminded has time to pay before it is reported.
    #[error("the buyer has time to pay until {due_at}")]
    ReportEarly {
        /// Until when.
        due_at: Moment,
    },
    /// The kind needs an order.
    #[error("this kind of case needs an order")]
    OrderNeeded,
    /// The order was called off.
    #[error("the order was cancelled")]
    OrderCancelled,
    /// Nothing was paid yet that could be given back.
    #[error("the order has not been paid yet")]
    OrderUnpaid,
    /// The payment of a paid order needs no follow-up.
    #[error("the order has been paid")]
    OrderPaid,
    /// Goods that were not delivered cannot come back.
    #[error("the order has not been delivered, so nothing can be returned or exchanged yet")]
    NotDelivered,
    /// The order's payment is followed up by a case already.
    #[error("{case} follows up the payment of this order already")]
    PaymentFollowed {
        /// The case.
        case: CaseId,
    },
    /// The set measures no clock without which this would wait for ever.
    #[error("a {kind:?} case needs the clock {clock:?}, which no clause measures")]
    KindNotOffered {
        /// The kind.
        kind: Kind,
        /// The clock.
        clock: Clock,
    },
    /// The same.
    #[error("this needs the clock {clock:?}, which no clause measures")]
    NotMeasured {
        /// The clock.
        clock: Clock,
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
    /// A finding's cause is not in the list, or does not lie behind such a reason.
    #[error("there is no cause {given:?}")]
    UnknownCause {
        /// As given.
        given: String,
        /// What can be given.
        known: Vec<String>,
    },
    /// Compensation for goods that arrived and stay, without saying how much.
    #[error("compensation for delivered goods needs an amount")]
    AmountNeeded,
    /// No option, or too many.
    #[error("{given} options, 1 to {at_most} can be offered at once")]
    OptionsCount {
        /// As given.
        given: usize,
        /// The most.
        at_most: usize,
    },
    /// No remedy of this kind of case has this clause.
    #[error("there is no remedy {clause} for this case")]
    NoSuchRemedy {
        /// As given.
        clause: ClauseId,
    },
    /// A remedy whose conditions are not met, or not known to be.
    #[error("clause {} is {:?}: {}", explanation.clause, explanation.verdict, unmet(explanation))]
    RemedyNotMet {
        /// Each condition with the value it saw.
        explanation: Box<Explanation>,
    },
    /// Another offer has taken the place of the one that was answered.
    #[error("this offer was replaced by number {now}")]
    OfferReplaced {
        /// The one that stands.
        now: u32,
    },
    /// The offer has no such option.
    #[error("there is no option {option}")]
    NoSuchOption {
        /// As given.
        option: u32,
    },
    /// No such step is to be done.
    #[error("there is no step {step} to be done")]
    NoSuchStep {
        /// As given.
        step: u32,
    },
    /// The case has no such review.
    #[error("the case has no review {review}")]
    NoSuchReview {
        /// As given.
        review: ReviewId,
    },
    /// What is said in public is for a review that stays.
    #[error("review {review} is not known to stay as it is")]
    ReviewNotUnchanged {
        /// Which.
        review: ReviewId,
    },
    /// No public reply was written, or it stands already.
    #[error("below review {review} nothing is left to be published")]
    NothingToPublish {
        /// Which.
        review: ReviewId,
    },
    /// The payment is on record, here or on another case.
    #[error("payment {reference:?} is on record on {case}")]
    PaymentKnown {
        /// Where it can be looked up.
        reference: String,
        /// The case that has it.
        case: CaseId,
    },
    /// No such promise is open.
    #[error("there is no open promise {promise}")]
    NoSuchPromise {
        /// As given.
        promise: u32,
    },
    /// Nothing that this case is about has such a cover.
    #[error("what the case is about has no cover {cover}")]
    UnknownCover {
        /// As given.
        cover: CoverId,
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
    /// The same units were the matter of a closed case, for the same reason.
    #[error("{case} settled this before ({outcome:?}); say that it is a new fault if it is one")]
    SettledBefore {
        /// The earlier case.
        case: CaseId,
        /// How it ended.
        outcome: Outcome,
    },
    /// An exchange has no amount.
    #[error("an exchange asks for goods, not for an amount")]
    AmountOnExchange,
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
    /// The shop does not sell what is asked for in exchange.
    #[error("the shop has no product {sku:?}")]
    UnknownProduct {
        /// As given.
        sku: String,
    },
    /// What the buyer has a right to would be refused.
    #[error("clause {right} supports this request: refusing it costs {points} points ({violation})")]
    RightStands {
        /// The right that is met.
        right: ClauseId,
        /// The clause that deducts points.
        violation: ClauseId,
        /// How many.
        points: u32,
    },
    /// Shares that do not make a whole.
    #[error("the shares of liability make {total} percent, each party once, not 100")]
    SharesDoNotAddUp {
        /// What they make.
        total: u64,
    },
    /// An amount outside what a remedy allows.
    #[error("{asked} asked, clause {clause} allows {least} to {most}")]
    RemedyAmount {
        /// The remedy's clause.
        clause: ClauseId,
        /// As asked.
        asked: Money,
        /// The least.
        least: Money,
        /// The most.
        most: Money,
    },
    /// Abuse noted without anything it rests on.
    #[error("abuse rests on signals, messages or evidence; name some")]
    AbuseUngrounded,
    /// What a buyer contests is not settled by whoever noted it, nor by somebody no higher.
    #[error("what the buyer contests is settled by another person, a {ask} at least")]
    AbuseSettledByAnother {
        /// Who may.
        ask: &'static str,
    },
    /// What goes beyond the buyer's rights, while abuse is noted or he is blocked.
    #[error("this goes beyond the buyer's rights and is for a {ask} to give ({because})")]
    GoodwillNeedsSupervisor {
        /// `abuse_noted` or `buyer_blocked`.
        because: &'static str,
        /// Who may.
        ask: &'static str,
    },
    /// A promise that passed cannot be put off any more.
    #[error("promise {promise} passed at {due_at}: the buyer had to be told before")]
    PromisePassed {
        /// Which.
        promise: u32,
        /// When it passed.
        due_at: Moment,
    },
    /// The cover is not for this.
    #[error("the cover is not for this: {gap}")]
    NotCovered {
        /// Why.
        gap: Gap,
    },
    /// More than the cover pays.
    #[error("{asked} is more than the cover pays, {at_most}")]
    AboveCover {
        /// As given.
        asked: Money,
        /// What it pays at most, by its bounds and what was claimed before.
        at_most: Money,
    },
    /// More than a carrier owes.
    #[error("{asked} is more than the carrier owes, {at_most}")]
    AboveCarrierLiability {
        /// As given.
        asked: Money,
        /// What he owes at most.
        at_most: Money,
        /// The clause that says so; without it the value it was insured for.
        clause: Option<ClauseId>,
    },
    /// More than was asked, or than is still to come.
    #[error("{given} is more than {asked}")]
    AboveWhatIsAsked {
        /// As given.
        given: Money,
        /// What was asked, or is still to come.
        asked: Money,
    },
    /// An appeal or a claim that shows nothing.
    #[error("an appeal or a claim rests on a piece of evidence")]
    RecourseUnproven,
    /// The buyer's right needs no proof, and the shop asks for some (ELG-1).
    #[error("{clause} allows no proof to be asked for")]
    ProofMustNotBeAsked {
        /// The clause that supports the request.
        clause: ClauseId,
    },
    /// A pick-up that ends before it begins, has passed, or comes after the return had to be shipped.
    #[error("a pick-up is between {earliest} and {latest:?}")]
    PickupOutOfTime {
        /// Now.
        earliest: Moment,
        /// When the return has to be on its way, while that is measured.
        latest: Option<Moment>,
    },
    /// A day to pay by that has passed, or comes after it may be reported.
    #[error("a day to pay by is between {earliest} and {latest}")]
    PayByOutOfTime {
        /// Now.
        earliest: Moment,
        /// When it may be reported.
        latest: Moment,
    },
    /// A payment from before the order, or from the future.
    #[error("a payment arrives between {earliest} and {latest}")]
    PaymentOutOfTime {
        /// When it was ordered.
        earliest: Moment,
        /// Now.
        latest: Moment,
    },
    /// A visit that ends before it begins, has begun, or lies further ahead than its clause allows.
    #[error("a visit is between {earliest} and {latest}")]
    VisitOutOfTime {
        /// Now.
        earliest: Moment,
        /// The furthest.
        latest: Moment,
    },
    /// A visit at an hour at which the shop bothers nobody.
    #[error("a visit lies within the shop's working hours of one day")]
    VisitOutsideHours,
    /// A promise for a moment that has passed.
    #[error("{due_at} has passed; it is {now}")]
    PromiseInPast {
        /// As given.
        due_at: Moment,
        /// Now.
        now: Moment,
    },
    /// A promise further ahead than its clause allows.
    #[error("{due_at} is too far ahead; {latest} is the latest")]
    PromiseTooFar {
        /// As given.
        due_at: Moment,
        /// The latest.
        latest: Moment,
    },
    /// Promises are open.
    #[error("{open} promises to the buyer are still to be kept")]
    PromisesOpen {
        /// How many.
        open: usize,
    },
    /// It is not known yet what became of reviews.
    #[error("of {open} reviews it is not put down what became of them")]
    ReviewsOpen {
        /// How many.
        open: usize,
    },
    /// Not somebody above an agent.
    #[error("a case is passed to a supervisor, a manager or the owner, not to {to:?}")]
    NotUpward {
        /// As given.
        to: Role,
    },
    /// The case was opened again often enough.
    #[error("a closed case can be opened again {at_most} times")]
    TooManyReopenings {
        /// The bound.
        at_most: i64,
        /// Its clause, when one says so.
        clause: Option<ClauseId>,
    },
    /// The buyer has renewed often enough.
    #[error("a refused request can be renewed {at_most} times (clause {clause})")]
    TooManyRenewals {
        /// The bound.
        at_most: i64,
        /// Its clause.
        clause: ClauseId,
    },
    /// More of something than there may be.
    #[error("there can be {at_most} {what} at most")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The most.
        at_most: usize,
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
    /// Returned goods not taken back without a picture and the reason (ELG-8).
    #[error("what is not accepted is shown in pictures, with the reason")]
    RejectionUnproven,
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

/// The conditions that are not met, or not known to be.
fn unmet(explanation: &Explanation) -> String {
    let open = explanation
        .findings
        .iter()
        .filter(|finding| finding.verdict != Verdict::Met);
    let texts: Vec<&str> = open.map(|finding| finding.condition.as_str()).collect();
    texts.join("; ")
}
