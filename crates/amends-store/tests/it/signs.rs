//! What signals of abuse are looked up from: one buyer's cases and orders, and accounts that share a blind
//! index. Nothing of another shop, nothing by an empty index.

use amends_domain::case::clock::{Clock, Stage};
use amends_domain::command::Command;
use amends_domain::event::Event;
use amends_domain::ids::BuyerId;
use amends_store::{AccountsRow, BuyerRow, OrdersFile};

use crate::place::on_both;
use crate::shop::{HOUR, MORNING, Shop, fresh};

fn buyer(id: BuyerId, phone: Option<u8>, address: u8) -> BuyerRow {
    BuyerRow {
        id,
        key_wrapped: Some(vec![1; 48]),
        sealed: Some(vec![2; 64]),
        nickname_index: None,
        phone_index: phone.map(|phone| vec![phone; 32]),
        email_index: Some(Vec::new()),
        address_index: Some(vec![address; 32]),
        erased_at: None,
        created_at: MORNING,
    }
}

#[tokio::test]
async fn a_buyers_cases_tell_how_their_clocks_ended_and_his_orders_when_they_were_placed() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[19_950]).await;
        let opened = shop.committer.submit(shop.open(&order, 1)).await.unwrap();
        let passed = Command::DeadlinePassed {
            clock: Clock::Decision,
            stage: Stage::Expiry,
            generation: 1,
        };
        let late = shop.by(
            amends_domain::actor::Actor::Deadlines,
            opened.case,
            passed,
            MORNING.plus_millis(100 * HOUR),
        );
        shop.committer.submit(late).await.unwrap();
        let claims = shop
            .store
            .claims_of_buyer(shop.id, order.buyer, MORNING)
            .await
            .unwrap();
        let [claim] = &claims[..] else {
            panic!("{claims:?}")
        };
        assert_eq!((claim.case.id, claim.number), (opened.case, opened.number));
        let [(version, body)] = &claim.ends[..] else {
            panic!("{:?}", claim.ends)
        };
        let end = Event::decode(*version, body).unwrap();
        assert!(
            matches!(
                end,
                Event::ClockExpired {
                    clock: Clock::Decision,
                    ..
                }
            ),
            "{end:?}"
        );
        let after = MORNING.plus_millis(1);
        assert_eq!(
            shop.store
                .claims_of_buyer(shop.id, order.buyer, after)
                .await
                .unwrap(),
            []
        );
        let placed = shop
            .store
            .orders_of_buyer_since(shop.id, order.buyer, order.since());
        assert_eq!(placed.await.unwrap(), [order.since()]);
        let none = shop.store.orders_of_buyer_since(shop.id, order.buyer, MORNING);
        assert_eq!(none.await.unwrap(), []);
        let stranger = Shop::on(shop.store.clone()).await;
        let theirs = stranger.store.claims_of_buyer(stranger.id, order.buyer, MORNING);
        assert_eq!(theirs.await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn accounts_are_found_by_a_shared_index_with_their_latest_cases() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[19_950]).await;
        let opened = shop.committer.submit(shop.open(&order, 1)).await.unwrap();
        let own = BuyerId::new(MORNING, fresh());
        let rows = [
            buyer(own, Some(7), 8),
            buyer(order.buyer, Some(7), 9),
            buyer(BuyerId::new(MORNING, fresh()), Some(7), 8),
            buyer(BuyerId::new(MORNING, fresh()), None, 8),
        ];
        let file = OrdersFile {
            buyers: &rows,
            ..OrdersFile::default()
        };
        shop.store.orders_file_insert(shop.id, file).await.unwrap();
        let phone = shop
            .store
            .accounts_by_phone(shop.id, own, &[7; 32])
            .await
            .unwrap();
        assert_eq!(
            (phone.accounts, phone.cases),
            (2, vec![(opened.case, opened.number)])
        );
        let address = shop
            .store
            .accounts_by_address(shop.id, own, &[8; 32])
            .await
            .unwrap();
        assert_eq!((address.accounts, address.cases.len()), (2, 0));
        let none = shop.store.accounts_by_phone(shop.id, own, b"").await.unwrap();
        assert_eq!(none, AccountsRow::default());
        let stranger = Shop::on(shop.store.clone()).await;
        let theirs = stranger.store.accounts_by_phone(stranger.id, own, &[7; 32]);
        assert_eq!(theirs.await.unwrap(), AccountsRow::default());
        shop.store
            .buyer_erase(shop.id, order.buyer, MORNING)
            .await
            .unwrap();
        let phone = shop
            .store
            .accounts_by_phone(shop.id, own, &[7; 32])
            .await
            .unwrap();
        assert_eq!(phone.accounts, 1, "whoever is forgotten is found no more");
    })
    .await;
}
