//! Databases that are gone, held or full: a typed answer, and work again once they are not.

use std::fs;
use std::time::Duration;

use amends_store::{CommitError, Options, Store, StoreError, Target};
use sqlx::{AssertSqlSafe, Connection};

use crate::place::{Place, on_both, on_postgres, on_sqlite};
use crate::shop::Shop;

/// A shop on a store that does not wait long.
async fn impatient(place: &Place, wait_millis: u64, pages_max: Option<u32>) -> Shop {
    let options = Options {
        wait: Duration::from_millis(wait_millis),
        pages_max,
        ..Options::default()
    };
    place.open().await.close().await;
    Shop::on(Store::connect_with(&place.target, options).await.unwrap()).await
}

#[tokio::test]
async fn a_file_that_is_removed_is_missed_and_found_again() {
    on_sqlite(async |place| {
        let shop = Shop::at(place).await;
        let (_, case) = shop.opened(10_000).await;
        let aside = place.file().with_extension("aside");
        fs::rename(place.file(), &aside).unwrap();
        let fault = shop.commit(shop.approve(case)).await.unwrap_err();
        assert!(
            matches!(fault, CommitError::Store(StoreError::Unavailable { .. })),
            "{fault}"
        );
        let fault = shop.store.case_by_id(shop.id, case).await.unwrap_err();
        assert!(matches!(fault, StoreError::Unavailable { .. }), "{fault}");

        fs::write(place.file(), b"").unwrap();
        let fault = shop.commit(shop.approve(case)).await.unwrap_err();
        assert!(fault.to_string().contains("replaced"), "{fault}");

        fs::rename(&aside, place.file()).unwrap();
        assert!(shop.commit(shop.approve(case)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_held_is_waited_for_and_then_told_of() {
    on_sqlite(async |place| {
        let shop = impatient(place, 50, None).await;
        let (_, case) = shop.opened(10_000).await;
        let mut holder = place.sqlite().await;
        sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut holder)
            .await
            .unwrap();
        let fault = shop.commit(shop.approve(case)).await.unwrap_err();
        let CommitError::Store(fault @ StoreError::Locked { .. }) = fault else {
            panic!("{fault}")
        };
        assert_eq!((fault.code(), fault.is_transient()), ("store_locked", true));
        assert!(
            shop.store.case_by_id(shop.id, case).await.unwrap().is_some(),
            "readers go on"
        );
        sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
        assert!(shop.commit(shop.approve(case)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_order_that_is_held_is_waited_for_and_then_told_of() {
    on_postgres(async |place| {
        let shop = impatient(place, 1_000, None).await;
        let (order, case) = shop.opened(10_000).await;
        let (_, other) = shop.opened(10_000).await;
        let mut holder = place.postgres().await;
        // Somebody's session, left open in the middle of a transaction.
        let hold = format!(
            "BEGIN; SELECT 1 FROM orders WHERE order_id = '{}' FOR UPDATE",
            order.id
        );
        sqlx::raw_sql(AssertSqlSafe(hold))
            .execute(&mut holder)
            .await
            .unwrap();
        let within = Duration::from_secs(3);
        let told = tokio::time::timeout(within, shop.commit(shop.approve(case))).await;
        let CommitError::Store(fault @ StoreError::Locked { .. }) = told.unwrap().unwrap_err() else {
            panic!("not locked")
        };
        assert_eq!((fault.code(), fault.is_transient()), ("store_locked", true));
        assert!(shop.commit(shop.approve(other)).await.is_ok(), "others go on");
        assert!(
            shop.store.case_by_id(shop.id, case).await.unwrap().is_some(),
            "readers go on"
        );
        sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
        assert!(shop.commit(shop.approve(case)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_full_file_is_told_of_and_works_once_there_is_room() {
    on_sqlite(async |place| {
        let shop = impatient(place, 50, Some(200)).await;
        let (_, case) = shop.opened(10_000).await;
        let page = "文".repeat(4_000);
        let mut notes = 0;
        let fault = loop {
            match shop.commit(shop.note(case, &page)).await {
                Ok(_) => notes += 1,
                Err(fault) => break fault,
            }
            assert!(notes < 200, "it never filled");
        };
        let CommitError::Store(fault @ StoreError::Full { .. }) = fault else {
            panic!("{fault}")
        };
        assert_eq!((fault.code(), fault.is_transient()), ("store_full", false));
        assert_eq!(place.rows_of("texts").await, notes, "nothing half-written");
        place.run("DELETE FROM texts").await;
        assert!(shop.commit(shop.note(case, &page)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_replaced() {
    on_postgres(async |place| {
        let shop = Shop::at(place).await;
        let (_, case) = shop.opened(10_000).await;
        let Target::Postgres(url) = &place.target else {
            return;
        };
        let mut other = sqlx::PgConnection::connect(url).await.unwrap();
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::raw_sql(cut).execute(&mut other).await.unwrap();
        assert!(shop.commit(shop.approve(case)).await.is_ok());
        assert_eq!(place.rows_of("audit").await, 2);
    })
    .await;
}

#[tokio::test]
async fn no_database_is_no_riddle() {
    let nowhere = [
        Target::SqliteFile("/nowhere/at/all/amends.db".into()),
        Target::Postgres("postgres://nobody:secret-word@127.0.0.1:1/none".to_owned()),
    ];
    for target in nowhere {
        let Err(fault) = Store::connect(&target).await else {
            panic!("{target:?} is there")
        };
        assert!(matches!(fault, StoreError::Unavailable { .. }), "{fault}");
        assert!(!fault.to_string().contains("secret-word"), "{fault}");
    }
}

#[tokio::test]
async fn faults_quote_no_values() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (_, case) = shop.opened(10_000).await;
        let note = shop.note(case, "13800138000");
        let mut again = shop.note(case, "13800138000");
        again.texts[0].id = note.texts[0].id;
        shop.commit(note).await.unwrap();
        let fault = shop.commit(again.clone()).await.unwrap_err();
        assert!(
            matches!(fault, CommitError::Store(StoreError::Database { .. })),
            "{fault}"
        );
        let (told, id) = (fault.to_string(), again.texts[0].id.to_string());
        assert!(!told.contains("13800138000") && !told.contains(&id), "{told}");
    })
    .await;
}
