//! The queue and the search, on both databases.

use amends_domain::case::assessment::Severity;
use amends_domain::case::{Kind, Parcel, Status};
use amends_domain::command::Command;
use amends_domain::ids::{CaseId, PersonId};
use amends_domain::order::Order;
use amends_domain::policy::ClauseId;
use amends_domain::policy::pack::Priority;
use amends_domain::time::Moment;
use amends_store::{Assignee, Awaiting, CaseFilter, CaseSort, Engine, EscalatedTo, ViewCounts, ViewsAsked};

use crate::place::{Place, on_both};
use crate::shop::{HOUR, MORNING, Shop, fresh, policy};

/// Every case of a filter and sort, page by page.
async fn walked(shop: &Shop, filter: &CaseFilter, sort: CaseSort, limit: u32) -> Vec<CaseId> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = shop
            .store
            .cases_page(shop.id, filter, sort, after, limit)
            .await
            .unwrap();
        seen.extend(page.rows.iter().map(|row| row.case.id));
        after = page.next;
        if after.is_none() {
            return seen;
        }
    }
}

fn clause(id: &str) -> ClauseId {
    ClauseId::try_from(id.to_owned()).unwrap()
}

fn withdraw(shop: &Shop, case: CaseId, at: Moment) -> amends_store::Submission {
    shop.staff(case, Command::Withdraw, at)
}

#[tokio::test]
async fn pages_go_through_all_cases_in_every_sort() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let mut cases = Vec::new();
        for at in 0..9 {
            let order = shop.sell(&[100]).await;
            let mut open = shop.open(&order, 1);
            open.envelope.at = MORNING.plus_millis(at * HOUR);
            cases.push(shop.commit(open).await.unwrap().case);
        }
        for at in [1, 2, 3] {
            shop.commit(shop.approve(cases[at])).await.unwrap();
        }
        let evening = MORNING.plus_millis(12 * HOUR);
        shop.commit(withdraw(&shop, cases[0], evening)).await.unwrap();
        let open = CaseFilter {
            open: Some(true),
            ..CaseFilter::default()
        };
        let closed = CaseFilter {
            open: Some(false),
            ..CaseFilter::default()
        };
        let any = CaseFilter::default();
        for limit in [1, 2, 3, 200] {
            for sort in CaseSort::ALL {
                for (filter, expected) in [(&open, 8), (&closed, 1), (&any, 9)] {
                    let mut seen = walked(&shop, filter, *sort, limit).await;
                    seen.sort_unstable();
                    seen.dedup();
                    assert_eq!(seen.len(), expected, "{sort:?} {filter:?}");
                }
            }
            let newest: Vec<CaseId> = cases.iter().rev().copied().collect();
            assert_eq!(walked(&shop, &any, CaseSort::Opened, limit).await, newest);
            assert_eq!(walked(&shop, &any, CaseSort::Changed, limit).await[0], cases[0]);
            let due = walked(&shop, &open, CaseSort::Due, limit).await;
            assert_eq!(
                due[0], cases[1],
                "three days to pay begin before two to decide end"
            );
            assert_eq!(due.last(), Some(&cases[8]));
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_goes_on_where_it_was_although_cases_come_and_go() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let mut cases = Vec::new();
        for _ in 0..4 {
            cases.push(shop.opened(100).await.1);
        }
        cases.sort_unstable();
        let filter = CaseFilter {
            open: Some(true),
            ..CaseFilter::default()
        };
        let page = async |after| {
            shop.store
                .cases_page(shop.id, &filter, CaseSort::Due, after, 2)
                .await
                .unwrap()
        };
        let first = page(None).await;
        shop.commit(withdraw(&shop, cases[1], MORNING)).await.unwrap();
        shop.opened(100).await;
        let second: Vec<CaseId> = page(first.next)
            .await
            .rows
            .iter()
            .map(|row| row.case.id)
            .collect();
        assert_eq!(second, cases[2..4]);
    })
    .await;
}

/// Three cases: one waits for the shop; the second is paid for by now, somebody's, and has a bit of
/// everything; the third is withdrawn.
struct Three {
    shop: Shop,
    first_order: Order,
    person: PersonId,
    cases: [CaseId; 3],
}

