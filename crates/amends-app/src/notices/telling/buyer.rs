//! What the buyer is told: what happened, why, what he can do and until when.
//!
//! Must not know: who of the shop did what; the buyer has to do with one shop. Tests: as its parent's.

use std::collections::BTreeMap;

use amends_domain::case::clock::{Clock, Expiry, Owner};
use amends_domain::case::remedy::Offered;
use amends_domain::case::{Goods, Kind, Outcome, Parcel};
use amends_domain::event::{Event, NextStep};
use amends_domain::ledger::UnitRef;
use amends_domain::policy::{ClauseId, Payer};

use super::{Happening, Told, some};
use crate::notices::{Arg, Recipient};

pub(super) fn told(happening: &Happening<'_>) -> Vec<Told> {
    let of = |code| happening.notice(code, Recipient::Buyer);
    match happening.event {
        Event::Opened(opened) => received(happening, opened.kind),
        Event::Approved { basis, .. } => approved(happening, basis),
        Event::Refused { reason, text, next } => {
            let way = |step, word| next.contains(&step).then_some(Arg::Words(word));
            of("refused")
                .word("reason", reason)
                .with("text", text.and_then(|text| happening.text(text.id)))
                .moment("due", happening.due(Clock::RefusalAnswer))
                .with("renew", way(NextStep::Renew, "renew".to_owned()))
                .with(
                    "ask",
                    way(NextStep::AskIntervention, "ask_intervention".to_owned()),
                )
                .with("withdraw", way(NextStep::Withdraw, "withdraw".to_owned()))
                .one()
        }
        Event::Renewed { .. } => of("renewed")
            .moment("due", happening.due(Clock::Decision))
            .clause(happening.clock(Clock::Decision).map(|run| &run.clause))
            .one(),
        Event::Resolved { text } => of("resolved").with("text", happening.text(text.id)).one(),
        Event::Reopened { .. } => of("reopened").moment("due", happening.due(Clock::Decision)).one(),
        Event::Closed { outcome } => closed(happening, *outcome),
        Event::PassedUp { to, .. } => {
            // Without a clock for the answer there is nothing to promise him.
            let due = happening.due(Clock::UpwardAnswer);
            due.map_or_else(Vec::new, |due| {
                of("escalated_to_supervisor")
                    .word("who", to.code())
                    .moment("due", Some(due))
                    .one()
            })
        }
        Event::ClockWarned { clock } => warned(happening, *clock),
        Event::ClockExpired { clock, outcome, .. } => overdue(happening, *clock, *outcome),
        Event::Promised { text, due_at, .. } => of("promised")
            .with("promise", happening.text(text.id))
            .moment("due", Some(*due_at))
            .one(),
        Event::PromiseMoved {
            promise,
            due_at,
            text,
        } => {
            let before = happening.before.and_then(|case| case.promises.get(promise));
            of("promise_moved")
                .with(
                    "promise",
                    before.and_then(|promise| happening.text(promise.text.id)),
                )
                .moment("old", before.map(|promise| promise.due_at))
                .moment("new", Some(*due_at))
                .with("reason", happening.text(text.id))
                .one()
        }
        _ => on_the_way(happening),
    }
}

