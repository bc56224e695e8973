//! Evidence over the wire: what is said of a piece in headers, and what is told of it in JSON.
//!
//! Must not know: bytes. Tests: beside the code, `tests/it/evidence.rs`.

use std::fmt::Write as _;

use amends_app::evidence::alike::Alike;
use amends_app::evidence::content::Media;
use amends_app::evidence::{EvidenceHead, EvidenceRow};
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::ids::{CaseId, EvidenceId};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::event::named;
use super::values::At;
use crate::headers::idempotency_key;
use crate::problem::{Fault, Problem};

/// Says what a piece shows. No form can send it, so no other site can use a session with it.
pub(crate) const EVIDENCE_KIND: &str = "evidence-kind";
const EVIDENCE_NAME: &str = "evidence-name";
const EVIDENCE_SHARED: &str = "evidence-shared";

/// The headers of a piece of evidence; its body is the file as it is.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes the headers")]
pub(crate) struct EvidenceHeaders {
    /// Makes repeating the request harmless: a fresh one for each piece, the same when retried.
    #[param(rename = "Idempotency-Key", max_length = 200)]
    idempotency_key: String,
    /// What it shows: `photo`, `video`, `chat_record`, `listing_snapshot`, `packing_photo`,
    /// `test_report`, `authorization`, `logistics_trace`, `dispatch_check` or `other`.
    #[param(rename = "Evidence-Kind")]
    evidence_kind: String,
    /// What its owner calls the file: UTF-8, percent-encoded.
    #[param(rename = "Evidence-Name", example = "%E7%A0%B4%E6%B4%9E.jpg")]
    evidence_name: Option<String>,
    /// `true` when the buyer of the case may see what the shop adds.
    #[param(rename = "Evidence-Shared")]
    evidence_shared: Option<bool>,
}

/// A piece of evidence.
#[derive(Serialize, ToSchema)]
#[schema(as = Evidence)]
pub(crate) struct EvidenceDto {
    /// Its id.
    #[schema(value_type = String)]
    id: EvidenceId,
    /// The case it belongs to; none while its buyer has not opened one.
    #[schema(value_type = Option<String>)]
    case: Option<CaseId>,
    /// What it shows.
    #[schema(example = "photo")]
    kind: String,
    /// What its owner calls the file, unless he did not say or it was erased.
    name: Option<String>,
    /// The type of its content.
    #[schema(example = "image/jpeg")]
    media: String,
    /// Its size.
    bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: String,
    /// Whether the buyer of the case may see it.
    shared: bool,
    /// Who added it: one of `buyer`, `person` (with `id` and `role`).
    #[schema(value_type = Object)]
    added_by: Value,
    /// When.
    added_at: At,
    /// When it was erased; its bytes are then gone.
    erased_at: Option<At>,
}

/// Pieces of evidence, oldest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct EvidenceList {
    evidence: Vec<EvidenceDto>,
}

/// A piece of this case and one of another that look alike.
#[derive(Serialize, ToSchema)]
#[schema(as = Alike)]
pub(crate) struct AlikeDto {
    /// The piece of this case; its buyer handed it in.
    #[schema(value_type = String)]
    piece: EvidenceId,
    /// In how many of 64 bits their looks differ; none where it is the same file.
    bits: Option<u32>,
    /// The other piece.
    #[schema(value_type = String)]
    other: EvidenceId,
    /// Its case.
    #[schema(value_type = String)]
    case: CaseId,
    /// The number of its case.
    number: i64,
    /// Whether its case has the same buyer.
    same_buyer: bool,
    /// Whether the shop added the other piece.
    by_shop: bool,
    /// When the other piece was added.
    added_at: At,
}

/// Pieces of evidence that were seen on other cases, likest first. A sign, never a verdict.
#[derive(Serialize, ToSchema)]
pub(crate) struct AlikeList {
    alike: Vec<AlikeDto>,
}

