//! Every query of the store, on both databases.

use amends_domain::actor::Role;
use amends_domain::digest::Digest;
use amends_domain::facts::Product;
use amends_domain::ids::{BuyerId, CaseId, PersonId, SessionId, TextId, TokenId};
use amends_domain::ledger::OrderLedger;
use amends_domain::money::{Currency, Money};
use amends_domain::order::Order;
use amends_store::{
    BuyerRow, Counts, Founded, Imported, NewSession, NewShop, NewToken, OrderImport, OrderMoments, Orphans,
    OutboxDone, PersonRow, Position, ProductRow, Pruned,
};

use crate::place::on_both;
use crate::shop::{HOUR, MORNING, Shop, fresh, keyed, order, person, policy};

#[tokio::test]
async fn shops_and_policies() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (store, set) = (&shop.store, policy());
        let row = store.shop_by_id(shop.id).await.unwrap().unwrap();
        assert_eq!(row.policy, Some(set.hash()));
        assert_eq!(store.shop_by_name(&row.name).await.unwrap().as_ref(), Some(&row));
        assert_eq!(store.shop_by_name("nobody").await.unwrap(), None);
        assert!(store.shop_set_settings(shop.id, r#"{"a":1}"#).await.unwrap());
        assert_eq!(store.shops_list().await.unwrap()[0].settings, r#"{"a":1}"#);
        assert_eq!(
            store.policy_set(shop.id, set.hash()).await.unwrap(),
            Some(set.clone())
        );
        let same_name = NewShop {
            id: amends_domain::ids::ShopId::new(MORNING, fresh()),
            name: row.name.clone(),
            time_zone: row.time_zone.clone(),
            currency: row.currency,
            settings: "{}".to_owned(),
            at: MORNING,
        };
        let found = async |shop: &NewShop, owner: &PersonRow| store.shop_found(shop, &set, owner).await;
        assert_eq!(found(&same_name, &person("new")).await, Ok(Founded::ShopTaken));
        let other = NewShop {
            name: "another".to_owned(),
            ..same_name
        };
        let owner = person(&format!("owner of {}", shop.id));
        assert_eq!(found(&other, &owner).await, Ok(Founded::LoginTaken));
        for table in ["shops", "people", "memberships", "policy_sets"] {
            assert_eq!(place.rows_of(table).await, 1, "all or nothing: {table}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_and_sessions() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (store, mei) = (&shop.store, person("mei"));
        let stranger = Shop::on(store.clone()).await;
        let enrol = async |mei: &PersonRow| store.person_enrol(stranger.id, mei, Role::Agent).await;
        assert_eq!(enrol(&mei).await, Ok(true));
        let rows = place.rows_of("memberships").await;
        assert_eq!(enrol(&person("mei")).await, Ok(false));
        assert_eq!(place.rows_of("memberships").await, rows, "all or nothing");
        assert!(store.person_set_password(mei.id, "$argon2id$2").await.unwrap());
        let found = store.person_by_login("mei").await.unwrap().unwrap();
        assert_eq!(found.password_hash, "$argon2id$2");
        assert_eq!(store.person_by_id(mei.id).await.unwrap(), Some(found));

        let session = NewSession {
            hash: Digest::of(&[b"secret"]),
            id: SessionId::new(MORNING, fresh()),
            person: mei.id,
            shop: shop.id,
            at: MORNING,
            expires_at: MORNING.plus_millis(HOUR),
        };
        store.session_insert(&session).await.unwrap();
        assert_eq!(
            store.session_by_hash(session.hash).await.unwrap(),
            None,
            "not of the shop"
        );
        store.membership_set(shop.id, mei.id, Role::Agent).await.unwrap();
        store
            .membership_set(shop.id, mei.id, Role::Manager)
            .await
            .unwrap();
        let row = store.session_by_hash(session.hash).await.unwrap().unwrap();
        assert_eq!(
            (row.session, row.role, row.revoked_at),
            (session.id, Role::Manager, None)
        );
        let roles: Vec<Role> = store
            .memberships_of(mei.id)
            .await
            .unwrap()
            .iter()
            .map(|of| of.role)
            .collect();
        assert!(roles.contains(&Role::Manager) && roles.len() == 2, "{roles:?}");
        assert_eq!(store.members_of(shop.id).await.unwrap()[0].login, "mei");

        assert!(store.session_revoke(session.id, MORNING).await.unwrap());
        assert!(!store.session_revoke(session.id, MORNING).await.unwrap());
        let row = store.session_by_hash(session.hash).await.unwrap().unwrap();
        assert_eq!(row.revoked_at, Some(MORNING));
        let other = NewSession {
            hash: Digest::of(&[b"other"]),
            id: SessionId::new(MORNING, fresh()),
            ..session
        };
        store.session_insert(&other).await.unwrap();
        assert_eq!(store.sessions_revoke_all(mei.id, MORNING).await.unwrap(), 1);
        assert!(store.person_set_disabled(mei.id, Some(MORNING)).await.unwrap());
        assert_eq!(store.session_by_hash(other.hash).await.unwrap(), None, "disabled");
        assert!(store.membership_remove(shop.id, mei.id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn tokens() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let token = NewToken {
            hash: Digest::of(&[b"token"]),
            id: TokenId::new(MORNING, fresh()),
            shop: shop.id,
            role: Role::Machine,
            label: "仓库".to_owned(),
            at: MORNING,
            expires_at: None,
        };
        shop.store.token_insert(&token).await.unwrap();
        let row = shop.store.token_by_hash(token.hash).await.unwrap().unwrap();
        assert_eq!(
            (row.id, row.role, row.expires_at),
            (token.id, Role::Machine, None)
        );
        let stranger = Shop::on(shop.store.clone()).await;
        assert!(
            !stranger
                .store
                .token_revoke(stranger.id, token.id, MORNING)
                .await
                .unwrap()
        );
        assert!(shop.store.token_revoke(shop.id, token.id, MORNING).await.unwrap());
        let listed = shop.store.tokens_list(shop.id).await.unwrap();
        assert_eq!(listed[0].revoked_at, Some(MORNING));
        assert_eq!(shop.store.tokens_list(stranger.id).await.unwrap(), []);
    })
    .await;
}

fn buyer(id: BuyerId) -> BuyerRow {
    BuyerRow {
        id,
        key_wrapped: Some(vec![1; 48]),
        sealed: Some(vec![2; 64]),
        nickname_index: Some(vec![3; 32]),
        phone_index: None,
        email_index: Some(vec![4; 32]),
        address_index: Some(vec![5; 32]),
        erased_at: None,
        created_at: MORNING,
    }
}

fn import(order: Order) -> OrderImport {
    let price = Money::new(9_900, Currency::CNY).unwrap();
    let product = Product {
        sku: order.lines[0].sku.clone(),
        title: order.lines[0].title.clone(),
        price,
    };
    OrderImport {
        covers: Vec::new(),
        ledger: OrderLedger::open(&order),
        buyer: Some(buyer(order.buyer)),
        products: vec![ProductRow {
            product,
            updated_at: MORNING,
        }],
        order,
    }
}

#[tokio::test]
async fn orders_one_by_one() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (store, first) = (&shop.store, shop.sell(&[100, 200]).await);
        let row = store.order_by_id(shop.id, first.id).await.unwrap().unwrap();
        assert_eq!((&row.order, row.version), (&first, 1));
        assert_eq!(
            store.order_by_number(shop.id, &first.number).await.unwrap(),
            Some(row)
        );
        let (left, came) = (MORNING, MORNING.plus_millis(HOUR));
        let reached = async |order, dispatched_at, delivered_at| {
            let moments = OrderMoments {
                order,
                paid_at: None,
                dispatched_at,
                delivered_at,
                cancelled_at: None,
                units_dispatched: Vec::new(),
            };
            store.orders_insert(shop.id, &[], &[moments]).await
        };
        let nobody = order(&[1]).id;
        assert_eq!(reached(first.id, Some(left), None).await, Ok(Imported::Written));
        assert_eq!(reached(first.id, None, Some(came)).await, Ok(Imported::Written));
        assert_eq!(reached(nobody, None, None).await, Ok(Imported::Written));
        let row = store.order_by_id(shop.id, first.id).await.unwrap().unwrap();
        assert_eq!(
            (row.order.dispatched_at, row.order.delivered_at, row.version),
            (Some(left), Some(came), 3)
        );
    })
    .await;
}

#[tokio::test]
async fn orders_by_the_file() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let store = &shop.store;
        let file: Vec<OrderImport> = (0..150).map(|_| import(order(&[100]))).collect();
        assert_eq!(
            store.orders_insert(shop.id, &file, &[]).await.unwrap(),
            Imported::Written
        );
        for (table, rows) in [("orders", 150), ("buyers", 150), ("products", 1)] {
            assert_eq!(place.rows_of(table).await, rows, "{table}");
        }
        let known = file[70].clone();
        let second = vec![import(order(&[100])), known.clone()];
        let refused = store.orders_insert(shop.id, &second, &[]).await.unwrap();
        assert_eq!(refused, Imported::SameNumbers(vec![known.order]));
        let new = import(order(&[100]));
        let twice = [new.clone(), new.clone()];
        let refused = store.orders_insert(shop.id, &twice, &[]).await.unwrap();
        assert_eq!(refused, Imported::SameNumbers(vec![new.order]));
        assert_eq!(place.rows_of("orders").await, 150, "all or nothing");
    })
    .await;
}

