//! Whoever alters the database is found out by `amends verify`.

use std::fs;
use std::path::Path;

use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::program::{Folder, amends};

async fn alter(data: &Path, statement: &'static str) {
    let file = data.join("amends.sqlite");
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
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
    for (statement, says) in [
        ("UPDATE events SET body = replace(body, '1', '2') WHERE seq = 1", "chain breaks"),
        ("UPDATE events SET at = at + 1 WHERE seq = 2", "chain breaks"),
        ("UPDATE events SET actor = '\"deadlines\"' WHERE seq = 1", "chain breaks"),
        ("DELETE FROM events WHERE seq = 2", "chain breaks"),
        ("DELETE FROM events WHERE (case_id, seq) IN (SELECT case_id, MAX(seq) FROM events GROUP BY case_id)", "head"),
        ("UPDATE cases SET state = replace(state, '\"renewals\":0', '\"renewals\":1')", "not what its events make"),
        ("UPDATE orders SET ledger_json = replace(ledger_json, '\"refunded\":0', '\"refunded\":1') WHERE order_id IN (SELECT order_id FROM cases)", "ledger"),
        ("DELETE FROM deadlines", "clocks ask for deadlines"),
        ("DELETE FROM cases WHERE number = 1", "belong to nothing"),
        ("DELETE FROM events WHERE case_id IN (SELECT case_id FROM cases WHERE number = 1); DELETE FROM deadlines WHERE case_id IN (SELECT case_id FROM cases WHERE number = 1); DELETE FROM outbox WHERE case_id IN (SELECT case_id FROM cases WHERE number = 1); DELETE FROM cases WHERE number = 1", "anchor"),
    ] {
        let folder = Folder::new();
        for name in ["amends.sqlite", "master.key"] {
            fs::copy(pristine.path().join(name), folder.path().join(name)).unwrap();
        }
        alter(folder.path(), statement).await;
        let ran = amends(folder.path(), &["verify"]);
        assert_eq!(ran.code, 1, "{statement}: {}", ran.out);
        assert!(ran.out.contains(says), "{statement}: {}", ran.out);
    }
    // Anchors rewritten together with what they cover are told by those kept outside.
    let folder = Folder::new();
    for name in ["amends.sqlite", "master.key"] {
        fs::copy(pristine.path().join(name), folder.path().join(name)).unwrap();
    }
    let kept = kept.to_str().unwrap();
    assert_eq!(amends(folder.path(), &["verify", "--anchors", kept]).code, 0);
    alter(folder.path(), "DELETE FROM anchors WHERE day = (SELECT MAX(day) FROM anchors)").await;
    let ran = amends(folder.path(), &["verify", "--anchors", kept]);
    assert_eq!((ran.code, ran.out.contains("history was rewritten")), (1, true), "{}", ran.out);
}
