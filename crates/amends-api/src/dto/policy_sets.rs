//! Sets by the time they hold, and what differs between two of them.
//!
//! Must not know: what a clause means. Tests: `tests/it/board.rs`.

use amends_app::shops::shop_read::SetPeriod;
use amends_domain::digest::Digest;
use amends_domain::policy::diff::Change;
use serde::Serialize;
use utoipa::ToSchema;

use super::policy::PackDto;
use super::values::At;

/// Every set that was or will be in force.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicySetsDto {
    /// The first first.
    sets: Vec<SetDto>,
}

/// A set, and from when on it holds.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetDto {
    /// Its hash.
    #[schema(value_type = String)]
    hash: Digest,
    /// Cases opened then or later are judged by it; absent of what a shop began with.
    from: Option<At>,
    /// What it was made of.
    packs: Vec<PackDto>,
}

/// What differs between two sets.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyDiffDto {
    /// In the order of their subjects and names.
    changes: Vec<ChangeDto>,
}

/// One difference.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeDto {
    /// `pack`, `reason`, `refusal_reason`, `cause` or `clause`.
    subject: &'static str,
    /// The clause's id, the reason's code, the pack's id.
    id: String,
    /// `added`, `removed` or `changed`.
    change: &'static str,
    /// Every field that is not alike.
    fields: Vec<FieldDto>,
}

/// A field with both its texts.
#[derive(Serialize, ToSchema)]
pub(crate) struct FieldDto {
    /// Such as `terms.clock.length`.
    path: String,
    /// As it was; absent where it was not there.
    from: Option<String>,
    /// As it is then.
    to: Option<String>,
}

impl PolicySetsDto {
    pub(crate) fn of(sets: &[SetPeriod]) -> Self {
        let set = |period: &SetPeriod| SetDto {
            hash: period.set.hash(),
            from: period.from.map(At),
            packs: period.set.packs().iter().map(PackDto::of).collect(),
        };
        Self {
            sets: sets.iter().map(set).collect(),
        }
    }
}

impl PolicyDiffDto {
    pub(crate) fn of(changes: Vec<Change>) -> Self {
        let change = |change: Change| ChangeDto {
            subject: change.subject.code(),
            id: change.id,
            change: change.change.code(),
            fields: change
                .fields
                .into_iter()
                .map(|field| FieldDto {
                    path: field.field,
                    from: field.before,
                    to: field.after,
                })
                .collect(),
        };
        Self {
            changes: changes.into_iter().map(change).collect(),
        }
    }
}
