//! Accounts: people, sessions, tokens. Sessions live on wall time.

pub mod password;
pub mod people;
pub mod session;
pub mod token;
