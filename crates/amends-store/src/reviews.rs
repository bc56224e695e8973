//! Reviews buyers wrote: taken in once each, revised in place, followed by what their case says of them; and
//! the scores of days that come of them.
//!
//! Must not know: which rating is poor, what a case does about it. Tests: `amends-api/tests/it/reviews.rs`.

use amends_domain::case::clock::Clock;
use amends_domain::case::review::{CaseReview, ReviewCause, ReviewOutcome};
use amends_domain::case::{Case, Kind as CaseKind};
use amends_domain::ids::{BuyerId, CaseId, LineId, OrderId, ReviewId, ShopId, TextId};
use amends_domain::time::Moment;

use crate::Store;
use crate::cases::{CASE_COLUMNS, CaseRow, case_row};
use crate::db::Kind::{Int, Text};
use crate::db::{Batched, Row, Rows, Tx, Value, args};
use crate::error::StoreError;

/// Most reviews read at once.
const READ_MAX: u32 = 200;
/// Most open cases of one order that are looked at.
const CASES_MAX: u32 = 20;

/// How a buyer, or of a buyer a shop, rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// 好评.
    Good,
    /// 中评.
    Middling,
    /// 差评.
    Bad,
}

impl Rating {
    /// Every rating.
    pub const ALL: &[Self] = &[Self::Good, Self::Middling, Self::Bad];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Middling => "middling",
            Self::Bad => "bad",
        }
    }

    /// A rating by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rating| rating.code() == code)
    }
}

/// What is to be done about a review next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewStep {
    /// Its order is not known.
    Match,
    /// Its case is to be opened or joined.
    Pursue,
    /// Its buyer is to be reached.
    Contact,
    /// It is to be put down what became of it.
    Outcome,
    /// It stays; what the shop says below it is to be published.
    Reply,
    /// The shop's policy has nothing done about it.
    Left,
    /// Nothing more.
    Done,
}

impl ReviewStep {
    /// Every step.
    pub const ALL: &[Self] = &[
        Self::Match,
        Self::Pursue,
        Self::Contact,
        Self::Outcome,
        Self::Reply,
        Self::Left,
        Self::Done,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Pursue => "pursue",
            Self::Contact => "contact",
            Self::Outcome => "outcome",
            Self::Reply => "reply",
            Self::Left => "left",
            Self::Done => "done",
        }
    }

    /// A step by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.code() == code)
    }

    fn of(review: &CaseReview) -> Self {
        match review.outcome {
            None if review.contacted_at.is_none() => Self::Contact,
            None => Self::Outcome,
            Some(ReviewOutcome::Unchanged)
                if review.reply.is_none_or(|reply| reply.published_at.is_none()) =>
            {
                Self::Reply
            }
            Some(_) => Self::Done,
        }
    }
}

/// The three scores of a buyer, 1 to 5 each where he gave one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// Whether the goods are as described 描述相符.
    pub description: Option<u8>,
    /// How he was served 服务态度.
    pub service: Option<u8>,
    /// How fast it came 物流服务.
    pub logistics: Option<u8>,
}

