//! The outbox runner: carries effects out and brings the answers back as commands.
//!
//! Nothing outside is called inside a transaction. A row is settled in the transaction that takes
//! the answer in; until then it is asked again, under the provider's same key.
//! Must not know: what an answer means. Tests: `amends-sim/tests/it`.

use amends_domain::actor::{Actor, Authority, Envelope};
use amends_domain::command::{Command, PaymentAnswer};
use amends_domain::effect::{Effect, backoff_millis};
use amends_domain::ids::CaseId;
use amends_store::{OutboxDone, OutboxRow, Submission};

use crate::desk::Desk;
use crate::error::AppError;
use crate::payments::RefundRequest;

const CLAIM_MAX: u32 = 64;
const LEASE_MILLIS: i64 = 60_000;

/// Carries out what is due by the desk's clock, one claim's worth; returns whose effects.
pub async fn outbox_run(desk: &Desk) -> Result<Vec<CaseId>, AppError> {
    let due = desk
        .store
        .outbox_claim(desk.clock.now(), CLAIM_MAX, LEASE_MILLIS)
        .await?;
    let cases = due.iter().map(|row| row.case).collect();
    for row in due {
        carry_out(desk, &row).await?;
    }
    Ok(cases)
}

async fn carry_out(desk: &Desk, row: &OutboxRow) -> Result<(), AppError> {
    let (Effect::SendRefund {
        key,
        refund,
        attempt,
        amount,
    }
    | Effect::QueryRefund {
        key,
        refund,
        attempt,
        amount,
    }) = &row.effect;
    let request = RefundRequest {
        key: key.clone(),
        attempt: *attempt,
        amount: *amount,
    };
    let (answer, query) = match &row.effect {
        Effect::SendRefund { .. } => (desk.payments.refund(&request).await, false),
        Effect::QueryRefund { .. } => (desk.payments.refund_status(&request).await, true),
    };
    if query && answer == PaymentAnswer::Unknown {
        let wait = backoff_millis(row.attempts + 1);
        desk.store
            .outbox_retry(row.shop, row.case, row.seq, desk.clock.now().plus_millis(wait))
            .await?;
        return Ok(());
    }
    let submission = Submission {
        shop: row.shop,
        envelope: Envelope {
            case: row.case,
            actor: Actor::Outbox,
            authority: Authority::default(),
            at: desk.clock.now(),
            if_terms: None,
        },
        order: None,
        command: Command::AnswerPayment {
            refund: *refund,
            attempt: *attempt,
            answer,
        },
        key: None,
        texts: Vec::new(),
        outbox: Some(OutboxDone {
            case: row.case,
            seq: row.seq,
        }),
    };
    match desk.committer.submit(submission).await {
        Ok(_) => Ok(()),
        Err(fault) => {
            // The row stays open and is asked again when its lease runs out.
            tracing::warn!(%fault, "a provider's answer could not be taken in");
            Ok(())
        }
    }
}
