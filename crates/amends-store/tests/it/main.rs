//! Stories of the store, each told on SQLite and, where a server is given, on PostgreSQL.
//!
//! `AMENDS_TEST_DATABASE_URL` names a server on which databases may be made and dropped.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise; clippy sees only the functions marked as tests"
)]

mod audit;
mod committer;
mod faults;
mod flow;
mod place;
mod policies;
mod queue;
mod race;
mod schema;
mod shop;
mod statements;
mod stream;