impl Scores {
    fn by_aspect(self) -> [(&'static str, Option<u8>); 3] {
        [
            ("description", self.description),
            ("service", self.service),
            ("logistics", self.logistics),
        ]
    }
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// The shop.
    pub shop: ShopId,
    /// Its id.
    pub id: ReviewId,
    /// The platform's own id of it.
    pub platform_id: String,
    /// The number of the order it names.
    pub order_number: String,
    /// That order; none while it is not known.
    pub order: Option<OrderId>,
    /// The line it is about.
    pub line: Option<LineId>,
    /// The stock-keeping code it names.
    pub sku: Option<String>,
    /// Who wrote it.
    pub buyer: Option<BuyerId>,
    /// Its case.
    pub case: Option<CaseId>,
    /// How it rates.
    pub rating: Rating,
    /// How many stars it gives, where it gives any.
    pub stars: Option<u8>,
    /// What it says; none when it only rates, or was erased.
    pub body: Option<String>,
    /// Addresses of its pictures.
    pub pictures: Vec<String>,
    /// Its scores.
    pub scores: Scores,
    /// When it was written, or revised last.
    pub written_at: Moment,
    /// The day of that on the shop's wall, counted from 1970-01-01.
    pub day: i64,
    /// When it was taken in.
    pub taken_at: Moment,
    /// Who handed it in, as the desk writes it down.
    pub taken_by: String,
    /// Raised with every revision.
    pub revision: u64,
    /// What is to be done next.
    pub step: ReviewStep,
    /// What it is about.
    pub cause: Option<ReviewCause>,
    /// A person said so.
    pub judged: bool,
    /// Until when its buyer is to be reached.
    pub contact_due_at: Option<Moment>,
    /// When he was.
    pub contacted_at: Option<Moment>,
    /// What became of it.
    pub outcome: Option<ReviewOutcome>,
    /// The text the shop says below it.
    pub reply: Option<TextId>,
    /// Since when that stands on the platform.
    pub published_at: Option<Moment>,
    /// When its words were erased.
    pub erased_at: Option<Moment>,
}

/// Which reviews are meant; every condition that is given must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// With one rating.
    pub rating: Option<Rating>,
    /// At one step.
    pub step: Option<ReviewStep>,
    /// Bad and middling ones about which something is still to be done.
    pub unanswered: bool,
    /// Of one order.
    pub order: Option<OrderId>,
    /// Of one case.
    pub case: Option<CaseId>,
}

/// Scores of a day, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayScores {
    /// The day, counted from 1970-01-01 on the shop's wall.
    pub day: i64,
    /// `description`, `service` or `logistics`.
    pub aspect: String,
    /// How many gave one.
    pub ratings: u64,
    /// What they come to.
    pub total: u64,
}

/// What became of a review that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenIn {
    /// It is there now.
    New,
    /// It was there before.
    Known,
}

const REVIEW: &str = "SELECT shop_id, review_id, platform_id, order_number, order_id, line_id, sku, buyer_id, \
    case_id, rating, stars, body, pictures, description, service, logistics, written_at, day, taken_at, taken_by, \
    revision, step, cause, judged, contact_due_at, contacted_at, outcome, reply_id, published_at, erased_at \
    FROM reviews";

fn small(number: Option<i64>) -> Option<u8> {
    number.and_then(|number| u8::try_from(number).ok())
}

fn word<T>(row: &mut Row, named: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
    Ok(row.text_or_none()?.and_then(|code| named(&code)))
}

fn review(mut row: Row) -> Result<ReviewRow, StoreError> {
    Ok(ReviewRow {
        shop: row.parsed()?,
        id: row.parsed()?,
        platform_id: row.text()?,
        order_number: row.text()?,
        order: row.parsed_or_none()?,
        line: row.parsed_or_none()?,
        sku: row.text_or_none()?,
        buyer: row.parsed_or_none()?,
        case: row.parsed_or_none()?,
        rating: row.named(Rating::named)?,
        stars: small(row.int_or_none()?),
        body: row.text_or_none()?,
        pictures: row.json()?,
        scores: Scores {
            description: small(row.int_or_none()?),
            service: small(row.int_or_none()?),
            logistics: small(row.int_or_none()?),
        },
        written_at: row.moment()?,
        day: row.int()?,
        taken_at: row.moment()?,
        taken_by: row.text()?,
        revision: row.count()?,
        step: row.named(ReviewStep::named)?,
        cause: word(&mut row, ReviewCause::named)?,
        judged: row.int()? != 0,
        contact_due_at: row.moment_or_none()?,
        contacted_at: row.moment_or_none()?,
        outcome: word(&mut row, ReviewOutcome::named)?,
        reply: row.parsed_or_none()?,
        published_at: row.moment_or_none()?,
        erased_at: row.moment_or_none()?,
    })
}

