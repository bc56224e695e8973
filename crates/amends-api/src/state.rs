//! What every handler shares.
//!
//! Must not know: routes. Tests: `tests/it/`.

use std::sync::Arc;

use amends_app::desk::Desk;
use amends_app::health::Readiness;

use crate::limiter::SignInLimiter;
use crate::metrics::Metrics;
use crate::options::ApiOptions;
use crate::slots::Slots;

/// The desk, and what HTTP adds to it.
pub(crate) struct Api {
    pub(crate) desk: Arc<Desk>,
    pub(crate) options: ApiOptions,
    pub(crate) readiness: Readiness,
    pub(crate) limiter: SignInLimiter,
    /// Streams that are open.
    pub(crate) streams: Slots,
    /// Files on their way in.
    pub(crate) uploads: Slots,
    /// Mails on their way in.
    pub(crate) mails: Slots,
    /// None when their names clash, which a test excludes.
    pub(crate) metrics: Option<Metrics>,
}

/// As axum hands it around.
pub(crate) type ApiState = Arc<Api>;
