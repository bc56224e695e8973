//! Judging: what a request or a case looks like to conditions, which rights support it, and what a
//! clock's or an estimate's special cases come to.
//!
//! Must not know: who asks. Tests: `tests/it/open.rs`, `tests/it/finding.rs`.

use std::collections::BTreeSet;

use crate::case::assessment::{Assessment, Severity};
use crate::case::clock::Clock;
use crate::case::liability::Liability;
use crate::case::{Case, Declared, Kind};
use crate::cover::{Cover, CoverUse, PlanKind};
use crate::event::Judged;
use crate::evolve::State;
use crate::facts::{FactName, FactValue, Facts, RequestFacts};
use crate::ids::{CoverId, LineId};
use crate::ledger::UnitRef;
use crate::money::{Currency, Money};
use crate::policy::condition::{Condition, Verdict};
use crate::policy::remedy::{Estimate, EstimateTerms};
use crate::policy::set::PolicySet;
use crate::policy::{Explanation, Payer, RightTerms};
use crate::time::{Length, Moment};

/// Everything that is looked at while deciding.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) state: &'a State,
    pub(crate) facts: &'a Facts,
    pub(crate) policy: &'a PolicySet,
    pub(crate) at: Moment,
}

/// What is judged: a request that is being made, or a case.
pub(crate) struct Asked<'a> {
    pub(crate) kind: Kind,
    pub(crate) reason: &'a str,
    pub(crate) units: &'a [UnitRef],
    pub(crate) amount: i64,
    pub(crate) declared: Option<Declared>,
    pub(crate) liability: Option<&'a Liability>,
    pub(crate) assessment: Assessment,
    pub(crate) severity: Severity,
    pub(crate) rejected_units: usize,
    /// As of when.
    pub(crate) at: Moment,
}

impl<'a> Asked<'a> {
    /// A case as it is, judged as of its opening: nobody loses a right by the time that handling took.
    pub(crate) fn of(case: &'a Case) -> Self {
        Self {
            kind: case.kind,
            reason: &case.reason,
            units: &case.claim.units,
            amount: case.claim.amount,
            declared: case.declared,
            liability: case.liability.as_ref(),
            assessment: case.assessment,
            severity: case.severity,
            rejected_units: case.to_send_back.len(),
            at: case.opened_at,
        }
    }
}

impl<'a> View<'a> {
    /// An amount in the case's currency, or its order's.
    pub(crate) fn money(self, minor: i64) -> Money {
        let currency = self.state.case.as_ref().map(|case| case.currency);
        let currency = currency.or(self.state.ledger.as_ref().map(|ledger| ledger.currency));
        Money::clamped(minor, currency.unwrap_or(Currency::CNY))
    }

