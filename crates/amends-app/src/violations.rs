//! The ledger of violations: what a platform deducted points for, put down by hand, and what was stopped
//! before it could, put down by itself.
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/violations.rs`.

pub use amends_store::{ViolationRow, ViolationSum};

use amends_domain::ids::{CaseId, PersonId};
use amends_domain::policy::ClauseId;
use amends_domain::policy::remedy::Violation;
use amends_domain::time::Moment;

use crate::caller::{Right, Staff};
use crate::cases::case_closures::period;
use crate::desk::Desk;
use crate::error::{AppError, Reason, words_within};

/// Longest reference and note, in characters.
pub const REFERENCE_CHARS_MAX: usize = 128;
const NOTE_CHARS_MAX: usize = 500;
/// Most points of one deduction.
pub const DEDUCTION_MAX: u32 = 1_000;
/// Entries that are shown.
const LATEST: u32 = 50;
const DAY_MILLIS: i64 = 86_400_000;

/// Sums and the newest entries of a time.
pub struct ViolationsView {
    /// From when on.
    pub from: Moment,
    /// Until before when.
    pub until: Moment,
    /// By kind.
    pub sums: Vec<ViolationSum>,
    /// The newest first.
    pub latest: Vec<ViolationRow>,
}

/// What was deducted and what was stopped; of the last thirty days, where nothing is said.
pub async fn violations_read(
    desk: &Desk,
    staff: &Staff,
    from: Option<Moment>,
    until: Option<Moment>,
) -> Result<ViolationsView, AppError> {
    staff.require(Right::Read)?;
    let (from, until) = period(desk, from, until)?;
    let sums = desk.store.violation_sums(staff.shop, from, until).await?;
    let latest = desk
        .store
        .violations_latest(staff.shop, from, until, LATEST)
        .await?;
    Ok(ViolationsView {
        from,
        until,
        sums,
        latest,
    })
}

/// A deduction as the platform told the shop of it.
pub struct Deduction {
    /// The platform's own number.
    pub reference: String,
    /// When it deducted.
    pub at: Moment,
    /// For what.
    pub violation: Violation,
    /// How many points.
    pub points: u32,
    /// On which case.
    pub case: Option<CaseId>,
    /// What caused it.
    pub note: String,
}

/// Puts a deduction down. The same once more changes nothing; another under the same number is refused.
pub async fn deduction_add(desk: &Desk, staff: &Staff, deduction: Deduction) -> Result<(), AppError> {
    staff.require(Right::Lead)?;
    words_within("reference", &deduction.reference, REFERENCE_CHARS_MAX)?;
    words_within("note", &deduction.note, NOTE_CHARS_MAX)?;
    if deduction.points > DEDUCTION_MAX {
        let reason = Reason::Other(format!("must be 0 to {DEDUCTION_MAX}"));
        return Err(AppError::Invalid {
            field: "points",
            reason,
        });
    }
    if let Some(case) = deduction.case {
        let known = desk.store.case_by_id(staff.shop, case).await?;
        known.ok_or(AppError::NotFound { what: "case" })?;
    }
    let row = ViolationRow {
        reference: deduction.reference,
        at: deduction.at,
        prevented: false,
        violation: deduction.violation,
        clause: None,
        points: deduction.points,
        case: deduction.case,
        person: staff.person,
        note: Some(deduction.note),
    };
    if desk.store.violation_add(staff.shop, &row).await? {
        return Ok(());
    }
    let known = desk
        .store
        .violation_by_reference(staff.shop, &row.reference)
        .await?;
    let same = known.is_some_and(|known| {
        ViolationRow {
            person: row.person,
            ..known
        } == row
    });
    if same {
        Ok(())
    } else {
        Err(AppError::DeductionKept)
    }
}

/// Puts down what was stopped: once for a person, a case and a day.
pub(crate) async fn stopped(
    desk: &Desk,
    staff: &Staff,
    case: CaseId,
    violation: Violation,
    rule: (&ClauseId, u32),
) -> Result<(), AppError> {
    let at = desk.clock.now();
    let (clause, points) = rule;
    let row = ViolationRow {
        reference: reference(violation, case, staff.person, at),
        at,
        prevented: true,
        violation,
        clause: Some(clause.clone()),
        points,
        case: Some(case),
        person: staff.person,
        note: None,
    };
    desk.store.violation_add(staff.shop, &row).await?;
    Ok(())
}

fn reference(violation: Violation, case: CaseId, person: PersonId, at: Moment) -> String {
    let day = at.millis().div_euclid(DAY_MILLIS);
    format!("{}/{case}/{person}/{day}", violation.code())
}
