//! Buyers: links that let them in, and reading who they are.

pub mod book;
pub mod buyer_access;
pub mod code;
pub mod link;
