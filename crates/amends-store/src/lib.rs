//! The only SQL of the project: schema, committer, queries; SQLite and PostgreSQL from one text.
//!
//! Must not know: HTTP, the time of day, randomness, what a command means; `amends-domain` decides.
//! Tests: `tests/it/`, every story on both databases.

mod anchors;
mod audit;
mod bench;
mod blocks;
mod books;
mod buyers;
mod care;
mod cases;
mod codes;
mod commit;
mod covers;
mod db;
mod deadlines;
mod error;
mod evidence;
mod guides;
mod install;
mod listing_checks;
mod listings;
mod mails;
mod next_due;
mod notices;
mod orders;
mod outbox;
mod parcels;
mod payments;
mod people;
mod pictures;
mod plans;
mod policies;
mod prune;
mod ratings;
mod reviews;
mod schema;
mod search;
mod shop_time;
mod shops;
mod signs;
mod store;
mod stream;
mod tokens;
mod unsent;
mod verify;
mod violations;
mod visits;

pub use anchors::{Anchor, anchor_link};
pub use audit::{AuditActor, AuditFilter, AuditRow};
pub use bench::BulkBatch;
pub use blocks::{BlockFilter, BlockRow, Blocked};
pub use books::{BookLook, BookPut, BookRow};
pub use buyers::BuyerRow;
pub use care::letters::{CareClaimed, CareLetterRow, CareLetterState, CarePlanned, OptOut, OptedOut};
pub use care::people::CareSource;
pub use care::{CareMailRow, CareMailState, SegmentRow};
pub use cases::closures::Closures;
pub use cases::exceptions::CarrierLosses;
pub use cases::queue::{
    Assignee, Awaiting, CaseCursor, CaseFilter, CaseSort, CasesPage, EscalatedTo, ViewCounts, ViewsAsked,
};
pub use cases::workload::Workload;
pub use cases::{CaseRow, TextRow};
pub use commit::{
    CommitError, CommitSettings, Committed, Committer, IdempotencyKey, NewText, OutboxDone, Submission,
};
pub use covers::{CoverRow, OrderCover};
pub use db::{Engine, Options, Target};
pub use deadlines::DueDeadline;
pub use error::StoreError;
pub use evidence::{Attached, ElsewhereRow, EvidenceRow};
pub use guides::GuideRow;
pub use listing_checks::{CheckFilter, CheckRow};
pub use listings::{Kept, ListingRow, OrderListing};
pub use mails::{MailFilter, MailIdent, MailRow, MailState};
pub use next_due::NextDue;
pub use notices::{Behind, NoticeChannel, NoticeRow, NoticeState};
pub use orders::{Imported, OrderImport, OrderMoments, OrderRow, OrdersFile, ProductRow};
pub use outbox::OutboxRow;
pub use parcels::{ParcelRow, ParcelState};
pub use payments::{PaymentRow, PaymentSum};
pub use people::{Member, Membership, NewSession, PersonRow, SessionRow};
pub use pictures::{ALIKE_BITS, PictureRow};
pub use plans::{PlanFigures, PlanRow, PlanWritten};
pub use policies::PolicyPeriod;
pub use prune::Pruned;
pub use ratings::{Against, BuyerRatingRow, ReminderDue};
pub use reviews::{DayScores, Rating, ReviewFilter, ReviewRow, ReviewStep, Scores, TakenIn};
pub use schema::Migrated;
pub use shop_time::Calendars;
pub use shops::{Founded, NewShop, ShopRow};
pub use signs::{AccountsRow, ClaimRow};
pub use store::{Counts, Store};
pub use stream::{EventRow, Position};
pub use tokens::{NewToken, TokenRow};
pub use unsent::UnsentRow;
pub use verify::{CaseHistory, OrderHistory, Orphans, OutboxEntry};
pub use violations::{ViolationRow, ViolationSum};
pub use visits::{
    BuyerVisitKind, BuyerVisitOutcome, BuyerVisitRow, CalledBuyer, SuggestedBuyer, VisitEnd, VisitEnded,
    VisitPlanned, WantedVisit,
};
