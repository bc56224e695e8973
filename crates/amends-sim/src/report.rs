//! What a simulated shop came to.
//!
//! Must not know: how it is printed. Tests: `tests/it/`.

use std::collections::BTreeMap;

use amends_app::verify::Finding;
use serde::Serialize;

use crate::tally::Counts;

/// Figures of a run. Two runs with one seed have the same figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Days simulated.
    pub days: u32,
    /// Orders placed.
    pub orders: u64,
    /// Cases opened.
    pub cases: u64,
    /// Commands accepted.
    pub accepted: u64,
    /// Commands refused, by code.
    pub refused: BTreeMap<String, u64>,
    /// Cases by status at the end, closed ones by outcome.
    pub ended: BTreeMap<String, u64>,
    /// Deadlines fed.
    pub deadlines: u64,
    /// Effects carried out.
    pub effects: u64,
    /// Answers the provider gave unasked: late, or for a second time.
    pub unasked: u64,
    /// Events stored.
    pub events: u64,
    /// Minor units our ledgers say were paid out or are held to be, in every account.
    pub paid_out_minor: i64,
    /// Minor units the provider's books say were paid.
    pub provider_paid_minor: i64,
    /// How often the books were verified.
    pub verified_days: u32,
    /// Kinds, clocks, remedies and events, as counted from the events.
    pub counts: Counts,
    /// What verification, the clocks and the comparison with the provider's books found; empty when all is well.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Notes what was found; what was found on an earlier day is not told again.
    pub fn found(&mut self, findings: Vec<Finding>) {
        for finding in findings {
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
    }
}
