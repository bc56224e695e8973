//! Abuse noted on a case, contested by the buyer, and settled by somebody higher (ABU-1, ABU-3); and what it
//! changes: goodwill of an agent, and nothing else.
//!
//! No right, no clock and no decision depends on it. Must not know: how signals are seen.
//! Tests: `tests/it/abuse.rs`, stories called `abu-…`.

use std::collections::BTreeSet;

use super::judge::Asked;
use super::{Deciding, not_now, pieces_within};
use crate::actor::{Actor, Role};
use crate::case::abuse::{ABUSE_LISTINGS_MAX, ABUSE_MESSAGES_MAX, Abuse, AbuseState, RestsOn};
use crate::case::remedy::Plan;
use crate::case::{Case, Request};
use crate::digest::TextRef;
use crate::event::{AbuseNoted, Because, Event};
use crate::ids::PersonId;
use crate::policy::remedy::RemedyTerms;
use crate::policy::{ClauseId, Payer};
use crate::refusal::Refusal;

pub(super) fn note(
    deciding: &mut Deciding<'_>,
    case: &Case,
    grounds: TextRef,
    rests_on: &RestsOn,
    listings: &BTreeSet<String>,
) -> Result<(), Refusal> {
    let (by, role) = acting(deciding)?;
    if case.abuse.as_deref().is_some_and(Abuse::stands) {
        return Err(not_now(case));
    }
    if let Some(sku) = listings.iter().find(|sku| !is_of_order(deciding, sku)) {
        return Err(Refusal::UnknownProduct { sku: sku.clone() });
    }
    if rests_on.is_empty() {
        return Err(Refusal::AbuseUngrounded);
    }
    pieces_within(&rests_on.evidence)?;
    let counts = [
        ("messages", rests_on.messages.len(), ABUSE_MESSAGES_MAX),
        ("listings", listings.len(), ABUSE_LISTINGS_MAX),
    ];
    if let Some((what, _, at_most)) = counts.into_iter().find(|(_, count, most)| count > most) {
        return Err(Refusal::TooMany { what, at_most });
    }
    let clause = strongest(deciding, rests_on);
    deciding.push(Event::AbuseNoted(Box::new(AbuseNoted {
        by,
        role,
        grounds,
        rests_on: rests_on.clone(),
        listings: listings.clone(),
        clause,
    })));
    Ok(())
}

/// The first clause about one of the signals it rests on.
fn strongest(deciding: &Deciding<'_>, rests_on: &RestsOn) -> Option<ClauseId> {
    let mut signals = deciding.policy.signals();
    let of = signals.find(|(_, terms)| rests_on.signals.contains(&terms.signal));
    of.map(|(clause, _)| clause.clone())
}

fn is_of_order(deciding: &Deciding<'_>, sku: &str) -> bool {
    let order = deciding.facts.order.as_ref();
    order.is_some_and(|order| order.lines.iter().any(|line| line.sku == sku))
}

/// Once, in his own words; from then on somebody higher is called until it is settled.
pub(super) fn contest(deciding: &mut Deciding<'_>, case: &Case, text: TextRef) -> Result<(), Refusal> {
    let noted = case.abuse.as_deref();
    let Some(abuse) = noted.filter(|abuse| abuse.state == AbuseState::Noted) else {
        return Err(not_now(case));
    };
    deciding.push(Event::AbuseContested { text });
    deciding.push(Event::Escalated {
        to: abuse.reviewer(),
        because: Because::AbuseContested,
    });
    Ok(())
}

/// What the buyer contests is settled by somebody above whoever noted it; who noted it can only take it back.
/// What he does not contest can be taken back at any time, and needs nobody to uphold it.
pub(super) fn settle(
    deciding: &mut Deciding<'_>,
    case: &Case,
    upheld: bool,
    text: TextRef,
) -> Result<(), Refusal> {
    let (by, role) = acting(deciding)?;
    let standing = case.abuse.as_deref().filter(|abuse| abuse.stands());
    let Some(abuse) = standing else {
        return Err(not_now(case));
    };
    if upheld && abuse.state != AbuseState::Contested {
        return Err(not_now(case));
    }
    let above = by != abuse.by && role >= abuse.reviewer();
    let takes_back = !upheld && (by == abuse.by || abuse.state != AbuseState::Contested);
    if !above && !takes_back {
        return Err(Refusal::AbuseSettledByAnother {
            ask: abuse.reviewer().code(),
        });
    }
    deciding.push(Event::AbuseSettled { upheld, text });
    Ok(())
}

fn acting(deciding: &Deciding<'_>) -> Result<(PersonId, Role), Refusal> {
    match deciding.envelope.actor {
        Actor::Person { id, role } => Ok((id, role)),
        other => Err(Refusal::NotForYou {
            actor: super::permission::name(&other),
        }),
    }
}

/// What an agent may not give by himself while abuse stands on the case or its buyer is blocked: whatever goes
/// beyond the buyer's rights. A supervisor may.
pub(super) fn goodwill_allowed(deciding: &Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    let agent = matches!(
        deciding.envelope.actor,
        Actor::Person {
            role: Role::Agent,
            ..
        }
    );
    let because = if case.abuse.as_deref().is_some_and(Abuse::stands) {
        "abuse_noted"
    } else if deciding.facts.buyer_blocked {
        "buyer_blocked"
    } else {
        return Ok(());
    };
    if agent {
        return Err(Refusal::GoodwillNeedsSupervisor {
            because,
            ask: Role::Supervisor.code(),
        });
    }
    Ok(())
}

/// Whether a remedy goes beyond what the buyer has a right to: no right supports what it does, or it gives
/// something beside.
pub(super) fn is_goodwill(deciding: &Deciding<'_>, case: &Case, terms: &RemedyTerms, plan: &Plan) -> bool {
    let gives = plan.compensation > 0 || plan.extras.iter().any(|extra| extra.cost() > 0);
    let Some(route) = terms.route else { return gives };
    if case.request == Request::Approved {
        return true;
    }
    let judged = deciding.view().judged(&Asked {
        kind: route,
        ..Asked::of(case)
    });
    let on_top = judged.right.as_ref().and_then(|right| {
        let terms = deciding.policy.right(right)?;
        terms.compensation_percent_max
    });
    let beside = gives && (on_top.is_none() || plan.compensation == 0);
    let freight = plan.return_freight == Payer::Shop && judged.return_freight == Payer::Buyer;
    judged.right.is_none() || beside || freight
}
