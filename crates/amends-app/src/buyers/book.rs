//! The buyer book 买家档案: notes, background, preferences, tier, tags, whether the shop writes to him; and
//! what he bought and asked for.
//!
//! What people wrote about him is sealed under his key, shown to whoever handles cases alone, and each look
//! is written down. Must not know: JSON over the wire, SQL. Tests: `amends-api/tests/it/books.rs`.

use std::collections::BTreeSet;

use amends_domain::case::tag_fits;
use amends_domain::event::actor_text;
use amends_domain::ids::BuyerId;
use amends_domain::time::Moment;
pub use amends_store::BookLook;
use amends_store::{BookPut, BookRow, BuyerRow, CaseFilter, CaseRow, CaseSort, OptOut, OrderRow};
use serde::{Deserialize, Serialize};

use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::shops::settings::ShopSettings;
use crate::vault::BuyerKey;

/// Longest notes, in characters.
pub const NOTES_CHARS_MAX: usize = 4_000;
/// Longest preferences, in characters.
pub const PREFERENCES_CHARS_MAX: usize = 2_000;
/// Longest job, city or reason, in characters.
pub const LINE_CHARS_MAX: usize = 200;
/// Most tags of one buyer.
pub const BUYER_TAGS_MAX: usize = 20;
/// Most orders and cases shown of one buyer.
pub const HISTORY_MAX: u32 = 50;
const PART: &str = "book";

/// How much he buys 购买力, as the shop sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurchasePower {
    /// Little.
    Low,
    /// As most do.
    Middle,
    /// Much.
    High,
}

/// What people wrote about a buyer: personal data.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BookContent {
    /// Notes 备注.
    pub notes: String,
    /// What he does 职业.
    pub job: String,
    /// Where he lives 城市.
    pub city: String,
    /// How much he buys 购买力.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase_power: Option<PurchasePower>,
    /// What he likes 偏好.
    pub preferences: String,
    /// Why the shop does not write to him.
    pub blocked_because: String,
}

impl std::fmt::Debug for BookContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BookContent(…)")
    }
}

/// What is written into a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookDraft {
    /// What people wrote about him.
    pub content: BookContent,
    /// His tier, by its code in the settings.
    pub tier: Option<String>,
    /// His tags.
    pub tags: BTreeSet<String>,
    /// Whether the shop does not write to him.
    pub blocked: bool,
}

/// A buyer's book as somebody may see it.
#[derive(Debug, Clone)]
pub struct BookView {
    /// Counts every write; 0 while nobody wrote it.
    pub version: u64,
    /// What people wrote about him; none for whoever may not read it, or once he was erased.
    pub content: Option<BookContent>,
    /// His tier.
    pub tier: Option<String>,
    /// His tags.
    pub tags: BTreeSet<String>,
    /// Whether the shop does not write to him.
    pub blocked: bool,
    /// When it was written last.
    pub changed_at: Option<Moment>,
    /// By whom.
    pub changed_by: Option<String>,
    /// Since when he wants no care mail.
    pub opted_out_at: Option<Moment>,
    /// When he was erased.
    pub erased_at: Option<Moment>,
}

/// What a buyer bought and asked for, latest first.
pub struct BuyerHistory {
    /// His orders.
    pub orders: Vec<OrderRow>,
    /// His cases.
    pub cases: Vec<CaseRow>,
}

pub(super) async fn buyer_row(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<BuyerRow, AppError> {
    let row = desk.store.buyer_get(staff.shop, buyer).await?;
    row.ok_or(AppError::NotFound { what: "buyer" })
}

/// His key; none once he was erased.
pub(super) fn key_of(desk: &Desk, staff: &Staff, row: &BuyerRow) -> Result<Option<BuyerKey>, AppError> {
    let wrapped = row.key_wrapped.as_deref();
    let opened = wrapped.map(|wrapped| desk.vault.buyer_key_open(staff.shop, row.id, wrapped));
    opened
        .transpose()
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))
}