fn number(score: Option<u8>) -> Option<i64> {
    score.map(i64::from)
}

fn pictures(row: &ReviewRow) -> Result<String, StoreError> {
    serde_json::to_string(&row.pictures).map_err(|fault| StoreError::corrupt("pictures of a review", fault))
}

/// Adds a review's scores to its day, or takes them out again.
async fn count_scores(tx: &mut Tx, row: &ReviewRow, by: i64) -> Result<(), StoreError> {
    const ADD: &str = "INSERT INTO ratings_of_days (shop_id, day, aspect, ratings, total) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shop_id, day, aspect) DO UPDATE SET \
        ratings = ratings_of_days.ratings + excluded.ratings, total = ratings_of_days.total + excluded.total";
    for (aspect, score) in row.scores.by_aspect() {
        if let Some(score) = score {
            let values = args![row.shop, row.day, aspect, by, by * i64::from(score)];
            tx.execute(ADD, values).await?;
        }
    }
    Ok(())
}

/// What a case says of its reviews, written beside it in the commit that changed it.
pub(crate) static REVIEWS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("review_id", Text),
        ("case_id", Text),
        ("step", Text),
        ("cause", Text),
        ("judged", Int),
        ("contact_due_at", Int),
        ("contacted_at", Int),
        ("outcome", Text),
        ("reply_id", Text),
        ("published_at", Int),
    ],
    "UPDATE reviews SET case_id = v.case_id, step = v.step, cause = v.cause, judged = v.judged, \
     contact_due_at = v.contact_due_at, contacted_at = v.contacted_at, outcome = v.outcome, \
     reply_id = v.reply_id, published_at = v.published_at FROM v \
     WHERE reviews.shop_id = v.shop_id AND reviews.review_id = v.review_id",
);

/// The rows of a case's reviews.
pub(crate) fn push_reviews(rows: &mut Rows, shop: ShopId, case: &Case) {
    let due_at = case.clocks.get(&Clock::ReviewContact).map(|run| run.due_at);
    for review in &case.reviews {
        let code = |cause: ReviewCause| cause.code().to_owned();
        rows.push([
            shop.into(),
            review.given.review.into(),
            case.id.into(),
            ReviewStep::of(review).code().into(),
            review.cause().map(code).into(),
            i64::from(review.judged.is_some()).into(),
            due_at.filter(|_| review.wants_contact()).into(),
            review.contacted_at.into(),
            review.outcome.map(|outcome| outcome.code().to_owned()).into(),
            review.reply.map(|reply| reply.text.id).into(),
            review.reply.and_then(|reply| reply.published_at).into(),
        ]);
    }
}

