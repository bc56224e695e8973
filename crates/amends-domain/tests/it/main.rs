//! The domain tried from outside: stories as text tables, refusals and permissions as matrices,
//! policies, stored events, and properties of random histories. Time here is only counted.
//!
//! Must not know: the rooms inside `decide`. One module a room; `harness` holds the world they share.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, in its helpers too"
)]

mod abuse;
mod after;
mod calendar;
mod care;
mod clocks;
mod cover;
mod dispute;
mod exchange;
mod finding;
mod flow;
mod golden;
mod harness;
mod invariants;
mod judgments;
mod kinds;
mod language;
mod ledger;
mod level;
mod limits;
mod money;
mod nexbuy;
mod on_top;
mod open;
mod packs;
mod policy;
mod properties;
mod readiness;
mod recourse;
mod refusals;
mod remedies;
mod returns;
mod review;
mod signals;
mod sources;
mod stories;
mod talk;
mod trace;
mod trade;
mod visit;
mod working_time;
