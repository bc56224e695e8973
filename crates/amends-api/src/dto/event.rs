//! Events over the wire: the timeline of a case, and the stream of a shop.
//!
//! What an event says stands under `data` in the form it is stored and hashed in, amounts in minor
//! units of the case's currency. A buyer's timeline has fewer events, and of each only what is his.
//! Must not know: JSON's meaning to others. Tests: `tests/it/stories.rs`, `tests/it/events.rs`.

use amends_app::cases::case_read::TimelineEntry;
use amends_app::events::{EventRow, Position};
use amends_domain::case::Side;
use amends_domain::case::clock::Clock;
use amends_domain::event::Event;
use amends_domain::ids::CaseId;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::values::At;

/// What happened to a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// Oldest first, at most 500; go on with `after` the last one's `seq`.
    pub(crate) entries: Vec<EntryDto>,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryDto {
    /// Its place in the case, from 1.
    seq: u64,
    /// When.
    at: At,
    /// Who made it happen: one of `buyer`, `person` (with `id` and `role`), `deadlines`, `outbox`.
    #[schema(value_type = Object)]
    actor: Value,
    /// What.
    #[serde(rename = "type")]
    #[schema(example = "approved")]
    name: &'static str,
    /// What was written, unless nothing was or it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What it says.
    #[schema(value_type = Object)]
    data: Map<String, Value>,
}

/// An event of the shop's stream.
#[derive(Serialize, ToSchema)]
pub(crate) struct StreamedEvent {
    /// Where the stream goes on after it: `after=<position>`.
    #[schema(example = "1042-0")]
    position: String,
    /// The case.
    #[schema(value_type = String)]
    case: CaseId,
    #[serde(flatten)]
    entry: EntryDto,
}

/// A page of the stream.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventsPage {
    /// In the order they became visible.
    pub(crate) events: Vec<StreamedEvent>,
    /// Where to go on; the same as was asked when there is nothing new.
    pub(crate) next: String,
}

/// A position as the stream writes it.
pub(crate) fn position_text(position: Position) -> String {
    format!("{}-{}", position.commit, position.ordinal)
}

/// A position as a reader sends it back.
pub(crate) fn position_of(text: &str) -> Option<Position> {
    let (commit, ordinal) = text.split_once('-')?;
    Some(Position {
        commit: commit.parse().ok()?,
        ordinal: ordinal.parse().ok()?,
    })
}

impl StreamedEvent {
    pub(crate) fn of(row: &EventRow, event: &Event) -> Self {
        let position = position_text(row.position());
        Self {
            position,
            case: row.case,
            entry: EntryDto::of(row, event, None, false),
        }
    }

    /// What an event stream calls it.
    pub(crate) fn name(&self) -> &'static str {
        self.entry.name
    }

    /// Where the stream goes on after it.
    pub(crate) fn position(&self) -> &str {
        &self.position
    }
}

impl EntryDto {
    fn of(row: &EventRow, event: &Event, text: Option<String>, for_buyer: bool) -> Self {
        let actor = serde_json::from_str(&row.actor).unwrap_or_default();
        let mut data = match serde_json::to_value(event) {
            Ok(Value::Object(data)) => data,
            _ => Map::new(),
        };
        data.remove("type");
        data.remove("text");
        if for_buyer {
            let shown = shown_to_buyer(event).unwrap_or_default();
            data.retain(|name, _| shown.contains(&name.as_str()));
        }
        Self {
            seq: row.seq,
            at: row.at.into(),
            actor: named(actor, for_buyer),
            name: event.name(),
            text,
            data,
        }
    }

    /// What an event stream calls it.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Its place in the case.
    pub(crate) fn seq(&self) -> u64 {
        self.seq
    }

    /// An entry of a timeline; none when a buyer does not see it.
    pub(crate) fn visible(entry: TimelineEntry, for_buyer: bool) -> Option<Self> {
        if for_buyer {
            shown_to_buyer(&entry.event)?;
        }
        let text = entry
            .text
            .filter(|_| !(for_buyer && is_said_to_others(&entry.event)));
        Some(Self::of(&entry.row, &entry.event, text, for_buyer))
    }
}

