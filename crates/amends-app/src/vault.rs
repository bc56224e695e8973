//! The vault: identity data sealed per buyer, blind indexes to find it, signatures for links.
//!
//! Every buyer has a key of his own, wrapped by the master key; erasing that key erases the buyer.
//! The master key comes from file or environment and is in no backup.
//! Must not know: where sealed bytes are stored. Tests: beside the code.

use amends_domain::digest::Digest;
use amends_domain::ids::{BuyerId, MailId, ShopId};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::random::Random;

const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;

/// Who a buyer is. Never logged, never in an event.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Identity {
    /// The name he uses in the shop 昵称.
    pub nickname: String,
    /// His real name.
    pub name: String,
    /// His telephone.
    pub phone: String,
    /// His mail address.
    pub email: String,
    /// Where parcels go.
    pub address: String,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl Identity {
    /// What is shown to people who need not know more: `张**`, `138****1234`.
    #[must_use]
    pub fn masked(&self) -> Self {
        let name = self.name.chars().take(1).chain("**".chars()).collect();
        let phone: Vec<char> = self.phone.chars().collect();
        // Of a short number nothing is shown: its tail would be all of it.
        let (head, tail) = if phone.len() < 8 {
            (0, phone.len())
        } else {
            (3.min(phone.len() - 8), phone.len() - 4)
        };
        let phone = phone[..head]
            .iter()
            .chain(&['*'; 4])
            .chain(&phone[tail..])
            .collect();
        let hidden = |text: &str| {
            if text.is_empty() {
                String::new()
            } else {
                "***".to_owned()
            }
        };
        Self {
            nickname: self.nickname.clone(),
            name: if self.name.is_empty() { String::new() } else { name },
            phone: if self.phone.is_empty() {
                String::new()
            } else {
                phone
            },
            email: hidden(&self.email),
            address: hidden(&self.address),
        }
    }
}

/// An identity as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The buyer's key, wrapped by the master key.
    pub key_wrapped: Vec<u8>,
    /// The identity, sealed by the buyer's key.
    pub identity: Vec<u8>,
    /// Blind index of the nickname.
    pub nickname_index: Vec<u8>,
    /// Blind index of the telephone.
    pub phone_index: Vec<u8>,
    /// Blind index of the mail address.
    pub email_index: Vec<u8>,
    /// Blind index of the address.
    pub address_index: Vec<u8>,
}

/// Sealed bytes that do not open: another master key, or altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed data does not open with this master key")]
pub struct VaultError;

/// Keeper of the master key.
#[derive(Clone)]
pub struct Vault {
    master: [u8; KEY_BYTES],
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// A vault with its master key of 32 bytes.
    pub fn new(master: [u8; KEY_BYTES]) -> Self {
        Self { master }
    }

