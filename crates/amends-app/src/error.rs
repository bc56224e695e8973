//! What goes wrong in a use case, as one enum with stable codes.
//!
//! Must not know: HTTP, languages. Tests: `amends-api/tests/it`.

use amends_domain::order::OrderFault;
use amends_domain::policy::ClauseId;
use amends_domain::policy::remedy::Violation;
use amends_domain::refusal::Refusal;
use amends_store::{CommitError, StoreError};

use crate::buyers::visits::VisitFault;
use crate::care::CareFault;
use crate::evidence::EvidenceFault;
use crate::mails::IntakeFault;
use crate::reviews::ReviewFault;
use crate::warranty::WarrantyFault;

/// What is wrong with a field. What people type has a variant, so that they read it in their language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Nothing stands there.
    #[error("must not be empty")]
    Empty,
    /// More stands there than may.
    #[error("has more than {chars_max} characters")]
    TooLong {
        /// How many characters it may have.
        chars_max: usize,
    },
    /// Nothing stands there, or more than may.
    #[error("must have 1 to {chars_max} characters")]
    Length {
        /// How many characters it may have.
        chars_max: usize,
    },
    /// A character that no text of the database holds.
    #[error("contains the character U+0000")]
    Null,
    /// A password too easily guessed, or endless.
    #[error("must have at least {chars_min} characters and at most {bytes_max} bytes")]
    Password {
        /// How many characters it must have.
        chars_min: usize,
        /// How many bytes it may have.
        bytes_max: usize,
    },
    /// A name no file can have.
    #[error("must have 1 to {chars_max} characters, without slashes and control characters")]
    FileName {
        /// How many characters it may have.
        chars_max: usize,
    },
    /// A moment before another that it follows.
    #[error("is before {earlier}")]
    Before {
        /// The other field.
        earlier: &'static str,
    },
    /// What must be there once stands there twice.
    #[error("{value} stands twice in this import")]
    Twice {
        /// What.
        value: String,
    },
    /// Somebody of the shop who does not handle cases, or was barred.
    #[error("is nobody who handles cases")]
    NoHandler,
    /// A sender by whom nobody is known, or more than one.
    #[error("must be given: by its sender nobody is known, or more than one")]
    NoWriter,
    /// A calendar the desk does not know.
    #[error("there is no calendar {value:?}")]
    NoCalendar {
        /// As given.
        value: String,
        /// What can be given.
        known: Vec<String>,
    },
    /// An address that somebody on the way could change.
    #[error("must begin with https://")]
    NotSecure,
    /// A tier the shop's settings do not name.
    #[error("there is no tier {value:?}")]
    NoTier {
        /// As given.
        value: String,
        /// What can be given.
        known: Vec<String>,
    },
    /// Something only a program sends, or an operator; in English.
    #[error("{0}")]
    Other(String),
}

impl Reason {
    /// The stable code; none where the words are all there is.
    pub fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::Length { .. } => "length",
            Self::Null => "null",
            Self::Password { .. } => "password",
            Self::FileName { .. } => "file_name",
            Self::Before { .. } => "before",
            Self::Twice { .. } => "twice",
            Self::NoHandler => "no_handler",
            Self::NoWriter => "no_writer",
            Self::NotSecure => "not_secure",
            Self::NoCalendar { .. } => "no_calendar",
            Self::NoTier { .. } => "no_tier",
            Self::Other(_) => return None,
        })
    }
}

