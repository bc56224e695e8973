//! The audit read back, page by page, by case, by actor and by time.

use amends_domain::actor::Actor;
use amends_domain::command::Command;
use amends_store::{AuditActor, AuditFilter, AuditRow};

use crate::place::on_both;
use crate::shop::{HOUR, MORNING, Shop, keyed};

fn commands(rows: &[AuditRow]) -> Vec<&str> {
    rows.iter().map(|row| row.command.as_str()).collect()
}

#[tokio::test]
async fn who_gave_which_command_is_read_back_from_the_end() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (order, case) = shop.opened(10_000).await;
        let later = MORNING.plus_millis(HOUR);
        shop.commit(keyed(shop.note(case, "called"), "note", "called"))
            .await
            .unwrap();
        let withdraw = shop.by(Actor::Buyer(order.buyer), case, Command::Withdraw, later);
        shop.commit(withdraw).await.unwrap();
        let (_, other) = shop.opened(5_000).await;
        let stranger = Shop::on(shop.store.clone()).await;
        stranger.opened(1_000).await;

        let read = async |filter: AuditFilter, before, limit| {
            shop.store
                .audit_page(shop.id, &filter, before, limit)
                .await
                .unwrap()
        };
        let all = read(AuditFilter::default(), None, 200).await;
        assert_eq!(commands(&all), ["open", "withdraw", "add_text", "open"]);
        assert_eq!((all[1].at, all[1].case), (later, case));
        assert_eq!(all[2].key.as_deref(), Some("note"));
        assert!(all[1].events.is_some_and(|(first, last)| first <= last));
        let (first, rest) = (read(AuditFilter::default(), None, 1).await, all[0].position);
        assert_eq!(first, all[..1]);
        assert_eq!(read(AuditFilter::default(), Some(rest), 200).await, all[1..]);

        let buyer = AuditActor::Buyer(order.buyer);
        for (filter, expected) in [
            (
                AuditFilter {
                    case: Some(other),
                    ..AuditFilter::default()
                },
                &all[..1],
            ),
            (
                AuditFilter {
                    case: Some(case),
                    ..AuditFilter::default()
                },
                &all[1..],
            ),
            (
                AuditFilter {
                    case: Some(case),
                    actor: Some(buyer),
                    from: Some(later),
                    until: None,
                },
                &all[1..2],
            ),
            (
                AuditFilter {
                    actor: Some(AuditActor::Deadlines),
                    ..AuditFilter::default()
                },
                &[],
            ),
            (
                AuditFilter {
                    until: Some(MORNING),
                    ..AuditFilter::default()
                },
                &[],
            ),
        ] {
            assert_eq!(read(filter, None, 200).await, expected, "{filter:?}");
        }
    })
    .await;
}
