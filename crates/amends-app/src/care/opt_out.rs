//! The way out of care mail 退订: a signed link that needs no sign-in and never expires, and what it opens.
//!
//! The token is `v1.<shop>.<mail>.<buyer>.<signature>`, all of it under the signature. Must not know:
//! addresses of pages. Tests: beside the code, `amends-api/tests/it/care.rs`.

use amends_domain::actor::Actor;
use amends_domain::event::actor_text;
use amends_domain::ids::{BuyerId, CareId, ShopId};
use amends_domain::time::Moment;
use amends_store::{OptOut, OptedOut};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::desk::Desk;
use crate::error::AppError;
use crate::vault::Vault;

const PURPOSE: &str = "care-opt-out-v1";

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WayOut {
    /// Which shop.
    pub shop: ShopId,
    /// In which mail it stood.
    pub care: CareId,
    /// Whose it is.
    pub buyer: BuyerId,
}

fn signed_text(way: &WayOut) -> String {
    format!("{}.{}.{}", way.shop, way.care, way.buyer)
}

/// Makes the token of a link.
pub fn way_out_sign(vault: &Vault, way: &WayOut) -> String {
    let text = signed_text(way);
    let signature = URL_SAFE_NO_PAD.encode(vault.sign(PURPOSE, &[text.as_bytes()]));
    format!("v1.{text}.{signature}")
}

/// Reads a token.
pub fn way_out_verify(vault: &Vault, token: &str) -> Result<WayOut, AppError> {
    parse(vault, token).ok_or(AppError::LinkTampered)
}

fn parse(vault: &Vault, token: &str) -> Option<WayOut> {
    let mut parts = token.strip_prefix("v1.")?.split('.');
    let (shop, care, buyer, signature) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let way = WayOut {
        shop: shop.parse().ok()?,
        care: care.parse().ok()?,
        buyer: buyer.parse().ok()?,
    };
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    vault
        .verify(PURPOSE, &[signed_text(&way).as_bytes()], &signature)
        .then_some(way)
}

/// What a buyer sees who opens his way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOutView {
    /// The shop's name.
    pub shop: String,
    /// Since when he wants none; none while he gets them.
    pub opted_out_at: Option<Moment>,
}

/// What a link opens.
pub async fn way_out_get(desk: &Desk, token: &str) -> Result<WayOutView, AppError> {
    let way = way_out_verify(&desk.vault, token)?;
    Ok(WayOutView {
        shop: desk.shop(way.shop).await?.name,
        opted_out_at: desk.store.care_opted_out(way.shop, way.buyer).await?,
    })
}

/// Opts a buyer out, at once. Again changes nothing.
pub async fn care_opt_out(desk: &Desk, token: &str) -> Result<OptedOut, AppError> {
    let way = way_out_verify(&desk.vault, token)?;
    let out = OptOut {
        buyer: way.buyer,
        care: Some(way.care),
        at: desk.clock.now(),
        given_by: &actor_text(&Actor::Buyer(way.buyer)),
    };
    let done = desk.store.care_opt_out(way.shop, &out).await?;
    done.ok_or(AppError::NotFound { what: "buyer" })
}

/// Takes his opt-out back: only who has the link can.
pub async fn care_opt_in(desk: &Desk, token: &str) -> Result<(), AppError> {
    let way = way_out_verify(&desk.vault, token)?;
    desk.store.care_opt_in(way.shop, way.buyer).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn a_way_out_is_its_buyers_alone_and_never_altered() {
        let (random, vault, at) = (Random::seeded(5), Vault::new([9; 32]), Moment::from_millis(1_000));
        let way = WayOut {
            shop: random.id(at),
            care: random.id(at),
            buyer: random.id(at),
        };
        let token = way_out_sign(&vault, &way);
        assert_eq!(way_out_verify(&vault, &token).unwrap(), way);
        let other: BuyerId = random.id(at);
        for altered in [
            token.replace(&way.buyer.to_string(), &other.to_string()),
            token[..token.len() - 1].to_owned(),
            format!("{token}.x"),
            token.replace("v1.", "v2."),
            String::new(),
        ] {
            assert!(way_out_verify(&vault, &altered).is_err(), "{altered}");
        }
        assert!(way_out_verify(&Vault::new([8; 32]), &token).is_err());
    }
}
