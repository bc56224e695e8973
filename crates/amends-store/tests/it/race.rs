//! Races for one order: between callers, and between nodes.

use amends_store::CommitError;

use crate::place::on_both;
use crate::shop::Shop;

const CLAIMS: usize = 24;

/// Everybody claims and refunds the same three units, through two committers.
async fn check_race(one: &Shop, other: &Shop) {
    let order = one.sell(&[10_000, 7_000, 1]).await;
    let claims = (0..CLAIMS).map(|at| {
        let node = if at % 2 == 0 { one } else { other };
        let (node, order) = (Shop::with(node.store.clone(), node.id), order.clone());
        let units = u32::try_from(at % 3).unwrap() + 1;
        tokio::spawn(async move {
            let opened = node.commit(node.open(&order, units)).await?;
            node.commit(node.approve(opened.case)).await?;
            let (paid, again) = (node.paid(opened.case), node.paid(opened.case));
            let answers = node.commit_together(vec![paid, again]).await;
            answers.into_iter().collect::<Result<Vec<_>, _>>()?;
            Ok::<_, CommitError>(())
        })
    });
    let mut refused = 0;
    for claim in claims.collect::<Vec<_>>() {
        match claim.await.unwrap() {
            Ok(()) => {}
            Err(CommitError::Refused(_)) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    let ledger = one.ledger(&order).await;
    assert_eq!(ledger.check(), Ok(()));
    assert!(
        refused >= CLAIMS - 3,
        "three units, {refused} of {CLAIMS} refused"
    );
    assert!(ledger.refund_total() <= 17_001);
    let histories = one.store.order_histories(one.id, &[order.id]).await.unwrap();
    let paid: i64 = histories[0]
        .cases
        .iter()
        .map(|case| case.row.case.claim.amount)
        .sum();
    assert_eq!(
        ledger.refund_total(),
        paid,
        "what the cases paid is what the ledger says"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_never_refund_more_than_was_paid() {
    on_both(async |place| {
        let one = Shop::at(place).await;
        let other = Shop::with(place.open().await, one.id);
        check_race(&one, &other).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_no_gaps_and_no_doubles() {
    on_both(async |place| {
        let one = Shop::at(place).await;
        let other = Shop::with(place.open().await, one.id);
        let mut opens = Vec::new();
        for at in 0..40 {
            let order = one.sell(&[100]).await;
            let node = if at % 2 == 0 { &one } else { &other };
            let (committer, open) = (node.committer.clone(), node.open(&order, 1));
            opens.push(tokio::spawn(async move { committer.submit(open).await }));
        }
        let mut numbers = Vec::new();
        for open in opens {
            numbers.push(open.await.unwrap().unwrap().number);
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    })
    .await;
}
