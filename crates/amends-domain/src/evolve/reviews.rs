//! What events about reviews make of a case.
//!
//! Must not know: who may do so. Tests: `tests/it/review.rs`.

use crate::case::Case;
use crate::case::review::{CaseReview, PublicReply};
use crate::event::Event;
use crate::ids::ReviewId;
use crate::time::Moment;

pub(super) fn evolve(case: &mut Case, event: &Event, at: Moment) {
    match event {
        Event::ReviewReceived(given) => case.reviews.push(CaseReview::new(*given, at)),
        // Whoever is reached is reached about all of them.
        Event::ContactLogged { reached: true, .. } => {
            for review in case.reviews.iter_mut().filter(|one| one.wants_contact()) {
                review.contacted_at = Some(at);
            }
        }
        Event::ReviewJudged { review, cause } => change(case, *review, |one| one.judged = Some(*cause)),
        Event::ReviewEnded { review, outcome } => change(case, *review, |one| one.outcome = Some(*outcome)),
        Event::ReviewExplained { review, text } => change(case, *review, |one| {
            one.reply = Some(PublicReply {
                text: *text,
                published_at: None,
            });
        }),
        Event::ExplanationPublished { review } => change(case, *review, |one| {
            if let Some(reply) = &mut one.reply {
                reply.published_at = Some(at);
            }
        }),
        _ => {}
    }
}

fn change(case: &mut Case, review: ReviewId, with: impl FnOnce(&mut CaseReview)) {
    if let Some(one) = case.reviews.iter_mut().find(|one| one.given.review == review) {
        with(one);
    }
}
