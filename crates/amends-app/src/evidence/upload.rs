//! Taking a piece in: who may, how many, and its bytes one part after the other.
//!
//! Must not know: how bytes come. Tests: `amends-api/tests/it/evidence.rs`.

use amends_domain::case::evidence::EvidenceKind;
use amends_domain::digest::Digest;
use amends_domain::event::actor_text;
use amends_domain::ids::{CaseId, EvidenceId, ShopId};
use amends_store::{EvidenceRow, PictureRow};
use tokio::io::AsyncReadExt;
use tokio::sync::Semaphore;

use super::content::{BYTES_MAX, Checker, Class, Media};
use super::{
    CASE_PIECES_MAX, EvidenceFault, FILE_NAME_CHARS_MAX, WAITING_PIECES_MAX, evidence_add, evidence_waiting,
    fits, picture,
};
use crate::blobs::Writing;
use crate::caller::{Caller, Right};
use crate::cases::case_read::case_row;
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// How many pictures are read at once, of whatever size.
static READING: Semaphore = Semaphore::const_new(2);

/// Where a piece goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadTo {
    /// To a case.
    Case(CaseId),
    /// To the case that a buyer is about to open on the order of his link.
    NextCase,
}

/// What is said of a piece before its bytes come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceHead {
    /// What it shows.
    pub kind: EvidenceKind,
    /// What its owner calls the file.
    pub file_name: Option<String>,
    /// The media type it is said to have.
    pub declared: Option<String>,
    /// How many bytes are said to come.
    pub length_bytes: Option<u64>,
    /// Whether a buyer may see what the shop adds.
    pub shared: bool,
    /// The caller's key: the same piece under it is the same request.
    pub key: String,
}

/// A piece on its way in; dropped before [`Upload::finish`], nothing of it stays.
pub struct Upload<'d> {
    desk: &'d Desk,
    caller: &'d Caller,
    to: UploadTo,
    head: EvidenceHead,
    checker: Checker,
    writing: Writing,
}

/// Begins to take a piece in. What can be refused without its bytes is refused here.
pub async fn evidence_begin<'d>(
    desk: &'d Desk,
    caller: &'d Caller,
    to: UploadTo,
    head: EvidenceHead,
) -> Result<Upload<'d>, AppError> {
    if let Caller::Staff(staff) = caller {
        staff.require(Right::Handle)?;
    }
    check_name(head.file_name.as_deref())?;
    let (count, at_most) = match (to, caller) {
        (UploadTo::Case(case), _) => {
            case_row(desk, caller, case).await?;
            let pieces = desk.store.evidence_of_case(caller.shop(), case).await?;
            (pieces.len(), CASE_PIECES_MAX)
        }
        (UploadTo::NextCase, Caller::Buyer(buyer)) => {
            (evidence_waiting(desk, buyer).await?.len(), WAITING_PIECES_MAX)
        }
        (UploadTo::NextCase, Caller::Staff(_) | Caller::Writer(_)) => {
            return Err(AppError::NotFound { what: "case" });
        }
    };
    if u32::try_from(count).unwrap_or(u32::MAX) >= at_most {
        return Err(EvidenceFault::TooMany { at_most }.into());
    }
    if head.length_bytes.is_some_and(|bytes| bytes > BYTES_MAX) {
        let limit_bytes = BYTES_MAX;
        return Err(EvidenceFault::TooLarge { limit_bytes }.into());
    }
    let name = desk
        .random
        .bytes::<16>()
        .map(|byte| format!("{byte:02x}"))
        .concat();
    Ok(Upload {
        checker: Checker::new(head.declared.as_deref()),
        writing: desk.blobs()?.begin(&name).await?,
        desk,
        caller,
        to,
        head,
    })
}

