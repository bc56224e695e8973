//! Gives a command on a case: who may, with which authority, under which key; then the committer.
//!
//! Must not know: what the command means; the domain decides. Tests: `amends-api/tests/it`.

use amends_domain::actor::{Authority, Envelope};
use amends_domain::command::{Command, TextKind};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::ids::{CaseId, OrderId, ShopId};
use amends_language::violations;
use amends_store::{Committed, IdempotencyKey, NewText, Submission};

use super::case_read::policy_set;
use crate::caller::{Caller, Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::reviews::fair::fair_words;
use crate::shops::settings::ShopSettings;
use crate::violations::stopped;

/// Longest idempotency key, in characters.
pub const KEY_CHARS_MAX: usize = 200;

/// An idempotency key with the digest of the request it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// As the caller chose it.
    pub key: String,
    /// Of the whole request.
    pub request: Digest,
}

/// A command with what comes around it. `build` receives the reference of the stored text.
pub struct Given<F> {
    /// What the caller wrote, if anything.
    pub text: Option<String>,
    /// Makes the command.
    pub build: F,
    /// The terms the caller saw.
    pub if_terms: Option<u64>,
    /// The caller's key.
    pub key: Option<Key>,
}

/// Gives a command on an existing case.
pub async fn case_command<F>(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    given: Given<F>,
) -> Result<Committed, AppError>
where
    F: FnOnce(Option<TextRef>) -> Command + Send,
{
    admit(desk, caller, case).await?;
    give(desk, caller, case, None, given).await
}

/// A command that can't do without words, with what comes around it.
pub struct Told<F> {
    /// What the caller wrote.
    pub text: String,
    /// Makes the command.
    pub build: F,
    /// The terms the caller saw.
    pub if_terms: Option<u64>,
    /// The caller's key.
    pub key: Option<Key>,
}

/// Gives a command that can't do without words.
pub async fn case_told<F>(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    told: Told<F>,
) -> Result<Committed, AppError>
where
    F: FnOnce(TextRef) -> Command + Send,
{
    admit(desk, caller, case).await?;
    let (text, stored) = desk.text(&caller.scope(), told.text, desk.clock.now())?;
    let saying = Saying {
        command: (told.build)(text),
        texts: vec![stored],
        if_terms: told.if_terms,
        key: told.key,
    };
    submit(desk, caller, case, None, saying).await
}

/// Puts a message or a note on record. Words are no decision: they are said whatever happened meanwhile.
pub async fn case_say(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    kind: TextKind,
    text: String,
    key: Option<Key>,
) -> Result<Committed, AppError> {
    let told = Told {
        text,
        build: |text| Command::AddText { kind, text },
        if_terms: None,
        key,
    };
    case_told(desk, caller, case, told).await
}

/// Whether the caller gets as far as the rules.
async fn admit(desk: &Desk, caller: &Caller, case: CaseId) -> Result<(), AppError> {
    if let Caller::Staff(staff) = caller {
        staff.require(Right::Handle)?;
    }
    if let Caller::Buyer(buyer) = caller {
        // A link opens one order; the buyer's other cases are as if they were not there.
        let row = desk.store.case_by_id(buyer.shop, case).await?;
        row.filter(|row| row.case.order == Some(buyer.order))
            .ok_or(AppError::NotFound { what: "case" })?;
    }
    if let Caller::Writer(writer) = caller {
        let row = desk.store.case_by_id(writer.shop, case).await?;
        row.filter(|row| row.case.buyer == writer.buyer)
            .ok_or(AppError::NotFound { what: "case" })?;
    }
    Ok(())
}

/// The way of every command: envelope, text, key, committer.
pub(super) async fn give<F>(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    order: Option<OrderId>,
    given: Given<F>,
) -> Result<Committed, AppError>
where
    F: FnOnce(Option<TextRef>) -> Command + Send,
{
    let text = given
        .text
        .map(|body| desk.text(&caller.scope(), body, desk.clock.now()))
        .transpose()?;
    let (reference, texts) = text.map_or((None, Vec::new()), |(reference, text)| {
        (Some(reference), vec![text])
    });
    let command = (given.build)(reference);
    submit(
        desk,
        caller,
        case,
        order,
        Saying {
            command,
            texts,
            if_terms: given.if_terms,
            key: given.key,
        },
    )
    .await
}

