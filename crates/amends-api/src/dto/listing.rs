//! Listing snapshots as they are read and written.
//!
//! Must not know: who compares them. Tests: `tests/it/listings.rs`.

use amends_app::orders::listing::{LineListing, Listing, ListingDraft, Quality};
use amends_domain::digest::Digest;
use amends_domain::ids::LineId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::At;

/// What a product's page said.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListingBody {
    /// The page's title.
    title: String,
    /// Its address, where it has one.
    #[serde(default)]
    address: String,
    /// Material, size, colour, origin …
    #[serde(default)]
    specification: Vec<QualityDto>,
    /// The table of sizes, as text.
    #[serde(default)]
    sizes: String,
    /// The after-sales terms on the page.
    #[serde(default)]
    terms: String,
    /// When the snapshot was taken; now where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    taken_at: Option<At>,
}

/// A line of a specification.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QualityDto {
    /// What of it.
    name: String,
    /// What it is.
    value: String,
}

impl ListingBody {
    pub(crate) fn draft(self) -> ListingDraft {
        let quality = |quality: QualityDto| Quality {
            name: quality.name,
            value: quality.value,
        };
        ListingDraft {
            listing: Listing {
                title: self.title,
                address: self.address,
                specification: self.specification.into_iter().map(quality).collect(),
                sizes: self.sizes,
                terms: self.terms,
            },
            taken_at: self.taken_at.map(|at| at.0),
        }
    }
}

/// The snapshots of an order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Listings {
    /// One for each line that has one.
    pub(crate) listings: Vec<ListingDto>,
}

/// The snapshot of a line.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListingDto {
    /// The line.
    #[schema(value_type = String)]
    line: LineId,
    /// The digest of what is kept.
    #[schema(value_type = String)]
    digest: Digest,
    #[serde(flatten)]
    listing: ListingBody,
}

impl ListingDto {
    pub(crate) fn of(kept: LineListing) -> Self {
        let Listing {
            title,
            address,
            specification,
            sizes,
            terms,
        } = kept.listing;
        let quality = |Quality { name, value }: Quality| QualityDto { name, value };
        Self {
            line: kept.line,
            digest: kept.digest,
            listing: ListingBody {
                title,
                address,
                specification: specification.into_iter().map(quality).collect(),
                sizes,
                terms,
                taken_at: Some(kept.taken_at.into()),
            },
        }
    }
}
