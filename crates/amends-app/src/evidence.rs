//! Evidence 凭证: photos, videos and documents, taken in piece by piece, kept under their digest, and
//! shown to whom they concern.
//!
//! A piece comes in whole or not at all: bytes first, to the disk, then its row, then its case.
//! Must not know: HTTP, SQL. Tests: `amends-api/tests/it/evidence.rs`.

pub mod alike;
pub mod content;
pub mod picture;
mod sweep;
mod upload;

use std::collections::BTreeSet;

use amends_domain::case::evidence::EvidenceKind;
use amends_domain::command::Command;
use amends_domain::ids::{CaseId, EvidenceId};
use amends_store::Attached;
pub use amends_store::EvidenceRow;
use tokio::fs::File;

use self::content::{Checker, Class, Media};
pub use self::sweep::{Swept, evidence_sweep};
pub use self::upload::{EvidenceHead, Upload, UploadTo, evidence_begin};
use crate::caller::{Buyer, Caller, Right};
use crate::cases::case_command::{Given, case_command};
use crate::cases::case_read::case_row;
use crate::desk::Desk;
use crate::error::AppError;

/// Most pieces of a case: nine photos and a video of each side, several times over.
pub const CASE_PIECES_MAX: u32 = 60;
/// Most pieces of an order that wait for their case: what one request can need.
pub const WAITING_PIECES_MAX: u32 = 20;
/// Longest name of a file, in characters.
pub const FILE_NAME_CHARS_MAX: usize = 200;

/// What is wrong with a piece that was handed in. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceFault {
    /// The content is of no type that is taken, or not what was said.
    #[error("said to be {declared}, found {found}")]
    Type {
        /// What was said: a media type, or a kind of evidence.
        declared: String,
        /// What it is: a media type, or `unknown`.
        found: &'static str,
    },
    /// Larger than its type may be.
    #[error("larger than {limit_bytes} bytes")]
    TooLarge {
        /// How large it may be.
        limit_bytes: u64,
    },
    /// Its end did not come.
    #[error("the end of the file is missing")]
    CutOff,
    /// There are as many as there may be.
    #[error("there are {at_most} already")]
    TooMany {
        /// How many that is.
        at_most: u32,
    },
}

impl EvidenceFault {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Type { .. } => "evidence_type",
            Self::TooLarge { .. } => "evidence_too_large",
            Self::CutOff => "evidence_cut_off",
            Self::TooMany { .. } => "evidence_too_many",
        }
    }
}

/// Whether content of this class can show this kind of thing.
fn fits(kind: EvidenceKind, class: Class) -> bool {
    match kind {
        EvidenceKind::Photo | EvidenceKind::PackingPhoto => class == Class::Photo,
        EvidenceKind::Video => class == Class::Video,
        _ => true,
    }
}

/// What content in one piece is, if it is of a type that is taken.
pub(crate) fn media_of(declared: Option<&str>, bytes: &[u8]) -> Result<Media, EvidenceFault> {
    let mut checker = Checker::new(declared);
    checker.feed(bytes)?;
    checker.finish()
}

/// Adds a piece to a case. This is the one place where evidence and case come together: what makes a
/// case's history tell of it belongs here.
pub(crate) async fn evidence_add(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    piece: &EvidenceRow,
) -> Result<(), AppError> {
    let at_most = CASE_PIECES_MAX;
    let attached = desk
        .store
        .evidence_attach(caller.shop(), piece.id, case, at_most)
        .await?;
    match attached {
        Attached::Done => pictures_supply(desk, caller, case, piece).await,
        Attached::Full => Err(EvidenceFault::TooMany { at_most }.into()),
        Attached::Gone => Err(AppError::NotFound { what: "evidence" }),
    }
}

/// Tells an open case how many pictures it has now, so that a right that was wanting them is judged anew
/// (ELG-2, FLW-4). Asked again, or where it was judged by as many, nothing is written.
async fn pictures_supply(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    piece: &EvidenceRow,
) -> Result<(), AppError> {
    if !is_picture(piece) {
        return Ok(());
    }
    let row = case_row(desk, caller, case).await?.case;
    let known = row.declared.filter(|_| !row.is_closed());
    let Some(known) = known.map(|declared| declared.photos) else {
        return Ok(());
    };
    let pieces = desk.store.evidence_of_case(caller.shop(), case).await?;
    let photos = pieces.iter().filter(|piece| is_picture(piece)).count();
    let photos = u32::try_from(photos).unwrap_or(u32::MAX);
    // What was shown elsewhere counted before, and goes on counting.
    if photos <= known {
        return Ok(());
    }
    let given = Given {
        text: None,
        build: move |_| Command::Supply {
            goods_intact: None,
            photos: Some(photos),
        },
        if_terms: None,
        key: None,
    };
    match case_command(desk, caller, case, given).await {
        // It closed meanwhile, or takes no more: the piece is with it all the same.
        Ok(_) | Err(AppError::Refused(_)) => Ok(()),
        Err(fault) => Err(fault),
    }
}