/// Whether its words went to an insurer, or stayed in the shop, though the buyer sees what happened.
fn is_said_to_others(event: &Event) -> bool {
    matches!(
        event,
        Event::CoverClaimed(_)
            | Event::CoverDeclined { .. }
            | Event::CoverDropped { .. }
            | Event::VisitEnded(_)
    )
}

/// The stored actor as an object with its kind; a buyer sees kinds alone.
pub(crate) fn named(actor: Value, for_buyer: bool) -> Value {
    let (kind, rest) = match actor {
        Value::String(kind) => (kind, Value::Null),
        Value::Object(object) => object.into_iter().next().unwrap_or_default(),
        _ => (String::new(), Value::Null),
    };
    let mut named = Map::new();
    named.insert("kind".to_owned(), Value::String(kind));
    match rest {
        Value::Object(fields) if !for_buyer => named.extend(fields),
        Value::String(id) if !for_buyer => {
            named.insert("id".to_owned(), Value::String(id));
        }
        _ => {}
    }
    Value::Object(named)
}

/// Whether a clock measures what the shop set itself to, or has open with others: a buyer is not shown how
/// it fares with that.
pub(super) fn is_inner(clock: Clock) -> bool {
    matches!(
        clock,
        Clock::ReplyTarget
            | Clock::ClosureGoal
            | Clock::UpwardAnswer
            | Clock::BuyerContact
            | Clock::LogisticsAppeal
            | Clock::AppealProgress
            | Clock::CarrierClaim
            | Clock::ClaimProgress
            | Clock::ReviewContact
            | Clock::OrderLetter
            | Clock::PaymentCall
            | Clock::PaymentReminder
            | Clock::NonPayment
            | Clock::CoverAnswer
            | Clock::CoverRepair
    )
}

/// What follows on the end of the time for evidence tells whether the shop had handed in.
fn expired_to_buyer(clock: Clock) -> &'static [&'static str] {
    match clock {
        Clock::Evidence => &["clock"],
        _ => &["clock", "outcome"],
    }
}