    /// HMAC-SHA256 under a key of the master key's own for each purpose.
    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let derived = keyed(&self.master, purpose.as_bytes()).finalize().into_bytes();
        keyed(&derived, Digest::of(parts).bytes())
    }

    /// Signs for a purpose.
    pub fn sign(&self, purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
        self.mac(purpose, parts).finalize().into_bytes().to_vec()
    }

    /// Checks a signature, in constant time.
    pub fn verify(&self, purpose: &str, parts: &[&[u8]], signature: &[u8]) -> bool {
        self.mac(purpose, parts).verify_slice(signature).is_ok()
    }

    /// Where a nickname is looked up; letter case and surrounding spaces do not matter.
    pub fn nickname_index(&self, shop: ShopId, nickname: &str) -> Vec<u8> {
        self.index(shop, "nickname", &nickname.trim().to_lowercase())
    }

    /// Where a telephone is looked up; only its digits matter.
    pub fn phone_index(&self, shop: ShopId, phone: &str) -> Vec<u8> {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        self.index(shop, "phone", &digits)
    }

    /// Where a mail address is looked up; letter case and surrounding spaces do not matter.
    pub fn email_index(&self, shop: ShopId, email: &str) -> Vec<u8> {
        self.index(shop, "email", &email.trim().to_lowercase())
    }

    /// Where an address is looked up: spaces, punctuation, letter case and full width do not matter.
    pub fn address_index(&self, shop: ShopId, address: &str) -> Vec<u8> {
        let narrow = |letter: char| match u32::from(letter) {
            wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(letter),
            _ => letter,
        };
        let told = address
            .chars()
            .map(narrow)
            .filter(|letter| letter.is_alphanumeric());
        let told: String = told.flat_map(char::to_lowercase).collect();
        self.index(shop, "address", &told)
    }

    fn index(&self, shop: ShopId, field: &str, value: &str) -> Vec<u8> {
        if value.is_empty() {
            return Vec::new();
        }
        self.sign(
            "blind-index",
            &[shop.to_string().as_bytes(), field.as_bytes(), value.as_bytes()],
        )
    }

    /// Seals an identity under a fresh key of the buyer's own.
    pub fn seal(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        identity: &Identity,
        random: &Random,
    ) -> Result<Sealed, VaultError> {
        let key: [u8; KEY_BYTES] = random.bytes();
        let bound = format!("{shop} {buyer}");
        let plain = serde_json::to_vec(identity).map_err(|_| VaultError)?;
        Ok(Sealed {
            key_wrapped: encrypt(&self.master, bound.as_bytes(), &key, random)?,
            identity: encrypt(&key, bound.as_bytes(), &plain, random)?,
            nickname_index: self.nickname_index(shop, &identity.nickname),
            phone_index: self.phone_index(shop, &identity.phone),
            email_index: self.email_index(shop, &identity.email),
            address_index: self.address_index(shop, &identity.address),
        })
    }

    /// Opens what [`Vault::seal`] sealed.
    pub fn open(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        key_wrapped: &[u8],
        identity: &[u8],
    ) -> Result<Identity, VaultError> {
        let bound = format!("{shop} {buyer}");
        let key = decrypt(&self.master, bound.as_bytes(), key_wrapped)?;
        let key: [u8; KEY_BYTES] = key.try_into().map_err(|_| VaultError)?;
        let plain = decrypt(&key, bound.as_bytes(), identity)?;
        serde_json::from_slice(&plain).map_err(|_| VaultError)
    }
}

/// What a buyer's own things are sealed by: his key, open. Gone with it once he is erased.
pub struct BuyerKey {
    key: [u8; KEY_BYTES],
    bound: String,
}

impl Vault {
    /// A buyer's key, from what [`Vault::seal`] wrapped.
    pub fn buyer_key_open(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        key_wrapped: &[u8],
    ) -> Result<BuyerKey, VaultError> {
        let bound = format!("{shop} {buyer}");
        let key = decrypt(&self.master, bound.as_bytes(), key_wrapped)?;
        let key = key.try_into().map_err(|_| VaultError)?;
        Ok(BuyerKey { key, bound })
    }
}

impl BuyerKey {
    /// Seals a part of what is known of him, which has a name.
    pub fn seal(&self, part: &str, plain: &[u8], random: &Random) -> Result<Vec<u8>, VaultError> {
        encrypt(
            &self.key,
            format!("{} {part}", self.bound).as_bytes(),
            plain,
            random,
        )
    }

    /// Opens such a part.
    pub fn open(&self, part: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        decrypt(&self.key, format!("{} {part}", self.bound).as_bytes(), sealed)
    }
}

/// What a mail is sealed by: a key of its own, open. It belongs to one mail of one shop.
pub struct MailKey {
    key: [u8; KEY_BYTES],
    bound: String,
}