    /// What conditions see of it.
    pub(crate) fn request(self, asked: &Asked<'a>) -> RequestFacts<'a> {
        let mut lines: Vec<LineId> = asked.units.iter().map(|(line, _)| *line).collect();
        lines.dedup();
        let ledger = self.state.ledger.as_ref();
        let left = ledger.map_or(0, |ledger| ledger.left_for(asked.units));
        let groups = self.policy.reason_path(asked.reason);
        let mut request = RequestFacts {
            kind: asked.kind.code(),
            reason: asked.reason,
            reason_groups: groups.into_iter().skip(1).map(str::to_owned).collect(),
            lines,
            goods_value: self.money(left),
            amount_asked: self.money(asked.amount),
            declared: asked.declared,
            liability: asked.liability,
            assessment: asked.assessment,
            severity: asked.severity,
            rejected_units: asked.rejected_units,
            two_way_freight: None,
            covered: BTreeSet::new(),
            now: asked.at,
            clock: self.at,
        };
        request.covered = self.covered(&request.lines, asked.at);
        let freight = self.estimate(Estimate::OneWayFreight, &request);
        request.two_way_freight = freight.map(|freight| self.money(freight.saturating_mul(2)));
        request
    }

    /// What covers held of every line at a moment and are not used up; what the case itself claims of them
    /// uses up none.
    fn covered(self, lines: &[LineId], at: Moment) -> BTreeSet<PlanKind> {
        let own = self
            .state
            .case
            .as_ref()
            .and_then(|case| case.cover_claim.as_deref());
        let holds = |line: &LineId, plan: PlanKind| {
            self.facts.covers.iter().any(|cover| {
                (cover.line, cover.plan) == (*line, plan)
                    && self.in_force(cover, at)
                    && (own.is_some_and(|claim| claim.cover == cover.id)
                        || cover.reach.admits(self.use_of(cover.id)))
            })
        };
        let every = |plan: &&PlanKind| !lines.is_empty() && lines.iter().all(|line| holds(line, **plan));
        PlanKind::ALL.iter().filter(every).copied().collect()
    }

    fn in_force(self, cover: &Cover, at: Moment) -> bool {
        let order = self.facts.order.as_ref();
        order.is_some_and(|order| cover.in_force(order, self.facts.time.zone(), at))
    }

    /// How far a cover is used.
    pub(crate) fn use_of(self, cover: CoverId) -> CoverUse {
        let ledger = self.state.ledger.as_ref();
        ledger
            .and_then(|ledger| ledger.covers.get(&cover))
            .copied()
            .unwrap_or_default()
    }

    /// The first estimate that is met; of an amount in another currency, none.
    pub(crate) fn estimate(self, estimate: Estimate, request: &RequestFacts<'_>) -> Option<i64> {
        let currency = request.goods_value.currency();
        let fits = |terms: &&EstimateTerms| {
            terms.estimate == estimate
                && terms.currency.is_none_or(|of| of == currency)
                && self.holds(&terms.when, request)
        };
        self.policy.estimates().find(fits).map(|terms| terms.value)
    }

    /// Whether a condition is met; unknown is not.
    pub(crate) fn holds(self, when: &Condition, request: &RequestFacts<'_>) -> bool {
        let value = |name: FactName| -> Option<FactValue> { self.facts.value(name, request) };
        when.judge(&value, &mut Vec::new()) == Verdict::Met
    }

    /// How long a clock runs for the case, and how long before its end its owner is warned; nothing
    /// where it does not run.
    pub(crate) fn clock_length(self, clock: Clock) -> Option<(Length, Option<Length>)> {
        let (_, terms) = self.policy.clock(clock)?;
        let case = self.state.case.as_ref()?;
        if !terms.unless.is_empty() {
            let request = self.request(&Asked::of(case));
            if let Some(special) = terms
                .unless
                .iter()
                .find(|special| self.holds(&special.when, &request))
            {
                return Some((special.length?, special.warn_before));
            }
        }
        Some((terms.length, terms.warn_before))
    }

    /// Which rights support it; each explains itself.
    pub(crate) fn judged(self, asked: &Asked<'a>) -> Judged {
        let request = self.request(asked);
        let explanations = self
            .policy
            .explain(asked.kind, &|name| self.facts.value(name, &request));
        let right = supporting_right(self.policy, &explanations);
        Judged {
            right: right.map(|right| right.clause.clone()),
            entitlement: entitlement(&explanations),
            return_freight: return_freight(self.policy, &explanations),
            explanations,
        }
    }

    /// Judges a case once more. Not where its order is not at hand, or where it did not keep what it
    /// was judged by.
    pub(crate) fn judged_again(self, asked: &Asked<'a>) -> Option<Box<Judged>> {
        self.facts.order.as_ref()?;
        asked.declared?;
        Some(Box::new(self.judged(asked)))
    }
}

/// Rights that are met, in the order of the set.
fn met<'a>(
    policy: &'a PolicySet,
    explanations: &'a [Explanation],
) -> impl Iterator<Item = (&'a Explanation, &'a RightTerms)> {
    explanations
        .iter()
        .filter(|explanation| explanation.verdict == Verdict::Met)
        .filter_map(|explanation| Some((explanation, policy.right(&explanation.clause)?)))
}

/// The right that supports the request: of those that are met the kindest, since a layer only adds
/// to what the one below it grants; among equals the first.
fn supporting_right<'a>(policy: &'a PolicySet, explanations: &'a [Explanation]) -> Option<&'a Explanation> {
    let kindness = |terms: &RightTerms| {
        (
            terms.return_freight == Payer::Shop,
            terms.compensation_percent_max,
        )
    };
    met(policy, explanations)
        .reduce(|best, next| {
            if kindness(next.1) > kindness(best.1) {
                next
            } else {
                best
            }
        })
        .map(|(explanation, _)| explanation)
}

/// The shop bears the return's freight when any right that is met says so.
fn return_freight(policy: &PolicySet, explanations: &[Explanation]) -> Payer {
    let shop = met(policy, explanations).any(|(_, terms)| terms.return_freight == Payer::Shop);
    if shop { Payer::Shop } else { Payer::Buyer }
}

fn entitlement(explanations: &[Explanation]) -> Verdict {
    let any = |verdict| {
        explanations
            .iter()
            .any(|explanation| explanation.verdict == verdict)
    };
    if any(Verdict::Met) {
        Verdict::Met
    } else if any(Verdict::Unknown) {
        Verdict::Unknown
    } else {
        Verdict::NotMet
    }
}
