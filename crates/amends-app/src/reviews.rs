//! Reviews 评价: taken in once each, matched to order and case, and answered; what the shop rates in turn.
//!
//! A review for an order the shop doesn't have is refused where a program hands it in: it still has the review,
//! and hands it in again once it has handed in the order. Of a file, whose sender is gone, such a review is kept
//! as unmatched, told with its line, and matched when its order arrives or by hand.
//! Must not know: HTTP, SQL. Tests: `amends-api/tests/it/reviews.rs`, `amends-api/tests/it/ratings.rs`.

pub mod draft;
pub mod fair;
pub mod file;
pub mod pursue;
pub mod rate;
pub mod read;
pub mod remind;
pub mod take_in;

pub use amends_store::{BuyerRatingRow, Rating, ReviewFilter, ReviewRow, ReviewStep, Scores};

/// What is wrong with a review, or with what is done about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewFault {
    /// The shop has no such order; nothing was kept.
    #[error("there is no order {number} in the shop; hand it in first, then the review again")]
    UnknownOrder {
        /// Its number.
        number: String,
    },
    /// Another order was found for it before.
    #[error("this review belongs to another order already")]
    Matched,
    /// Words that may not stand in public.
    #[error("{} may not stand in public", words.join(", "))]
    Unfair {
        /// What was found.
        words: Vec<String>,
    },
    /// The buyer was rated for this order before, otherwise.
    #[error("the buyer was rated for this order before")]
    RatedBefore,
}

impl ReviewFault {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownOrder { .. } => "review_order_unknown",
            Self::Matched => "review_matched",
            Self::Unfair { .. } => "unfair_words",
            Self::RatedBefore => "rated_before",
        }
    }
}
