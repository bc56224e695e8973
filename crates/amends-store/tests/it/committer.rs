//! Batches: keys, refusals, poison, stale rows, stopping.

use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use amends_domain::order::Order;
use amends_domain::refusal::Refusal;
use amends_store::{Calendars, CommitError, CommitSettings, Engine, StoreError};

use crate::place::{Place, on_both};
use crate::shop::{HOUR, MORNING, Shop, keyed};

#[tokio::test]
async fn a_repeated_key_is_answered_and_another_body_is_refused() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[10_000]).await;
        let first = shop.commit(keyed(shop.open(&order, 1), "k", "a")).await.unwrap();
        let again = shop.commit(keyed(shop.open(&order, 1), "k", "a")).await.unwrap();
        assert!(again.replayed && !first.replayed);
        assert_eq!(
            (again.case, again.number, again.seq),
            (first.case, first.number, first.seq)
        );
        let other = shop.commit(keyed(shop.open(&order, 1), "k", "b")).await;
        assert_eq!(other, Err(CommitError::KeyReused));
        assert_eq!(place.rows_of("cases").await, 1);
    })
    .await;
}

#[tokio::test]
async fn equal_keys_in_one_batch_are_one_command() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[10_000, 10_000, 10_000]).await;
        let open = |body| keyed(shop.open(&order, 1), "k", body);
        let answers = shop
            .commit_together(vec![open("a"), open("a"), open("b"), open("a")])
            .await;
        let [Ok(first), Ok(second), Err(CommitError::KeyReused), Ok(third)] = &answers[..] else {
            panic!("{answers:?}")
        };
        assert_eq!((first.case, first.number), (second.case, second.number));
        assert_eq!(second, third);
        assert!(!first.replayed && second.replayed);
        assert_eq!(place.rows_of("cases").await, 1);
        assert_eq!(place.rows_of("idempotency").await, 1);
        assert_eq!(place.rows_of("audit").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_whose_command_was_refused_is_free() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[10_000]).await;
        let refused = shop.commit(keyed(shop.open(&order, 2), "k", "a")).await;
        assert!(matches!(
            refused,
            Err(CommitError::Refused(Refusal::NotInHand { .. }))
        ));
        let two = vec![
            keyed(shop.open(&order, 2), "k", "a"),
            keyed(shop.open(&order, 1), "k", "b"),
        ];
        let answers = shop.commit_together(two).await;
        assert!(
            matches!(answers[..], [Err(CommitError::Refused(_)), Ok(_)]),
            "{answers:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_refused_command_writes_nothing_and_the_others_go_on() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[10_000]).await;
        let mut greedy = shop.open(&order, 2);
        greedy.texts = shop.note(greedy.envelope.case, "两件都要退").texts;
        assert!(shop.commit(greedy.clone()).await.is_err());
        for table in [
            "events",
            "cases",
            "audit",
            "deadlines",
            "outbox",
            "idempotency",
            "texts",
            "counters",
        ] {
            assert_eq!(place.rows_of(table).await, 0, "{table}");
        }
        let answers = shop.commit_together(vec![greedy, shop.open(&order, 1)]).await;
        assert!(
            matches!(answers[..], [Err(CommitError::Refused(_)), Ok(_)]),
            "{answers:?}"
        );
        let order = shop.store.order_by_id(shop.id, order.id).await.unwrap().unwrap();
        assert_eq!(order.version, 2);
    })
    .await;
}

#[tokio::test]
async fn commands_of_one_batch_see_each_other() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[10_000, 20_000]).await;
        let open = shop.open(&order, 2);
        let case = open.envelope.case;
        let batch = vec![
            open,
            shop.note(case, "看到了"),
            shop.approve(case),
            shop.paid(case),
        ];
        let answers = shop.commit_together(batch).await;
        let seqs: Vec<u64> = answers
            .iter()
            .map(|answer| answer.as_ref().unwrap().seq)
            .collect();
        assert!(seqs.is_sorted(), "{seqs:?}");
        assert!(answers.iter().all(|answer| answer.as_ref().unwrap().number == 1));
        let row = shop.store.case_by_id(shop.id, case).await.unwrap().unwrap();
        assert!(row.case.is_closed());
        assert_eq!(place.rows_of("texts").await, 1);
        assert_eq!(shop.ledger(&order).await.refund_total(), 30_000);
        // It was ordered and paid within one transaction; the effect is still in the outbox.
        let open = "SELECT COUNT(*) FROM outbox WHERE done_at IS NULL";
        assert_eq!(place.number(open).await, 1);
    })
    .await;
}

#[tokio::test]
async fn earlier_cases_of_the_buyer_count_also_within_a_batch() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[100, 100, 100]).await;
        let opens = (0..3).map(|_| shop.open(&order, 1)).collect();
        assert!(shop.commit_together(opens).await.iter().all(Result::is_ok));
        let query = "SELECT COUNT(*) FROM cases";
        assert_eq!(place.number(query).await, 3);
    })
    .await;
}

