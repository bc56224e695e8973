//! Use cases of the desk, one file each: authorization, keys, texts, runners, ports to the outside.
//!
//! Must not know: SQL, HTTP, the command line. Tests: beside the code; through HTTP in
//! `amends-api/tests/it`; through whole simulated shops in `amends-sim/tests/it`.

pub mod abuse;
pub mod accounts;
pub mod anchors;
pub mod audit;
pub mod bench;
pub mod blobs;
pub mod bundle;
pub mod buyers;
pub mod caller;
pub mod care;
pub mod cases;
pub mod clock;
pub mod content;
pub mod deadlines;
pub mod desk;
pub mod error;
pub mod events;
pub mod evidence;
pub mod export;
pub mod follow;
pub mod health;
pub mod mails;
pub mod notices;
pub mod orders;
pub mod outbox;
pub mod payments;
pub mod presence;
pub mod prune;
pub mod random;
pub mod reviews;
pub mod runners;
pub mod scripts;
pub mod shops;
mod template;
pub mod trade;
pub mod vault;
pub mod verify;
pub mod violations;
pub mod warranty;

pub use desk::Desk;
pub use error::AppError;

pub use amends_store::{OrderMoments, Position, ShopRow, Store, StoreError, Target};
