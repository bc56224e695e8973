//! The letter that brings a buyer his one-time code. It belongs to no case, so it is no notice.
//!
//! Must not know: who may have one. Tests: `amends-api/tests/it/codes.rs`.

use amends_domain::digest::Digest;
use amends_domain::time::Moment;
use amends_store::ShopRow;

use super::catalogue::Catalogue;
use super::language::Language;
use super::mail::Letter;
use crate::error::AppError;
use crate::template::filled;

pub(crate) fn code_letter(
    shop: &ShopRow,
    address: String,
    code: &str,
    language: Language,
    id: Digest,
    at: Moment,
) -> Result<Letter, AppError> {
    let catalogue = Catalogue::shipped().map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let tongue = catalogue.tongues.get(&language);
    let frame = &tongue
        .ok_or_else(|| AppError::Inconsistent("a notice's language".to_owned()))?
        .frame;
    let value = |place: &str| {
        Some(match place {
            "shop" => shop.name.clone(),
            _ => code.to_owned(),
        })
    };
    let text = filled(&frame.code, value);
    let framed = |place: &str| {
        Some(match place {
            "shop" => shop.name.clone(),
            _ => text.clone(),
        })
    };
    Ok(Letter {
        id: format!("code.{id}"),
        shop: shop.name.clone(),
        address,
        subject: filled(&frame.code_subject, value),
        text: filled(&frame.sms, framed),
        at,
        opt_out: String::new(),
    })
}