/// Goods and money on their way.
fn on_the_way(happening: &Happening<'_>) -> Vec<Told> {
    let of = |code| happening.notice(code, Recipient::Buyer);
    let parcel = |code, parcel: &Parcel| {
        of(code)
            .with("carrier", Arg::Text(parcel.carrier.clone()))
            .with("waybill", Arg::Text(parcel.waybill.clone()))
    };
    match happening.event {
        Event::PickupBooked { pickup } => of("pickup_booked")
            .with("carrier", Arg::Text(pickup.carrier.clone()))
            .moment("from", Some(pickup.from))
            .moment("until", Some(pickup.until))
            .one(),
        // A parcel that comes back by itself is told of with the approval.
        Event::ReturnShipped { parcel: sent } if !happening.with_it(is_approval) => {
            parcel("return_on_the_way", sent)
                .moment("due", happening.due(Clock::ReceiptConfirmation))
                .one()
        }
        Event::Inspected {
            accepted,
            rejected,
            missing,
            text,
            ..
        } => {
            let text = text.and_then(|text| happening.text(text.id));
            inspected(happening, [accepted, rejected, missing], text)
        }
        Event::SentBack { parcel: sent } => parcel("sent_back", sent).one(),
        Event::ReplacementShipped { parcel: sent } if happening.after.kind == Kind::Reissue => {
            parcel("reissue_shipped", sent).one()
        }
        Event::ReplacementShipped { parcel: sent } => parcel("replacement_shipped", sent).one(),
        Event::RepairDue => of("repair_started")
            .moment("due", happening.due(Clock::Repair))
            .one(),
        Event::RepairedShipped { parcel: sent } => parcel("repair_shipped", sent).one(),
        Event::ConvertedToRefund { amount } => of("converted")
            .with("amount", Arg::Money(happening.money(*amount)))
            .one(),
        Event::DifferenceOwed { amount } => of("difference_owed")
            .with("amount", Arg::Money(happening.money(*amount)))
            .one(),
        Event::RefundOrdered { .. } if !happening.with_it(is_approval) => {
            let expired = happening.together.iter().find_map(|event| match event {
                Event::ClockExpired { clause, .. } => Some(clause),
                _ => None,
            });
            of("refund_ordered")
                .with("amount", Arg::Money(happening.refund()))
                .with("method", happening.method())
                .moment("arrives", happening.known.arrives)
                .clause(expired)
                .one()
        }
        Event::RefundFailed { .. } => of("refund_delayed")
            .with("amount", Arg::Money(happening.refund()))
            .moment("due", happening.known.answered_by)
            .one(),
        Event::RefundPaid { .. } | Event::RefundRecorded { .. } => paid(happening),
        _ => of_remedies(happening),
    }
}

/// What was offered and agreed, and its steps.
fn of_remedies(happening: &Happening<'_>) -> Vec<Told> {
    let of = |code| happening.notice(code, Recipient::Buyer);
    match happening.event {
        Event::EvidenceAsked { kinds, text } => {
            let listed = kinds.iter().map(|kind| {
                let word = Arg::Words(kind.code().to_owned());
                BTreeMap::from([("kind".to_owned(), word)])
            });
            of("evidence_asked")
                .with("kinds", Arg::Items(listed.collect()))
                .with("text", text.and_then(|text| happening.text(text.id)))
                .one()
        }
        Event::Offered { options, text, .. } => of("offer_made")
            .with("text", text.and_then(|text| happening.text(text.id)))
            .with("options", Arg::Items(listed(happening, options)))
            .moment("due", happening.due(Clock::OfferAnswer))
            .one(),
        Event::Agreed { clause, remedy, .. } => of("agreed")
            .word("remedy", remedy.code())
            .clause(Some(clause))
            .one(),
        Event::TrialStarted => {
            let due = happening.due(Clock::Trial);
            due.map_or_else(Vec::new, |due| of("trial_started").moment("due", Some(due)).one())
        }
        Event::StepDone { step, .. } => {
            let at = usize::try_from(*step).ok().and_then(|step| step.checked_sub(1));
            let done = at.and_then(|at| happening.after.steps.get(at));
            done.map_or_else(Vec::new, |step| {
                of("step_done").word("extra", step.extra.code()).one()
            })
        }
        _ => Vec::new(),
    }
}

fn is_approval(event: &Event) -> bool {
    matches!(event, Event::Approved { .. })
}

