//! Mails that come in: read at the edge, taken in once, and brought to the case they are about (INT-7).
//!
//! A mail is words and files of a buyer, nothing more: it decides nothing and moves no money, and what
//! answers it goes to the address the shop knows.
//! Must not know: HTTP, SQL. Tests: `amends-api/tests/it/mails.rs`, beside the code.

pub mod carry;
pub mod fate;
pub mod folder;
pub mod handle;
pub mod incoming;
pub mod index;
pub mod intake;
mod known;
mod mime;
mod named;
pub mod read;
mod reply;
pub mod sealed;

use amends_store::MailRow;
pub use amends_store::{MailFilter, MailState};

use self::intake::mails_go_on;
use self::sealed::MailContent;
use crate::desk::Desk;
use crate::error::AppError;

/// Largest mail that is taken: what mail servers usually pass on.
pub const MAIL_BYTES_MAX: usize = 25 << 20;

/// A mail that cannot be taken. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IntakeFault {
    /// It has no head, or one without end.
    #[error("it is no mail")]
    Unreadable,
    /// Larger than a mail may be.
    #[error("larger than {limit_bytes} bytes")]
    TooLarge {
        /// How large it may be.
        limit_bytes: usize,
    },
    /// More parts than a mail may have, or parts within parts without end.
    #[error("more than {at_most} parts, or parts nested too deeply")]
    TooManyParts {
        /// How many it may have.
        at_most: u32,
    },
    /// Somebody, or the desk, has settled what becomes of it.
    #[error("it is {state} already")]
    Settled {
        /// What became of it.
        state: &'static str,
    },
}

impl IntakeFault {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "mail_unreadable",
            Self::TooLarge { .. } => "mail_too_large",
            Self::TooManyParts { .. } => "mail_too_many_parts",
            Self::Settled { .. } => "mail_settled",
        }
    }
}

/// Takes in what was delivered and takes up what a crash left; returns how much there was to do.
pub async fn mails_run(desk: &Desk) -> Result<usize, AppError> {
    let left = mails_go_on(desk).await?;
    let moved = match &desk.inbox {
        Some(inbox) => inbox.run(desk).await?,
        None => 0,
    };
    Ok(left + moved)
}

/// A mail with what it says; of an erased one nothing is left.
#[derive(Clone)]
pub struct MailView {
    /// What became of it.
    pub row: MailRow,
    /// What it says.
    pub content: Option<MailContent>,
}
