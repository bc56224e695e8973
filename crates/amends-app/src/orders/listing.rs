//! Listing snapshots 商品页快照: what a product's page said when it was bought, attached to the line that was
//! bought, and never changed afterwards (DSP-1, DSP-3).
//!
//! Must not know: who compares it. Tests: `amends-api/tests/it/listings.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{LineId, OrderId};
use amends_domain::time::Moment;
use amends_store::{Kept, ListingRow};
use serde::{Deserialize, Serialize};

use super::draft::{bounded, required};
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// Most lines of a specification.
pub const SPECIFICATION_MAX: usize = 100;
/// Longest text of a page's terms or sizes, in characters.
pub const TEXT_CHARS_MAX: usize = 20_000;

/// What a page said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The page's title.
    pub title: String,
    /// Its address, where it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Material, size, colour, origin …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specification: Vec<Quality>,
    /// The table of sizes, as text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sizes: String,
    /// The after-sales terms on the page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub terms: String,
}

/// What a page said, as it comes along with an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingDraft {
    /// What it said.
    pub listing: Listing,
    /// When the snapshot was taken, where that is said.
    pub taken_at: Option<Moment>,
}

/// A line of a specification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// What of it.
    pub name: String,
    /// What it is.
    pub value: String,
}

impl Listing {
    /// Reads a stored snapshot.
    pub fn read(body: &str) -> Result<Self, AppError> {
        serde_json::from_str(body).map_err(|fault| AppError::Inconsistent(format!("a listing: {fault}")))
    }

    /// Whether it says what the product is: a specification or sizes.
    pub fn says_what_it_is(&self) -> bool {
        !self.specification.is_empty() || !self.sizes.trim().is_empty()
    }

    /// The snapshot of a line, when it is within bounds.
    pub(super) fn of_line(&self, line: LineId, taken_at: Moment) -> Result<ListingRow, AppError> {
        self.check()?;
        let body = serde_json::to_string(self).unwrap_or_default();
        Ok(ListingRow {
            line,
            digest: Digest::of(&[body.as_bytes()]),
            body,
            taken_at,
        })
    }

    fn check(&self) -> Result<(), AppError> {
        required("title", &self.title)?;
        bounded("address", &self.address)?;
        if self.specification.len() > SPECIFICATION_MAX {
            let reason = Reason::Other(format!("at most {SPECIFICATION_MAX} lines"));
            let field = "specification";
            return Err(AppError::Invalid { field, reason });
        }
        for Quality { name, value } in &self.specification {
            required("specification.name", name)?;
            bounded("specification.value", value)?;
        }
        for (field, text) in [("sizes", &self.sizes), ("terms", &self.terms)] {
            let reason = if text.contains('\0') {
                Reason::Null
            } else if text.chars().count() > TEXT_CHARS_MAX {
                let chars_max = TEXT_CHARS_MAX;
                Reason::TooLong { chars_max }
            } else {
                continue;
            };
            return Err(AppError::Invalid { field, reason });
        }
        Ok(())
    }
}

/// A snapshot with the line it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineListing {
    /// The line.
    pub line: LineId,
    /// What the page said.
    pub listing: Listing,
    /// When the snapshot was taken.
    pub taken_at: Moment,
    /// The digest of what is stored.
    pub digest: Digest,
}

/// Attaches a snapshot to a line of an order. One that is there stays; the same again changes nothing.
pub async fn listing_attach(
    desk: &Desk,
    staff: &Staff,
    order: OrderId,
    line: LineId,
    draft: &ListingDraft,
) -> Result<(), AppError> {
    staff.require(Right::Orders)?;
    let taken_at = draft.taken_at.unwrap_or_else(|| desk.clock.now());
    let snapshot = draft.listing.of_line(line, taken_at)?;
    let row = desk.store.order_by_id(staff.shop, order).await?;
    let row = row.ok_or(AppError::NotFound { what: "order" })?;
    if row.order.line(line).is_none() {
        return Err(AppError::NotFound { what: "line" });
    }
    match desk.store.listing_attach(staff.shop, order, &snapshot).await? {
        Kept::Done => Ok(()),
        Kept::Another => Err(AppError::ListingKept),
    }
}

/// The snapshots of an order's lines.
pub async fn listings(desk: &Desk, staff: &Staff, order: OrderId) -> Result<Vec<LineListing>, AppError> {
    staff.require(Right::Read)?;
    desk.store
        .order_by_id(staff.shop, order)
        .await?
        .ok_or(AppError::NotFound { what: "order" })?;
    let rows = desk.store.listings_of_order(staff.shop, order).await?;
    let read = |row: ListingRow| {
        Ok(LineListing {
            listing: Listing::read(&row.body)?,
            line: row.line,
            taken_at: row.taken_at,
            digest: row.digest,
        })
    };
    rows.into_iter().map(read).collect()
}
