//! When the next work falls due: one question for clocks, effects and notices.
//!
//! Must not know: what is done then. Tests: `tests/it/flow.rs`, `tests/it/statements.rs`.

use amends_domain::time::Moment;

use crate::db::args;
use crate::error::StoreError;
use crate::store::Store;

/// The moment from which each kind of work may be claimed; `None` where nothing waits.
///
/// What somebody holds a lease on is not to be had before the lease ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextDue {
    /// For [`Store::deadlines_claim`].
    pub deadline: Option<Moment>,
    /// For [`Store::outbox_claim`].
    pub effect: Option<Moment>,
    /// For [`Store::notices_claim`].
    pub notice: Option<Moment>,
    /// For [`Store::care_working`].
    pub care: Option<Moment>,
    /// For [`Store::parcels_due`].
    pub parcel: Option<Moment>,
}

impl NextDue {
    /// The earliest of all.
    #[must_use]
    pub fn first(self) -> Option<Moment> {
        [self.deadline, self.effect, self.notice, self.care, self.parcel]
            .into_iter()
            .flatten()
            .min()
    }
}

impl Store {
    /// When the next deadline, effect and notice fall due, over all shops.
    pub async fn next_due(&self) -> Result<NextDue, StoreError> {
        // Deadlines are many: the first part walks the index by moment past the few that are
        // leased; the second reads only those.
        const NEXT: &str = "SELECT \
            (SELECT due_at FROM deadlines WHERE lease_until = 0 ORDER BY due_at LIMIT 1), \
            (SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) \
             FROM deadlines WHERE lease_until > 0), \
            (SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) \
             FROM outbox WHERE done_at IS NULL), \
            (SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) \
             FROM notices WHERE settled_at IS NULL), \
            (SELECT due_at FROM care_mails WHERE state IN ('planning', 'sending', 'cancelling') \
             ORDER BY due_at LIMIT 1), \
            (SELECT MIN(due_at) FROM parcels WHERE due_at IS NOT NULL)";
        let mut row = self.db().fetch_one(NEXT, args![]).await?;
        let (free, leased) = (row.moment_or_none()?, row.moment_or_none()?);
        Ok(NextDue {
            deadline: free.into_iter().chain(leased).min(),
            effect: row.moment_or_none()?,
            notice: row.moment_or_none()?,
            care: row.moment_or_none()?,
            parcel: row.moment_or_none()?,
        })
    }
}
