//! Accounts: people, sessions, tokens. Sessions live on wall time.

pub mod password;
pub mod people;
pub mod people_manage;
pub mod session;
pub mod token;
