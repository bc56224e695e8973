//! Passwords: hashing and checking with Argon2id.
//!
//! Must not know: who signs in. Tests: beside the code.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::random::Random;

/// Shortest password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Longest password, in bytes.
pub const PASSWORD_BYTES_MAX: usize = 512;

/// Hashes a password into its PHC text.
pub(crate) fn hash(password: &str, random: &Random) -> Option<String> {
    let salt: [u8; 16] = random.bytes();
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .ok()?;
    Some(hash.to_string())
}

/// Checks a password. Without a stored hash the same work is done, so that the time taken does not
/// tell whether a login exists.
pub(crate) fn matches(password: &str, stored: Option<&str>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let Ok(parsed) = PasswordHash::new(stored.unwrap_or(NOBODY)) else {
        return false;
    };
    let fits = Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    fits && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_fits() {
        let stored = hash("圆满售后-2026", &Random::seeded(1)).unwrap();
        assert!(matches("圆满售后-2026", Some(&stored)));
        assert!(!matches("圆满售后-2025", Some(&stored)));
        assert!(!matches("圆满售后-2026", None));
    }
}
