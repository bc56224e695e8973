//! Who acts next on a case and when, and what happens beside; often later than a clock allows.
//!
//! Must not know: what is done. Tests: `tests/it/`.

use amends_app::error::AppError;
use amends_domain::case::{Care, Case, Dispute, Kind, Status};
use amends_domain::ids::CaseId;
use amends_domain::time::Moment;

use super::{Awaited, HOUR, Place, Simulation, Step};
use crate::abuse;
use crate::agents;
use crate::aside::Aside;
use crate::buyers;
use crate::chance::Chance;

fn hours(chance: &mut Chance, from: i64, to: i64) -> i64 {
    chance.between(from * HOUR, to * HOUR)
}

impl Simulation<'_> {
    /// Plans who acts next on a case, and when; often later than a clock allows.
    pub(super) async fn await_next(&mut self, id: CaseId) -> Result<(), AppError> {
        let case = self.case(id).await?;
        let now = self.desk.clock.now();
        let place = place(&case);
        let stands = self
            .awaited
            .get(&id)
            .is_some_and(|awaited| awaited.place == place);
        if !stands {
            let planned = next(&mut self.chance, &case);
            let token = planned.map(|(wait, step)| self.plan_step(now.plus_millis(wait), step));
            self.awaited.insert(id, Awaited { token, place });
        }
        if buyers::has_it_fetched(&case) {
            self.plan_aside(id, Aside::Pickup, HOUR);
        }
        if let Some((wait, aside)) = abuse::waiting(&case) {
            self.plan_aside(id, aside, wait);
        }
        if agents::wants_pictures(&case) {
            self.plan_aside(id, Aside::Proof, HOUR / 2);
        }
        for (wait, aside) in waiting(&mut self.chance, &case, now) {
            self.plan_aside(id, aside, wait);
        }
        Ok(())
    }

    /// What happens beside the course of a new case.
    pub(super) fn plan_asides(&mut self, id: CaseId) {
        for (percent, aside, upto) in [
            (85, Aside::Handle, 20),
            (38, Aside::Word, 70),
            (6, Aside::Demand, 90),
            (22, Aside::Supply, 60),
            (34, Aside::Assess, 40),
            (36, Aside::Find, 60),
            (7, Aside::PassUp, 60),
            (30, Aside::Handle, 120),
            (50, Aside::Parcel, 40),
        ] {
            if self.chance.percent(percent) {
                let wait = hours(&mut self.chance, 0, upto).max(60_000);
                self.plan_aside(id, aside, wait);
            }
        }
    }

    /// Plans one thing beside, unless the same is under way.
    pub(super) fn plan_aside(&mut self, id: CaseId, aside: Aside, wait: i64) {
        if self.asides.insert((id, aside)) {
            let at = self.desk.clock.now().plus_millis(wait);
            self.plan_step(at, Step::Aside(id, aside));
        }
    }
}

fn place(case: &Case) -> Place {
    let offer = case.open_offer().map(|offer| offer.number);
    let done = case.steps.iter().filter(|step| step.done.is_some()).count();
    (case.status(), offer, done)
}

