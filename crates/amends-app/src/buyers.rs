//! Buyers: links that let them in, reading who they are, what is known of them, and when they are called.

pub mod book;
pub mod buyer_access;
pub mod code;
pub mod link;
pub mod visits;
