//! What somebody of the shop makes of a parked mail: he says whose it is, or puts it aside.
//!
//! The same request again is answered as before; another one finds it settled.
//! Must not know: HTTP. Tests: `amends-api/tests/it/mails.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{BuyerId, CaseId, MailId, OrderId};
use amends_store::{MailRow, MailState};

use super::carry::{Decided, To, carry, settle};
use super::incoming::IncomingMail;
use super::known::writers;
use super::sealed::{raw_open, view};
use super::{IntakeFault, MailView};
use crate::caller::{Caller, Right, Staff};
use crate::cases::case_read::case_row;
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::orders::draft::required;

/// Longest reason for putting a mail aside, in characters.
pub const REASON_CHARS_MAX: usize = 1_000;

/// Whose a mail is that opens a consultation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailOpen {
    /// The order it is about, which says whose it is.
    pub order: Option<OrderId>,
    /// Whose it is, where no order says so; without either, whoever is known by the sender's address.
    pub buyer: Option<BuyerId>,
    /// A reason of the policy's tree; without it the usual one.
    pub reason: Option<String>,
}

/// A mail that may still be decided over.
enum Found {
    Parked(MailRow),
    /// This very request decided.
    Before(MailView),
}

/// Makes a parked mail a message on a case, as its buyer's.
pub async fn mail_attach(
    desk: &Desk,
    staff: &Staff,
    id: MailId,
    case: CaseId,
    request: Digest,
) -> Result<MailView, AppError> {
    staff.require(Right::Mails)?;
    let row = match found(desk, staff, id, request).await? {
        Found::Parked(row) => row,
        Found::Before(view) => return Ok(view),
    };
    let of = case_row(desk, &Caller::Staff(staff.clone()), case).await?;
    let mail = came(desk, &row).await?;
    let decided = Some(Decided { staff, request });
    let carried = carry(desk, row, &mail, of.case.buyer, To::Case(case), decided).await?;
    settled_by_this(carried, request)
}

/// Opens a consultation by a parked mail.
pub async fn mail_open(
    desk: &Desk,
    staff: &Staff,
    id: MailId,
    open: MailOpen,
    request: Digest,
) -> Result<MailView, AppError> {
    staff.require(Right::Mails)?;
    if let Some(reason) = &open.reason {
        required("reason", reason)?;
    }
    let row = match found(desk, staff, id, request).await? {
        Found::Parked(row) => row,
        Found::Before(view) => return Ok(view),
    };
    let mail = came(desk, &row).await?;
    let buyer = whose(desk, staff, &open, mail.from.as_deref()).await?;
    let to = To::Consultation {
        order: open.order,
        reason: open.reason,
    };
    let decided = Some(Decided { staff, request });
    let carried = carry(desk, row, &mail, buyer, to, decided).await?;
    settled_by_this(carried, request)
}

/// Puts a parked mail aside.
pub async fn mail_discard(
    desk: &Desk,
    staff: &Staff,
    id: MailId,
    reason: String,
    request: Digest,
) -> Result<MailView, AppError> {
    staff.require(Right::Mails)?;
    let invalid = |reason| AppError::Invalid {
        field: "reason",
        reason,
    };
    if !(1..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
        let chars_max = REASON_CHARS_MAX;
        return Err(invalid(Reason::Length { chars_max }));
    }
    if reason.contains('\0') {
        return Err(invalid(Reason::Null));
    }
    let row = match found(desk, staff, id, request).await? {
        Found::Parked(row) => row,
        Found::Before(view) => return Ok(view),
    };
    let mut content = view(desk, row.clone())?.content.unwrap_or_default();
    content.reason = Some(reason);
    let row = MailRow {
        state: MailState::Discarded,
        ..row
    };
    let decided = Some(Decided { staff, request });
    let settled = settle(desk, row, MailState::Parked, &content, decided).await?;
    settled_by_this(settled, request)
}

async fn found(desk: &Desk, staff: &Staff, id: MailId, request: Digest) -> Result<Found, AppError> {
    let row = desk.store.mail_by_id(staff.shop, id).await?;
    let there = row.filter(|row| row.erased_at.is_none());
    let row = there.ok_or(AppError::NotFound { what: "mail" })?;
    if row.state == MailState::Parked {
        return Ok(Found::Parked(row));
    }
    settled_by_this(view(desk, row)?, request).map(Found::Before)
}

fn settled_by_this(view: MailView, request: Digest) -> Result<MailView, AppError> {
    if view.row.request == Some(request) {
        return Ok(view);
    }
    let state = view.row.state.code();
    Err(IntakeFault::Settled { state }.into())
}

/// The mail as it came.
async fn came(desk: &Desk, row: &MailRow) -> Result<IncomingMail, AppError> {
    let raw = raw_open(desk, row).await?;
    let raw = raw.ok_or_else(|| AppError::Inconsistent(format!("{} waits without its bytes", row.id)))?;
    Ok(IncomingMail::read(&raw)?)
}

async fn whose(desk: &Desk, staff: &Staff, open: &MailOpen, from: Option<&str>) -> Result<BuyerId, AppError> {
    match (open.order, open.buyer) {
        (Some(_), Some(_)) => Err(AppError::Invalid {
            field: "buyer",
            reason: Reason::Other("is left out: the order says whose it is".to_owned()),
        }),
        (Some(order), None) => {
            let row = desk.store.order_by_id(staff.shop, order).await?;
            row.map(|row| row.order.buyer)
                .ok_or(AppError::NotFound { what: "order" })
        }
        (None, Some(buyer)) => {
            let row = desk.store.buyer_get(staff.shop, buyer).await?;
            row.map(|row| row.id).ok_or(AppError::NotFound { what: "buyer" })
        }
        (None, None) => match writers(desk, staff.shop, from).await?.as_slice() {
            [only] => Ok(*only),
            _ => Err(AppError::Invalid {
                field: "order",
                reason: Reason::NoWriter,
            }),
        },
    }
}
