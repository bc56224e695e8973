//! Abuse 恶意售后: signals of a case explained, a finding noted and settled, the block list, listings to be
//! checked (ABU-1 to ABU-3).
//!
//! Must not know: HTTP, SQL. Tests: `amends-api/tests/it/abuse.rs`.

pub mod blocks;
pub mod case_abuse;
pub mod listing_checks;
pub mod sentences;
pub mod signals;
