//! Desks for simulations: SQLite in memory, and PostgreSQL where the test runner started one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use amends_app::blobs::Blobs;
use amends_app::clock::Clock;
use amends_app::desk::Desk;
use amends_app::random::Random;
use amends_app::vault::Vault;
use amends_app::{Store, Target};
use amends_domain::event::Event;
use amends_domain::time::Moment;
use amends_sim::payments::SimulatedPayments;

pub(crate) const START: Moment = Moment::from_millis(1_767_196_800_000);

/// A folder for files, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn fresh() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("amends-sim-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

pub(crate) struct Fixture {
    pub(crate) desk: Desk,
    pub(crate) provider: Arc<SimulatedPayments>,
    _folder: Folder,
}

pub(crate) async fn desk(target: &Target, seed: u64) -> Fixture {
    let store = Store::connect(target).await.unwrap();
    store.migrate().await.unwrap();
    let provider = Arc::new(SimulatedPayments::new(seed));
    let vault = Vault::new([7; 32]);
    let folder = Folder::fresh();
    let mut desk = Desk::start(
        store,
        Clock::manual(START),
        Random::seeded(seed),
        vault,
        provider.clone(),
    );
    desk.blobs = Some(Blobs::at(&folder.0));
    Fixture {
        desk,
        provider,
        _folder: folder,
    }
}

/// Every event whose bytes are kept under `testdata/events`, by the name of its type.
pub(crate) fn stored() -> Vec<(String, Event)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/events/v1");
    let files = fs::read_dir(folder).unwrap();
    let event = |file: fs::DirEntry| {
        let event = Event::decode(1, &fs::read(file.path()).unwrap()).unwrap();
        (event.name().to_owned(), event)
    };
    files.map(|file| event(file.unwrap())).collect()
}
