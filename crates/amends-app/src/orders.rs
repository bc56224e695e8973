//! Orders: how they get in, from one call or from a file.

pub mod draft;
pub mod mapping;
pub mod order_import;
pub mod order_read;
