//! Giving commands: the next one of a case, two at the same moment, and what happens beside.
//!
//! Must not know: when; that is planned beside. Tests: `tests/it/`.

use std::collections::BTreeMap;

use amends_app::caller::{Buyer, Caller};
use amends_app::cases::case_command::{Given, case_command};
use amends_app::cases::case_read::{CaseView, policy_set};
use amends_app::cases::case_remedies::case_remedies;
use amends_app::error::AppError;
use amends_domain::case::remedy::Offered;
use amends_domain::case::{Case, Goods};
use amends_domain::ids::{CaseId, EvidenceId};

use super::{HOUR, Simulation, Step};
use crate::abuse;
use crate::agents::{self, Desk, Seat};
use crate::aside::Aside;
use crate::buyers::{self, Act};
use crate::catalog::name_of;
use crate::pictures::{of_return, picture_add};

impl Simulation<'_> {
    pub(super) async fn act(&mut self, id: CaseId, step: Step) -> Result<(), AppError> {
        let case = self.case(id).await?;
        match step {
            Step::Buyer(_) => {
                if let Some(act) = buyers::act(&mut self.chance, &case) {
                    let caller = self.buyer(&case);
                    self.give(&caller, id, act, None).await?;
                }
            }
            Step::Race(_) => self.race(&case).await?,
            _ => {
                if let Some((seat, act)) = self.shops(&case).await? {
                    // One in twenty works from a screen that is a step behind.
                    let seen = if self.chance.percent(5) {
                        case.terms.saturating_sub(1)
                    } else {
                        case.terms
                    };
                    let caller = self.staff(seat);
                    self.give(&caller, id, act, Some(seen)).await?;
                }
            }
        }
        self.await_next(id).await
    }

    /// What the shop does next, having looked at the remedies where that helps.
    async fn shops(&mut self, case: &Case) -> Result<Option<(Seat, Act)>, AppError> {
        let remedies = if agents::looks_at_remedies(case) {
            self.remedies(case.id).await?
        } else {
            Vec::new()
        };
        let goods = self.goods(case).await?;
        let picture = if agents::takes_a_picture(case) {
            Some(picture_add(self.desk, &self.staff(Seat::Agent), case.id, &of_return(goods)).await?)
        } else {
            None
        };
        let desk = Desk {
            case,
            remedies: &remedies,
            goods,
            picture,
            now: self.desk.clock.now(),
        };
        Ok(agents::act(&mut self.chance, &desk))
    }

    /// Buyer and agent press their buttons at the same moment, and chance says whose command comes
    /// first: left to threads, a seed would not repeat itself.
    async fn race(&mut self, case: &Case) -> Result<(), AppError> {
        let theirs = buyers::act(&mut self.chance, case);
        let ours = self.shops(case).await?;
        let (Some(theirs), Some((seat, ours))) = (theirs, ours) else {
            return Ok(());
        };
        let (buyer, staff) = (self.buyer(case), self.staff(seat));
        let buyer_first = self.chance.percent(50);
        let mut commands = [(buyer, theirs, None), (staff, ours, Some(case.terms))];
        if !buyer_first {
            commands.reverse();
        }
        for (caller, act, seen) in commands {
            self.give(&caller, case.id, act, seen).await?;
        }
        Ok(())
    }

    /// Does what was planned beside, if there is still a reason to.
    pub(super) async fn aside(&mut self, id: CaseId, aside: Aside) -> Result<(), AppError> {
        self.asides.remove(&(id, aside));
        let case = self.case(id).await?;
        let stands = match aside {
            Aside::Reply => case.reply_due,
            Aside::Answer => case.passed.is_some(),
            Aside::Arrival => case.arrival_awaited,
            Aside::Pickup => case.goods == Some(Goods::ToShip),
            Aside::Proof => agents::wants_pictures(&case),
            Aside::Reopen => case.is_closed(),
            Aside::Parcel => agents::has_parcel_to_see_to(&case),
            Aside::Extort => case.abuse.is_none() && !case.is_closed(),
            Aside::Note => case.abuse.is_none(),
            Aside::Contest | Aside::Settle => {
                abuse::waiting(&case).is_some_and(|(_, planned)| planned == aside)
            }
            Aside::Word | Aside::Handle | Aside::Promise => true,
            Aside::Demand | Aside::Supply | Aside::Assess | Aside::Find | Aside::PassUp => !case.is_closed(),
        };
        if !stands {
            return Ok(());
        }
        // Nothing follows from these two: who acts next is planned already.
        let plain = match aside {
            Aside::Pickup => Some((self.buyer(&case), buyers::pickup(&case, self.desk.clock.now()))),
            Aside::Proof => Some((self.staff(Seat::Agent), agents::ask_evidence())),
            _ => None,
        };
        if let Some((caller, act)) = plain {
            return self.give(&caller, id, act, None).await;
        }
        let of_abuse = match abuse::shops(&case, aside) {
            Some((seat, act)) => Some((self.staff(seat), act)),
            None => abuse::buyers(aside).map(|act| (self.buyer(&case), act)),
        };
        if let Some((caller, act)) = of_abuse {
            if aside == Aside::Extort {
                self.plan_aside(id, Aside::Note, HOUR);
            }
            self.give(&caller, id, act, None).await?;
            return self.await_next(id).await;
        }
        let goods = self.goods(&case).await?;
        if aside.is_buyers() {
            if let Some(act) = buyers::beside(&mut self.chance, &case, aside, goods) {
                let caller = self.buyer(&case);
                self.give(&caller, id, act, None).await?;
            }
            return self.await_next(id).await;
        }
        let remedies = if aside == Aside::Answer && agents::looks_at_remedies(&case) {
            self.remedies(id).await?
        } else {
            Vec::new()
        };
        let picture = self.picture_of_parcel(&case, aside, goods).await?;
        let desk = Desk {
            case: &case,
            remedies: &remedies,
            goods,
            picture,
            now: self.desk.clock.now(),
        };
        let people = self.shop.handlers();
        if let Some((seat, act)) = agents::beside(&mut self.chance, &desk, aside, &people) {
            let caller = self.staff(seat);
            self.give(&caller, id, act, None).await?;
        }
        self.await_next(id).await
    }

    /// What an appeal or a claim over a parcel shows.
    async fn picture_of_parcel(
        &self,
        case: &Case,
        aside: Aside,
        goods: &str,
    ) -> Result<Option<EvidenceId>, AppError> {
        if aside != Aside::Parcel || case.exception.is_none() {
            return Ok(None);
        }
        let agent = self.staff(Seat::Agent);
        let added = picture_add(self.desk, &agent, case.id, &of_return(goods)).await?;
        Ok(Some(added))
    }

    async fn remedies(&mut self, id: CaseId) -> Result<Vec<Offered>, AppError> {
        let row = self.desk.store.case_by_id(self.shop.shop, id).await?;
        let row = row.ok_or(AppError::NotFound { what: "case" })?;
        let policy = match self
            .policy
            .take()
            .filter(|policy| policy.hash() == row.case.policy)
        {
            Some(policy) => policy,
            None => policy_set(self.desk, self.shop.shop, row.case.policy).await?,
        };
        let view = CaseView {
            row,
            policy,
            explanations: Vec::new(),
            return_address: None,
            contact: None,
            blocked_until: None,
            texts: BTreeMap::new(),
        };
        let found = case_remedies(self.desk, &self.shop.agent, &view).await?;
        self.policy = Some(view.policy);
        Ok(found)
    }

    /// What people call the goods of a case.
    async fn goods(&self, case: &Case) -> Result<&'static str, AppError> {
        let (Some(order), Some((line, _))) = (case.order, case.claim.units.first()) else {
            return Ok("东西");
        };
        let row = self.desk.store.order_by_id(self.shop.shop, order).await?;
        let found = row.and_then(|row| row.order.line(*line).map(|line| name_of(&line.sku)));
        Ok(found.unwrap_or("东西"))
    }

    /// Gives a command and counts what became of it; what is above an agent he passes upward.
    async fn give(
        &mut self,
        caller: &Caller,
        case: CaseId,
        act: Act,
        if_terms: Option<u64>,
    ) -> Result<(), AppError> {
        let given = Given {
            text: act.text,
            build: act.build,
            if_terms,
            key: None,
        };
        let done = case_command(self.desk, caller, case, given).await;
        if self.tally(done)? == Err("above_authority") {
            let wait = self.chance.between(HOUR / 12, 3 * HOUR);
            self.plan_aside(case, Aside::PassUp, wait);
        }
        Ok(())
    }

    /// The buyer by his link; what he has no link for, an agent writes down for him.
    fn buyer(&self, case: &Case) -> Caller {
        match case.order {
            Some(order) => Caller::Buyer(Buyer {
                shop: self.shop.shop,
                order,
                buyer: case.buyer,
            }),
            None => Caller::Staff(self.shop.agent.clone()),
        }
    }

    fn staff(&self, seat: Seat) -> Caller {
        let staff = match seat {
            Seat::Agent => &self.shop.agent,
            Seat::Supervisor => &self.shop.supervisor,
            Seat::Manager => &self.shop.manager,
            Seat::Owner => &self.shop.admin,
            Seat::Mediator => &self.shop.mediator,
        };
        Caller::Staff(staff.clone())
    }
}
