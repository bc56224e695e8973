//! Has something done about a bad or middling review: it joins the open case of its order, or opens a review
//! rescue 中差评处理. Each step is harmless when repeated.
//!
//! Must not know: what a case does about it. Tests: `amends-api/tests/it/reviews.rs`.

use amends_domain::actor::{Actor, Authority, Envelope, Role};
use amends_domain::case::Kind;
use amends_domain::case::review::{GivenReview, PoorRating, ReviewCause};
use amends_domain::command::{Command, OpenCase};
use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, OrderId, PersonId};
use amends_domain::refusal::Refusal;
use amends_store::{Committed, IdempotencyKey, NewText, Rating, ReviewRow, ReviewStep, Submission};

use crate::caller::Staff;
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::shop_read::{policy_set_in_force, reason_for};

/// Reasons that a rescue is filed under by what the review is about, the first that the shop's policy knows.
const REASONS: [(Option<ReviewCause>, &[&str]); 4] = [
    (Some(ReviewCause::Goods), &["quality", "not_as_described"]),
    (Some(ReviewCause::Logistics), &["late", "logistics"]),
    (Some(ReviewCause::Service), &["service"]),
    (None, &["other", "service", "quality"]),
];
/// How long a review may wait before somebody else takes it up, in milliseconds: whoever took it in is at it.
const LEFT_AFTER_MILLIS: i64 = 60_000;
/// Most reviews taken up at once.
const LEFT_MAX: u32 = 50;

/// Takes up what a crash left; returns how much there was to do.
pub async fn reviews_go_on(desk: &Desk) -> Result<usize, AppError> {
    let before = desk.clock.now().plus_millis(-LEFT_AFTER_MILLIS);
    let left = desk.store.reviews_left(before, LEFT_MAX).await?;
    for row in &left {
        pursue(desk, row).await?;
    }
    Ok(left.len())
}

/// Brings a review to its case, unless it is there, good, or of an unknown order.
pub(super) async fn pursue(desk: &Desk, row: &ReviewRow) -> Result<(), AppError> {
    let (ReviewStep::Pursue, Some(order)) = (row.step, row.order) else {
        return Ok(());
    };
    let rating = match row.rating {
        Rating::Good => return Ok(()),
        Rating::Middling => PoorRating::Middling,
        Rating::Bad => PoorRating::Bad,
    };
    // In the name of whoever handed it in, as a program does: no right of his is used.
    let person: Result<PersonId, _> = row.taken_by.parse();
    let person = person.map_err(|fault| AppError::Inconsistent(format!("who took a review in: {fault}")))?;
    let staff = Staff {
        shop: row.shop,
        person,
        role: Role::Machine,
        token: None,
    };
    let author = row.buyer.map_or_else(String::new, |buyer| buyer.to_string());
    let text = row.body.clone().filter(|body| !body.trim().is_empty());
    let text = text
        .map(|body| desk.text(&author, body, desk.clock.now()))
        .transpose()?;
    let (text, texts) = text.map_or((None, Vec::new()), |(text, stored)| (Some(text), vec![stored]));
    let given = GivenReview {
        review: row.id,
        rating,
        cause: row.cause,
        text,
    };
    for case in desk.store.cases_open_of_order(row.shop, order).await? {
        let command = Command::ReceiveReview(given);
        let joined = review_give(
            desk,
            &staff,
            case.case.id,
            None,
            command,
            texts.clone(),
            Some(row),
        )
        .await;
        match joined {
            Ok(_) => return Ok(()),
            // It lives under older rules, or is full: another takes it.
            Err(AppError::Refused(Refusal::NotMeasured { .. } | Refusal::TooMany { .. })) => {}
            Err(fault) => return Err(fault),
        }
    }
    rescue(desk, &staff, row, order, (given, texts)).await
}

async fn rescue(
    desk: &Desk,
    staff: &Staff,
    row: &ReviewRow,
    order: OrderId,
    (given, texts): (GivenReview, Vec<NewText>),
) -> Result<(), AppError> {
    let policy = policy_set_in_force(desk, row.shop).await?;
    let policy = policy.ok_or(AppError::NotFound { what: "policy" })?;
    let wanted = REASONS.iter().find(|(cause, _)| *cause == row.cause);
    let wanted = wanted.map_or(&[][..], |(_, reasons)| reasons);
    let command = Command::Open(OpenCase {
        review: Some(given),
        ..OpenCase::about(Kind::ReviewRescue, reason_for(&policy, wanted))
    });
    let case: CaseId = desk.random.id(desk.clock.now());
    match review_give(desk, staff, case, Some(order), command, texts, Some(row)).await {
        Ok(_) => Ok(()),
        // The shop's policy has nothing done about reviews: it stands in the list, and no clock runs.
        Err(AppError::Refused(Refusal::KindNotOffered { .. })) => {
            Ok(desk.store.review_leave(row.shop, row.id).await?)
        }
        Err(fault) => Err(fault),
    }
}

/// Gives a command about a review; what brings it to its case, under a key of its own, is given once.
pub(super) async fn review_give(
    desk: &Desk,
    staff: &Staff,
    case: CaseId,
    order: Option<OrderId>,
    command: Command,
    texts: Vec<NewText>,
    once: Option<&ReviewRow>,
) -> Result<Committed, AppError> {
    let actor = Actor::Person {
        id: staff.person,
        role: Role::Machine,
    };
    let key = once.map(|row| IdempotencyKey {
        scope: row.id.to_string(),
        key: "received".to_owned(),
        body: Digest::of(&[b"review", row.id.to_string().as_bytes()]),
    });
    let submission = Submission {
        shop: staff.shop,
        envelope: Envelope {
            case,
            actor,
            authority: Authority::default(),
            at: desk.clock.now(),
            if_terms: None,
        },
        order,
        command,
        key,
        texts,
        outbox: None,
    };
    Ok(desk.committer.submit(submission).await?)
}