impl Store {
    /// Takes a review in, with its scores; one the platform calls by the same id stays as it is.
    pub async fn review_insert(&self, row: &ReviewRow) -> Result<TakenIn, StoreError> {
        const INSERT: &str = "INSERT INTO reviews (shop_id, review_id, platform_id, order_number, order_id, line_id, \
            sku, buyer_id, rating, stars, body, pictures, description, service, logistics, written_at, day, taken_at, \
            taken_by, revision, step, cause) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
            $16, $17, $18, $19, 1, $20, $21) ON CONFLICT DO NOTHING";
        let values = args![
            row.shop,
            row.id,
            row.platform_id.as_str(),
            row.order_number.as_str(),
            row.order,
            row.line,
            row.sku.clone(),
            row.buyer,
            row.rating.code(),
            number(row.stars),
            row.body.clone(),
            pictures(row)?,
            number(row.scores.description),
            number(row.scores.service),
            number(row.scores.logistics),
            row.written_at,
            row.day,
            row.taken_at,
            row.taken_by.as_str(),
            row.step.code(),
            row.cause.map(|cause| cause.code().to_owned())
        ];
        let mut tx = self.db().begin().await?;
        if tx.execute(INSERT, values).await? == 0 {
            return Ok(TakenIn::Known);
        }
        count_scores(&mut tx, row, 1).await?;
        tx.commit().await?;
        Ok(TakenIn::New)
    }

    /// Writes what a buyer revised, as long as `was` is still what stands there; its scores move along.
    /// `false` when it is not, or was erased.
    pub async fn review_revise(&self, was: &ReviewRow, row: &ReviewRow) -> Result<bool, StoreError> {
        const REVISE: &str = "UPDATE reviews SET rating = $4, stars = $5, body = $6, pictures = $7, description = $8, \
            service = $9, logistics = $10, written_at = $11, day = $12, \
            step = CASE WHEN case_id IS NULL THEN $13 ELSE step END, revision = revision + 1 \
            WHERE shop_id = $1 AND review_id = $2 AND revision = $3 AND erased_at IS NULL";
        let values = args![
            was.shop,
            was.id,
            was.revision,
            row.rating.code(),
            number(row.stars),
            row.body.clone(),
            pictures(row)?,
            number(row.scores.description),
            number(row.scores.service),
            number(row.scores.logistics),
            row.written_at,
            row.day,
            row.step.code()
        ];
        let mut tx = self.db().begin().await?;
        if tx.execute(REVISE, values).await? == 0 {
            return Ok(false);
        }
        count_scores(&mut tx, was, -1).await?;
        count_scores(&mut tx, row, 1).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Says which order a review is about, while nobody has; `false` when somebody has.
    pub async fn review_match(
        &self,
        row: &ReviewRow,
        order: OrderId,
        buyer: BuyerId,
    ) -> Result<bool, StoreError> {
        const MATCH: &str = "UPDATE reviews SET order_id = $3, buyer_id = $4, line_id = $5, step = $6 \
            WHERE shop_id = $1 AND review_id = $2 AND order_id IS NULL";
        let values = args![row.shop, row.id, order, buyer, row.line, row.step.code()];
        Ok(self.db().execute(MATCH, values).await? == 1)
    }

    /// Puts down that nothing is done about a review, unless a case has taken it meanwhile.
    pub async fn review_leave(&self, shop: ShopId, id: ReviewId) -> Result<(), StoreError> {
        const LEAVE: &str = "UPDATE reviews SET step = 'left' \
            WHERE shop_id = $1 AND review_id = $2 AND step = 'pursue'";
        self.db().execute(LEAVE, args![shop, id]).await?;
        Ok(())
    }

    /// A review by its id.
    pub async fn review_by_id(&self, shop: ShopId, id: ReviewId) -> Result<Option<ReviewRow>, StoreError> {
        let query = format!("{REVIEW} WHERE shop_id = $1 AND review_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(review).transpose()
    }

    /// A review by the platform's id of it.
    pub async fn review_by_platform_id(
        &self,
        shop: ShopId,
        platform_id: &str,
    ) -> Result<Option<ReviewRow>, StoreError> {
        let query = format!("{REVIEW} WHERE shop_id = $1 AND platform_id = $2");
        let row = self.db().fetch_first(&query, args![shop, platform_id]).await?;
        row.map(review).transpose()
    }

    /// Reviews of a shop after one of them, the latest first; at most 200.
    pub async fn reviews_page(
        &self,
        shop: ShopId,
        filter: ReviewFilter,
        after: Option<(Moment, ReviewId)>,
        limit: u32,
    ) -> Result<Vec<ReviewRow>, StoreError> {
        let mut values = args![shop];
        let mut conditions = vec!["shop_id = $1".to_owned()];
        if filter.unanswered {
            conditions.push("step IN ('pursue', 'contact', 'outcome', 'reply')".to_owned());
        }
        let wanted = [
            ("rating =", filter.rating.map(|rating| Value::from(rating.code()))),
            ("step =", filter.step.map(|step| Value::from(step.code()))),
            ("order_id =", filter.order.map(Value::from)),
            ("case_id =", filter.case.map(Value::from)),
        ];
        for (condition, value) in wanted {
            if let Some(value) = value {
                values.push(value);
                conditions.push(format!("{condition} ${}", values.len()));
            }
        }
        if let Some((at, id)) = after {
            values.extend(args![at, id]);
            let last = values.len();
            conditions.push(format!("(written_at, review_id) < (${}, ${last})", last - 1));
        }
        values.push(limit.min(READ_MAX).into());
        let query = format!(
            "{REVIEW} WHERE {} ORDER BY written_at DESC, review_id DESC LIMIT ${}",
            conditions.join(" AND "),
            values.len()
        );
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(review).collect()
    }

    /// Reviews without an order that name one of these numbers.
    pub async fn reviews_unmatched(
        &self,
        shop: ShopId,
        numbers: impl IntoIterator<Item = &str>,
    ) -> Result<Vec<ReviewRow>, StoreError> {
        static BY_NUMBERS: Batched = Batched::new(
            &[("shop_id", Text), ("order_number", Text)],
            "SELECT r.shop_id, r.review_id, r.platform_id, r.order_number, r.order_id, r.line_id, r.sku, r.buyer_id, \
             r.case_id, r.rating, r.stars, r.body, r.pictures, r.description, r.service, r.logistics, r.written_at, \
             r.day, r.taken_at, r.taken_by, r.revision, r.step, r.cause, r.judged, r.contact_due_at, r.contacted_at, \
             r.outcome, r.reply_id, r.published_at, r.erased_at FROM v JOIN reviews r ON r.shop_id = v.shop_id \
             AND r.order_number = v.order_number AND r.order_id IS NULL ORDER BY r.written_at, r.review_id",
        );
        let mut rows = Rows::default();
        for number in numbers {
            rows.push([shop.into(), number.into()]);
        }
        let rows = BY_NUMBERS.read(self.db(), rows).await?;
        rows.into_iter().map(review).collect()
    }

    /// Reviews of all shops whose case was to be opened or joined before `before`, and was not: a crash came
    /// in between. Oldest first; at most 200.
    pub async fn reviews_left(&self, before: Moment, limit: u32) -> Result<Vec<ReviewRow>, StoreError> {
        let query = format!("{REVIEW} WHERE step = 'pursue' AND taken_at < $1 ORDER BY taken_at LIMIT $2");
        let values = args![before, limit.min(READ_MAX)];
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(review).collect()
    }

    /// The open cases of an order: a review rescue 中差评处理 before others, the latest first.
    pub async fn cases_open_of_order(
        &self,
        shop: ShopId,
        order: OrderId,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let query = format!(
            "SELECT {CASE_COLUMNS} FROM cases WHERE shop_id = $1 AND order_id = $2 AND closed_at IS NULL \
             ORDER BY opened_at DESC, case_id DESC LIMIT $3"
        );
        let rows = self.db().fetch(&query, args![shop, order, CASES_MAX]).await?;
        let cases = rows.into_iter().map(|mut row| case_row(&mut row));
        let mut cases: Vec<CaseRow> = cases.collect::<Result<_, StoreError>>()?;
        cases.sort_by_key(|row| row.case.kind != CaseKind::ReviewRescue);
        Ok(cases)
    }

    /// What the scores of each day come to, the earliest first.
    pub async fn scores_of_days(
        &self,
        shop: ShopId,
        from: i64,
        to: i64,
    ) -> Result<Vec<DayScores>, StoreError> {
        const BY_DAY: &str = "SELECT day, aspect, ratings, total FROM ratings_of_days \
            WHERE shop_id = $1 AND day >= $2 AND day <= $3 AND ratings > 0 ORDER BY day, aspect";
        let rows = self.db().fetch(BY_DAY, args![shop, from, to]).await?;
        let read = |mut row: Row| {
            Ok(DayScores {
                day: row.int()?,
                aspect: row.text()?,
                ratings: row.count()?,
                total: row.count()?,
            })
        };
        rows.into_iter().map(read).collect()
    }
}
