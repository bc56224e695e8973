//! The buyer book over the wire.
//!
//! Must not know: keys. Tests: `tests/it/books.rs`.

use std::collections::BTreeSet;

use amends_app::buyers::book::{BookContent, BookDraft, BookLook, BookView, BuyerHistory, PurchasePower};
use amends_app::orders::order_read::OrderRow;
use amends_domain::case::Care;
use amends_domain::ids::{CaseId, OrderId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::event::named;
use super::values::{At, MoneyDto};
use super::words::{Kind, OrderPhase, Status};

/// How much a buyer buys, as the shop sees it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PurchasePower)]
pub(crate) enum PurchasePowerDto {
    /// Little.
    Low,
    /// As most do.
    Middle,
    /// Much.
    High,
}

impl From<PurchasePower> for PurchasePowerDto {
    fn from(power: PurchasePower) -> Self {
        match power {
            PurchasePower::Low => Self::Low,
            PurchasePower::Middle => Self::Middle,
            PurchasePower::High => Self::High,
        }
    }
}

impl From<PurchasePowerDto> for PurchasePower {
    fn from(power: PurchasePowerDto) -> Self {
        match power {
            PurchasePowerDto::Low => Self::Low,
            PurchasePowerDto::Middle => Self::Middle,
            PurchasePowerDto::High => Self::High,
        }
    }
}

/// What people wrote about a buyer. Kept sealed; each look is written down.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BookContent)]
pub(crate) struct BookContentDto {
    /// Notes, at most 4,000 characters.
    #[serde(default)]
    notes: String,
    /// What he does.
    #[serde(default)]
    job: String,
    /// Where he lives.
    #[serde(default)]
    city: String,
    /// How much he buys.
    #[serde(default)]
    purchase_power: Option<PurchasePowerDto>,
    /// What he likes, at most 2,000 characters.
    #[serde(default)]
    preferences: String,
    /// Why the shop does not write to him.
    #[serde(default)]
    blocked_because: String,
}

/// A buyer's book as it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BookBody)]
pub(crate) struct BookBody {
    /// What people wrote about him.
    content: BookContentDto,
    /// His tier, by its code in the settings.
    #[serde(default)]
    tier: Option<String>,
    /// His tags, at most 20.
    #[serde(default)]
    tags: BTreeSet<String>,
    /// Whether the shop does not write to him.
    #[serde(default)]
    blocked: bool,
}

/// A buyer's book.
#[derive(Serialize, ToSchema)]
#[schema(as = Book)]
pub(crate) struct BookDto {
    /// Counts every write; 0 while nobody wrote it. It is also the `ETag`.
    version: u64,
    /// What people wrote about him; absent for whoever may not read it, and once he was erased.
    content: Option<BookContentDto>,
    /// His tier.
    tier: Option<String>,
    /// His tags.
    tags: BTreeSet<String>,
    /// Whether the shop does not write to him.
    blocked: bool,
    /// When it was written last.
    changed_at: Option<At>,
    /// By whom: `person` with `id` and `role`.
    #[schema(value_type = Option<Object>)]
    changed_by: Option<Value>,
    /// Since when he wants no care mail.
    opted_out_at: Option<At>,
    /// When he was erased.
    erased_at: Option<At>,
}

/// Its version after a write.
#[derive(Serialize, ToSchema)]
#[schema(as = BookWritten)]
pub(crate) struct BookWritten {
    /// For the next write.
    pub(crate) version: u64,
}

/// Somebody looked at a book, or changed it.
#[derive(Serialize, ToSchema)]
#[schema(as = BookLook)]
pub(crate) struct BookLookDto {
    /// When.
    at: At,
    /// Who: `person` with `id` and `role`.
    #[schema(value_type = Option<Object>)]
    actor: Option<Value>,
    /// `read` or `changed`.
    act: String,
    /// Which version.
    version: u64,
}

/// Who looked at a book.
#[derive(Serialize, ToSchema)]
#[schema(as = BookLooks)]
pub(crate) struct BookLooksDto {
    /// Latest first, at most 200.
    pub(crate) looks: Vec<BookLookDto>,
}

/// What a buyer bought and asked for, latest first, at most 50 of each.
#[derive(Serialize, ToSchema)]
#[schema(as = BuyerHistory)]
pub(crate) struct BuyerHistoryDto {
    /// His orders.
    orders: Vec<BoughtDto>,
    /// His cases.
    cases: Vec<AskedDto>,
}

/// An order of a buyer.
#[derive(Serialize, ToSchema)]
#[schema(as = Bought)]
pub(crate) struct BoughtDto {
    /// Its id.
    #[schema(value_type = String)]
    id: OrderId,
    /// Its number.
    number: String,
    /// How far it got.
    phase: OrderPhase,
    /// What was paid.
    paid: MoneyDto,
    /// When it was ordered, as far as that is known, or else paid.
    since: At,
    /// What was bought, line by line.
    titles: Vec<String>,
    /// The tier he had then, by the shop system.
    buyer_tier: String,
}

/// A case of a buyer.
#[derive(Serialize, ToSchema)]
#[schema(as = Asked)]
pub(crate) struct AskedDto {
    /// Its id.
    #[schema(value_type = String)]
    id: CaseId,
    /// Its number.
    number: i64,
    /// What he asked for.
    kind: Kind,
    /// The one word.
    status: Status,
    /// The reason's code.
    reason: String,
    /// When it was opened.
    opened_at: At,
    /// When it closed.
    closed_at: Option<At>,
    /// What he answered when he was asked how it went, 1 to 5.
    score: Option<u8>,
}

fn actor(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().map(|actor| named(actor, false))
}

impl BookContentDto {
    fn of(content: BookContent) -> Self {
        Self {
            notes: content.notes,
            job: content.job,
            city: content.city,
            purchase_power: content.purchase_power.map(Into::into),
            preferences: content.preferences,
            blocked_because: content.blocked_because,
        }
    }
}

impl BookBody {
    pub(crate) fn draft(self) -> BookDraft {
        let content = self.content;
        BookDraft {
            content: BookContent {
                notes: content.notes,
                job: content.job,
                city: content.city,
                purchase_power: content.purchase_power.map(Into::into),
                preferences: content.preferences,
                blocked_because: content.blocked_because,
            },
            tier: self.tier,
            tags: self.tags,
            blocked: self.blocked,
        }
    }
}

impl BookDto {
    pub(crate) fn of(view: BookView) -> Self {
        Self {
            version: view.version,
            content: view.content.map(BookContentDto::of),
            tier: view.tier,
            tags: view.tags,
            blocked: view.blocked,
            changed_at: view.changed_at.map(At),
            changed_by: view.changed_by.as_deref().and_then(actor),
            opted_out_at: view.opted_out_at.map(At),
            erased_at: view.erased_at.map(At),
        }
    }
}

impl BookLookDto {
    pub(crate) fn of(look: BookLook) -> Self {
        Self {
            at: look.at.into(),
            actor: actor(&look.actor),
            act: look.act,
            version: look.version,
        }
    }
}

impl BuyerHistoryDto {
    pub(crate) fn of(history: BuyerHistory) -> Self {
        let bought = |OrderRow { order, .. }: OrderRow| BoughtDto {
            phase: order.phase().into(),
            paid: order.paid().into(),
            since: order.since().into(),
            titles: order.lines.into_iter().map(|line| line.title).collect(),
            id: order.id,
            number: order.number,
            buyer_tier: order.buyer_tier,
        };
        let cases = history.cases.into_iter().map(|row| AskedDto {
            id: row.case.id,
            number: row.number,
            kind: row.case.kind.into(),
            status: row.case.status().into(),
            reason: row.case.reason.clone(),
            opened_at: row.case.opened_at.into(),
            closed_at: row.case.closed_at.map(At),
            score: match row.case.care {
                Some(Care::Done { score }) => score,
                _ => None,
            },
        });
        Self {
            cases: cases.collect(),
            orders: history.orders.into_iter().map(bought).collect(),
        }
    }
}
