//! What a node decides about its own HTTP service.
//!
//! Must not know: how it is read from files or the environment. Tests: `tests/it/system.rs`.

/// Options of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiOptions {
    /// Offers `POST /_clock` to callers on the same machine; for a demo on a manual clock.
    pub manual_clock: bool,
    /// Largest body, in bytes; 1 MiB when nothing else is said.
    pub body_limit_bytes: usize,
    /// Attempts to sign in per minute, counted for each login from each peer.
    pub sign_in_per_minute: u32,
    /// Attempts to sign in per minute from each peer, whatever the login.
    pub sign_in_per_minute_peer: u32,
    /// Cookies go over TLS only.
    pub secure_cookies: bool,
}

impl Default for ApiOptions {
    fn default() -> Self {
        Self {
            manual_clock: false,
            body_limit_bytes: 1_048_576,
            sign_in_per_minute: 10,
            sign_in_per_minute_peer: 30,
            secure_cookies: false,
        }
    }
}
