//! What can be read from a case: what still waits, what its units are for, what it asked at first.
//!
//! Must not know: how it came there. Tests: `tests/it/flow.rs`, `tests/it/after.rs`, `tests/it/remedies.rs`.

use super::abuse::AbuseState;
use super::promise::{Promise, PromiseState};
use super::remedy::Offer;
use super::review::CaseReview;
use super::{Care, Case, Dispute, FirstAsked, Goods, Kind, MoneyState, Request, Side};
use crate::case::clock::Clock;
use crate::event::Because;
use crate::ids::ReviewId;
use crate::ledger::UnitRef;
use crate::policy::pack::Priority;

impl Case {
    /// Whether returned goods that were not accepted lie with the shop.
    pub fn keeps_rejected(&self) -> bool {
        self.request == Request::Approved && !self.to_send_back.is_empty()
    }

    /// Whether the platform is to rule, for the first time or once more: on a refusal, or on returned goods that
    /// were not taken back (ELG-8).
    pub fn awaits_ruling(&self) -> bool {
        use Dispute::{Appealed, Asked};
        let to_rule_on = self.request == Request::Refused || self.keeps_rejected();
        to_rule_on && matches!(self.dispute, Some(Asked | Appealed(_)))
    }

    /// Whether it lies before the platform: it is to rule, or its ruling may still be appealed against.
    pub fn is_before_platform(&self) -> bool {
        self.awaits_ruling() || (self.request == Request::Refused && self.dispute.is_some())
    }

    /// Whether a cause still calls for somebody higher: a clock that ended, until what it waited for
    /// is done; a failed refund, until it is paid. Money that went out twice is had back outside, so
    /// that nothing in a case ends it.
    pub fn is_called_by(&self, because: Because) -> bool {
        match because {
            Because::ClockExpired(clock) => clock.waits_in(self),
            Because::RefundFailed => Clock::RefundExecution.waits_in(self),
            Because::RefundPaidTwice => true,
            Because::MoneyToReturn => self.money_to_return() > 0,
            Because::Passed(_) => self.passed.is_some(),
            // Until he has heard from us again.
            Because::Dissatisfied | Because::VisitMissed => self.reply_due,
            Because::AbuseContested => self
                .abuse
                .as_deref()
                .is_some_and(|abuse| abuse.state == AbuseState::Contested),
            // Until it is kept after all.
            Because::PromiseBroken => self
                .promises
                .values()
                .any(|promise| promise.state == PromiseState::Broken),
        }
    }

    /// Whether a side handed in anything since the platform was asked, or asked once more.
    pub fn has_stated(&self, side: Side) -> bool {
        let round = self.statements.iter().skip(self.round_from);
        round.into_iter().any(|statement| statement.by == side)
    }

    /// In which order it is taken up: as urgent as its reason, and first when it was passed up as urgent.
    pub fn priority(&self) -> Priority {
        if self.passed.is_some_and(|passed| passed.passed_for.is_urgent()) {
            Priority::High
        } else {
            self.priority.unwrap_or(Priority::Medium)
        }
    }

    /// The units whose matter it settled: what was not in the parcel was not looked at.
    pub fn settled_units(&self) -> &[UnitRef] {
        if self.accepted.is_empty() {
            &self.claim.units
        } else {
            &self.accepted
        }
    }

    /// The options the buyer has still to answer.
    pub fn open_offer(&self) -> Option<&Offer> {
        let open = matches!(self.request, Request::Applied | Request::Refused) || self.keeps_rejected();
        self.offer
            .as_ref()
            .filter(|offer| open && !offer.declined && !offer.over)
    }

    /// Goods were to come back, and nothing could be accepted: what was agreed about them falls away.
    pub fn nothing_accepted(&self) -> bool {
        self.kind.returns_goods() && !self.claim.units.is_empty() && self.accepted.is_empty()
    }

    /// Whether goods and money are where a grant leads them.
    pub fn has_moved(&self) -> bool {
        let money_done = matches!(
            self.money,
            None | Some(MoneyState::Paid | MoneyState::DifferencePaid)
        );
        let goods_done = match (&self.goods, self.kind) {
            (None, kind) => self.claim.units.is_empty() || !(kind.returns_goods() || kind == Kind::Reissue),
            (Some(Goods::ReplacementReceived | Goods::RepairedReceived), _)
            | (Some(Goods::Inspected), Kind::ReturnAndRefund) => true,
            (Some(Goods::Inspected), Kind::Exchange | Kind::Repair) => self.nothing_accepted(),
            _ => false,
        };
        self.request == Request::Approved && money_done && goods_done && self.to_send_back.is_empty()
    }

    /// Whether a step of the agreed remedy is still to be done.
    pub fn steps_left(&self) -> bool {
        !self.nothing_accepted() && self.steps.iter().any(|step| step.done.is_none())
    }

    /// Whether the buyer paid for a repair.
    pub fn repair_is_paid(&self) -> bool {
        self.kind == Kind::Repair && self.money == Some(MoneyState::DifferencePaid)
    }

    /// What was asked for at first.
    pub fn first_asked(&self) -> FirstAsked {
        let now = || FirstAsked {
            kind: self.kind,
            claim: self.claim.clone(),
        };
        self.first_asked.as_deref().map_or_else(now, FirstAsked::clone)
    }

    /// The promise that falls due next.
    pub fn next_promise(&self) -> Option<(u32, &Promise)> {
        let open = self
            .promises
            .iter()
            .filter(|(_, promise)| promise.state == PromiseState::Open);
        open.min_by_key(|(number, promise)| (promise.due_at, **number))
            .map(|(number, promise)| (*number, promise))
    }

    /// The units something is sent out for.
    pub fn sent_units(&self) -> &[UnitRef] {
        if self.kind == Kind::Reissue {
            &self.claim.units
        } else {
            &self.accepted
        }
    }

    /// The units it pays for: those that were accepted, where goods come back.
    pub fn paid_units(&self) -> &[UnitRef] {
        if self.kind.returns_goods() {
            &self.accepted
        } else {
            &self.claim.units
        }
    }

    /// The units that money on top is for: of a case opened again that claims none any more, those it was
    /// about at first, so that they don't get it twice.
    pub fn compensated_units(&self) -> &[UnitRef] {
        match &self.first_asked {
            Some(first) if self.claim.units.is_empty() => &first.claim.units,
            _ => self.paid_units(),
        }
    }

    /// Everything its refunds pay or paid, in minor units.
    pub fn refund_total(&self) -> i64 {
        let last = self.refund.as_ref().map_or(0, |refund| refund.breakdown.total());
        self.refunded_before + last
    }

    /// A review of it.
    pub fn review(&self, review: ReviewId) -> Option<&CaseReview> {
        self.reviews.iter().find(|one| one.given.review == review)
    }

    /// Whether the buyer is to be asked how he was served, and has given no score yet.
    pub fn is_unrated(&self) -> bool {
        matches!(self.care, Some(Care::Due | Care::Done { score: None }))
    }

    /// Whether the request is over.
    pub fn is_closed(&self) -> bool {
        matches!(self.request, Request::Closed(_))
    }
}