fn received(happening: &Happening<'_>, kind: Kind) -> Vec<Told> {
    let Some(run) = happening.clock(Clock::Decision) else {
        return Vec::new();
    };
    // He wrote a review and asked for nothing: somebody gets in touch with him.
    if kind == Kind::ReviewRescue {
        return Vec::new();
    }
    if kind.is_decided() {
        return happening
            .notice("application_received", Recipient::Buyer)
            .moment("due", Some(run.due_at))
            .clause(Some(&run.clause))
            .one();
    }
    let due = happening.due(Clock::FirstReply).unwrap_or(run.due_at);
    happening
        .notice("question_received", Recipient::Buyer)
        .moment("due", Some(due))
        .one()
}

/// A grant, by whomever: what the buyer has to do now, or when he has his money.
fn approved(happening: &Happening<'_>, basis: &[ClauseId]) -> Vec<Told> {
    let case = happening.after;
    let by_itself = happening.with_it(|event| {
        let (clock, outcome) = (Clock::Decision, Expiry::Approve);
        matches!(event, Event::ClockExpired { clock: of, outcome: to, .. } if *of == clock && *to == outcome)
    });
    let of = |code| {
        happening
            .notice(code, Recipient::Buyer)
            .with("how", by_itself.then(|| Arg::Words("expired".to_owned())))
            .clause(basis.first())
    };
    match (&case.goods, case.kind) {
        (Some(Goods::ToShip), kind) => {
            let code = match kind {
                Kind::Exchange => "approved_exchange",
                Kind::Repair => "approved_repair",
                _ => "approved_return",
            };
            of(code)
                .with("address", Arg::Text(happening.known.return_address.clone()))
                .moment("due", happening.due(Clock::ReturnShipment))
                .one()
        }
        (Some(Goods::OnTheWay(parcel)), _) => of("approved_returning")
            .with("waybill", Arg::Text(parcel.waybill.clone()))
            .moment("due", happening.due(Clock::ReceiptConfirmation))
            .one(),
        (Some(Goods::ReplacementToShip), _) => of("approved_reissue")
            .moment("due", happening.due(Clock::ReplacementDispatch))
            .one(),
        _ if happening.with_it(|event| matches!(event, Event::RefundDue { .. })) => of("approved_refund")
            .with("amount", Arg::Money(happening.refund()))
            .with("method", happening.method())
            .moment("arrives", happening.known.arrives)
            .one(),
        _ => Vec::new(),
    }
}

fn inspected(happening: &Happening<'_>, units: [&Vec<UnitRef>; 3], text: Option<Arg>) -> Vec<Told> {
    let [accepted, rejected, missing] = units.map(Vec::len);
    let accepted_count = Arg::Count(u64::try_from(accepted).unwrap_or(u64::MAX));
    if rejected + missing == 0 {
        let next = [Clock::RefundExecution, Clock::ReplacementDispatch, Clock::Repair];
        let due = next.into_iter().find_map(|clock| happening.due(clock));
        return happening
            .notice("inspection_passed", Recipient::Buyer)
            .with("accepted", accepted_count)
            .moment("due", due)
            .one();
    }
    happening
        .notice("inspection_partial", Recipient::Buyer)
        .with("accepted", accepted_count)
        .with("rejected", some(rejected))
        .with("missing", some(missing))
        .with("text", text)
        .moment("due", happening.due(Clock::SendBack))
        .one()
}

fn paid(happening: &Happening<'_>) -> Vec<Told> {
    let by_hand = matches!(happening.event, Event::RefundRecorded { .. });
    let method = if by_hand {
        Arg::Words("by_hand".to_owned())
    } else {
        happening.method()
    };
    let arrives = happening.due(Clock::MoneyArrival).or(happening.known.arrives);
    let code = match arrives {
        Some(_) => "refund_paid",
        None => "refund_sent",
    };
    happening
        .notice(code, Recipient::Buyer)
        .with("amount", Arg::Money(happening.refund()))
        .with("method", method)
        .moment("arrives", arrives)
        .one()
}

