//! Reviews over the wire: handed in, listed, on their case; scores of days, and ratings of buyers.
//!
//! Must not know: what is done about them. Tests: `tests/it/reviews.rs`, `tests/it/ratings.rs`.

use std::collections::BTreeMap;

use amends_app::reviews::draft::ReviewDraft;
use amends_app::reviews::read::{ReviewView, ScoresOverDays};
use amends_app::reviews::{BuyerRatingRow, Scores};
use amends_domain::case::Case;
use amends_domain::ids::{BuyerId, CaseId, LineId, OrderId, ReviewId, TextId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::event::named;
use super::values::At;
use super::words::{PoorRating, Rating, ReviewCause, ReviewOutcome, ReviewStep};

/// A review as a shop's system hands it in. It says how it rates in a word, in stars, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewBody {
    /// The platform's own id of it, by which it is taken in once.
    #[schema(max_length = 128)]
    id: String,
    /// The number of its order.
    #[schema(max_length = 128)]
    order_number: String,
    /// The stock-keeping code it is about.
    #[serde(default)]
    sku: Option<String>,
    /// In a word.
    #[serde(default)]
    rating: Option<Rating>,
    /// In stars, 1 to 5.
    #[serde(default)]
    stars: Option<u8>,
    /// What it says; at most 5,000 characters.
    #[serde(default)]
    text: Option<String>,
    /// Addresses of its pictures, at most 20; they are not fetched.
    #[serde(default)]
    pictures: Vec<String>,
    /// The three scores.
    #[serde(default)]
    scores: ScoresDto,
    /// When it was written, or revised last.
    at: At,
}

/// The three scores a buyer gives a shop (DSR), 1 to 5 each where he gave one.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[schema(as = Scores)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScoresDto {
    /// Whether the goods are as described.
    #[serde(default)]
    description: Option<u8>,
    /// How he was served.
    #[serde(default)]
    service: Option<u8>,
    /// How fast it came.
    #[serde(default)]
    logistics: Option<u8>,
}

/// A review.
#[derive(Serialize, ToSchema)]
#[schema(as = Review)]
pub(crate) struct ReviewDto {
    /// Its id.
    #[schema(value_type = String)]
    id: ReviewId,
    /// The platform's own id of it.
    platform_id: String,
    /// The number of the order it names.
    order_number: String,
    /// That order; absent while it is not known.
    #[schema(value_type = Option<String>)]
    order: Option<OrderId>,
    /// The line it is about.
    #[schema(value_type = Option<String>)]
    line: Option<LineId>,
    /// The stock-keeping code it names.
    sku: Option<String>,
    /// Who wrote it.
    #[schema(value_type = Option<String>)]
    buyer: Option<BuyerId>,
    /// Its case.
    #[schema(value_type = Option<String>)]
    case: Option<CaseId>,
    /// How it rates.
    rating: Rating,
    /// In stars.
    stars: Option<u8>,
    /// What it says; absent when it only rates, or was erased.
    text: Option<String>,
    /// Addresses of its pictures.
    pictures: Vec<String>,
    /// The three scores.
    scores: ScoresDto,
    /// When it was written, or revised last.
    at: At,
    /// When it was taken in.
    taken_at: At,
    /// What is to be done next.
    step: ReviewStep,
    /// What it is about.
    cause: Option<ReviewCause>,
    /// A person said so.
    judged: bool,
    /// Until when its buyer is to be reached.
    contact_due_at: Option<At>,
    /// When he was.
    contacted_at: Option<At>,
    /// What became of it.
    outcome: Option<ReviewOutcome>,
    /// What the shop says below it.
    reply: Option<String>,
    /// Since when that stands on the platform.
    published_at: Option<At>,
    /// When its words were erased.
    erased_at: Option<At>,
}

/// A page of reviews.
#[derive(Serialize, ToSchema)]
#[schema(as = ReviewsPage)]
pub(crate) struct ReviewsPageDto {
    /// The latest first.
    pub(crate) reviews: Vec<ReviewDto>,
    /// For `after`, when there may be more.
    pub(crate) next: Option<String>,
}

/// To say which order a review is about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewMatchBody {
    /// The order.
    #[schema(value_type = String)]
    pub(crate) order: OrderId,
}

/// To say what a review is about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgeReviewBody {
    /// Which, of this case.
    #[schema(value_type = String)]
    pub(crate) review: ReviewId,
    /// What it is about.
    pub(crate) cause: ReviewCause,
}

/// To put down what became of a review.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndReviewBody {
    /// Which, of this case.
    #[schema(value_type = String)]
    pub(crate) review: ReviewId,
    /// What became of it.
    pub(crate) outcome: ReviewOutcome,
}

/// To write what the shop says below a review.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExplainReviewBody {
    /// Which, of this case.
    #[schema(value_type = String)]
    pub(crate) review: ReviewId,
    /// The words: no blame, nothing of the buyer's own; 1 to 10,000 characters.
    pub(crate) text: String,
}

/// To record that it stands on the platform.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishExplanationBody {
    /// Below which review of this case.
    #[schema(value_type = String)]
    pub(crate) review: ReviewId,
}

/// A review of a case.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseReview)]
pub(crate) struct CaseReviewDto {
    /// Its id.
    #[schema(value_type = String)]
    review: ReviewId,
    /// How it rates.
    rating: PoorRating,
    /// What it says, unless it only rates or was erased.
    text: Option<String>,
    /// When it came.
    at: At,
    /// What it is about.
    cause: Option<ReviewCause>,
    /// A person said so.
    judged: bool,
    /// When its buyer was first reached.
    contacted_at: Option<At>,
    /// What became of it.
    outcome: Option<ReviewOutcome>,
    /// What the shop says below it.
    reply: Option<String>,
    /// Since when that stands on the platform.
    published_at: Option<At>,
}

