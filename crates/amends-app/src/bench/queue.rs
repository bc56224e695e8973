//! Fills a shop for `amends bench queue`: old cases that are closed, then open ones in every state a
//! queue usually holds, an hour between them, so that some are overdue and some are due soon.
//!
//! Must not know: how it is measured. Tests: none; it is run by hand.

use amends_domain::actor::Actor;
use amends_domain::command::Command;
use amends_domain::ids::PersonId;
use amends_store::Submission;

use super::{BULK_COMMANDS, Bench, Return};
use crate::error::AppError;

/// Open cases of one hour.
const OPEN_PER_HOUR: usize = 500;
const HOUR_MILLIS: i64 = 3_600_000;
/// Hours between the last case and the measurement.
const HOURS_AFTER: i64 = 20;
/// An open case has gone one of so many ways.
const WAYS: usize = 8;

impl Bench {
    /// Makes `cases` cases, `open` of them open, every tenth of those a person's.
    pub async fn fill(&self, cases: usize, open: usize, person: PersonId) -> Result<(), AppError> {
        let mut closed = cases.saturating_sub(open);
        while closed > 0 {
            let part = self.returns(closed.min(BULK_COMMANDS)).await?;
            self.step_all(&part, 0).await?;
            let withdrawn = part.iter().map(|one| self.withdrawal(one)).collect();
            self.bulk(withdrawn).await?;
            self.desk.store.bulk_settle().await?;
            closed -= part.len();
        }
        let mut left = open;
        while left > 0 {
            self.hours_pass(1);
            let part = self.returns(left.min(OPEN_PER_HOUR)).await?;
            self.step_all(&part, 0).await?;
            // Half wait for the shop's decision, a quarter for the buyer's parcel, an eighth is on its
            // way back, an eighth waits for its refund.
            let (approved, shipped, inspected) =
                (part.len() / 2, part.len() * 6 / WAYS, part.len() * 7 / WAYS);
            self.step_all(part.get(approved..).unwrap_or_default(), 1).await?;
            self.step_all(part.get(shipped..).unwrap_or_default(), 2).await?;
            self.step_all(part.get(inspected..).unwrap_or_default(), 3)
                .await?;
            left -= part.len();
        }
        self.hours_pass(HOURS_AFTER);
        self.desk.store.bulk_assign(self.shop, person).await?;
        Ok(self.desk.store.bulk_settle().await?)
    }

    fn hours_pass(&self, hours: i64) {
        let clock = &self.desk.clock;
        clock.move_to(clock.now().plus_millis(hours * HOUR_MILLIS));
    }

    async fn step_all(&self, part: &[Return], step: usize) -> Result<(), AppError> {
        self.bulk(part.iter().map(|one| self.submission(one, step)).collect())
            .await
    }

    async fn bulk(&self, commands: Vec<Submission>) -> Result<(), AppError> {
        if commands.is_empty() {
            return Ok(());
        }
        let bulk = self.desk.store.bulk_record(&commands).await?;
        Ok(self.desk.store.bulk_write(bulk).await?)
    }

    fn withdrawal(&self, one: &Return) -> Submission {
        let mut withdrawal = self.submission(one, 1);
        withdrawal.envelope.actor = Actor::Buyer(self.buyer);
        withdrawal.command = Command::Withdraw;
        withdrawal
    }
}