impl Vault {
    /// A fresh key for a mail, and the same wrapped by the master key.
    pub fn mail_key(
        &self,
        shop: ShopId,
        mail: MailId,
        random: &Random,
    ) -> Result<(MailKey, Vec<u8>), VaultError> {
        let (key, bound) = (random.bytes(), format!("{shop} {mail}"));
        let wrapped = encrypt(&self.master, bound.as_bytes(), &key, random)?;
        Ok((MailKey { key, bound }, wrapped))
    }

    /// A mail's key, from what [`Vault::mail_key`] wrapped.
    pub fn mail_key_open(
        &self,
        shop: ShopId,
        mail: MailId,
        key_wrapped: &[u8],
    ) -> Result<MailKey, VaultError> {
        let bound = format!("{shop} {mail}");
        let key = decrypt(&self.master, bound.as_bytes(), key_wrapped)?;
        let key = key.try_into().map_err(|_| VaultError)?;
        Ok(MailKey { key, bound })
    }
}

impl MailKey {
    /// Seals a part of the mail, which has a name.
    pub fn seal(&self, part: &str, plain: &[u8], random: &Random) -> Result<Vec<u8>, VaultError> {
        encrypt(&self.key, self.bound_to(part).as_bytes(), plain, random)
    }

    /// Opens a part of the mail.
    pub fn open(&self, part: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        decrypt(&self.key, self.bound_to(part).as_bytes(), sealed)
    }

    fn bound_to(&self, part: &str) -> String {
        format!("{} {part}", self.bound)
    }
}

fn keyed(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length; the fallback is never reached.
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| <Hmac<Sha256> as KeyInit>::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
    mac.update(message);
    mac
}

fn cipher(key: &[u8; KEY_BYTES]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

fn encrypt(
    key: &[u8; KEY_BYTES],
    bound: &[u8],
    plain: &[u8],
    random: &Random,
) -> Result<Vec<u8>, VaultError> {
    let nonce: [u8; NONCE_BYTES] = random.bytes();
    let payload = Payload {
        msg: plain,
        aad: bound,
    };
    let sealed = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| VaultError)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn decrypt(key: &[u8; KEY_BYTES], bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES).ok_or(VaultError)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| VaultError)?;
    cipher(key)
        .decrypt(
            &XNonce::from(nonce),
            Payload {
                msg: sealed,
                aad: bound,
            },
        )
        .map_err(|_| VaultError)
}

#[cfg(test)]
mod tests {
    use amends_domain::time::Moment;

    use super::*;

    #[test]
    fn an_identity_opens_only_where_it_belongs() {
        let random = Random::seeded(1);
        let (vault, other) = (Vault::new([1; 32]), Vault::new([2; 32]));
        let shop: ShopId = random.id(Moment::from_millis(0));
        let (buyer, stranger): (BuyerId, BuyerId) = (
            random.id(Moment::from_millis(0)),
            random.id(Moment::from_millis(0)),
        );
        let identity = Identity {
            nickname: "小满".into(),
            phone: "138-0000-1234".into(),
            ..Identity::default()
        };
        let sealed = vault.seal(shop, buyer, &identity, &random).unwrap();
        let open = |vault: &Vault, buyer| vault.open(shop, buyer, &sealed.key_wrapped, &sealed.identity);
        assert_eq!(open(&vault, buyer), Ok(identity));
        assert_eq!(open(&vault, stranger), Err(VaultError));
        assert_eq!(open(&other, buyer), Err(VaultError));
        assert_eq!(sealed.phone_index, vault.phone_index(shop, "13800001234"));
    }

    #[test]
    fn masks_show_little() {
        let identity = Identity {
            name: "张小满".into(),
            phone: "13800001234".into(),
            ..Identity::default()
        };
        let masked = identity.masked();
        assert_eq!(
            (masked.name.as_str(), masked.phone.as_str()),
            ("张**", "138****1234")
        );
        assert_eq!(
            Identity {
                phone: "12".into(),
                ..Identity::default()
            }
            .masked()
            .phone,
            "****"
        );
    }
}
