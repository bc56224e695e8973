//! Mails over the wire: what came in, what became of it, and what is decided over it.
//!
//! Must not know: keys. Tests: `tests/it/mails.rs`.

use amends_app::caller::{Right, Staff};
use amends_app::mails::MailView;
use amends_app::mails::handle::MailOpen;
use amends_app::mails::read::sender_masked;
use amends_app::mails::sealed::MailFile;
use amends_domain::ids::{BuyerId, CaseId, MailId, OrderId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::event::named;
use super::values::At;
use super::words::MailState;

/// A mail in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct MailSummary {
    /// Its id.
    #[schema(value_type = String)]
    id: MailId,
    /// What became of it.
    state: MailState,
    /// Why it is parked (`unknown_sender`, `not_his`, `several`, `no_text`, or the code of the refusal that
    /// kept it out) or ignored (`automatic`, `own`).
    #[schema(example = "unknown_sender")]
    why: Option<String>,
    /// Who says he wrote it, masked; absent when it is not one address, or it was erased.
    from: Option<String>,
    /// Its subject; absent once it was erased.
    subject: Option<String>,
    /// Whose it is.
    #[schema(value_type = Option<String>)]
    buyer: Option<BuyerId>,
    /// The case it came to.
    #[schema(value_type = Option<String>)]
    case: Option<CaseId>,
    /// When it was taken in.
    at: At,
    /// When it came to its end; absent while it is parked.
    settled_at: Option<At>,
    /// When it was erased, with its writer.
    erased_at: Option<At>,
}

/// A mail.
#[derive(Serialize, ToSchema)]
#[schema(as = Mail)]
pub(crate) struct MailDto {
    #[serde(flatten)]
    head: MailSummary,
    /// What was written, without what was quoted below it; absent once it was erased.
    text: Option<String>,
    /// How many characters of quotation were cut.
    quoted_chars: usize,
    /// How many characters beyond the limit of texts were cut.
    over_chars: usize,
    /// What came along.
    files: Vec<MailFileDto>,
    /// Who decided: `person` with `id` and `role`; absent where the desk did.
    #[schema(value_type = Option<Object>)]
    settled_by: Option<Value>,
    /// Why it was put aside.
    reason: Option<String>,
}

/// A file that came with a mail.
#[derive(Serialize, ToSchema)]
#[schema(as = MailFile)]
pub(crate) struct MailFileDto {
    /// What its owner calls it.
    name: Option<String>,
    /// What it is said to be.
    #[schema(example = "image/jpeg")]
    declared: Option<String>,
    /// Its size.
    bytes: u64,
    /// Why it did not become evidence: the code of what was wrong with it, or `mail_too_many_files`.
    #[schema(example = "evidence_type")]
    left_out: Option<String>,
}

/// A page of mails.
#[derive(Serialize, ToSchema)]
#[schema(as = MailsPage)]
pub(crate) struct MailsPageDto {
    /// Oldest first.
    pub(crate) mails: Vec<MailSummary>,
    /// For `after`, when there may be more.
    #[schema(value_type = Option<String>)]
    pub(crate) next: Option<MailId>,
}

/// To make a mail a message on a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailAttachBody {
    /// The case; the mail becomes its buyer's.
    #[schema(value_type = String)]
    pub(crate) case: CaseId,
}

/// To open a consultation by a mail. Without order and buyer it is whoever alone has the sender's address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailOpenBody {
    /// The order it is about, which says whose it is.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    order: Option<OrderId>,
    /// Whose it is, where no order says so.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    buyer: Option<BuyerId>,
    /// A reason of the policy's tree; without it the usual one.
    #[serde(default)]
    reason: Option<String>,
}

/// To put a mail aside.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailDiscardBody {
    /// Why.
    #[schema(max_length = 1000)]
    pub(crate) reason: String,
}

impl MailOpenBody {
    pub(crate) fn open(self) -> MailOpen {
        MailOpen {
            order: self.order,
            buyer: self.buyer,
            reason: self.reason,
        }
    }
}

impl MailSummary {
    pub(crate) fn of(view: &MailView) -> Self {
        let (row, content) = (&view.row, view.content.as_ref());
        Self {
            id: row.id,
            state: row.state.into(),
            why: row.why.clone(),
            from: content
                .and_then(|content| content.from.as_deref())
                .map(sender_masked),
            subject: content.map(|content| content.subject.clone()),
            buyer: row.buyer,
            case: row.case,
            at: row.at.into(),
            settled_at: row.settled_at.map(At),
            erased_at: row.erased_at.map(At),
        }
    }
}

impl MailDto {
    /// As somebody sees it: the sender's address is for whoever must say whose a mail is.
    pub(crate) fn of(view: MailView, for_whom: &Staff) -> Self {
        let mut head = MailSummary::of(&view);
        let content = view.content.unwrap_or_default();
        if for_whom.may(Right::Mails) {
            head.from = content.from;
        }
        let settled_by = view.row.settled_by.as_deref();
        let actor = settled_by.and_then(|actor| serde_json::from_str(actor).ok());
        Self {
            text: head.subject.is_some().then_some(content.text),
            head,
            quoted_chars: content.quoted_chars,
            over_chars: content.over_chars,
            files: content.files.into_iter().map(MailFileDto::of).collect(),
            settled_by: actor.map(|actor| named(actor, false)),
            reason: content.reason,
        }
    }
}

impl MailFileDto {
    fn of(file: MailFile) -> Self {
        Self {
            name: file.name,
            declared: file.declared,
            bytes: file.bytes,
            left_out: file.left_out,
        }
    }
}
