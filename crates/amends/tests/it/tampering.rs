//! Whoever alters the database is found out by `amends verify`, also when anchors are altered with
//! what they cover. `tampering.txt` is a table of alterations and what is said of each.

use std::fs;
use std::path::{Path, PathBuf};

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

/// Files in a folder and those below it.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| files_below(folder)));
    files
}

#[test]
fn an_altered_or_missing_file_shows() {
    let folder = Folder::new();
    let ran = amends(folder.path(), &["demo", "--play-only"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let data = folder.path().join("demo");
    let untouched = amends(&data, &["verify", "--files"]);
    assert_eq!(untouched.code, 0, "{}", untouched.out);
    assert!(!untouched.out.contains("files 0"), "{}", untouched.out);
    let file = files_below(&data.join("blobs")).pop().unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, bytes).unwrap();
    let altered = amends(&data, &["verify", "--files"]);
    assert_eq!(altered.code, 1, "{}", altered.out);
    assert!(
        altered.out.contains("its file is not what was handed in"),
        "{}",
        altered.out
    );
    // Without being asked it reads no file.
    assert_eq!(amends(&data, &["verify"]).code, 0);
    fs::remove_file(&file).unwrap();
    let gone = amends(&data, &["verify", "--files"]);
    assert!(
        gone.code == 1 && gone.out.contains("its file is gone"),
        "{}",
        gone.out
    );
}
