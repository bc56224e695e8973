//! Bad and middling reviews: taken in, judged, ended, and answered in public (REV-1…REV-3).
//!
//! No command here gives or withholds anything, and no other reads a review: what a buyer gets never depends
//! on what he writes (REV-4).
//! Must not know: words. Tests: `tests/it/review.rs`.

use super::Deciding;
use crate::case::Case;
use crate::case::clock::Clock;
use crate::case::review::{CaseReview, GivenReview, REVIEWS_MAX, ReviewCause, ReviewOutcome};
use crate::digest::TextRef;
use crate::event::Event;
use crate::ids::ReviewId;
use crate::refusal::Refusal;

/// Takes a review in, once, and has its buyer contacted.
pub(super) fn receive(deciding: &mut Deciding<'_>, case: &Case, given: GivenReview) -> Result<(), Refusal> {
    if case.review(given.review).is_some() {
        return Ok(());
    }
    let clock = Clock::ReviewContact;
    if deciding.policy.clock(clock).is_none() {
        return Err(Refusal::NotMeasured { clock });
    }
    if case.reviews.len() >= REVIEWS_MAX {
        let (what, at_most) = ("reviews", REVIEWS_MAX);
        return Err(Refusal::TooMany { what, at_most });
    }
    received(deciding, given);
    Ok(())
}

/// A running clock goes on: the first review that waits sets the pace.
pub(super) fn received(deciding: &mut Deciding<'_>, given: GivenReview) {
    deciding.push(Event::ReviewReceived(given));
    let runs = |case: &Case| case.clocks.contains_key(&Clock::ReviewContact);
    if !deciding.state.case.as_ref().is_some_and(runs) {
        deciding.start(Clock::ReviewContact);
    }
}

/// Nobody waits to be contacted any more: its clock has no more to watch.
pub(super) fn contacted(deciding: &mut Deciding<'_>) {
    let waits = |case: &Case| Clock::ReviewContact.waits_in(case);
    if !deciding.state.case.as_ref().is_some_and(waits) {
        deciding.stop(Clock::ReviewContact);
    }
}

pub(super) fn judge(
    deciding: &mut Deciding<'_>,
    case: &Case,
    review: ReviewId,
    cause: ReviewCause,
) -> Result<(), Refusal> {
    if standing(case, review)?.judged != Some(cause) {
        deciding.push(Event::ReviewJudged { review, cause });
    }
    Ok(())
}

/// What became of it; a buyer may think better of it later, so that another outcome takes its place.
pub(super) fn end(
    deciding: &mut Deciding<'_>,
    case: &Case,
    review: ReviewId,
    outcome: ReviewOutcome,
) -> Result<(), Refusal> {
    if standing(case, review)?.outcome != Some(outcome) {
        deciding.push(Event::ReviewEnded { review, outcome });
        contacted(deciding);
    }
    Ok(())
}

/// What is said in public stands below a review that stays; before, there is somebody to talk to.
pub(super) fn explain(
    deciding: &mut Deciding<'_>,
    case: &Case,
    review: ReviewId,
    text: TextRef,
) -> Result<(), Refusal> {
    let found = standing(case, review)?;
    if found.outcome != Some(ReviewOutcome::Unchanged) {
        return Err(Refusal::ReviewNotUnchanged { review });
    }
    if found.reply.is_some_and(|reply| reply.published_at.is_some()) {
        return Err(Refusal::NothingToPublish { review });
    }
    deciding.push(Event::ReviewExplained { review, text });
    Ok(())
}

pub(super) fn publish(deciding: &mut Deciding<'_>, case: &Case, review: ReviewId) -> Result<(), Refusal> {
    let reply = standing(case, review)?.reply;
    if reply.is_none_or(|reply| reply.published_at.is_some()) {
        return Err(Refusal::NothingToPublish { review });
    }
    deciding.push(Event::ExplanationPublished { review });
    Ok(())
}

/// A rescue is over when it is known what became of every review of it.
pub(super) fn all_ended(case: &Case) -> Result<(), Refusal> {
    let open = case.reviews.iter().filter(|one| one.outcome.is_none()).count();
    if open > 0 {
        return Err(Refusal::ReviewsOpen { open });
    }
    Ok(())
}

fn standing(case: &Case, review: ReviewId) -> Result<&CaseReview, Refusal> {
    case.review(review).ok_or(Refusal::NoSuchReview { review })
}
