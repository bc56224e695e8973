//! Trade contact 成交联系: orders that are not paid yet are followed up, what came in is counted, delays before
//! holidays are told ahead (FUP-7, FUP-9), what was paid is seen to leave (CLK-18).
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/trade.rs`.

pub mod follow;
pub mod log;
pub mod plan;
pub mod unsent;