/// Makes every event of one case fail.
async fn poison(place: &Place, case: CaseId) {
    let trigger = match place.engine {
        Engine::Sqlite => format!(
            "CREATE TRIGGER poison BEFORE INSERT ON events WHEN NEW.case_id = '{case}' \
             BEGIN SELECT RAISE(ABORT, 'poison'); END"
        ),
        Engine::Postgres => format!(
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'poison'; END $$; \
             CREATE TRIGGER poison BEFORE INSERT ON events FOR EACH ROW \
             WHEN (NEW.case_id = '{case}') EXECUTE FUNCTION poison()"
        ),
    };
    place.run(&trigger).await;
}

#[tokio::test]
async fn poison_fails_alone() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let mut opens = Vec::new();
        for _ in 0..9 {
            let order = shop.sell(&[10_000]).await;
            opens.push(shop.open(&order, 1));
        }
        poison(place, opens[5].envelope.case).await;
        let answers = shop.commit_together(opens).await;
        for (at, answer) in answers.iter().enumerate() {
            let fault = matches!(answer, Err(CommitError::Store(StoreError::Database { .. })));
            assert_eq!(fault, at == 5, "{at}: {answer:?}");
        }
        assert_eq!(place.rows_of("cases").await, 8);
        assert_eq!(place.rows_of("audit").await, 8);
    })
    .await;
}

/// Swallows the first update of one row of a table.
async fn swallow_once(place: &Place, table: &str, column: &str, id: &str, other: &str) {
    let trigger = match place.engine {
        // Nothing in the database remembers a transaction that was rolled back; but what stood
        // beside the stale row has been committed by the next round.
        Engine::Sqlite => format!(
            "CREATE TRIGGER swallow BEFORE UPDATE ON {table} WHEN NEW.{column} = '{id}' \
             AND (SELECT version FROM {table} WHERE {column} = '{other}') = 2 \
             BEGIN SELECT RAISE(IGNORE); END"
        ),
        Engine::Postgres => format!(
            "CREATE SEQUENCE swallowed; \
             CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN IF nextval('swallowed') = 1 THEN RETURN NULL; END IF; RETURN NEW; END $$; \
             CREATE TRIGGER swallow BEFORE UPDATE ON {table} FOR EACH ROW \
             WHEN (NEW.{column} = '{id}') EXECUTE FUNCTION swallow()"
        ),
    };
    place.run(&trigger).await;
}

/// A row does not take its update once: what is on it is decided again, the rest stands.
async fn check_stale(place: &Place, table: &str, column: &str) {
    let shop = Shop::at(place).await;
    let (first, second) = (shop.opened(10_000).await, shop.opened(10_000).await);
    let id = |of: &(Order, CaseId)| {
        if table == "cases" {
            of.1.to_string()
        } else {
            of.0.id.to_string()
        }
    };
    swallow_once(place, table, column, &id(&first), &id(&second)).await;
    let batch = vec![
        shop.approve(first.1),
        shop.approve(second.1),
        shop.note(first.1, "在后"),
        shop.paid(second.1),
    ];
    let answers = shop.commit_together(batch).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let commits = "SELECT COUNT(DISTINCT commit_id) FROM audit";
    assert_eq!(
        place.number(commits).await,
        4,
        "two openings, what stood, what was decided again"
    );
    let row = shop.store.case_by_id(shop.id, first.1).await.unwrap().unwrap();
    assert_eq!(place.rows_of("texts").await, 1);
    let events = shop.store.events_of_case(shop.id, first.1, 0, 100).await.unwrap();
    assert_eq!(events.len() as u64, row.case.seq, "each event once");
}