/// What of an event its buyer sees; none when he does not see the event at all: what the shop says
/// to itself, and how a refund fares between shop and provider.
#[expect(clippy::too_many_lines, reason = "an arm for each event, and nothing else")]
fn shown_to_buyer(event: &Event) -> Option<&'static [&'static str]> {
    match event {
        Event::ClockWarned { clock, .. } | Event::ClockExpired { clock, .. } if is_inner(*clock) => None,
        Event::Opened(_) => Some(&["kind", "reason", "currency", "claim", "return_freight"]),
        Event::ClockWarned { .. } => Some(&["clock"]),
        Event::ClockExpired { clock, .. } => Some(expired_to_buyer(*clock)),
        Event::Approved { .. } => Some(&["basis", "compensation"]),
        Event::Refused { .. } => Some(&["reason", "next"]),
        Event::Renewed { .. } | Event::DifferenceOwed { .. } | Event::ConvertedToRefund { .. } => {
            Some(&["amount"])
        }
        Event::EvidenceAsked { .. } => Some(&["kinds"]),
        Event::ContactLogged { .. } => Some(&["way", "reached"]),
        Event::PickupBooked { .. } => Some(&["pickup"]),
        Event::VisitBooked(_) => Some(&["from", "until"]),
        // What insurer and provider settle between them is none of his.
        Event::CoverClaimed(_) => Some(&["plan", "trouble"]),
        Event::RepairOrdered(_) | Event::RepairReported(_) => Some(&["provider"]),
        Event::ReturnShipped { .. }
        | Event::SentBack { .. }
        | Event::ReplacementShipped { .. }
        | Event::RepairedShipped { .. }
        | Event::OrderDispatched(_) => Some(&["parcel"]),
        Event::Inspected { .. } => Some(&["accepted", "rejected", "missing", "return_freight", "evidence"]),
        Event::RefundDue { .. } => Some(&["breakdown"]),
        Event::DifferenceNetted { .. } => Some(&["compensation", "return_freight"]),
        Event::DifferencePaid { .. } => Some(&["amount", "reference"]),
        Event::Ruled { .. } => Some(&["ruling"]),
        Event::InterventionAsked { .. } | Event::Appealed { .. } => Some(&["by"]),
        // What the shop hands in is for the platform to weigh: see the last of them.
        Event::StatementSubmitted { by: Side::Buyer, .. } => Some(&["by", "evidence"]),
        Event::Closed { .. } | Event::VisitEnded(_) => Some(&["outcome"]),
        Event::FollowUpRecorded { .. } => Some(&["score"]),
        Event::TextAdded { .. } => Some(&["kind"]),
        // What an option costs the shop is its own affair: the case shows the options themselves.
        Event::Offered { .. } => Some(&["offer"]),
        Event::OfferDeclined { .. } => Some(&["offer", "wish"]),
        Event::Agreed { .. } => Some(&["clause", "remedy"]),
        Event::BoughtBack { .. } | Event::RejectionOverruled { .. } => Some(&["units", "amount"]),
        Event::StepDone { .. } => Some(&["step"]),
        Event::TrialEnded { .. } => Some(&["worked"]),
        Event::Supplied { .. } => Some(&["declared"]),
        Event::Promised { .. } | Event::PromiseMoved { .. } => Some(&["promise", "due_at"]),
        Event::PromiseKept { .. } => Some(&["promise"]),
        Event::Reopened { .. } => Some(&["amount"]),
        Event::PaymentReminded { .. } => Some(&["pay_by"]),
        // What it had been sold for less is for the log.
        Event::PaymentRecorded(_) => Some(&["paid_at", "way", "bank", "amount", "reference"]),
        Event::OrderLetterSent
        | Event::RefundPaid { .. }
        | Event::RefundRecorded { .. }
        | Event::RefundOrdered { .. }
        | Event::ReplacementDue
        | Event::ReplacementReceived
        | Event::InterventionWithdrawn
        | Event::RepairDue
        | Event::RepairedReceived
        | Event::RepairDeclined
        | Event::Resolved { .. }
        | Event::TrialStarted
        | Event::ArrivalAwaited
        | Event::MoneyArrived
        | Event::CoverDeclined { .. }
        | Event::CoverDropped { .. }
        // What it rests on may name other buyers' cases and how they were found.
        | Event::AbuseNoted(_)
        | Event::AbuseContested { .. }
        | Event::AbuseSettled { .. } => Some(&[]),
        // What he wrote stands in public; what the shop does about it, it does for itself.
        Event::ReviewReceived(_)
        | Event::ReviewJudged { .. }
        | Event::ReviewEnded { .. }
        | Event::ReviewExplained { .. }
        | Event::ExplanationPublished { .. }
        // He is told in the reminder that it may be; when it was is between shop and platform.
        | Event::OrderLetterAnswered
        | Event::NonPaymentReported(_)
        | Event::StatementSubmitted { by: Side::Shop, .. }
        | Event::ClockStarted { .. }
        | Event::ClockStopped { .. }
        | Event::RefundRetried { .. }
        | Event::RefundFailed { .. }
        | Event::RefundUnknown { .. }
        | Event::RefundPaidTwice { .. }
        | Event::Escalated { .. }
        | Event::Found { .. }
        | Event::Assessed { .. }
        | Event::PassedUp { .. }
        | Event::PassedAnswered { .. }
        | Event::Assigned { .. }
        | Event::Tagged { .. }
        | Event::ReplyDue
        | Event::Replied
        | Event::PromiseBroken { .. }
        | Event::FollowUpDue
        // Between the shop and others: the buyer was told in words, and has been paid.
        | Event::ExceptionNoted(_)
        | Event::ExceptionTold
        | Event::RecourseFiled(_)
        | Event::RecourseSupplemented { .. }
        | Event::RecourseAnswered { .. }
        | Event::RecourseReceived { .. }
        | Event::RecourseDropped { .. }
        | Event::CoverSettled(_) => None,
    }
}
