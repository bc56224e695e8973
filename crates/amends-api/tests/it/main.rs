//! Stories told over HTTP, on SQLite in memory and, where a server is given, on PostgreSQL.
//!
//! `AMENDS_TEST_DATABASE_URL` names a server on which databases may be made and dropped.

#![cfg(test)]

mod abuse;
mod accounts;
mod alike;
mod ask;
mod audit;
mod blocks;
mod board;
mod books;
mod bulk;
mod bundles;
mod buyers;
mod care;
mod cases;
mod closures;
mod codes;
mod description;
mod disputes;
mod events;
mod evidence;
mod fixture;
mod handling;
mod imports;
mod listings;
mod mail_folder;
mod mails;
mod naughty;
mod naughty_handling;
mod notices;
mod orders;
mod parcels;
mod people;
mod place;
mod queue;
mod ratings;
mod recourses;
mod refunds;
mod remedies;
mod reviews;
mod runners;
mod safety;
mod scripts;
mod setup;
mod shop;
mod stories;
mod stream;
mod system;
mod telling;
mod trade;
mod unsent;
mod violations;
mod visits;
mod walk;
mod warranty;
