//! Signed links: what lets a buyer into one order without a password, for a while.
//!
//! The token is `v1.<order>.<expiry>.<signature>`; shop, order and expiry are under the signature.
//! Must not know: addresses of pages. Tests: beside the code, `amends-api/tests/it/buyers.rs`.

use amends_domain::ids::{OrderId, ShopId};
use amends_domain::time::Moment;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::AppError;
use crate::vault::Vault;

const PURPOSE: &str = "buyer-link-v1";

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Which shop.
    pub shop: ShopId,
    /// Which order.
    pub order: OrderId,
    /// Until when, on the domain's clock.
    pub expires_at: Moment,
}

fn signed_text(link: &Link) -> String {
    format!("{}.{}.{}", link.shop, link.order, link.expires_at.millis())
}

/// Makes the token of a link.
pub fn link_sign(vault: &Vault, link: &Link) -> String {
    let text = signed_text(link);
    let signature = URL_SAFE_NO_PAD.encode(vault.sign(PURPOSE, &[text.as_bytes()]));
    format!("v1.{text}.{signature}")
}

/// Reads a token: altered ones are refused before expired ones are told apart.
pub fn link_verify(vault: &Vault, token: &str, now: Moment) -> Result<Link, AppError> {
    let link = parse(vault, token).ok_or(AppError::LinkTampered)?;
    if link.expires_at <= now {
        Err(AppError::LinkExpired)
    } else {
        Ok(link)
    }
}

fn parse(vault: &Vault, token: &str) -> Option<Link> {
    let mut parts = token.strip_prefix("v1.")?.split('.');
    let (shop, order, expires_at, signature) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let link = Link {
        shop: shop.parse().ok()?,
        order: order.parse().ok()?,
        expires_at: Moment::from_millis(expires_at.parse().ok()?),
    };
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    vault
        .verify(PURPOSE, &[signed_text(&link).as_bytes()], &signature)
        .then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn a_link_opens_until_it_expires_and_never_when_altered() {
        let random = Random::seeded(3);
        let vault = Vault::new([9; 32]);
        let at = Moment::from_millis(1_000);
        let link = Link {
            shop: random.id(at),
            order: random.id(at),
            expires_at: Moment::from_millis(5_000),
        };
        let token = link_sign(&vault, &link);
        assert_eq!(link_verify(&vault, &token, at).unwrap(), link);
        let code = |token: &str, now| {
            link_verify(&vault, token, Moment::from_millis(now))
                .unwrap_err()
                .code()
        };
        assert_eq!(code(&token, 5_000), "link_expired");
        assert_eq!(code(&token.replace(".5000.", ".9000."), 1_000), "link_tampered");
        assert_eq!(code(&token[..token.len() - 1], 1_000), "link_tampered");
        assert_eq!(code(&format!("{token}.x"), 1_000), "link_tampered");
        assert_eq!(
            link_verify(&Vault::new([8; 32]), &token, at).unwrap_err().code(),
            "link_tampered"
        );
    }
}
