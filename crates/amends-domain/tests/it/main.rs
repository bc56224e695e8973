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

mod calendar;
mod clocks;
mod exchange;
mod flow;
mod golden;
mod harness;
mod invariants;
mod language;
mod ledger;
mod limits;
mod money;
mod on_top;
mod open;
mod policy;
mod properties;
mod refusals;
mod returns;
mod stories;
mod trace;
mod working_time;
