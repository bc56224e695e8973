//! What a buyer reaches by his signed link: his order, its cases, and nothing else.
//!
//! Must not know: staff. Tests: `tests/it/stories.rs`, `tests/it/walk.rs`.

pub(crate) mod cases;
pub(crate) mod codes;
pub(crate) mod commands;
pub(crate) mod dispute;
pub(crate) mod order;
pub(crate) mod remedies;
