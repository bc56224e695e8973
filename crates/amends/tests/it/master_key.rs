//! The master key is made once, for an empty database, and no other opens what it sealed.

use std::fs;
use std::path::Path;

use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::program::{Folder, amends};

fn simulated() -> Folder {
    let folder = Folder::new();
    let ran = amends(folder.path(), &["simulate", "--days", "2", "--orders", "8"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

fn key(folder: &Folder) -> std::path::PathBuf {
    folder.path().join("master.key")
}

/// The database as it was before it kept a fingerprint.
async fn forget(data: &Path) {
    let mut connection = SqliteConnectOptions::new()
        .filename(data.join("amends.sqlite"))
        .connect()
        .await
        .unwrap();
    let forgotten = sqlx::raw_sql("DELETE FROM install")
        .execute(&mut connection)
        .await;
    assert_eq!(forgotten.unwrap().rows_affected(), 1);
}

fn refuses(folder: &Folder, says: &str) {
    for words in [&["verify"][..], &["token", "create", "--role", "machine"]] {
        let ran = amends(folder.path(), words);
        assert_eq!(ran.code, 2, "{words:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(says), "{words:?}: {}", ran.err);
    }
    let looked = amends(folder.path(), &["doctor"]);
    assert_eq!(looked.code, 1);
    assert!(looked.out.contains("BAD  master key"), "{}", looked.out);
}

#[test]
fn a_lost_key_is_never_replaced_by_a_new_one() {
    let folder = simulated();
    let kept = fs::read(key(&folder)).unwrap();
    fs::remove_file(key(&folder)).unwrap();
    refuses(&folder, "there is no master key");
    assert!(!key(&folder).exists());
    fs::write(key(&folder), kept).unwrap();
    assert_eq!(amends(folder.path(), &["verify"]).code, 0);
}

#[test]
fn another_key_opens_nothing() {
    let folder = simulated();
    fs::write(key(&folder), "ab".repeat(32)).unwrap();
    refuses(&folder, "not the one this database was made with");
}

#[tokio::test]
async fn a_database_without_a_fingerprint_takes_only_the_key_that_opens_it() {
    let folder = simulated();
    let kept = fs::read(key(&folder)).unwrap();
    forget(folder.path()).await;
    fs::remove_file(key(&folder)).unwrap();
    refuses(&folder, "there is no master key");
    fs::write(key(&folder), "ab".repeat(32)).unwrap();
    refuses(&folder, "not the one this database was made with");
    fs::write(key(&folder), kept).unwrap();
    assert_eq!(amends(folder.path(), &["verify"]).code, 0);
    fs::write(key(&folder), "ab".repeat(32)).unwrap();
    refuses(&folder, "not the one this database was made with");
}

#[test]
fn the_doctor_makes_no_key() {
    let folder = Folder::new();
    let looked = amends(folder.path(), &["doctor"]);
    assert_eq!(looked.code, 0, "{}", looked.out);
    assert!(looked.out.contains("not there yet"), "{}", looked.out);
    assert!(!key(&folder).exists());
}