/// Options as the buyer reads them.
fn listed(happening: &Happening<'_>, options: &[Offered]) -> Vec<BTreeMap<String, Arg>> {
    let money = |minor: i64| (minor > 0).then(|| Arg::Money(happening.money(minor)));
    let listed = (1..).zip(options).map(|(n, option)| {
        let plan = &option.plan;
        let payer = match plan.return_freight {
            Payer::Buyer => "buyer",
            Payer::Shop => "shop",
        };
        let freight = plan.route.returns_goods().then_some(payer);
        let values = [
            ("n", Some(Arg::Count(n))),
            ("remedy", Some(Arg::Words(option.remedy.code().to_owned()))),
            ("clause", Some(Arg::Clause(option.clause().clone()))),
            ("refund", money(plan.amount)),
            ("compensation", money(plan.compensation)),
            ("pays", money(plan.buyer_pays.unwrap_or(0))),
            ("freight", freight.map(|payer| Arg::Words(payer.to_owned()))),
            ("done", plan.done_in.map(Arg::Length)),
        ];
        let values = values.into_iter();
        values
            .filter_map(|(name, arg)| Some((name.to_owned(), arg?)))
            .collect()
    });
    listed.collect()
}

fn closed(happening: &Happening<'_>, outcome: Outcome) -> Vec<Told> {
    // The answer itself closes a question, and is told as such.
    if happening.with_it(|event| matches!(event, Event::Resolved { .. })) {
        return Vec::new();
    }
    // Sent is told with its parcel; and nobody is told off for what he did not buy.
    if matches!(outcome, Outcome::Dispatched | Outcome::Unpaid) {
        return Vec::new();
    }
    let word = match outcome {
        Outcome::Refunded => "refunded",
        Outcome::Exchanged => "exchanged",
        Outcome::Withdrawn if happening.after.trade.is_some() => "order_given_up",
        Outcome::Withdrawn => "withdrawn",
        Outcome::Refused => "refused",
        Outcome::NotShipped => "not_shipped",
        Outcome::NothingAccepted => "nothing_accepted",
        Outcome::NothingLeft => "nothing_left",
        Outcome::Reissued => "reissued",
        Outcome::Repaired => "repaired",
        Outcome::Compensated => "compensated",
        Outcome::Resolved => "answered",
        Outcome::Dispatched => "order_dispatched",
        Outcome::Unpaid => "order_unpaid",
    };
    happening
        .notice("closed", Recipient::Buyer)
        .word("outcome", word)
        .one()
}

/// The buyer is reminded of what is his to do, and invited to say how it went.
fn warned(happening: &Happening<'_>, clock: Clock) -> Vec<Told> {
    if clock == Clock::FollowUp {
        return happening.notice("follow_up_invite", Recipient::Buyer).one();
    }
    let action = match clock {
        Clock::ReturnShipment => "ship_return",
        Clock::RefusalAnswer => "answer_refusal",
        Clock::OfferAnswer => "choose_offer",
        Clock::ReplacementReceipt => "confirm_receipt",
        _ => return Vec::new(),
    };
    let Some(run) = happening.ran(clock).filter(|run| run.owner == Owner::Buyer) else {
        return Vec::new();
    };
    happening
        .notice("deadline_near_buyer", Recipient::Buyer)
        .word("action", action)
        .moment("due", Some(run.due_at))
        .one()
}

/// What the shop did not do in time, and that goes to somebody higher: the buyer hears it from us first.
fn overdue(happening: &Happening<'_>, clock: Clock, outcome: Expiry) -> Vec<Told> {
    let of_shop = matches!(
        clock,
        Clock::Decision
            | Clock::FirstReply
            | Clock::ReceiptConfirmation
            | Clock::RefundExecution
            | Clock::ReplacementDispatch
            | Clock::Repair
            | Clock::SendBack
            | Clock::UpwardAnswer
            | Clock::Promise
            | Clock::RemedyStep
    );
    if !of_shop || outcome != Expiry::Escalate {
        return Vec::new();
    }
    happening
        .notice("clock_overdue_buyer", Recipient::Buyer)
        .word("late", clock.code())
        .moment("due", happening.known.answered_by)
        .one()
}