impl Three {
    async fn at(place: &Place) -> Self {
        let shop = Shop::at(place).await;
        let (first_order, first) = shop.opened(100).await;
        let (_, second) = shop.opened(900).await;
        let (_, third) = shop.opened(100).await;
        shop.commit(shop.approve(second)).await.unwrap();
        shop.commit(withdraw(&shop, third, MORNING)).await.unwrap();
        let person = PersonId::new(MORNING, fresh());
        place
            .run(&format!(
                "UPDATE cases SET assignee = '{person}', priority = 1, severity = 3, disputed = 1, \
                 escalated_to = 'supervisor', tags = '\nvip\n赠品\n' WHERE number = 2"
            ))
            .await;
        Self {
            shop,
            first_order,
            person,
            cases: [first, second, third],
        }
    }
}

#[tokio::test]
async fn a_filter_finds_its_cases_in_every_sort_and_counts_them() {
    on_both(async |place| {
        let Three { shop, first_order, person, cases: [first, second, third] } = Three::at(place).await;
        let any = CaseFilter::default;
        let late = MORNING.plus_millis(24 * 365 * HOUR);
        #[rustfmt::skip]
        let table: Vec<(CaseFilter, Vec<CaseId>)> = vec![
            (any(), vec![first, second, third]),
            (CaseFilter { open: Some(true), ..any() }, vec![first, second]),
            (CaseFilter { open: Some(false), ..any() }, vec![third]),
            (CaseFilter { statuses: vec![Status::AwaitingDecision, Status::Closed], ..any() }, vec![first, third]),
            (CaseFilter { kind: Some(Kind::RefundOnly), ..any() }, vec![first, second, third]),
            (CaseFilter { kind: Some(Kind::Exchange), ..any() }, vec![]),
            (CaseFilter { reason: Some("regret".to_owned()), ..any() }, vec![first, second, third]),
            (CaseFilter { reason: Some("'".to_owned()), ..any() }, vec![]),
            (CaseFilter { priority: Some(Priority::High), ..any() }, vec![second]),
            (CaseFilter { severity: Some(Severity::Low), ..any() }, vec![first, third]),
            (CaseFilter { assignee: Some(Assignee::Nobody), ..any() }, vec![first, third]),
            (CaseFilter { assignee: Some(Assignee::Person(person)), ..any() }, vec![second]),
            (CaseFilter { escalated_to: Some(EscalatedTo::Anybody), ..any() }, vec![second]),
            (CaseFilter { escalated_to: Some(EscalatedTo::Role(amends_domain::actor::Role::Manager)), ..any() }, vec![]),
            (CaseFilter { clause: Some(clause("CLK-2")), ..any() }, vec![first]),
            (CaseFilter { clause: Some(clause("CLK-2")), open: Some(true), ..any() }, vec![first]),
            (CaseFilter { clause: Some(clause("CLK")), ..any() }, vec![]),
            (CaseFilter { follow_up_due: Some(true), ..any() }, vec![]),
            (CaseFilter { follow_up_due: Some(false), ..any() }, vec![first, second, third]),
            (CaseFilter { awaiting: Some(Awaiting::Shop), ..any() }, vec![first]),
            (CaseFilter { awaiting: Some(Awaiting::Provider), ..any() }, vec![second]),
            (CaseFilter { disputed: Some(true), ..any() }, vec![second]),
            (CaseFilter { opened_from: Some(MORNING), opened_until: Some(late), ..any() }, vec![first, second, third]),
            (CaseFilter { opened_until: Some(MORNING), ..any() }, vec![]),
            (CaseFilter { open: Some(true), due_from: Some(MORNING), due_before: Some(late), ..any() }, vec![first, second]),
            (CaseFilter { due_before: Some(MORNING), ..any() }, vec![]),
            (CaseFilter { tag: Some("赠品".to_owned()), ..any() }, vec![second]),
            (CaseFilter { tag: Some("赠".to_owned()), ..any() }, vec![]),
            (CaseFilter { order: Some(first_order.id), buyer: Some(first_order.buyer), ..any() }, vec![first]),
            (CaseFilter { value_from_minor: Some(900), ..any() }, vec![second]),
        ];
        for (filter, mut expected) in table {
            expected.sort_unstable();
            for sort in CaseSort::ALL {
                let mut seen = walked(&shop, &filter, *sort, 2).await;
                seen.sort_unstable();
                assert_eq!(seen, expected, "{sort:?} {filter:?}");
            }
            let count = shop.store.cases_count(shop.id, &filter).await.unwrap();
            assert_eq!(usize::try_from(count).unwrap(), expected.len(), "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn views_are_counted_for_who_looks_at_his_time_and_in_his_shop() {
    on_both(async |place| {
        let Three { shop, person, .. } = Three::at(place).await;
        let asked = ViewsAsked {
            person,
            now: MORNING.plus_millis(46 * HOUR + HOUR / 2),
            soon: MORNING.plus_millis(48 * HOUR + HOUR / 2),
            high_value_minor: Some(900),
        };
        let views = shop.store.cases_views(shop.id, &asked).await.unwrap();
        let expected = ViewCounts {
            open: 2,
            mine: 1,
            unassigned: 1,
            due_soon: 1,
            overdue: 0,
            disputed: 1,
            escalated: 1,
            high_value: 1,
            awaiting_buyer: 0,
        };
        assert_eq!(views, expected);
        let stranger = Shop::on(shop.store.clone()).await;
        let nothing = shop.store.cases_views(stranger.id, &asked).await.unwrap();
        assert_eq!(nothing, ViewCounts::default());
    })
    .await;
}

#[tokio::test]
async fn parcels_and_numbers_are_found() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (order, case) = shop.opened(100).await;
        let (other_order, _) = shop.opened(100).await;
        place
            .run(&format!(
                "INSERT INTO case_waybills (shop_id, waybill, case_id) VALUES ('{}', 'SF12345678', '{case}')",
                shop.id
            ))
            .await;
        let found = async |waybill: &str| {
            let rows = shop.store.cases_by_waybill(shop.id, waybill, 9).await.unwrap();
            rows.iter().map(|row| row.case.id).collect::<Vec<_>>()
        };
        for (waybill, expected) in [("sf 1234-5678", &[case][..]), ("SF1234567", &[]), ("-", &[])] {
            assert_eq!(found(waybill).await, expected, "{waybill}");
        }
        let numbers = async |start: &str| {
            let rows = shop
                .store
                .orders_by_number_start(shop.id, start, 9)
                .await
                .unwrap();
            rows.iter()
                .map(|row| row.order.number.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(&order.number).await[0], order.number);
        assert_eq!(numbers("N").await.len(), 2);
        assert!(numbers("%").await.is_empty() && numbers("n").await.is_empty());
        let ids = [order.id, other_order.id];
        assert_eq!(
            shop.store.cases_of_orders(shop.id, &ids, 9).await.unwrap().len(),
            2
        );
        assert_eq!(
            shop.store.cases_of_orders(shop.id, &ids, 1).await.unwrap().len(),
            1
        );
        let nobody = shop
            .store
            .orders_by_nickname_index(shop.id, &[1], 9)
            .await
            .unwrap();
        assert!(nobody.is_empty());
    })
    .await;
}

#[tokio::test]
async fn words_are_found_in_both_scripts_until_they_are_erased() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (order, case) = shop.opened(100).await;
        let (_, other) = shop.opened(100).await;
        let long = "a".repeat(9_000);
        for (case, text) in [
            (case, "買家說裙子破了，要退貨 Refund-2026"),
            (other, "面条'\" & | 退款"),
            (other, long.as_str()),
            (other, "…"),
        ] {
            shop.commit(shop.note(case, text)).await.unwrap();
        }
        let found = async |text: &str| {
            let rows = shop.store.cases_by_words(shop.id, text, 9).await.unwrap();
            rows.iter().map(|(row, _)| row.case.id).collect::<Vec<_>>()
        };
        let table: [(&str, &[CaseId]); 12] = [
            ("退货", &[case]),
            ("退貨", &[case]),
            ("裙子 refund", &[case]),
            ("REFUND", &[case]),
            ("２０２６", &[case]),
            ("貨", &[case]),
            ("裙", &[case]),
            ("退", &[other, case]),
            ("麵條", &[other]),
            ("破退", &[]),
            ("' OR 1 --", &[]),
            ("*", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(found(text).await, expected, "{text}");
        }
        assert_eq!(found(&long).await, [other], "as far as it is kept");
        let stranger = Shop::on(shop.store.clone()).await;
        let foreign = shop.store.cases_by_words(stranger.id, "退", 9).await.unwrap();
        assert!(foreign.is_empty());
        shop.store
            .buyer_erase(shop.id, order.buyer, MORNING)
            .await
            .unwrap();
        assert_eq!(found("退").await, [other]);
        assert_eq!(place.rows_of("text_words").await, 2, "the words go with the text");
    })
    .await;
}