/// Why a use case ended without effect.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The domain declined.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Nobody is signed in, or the credential is unknown, expired or revoked.
    #[error("sign in first")]
    Unauthenticated,
    /// Login and password do not fit.
    #[error("login and password do not fit")]
    WrongPassword,
    /// Signed in, but not allowed.
    #[error("this is not for a {role} to do")]
    Forbidden {
        /// The role that asked.
        role: &'static str,
    },
    /// A link that was altered.
    #[error("this link is not genuine")]
    LinkTampered,
    /// Founding the first shop without what the program showed at its start, or a second time.
    #[error("the setup token is wrong, or a shop was founded")]
    SetupToken,
    /// A one-time code that is not the one sent, or no longer counts.
    #[error("the code is wrong, or no longer counts")]
    CodeWrong,
    /// A link whose time is over.
    #[error("this link has expired")]
    LinkExpired,
    /// Not there, or not in this shop.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// A field that does not parse or is out of bounds.
    #[error("{field}: {reason}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong, and what would be right.
        reason: Reason,
    },
    /// An order that does not add up.
    #[error("{0}")]
    Order(#[from] OrderFault),
    /// Another order has this number and is not the same.
    #[error("order {number} is there already and differs")]
    OrderDiffers {
        /// The number.
        number: String,
    },
    /// The line has another snapshot of its listing, which is never changed.
    #[error("this line has another listing snapshot already")]
    ListingKept,
    /// Another deduction has the platform's number already.
    #[error("another deduction has this number already")]
    DeductionKept,
    /// Something with this name is there already.
    #[error("there is already a {what} of this name")]
    Taken {
        /// What.
        what: &'static str,
    },
    /// The buyer stands on the block list already.
    #[error("this buyer is blocked already")]
    AlreadyBlocked,
    /// No clause bounds how long a buyer may be blocked, so that nobody is.
    #[error("no clause says how long a buyer may be blocked")]
    BlockUnbounded,
    /// An end of a block that has passed, or comes later than its clause allows.
    #[error("a block ends after now and within {days_max} days, by clause {clause}")]
    BlockUntil {
        /// For how many days at most.
        days_max: i64,
        /// The clause that says so.
        clause: ClauseId,
    },
    /// An admin asked to bar or remove himself.
    #[error("nobody can do this to himself")]
    Oneself,
    /// An account that is not one shop's alone to decide over.
    #[error("this person belongs to other shops too")]
    OtherShops,
    /// Words to a buyer for which the platform deducts points.
    #[error("{words:?} is a violation by {clause}, {points} points")]
    Violation {
        /// Of what kind.
        violation: Violation,
        /// The clause that says so.
        clause: ClauseId,
        /// Points deducted.
        points: u32,
        /// What was found.
        words: String,
    },
    /// The same idempotency key came with another body.
    #[error("this idempotency key was used for another request")]
    KeyReused,
    /// Too much is waiting.
    #[error("too much is waiting; try again in a moment")]
    Busy,
    /// A piece of evidence that is not as it must be.
    #[error("{0}")]
    Evidence(#[from] EvidenceFault),
    /// A care mail that cannot go as it is.
    #[error("{0}")]
    Care(#[from] CareFault),
    /// What was to be written was written by somebody else meanwhile.
    #[error("this was changed meanwhile; it has version {version} now")]
    VersionDiffers {
        /// Its version now.
        version: u64,
    },
    /// A review that cannot be taken, or words that may not stand below it.
    #[error("{0}")]
    Review(#[from] ReviewFault),
    /// A plan, a cover or a guide that cannot be as it is.
    #[error("{0}")]
    Warranty(#[from] WarrantyFault),
    /// A visit that cannot be planned, or was ended.
    #[error("{0}")]
    Visit(#[from] VisitFault),
    /// A mail that cannot be taken, or is settled.
    #[error("{0}")]
    Mail(#[from] IntakeFault),
    /// The folder of evidence cannot be read or written.
    #[error("the folder of evidence: {reason}")]
    Blobs {
        /// What the operating system says.
        reason: String,
    },
    /// The database is gone, locked or full.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// Data that ought to be there is not, or does not read.
    #[error("inconsistent data: {0}")]
    Inconsistent(String),
}

impl From<CommitError> for AppError {
    fn from(fault: CommitError) -> Self {
        match fault {
            CommitError::Refused(refusal) => Self::Refused(refusal),
            CommitError::KeyReused => Self::KeyReused,
            CommitError::OrderNotFound => Self::NotFound { what: "order" },
            CommitError::Busy | CommitError::Stopped => Self::Busy,
            CommitError::Store(fault) => Self::Store(fault),
        }
    }
}

impl AppError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Unauthenticated => "unauthenticated",
            Self::WrongPassword => "wrong_password",
            Self::Forbidden { .. } => "forbidden",
            Self::LinkTampered => "link_tampered",
            Self::SetupToken => "setup_token",
            Self::CodeWrong => "code_wrong",
            Self::LinkExpired => "link_expired",
            Self::NotFound { .. } => "not_found",
            Self::Invalid { .. } => "invalid",
            Self::Order(_) => "order_invalid",
            Self::OrderDiffers { .. } => "order_differs",
            Self::ListingKept => "listing_kept",
            Self::DeductionKept => "deduction_kept",
            Self::Taken { .. } => "taken",
            Self::AlreadyBlocked => "already_blocked",
            Self::BlockUnbounded => "block_unbounded",
            Self::BlockUntil { .. } => "block_until",
            Self::Oneself => "oneself",
            Self::OtherShops => "other_shops",
            Self::Violation { .. } => "violation",
            Self::KeyReused => "key_reused",
            Self::Busy => "busy",
            Self::Evidence(fault) => fault.code(),
            Self::Care(fault) => fault.code(),
            Self::VersionDiffers { .. } => "version_differs",
            Self::Mail(fault) => fault.code(),
            Self::Review(fault) => fault.code(),
            Self::Warranty(fault) => fault.code(),
            Self::Visit(fault) => fault.code(),
            Self::Blobs { .. } => "blobs_unavailable",
            Self::Store(fault) => fault.code(),
            Self::Inconsistent(_) => "inconsistent",
        }
    }
}

/// Whether words are there, are not endless, and are such as the database holds.
pub(crate) fn words_within(field: &'static str, text: &str, chars_max: usize) -> Result<(), AppError> {
    let reason = if text.trim().is_empty() || text.chars().nth(chars_max).is_some() {
        Reason::Length { chars_max }
    } else if text.contains('\0') {
        Reason::Null
    } else {
        return Ok(());
    };
    Err(AppError::Invalid { field, reason })
}
