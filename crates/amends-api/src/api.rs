//! The endpoints: extractors, the body as a command, the use case, the answer as JSON.
//!
//! Must not know: anything but how to pass it on.

pub(crate) mod audit;
pub(crate) mod blocks;
pub(crate) mod books;
pub(crate) mod buyer;
pub(crate) mod buyers;
pub(crate) mod care;
pub(crate) mod cases;
pub(crate) mod clock;
pub(crate) mod events;
pub(crate) mod evidence;
pub(crate) mod listing_checks;
pub(crate) mod mails;
pub(crate) mod notices;
pub(crate) mod orders;
pub(crate) mod parcels;
pub(crate) mod people;
pub(crate) mod reviews;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod setup;
pub(crate) mod shop;
pub(crate) mod system;
pub(crate) mod tokens;
pub(crate) mod trade;
pub(crate) mod violations;
pub(crate) mod visits;
pub(crate) mod warranty;
