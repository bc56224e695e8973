//! A case from its opening to its closure, with every row that goes with it.

use amends_domain::actor::Actor;
use amends_domain::case::clock::{Clock, Stage};
use amends_domain::case::{Outcome, Request};
use amends_domain::command::Command;
use amends_domain::digest::Digest;
use amends_domain::effect::Effect;
use amends_domain::event::{Event, chain};
use amends_domain::ids::{CaseId, ShopId};
use amends_domain::{State, evolve};
use amends_store::{OutboxDone, Store, Target};

use crate::place::on_both;
use crate::shop::{HOUR, MORNING, Shop};

#[tokio::test]
async fn a_refund_only_case_runs_to_its_closure() {
    on_both(async |place| refund_only(&Shop::at(place).await).await).await;
    let memory = Store::connect(&Target::SqliteMemory).await.unwrap();
    memory.migrate().await.unwrap();
    refund_only(&Shop::on(memory).await).await;
}

async fn refund_only(shop: &Shop) {
    let store = &shop.store;
    let order = shop.sell(&[10_000, 5_001]).await;
    let opened = shop.commit(shop.open(&order, 2)).await.unwrap();
    assert_eq!((opened.number, opened.seq, opened.events), (1, 2, 2));
    let case = opened.case;
    assert_eq!(
        clocks(shop, case).await,
        [
            (Clock::Decision, Stage::Warning),
            (Clock::Decision, Stage::Expiry)
        ]
    );
    assert_eq!(
        store.next_due().await.unwrap().deadline,
        Some(MORNING.plus_millis(36 * HOUR))
    );

    let approved = shop.commit(shop.approve(case)).await.unwrap();
    assert_eq!(
        clocks(shop, case).await,
        [
            (Clock::RefundExecution, Stage::Warning),
            (Clock::RefundExecution, Stage::Expiry)
        ]
    );
    let due = store
        .outbox_claim(MORNING.plus_millis(HOUR), 10, HOUR)
        .await
        .unwrap();
    let [row] = &due[..] else { panic!("{due:?}") };
    assert!(matches!(&row.effect, Effect::SendRefund { amount, attempt: 1, .. } if amount.minor() == 15_001));
    assert_eq!((row.case, row.seq <= approved.seq), (case, true));
    assert!(
        store
            .outbox_claim(MORNING.plus_millis(HOUR), 10, HOUR)
            .await
            .unwrap()
            .is_empty(),
        "leased"
    );

    let mut paid = shop.paid(case);
    paid.outbox = Some(OutboxDone { case, seq: row.seq });
    let closed = shop.commit(paid.clone()).await.unwrap();
    assert_eq!(store.next_due().await.unwrap().effect, None);
    assert_eq!(
        clocks(shop, case).await,
        [
            (Clock::FollowUp, Stage::Warning),
            (Clock::FollowUp, Stage::Expiry)
        ]
    );
    let row = store.case_by_number(shop.id, 1).await.unwrap().unwrap();
    assert_eq!(row.case.request, Request::Closed(Outcome::Refunded));
    assert_eq!(row.case.seq, closed.seq);
    let ledger = shop.ledger(&order).await;
    assert_eq!((ledger.refund_total(), ledger.check()), (15_001, Ok(())));

    // The provider says it twice: nothing happens, and it is settled all the same.
    let again = shop.commit(paid).await.unwrap();
    assert_eq!((again.events, again.seq), (0, closed.seq));
    replays(shop, case).await;
}

async fn clocks(shop: &Shop, case: CaseId) -> Vec<(Clock, Stage)> {
    let deadlines = shop.store.deadlines_of_case(shop.id, case).await.unwrap();
    deadlines
        .iter()
        .map(|deadline| (deadline.clock, deadline.stage))
        .collect()
}

