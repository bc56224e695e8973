//! Events, cases and ledgers as short lines that a person can check by reading.
//!
//! Must not know: how a scenario is written.

use std::fmt::Write as _;

use amends_domain::case::recourse::RecourseAnswer;
use amends_domain::case::remedy::Offered;
use amends_domain::case::{Case, MoneyState, Request, Side};
use amends_domain::event::{Event, ExceptionNoted, Judged, Opened, RecourseFiled};
use amends_domain::ledger::{Breakdown, UnitRef};
use amends_domain::time::Moment;
use serde::Serialize;

use crate::harness::{DAY_ZERO_MILLIS, World};

/// The stable word of a value that is stored as one.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value).unwrap() {
        serde_json::Value::String(word) => word,
        serde_json::Value::Object(map) => map.keys().next().unwrap().clone(),
        other => other.to_string(),
    }
}

/// Minor units as yuan.
pub(crate) fn yuan_text(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// A moment as day and time on the shop's wall.
pub(crate) fn when(at: Moment) -> String {
    let minutes = (at.millis() - DAY_ZERO_MILLIS).div_euclid(60_000);
    let (day, minute) = (minutes.div_euclid(1_440), minutes.rem_euclid(1_440));
    format!("{day} {:02}:{:02}", minute / 60, minute % 60)
}

fn units(world: &World, units: &[UnitRef]) -> String {
    let name = |unit: &UnitRef| format!("{}#{}", world.order.line(unit.0).unwrap().sku, unit.1 + 1);
    units.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn breakdown(world: &World, breakdown: &Breakdown) -> String {
    let mut text = yuan_text(breakdown.total());
    let mut parts: Vec<String> = breakdown
        .goods
        .iter()
        .map(|part| {
            format!(
                "{} {}",
                units(world, &[(part.line, part.unit)]),
                yuan_text(part.amount)
            )
        })
        .collect();
    for (name, amount) in [
        ("freight", breakdown.freight),
        ("return freight", breakdown.return_freight),
        ("compensation", breakdown.compensation),
    ] {
        if amount > 0 {
            parts.push(format!("{name} {}", yuan_text(amount)));
        }
    }
    write!(text, " ({})", parts.join(", ")).unwrap();
    text
}

fn opening(world: &World, opened: &Opened) -> String {
    let right = opened.right.as_ref().map_or_else(
        || format!("no right ({})", word(&opened.entitlement)),
        ToString::to_string,
    );
    format!(
        "opened {} for {} by {right}, return freight {}",
        yuan_text(opened.claim.amount),
        units(world, &opened.claim.units),
        word(&opened.return_freight)
    )
}

/// One event.
pub(crate) fn event(world: &World, event: &Event) -> String {
    let name = event.name();
    match event {
        Event::Opened(opened) => opening(world, opened),
        Event::ClockStarted { clock, run } => format!("+{} till {}", clock.code(), when(run.due_at)),
        Event::ClockStopped { clock } => format!("-{}", clock.code()),
        Event::ClockWarned { clock } => format!("warned of {}", clock.code()),
        Event::ClockExpired {
            clock,
            clause,
            outcome,
        } => {
            format!("{} over ({clause}: {})", clock.code(), word(outcome))
        }
        Event::Approved {
            basis, compensation, ..
        } => {
            let basis: Vec<String> = basis.iter().map(ToString::to_string).collect();
            let on_top = (*compensation > 0).then(|| format!(" +{}", yuan_text(*compensation)));
            format!("approved [{}]{}", basis.join(" "), on_top.unwrap_or_default())
        }
        Event::Refused { reason, next, .. } => {
            let next: Vec<String> = next.iter().map(word).collect();
            format!("refused {reason} (next: {})", next.join(" "))
        }
        Event::Inspected {
            accepted,
            rejected,
            missing,
            return_freight,
            ..
        } => {
            let lists = [("ok", accepted), ("not ok", rejected), ("missing", missing)];
            inspected(world, lists, *return_freight)
        }
        Event::RefundDue {
            refund, breakdown: b, ..
        } => format!("refund_due #{refund} {}", breakdown(world, b)),
        Event::RefundOrdered { refund }
        | Event::RefundPaid { refund, .. }
        | Event::RefundRecorded { refund, .. }
        | Event::RefundPaidTwice { refund, .. } => format!("{name} #{refund}"),
        Event::RefundRetried {
            refund,
            attempt,
            at_once: true,
        } => format!("{name} #{refund}.{attempt} at once"),
        Event::RefundRetried { refund, attempt, .. }
        | Event::RefundFailed { refund, attempt, .. }
        | Event::RefundUnknown { refund, attempt } => format!("{name} #{refund}.{attempt}"),
        Event::Renewed { amount, judged, .. } => {
            let by = judged.as_deref().map(judgement).unwrap_or_default();
            format!("{name} {}{by}", yuan_text(*amount))
        }
        Event::DifferenceNetted {
            compensation,
            return_freight,
        } => netted(name, *compensation, *return_freight),
        Event::DifferenceOwed { amount }
        | Event::DifferencePaid { amount, .. }
        | Event::ConvertedToRefund { amount } => format!("{name} {}", yuan_text(*amount)),
        Event::Closed { outcome } => format!("closed {}", word(outcome)),
        _ => dispute(event)
            .or_else(|| warranty(event))
            .or_else(|| review(event))
            .or_else(|| trade(event))
            .or_else(|| handling(event))
            .unwrap_or_else(|| name.to_owned()),
    }
}

fn netted(name: &str, compensation: i64, return_freight: i64) -> String {
    format!(
        "{name} {} (compensation {}, return freight {})",
        yuan_text(compensation + return_freight),
        yuan_text(compensation),
        yuan_text(return_freight)
    )
}

/// One event of a dispute.
fn dispute(event: &Event) -> Option<String> {
    let name = event.name();
    Some(match event {
        Event::Ruled { ruling, .. } => format!("ruled {}", word(ruling)),
        Event::InterventionAsked { by: Side::Shop, .. } => format!("{name} by shop"),
        Event::StatementSubmitted { by, .. } | Event::Appealed { by, .. } => {
            format!("{name} by {}", by.code())
        }
        Event::ExceptionNoted(ExceptionNoted { fault, parcel, .. }) => {
            format!("{name} {} {} {}", fault.code(), parcel.carrier, parcel.waybill)
        }
        Event::RecourseFiled(RecourseFiled {
            to, amount, clause, ..
        }) => {
            let by = clause.as_ref().map(|clause| format!(" ({clause})"));
            let by = by.unwrap_or_default();
            format!("{name} to {} {}{by}", to.code(), yuan_text(*amount))
        }
        Event::RecourseSupplemented { to, .. } | Event::RecourseDropped { to, .. } => {
            format!("{name} {}", to.code())
        }
        Event::RecourseAnswered { to, answer, .. } => match answer {
            RecourseAnswer::Granted { amount: Some(amount) } => {
                format!("{name} by {} granted {}", to.code(), yuan_text(amount.minor()))
            }
            _ => format!("{name} by {} {}", to.code(), word(answer)),
        },
        Event::RecourseReceived { to, amount, .. } => {
            format!("{name} from {} {}", to.code(), yuan_text(*amount))
        }
        _ => return None,
    })
}

/// What covers and visits say.
fn warranty(event: &Event) -> Option<String> {
    let name = event.name();
    Some(match event {
        Event::CoverClaimed(claimed) => {
            let most = claimed.at_most.map(|most| format!(" of {}", yuan_text(most)));
            let (plan, trouble) = (claimed.plan.code(), claimed.trouble.code());
            let asked = yuan_text(claimed.asked);
            format!("{name} {plan} for {trouble} {asked}{}", most.unwrap_or_default())
        }
        Event::RepairOrdered(ordered) => format!("{name} from {}", ordered.provider),
        Event::RepairReported(reported) => {
            format!("{name} by {} {}", reported.provider, yuan_text(reported.fee))
        }
        Event::CoverSettled(settled) => format!("{name} {}", yuan_text(settled.amount)),
        Event::VisitBooked(slot) => format!("{name} {} to {}", when(slot.from), when(slot.until)),
        Event::VisitEnded(ended) => format!("{name} {}", ended.outcome.code()),
        _ => return None,
    })
}

/// One event of a review.
fn review(event: &Event) -> Option<String> {
    let name = event.name();
    Some(match event {
        Event::ReviewReceived(given) => {
            let cause = given.cause.map(|cause| format!(" over {}", cause.code()));
            format!("{name} {}{}", word(&given.rating), cause.unwrap_or_default())
        }
        Event::ReviewJudged { cause, .. } => format!("{name} {}", cause.code()),
        Event::ReviewEnded { outcome, .. } => format!("{name} {}", outcome.code()),
        _ => return None,
    })
}

/// One event of an order that was not paid.
fn trade(event: &Event) -> Option<String> {
    let name = event.name();
    Some(match event {
        Event::PaymentReminded { pay_by } => format!("{name} to pay by {}", when(*pay_by)),
        Event::PaymentRecorded(payment) => {
            let bank = payment.bank.iter().map(|bank| format!(" at {bank}"));
            let discount = (payment.discount > 0).then(|| format!(", {} off", yuan_text(payment.discount)));
            format!(
                "{name} {} by {}{}{}",
                yuan_text(payment.amount),
                payment.way.code(),
                bank.collect::<String>(),
                discount.unwrap_or_default()
            )
        }
        Event::OrderDispatched(sent) => {
            let parcel = sent.parcel.as_ref()?;
            format!("{name} {} {}", parcel.carrier, parcel.waybill)
        }
        _ => return None,
    })
}

/// One event of remedies, findings and handling.
fn handling(event: &Event) -> Option<String> {
    let name = event.name();
    let judged = |judged: &Option<Box<Judged>>| judged.as_deref().map(judgement).unwrap_or_default();
    Some(match event {
        Event::Escalated { to, .. } => format!("escalated to {}", word(to)),
        Event::Offered { offer, options, .. } => {
            let options: Vec<String> = options.iter().map(option).collect();
            format!("offered #{offer}: {}", options.join(" | "))
        }
        Event::OfferDeclined { offer, wish, .. } => {
            let wish = wish.map(|wish| format!(" wish {}", yuan_text(wish)));
            format!("{name} #{offer}{}", wish.unwrap_or_default())
        }
        Event::Agreed { clause, remedy, .. } => format!("agreed {} ({clause})", word(remedy)),
        Event::BoughtBack { clause, amount, .. } => format!("{name} {} ({clause})", yuan_text(*amount)),
        Event::RejectionOverruled { amount, .. } => format!("{name} {}", yuan_text(*amount)),
        Event::StepDone { step, .. } => format!("{name} {step}"),
        Event::TrialEnded { worked, .. } => {
            format!("trial {}", if *worked { "worked" } else { "failed" })
        }
        Event::Supplied { judged: by, .. } => format!("{name}{}", judged(by)),
        Event::Found { finding, judged: by } => {
            let shares: Vec<String> = finding
                .shares
                .iter()
                .map(|share| format!(" {} {}%", word(&share.party), share.percent))
                .collect();
            let cause = finding.cause.as_ref().map(|cause| format!(" cause {cause}"));
            let fault = finding.fault.map(|fault| format!(" fault {}", word(&fault)));
            format!(
                "{name}{}{}{}{}",
                shares.concat(),
                cause.unwrap_or_default(),
                fault.unwrap_or_default(),
                judged(by)
            )
        }
        Event::Assessed {
            severity,
            explanations,
            ..
        } => {
            let clauses: Vec<&str> = explanations.iter().map(|one| one.clause.as_str()).collect();
            format!("{name} {} [{}]", word(severity), clauses.join(" "))
        }
        Event::PassedUp { to, passed_for, .. } => format!("{name} to {} for {}", word(to), word(passed_for)),
        Event::Tagged { tags } => format!("{name} [{}]", tags.iter().cloned().collect::<Vec<_>>().join(" ")),
        Event::Reopened {
            units,
            amount,
            judged: by,
            ..
        } => {
            format!(
                "{name} {} units {}{}",
                units.len(),
                yuan_text(*amount),
                judged(by)
            )
        }
        _ => return abuse(event).or_else(|| talk(event)),
    })
}

/// One event of abuse.
fn abuse(event: &Event) -> Option<String> {
    let name = event.name();
    Some(match event {
        Event::AbuseNoted(noted) => {
            let signals = noted.rests_on.signals.iter();
            let signals: Vec<&str> = signals.map(|signal| signal.code()).collect();
            let by = noted.clause.as_ref().map(|clause| format!(" by {clause}"));
            let listings: Vec<String> = noted
                .listings
                .iter()
                .map(|sku| format!(" listing {sku}"))
                .collect();
            format!(
                "{name} [{}]{}{}",
                signals.join(" "),
                by.unwrap_or_default(),
                listings.concat()
            )
        }
        Event::AbuseSettled { upheld: true, .. } => "abuse upheld".to_owned(),
        Event::AbuseSettled { upheld: false, .. } => "abuse lifted".to_owned(),
        _ => return None,
    })
}

/// One event of what the buyer is asked, told and promised.
fn talk(event: &Event) -> Option<String> {
    let name = event.name();
    Some(match event {
        Event::ContactLogged { way, reached, .. } => {
            format!(
                "{name} by {}{}",
                way.code(),
                if *reached { "" } else { " in vain" }
            )
        }
        Event::EvidenceAsked { kinds, .. } => {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
            format!("{name} [{}]", kinds.join(" "))
        }
        Event::PickupBooked { pickup } => {
            format!(
                "{name} {} from {} till {}",
                pickup.carrier,
                when(pickup.from),
                when(pickup.until)
            )
        }
        Event::Promised { promise, due_at, .. } => format!("{name} #{promise} for {}", when(*due_at)),
        Event::PromiseMoved { promise, due_at, .. } => format!("{name} #{promise} to {}", when(*due_at)),
        Event::PromiseKept { promise } | Event::PromiseBroken { promise } => format!("{name} #{promise}"),
        _ => return None,
    })
}

/// An option with what the buyer gets and what it costs the shop.
fn option(option: &Offered) -> String {
    let plan = &option.plan;
    let mut text = format!("{} {}", option.clause(), word(&plan.route));
    for (name, amount) in [("", plan.amount), ("+", plan.compensation)] {
        if amount > 0 {
            write!(text, " {name}{}", yuan_text(amount)).unwrap();
        }
    }
    if let Some(pays) = plan.buyer_pays {
        write!(text, " buyer pays {}", yuan_text(pays)).unwrap();
    }
    for extra in &plan.extras {
        write!(text, " and {}", extra.code()).unwrap();
    }
    if plan.route.returns_goods() {
        write!(text, " freight {}", word(&plan.return_freight)).unwrap();
    }
    let total = option.cost.total();
    let sign = if total < 0 { "-" } else { "" };
    write!(text, " costs {sign}{}", yuan_text(total.abs())).unwrap();
    text
}

fn inspected(world: &World, lists: [(&str, &Vec<UnitRef>); 3], return_freight: i64) -> String {
    let mut text = "inspected".to_owned();
    for (name, list) in lists {
        if !list.is_empty() {
            write!(text, " {name}: {};", units(world, list)).unwrap();
        }
    }
    if return_freight > 0 {
        write!(text, " return freight {};", yuan_text(return_freight)).unwrap();
    }
    text.trim_end_matches(';').to_owned()
}

fn judgement(judged: &Judged) -> String {
    let right = judged.right.as_ref().map_or("no right", |right| right.as_str());
    let (entitlement, payer) = (word(&judged.entitlement), word(&judged.return_freight));
    format!(" by {right} ({entitlement}), return freight {payer}")
}

/// Several events.
pub(crate) fn events(world: &World, list: &[Event]) -> String {
    let texts: Vec<String> = list.iter().map(|one| event(world, one)).collect();
    if texts.is_empty() {
        "nothing".to_owned()
    } else {
        texts.join(", ")
    }
}

/// Where a case ended up.
pub(crate) fn case(label: char, case: &Case) -> String {
    let outcome = match &case.request {
        Request::Closed(outcome) => format!("closed {}", word(outcome)),
        _ => word(&case.status()),
    };
    let paid = case
        .refund
        .as_ref()
        .filter(|_| case.money == Some(MoneyState::Paid));
    let money = case
        .money
        .map_or_else(|| "no money".to_owned(), |money| word(&money));
    let paid = paid.map_or(String::new(), |refund| {
        let by_hand = if refund.by_hand { " by hand" } else { "" };
        format!(" {}{by_hand}", yuan_text(refund.breakdown.total()))
    });
    let clocks: Vec<String> = case
        .clocks
        .iter()
        .map(|(clock, run)| format!("{} {}", clock.code(), when(run.due_at)))
        .collect();
    let clocks = if clocks.is_empty() {
        "none".to_owned()
    } else {
        clocks.join(", ")
    };
    let escalated = case
        .escalated_to
        .map_or(String::new(), |to| format!("; with {}", word(&to)));
    let asked: Vec<&str> = case.evidence_asked.iter().map(|kind| kind.code()).collect();
    let asked = if asked.is_empty() {
        String::new()
    } else {
        format!("; to show {}", asked.join(" "))
    };
    let owed = case.trade.as_deref().map_or(String::new(), |trade| {
        format!(
            "; came in {} of {}",
            yuan_text(trade.received()),
            yuan_text(trade.owed)
        )
    });
    format!("{label}: {outcome}; {money}{paid}{owed}; clocks {clocks}{escalated}{asked}")
}

/// What the ledger says, as far as anything moved.
pub(crate) fn ledger(world: &World) -> String {
    let ledger = &world.ledger;
    let accounts = || ledger.lines.iter().flat_map(|line| &line.units);
    let mut text = "ledger:".to_owned();
    let goods: i64 = accounts().map(|unit| unit.refunded).sum();
    let held: i64 = accounts().map(|unit| unit.held).sum::<i64>()
        + ledger.freight.held
        + ledger.return_freight.held
        + ledger.compensation.held;
    for (name, amount) in [
        ("goods", goods),
        ("freight", ledger.freight.posted),
        ("return freight", ledger.return_freight.posted),
        ("compensation", ledger.compensation.posted),
        ("difference", ledger.difference_paid),
        ("repairs", ledger.repairs_paid),
        ("held", held),
    ] {
        if amount != 0 {
            write!(text, " {name} {}", yuan_text(amount)).unwrap();
        }
    }
    for line in &ledger.lines {
        let back = line.units.iter().filter(|unit| unit.returned).count();
        let replaced: u32 = line.units.iter().map(|unit| unit.replaced).sum();
        let name = &world.order.line(line.line).unwrap().sku;
        if back > 0 {
            write!(text, "; {name} {back} back").unwrap();
        }
        if replaced > 0 {
            write!(text, "; {name} {replaced} replaced").unwrap();
        }
    }
    text
}
