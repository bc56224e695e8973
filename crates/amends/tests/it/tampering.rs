//! Whoever alters the database is found out by `amends verify`, also when anchors are altered with
//! what they cover. `tampering.txt` is a table of alterations and what is said of each.

use std::fs;
use std::path::Path;

use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::program::{Folder, amends};

const TABLE: &str = include_str!("tampering.txt");

async fn alter(data: &Path, statement: &'static str) {
    let file = data.join("amends.sqlite");
    let mut connection = SqliteConnectOptions::new()
        .filename(file)
        .connect()
        .await
        .unwrap();
    let changed = sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    assert!(changed.rows_affected() > 0, "{statement} changed nothing");
}

#[tokio::test]
async fn every_kind_of_alteration_shows() {
    let pristine = Folder::new();
    let ran = amends(pristine.path(), &["simulate", "--days", "12", "--orders", "120"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let kept = pristine.path().join("kept.jsonl");
    amends(pristine.path(), &["export", "--out", kept.to_str().unwrap()]);
    let untouched = amends(pristine.path(), &["verify", "--anchors", kept.to_str().unwrap()]);
    assert_eq!(untouched.code, 0, "{}", untouched.out);
    for line in TABLE.lines() {
        let (statement, says) = line.split_once(" => ").unwrap();
        let folder = Folder::new();
        for name in ["amends.sqlite", "master.key"] {
            fs::copy(pristine.path().join(name), folder.path().join(name)).unwrap();
        }
        alter(folder.path(), statement).await;
        let ran = amends(folder.path(), &["verify", "--anchors", kept.to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{statement}: {}", ran.out);
        assert!(ran.out.contains(says), "{statement}: {}", ran.out);
    }
}
