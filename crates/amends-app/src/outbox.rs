//! The outbox runner: carries effects out and brings the answers back as commands.
//!
//! Nothing outside is called inside a transaction. A row is settled in the transaction that takes
//! the answer in; until then it is asked again, under the provider's same key. Whoever does not
//! answer within half a lease is taken not to have answered.
//! Must not know: what an answer means. Tests: beside the code, `amends-api/tests/it/runners.rs`,
//! `amends-sim/tests/it`.

use std::time::Duration;

use amends_domain::actor::{Actor, Authority, Envelope};
use amends_domain::command::{Command, PaymentAnswer};
use amends_domain::effect::{Effect, backoff_millis};
use amends_domain::ids::{CaseId, ShopId};
use amends_store::{Committed, OutboxDone, OutboxRow, Submission};
use tokio::task::JoinSet;

use crate::desk::Desk;
use crate::error::AppError;
use crate::payments::{Payments, RefundRequest};

/// Most effects claimed at once when they are carried out one after the other.
const CLAIM_MAX: u32 = 64;
/// Most effects in flight at once on a served desk.
const IN_FLIGHT_MAX: usize = 8;
/// How long a claim keeps other nodes away, in milliseconds.
const LEASE_MILLIS: i64 = 60_000;
/// How long an answer is waited for: an answer that is in by then is taken in before the lease ends.
const ANSWER_WITHIN: Duration = Duration::from_millis(LEASE_MILLIS.unsigned_abs() / 2);

/// Carries out what is due by the desk's clock, one after the other in its own order, so that a
/// simulation repeats itself; returns whose effects.
pub async fn outbox_run(desk: &Desk) -> Result<Vec<CaseId>, AppError> {
    let due = desk
        .store
        .outbox_claim(desk.clock.now(), CLAIM_MAX, LEASE_MILLIS)
        .await?;
    let cases = due.iter().map(|row| row.case).collect();
    for row in due {
        let answer = ask(&*desk.payments, &row.effect, ANSWER_WITHIN).await;
        take_in(desk, &row, answer).await?;
    }
    Ok(cases)
}

/// Effects in flight on a served desk. Dropped, it stops waiting; what it waited for is asked again.
#[derive(Default)]
pub(crate) struct Flying(JoinSet<(OutboxRow, PaymentAnswer)>);

impl Flying {
    /// Claims as much as may still leave, and otherwise takes in what has been answered. One slow
    /// answer holds up no other. Says whether anything was done.
    pub(crate) async fn run(&mut self, desk: &Desk) -> Result<bool, AppError> {
        let free = u32::try_from(IN_FLIGHT_MAX.saturating_sub(self.0.len())).unwrap_or(0);
        let mut left = false;
        if free > 0 {
            for row in desk
                .store
                .outbox_claim(desk.clock.now(), free, LEASE_MILLIS)
                .await?
            {
                let payments = desk.payments.clone();
                left = true;
                self.0.spawn(async move {
                    let answer = ask(&*payments, &row.effect, ANSWER_WITHIN).await;
                    (row, answer)
                });
            }
        }
        if left {
            return Ok(true);
        }
        let mut landed = self.landed().await;
        let took = landed.is_some();
        while let Some(answered) = landed {
            if let Ok((row, answer)) = answered {
                take_in(desk, &row, answer).await?;
            }
            landed = self.0.try_join_next();
        }
        Ok(took)
    }

    /// The next answer; none when nothing is in flight, or nothing came for a while: what has fallen
    /// due in between must leave too.
    async fn landed(&mut self) -> Option<Result<(OutboxRow, PaymentAnswer), tokio::task::JoinError>> {
        const A_WHILE: Duration = Duration::from_millis(500);
        tokio::time::timeout(A_WHILE, self.0.join_next())
            .await
            .unwrap_or_default()
    }
}

/// Asks the provider; silence is an answer too.
async fn ask(payments: &dyn Payments, effect: &Effect, within: Duration) -> PaymentAnswer {
    let (Effect::SendRefund {
        key, attempt, amount, ..
    }
    | Effect::QueryRefund {
        key, attempt, amount, ..
    }) = effect;
    let request = RefundRequest {
        key: key.clone(),
        attempt: *attempt,
        amount: *amount,
    };
    let answer = async {
        match effect {
            Effect::SendRefund { .. } => payments.refund(&request).await,
            Effect::QueryRefund { .. } => payments.refund_status(&request).await,
        }
    };
    tokio::time::timeout(within, answer)
        .await
        .unwrap_or(PaymentAnswer::Unknown)
}

/// Hands an answer to the committer, which settles the row with it.
async fn take_in(desk: &Desk, row: &OutboxRow, answer: PaymentAnswer) -> Result<(), AppError> {
    let (Effect::SendRefund { refund, attempt, .. } | Effect::QueryRefund { refund, attempt, .. }) =
        &row.effect;
    if matches!(row.effect, Effect::QueryRefund { .. }) && answer == PaymentAnswer::Unknown {
        let wait = backoff_millis(row.attempts + 1);
        desk.store
            .outbox_retry(row.shop, row.case, row.seq, desk.clock.now().plus_millis(wait))
            .await?;
        return Ok(());
    }
    let mut submission = submission(desk, row.shop, row.case, *refund, *attempt, answer);
    submission.outbox = Some(OutboxDone {
        case: row.case,
        seq: row.seq,
    });
    if let Err(fault) = desk.committer.submit(submission).await {
        // The row stays open and is asked again when its lease runs out.
        tracing::warn!(%fault, "a provider's answer could not be taken in");
    }
    Ok(())
}

/// Takes in an answer that a provider sends by itself: late, twice, or before it was asked. The
/// attempt is the one it answers.
pub async fn payment_answer(
    desk: &Desk,
    shop: ShopId,
    case: CaseId,
    refund: u32,
    attempt: u32,
    answer: PaymentAnswer,
) -> Result<Committed, AppError> {
    let submission = submission(desk, shop, case, refund, attempt, answer);
    Ok(desk.committer.submit(submission).await?)
}

fn submission(
    desk: &Desk,
    shop: ShopId,
    case: CaseId,
    refund: u32,
    attempt: u32,
    answer: PaymentAnswer,
) -> Submission {
    Submission {
        shop,
        envelope: Envelope {
            case,
            actor: Actor::Outbox,
            authority: Authority::default(),
            at: desk.clock.now(),
            if_terms: None,
        },
        order: None,
        command: Command::AnswerPayment {
            refund,
            attempt,
            answer,
        },
        key: None,
        texts: Vec::new(),
        outbox: None,
    }
}

#[cfg(test)]
mod tests {
    use amends_domain::money::{Currency, Money};

    use super::*;

    struct Hung;

    #[async_trait::async_trait]
    impl Payments for Hung {
        async fn refund(&self, _: &RefundRequest) -> PaymentAnswer {
            std::future::pending().await
        }

        async fn refund_status(&self, _: &RefundRequest) -> PaymentAnswer {
            std::future::pending().await
        }
    }

    #[tokio::test]
    async fn whoever_never_answers_has_not_answered() {
        let (key, refund, attempt) = ("k".to_owned(), 1, 1);
        let amount = Money::new(100, Currency::CNY).unwrap();
        let effect = Effect::QueryRefund {
            key,
            refund,
            attempt,
            amount,
        };
        assert_eq!(ask(&Hung, &effect, Duration::ZERO).await, PaymentAnswer::Unknown);
    }
}
