//! Passwords: hashing and checking with Argon2id.
//!
//! Must not know: who signs in. Tests: beside the code.

use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::{AppError, Reason};
use crate::random::Random;

/// Shortest password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Longest password, in bytes.
pub const PASSWORD_BYTES_MAX: usize = 512;

/// Hashes a password into its PHC text.
fn hash_salted(password: &str, salt: [u8; 16]) -> Option<String> {
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .ok()?;
    Some(hash.to_string())
}

/// A hash that fits no password, with the work of a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Passwords worked on at once: each takes a core and 19 MiB.
static WORKING: Semaphore = Semaphore::const_new(4);
/// How long a password waits for its turn.
const TURN_WITHIN: Duration = Duration::from_secs(5);

/// Checks a password. Without a stored hash the same work is done, so that the time taken does not
/// tell whether a login exists.
fn matches(password: &str, stored: Option<&str>) -> bool {
    let Ok(parsed) = PasswordHash::new(stored.unwrap_or(NOBODY)) else {
        return false;
    };
    let fits = Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    fits && stored.is_some()
}

/// Checks a password on a thread that serves nobody else, when its turn comes.
pub(crate) async fn fits(password: &str, stored: Option<String>) -> Result<bool, AppError> {
    let _turn = turn().await?;
    let password = password.to_owned();
    let fits = tokio::task::spawn_blocking(move || matches(&password, stored.as_deref())).await;
    Ok(fits.unwrap_or(false))
}

/// A password within bounds as its PHC text, hashed when its turn comes.
pub(crate) async fn hashed(password: &str, random: &Random) -> Result<String, AppError> {
    let length = password.chars().count();
    if length < PASSWORD_CHARS_MIN || password.len() > PASSWORD_BYTES_MAX {
        let reason = Reason::Password {
            chars_min: PASSWORD_CHARS_MIN,
            bytes_max: PASSWORD_BYTES_MAX,
        };
        return Err(AppError::Invalid {
            field: "password",
            reason,
        });
    }
    let _turn = turn().await?;
    let (password, salt) = (password.to_owned(), random.bytes());
    let hashed = tokio::task::spawn_blocking(move || hash_salted(&password, salt)).await;
    hashed
        .ok()
        .flatten()
        .ok_or_else(|| AppError::Inconsistent("a password could not be hashed".to_owned()))
}

async fn turn() -> Result<SemaphorePermit<'static>, AppError> {
    match tokio::time::timeout(TURN_WITHIN, WORKING.acquire()).await {
        Ok(Ok(turn)) => Ok(turn),
        Ok(Err(_)) | Err(_) => Err(AppError::Busy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_fits() {
        let stored = hash_salted("圆满售后-2026", [1; 16]).unwrap();
        assert!(matches("圆满售后-2026", Some(&stored)));
        assert!(!matches("圆满售后-2025", Some(&stored)));
        assert!(!matches("圆满售后-2026", None));
    }

    #[test]
    fn nobodys_hash_takes_the_work_of_a_real_one_and_fits_nothing() {
        let real = hash_salted("圆满售后-2026", [1; 16]).unwrap();
        let (nobody, real) = (
            PasswordHash::new(NOBODY).unwrap(),
            PasswordHash::new(&real).unwrap(),
        );
        assert_eq!(
            (nobody.algorithm, nobody.version, &nobody.params),
            (real.algorithm, real.version, &real.params)
        );
        let checked = Argon2::default().verify_password(b"anything", &nobody);
        assert_eq!(checked, Err(argon2::password_hash::Error::PasswordInvalid));
    }
}