#[tokio::test]
async fn a_buyer_is_found_and_erased() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let store = &shop.store;
        let sold = import(order(&[100]));
        let id = sold.order.buyer;
        store
            .orders_insert(shop.id, std::slice::from_ref(&sold), &[])
            .await
            .unwrap();
        assert_eq!(store.buyer_get(shop.id, id).await.unwrap(), Some(buyer(id)));
        let found = store.buyer_by_nickname_index(shop.id, &[3; 32]).await.unwrap();
        assert_eq!(found.map(|found| found.id), Some(id));
        let case = shop.commit(shop.open(&sold.order, 1)).await.unwrap().case;
        let note = shop.note(case, "电话 138");
        let text = note.texts[0].id;
        shop.commit(note).await.unwrap();
        let (_, other_case) = shop.opened(100).await;
        let other = shop.note(other_case, "别人的");
        let other_text = other.texts[0].id;
        shop.commit(other).await.unwrap();

        assert!(store.buyer_erase(shop.id, id, MORNING).await.unwrap());
        let erased = store.buyer_get(shop.id, id).await.unwrap().unwrap();
        assert_eq!(
            (erased.sealed, erased.key_wrapped, erased.erased_at),
            (None, None, Some(MORNING))
        );
        let found = store.buyer_by_nickname_index(shop.id, &[3; 32]).await.unwrap();
        assert_eq!(found, None);
        let missing = TextId::new(MORNING, fresh());
        let texts = store
            .texts_by_ids(shop.id, &[text, other_text, missing])
            .await
            .unwrap();
        let [mine, others] = &texts[..] else {
            panic!("{texts:?}")
        };
        assert_eq!(
            (&mine.body, &mine.salt, mine.erased_at),
            (&None, &None, Some(MORNING))
        );
        assert_eq!(others.body.as_deref(), Some("别人的"));
        let nobody = BuyerId::new(MORNING, fresh());
        assert!(!store.buyer_erase(shop.id, nobody, MORNING).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn queues_counts_and_what_belongs_to_nothing() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let store = &shop.store;
        assert_eq!(store.next_due().await.unwrap().deadline, None);
        assert_eq!(store.next_due().await.unwrap().effect, None);
        let (_, case) = shop.opened(100).await;
        let approved = shop.commit(shop.approve(case)).await.unwrap();
        assert_eq!(store.deadlines_of_case(shop.id, case).await.unwrap().len(), 2);
        let later = MORNING.plus_millis(9 * HOUR);
        let open = store
            .outbox_claim(MORNING.plus_millis(HOUR), 10, 1)
            .await
            .unwrap();
        assert_eq!(open.len(), 1);
        assert!(
            store
                .outbox_retry(shop.id, case, open[0].seq, later)
                .await
                .unwrap()
        );
        assert_eq!(store.next_due().await.unwrap().effect, Some(later));
        assert_eq!(store.outbox_claim(later, 10, HOUR).await.unwrap()[0].attempts, 1);
        assert!(
            !store
                .outbox_retry(shop.id, case, approved.seq + 9, later)
                .await
                .unwrap()
        );
        let counts = store.counts(MORNING.plus_millis(100 * HOUR)).await.unwrap();
        let expected = Counts {
            shops: 1,
            open_cases: 1,
            due_deadlines: 2,
            open_outbox: 1,
        };
        assert_eq!(counts, expected);
        assert_eq!(store.orphans(shop.id).await.unwrap(), Orphans::default());
        assert_eq!(store.cases_without_order(shop.id, None, 10).await.unwrap(), []);
        place.run("DELETE FROM cases").await;
        let (first, _) = shop.opened(100).await;
        let gone = format!("DELETE FROM orders WHERE order_id = '{}'", first.id);
        place.run(&gone).await;
        assert_eq!(store.orphans(shop.id).await.unwrap().cases, 1);
        let apart = store.cases_without_order(shop.id, None, 10).await.unwrap();
        assert_eq!(apart.len(), 1);
        let histories = store.histories_without_order(shop.id, &apart).await.unwrap();
        assert_eq!(histories[0].cases[0].row.case.order, Some(first.id));
        assert_eq!(
            store.cases_without_order(shop.id, Some(apart[0]), 10).await,
            Ok(vec![])
        );
        let orphans = store.orphans(shop.id).await.unwrap();
        assert_eq!((orphans.events, orphans.deadlines), (approved.seq, 2));
    })
    .await;
}

