//! The desk: what every use case works with, wired once.
//!
//! Must not know: HTTP, the command line. Tests: `amends-api/tests/it`.

use std::sync::Arc;

use amends_domain::digest::{Digest, TextRef};
use amends_domain::ids::{ShopId, TextId};
use amends_domain::time::Moment;
use amends_store::{Calendars, CommitSettings, Committer, NewText, Store};

use tokio::sync::watch;

use crate::blobs::Blobs;
use crate::clock::Clock;
use crate::content;
use crate::error::{AppError, Reason};
use crate::mails::folder::MailInbox;
use crate::notices::Couriers;
use crate::payments::Payments;
use crate::presence::Presences;
use crate::random::Random;
use crate::vault::Vault;

/// Longest free text, in characters.
pub const TEXT_CHARS_MAX: usize = 10_000;

/// Store, committer, ports.
pub struct Desk {
    /// The database, for reading and for what is not a case.
    pub store: Store,
    /// Where commands on cases go.
    pub committer: Committer,
    /// The calendars that shops may name.
    pub calendars: Calendars,
    /// The domain's time.
    pub clock: Clock,
    /// Randomness and ids.
    pub random: Random,
    /// The master key's keeper.
    pub vault: Vault,
    /// How refunds leave.
    pub payments: Arc<dyn Payments>,
    /// How notices leave; none are connected until they are put here.
    pub couriers: Couriers,
    /// Where mails are delivered; none is not connected.
    pub inbox: Option<MailInbox>,
    /// Where the bytes of evidence lie; without a folder none is taken.
    pub blobs: Option<Blobs>,
    /// What whoever founds the first shop in the browser must know; none where nobody may.
    pub setup_token: Option<String>,
    /// Who looks at which case now.
    pub presences: Presences,
    /// Whether the service is about to stop: it is no longer ready, and whoever follows along is let go.
    pub(crate) stopping: watch::Sender<bool>,
}

impl Desk {
    /// Wires a desk and starts its committer.
    pub fn start(
        store: Store,
        clock: Clock,
        random: Random,
        vault: Vault,
        payments: Arc<dyn Payments>,
    ) -> Self {
        // They come with the program and a test reads them; without them days are Monday to Friday.
        let calendars = content::calendars().unwrap_or_default();
        let committer = store.committer(CommitSettings::default(), calendars.clone());
        Self {
            store,
            committer,
            calendars,
            clock,
            random,
            vault,
            payments,
            couriers: Couriers::default(),
            inbox: None,
            blobs: None,
            setup_token: None,
            presences: Presences::default(),
            stopping: watch::Sender::new(false),
        }
    }

    /// Says that the service is about to stop: from now on it is not ready, and streams end. What is
    /// asked is still answered.
    pub fn stop_begin(&self) {
        self.stopping.send_replace(true);
    }

    /// Ends the committer once the batch in its hands is written, and closes the database. What
    /// still waits is answered as not done.
    pub async fn stop(&self) {
        self.stop_begin();
        self.committer.clone().stop().await;
        self.store.clone().close().await;
    }

    /// Makes a text to be stored, with its salt, and the reference that events carry.
    pub(crate) fn text(
        &self,
        author: &str,
        body: String,
        at: Moment,
    ) -> Result<(TextRef, NewText), AppError> {
        let invalid = |reason| AppError::Invalid {
            field: "text",
            reason,
        };
        if body.is_empty() {
            return Err(invalid(Reason::Empty));
        }
        if body.chars().count() > TEXT_CHARS_MAX {
            let chars_max = TEXT_CHARS_MAX;
            return Err(invalid(Reason::TooLong { chars_max }));
        }
        if body.contains('\0') {
            return Err(invalid(Reason::Null));
        }
        let id: TextId = self.random.id(at);
        let salt: [u8; 16] = self.random.bytes();
        let digest = Digest::of(&[&salt, body.as_bytes()]);
        Ok((
            TextRef { id, digest },
            NewText {
                id,
                salt: salt.to_vec(),
                body,
                author: author.to_owned(),
                at,
            },
        ))
    }

    /// Where the bytes of evidence lie.
    pub(crate) fn blobs(&self) -> Result<&Blobs, AppError> {
        let missing = || AppError::Blobs {
            reason: "no folder was given for them".to_owned(),
        };
        self.blobs.as_ref().ok_or_else(missing)
    }

    /// A shop that must be there.
    pub(crate) async fn shop(&self, shop: ShopId) -> Result<amends_store::ShopRow, AppError> {
        self.store
            .shop_by_id(shop)
            .await?
            .ok_or(AppError::NotFound { what: "shop" })
    }
}