/// The stored state is what the stored events make of it, and the chain holds.
async fn replays(shop: &Shop, case: CaseId) {
    let order = shop
        .store
        .case_by_id(shop.id, case)
        .await
        .unwrap()
        .unwrap()
        .case
        .order
        .unwrap();
    let histories = shop.store.order_histories(shop.id, &[order]).await.unwrap();
    let history = &histories[0];
    let stored = history.order.as_ref().unwrap();
    let mut state = State {
        case: None,
        ledger: Some(amends_domain::ledger::OrderLedger::open(&stored.order)),
    };
    let amends_store::CaseHistory {
        row,
        events,
        deadlines,
        outbox,
        differing,
        ..
    } = &history.cases[0];
    assert_eq!(deadlines.is_empty(), row.case.clocks.is_empty());
    assert!(differing.is_empty(), "{differing:?}");
    assert!(outbox.iter().all(|row| row.done_at.is_some()), "{outbox:?}");
    let mut head = Digest::ZERO;
    for stored in events {
        let event = Event::decode(stored.version, &stored.body).unwrap();
        assert_eq!(event.name(), stored.name);
        evolve(&mut state, &event, stored.at);
        let at = stored.at.millis();
        head = chain(
            head,
            case,
            stored.seq,
            at,
            &stored.actor,
            stored.version,
            &stored.body,
        );
        assert_eq!(head, stored.hash);
    }
    assert_eq!(state.case.as_ref(), Some(&row.case));
    assert_eq!(state.ledger.as_ref(), Some(&stored.ledger));
    assert_eq!(head, row.head);
    assert_eq!(
        *events,
        shop.store.events_of_case(shop.id, case, 0, 100).await.unwrap()
    );
}

#[tokio::test]
async fn a_deadline_is_told_until_it_took_effect() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (_, case) = shop.opened(10_000).await;
        let late = MORNING.plus_millis(49 * HOUR);
        let due = shop.store.deadlines_claim(late, 10, HOUR).await.unwrap();
        let stages: Vec<Stage> = due.iter().map(|due| due.stage).collect();
        assert_eq!(stages, [Stage::Warning, Stage::Expiry]);
        assert!(
            shop.store
                .deadlines_claim(late, 10, HOUR)
                .await
                .unwrap()
                .is_empty(),
            "leased"
        );
        let free_at = late.plus_millis(HOUR);
        assert_eq!(shop.store.next_due().await.unwrap().deadline, Some(free_at));
        assert_eq!(
            shop.store.deadlines_claim(free_at, 10, HOUR).await.unwrap().len(),
            2
        );

        let passed = |at: usize| {
            let due = due[at];
            let command = Command::DeadlinePassed {
                clock: due.clock,
                stage: due.stage,
                generation: due.generation,
            };
            shop.by(Actor::Deadlines, case, command, late)
        };
        assert_eq!(shop.commit(passed(0)).await.unwrap().events, 1);
        assert_eq!(clocks(&shop, case).await, [(Clock::Decision, Stage::Expiry)]);
        assert!(
            shop.commit(passed(1)).await.unwrap().events > 1,
            "approved by itself"
        );
        assert_eq!(
            shop.commit(passed(1)).await.unwrap().events,
            0,
            "a stale one is a no-op"
        );
        assert_eq!(
            clocks(&shop, case).await,
            [
                (Clock::RefundExecution, Stage::Warning),
                (Clock::RefundExecution, Stage::Expiry)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_stale_deadline_is_removed() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (_, case) = shop.opened(10_000).await;
        let left_over = format!(
            "INSERT INTO deadlines (shop_id, case_id, clock, stage, generation, due_at) \
             VALUES ('{}', '{case}', 'ruling', 'expiry', 9, 0)",
            shop.id
        );
        place.run(&left_over).await;
        let command = Command::DeadlinePassed {
            clock: Clock::Ruling,
            stage: Stage::Expiry,
            generation: 9,
        };
        let told = shop
            .commit(shop.by(Actor::Deadlines, case, command, MORNING))
            .await
            .unwrap();
        assert_eq!(told.events, 0);
        assert_eq!(
            clocks(&shop, case).await,
            [
                (Clock::Decision, Stage::Warning),
                (Clock::Decision, Stage::Expiry)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_case_of_another_shop_is_not_there() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (order, case) = shop.opened(10_000).await;
        let stranger = Shop::on(shop.store.clone()).await;
        let refused = stranger.commit(stranger.approve(case)).await.unwrap_err();
        assert_eq!(refused.to_string(), "refused: there is no such case");
        let not_found = stranger.commit(stranger.open(&order, 1)).await.unwrap_err();
        assert_eq!(not_found, amends_store::CommitError::OrderNotFound);
        let nobody = ShopId::new(MORNING, [9; 10]);
        assert_eq!(shop.store.case_by_id(nobody, case).await.unwrap(), None);
        assert!(shop.store.case_by_id(shop.id, case).await.unwrap().is_some());
    })
    .await;
}
