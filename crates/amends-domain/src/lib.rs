//! The rules of after-sales: cases, commands, events, clocks, policy, money. Pure and total.
//!
//! Must not know: async, IO, the time of day, randomness, languages. Tests: `tests/it/`.

pub mod actor;
pub mod care;
pub mod case;
pub mod command;
pub mod cover;
pub mod decide;
pub mod digest;
pub mod effect;
pub mod event;
pub mod evolve;
pub mod facts;
pub mod ids;
pub mod ledger;
pub mod money;
pub mod order;
pub mod plan;
pub mod policy;
pub mod readiness;
pub mod refusal;
pub mod signals;
pub mod time;

pub use decide::{Decision, Middle, Possible, clock_would_end, decide, remedies};
pub use evolve::{State, evolve};
