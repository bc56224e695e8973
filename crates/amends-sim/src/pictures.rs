//! The pictures that simulated people add to cases; drawn for it.
//!
//! Must not know: when. Tests: `tests/it/`.

use amends_app::caller::Caller;
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::evidence::{EvidenceHead, UploadTo, evidence_begin};
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::ids::{CaseId, EvidenceId};

const RETURNED: &[u8] = include_bytes!("../pictures/return.jpg");

/// Adds a picture of what came back to a case.
pub(crate) async fn returned_goods(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
) -> Result<EvidenceId, AppError> {
    let head = EvidenceHead {
        kind: EvidenceKind::Photo,
        file_name: Some("退货验货.jpg".to_owned()),
        declared: Some("image/jpeg".to_owned()),
        length_bytes: None,
        shared: true,
        key: format!("returned-{case}"),
    };
    let mut upload = evidence_begin(desk, caller, UploadTo::Case(case), head).await?;
    upload.write(RETURNED).await?;
    Ok(upload.finish().await?.id)
}
