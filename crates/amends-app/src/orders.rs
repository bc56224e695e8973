//! Orders: how they get in, from one call or from a file.

pub mod draft;
pub mod file;
pub(crate) mod limits;
pub mod listing;
pub mod mapping;
pub mod order_file;
pub mod order_import;
pub mod order_read;
pub mod parcels;
pub mod tracking;
pub mod tracking_file;