#[tokio::test]
async fn every_parcel_of_a_case_is_kept() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let mut order = crate::shop::order(&[100]);
        order.dispatched_at = Some(MORNING.plus_millis(-HOUR / 2));
        order.delivered_at = Some(MORNING.plus_millis(-HOUR / 4));
        let import = amends_store::OrderImport {
            covers: Vec::new(),
            ledger: amends_domain::ledger::OrderLedger::open(&order),
            order: order.clone(),
            buyer: None,
            products: Vec::new(),
        };
        shop.store.orders_insert(shop.id, &[import], &[]).await.unwrap();
        let mut open = shop.open(&order, 1);
        let Command::Open(asked) = &mut open.command else {
            panic!("an opening")
        };
        (asked.kind, asked.reason) = (Kind::ReturnAndRefund, "quality".to_owned());
        asked.photos = 1;
        let case = shop.commit(open).await.unwrap().case;
        shop.commit(shop.approve(case)).await.unwrap();
        let parcel = Parcel {
            carrier: "顺丰".to_owned(),
            waybill: "SF 99".to_owned(),
        };
        let ship = shop.staff(case, Command::ShipReturn { parcel }, MORNING.plus_millis(HOUR));
        shop.commit(ship).await.unwrap();
        let found = shop.store.cases_by_waybill(shop.id, "sf99", 9).await.unwrap();
        assert_eq!(found.len(), 1);
    })
    .await;
}