impl Upload<'_> {
    /// Takes the next bytes; refuses them as soon as it is clear that the piece will not do.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.checker.feed(bytes)?;
        self.writing.write(bytes).await
    }

    /// Keeps the piece, once all of it has come. Under a key that was used before, the piece that was
    /// kept then is returned.
    pub async fn finish(self) -> Result<EvidenceRow, AppError> {
        let Self {
            desk,
            caller,
            to,
            head,
            checker,
            writing,
        } = self;
        if head.length_bytes.is_some_and(|length| length != writing.bytes()) {
            return Err(EvidenceFault::CutOff.into());
        }
        let media = checker.finish()?;
        if !fits(head.kind, media.class()) {
            let (declared, found) = (head.kind.code().to_owned(), media.code());
            return Err(EvidenceFault::Type { declared, found }.into());
        }
        let (sha256, bytes) = desk.blobs()?.keep(caller.shop(), writing).await?;
        let now = desk.clock.now();
        let (order, buyer) = match caller {
            Caller::Staff(_) => (None, None),
            Caller::Buyer(buyer) => (Some(buyer.order), Some(buyer.buyer)),
            Caller::Writer(writer) => (None, Some(writer.buyer)),
        };
        let fresh = EvidenceRow {
            id: desk.random.id::<EvidenceId>(now),
            case: None,
            order,
            buyer,
            kind: head.kind.code().to_owned(),
            file_name: head.file_name,
            media: media.code().to_owned(),
            bytes,
            sha256,
            shared: head.shared && buyer.is_none(),
            added_by: actor_text(&caller.actor()),
            added_at: now,
            erased_at: None,
        };
        let (shop, scope) = (caller.shop(), caller.scope());
        let kept = desk
            .store
            .evidence_insert(shop, &fresh, &scope, &head.key)
            .await?;
        // Once there is a row that wants them: what a picture looks like goes away with the last of those.
        measure(desk, shop, sha256, media).await?;
        let same = (&kept.kind, kept.sha256, kept.shared, kept.order)
            == (&fresh.kind, fresh.sha256, fresh.shared, fresh.order);
        let case = match to {
            UploadTo::Case(case) => Some(case),
            UploadTo::NextCase => kept.case,
        };
        if !same || kept.case.is_some_and(|of| Some(of) != case) {
            return Err(AppError::KeyReused);
        }
        if let Some(case) = case {
            evidence_add(desk, caller, case, &kept).await?;
        }
        Ok(EvidenceRow { case, ..kept })
    }
}

/// Keeps what a picture looks like. One that can't be read, or is too large to, is evidence all the same.
async fn measure(desk: &Desk, shop: ShopId, sha256: Digest, media: Media) -> Result<(), AppError> {
    if media.class() != Class::Photo {
        return Ok(());
    }
    let Some(mut file) = desk.blobs()?.open(shop, sha256).await? else {
        return Ok(());
    };
    let Ok(turn) = READING.acquire().await else {
        return Ok(());
    };
    let mut bytes = Vec::new();
    if file.read_to_end(&mut bytes).await.is_err() {
        return Ok(());
    }
    // Whoever hangs up leaves the work behind; its turn goes with it, not with him.
    let read = move || {
        let measured = picture::measure(&bytes);
        drop(turn);
        measured
    };
    let measured = tokio::task::spawn_blocking(read).await;
    if let Ok(Some(measured)) = measured {
        let row = PictureRow {
            sha256,
            width: measured.width,
            height: measured.height,
            sharpness: measured.sharpness,
            look: measured.look,
        };
        desk.store.picture_insert(shop, &row).await?;
    }
    Ok(())
}

fn check_name(name: Option<&str>) -> Result<(), AppError> {
    let Some(name) = name else { return Ok(()) };
    let fits = (1..=FILE_NAME_CHARS_MAX).contains(&name.chars().count());
    if fits && !name.contains(|letter: char| letter.is_control() || matches!(letter, '/' | '\\')) {
        return Ok(());
    }
    let chars_max = FILE_NAME_CHARS_MAX;
    Err(AppError::Invalid {
        field: "Evidence-Name",
        reason: Reason::FileName { chars_max },
    })
}