/// Scores over a period.
#[derive(Serialize, ToSchema)]
#[schema(as = ScoresOverDays)]
pub(crate) struct ScoresOverDaysDto {
    /// Each of `description`, `service`, `logistics` that was given at all.
    over_all: BTreeMap<String, MeanDto>,
    /// Day by day, the earliest first; days without scores are left out.
    days: Vec<DayScoresDto>,
}

/// How many scores there are, and their mean.
#[derive(Serialize, ToSchema)]
#[schema(as = MeanScore)]
pub(crate) struct MeanDto {
    /// How many.
    ratings: u64,
    /// A hundred times their mean, rounded down: 487 is 4.87.
    mean_hundredths: u64,
}

/// Scores of a day.
#[derive(Serialize, ToSchema)]
#[schema(as = DayScores)]
pub(crate) struct DayScoresDto {
    /// The day on the shop's wall, counted from 1970-01-01.
    day: i64,
    /// `description`, `service` or `logistics`.
    aspect: String,
    #[serde(flatten)]
    mean: MeanDto,
}

/// To rate a buyer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BuyerRatingBody {
    /// How.
    pub(crate) rating: Rating,
    /// In words that may stand in public; at most 500 characters.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// What a buyer was rated for an order.
#[derive(Serialize, ToSchema)]
#[schema(as = BuyerRating)]
pub(crate) struct BuyerRatingDto {
    /// The order.
    #[schema(value_type = String)]
    order: OrderId,
    /// How.
    rating: Rating,
    /// In words.
    text: Option<String>,
    /// Who of the shop: `person` with `id` and `role`.
    #[schema(value_type = Object)]
    by: Value,
    /// When.
    at: At,
}

/// What a buyer was rated for an order, if he was.
#[derive(Serialize, ToSchema)]
#[schema(as = BuyerRatings)]
pub(crate) struct BuyerRatingsDto {
    /// The rating; absent where there is none.
    pub(crate) rating: Option<BuyerRatingDto>,
}

impl ReviewBody {
    pub(crate) fn draft(self) -> ReviewDraft {
        ReviewDraft {
            platform_id: self.id,
            order_number: self.order_number,
            sku: self.sku,
            rating: self.rating.map(Into::into),
            stars: self.stars,
            text: self.text.filter(|text| !text.trim().is_empty()),
            pictures: self.pictures,
            scores: Scores {
                description: self.scores.description,
                service: self.scores.service,
                logistics: self.scores.logistics,
            },
            written_at: self.at.0,
        }
    }
}

impl ReviewDto {
    pub(crate) fn of(view: ReviewView) -> Self {
        let ReviewView { row, reply } = view;
        Self {
            id: row.id,
            platform_id: row.platform_id,
            order_number: row.order_number,
            order: row.order,
            line: row.line,
            sku: row.sku,
            buyer: row.buyer,
            case: row.case,
            rating: row.rating.into(),
            stars: row.stars,
            text: row.body,
            pictures: row.pictures,
            scores: ScoresDto {
                description: row.scores.description,
                service: row.scores.service,
                logistics: row.scores.logistics,
            },
            at: row.written_at.into(),
            taken_at: row.taken_at.into(),
            step: row.step.into(),
            cause: row.cause.map(Into::into),
            judged: row.judged,
            contact_due_at: row.contact_due_at.map(At),
            contacted_at: row.contacted_at.map(At),
            outcome: row.outcome.map(Into::into),
            reply,
            published_at: row.published_at.map(At),
            erased_at: row.erased_at.map(At),
        }
    }
}

/// The reviews of a case, as they came; what the shop does about them is not the buyer's to read.
pub(super) fn case_reviews(
    case: &Case,
    texts: &BTreeMap<TextId, String>,
    for_buyer: bool,
) -> Vec<CaseReviewDto> {
    if for_buyer {
        return Vec::new();
    }
    let word = |id: TextId| texts.get(&id).cloned();
    let reviews = case.reviews.iter().map(|one| CaseReviewDto {
        review: one.given.review,
        rating: one.given.rating.into(),
        text: one.given.text.and_then(|text| word(text.id)),
        at: one.at.into(),
        cause: one.cause().map(Into::into),
        judged: one.judged.is_some(),
        contacted_at: one.contacted_at.map(At),
        outcome: one.outcome.map(Into::into),
        reply: one.reply.and_then(|reply| word(reply.text.id)),
        published_at: one.reply.and_then(|reply| reply.published_at).map(At),
    });
    reviews.collect()
}

fn mean(ratings: u64, total: u64) -> MeanDto {
    MeanDto {
        ratings,
        mean_hundredths: total.saturating_mul(100).checked_div(ratings).unwrap_or(0),
    }
}

impl ScoresOverDaysDto {
    pub(crate) fn of(scores: ScoresOverDays) -> Self {
        let sums = scores.sums.into_iter();
        let days = scores.days.into_iter();
        Self {
            over_all: sums
                .map(|(aspect, (ratings, total))| (aspect, mean(ratings, total)))
                .collect(),
            days: days
                .map(|day| DayScoresDto {
                    day: day.day,
                    mean: mean(day.ratings, day.total),
                    aspect: day.aspect,
                })
                .collect(),
        }
    }
}

impl BuyerRatingDto {
    pub(crate) fn of(row: BuyerRatingRow) -> Self {
        let actor = serde_json::from_str(&row.rated_by).unwrap_or_default();
        Self {
            order: row.order,
            rating: row.rating.into(),
            text: row.body,
            by: named(actor, false),
            at: row.at.into(),
        }
    }
}
