//! Stories told over HTTP, on SQLite in memory and, where a server is given, on PostgreSQL.
//!
//! `AMENDS_TEST_DATABASE_URL` names a server on which databases may be made and dropped.

#![cfg(test)]

mod accounts;
mod ask;
mod buyers;
mod cases;
mod description;
mod events;
mod evidence;
mod fixture;
mod imports;
mod naughty;
mod notices;
mod orders;
mod people;
mod place;
mod queue;
mod refunds;
mod runners;
mod safety;
mod shop;
mod stories;
mod stream;
mod system;
mod telling;
mod violations;
mod walk;
