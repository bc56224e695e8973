//! Bringing tables up to date.

use amends_store::{Migrated, Store, StoreError};

use crate::place::on_both;

/// The version this program makes; one more for each migration.
const LATEST: i64 = 26;

#[tokio::test]
async fn tables_are_made_once_and_a_later_version_is_left_alone() {
    on_both(async |place| {
        let store = Store::connect(&place.target).await.unwrap();
        assert_eq!(store.schema_version().await, Ok(0));
        assert_eq!(store.migrate().await, Ok(Migrated { from: 0, to: LATEST }));
        assert_eq!(
            store.migrate().await,
            Ok(Migrated {
                from: LATEST,
                to: LATEST
            })
        );
        assert_eq!(store.schema_version().await, Ok(LATEST));
        place.run("UPDATE schema_version SET version = 99").await;
        let refused = store.migrate().await.unwrap_err();
        assert!(
            matches!(
                refused,
                StoreError::Schema {
                    found: 99,
                    known: LATEST,
                    ..
                }
            ),
            "{refused}"
        );
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once() {
    on_both(async |place| {
        let one = Store::connect(&place.target).await.unwrap();
        let other = Store::connect(&place.target).await.unwrap();
        let (first, second) = tokio::join!(one.migrate(), other.migrate());
        let mut from = [first.unwrap().from, second.unwrap().from];
        from.sort_unstable();
        assert_eq!(from, [0, LATEST]);
        one.close().await;
        other.close().await;
    })
    .await;
}
