//! Carries a mail to its case: the words as the buyer's, the files as his evidence, and what became of it
//! written down.
//!
//! Each step is harmless when repeated: a mail says what it says once, under a key of its own.
//! Must not know: why it belongs there. Tests: `amends-api/tests/it/mails.rs`.

use amends_domain::case::evidence::EvidenceKind;
use amends_domain::case::{Channel, Kind};
use amends_domain::command::TextKind;
use amends_domain::digest::Digest;
use amends_domain::event::actor_text;
use amends_domain::ids::{BuyerId, CaseId, OrderId};
use amends_store::{MailRow, MailState};

use super::incoming::IncomingMail;
use super::mime::Attachment;
use super::sealed::{MailContent, content_reseal, file_name, view};
use super::{IntakeFault, MailView};
use crate::caller::{Caller, Staff, Writer};
use crate::cases::case_command::{Key, case_say};
use crate::cases::case_open::{CaseOpen, case_open};
use crate::desk::Desk;
use crate::error::AppError;
use crate::evidence::content::{Class, Media};
use crate::evidence::{EvidenceHead, UploadTo, evidence_begin, media_of};
use crate::shops::shop_read::policy_current;

/// Reasons that a question by mail is filed under, the first that the shop's policy knows.
const REASONS: &[&str] = &["other", "usage"];

/// Who decided what becomes of a mail, and by which request.
pub(super) struct Decided<'a> {
    pub(super) staff: &'a Staff,
    pub(super) request: Digest,
}

/// Where a mail's words go.
pub(super) enum To {
    /// To a case.
    Case(CaseId),
    /// Into a consultation of their own.
    Consultation {
        /// On which order.
        order: Option<OrderId>,
        /// The reason it is filed under; none is the usual one.
        reason: Option<String>,
    },
}

/// Carries a mail there and settles it.
pub(super) async fn carry(
    desk: &Desk,
    row: MailRow,
    mail: &IncomingMail,
    buyer: BuyerId,
    to: To,
    decided: Option<Decided<'_>>,
) -> Result<MailView, AppError> {
    let caller = Caller::Writer(Writer {
        shop: row.shop,
        buyer,
        mail: row.id,
    });
    let mut content = MailContent::of(mail);
    let key = Key {
        key: "words".to_owned(),
        request: Digest::of(&[b"mail", row.id.to_string().as_bytes()]),
    };
    let (state, case) = match to {
        To::Case(case) if content.words().is_empty() => (MailState::Attached, case),
        To::Case(case) => {
            let words = content.words().to_owned();
            let said = case_say(desk, &caller, case, TextKind::Message, words, Some(key)).await?;
            // It said what it says before, elsewhere: somebody was faster.
            if said.case != case && decided.is_some() {
                let state = MailState::Attached.code();
                return Err(IntakeFault::Settled { state }.into());
            }
            (MailState::Attached, said.case)
        }
        To::Consultation { order, reason } => {
            let open = consultation(desk, &caller, &content, order, reason).await?;
            let opened = case_open(desk, &caller, open, Some(key)).await?;
            (MailState::Opened, opened.case)
        }
    };
    for (at, (file, kept)) in mail.attachments.iter().zip(&mut content.files).enumerate() {
        kept.left_out = add_file(desk, &caller, case, at, file).await?;
    }
    let settled = MailRow {
        state,
        why: None,
        buyer: Some(buyer),
        case: Some(case),
        ..row
    };
    settle(desk, settled, row_state(decided.is_some()), &content, decided).await
}

fn row_state(decided: bool) -> MailState {
    if decided {
        MailState::Parked
    } else {
        MailState::Arrived
    }
}

/// Writes down what became of a mail. The mail as it came is let go, unless somebody must still decide.
pub(super) async fn settle(
    desk: &Desk,
    row: MailRow,
    from: MailState,
    content: &MailContent,
    decided: Option<Decided<'_>>,
) -> Result<MailView, AppError> {
    let waits = row.state == MailState::Parked;
    let settled = MailRow {
        sealed: content_reseal(desk, &row, content)?,
        raw: row.raw.filter(|_| waits),
        settled_at: (!waits).then(|| desk.clock.now()),
        settled_by: decided.as_ref().map(|decided| actor_text(&decided.staff.actor())),
        request: decided.map(|decided| decided.request),
        ..row
    };
    if desk.store.mail_settle(&settled, from).await? {
        return view(desk, settled);
    }
    // Another was faster, or it was erased: what stands there counts.
    let missing = AppError::NotFound { what: "mail" };
    let row = desk.store.mail_by_id(settled.shop, settled.id).await?;
    view(desk, row.ok_or(missing)?)
}

async fn consultation(
    desk: &Desk,
    caller: &Caller,
    content: &MailContent,
    order: Option<OrderId>,
    reason: Option<String>,
) -> Result<CaseOpen, AppError> {
    let reason = if let Some(reason) = reason {
        reason
    } else {
        let policy = policy_current(desk, caller).await?;
        let known = REASONS.iter().find(|reason| policy.reason(reason).is_some());
        known.or(REASONS.last()).copied().unwrap_or_default().to_owned()
    };
    // A subject is part of what is asked, unless it is all there is.
    let text = match (content.subject.is_empty(), content.text.is_empty()) {
        (false, false) => within(&format!("{}\n\n{}", content.subject, content.text)),
        _ => content.words().to_owned(),
    };
    Ok(CaseOpen {
        order,
        buyer: None,
        kind: Kind::Consultation,
        reason,
        lines: Vec::new(),
        amount: None,
        replacement_sku: None,
        goods_intact: None,
        photos: 0,
        text: Some(text).filter(|text| !text.is_empty()),
        new_fault: false,
        refused_parcel: None,
        channel: Channel::Email,
    })
}

fn within(text: &str) -> String {
    text.chars().take(crate::desk::TEXT_CHARS_MAX).collect()
}

/// Adds a file as the writer's evidence; a code says why it was left out.
async fn add_file(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    at: usize,
    file: &Attachment,
) -> Result<Option<String>, AppError> {
    let Some(bytes) = &file.bytes else {
        return Ok(Some("mail_too_many_files".to_owned()));
    };
    let media = match media_of(file.declared.as_deref(), bytes) {
        Ok(media) => media,
        Err(fault) => return Ok(Some(fault.code().to_owned())),
    };
    let head = EvidenceHead {
        kind: kind_of(media),
        file_name: file
            .name
            .as_deref()
            .map(file_name)
            .filter(|name| !name.is_empty()),
        declared: file.declared.clone(),
        length_bytes: None,
        shared: false,
        key: format!("file {at}"),
    };
    let added = async {
        let mut upload = evidence_begin(desk, caller, UploadTo::Case(case), head).await?;
        upload.write(bytes).await?;
        upload.finish().await
    };
    match added.await {
        Ok(_) => Ok(None),
        Err(AppError::Evidence(fault)) => Ok(Some(fault.code().to_owned())),
        Err(fault) => Err(fault),
    }
}

fn kind_of(media: Media) -> EvidenceKind {
    match media.class() {
        Class::Photo => EvidenceKind::Photo,
        Class::Video => EvidenceKind::Video,
        Class::Document => EvidenceKind::Other,
    }
}
