//! The block list: one entry counts at a time, whether it counts is read against the moment, nothing is removed.

use amends_domain::ids::{BlockId, BuyerId, PersonId};
use amends_domain::time::Moment;
use amends_store::{BlockFilter, BlockRow, Blocked};

use crate::place::on_both;
use crate::shop::{Shop, fresh};

const NOON: Moment = Moment::from_millis(1_772_337_600_000);

fn later(hours: i64) -> Moment {
    NOON.plus_millis(hours * 3_600_000)
}

fn row(buyer: BuyerId, at: Moment, until_at: Moment) -> BlockRow {
    BlockRow {
        id: BlockId::new(at, fresh()),
        buyer,
        case: None,
        reason: Some("多次索要钱款".to_owned()),
        added_by: PersonId::new(at, fresh()),
        added_at: at,
        until_at,
        clause: "ABU-BLOCK".to_owned(),
        lifted_by: None,
        lifted_at: None,
        lift_reason: None,
    }
}

#[tokio::test]
async fn one_block_counts_at_a_time_until_it_ends_or_is_lifted_and_stays_on_the_list() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let stranger = Shop::on(shop.store.clone()).await;
        let buyer = BuyerId::new(NOON, fresh());
        let first = row(buyer, NOON, later(2));
        let insert = async |row: &BlockRow| shop.store.block_insert(shop.id, row).await.unwrap();
        assert_eq!(insert(&first).await, Blocked::Added);
        assert_eq!(insert(&row(buyer, later(1), later(9))).await, Blocked::Already);
        // Another shop knows nothing of it.
        let same = row(buyer, NOON, later(2));
        let theirs = stranger.store.block_insert(stranger.id, &same);
        assert_eq!(theirs.await.unwrap(), Blocked::Added);
        let until = async |at| shop.store.blocked_until(shop.id, buyer, at).await.unwrap();
        assert_eq!(until(later(1)).await, Some(later(2)));
        assert_eq!(until(later(2)).await, None, "it ends at its moment");
        let second = row(buyer, later(2), later(9));
        assert_eq!(insert(&second).await, Blocked::Added);
        let by = PersonId::new(NOON, fresh());
        let lift = async |id, at| {
            let lifted = shop.store.block_lift(shop.id, id, by, "误会", at);
            lifted.await.unwrap()
        };
        assert!(!lift(first.id, later(3)).await, "it is over");
        assert!(lift(second.id, later(3)).await);
        assert!(!lift(second.id, later(4)).await, "once");
        assert_eq!(until(later(4)).await, None);
        let list = async |filter| shop.store.blocks_list(shop.id, filter, 9).await.unwrap();
        let all = list(BlockFilter {
            buyer: Some(buyer),
            ..BlockFilter::default()
        })
        .await;
        let ids: Vec<BlockId> = all.iter().map(|row| row.id).collect();
        assert_eq!(ids, [second.id, first.id]);
        assert_eq!((all[0].lifted_by, all[0].lifted_at), (Some(by), Some(later(3))));
        let standing = BlockFilter {
            standing_at: Some(later(1)),
            ..BlockFilter::default()
        };
        assert_eq!(list(standing).await, std::slice::from_ref(&first));
        let before = BlockFilter {
            before: Some(second.id),
            ..BlockFilter::default()
        };
        assert_eq!(list(before).await, [first]);
    })
    .await;
}
