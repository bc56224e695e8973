//! Segments 人群: named conditions over buyers, saved, counted and shown.
//!
//! Must not know: SQL. Tests: `amends-api/tests/it/care.rs`.

use amends_domain::care::Condition;
use amends_domain::case::tag_fits;
use amends_domain::ids::{SegmentId, ShopId};
use amends_domain::time::Moment;
use amends_store::SegmentRow;

use super::CareFault;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// Longest name, in characters.
pub const NAME_CHARS_MAX: usize = 50;
/// Most segments of a shop.
pub const SEGMENTS_MAX: usize = 200;
/// Most tiers or tags of a condition.
pub const WORDS_MAX: usize = 20;

/// A segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its id.
    pub id: SegmentId,
    /// What it is called.
    pub name: String,
    /// Whom it means.
    pub condition: Condition,
    /// Counts every write.
    pub version: u64,
    /// When it was written last.
    pub changed_at: Moment,
}

fn segment(row: SegmentRow) -> Result<Segment, AppError> {
    let condition = serde_json::from_str(&row.condition);
    Ok(Segment {
        condition: condition.map_err(|fault| AppError::Inconsistent(format!("a segment: {fault}")))?,
        id: row.id,
        name: row.name,
        version: row.version,
        changed_at: row.changed_at,
    })
}

/// The shop's segments, by name.
pub async fn segments(desk: &Desk, staff: &Staff) -> Result<Vec<Segment>, AppError> {
    staff.require(Right::Care)?;
    let rows = desk.store.segments(staff.shop).await?;
    rows.into_iter().map(segment).collect()
}

pub(super) async fn condition_of(desk: &Desk, shop: ShopId, id: SegmentId) -> Result<Condition, AppError> {
    let row = desk.store.segment_get(shop, id).await?;
    Ok(segment(row.ok_or(AppError::NotFound { what: "segment" })?)?.condition)
}

/// Refuses what is no condition.
pub(super) fn check(condition: &Condition) -> Result<(), AppError> {
    let fits = |words: &std::collections::BTreeSet<String>| {
        words.len() <= WORDS_MAX && words.iter().all(|word| tag_fits(word))
    };
    let invalid = |field, reason| Err(AppError::Invalid { field, reason });
    let words = || Reason::Other(format!("at most {WORDS_MAX}, each a short line"));
    if !fits(&condition.tiers) {
        return invalid("tiers", words());
    }
    if !fits(&condition.tags) {
        return invalid("tags", words());
    }
    let (from, before) = (condition.ordered_from, condition.ordered_before);
    if from.zip(before).is_some_and(|(from, before)| before <= from) {
        let earlier = "ordered_from";
        return invalid("ordered_before", Reason::Before { earlier });
    }
    let (min, max) = (condition.orders_min, condition.orders_max);
    if min.zip(max).is_some_and(|(min, max)| max < min) {
        return invalid("orders_max", Reason::Other("is below orders_min".to_owned()));
    }
    Ok(())
}

/// Saves a new segment, or another version of one.
pub async fn segment_put(
    desk: &Desk,
    staff: &Staff,
    of: Option<(SegmentId, u64)>,
    (name, condition): (String, Condition),
) -> Result<Segment, AppError> {
    staff.require(Right::Care)?;
    let chars = name.trim().chars().count();
    if !(1..=NAME_CHARS_MAX).contains(&chars) || name.contains(char::is_control) {
        let chars_max = NAME_CHARS_MAX;
        let reason = Reason::Length { chars_max };
        return Err(AppError::Invalid {
            field: "name",
            reason,
        });
    }
    check(&condition)?;
    let now = desk.clock.now();
    let (id, was) = if let Some(known) = of {
        known
    } else {
        if desk.store.segments(staff.shop).await?.len() >= SEGMENTS_MAX {
            let at_most = SEGMENTS_MAX;
            return Err(CareFault::TooManySegments { at_most }.into());
        }
        (desk.random.id(now), 0)
    };
    let row = SegmentRow {
        id,
        name: name.trim().to_owned(),
        condition: serde_json::to_string(&condition).unwrap_or_default(),
        version: was + 1,
        changed_at: now,
    };
    if desk.store.segment_put(staff.shop, &row).await? {
        return segment(row);
    }
    let known = desk.store.segment_get(staff.shop, id).await?;
    match known {
        Some(known) if known.version != was => Err(AppError::VersionDiffers {
            version: known.version,
        }),
        None if was > 0 => Err(AppError::NotFound { what: "segment" }),
        _ => Err(AppError::Taken { what: "segment" }),
    }
}

/// Removes a segment.
pub async fn segment_remove(desk: &Desk, staff: &Staff, id: SegmentId) -> Result<(), AppError> {
    staff.require(Right::Care)?;
    if desk.store.segment_remove(staff.shop, id).await? {
        Ok(())
    } else {
        Err(AppError::NotFound { what: "segment" })
    }
}