#[tokio::test]
async fn a_row_that_never_takes_its_update_is_given_up() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (first, second) = (shop.opened(10_000).await, shop.opened(10_000).await);
        let case = first.1;
        let trigger = match place.engine {
            Engine::Sqlite => format!(
                "CREATE TRIGGER swallow BEFORE UPDATE ON cases WHEN NEW.case_id = '{case}' \
                 BEGIN SELECT RAISE(IGNORE); END"
            ),
            Engine::Postgres => format!(
                "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; \
                 CREATE TRIGGER swallow BEFORE UPDATE ON cases FOR EACH ROW \
                 WHEN (NEW.case_id = '{case}') EXECUTE FUNCTION swallow()"
            ),
        };
        place.run(&trigger).await;
        let batch = vec![shop.approve(case), shop.approve(second.1)];
        let answers = shop.commit_together(batch).await;
        assert!(
            matches!(&answers[0], Err(CommitError::Store(error)) if error.is_transient()),
            "{answers:?}"
        );
        assert!(answers[1].is_ok(), "{answers:?}");
        assert_eq!(place.rows_of("outbox").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_stale_case_is_decided_again() {
    on_both(async |place| check_stale(place, "cases", "case_id").await).await;
}

#[tokio::test]
async fn a_stale_order_is_decided_again() {
    on_both(async |place| check_stale(place, "orders", "order_id").await).await;
}

#[tokio::test]
async fn a_full_queue_says_so() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[100]).await;
        let settings = CommitSettings {
            batch_max: 1,
            queue_max: 1,
        };
        let small = shop.store.committer(settings, Calendars::default());
        let (first, second) = tokio::join!(
            small.submit(shop.open(&order, 1)),
            small.submit(shop.open(&order, 1))
        );
        assert!(first.is_ok());
        assert_eq!(second, Err(CommitError::Busy));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_answers_everything_that_waits() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let settings = CommitSettings {
            batch_max: 2,
            queue_max: 1_000,
        };
        let committer = shop.store.committer(settings, Calendars::default());
        let mut waiting = Vec::new();
        for _ in 0..60 {
            let order = shop.sell(&[100]).await;
            let (committer, open) = (committer.clone(), shop.open(&order, 1));
            waiting.push(async move { committer.submit(open).await });
        }
        let waiting: Vec<_> = waiting.into_iter().map(tokio::spawn).collect();
        committer.clone().stop().await;
        let mut committed = 0;
        for task in waiting {
            match task.await.unwrap() {
                Ok(_) => committed += 1,
                Err(error) => assert_eq!(error, CommitError::Stopped),
            }
        }
        for table in ["cases", "audit"] {
            assert_eq!(place.rows_of(table).await, committed, "{table}");
        }
        assert_eq!(place.rows_of("events").await, 2 * committed);
        let order = shop.sell(&[100]).await;
        assert_eq!(
            committer.submit(shop.open(&order, 1)).await,
            Err(CommitError::Stopped)
        );
    })
    .await;
}

#[tokio::test]
async fn a_runtime_that_ends_leaves_nothing_half_written() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let mut opens = Vec::new();
        for _ in 0..40 {
            let order = shop.sell(&[100]).await;
            opens.push(shop.open(&order, 1));
        }
        let node = Shop::with(place.open().await, shop.id);
        drop(node.committer);
        let runtime = std::thread::spawn({
            let target = place.target.clone();
            move || {
                let runtime = tokio::runtime::Runtime::new().unwrap();
                runtime.block_on(async move {
                    let store = amends_store::Store::connect(&target).await.unwrap();
                    let settings = CommitSettings {
                        batch_max: 3,
                        queue_max: 100,
                    };
                    let committer = store.committer(settings, Calendars::default());
                    for open in opens {
                        let committer = committer.clone();
                        tokio::spawn(async move { committer.submit(open).await });
                    }
                    tokio::task::yield_now().await;
                });
                runtime.shutdown_background();
            }
        });
        runtime.join().unwrap();
        // Whatever batch was under way ends or is undone before the next one begins.
        let (_, case) = shop.opened(100).await;
        assert!(shop.store.case_by_id(shop.id, case).await.unwrap().is_some());
        let cases = place.rows_of("cases").await;
        assert_eq!(place.rows_of("audit").await, cases);
        assert_eq!(place.rows_of("events").await, 2 * cases);
        assert_eq!(place.rows_of("deadlines").await, 2 * cases);
    })
    .await;
}

#[tokio::test]
async fn recorded_rows_are_those_a_batch_writes() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let mut opens = Vec::new();
        for _ in 0..150 {
            let order = shop.sell(&[100]).await;
            opens.push(shop.open(&order, 1));
        }
        let bulk = shop.store.bulk_record(&opens).await.unwrap();
        assert_eq!(bulk.commands(), 150);
        assert_eq!(place.rows_of("cases").await, 0);
        shop.store.bulk_write(bulk).await.unwrap();
        assert_eq!(place.rows_of("cases").await, 150);
        let approved: Vec<_> = opens
            .iter()
            .map(|open| shop.approve(open.envelope.case))
            .collect();
        let bulk = shop.store.bulk_record(&approved).await.unwrap();
        shop.store.bulk_write(bulk).await.unwrap();
        assert_eq!(place.rows_of("outbox").await, 150);
        let last = opens.last().unwrap().envelope.case;
        let closed = shop.commit(shop.paid(last)).await.unwrap();
        assert_eq!(closed.number, 150);
        let refused = shop.staff(last, Command::Withdraw, MORNING.plus_millis(3 * HOUR));
        assert!(shop.store.bulk_record(&[refused]).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_ledger_that_does_not_add_up_moves_no_further() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let order = shop.sell(&[10_000]).await;
        place
            .run("UPDATE orders SET ledger_json = replace(ledger_json, '\"posted\":0', '\"posted\":1')")
            .await;
        let fault = shop.commit(shop.open(&order, 1)).await.unwrap_err();
        let CommitError::Store(fault @ StoreError::Corrupt { .. }) = fault else {
            panic!("{fault}")
        };
        assert!(fault.to_string().contains("the ledger of order"), "{fault}");
        for table in ["cases", "events", "audit"] {
            assert_eq!(place.rows_of(table).await, 0, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_committer_says_whether_it_is_alive() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        assert!(shop.committer.is_running());
        shop.committer.clone().stop().await;
        assert!(!shop.committer.is_running());
    })
    .await;
}