/// A buyer's book. Who reads what people wrote about him is written down.
pub async fn book_get(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<BookView, AppError> {
    staff.require(Right::Read)?;
    let row = buyer_row(desk, staff, buyer).await?;
    let book = desk.store.book_get(staff.shop, buyer).await?;
    let opted_out_at = desk.store.care_opted_out(staff.shop, buyer).await?;
    let mut content = None;
    if let Some(key) = key_of(desk, staff, &row)?.filter(|_| staff.may(Right::Book)) {
        let sealed = book.as_ref().and_then(|book| book.sealed.as_deref());
        content = Some(match sealed {
            Some(sealed) => content_of(&key, sealed)?,
            None => BookContent::default(),
        });
    }
    if let Some(book) = book.as_ref().filter(|_| content.is_some()) {
        let who = (desk.clock.now(), actor_text(&staff.actor()));
        desk.store
            .book_looked(staff.shop, buyer, (who.0, &who.1), book.version)
            .await?;
    }
    Ok(BookView {
        version: book.as_ref().map_or(0, |book| book.version),
        content,
        tier: book.as_ref().and_then(|book| book.tier.clone()),
        tags: book.as_ref().map(|book| book.tags.clone()).unwrap_or_default(),
        blocked: book.as_ref().is_some_and(|book| book.blocked),
        changed_at: book.as_ref().map(|book| book.changed_at),
        changed_by: book.map(|book| book.changed_by),
        opted_out_at,
        erased_at: row.erased_at,
    })
}

fn content_of(key: &BuyerKey, sealed: &[u8]) -> Result<BookContent, AppError> {
    let plain = key
        .open(PART, sealed)
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    serde_json::from_slice(&plain).map_err(|_| AppError::Inconsistent("a buyer's book".to_owned()))
}

/// Writes a buyer's book in the place of the version somebody saw.
pub async fn book_put(
    desk: &Desk,
    staff: &Staff,
    buyer: BuyerId,
    version: u64,
    draft: BookDraft,
) -> Result<u64, AppError> {
    staff.require(Right::Book)?;
    check(desk, staff, &draft).await?;
    let row = buyer_row(desk, staff, buyer).await?;
    let gone = || AppError::NotFound { what: "buyer" };
    let key = key_of(desk, staff, &row)?.ok_or_else(gone)?;
    let plain = serde_json::to_vec(&draft.content);
    let plain = plain.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let sealed = key.seal(PART, &plain, &desk.random);
    let book = BookRow {
        version: version.saturating_add(1),
        tier: draft.tier,
        tags: draft.tags,
        blocked: draft.blocked,
        sealed: Some(sealed.map_err(|fault| AppError::Inconsistent(fault.to_string()))?),
        changed_at: desk.clock.now(),
        changed_by: actor_text(&staff.actor()),
    };
    match desk.store.book_put(staff.shop, buyer, &book).await? {
        BookPut::Written => Ok(book.version),
        BookPut::Changed(version) => Err(AppError::VersionDiffers { version }),
        BookPut::Gone => Err(gone()),
    }
}

async fn check(desk: &Desk, staff: &Staff, draft: &BookDraft) -> Result<(), AppError> {
    let content = &draft.content;
    for (field, text, chars_max) in [
        ("notes", &content.notes, NOTES_CHARS_MAX),
        ("job", &content.job, LINE_CHARS_MAX),
        ("city", &content.city, LINE_CHARS_MAX),
        ("preferences", &content.preferences, PREFERENCES_CHARS_MAX),
        ("blocked_because", &content.blocked_because, LINE_CHARS_MAX),
    ] {
        if text.chars().count() > chars_max {
            let reason = Reason::TooLong { chars_max };
            return Err(AppError::Invalid { field, reason });
        }
    }
    if draft.tags.len() > BUYER_TAGS_MAX || !draft.tags.iter().all(|tag| tag_fits(tag)) {
        return Err(AppError::Invalid {
            field: "tags",
            reason: Reason::Other(format!("at most {BUYER_TAGS_MAX}, each a short line")),
        });
    }
    let Some(tier) = &draft.tier else {
        return Ok(());
    };
    let settings = ShopSettings::parse(&desk.shop(staff.shop).await?.settings)?;
    let known: Vec<String> = settings.tiers.into_iter().map(|tier| tier.code).collect();
    if known.contains(tier) {
        return Ok(());
    }
    Err(AppError::Invalid {
        field: "tier",
        reason: Reason::NoTier {
            value: tier.chars().take(LINE_CHARS_MAX).collect(),
            known,
        },
    })
}

/// Who read and who changed a buyer's book, latest first.
pub async fn book_looks(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<Vec<BookLook>, AppError> {
    staff.require(Right::Audit)?;
    buyer_row(desk, staff, buyer).await?;
    Ok(desk.store.book_looks(staff.shop, buyer).await?)
}

/// What a buyer bought and asked for.
pub async fn buyer_history(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<BuyerHistory, AppError> {
    staff.require(Right::Read)?;
    buyer_row(desk, staff, buyer).await?;
    let mut orders = Vec::new();
    for id in desk.store.orders_of_buyer(staff.shop, buyer, HISTORY_MAX).await? {
        orders.extend(desk.store.order_by_id(staff.shop, id).await?);
    }
    let filter = CaseFilter {
        buyer: Some(buyer),
        ..CaseFilter::default()
    };
    let page = desk
        .store
        .cases_page(staff.shop, &filter, CaseSort::Opened, None, HISTORY_MAX)
        .await?;
    Ok(BuyerHistory {
        orders,
        cases: page.rows,
    })
}

/// Writes down that a buyer told the shop he wants no care mail.
pub async fn buyer_opt_out(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<(), AppError> {
    staff.require(Right::Book)?;
    let out = OptOut {
        buyer,
        care: None,
        at: desk.clock.now(),
        given_by: &actor_text(&staff.actor()),
    };
    let done = desk.store.care_opt_out(staff.shop, &out).await?;
    done.map(drop).ok_or(AppError::NotFound { what: "buyer" })
}