/// A command ready to be given.
struct Saying {
    command: Command,
    texts: Vec<NewText>,
    if_terms: Option<u64>,
    key: Option<Key>,
}

async fn submit(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    order: Option<OrderId>,
    saying: Saying,
) -> Result<Committed, AppError> {
    let Saying {
        command,
        texts,
        if_terms,
        key,
    } = saying;
    let key = key.map(|key| idempotency_key(caller.scope(), key)).transpose()?;
    if let Caller::Staff(staff) = caller {
        words_checked(desk, staff, case, &command, &texts).await?;
        public_checked(desk, staff.shop, case, &command, &texts).await?;
    }
    let authority = authority(desk, caller).await?;
    let envelope = Envelope {
        case,
        actor: caller.actor(),
        authority,
        at: desk.clock.now(),
        if_terms,
    };
    let submission = Submission {
        shop: caller.shop(),
        envelope,
        order,
        command,
        key,
        texts,
        outbox: None,
    };
    Ok(desk.committer.submit(submission).await?)
}

/// What the shop writes to a buyer is checked before it goes: where the case's policy deducts points for
/// it, it does not go (VIO-1, VIO-2, VIO-4). Buyers' words and notes are nobody's to check.
async fn words_checked(
    desk: &Desk,
    staff: &Staff,
    case: CaseId,
    command: &Command,
    texts: &[NewText],
) -> Result<(), AppError> {
    if !is_told_to_buyer(command) {
        return Ok(());
    }
    for text in texts {
        let found = violations(&text.body).map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
        if found.is_empty() {
            continue;
        }
        let row = desk.store.case_by_id(staff.shop, case).await?;
        let row = row.ok_or(AppError::NotFound { what: "case" })?;
        let policy = policy_set(desk, staff.shop, row.case.policy).await?;
        for finding in found {
            if let Some((clause, points)) = policy.violation(finding.violation) {
                stopped(desk, staff, case, finding.violation, (clause, points)).await?;
                return Err(AppError::Violation {
                    violation: finding.violation,
                    clause: clause.clone(),
                    points,
                    words: finding.words,
                });
            }
        }
    }
    Ok(())
}

/// What is said below a review stands in public: it blames nobody and names nothing of the buyer's (REV-3).
async fn public_checked(
    desk: &Desk,
    shop: ShopId,
    case: CaseId,
    command: &Command,
    texts: &[NewText],
) -> Result<(), AppError> {
    if !matches!(command, Command::ExplainReview { .. }) {
        return Ok(());
    }
    let row = desk.store.case_by_id(shop, case).await?;
    let case = row.ok_or(AppError::NotFound { what: "case" })?.case;
    let policy = policy_set(desk, shop, case.policy).await?;
    for text in texts {
        fair_words(desk, shop, case.buyer, &policy, &text.body).await?;
    }
    Ok(())
}

fn is_told_to_buyer(command: &Command) -> bool {
    matches!(
        command,
        Command::AddText {
            kind: TextKind::Message,
            ..
        } | Command::Refuse { .. }
            | Command::Offer { .. }
            | Command::Resolve { .. }
            | Command::Inspect { .. }
            | Command::MakePromise { .. }
            | Command::MovePromise { .. }
            | Command::NoteAbuse { .. }
            | Command::SettleAbuse { .. }
    )
}

fn idempotency_key(scope: String, key: Key) -> Result<IdempotencyKey, AppError> {
    let fits = (1..=KEY_CHARS_MAX).contains(&key.key.chars().count()) && !key.key.contains('\0');
    if !fits {
        let chars_max = KEY_CHARS_MAX;
        return Err(AppError::Invalid {
            field: "Idempotency-Key",
            reason: Reason::Length { chars_max },
        });
    }
    Ok(IdempotencyKey {
        scope,
        key: key.key,
        body: key.request,
    })
}

/// What the caller may grant: the shop's current figure for his role, in the shop's currency.
pub(super) async fn authority(desk: &Desk, caller: &Caller) -> Result<Authority, AppError> {
    match caller {
        Caller::Staff(staff) => {
            let shop = desk.shop(staff.shop).await?;
            let settings = ShopSettings::parse(&shop.settings)?;
            Ok(Authority {
                refund_limit: settings.refund_limit(staff.role, shop.currency),
            })
        }
        // A buyer grants nothing: no command of his asks for a limit.
        Caller::Buyer(_) | Caller::Writer(_) => Ok(Authority::default()),
    }
}