/// What migration 14 fills in old cases with, as the engine has it.
fn filling(engine: Engine) -> &'static str {
    let text = include_str!("../../migrations/0014_clauses.sql");
    let between = |open, close| text.split_once(open)?.1.split_once(close);
    let found = match engine {
        Engine::Postgres => between("\n{", ";}"),
        Engine::Sqlite => between("}[", ";]"),
    };
    found.unwrap().0
}

#[tokio::test]
async fn cases_of_before_migration_14_are_filled_with_what_the_committer_writes() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (_, decided) = (shop.opened(100).await, shop.opened(100).await.1);
        shop.commit(shop.approve(decided)).await.unwrap();
        shop.commit(shop.paid(decided)).await.unwrap();
        let policy = policy();
        let filters = policy.clauses().iter().map(|clause| CaseFilter {
            clause: Some(clause.id.clone()),
            ..CaseFilter::default()
        });
        let filters: Vec<CaseFilter> = filters
            .chain([CaseFilter {
                follow_up_due: Some(true),
                ..CaseFilter::default()
            }])
            .collect();
        let counts = async || {
            let mut counts = Vec::new();
            for filter in &filters {
                counts.push(shop.store.cases_count(shop.id, filter).await.unwrap());
            }
            counts
        };
        let written = counts().await;
        assert!(written.iter().sum::<u64>() > 2, "{written:?}");
        assert_eq!(written.last(), Some(&1));
        place
            .run("UPDATE cases SET clauses = '', follow_up_due = 0")
            .await;
        assert_eq!(counts().await.iter().sum::<u64>(), 0);
        place.run(filling(place.engine)).await;
        assert_eq!(counts().await, written);
    })
    .await;
}