impl AlikeList {
    pub(crate) fn of(found: Vec<Alike>) -> Self {
        let alike = found.into_iter().map(|one| AlikeDto {
            piece: one.piece,
            bits: one.bits,
            other: one.other.id,
            case: one.other.case,
            number: one.other.number,
            same_buyer: one.same_buyer,
            by_shop: one.other.by_shop,
            added_at: one.other.added_at.into(),
        });
        Self {
            alike: alike.collect(),
        }
    }
}

impl EvidenceDto {
    pub(crate) fn of(row: EvidenceRow, for_buyer: bool) -> Self {
        let added_by = serde_json::from_str(&row.added_by).unwrap_or_default();
        Self {
            id: row.id,
            case: row.case,
            kind: row.kind,
            name: row.file_name,
            media: row.media,
            bytes: row.bytes,
            sha256: row.sha256.to_string(),
            shared: row.shared || row.buyer.is_some(),
            added_by: named(added_by, for_buyer),
            added_at: row.added_at.into(),
            erased_at: row.erased_at.map(At),
        }
    }
}

impl EvidenceList {
    pub(crate) fn of(rows: Vec<EvidenceRow>, for_buyer: bool) -> Self {
        let evidence = rows.into_iter().map(|row| EvidenceDto::of(row, for_buyer));
        Self {
            evidence: evidence.collect(),
        }
    }
}

/// What the headers say of a piece.
pub(crate) fn evidence_head(headers: &HeaderMap) -> Result<EvidenceHead, Problem> {
    let key = idempotency_key(headers)?.ok_or(Fault::IdempotencyKeyRequired)?;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let kind = text(EVIDENCE_KIND).and_then(EvidenceKind::named);
    let kind = kind.ok_or_else(|| {
        let codes: Vec<&str> = EvidenceKind::ALL.iter().map(|kind| kind.code()).collect();
        Problem::invalid("Evidence-Kind", format!("must be one of {}", codes.join(", ")))
    })?;
    let file_name = match headers.get(EVIDENCE_NAME) {
        None => None,
        Some(value) => {
            let name = percent_decoded(value.as_bytes());
            Some(name.ok_or_else(|| Problem::invalid("Evidence-Name", "must be UTF-8, percent-encoded"))?)
        }
    };
    let shared = match headers
        .get(EVIDENCE_SHARED)
        .map(axum::http::HeaderValue::as_bytes)
    {
        None | Some(b"false") => false,
        Some(b"true") => true,
        Some(_) => return Err(Problem::invalid("Evidence-Shared", "must be true or false")),
    };
    Ok(EvidenceHead {
        kind,
        file_name,
        declared: text(CONTENT_TYPE.as_str()).map(str::to_owned),
        length_bytes: text(CONTENT_LENGTH.as_str()).and_then(|length| length.parse().ok()),
        shared,
        key,
    })
}

fn percent_decoded(text: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        if *byte == b'%' {
            let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
            let code = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(code).ok()?);
        } else {
            bytes.push(*byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// How a browser is told to save a piece (RFC 6266): under its own name, and for old programs under
/// its id.
pub(crate) fn disposition(row: &EvidenceRow) -> String {
    let ending = Media::named(&row.media).map_or("bin", Media::extension);
    let plain = format!("attachment; filename=\"{}.{ending}\"", row.id);
    let Some(name) = &row.file_name else {
        return plain;
    };
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            write!(encoded, "%{byte:02X}").ok();
        }
    }
    format!("{plain}; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_percent_encoded() {
        for (text, name) in [
            ("a b.jpg", Some("a b.jpg")),
            ("%E7%A0%B4.jpg", Some("破.jpg")),
            ("100%25", Some("100%")),
            ("", Some("")),
            ("%E7%A0", None),
            ("%", None),
            ("%4", None),
            ("%+1", None),
            ("%zz", None),
        ] {
            assert_eq!(percent_decoded(text.as_bytes()).as_deref(), name, "{text}");
        }
    }
}
