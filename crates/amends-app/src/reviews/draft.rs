//! A review as somebody hands it in: every part bounded, every word one of its list.
//!
//! Must not know: where it comes from. Tests: beside the code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use amends_domain::case::review::ReviewCause;
use amends_domain::time::Moment;
use amends_store::{Rating, Scores};
use serde::Deserialize;

use crate::error::{AppError, Reason};

const MAPPING: &str = include_str!("../../../../content/mappings/reviews.toml");
/// Longest id a platform gives, in characters; also of an order's number and of a stock-keeping code.
pub const ID_CHARS_MAX: usize = 128;
/// Longest review, in characters.
pub const WORDS_CHARS_MAX: usize = 5_000;
/// Most pictures of one review.
pub const PICTURES_MAX: usize = 20;
/// Longest address of a picture, in characters.
pub const ADDRESS_CHARS_MAX: usize = 1_000;
/// The most stars, and the highest score.
pub const STARS_MAX: u8 = 5;
/// Clocks of two houses differ: a day is allowed.
const AHEAD_MILLIS: i64 = 86_400_000;

/// A review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewDraft {
    /// The platform's own id of it.
    pub platform_id: String,
    /// The number of its order.
    pub order_number: String,
    /// The stock-keeping code it is about.
    pub sku: Option<String>,
    /// How it rates, in a word.
    pub rating: Option<Rating>,
    /// How it rates, in stars.
    pub stars: Option<u8>,
    /// What it says.
    pub text: Option<String>,
    /// Addresses of its pictures; they are not fetched.
    pub pictures: Vec<String>,
    /// The three scores.
    pub scores: Scores,
    /// When it was written, or revised last.
    pub written_at: Moment,
}

/// How reviews are written: names of columns, of ratings, and what stars mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewMapping {
    format: u32,
    stars: Stars,
    pub(super) columns: BTreeMap<String, Vec<String>>,
    ratings: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stars {
    bad_at_most: u8,
    middling_at_most: u8,
}

impl ReviewMapping {
    /// The one that comes with the program.
    pub(super) fn shipped() -> Result<&'static Self, AppError> {
        static READ: LazyLock<Result<ReviewMapping, String>> = LazyLock::new(|| {
            let read: ReviewMapping = toml::from_str(MAPPING).map_err(|fault| fault.to_string())?;
            match read.format {
                1 => Ok(read),
                other => Err(format!("format {other}; this program reads 1")),
            }
        });
        READ.as_ref()
            .map_err(|fault| AppError::Inconsistent(format!("content/mappings/reviews.toml: {fault}")))
    }

    /// A rating by a word of a file.
    pub(super) fn rating(&self, word: &str) -> Option<Rating> {
        let mut ratings = self.ratings.iter();
        let (code, _) = ratings.find(|(_, words)| words.iter().any(|known| known == word))?;
        Rating::named(code)
    }

    fn of_stars(&self, stars: u8) -> Rating {
        if stars <= self.stars.bad_at_most {
            Rating::Bad
        } else if stars <= self.stars.middling_at_most {
            Rating::Middling
        } else {
            Rating::Good
        }
    }
}

fn bounded(field: &'static str, text: &str, chars_max: usize) -> Result<(), AppError> {
    if text.contains('\0') {
        let reason = Reason::Null;
        return Err(AppError::Invalid { field, reason });
    }
    let chars = text.chars().count();
    if (1..=chars_max).contains(&chars) && !text.trim().is_empty() {
        return Ok(());
    }
    let reason = Reason::Length { chars_max };
    Err(AppError::Invalid { field, reason })
}

fn within(field: &'static str, score: Option<u8>) -> Result<(), AppError> {
    if score.is_none_or(|score| (1..=STARS_MAX).contains(&score)) {
        return Ok(());
    }
    let reason = Reason::Other(format!("must be 1 to {STARS_MAX}"));
    Err(AppError::Invalid { field, reason })
}

impl ReviewDraft {
    /// Checks every part, and says how it rates: by its word, else by its stars.
    pub fn checked(&self, now: Moment) -> Result<Rating, AppError> {
        bounded("id", &self.platform_id, ID_CHARS_MAX)?;
        bounded("order_number", &self.order_number, ID_CHARS_MAX)?;
        if let Some(sku) = &self.sku {
            bounded("sku", sku, ID_CHARS_MAX)?;
        }
        if let Some(text) = &self.text {
            bounded("text", text, WORDS_CHARS_MAX)?;
        }
        if self.pictures.len() > PICTURES_MAX {
            let reason = Reason::Other(format!("has more than {PICTURES_MAX}"));
            let field = "pictures";
            return Err(AppError::Invalid { field, reason });
        }
        for address in &self.pictures {
            bounded("pictures", address, ADDRESS_CHARS_MAX)?;
            if !address.starts_with("https://") && !address.starts_with("http://") {
                let reason =
                    Reason::Other("must be addresses that begin with https:// or http://".to_owned());
                let field = "pictures";
                return Err(AppError::Invalid { field, reason });
            }
        }
        within("stars", self.stars)?;
        within("description", self.scores.description)?;
        within("service", self.scores.service)?;
        within("logistics", self.scores.logistics)?;
        if self.written_at > now.plus_millis(AHEAD_MILLIS) {
            let reason = Reason::Other("is still to come".to_owned());
            return Err(AppError::Invalid { field: "at", reason });
        }
        let of_stars = self
            .stars
            .map(|stars| Ok::<_, AppError>(ReviewMapping::shipped()?.of_stars(stars)));
        let rating = self
            .rating
            .map_or_else(|| of_stars.transpose(), |word| Ok(Some(word)))?;
        rating.ok_or_else(|| AppError::Invalid {
            field: "rating",
            reason: Reason::Other("needs a rating or stars".to_owned()),
        })
    }