fn is_picture(piece: &EvidenceRow) -> bool {
    let media = Media::named(&piece.media).filter(|_| piece.erased_at.is_none());
    media.is_some_and(|media| matches!(media.class(), Class::Photo | Class::Video))
}

/// The pieces of a case that a finding rests on, each once; all of them have to be the case's.
pub async fn evidence_named(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    mut named: Vec<EvidenceId>,
) -> Result<Vec<EvidenceId>, AppError> {
    case_row(desk, caller, case).await?;
    if named.is_empty() {
        return Ok(named);
    }
    let pieces = desk.store.evidence_of_case(caller.shop(), case).await?;
    // What the shop added for itself is to its buyer as if it were not there.
    let seen =
        |piece: &EvidenceRow| !matches!(caller, Caller::Buyer(_)) || piece.buyer.is_some() || piece.shared;
    let seen = pieces.into_iter().filter(seen);
    let mut left: BTreeSet<EvidenceId> = seen.map(|piece| piece.id).collect();
    if named.iter().any(|id| !left.contains(id)) {
        return Err(AppError::NotFound { what: "evidence" });
    }
    named.retain(|id| left.remove(id));
    Ok(named)
}

/// How many photos and videos wait for the case a buyer is about to open.
pub(crate) async fn pictures_waiting(desk: &Desk, buyer: &Buyer) -> Result<u32, AppError> {
    let waiting = evidence_waiting(desk, buyer).await?;
    let pictures = waiting.iter().filter(|piece| is_picture(piece));
    Ok(u32::try_from(pictures.count()).unwrap_or(u32::MAX))
}

/// Adds what a buyer handed in beforehand to the case he opened. Asked again, it adds what is left.
pub(crate) async fn evidence_add_waiting(desk: &Desk, buyer: &Buyer, case: CaseId) -> Result<(), AppError> {
    let caller = Caller::Buyer(*buyer);
    for piece in evidence_waiting(desk, buyer).await? {
        evidence_add(desk, &caller, case, &piece).await?;
    }
    Ok(())
}

/// What a buyer handed in on the order of his link and that belongs to no case yet, oldest first.
pub async fn evidence_waiting(desk: &Desk, buyer: &Buyer) -> Result<Vec<EvidenceRow>, AppError> {
    let waiting = desk.store.evidence_waiting(buyer.shop, buyer.order, buyer.buyer);
    Ok(waiting.await?)
}

/// Takes back what waits for its case; what has come to a case is part of it.
pub async fn evidence_take_back(desk: &Desk, buyer: &Buyer, id: EvidenceId) -> Result<(), AppError> {
    let Buyer { shop, order, buyer } = *buyer;
    if desk.store.evidence_take_back(shop, order, buyer, id).await? {
        Ok(())
    } else {
        Err(AppError::NotFound { what: "evidence" })
    }
}

/// The evidence of a case, oldest first; a buyer sees what he added and what was shared with him.
pub async fn evidence_list(desk: &Desk, caller: &Caller, case: CaseId) -> Result<Vec<EvidenceRow>, AppError> {
    case_row(desk, caller, case).await?;
    let mut rows = desk.store.evidence_of_case(caller.shop(), case).await?;
    rows.retain(|row| is_shown(caller, row));
    Ok(rows)
}

/// A piece of evidence.
pub async fn evidence_get(desk: &Desk, caller: &Caller, id: EvidenceId) -> Result<EvidenceRow, AppError> {
    if let Caller::Staff(staff) = caller {
        staff.require(Right::Read)?;
    }
    let missing = AppError::NotFound { what: "evidence" };
    let row = desk.store.evidence_by_id(caller.shop(), id).await?;
    let Some(row) = row.filter(|row| is_shown(caller, row)) else {
        return Err(missing);
    };
    match (row.case, caller) {
        // Not there for him whose case it is not.
        (Some(case), _) => match case_row(desk, caller, case).await {
            Err(AppError::NotFound { .. }) => Err(missing),
            found => found.map(|_| row),
        },
        (None, Caller::Buyer(buyer)) if row.order == Some(buyer.order) => Ok(row),
        (None, _) => Err(missing),
    }
}

/// A piece with its bytes, to be read to its end.
pub async fn evidence_open(
    desk: &Desk,
    caller: &Caller,
    id: EvidenceId,
) -> Result<(EvidenceRow, File), AppError> {
    let row = evidence_get(desk, caller, id).await?;
    if row.erased_at.is_some() {
        return Err(AppError::NotFound { what: "evidence" });
    }
    let file = desk.blobs()?.open(caller.shop(), row.sha256).await?;
    let file = file.ok_or_else(|| AppError::Inconsistent(format!("the bytes of {id} are not there")))?;
    Ok((row, file))
}

fn is_shown(caller: &Caller, row: &EvidenceRow) -> bool {
    match caller {
        Caller::Staff(_) => true,
        Caller::Buyer(buyer) => row.shared || row.buyer == Some(buyer.buyer),
        Caller::Writer(writer) => row.shared || row.buyer == Some(writer.buyer),
    }
}