#[tokio::test]
async fn histories_are_read_order_by_order() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let mut sold = Vec::new();
        for _ in 0..5 {
            let order = shop.sell(&[100, 100]).await;
            let opens = vec![shop.open(&order, 1), shop.open(&order, 1)];
            assert!(shop.commit_together(opens).await.iter().all(Result::is_ok));
            sold.push(order.id);
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let orders = shop.store.orders_with_cases(shop.id, after, 2).await.unwrap();
            let Some(last) = orders.last() else { break };
            after = Some(*last);
            let histories = shop.store.order_histories(shop.id, &orders).await.unwrap();
            for history in &histories {
                assert_eq!(history.cases.len(), 2);
                assert!(
                    history.cases.iter().all(
                        |case| case.events.len() as u64 == case.row.case.seq && case.deadlines.len() == 2
                    )
                );
            }
            seen.extend(
                histories
                    .into_iter()
                    .filter_map(|history| Some(history.order?.order.id)),
            );
        }
        assert_eq!(seen, sold);
        let all = shop
            .store
            .orders_touched(shop.id, Position::default())
            .await
            .unwrap();
        assert_eq!(all, sold);
        let end = shop.store.last_position(shop.id).await.unwrap();
        assert_eq!(shop.store.orders_touched(shop.id, end).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_anchor_shows_a_case_that_was_deleted() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let store = &shop.store;
        let (_, case) = shop.opened(100).await;
        shop.opened(100).await;
        let first = store.anchor_write(shop.id, "2026-03-01", MORNING).await.unwrap();
        assert_eq!((first.cases, first.previous), (2, Digest::ZERO));
        shop.commit(shop.approve(case)).await.unwrap();
        assert_eq!(
            store.anchor_write(shop.id, "2026-03-01", MORNING).await.unwrap(),
            first,
            "once a day"
        );
        let second = store.anchor_write(shop.id, "2026-03-02", MORNING).await.unwrap();
        assert_eq!(
            (second.cases, second.previous),
            (1, first.root),
            "only what grew since"
        );
        assert_eq!(
            store.anchors_list(shop.id).await.unwrap(),
            [first.clone(), second.clone()]
        );
        place.run("DELETE FROM anchors WHERE day = '2026-03-02'").await;
        let again = store.anchor_write(shop.id, "2026-03-02", MORNING).await.unwrap();
        assert_eq!(again, second, "the same heads, the same root");
        place
            .run(&format!(
                "DELETE FROM anchors WHERE day = '2026-03-02'; DELETE FROM events WHERE case_id = '{case}'"
            ))
            .await;
        let cut = store.anchor_write(shop.id, "2026-03-02", MORNING).await.unwrap();
        assert_eq!(cut.cases, 0);
        assert_ne!(cut.root, second.root);
        assert_eq!(
            store
                .case_by_id(shop.id, CaseId::new(MORNING, fresh()))
                .await
                .unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_past_its_time_is_pruned() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (store, days) = (&shop.store, |days: i64| MORNING.plus_millis(days * 24 * HOUR));
        let session = |hash: &[u8], expires_at| NewSession {
            hash: Digest::of(&[hash]),
            id: SessionId::new(MORNING, fresh()),
            person: PersonId::new(MORNING, fresh()),
            shop: shop.id,
            at: MORNING,
            expires_at,
        };
        let (ended, running, revoked) = (
            session(b"1", days(1)),
            session(b"2", days(90)),
            session(b"3", days(90)),
        );
        for session in [&ended, &running, &revoked] {
            store.session_insert(session).await.unwrap();
        }
        assert!(store.session_revoke(revoked.id, days(1)).await.unwrap());
        let (_, case) = shop.opened(100).await;
        shop.commit(keyed(shop.approve(case), "k", "b")).await.unwrap();
        let due = store.outbox_claim(days(1), 10, HOUR).await.unwrap();
        let mut paid = shop.paid(case);
        paid.outbox = Some(OutboxDone {
            case,
            seq: due[0].seq,
        });
        shop.commit(paid).await.unwrap();
        let (_, waiting) = shop.opened(100).await;
        shop.commit(shop.approve(waiting)).await.unwrap();

        assert!(store.prune(days(30)).await.unwrap().is_empty(), "not yet");
        let pruned = store.prune(days(32)).await.unwrap();
        let expected = Pruned {
            sessions: 2,
            outbox: 1,
            keys: 0,
            mails: 0,
        };
        assert_eq!(pruned, expected);
        let pruned = store.prune(days(91)).await.unwrap();
        assert_eq!((pruned.outbox, pruned.keys), (0, 1));
        assert_eq!(place.rows_of("outbox").await, 1, "what is open stays");
    })
    .await;
}
