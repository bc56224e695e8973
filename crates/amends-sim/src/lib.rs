//! Seeded shops and the simulator: for `amends demo`, `amends simulate` and tests.
//!
//! Everything acts through the same use cases as real people do; only payment and carrier are
//! fakes, and they behave badly on purpose.
//! Must not know: SQL, HTTP. Tests: `tests/it/`.

mod abuse;
pub mod agents;
pub mod aside;
mod bought;
pub mod buyers;
pub mod catalog;
pub mod chance;
pub mod demo;
pub mod narrate;
mod pages;
pub mod payments;
mod pictures;
pub mod play;
pub mod reconcile;
pub mod report;
mod rooms;
pub mod seed;
pub mod simulate;
mod stories;
pub mod tally;
pub mod words;
