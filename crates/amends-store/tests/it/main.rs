//! Stories of the store, each told on SQLite and, where a server is given, on PostgreSQL.
//!
//! `AMENDS_TEST_DATABASE_URL` names a server on which databases may be made and dropped.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise; clippy sees only the functions marked as tests"
)]

// The domain's stories, told once more on real databases.
#[path = "../../../amends-domain/tests/it/harness.rs"]
mod harness;
#[path = "../../../amends-domain/tests/it/invariants.rs"]
mod invariants;
#[expect(dead_code, reason = "shared with the domain's tests, which use all of it")]
#[path = "../../../amends-domain/tests/it/language.rs"]
mod language;
#[path = "../../../amends-domain/tests/it/stories.rs"]
mod stories;
#[path = "../../../amends-domain/tests/it/trace.rs"]
mod trace;

mod audit;
mod blocks;
mod committer;
mod faults;
mod flow;
mod mails;
mod pictures;
mod place;
mod policies;
mod queue;
mod race;
mod schema;
mod shop;
mod signs;
mod statements;
mod stream;
mod told;