    /// What it seems to be about: the lowest of its scores, where one is lowest and poor, else its words.
    pub fn cause(&self) -> Result<Option<ReviewCause>, AppError> {
        let scores = [
            (self.scores.description, ReviewCause::Goods),
            (self.scores.service, ReviewCause::Service),
            (self.scores.logistics, ReviewCause::Logistics),
        ];
        let mut given: Vec<(u8, ReviewCause)> = scores
            .into_iter()
            .filter_map(|(score, cause)| Some((score?, cause)))
            .collect();
        given.sort_by_key(|(score, _)| *score);
        let mapping = ReviewMapping::shipped()?;
        if let Some((lowest, cause)) = given.first()
            && mapping.of_stars(*lowest) != Rating::Good
            && given.get(1).is_none_or(|(next, _)| next > lowest)
        {
            return Ok(Some(*cause));
        }
        let words = self.text.as_deref().unwrap_or_default();
        amends_language::review_cause(words).map_err(|fault| AppError::Inconsistent(fault.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ReviewDraft {
        ReviewDraft {
            platform_id: "R1".to_owned(),
            order_number: "A1".to_owned(),
            sku: None,
            rating: None,
            stars: Some(1),
            text: Some("收到就碎了".to_owned()),
            pictures: Vec::new(),
            scores: Scores::default(),
            written_at: Moment::from_millis(1_000),
        }
    }

    #[test]
    fn stars_are_told_in_three_words_and_a_word_goes_before_them() {
        for (stars, rating) in [
            (1, Rating::Bad),
            (2, Rating::Bad),
            (3, Rating::Middling),
            (4, Rating::Good),
            (5, Rating::Good),
        ] {
            let draft = ReviewDraft {
                stars: Some(stars),
                ..draft()
            };
            assert_eq!(draft.checked(Moment::from_millis(2_000)).ok(), Some(rating));
            let told = ReviewDraft {
                rating: Some(Rating::Middling),
                ..draft
            };
            assert_eq!(
                told.checked(Moment::from_millis(2_000)).ok(),
                Some(Rating::Middling)
            );
        }
    }

    #[test]
    fn the_lowest_score_says_what_it_is_about_else_the_words() {
        let scores = |description, service, logistics| Scores {
            description,
            service,
            logistics,
        };
        for (scores, cause) in [
            (scores(Some(5), Some(1), Some(5)), Some(ReviewCause::Service)),
            (scores(Some(5), Some(4), Some(2)), Some(ReviewCause::Logistics)),
            (scores(Some(1), Some(1), Some(5)), Some(ReviewCause::Goods)),
            (scores(Some(5), Some(4), Some(5)), Some(ReviewCause::Goods)),
            (Scores::default(), Some(ReviewCause::Goods)),
        ] {
            let draft = ReviewDraft { scores, ..draft() };
            assert_eq!(draft.cause().ok().flatten(), cause, "{scores:?}");
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_told_by_its_field() {
        let now = Moment::from_millis(2_000);
        let fields = |change: &dyn Fn(&mut ReviewDraft)| {
            let mut draft = draft();
            change(&mut draft);
            match draft.checked(now) {
                Err(AppError::Invalid { field, .. }) => field,
                _ => "nothing",
            }
        };
        assert_eq!(fields(&|_| {}), "nothing");
        assert_eq!(fields(&|draft| draft.platform_id.clear()), "id");
        assert_eq!(
            fields(&|draft| draft.order_number = "\0".to_owned()),
            "order_number"
        );
        assert_eq!(fields(&|draft| draft.stars = Some(6)), "stars");
        assert_eq!(fields(&|draft| draft.stars = None), "rating");
        assert_eq!(
            fields(&|draft| draft.text = Some("长".repeat(WORDS_CHARS_MAX + 1))),
            "text"
        );
        assert_eq!(
            fields(&|draft| draft.pictures = vec!["file:///etc/passwd".to_owned()]),
            "pictures"
        );
        assert_eq!(fields(&|draft| draft.scores.service = Some(0)), "service");
        assert_eq!(
            fields(&|draft| draft.written_at = now.plus_millis(2 * AHEAD_MILLIS)),
            "at"
        );
    }
}
