//! Which options somebody of the shop puts before a buyer, and with which amounts.
//!
//! Must not know: which remedies there are; policy says so. Tests: `tests/it/`.

use amends_domain::case::Kind;
use amends_domain::case::remedy::{OPTIONS_MAX, Offered, Remedy};
use amends_domain::command::{Command, Pick};
use amends_domain::money::Money;
use amends_domain::policy::condition::Verdict;

use super::{Desk, Seat};
use crate::buyers::Act;
use crate::catalog::WARES;
use crate::chance::Chance;
use crate::words;

/// An offer of one to three of the remedies that are met; one in thirty takes one that is not.
pub(super) fn offer(chance: &mut Chance, desk: &Desk<'_>) -> Option<(Seat, Act)> {
    let careless = chance.percent(3);
    let fits = |offered: &&Offered| careless || offered.explanation.verdict == Verdict::Met;
    let mut found: Vec<&Offered> = desk.remedies.iter().filter(fits).collect();
    if found.is_empty() {
        return None;
    }
    let most = i64::try_from(OPTIONS_MAX.min(found.len())).unwrap_or(1);
    let count = chance.between(1, most + 1);
    let mut picks = Vec::new();
    for _ in 0..count {
        // What is made for few cases comes first where it can be had, and the packs name the rarest last.
        let special = found.iter().rposition(|offered| is_special(offered.remedy));
        let drawn = chance.between(0, i64::try_from(found.len()).unwrap_or(1));
        let drawn = usize::try_from(drawn).unwrap_or(0);
        let at = special.filter(|_| chance.percent(50)).unwrap_or(drawn);
        let offered = found.remove(at);
        picks.push(pick(chance, desk, offered));
    }
    let text = words::line(chance, words::OFFERS, desk.goods);
    // Whoever may give more offers more.
    let seat = [Seat::Agent, Seat::Supervisor, Seat::Manager][chance.weighted(&[72, 22, 6])];
    Some((
        seat,
        Act::texted(text, move |text| Command::Offer { picks, text }),
    ))
}

/// Whether a remedy can be offered that seldom can.
pub(super) fn has_special(desk: &Desk<'_>) -> bool {
    let met = |offered: &Offered| offered.explanation.verdict == Verdict::Met;
    desk.remedies
        .iter()
        .any(|offered| met(offered) && is_special(offered.remedy))
}

/// Remedies whose conditions are seldom met.
fn is_special(remedy: Remedy) -> bool {
    matches!(
        remedy,
        Remedy::Trial
            | Remedy::PaidRepair
            | Remedy::DoorStep
            | Remedy::Warranty
            | Remedy::HigherModel
            | Remedy::Repair
    )
}

fn pick(chance: &mut Chance, desk: &Desk<'_>, offered: &Offered) -> Pick {
    let currency = desk.case.currency;
    let plan = &offered.plan;
    // What the buyer wished for draws the next offer towards it; some go too far.
    let wish = desk.case.offer.as_ref().and_then(|offer| offer.wish);
    let partial = offered.remedy == Remedy::PartialRefund;
    let amount = (partial && chance.percent(50)).then(|| {
        let middle = wish.map_or(plan.amount * 2, |wish| i64::midpoint(wish, plan.amount));
        Money::clamped(middle.max(plan.amount), currency)
    });
    let on_top = plan.compensation > 0 && chance.percent(40);
    let compensation = on_top.then(|| Money::clamped(plan.compensation * 2, currency));
    let replacement_sku = match (offered.remedy, plan.route) {
        (Remedy::HigherModel, _) => Some("EARBUD-PRO".to_owned()),
        (_, Kind::Exchange) if chance.percent(25) => chance.pick(WARES).map(|ware| ware.sku.to_owned()),
        _ => None,
    };
    Pick {
        clause: offered.clause().clone(),
        amount,
        compensation,
        replacement_sku,
    }
}
