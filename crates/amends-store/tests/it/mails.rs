//! Mails, and the buyers they are found by.

use amends_domain::digest::Digest;
use amends_domain::ids::{BuyerId, CaseId, MailId, ShopId};
use amends_domain::time::Moment;
use amends_store::{BuyerRow, MailFilter, MailIdent, MailRow, MailState, OrdersFile};

use crate::place::on_both;
use crate::shop::{HOUR, MORNING, Shop, fresh};

fn mail(shop: ShopId, at: Moment) -> MailRow {
    MailRow {
        shop,
        id: MailId::new(at, fresh()),
        state: MailState::Arrived,
        why: None,
        buyer: None,
        case: None,
        key_wrapped: Some(vec![1; 72]),
        sealed: Some(vec![2; 64]),
        raw: Some(Digest::of(&[b"raw"])),
        at,
        settled_at: None,
        settled_by: None,
        request: None,
        erased_at: None,
    }
}

fn ident(of: &[u8], sender: Option<&[u8]>) -> MailIdent {
    MailIdent {
        ident: of.to_vec(),
        sender_index: sender.map(<[u8]>::to_vec),
    }
}

fn buyer(email_index: Option<Vec<u8>>) -> BuyerRow {
    BuyerRow {
        id: BuyerId::new(MORNING, fresh()),
        key_wrapped: Some(vec![1; 48]),
        sealed: Some(vec![2; 64]),
        nickname_index: None,
        phone_index: None,
        address_index: email_index.clone(),
        email_index,
        erased_at: None,
        created_at: MORNING,
    }
}

#[tokio::test]
async fn a_mail_is_taken_in_once() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let store = &shop.store;
        let first = mail(shop.id, MORNING);
        assert_eq!(
            store.mail_insert(&first, &ident(b"a", None)).await.unwrap(),
            first
        );
        let again = mail(shop.id, MORNING.plus_millis(HOUR));
        assert_eq!(
            store.mail_insert(&again, &ident(b"a", None)).await.unwrap(),
            first
        );
        let stranger = mail(ShopId::new(MORNING, fresh()), MORNING);
        assert_eq!(
            store.mail_insert(&stranger, &ident(b"a", None)).await.unwrap(),
            stranger
        );
        assert_eq!(store.mail_by_id(stranger.shop, first.id).await.unwrap(), None);
        let left = store.mails_left(MORNING.plus_millis(1), 9).await.unwrap();
        assert_eq!(left.len(), 2);
        assert_eq!(store.mails_left(MORNING, 9).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_mail_is_settled_once_and_listed_as_what_it_became() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let store = &shop.store;
        let first = mail(shop.id, MORNING);
        store.mail_insert(&first, &ident(b"a", None)).await.unwrap();
        let settled = MailRow {
            state: MailState::Attached,
            buyer: Some(BuyerId::new(MORNING, fresh())),
            case: Some(CaseId::new(MORNING, fresh())),
            raw: None,
            settled_at: Some(MORNING),
            settled_by: Some("somebody".to_owned()),
            request: Some(Digest::of(&[b"request"])),
            ..first.clone()
        };
        let parked = MailRow {
            state: MailState::Parked,
            why: Some("several".to_owned()),
            ..first.clone()
        };
        assert!(store.mail_settle(&parked, MailState::Arrived).await.unwrap());
        assert!(
            !store.mail_settle(&settled, MailState::Arrived).await.unwrap(),
            "no longer"
        );
        assert!(
            store
                .evidence_wants(shop.id, Digest::of(&[b"raw"]))
                .await
                .unwrap()
        );
        assert!(store.mail_settle(&settled, MailState::Parked).await.unwrap());
        let kept = store.mail_by_ident(shop.id, b"a").await.unwrap();
        assert_eq!(kept, Some(settled.clone()));
        assert!(
            !store
                .evidence_wants(shop.id, Digest::of(&[b"raw"]))
                .await
                .unwrap()
        );
        let of = |state| MailFilter { state, case: None };
        let of_case = MailFilter {
            state: None,
            case: settled.case,
        };
        for (filter, found) in [
            (of(Some(MailState::Attached)), 1),
            (of(Some(MailState::Parked)), 0),
            (of_case, 1),
            (MailFilter::default(), 1),
        ] {
            let page = store.mails_page(shop.id, filter, None, 10).await.unwrap();
            assert_eq!(page.len(), found, "{filter:?}");
            assert_eq!(
                store
                    .mails_page(shop.id, filter, Some(first.id), 10)
                    .await
                    .unwrap(),
                []
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_buyer_is_found_by_his_address_and_forgotten_with_what_he_wrote() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let store = &shop.store;
        let buyers = [buyer(Some(vec![7; 32])), buyer(None), buyer(Some(Vec::new()))];
        let file = OrdersFile {
            buyers: &buyers,
            ..OrdersFile::default()
        };
        store.orders_file_insert(shop.id, file).await.unwrap();
        let found = async |index: &[u8]| store.buyers_by_email_index(shop.id, index, 9).await.unwrap();
        assert_eq!(found(&[7; 32]).await, buyers[..1]);
        assert_eq!(found(b"").await, [], "whoever has none is nobody's");
        let without = store.buyers_without_indexes(shop.id).await.unwrap();
        assert_eq!(without, buyers[1..2]);
        let indexes = [(buyers[1].id, vec![7; 32], vec![])];
        store.buyers_set_indexes(shop.id, &indexes).await.unwrap();
        assert_eq!(store.buyers_without_indexes(shop.id).await.unwrap(), []);
        assert_eq!(found(&[7; 32]).await.len(), 2);
        // One mail is known to be his, one only came from his address, one is another's.
        let (his, from_him, other) = (
            mail(shop.id, MORNING),
            mail(shop.id, MORNING),
            mail(shop.id, MORNING),
        );
        store.mail_insert(&his, &ident(b"1", None)).await.unwrap();
        store
            .mail_insert(&from_him, &ident(b"2", Some(&[7; 32])))
            .await
            .unwrap();
        store
            .mail_insert(&other, &ident(b"3", Some(&[8; 32])))
            .await
            .unwrap();
        let settled = MailRow {
            state: MailState::Attached,
            buyer: Some(buyers[0].id),
            ..his.clone()
        };
        assert!(store.mail_settle(&settled, MailState::Arrived).await.unwrap());
        assert!(store.buyer_erase(shop.id, buyers[0].id, MORNING).await.unwrap());
        for (id, state) in [(his.id, MailState::Attached), (from_him.id, MailState::Discarded)] {
            let row = store.mail_by_id(shop.id, id).await.unwrap().unwrap();
            assert_eq!((row.state, row.erased_at), (state, Some(MORNING)));
            assert_eq!((row.key_wrapped, row.sealed, row.raw), (None, None, None));
        }
        assert_eq!(store.mail_by_id(shop.id, other.id).await.unwrap(), Some(other));
        assert!(
            !store.mail_settle(&from_him, MailState::Discarded).await.unwrap(),
            "it stays erased"
        );
        assert_eq!(found(&[7; 32]).await.len(), 1);
        // What nothing came of is forgotten after 90 days, what is on a case never.
        let days = |days: i64| MORNING.plus_millis(days * 24 * HOUR);
        assert_eq!(store.prune(days(90)).await.unwrap().mails, 0);
        assert_eq!(store.prune(days(91)).await.unwrap().mails, 1);
        assert!(store.mail_by_id(shop.id, his.id).await.unwrap().is_some());
        assert_eq!(place.rows_of("mails").await, 2);
    })
    .await;
}