fn next(chance: &mut Chance, case: &Case) -> Option<(i64, Step)> {
    let id = case.id;
    let buyer = |wait| Some((wait, Step::Buyer(id)));
    let shop = |wait| Some((wait, Step::Shop(id)));
    let choosing = case.open_offer().is_some() && case.dispute != Some(Dispute::Asked);
    match case.status() {
        // One in five lets an offer lapse, and is asked about it.
        _ if choosing && chance.percent(80) => buyer(hours(chance, 1, 44)),
        Status::AwaitingChoice => shop(hours(chance, 40, 80)),
        Status::AwaitingDecision if chance.percent(6) => buyer(hours(chance, 1, 30)),
        Status::AwaitingDecision if chance.percent(4) => Some((hours(chance, 1, 40), Step::Race(id))),
        Status::AwaitingDecision => shop(hours(chance, 1, 56)),
        Status::AwaitingAnswer if chance.percent(5) => buyer(hours(chance, 1, 40)),
        Status::AwaitingAnswer | Status::AwaitingRefund => shop(hours(chance, 1, 60)),
        Status::Refused if chance.percent(75) => buyer(hours(chance, 1, 100)),
        Status::Refused if chance.percent(60) => shop(hours(chance, 10, 100)),
        Status::AwaitingRuling if chance.percent(35) => buyer(hours(chance, 1, 40)),
        Status::AwaitingRuling => shop(hours(chance, 8, 60)),
        Status::AwaitingReturn if chance.percent(90) => buyer(hours(chance, 12, 280)),
        Status::ReturnOnTheWay => shop(hours(chance, 30, 160)),
        Status::AwaitingSendBack => shop(hours(chance, 1, 52)),
        Status::RefundInTrouble => shop(hours(chance, 1, 24)),
        // Some would rather have a thing back as it is than pay for its repair.
        Status::AwaitingDifference if case.kind == Kind::Repair && chance.percent(45) => {
            buyer(hours(chance, 2, 60))
        }
        Status::AwaitingDifference | Status::AwaitingReplacement => shop(hours(chance, 2, 72)),
        // Two in five forget a repair until its clock calls.
        Status::AwaitingRepair if chance.percent(40) => shop(hours(chance, 520, 760)),
        Status::AwaitingRepair => shop(hours(chance, 24, 260)),
        Status::ReplacementOnTheWay | Status::RepairedOnTheWay if chance.percent(65) => {
            buyer(hours(chance, 30, 240))
        }
        Status::AwaitingSteps if chance.percent(25) => shop(hours(chance, 49, 100)),
        Status::AwaitingSteps => shop(hours(chance, 1, 46)),
        Status::OnTrial if chance.percent(70) => buyer(hours(chance, 60, 330)),
        Status::OnTrial => shop(hours(chance, 370, 480)),
        Status::Closed if case.care == Some(Care::Due) && chance.percent(70) => shop(hours(chance, 20, 60)),
        _ => None,
    }
}

/// What a case waits for beside its course.
fn waiting(chance: &mut Chance, case: &Case, now: Moment) -> Vec<(i64, Aside)> {
    let mut found = Vec::new();
    if case.reply_due {
        let wait = match chance.weighted(&[55, 35, 10]) {
            0 => chance.between(HOUR / 30, 2 * HOUR),
            1 => hours(chance, 2, 23),
            _ => hours(chance, 24, 40),
        };
        found.push((wait, Aside::Reply));
    }
    if case.exception.is_some() && agents::has_parcel_to_see_to(case) {
        let wait = match chance.weighted(&[60, 25, 15]) {
            0 => hours(chance, 4, 60),
            1 => hours(chance, 75, 200),
            _ => hours(chance, 400, 900),
        };
        found.push((wait, Aside::Parcel));
    }
    if case.passed.is_some() {
        let late = chance.percent(22);
        let wait = if late {
            hours(chance, 49, 90)
        } else {
            hours(chance, 2, 46)
        };
        found.push((wait, Aside::Answer));
    }
    if let Some(due_at) = case.next_promise().map(|(_, promise)| promise.due_at) {
        let left = (due_at.millis() - now.millis()).max(2);
        let late = chance.percent(28);
        let after = hours(chance, 1, 40);
        let wait = if late {
            left + after
        } else {
            chance.between(left / 2, left)
        };
        found.push((wait, Aside::Promise));
    } else if case
        .promises
        .values()
        .any(|promise| promise.state.is_to_be_kept())
    {
        found.push((hours(chance, 1, 40), Aside::Promise));
    }
    if case.arrival_awaited && chance.percent(40) {
        found.push((hours(chance, 5, 150), Aside::Arrival));
    }
    if case.is_closed() {
        if chance.percent(5) {
            found.push((hours(chance, 10, 300), Aside::Reopen));
        }
        if chance.percent(6) {
            found.push((hours(chance, 1, 100), Aside::Word));
        }
    }
    found
}
