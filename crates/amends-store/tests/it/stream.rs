//! Reading the stream of events while it is being written.

use std::collections::HashMap;

use amends_store::{EventRow, Position, Store};

use crate::place::on_both;
use crate::shop::Shop;

/// Reads on from a position to the present end.
async fn read_on(store: &Store, shop: &Shop, seen: &mut Vec<EventRow>) {
    loop {
        let after = seen.last().map_or(Position::default(), EventRow::position);
        let rows = store.events_after(shop.id, after, 7).await.unwrap();
        if rows.is_empty() {
            return;
        }
        seen.extend(rows);
    }
}

/// Two nodes write while a third reads: what it saw is everything, once, in order.
async fn check_reader(one: &Shop, other: &Shop) {
    let writers = [one, other].map(|node| {
        let node = Shop::with(node.store.clone(), node.id);
        tokio::spawn(async move {
            for _ in 0..30 {
                let (_, case) = node.opened(1_000).await;
                let approve = node.approve(case);
                let note = node.note(case, "看过了");
                assert!(
                    node.commit_together(vec![approve, note])
                        .await
                        .iter()
                        .all(Result::is_ok)
                );
            }
        })
    });
    let mut seen = Vec::new();
    while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
        read_on(&one.store, one, &mut seen).await;
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    read_on(&one.store, one, &mut seen).await;
    assert!(seen.is_sorted_by_key(EventRow::position), "in order");
    let mut last = HashMap::new();
    for row in &seen {
        let seq = last.insert(row.case, row.seq).unwrap_or(0) + 1;
        assert_eq!(row.seq, seq, "a case's history is in order in the stream too");
    }
    let mut all = Vec::new();
    read_on(&one.store, one, &mut all).await;
    assert_eq!(seen, all, "nothing was skipped");
    let end = one.store.last_position(one.id).await.unwrap();
    assert_eq!(seen.last().map(EventRow::position), Some(end));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_never_skips() {
    on_both(async |place| {
        let one = Shop::at(place).await;
        let other = Shop::with(place.open().await, one.id);
        check_reader(&one, &other).await;
    })
    .await;
}
