//! What can be tried about covers and visits.
//!
//! Must not know: what is allowed. Tests: `amends-api/tests/it/warranty.rs`.

use amends_domain::case::Case;
use amends_domain::case::cover::ClaimStage;
use amends_domain::case::visit::VisitOutcome;
use amends_domain::command::{Command, CoverRequest};
use amends_domain::digest::TextRef;
use amends_domain::facts::Facts;
use amends_domain::money::Money;
use amends_domain::time::{Moment, ShopTime};

/// How far ahead a slot is looked for that the shop is open in; hours of a fortnight.
const LOOKED_AT: i64 = 14 * 24;
const HOUR_MILLIS: i64 = 60 * 60 * 1_000;

/// A claim stands for whichever cover it can be made on now.
pub(super) fn trials(case: &Case, facts: &Facts, said: TextRef, at: Moment) -> Vec<(&'static str, Command)> {
    let least = || Money::clamped(1, case.currency);
    let (reference, text) = ("-".to_owned(), None);
    let claims = facts.covers.iter().map(|cover| {
        let asked = CoverRequest {
            cover: cover.id,
            trouble: cover.plan.covers(),
            amount: least(),
            text: said,
            evidence: Vec::new(),
        };
        ("claim_cover", Command::ClaimCover(asked))
    });
    let provider = match case.open_cover_claim().map(|claim| &claim.stage) {
        Some(ClaimStage::Ordered { provider }) => provider.clone(),
        _ => "-".to_owned(),
    };
    let mut trials: Vec<_> = claims.collect();
    trials.extend([
        (
            "order_repair",
            Command::OrderRepair {
                provider: "-".to_owned(),
                reference: reference.clone(),
            },
        ),
        (
            "report_repair",
            Command::ReportRepair {
                provider,
                fee: least(),
                text,
            },
        ),
        ("decline_cover", Command::DeclineCover { text: said }),
        (
            "settle_cover",
            Command::SettleCover {
                amount: least(),
                reference,
            },
        ),
        ("drop_cover", Command::DropCover { text: said }),
        (
            "end_visit",
            Command::EndVisit {
                outcome: VisitOutcome::Done,
                text,
            },
        ),
    ]);
    trials.extend(
        open_slot(&facts.time, at).map(|(from, until)| ("book_visit", Command::BookVisit { from, until })),
    );
    trials
}

/// The next slot in which the shop is open, a moment long.
fn open_slot(time: &ShopTime, at: Moment) -> Option<(Moment, Moment)> {
    let ahead = (0..LOOKED_AT).map(|hours| at.plus_millis(1 + hours * HOUR_MILLIS));
    let mut open = ahead.filter(|from| time.in_working_hours(*from));
    open.next().map(|from| (from, from.plus_millis(1)))
}
