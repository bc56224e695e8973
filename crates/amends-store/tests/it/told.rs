//! Every story of `testdata/stories`, told on real databases: each command comes to the same events or
//! the same refusal as in the domain's own tests, and case, ledger and chain stand as the story ends.
//!
//! Must not know: what the stories are about; their traces are checked by the domain's tests.

use amends_domain::case::Case;
use amends_domain::command::Command;
use amends_domain::cover::Cover;
use amends_domain::event::{Event, chain};
use amends_domain::ids::{BlockId, PlanId, ShopId};
use amends_domain::ledger::OrderLedger;
use amends_domain::money::{Currency, Money};
use amends_domain::order::Order;
use amends_domain::time::{Calendar, OpeningHours};
use amends_store::{
    BlockRow, Blocked, Calendars, CommitError, CommitSettings, Committer, CoverRow, Founded, Imported,
    NewShop, OrderImport, ProductRow, Store, Submission,
};

use crate::harness::{Given, World};
use crate::language::Story;
use crate::place::on_both;
use crate::shop::{fresh, person};
use crate::stories::{files, parts, told};

/// The order as it came: whether it was paid and has left, its follow-up found out later.
fn as_sold(world: &World) -> Order {
    let is_followed = |case: &Case| case.trade.is_some();
    let mut order = world.order.clone();
    if world
        .cases
        .values()
        .filter_map(|tracked| tracked.case.as_ref())
        .any(is_followed)
    {
        order.paid_at = None;
        order.dispatched_at = None;
    }
    order
}

/// A shop under the story's rules and with its hours, that has sold the story's order.
async fn shop_of(store: &Store, world: &World) -> ShopId {
    let id = ShopId::new(world.order.since(), fresh());
    let hours = world.time.hours();
    let settings = if hours == OpeningHours::ALWAYS {
        "{}".to_owned()
    } else {
        let hours = serde_json::to_value(hours).unwrap();
        serde_json::json!({ "calendar": world.time.calendar().id(), "opening_hours": hours }).to_string()
    };
    let shop = NewShop {
        id,
        name: format!("shop {id}"),
        time_zone: "Asia/Shanghai".to_owned(),
        currency: Currency::CNY,
        settings,
        at: world.order.since(),
    };
    let owner = person(&format!("owner of {id}"));
    let founded = store.shop_found(&shop, &world.policy, &owner).await.unwrap();
    assert_eq!(founded, Founded::Written);
    let products = world.products.iter().map(|product| ProductRow {
        product: product.clone(),
        updated_at: world.order.since(),
    });
    let import = OrderImport {
        covers: world.covers.iter().map(sold).collect(),
        ledger: OrderLedger::open(&world.order),
        order: as_sold(world),
        buyer: None,
        products: products.collect(),
    };
    let inserted = store.orders_insert(id, &[import], &[]).await.unwrap();
    assert_eq!(inserted, Imported::Written);
    if let Some(until_at) = world.blocked_until {
        let block = BlockRow {
            id: BlockId::new(world.order.since(), fresh()),
            buyer: world.order.buyer,
            case: None,
            reason: Some("多次索要钱款".to_owned()),
            added_by: owner.id,
            added_at: world.order.since(),
            until_at,
            clause: "ABU-BLOCK".to_owned(),
            lifted_by: None,
            lifted_at: None,
            lift_reason: None,
        };
        assert_eq!(store.block_insert(id, &block).await.unwrap(), Blocked::Added);
    }
    id
}

/// A cover of a story, of a plan that nobody asks for.
fn sold(cover: &Cover) -> CoverRow {
    CoverRow {
        plan: PlanId::new(cover.given_at, [1; 10]),
        name: cover.plan.code().to_owned(),
        premium: Money::zero(Currency::CNY),
        cover: cover.clone(),
    }
}

/// Gives one command again, and holds what it comes to against what it came to in the story.
async fn again(committer: &Committer, shop: ShopId, world: &World, given: &Given) {
    let opens = matches!(given.command, Command::Open(_)) && !world.without_order;
    let submission = Submission {
        shop,
        envelope: given.envelope.clone(),
        order: opens.then_some(world.order.id),
        command: given.command.clone(),
        key: None,
        texts: Vec::new(),
        outbox: None,
    };
    let committed = committer.submit(submission).await;
    match (&given.came_to, committed) {
        (Ok(events), Ok(committed)) => {
            assert_eq!(committed.events as usize, events.len(), "{:?}", given.command);
        }
        (Err(refusal), Err(CommitError::Refused(given_now))) => assert_eq!(*refusal, given_now),
        (expected, committed) => panic!("{:?}: {expected:?}, but {committed:?}", given.command),
    }
}

/// What is stored of every case is what the story left behind, down to the last link of its chain.
async fn ends_as_told(store: &Store, shop: ShopId, world: &World) {
    for tracked in world.cases.values() {
        let stored = store.case_by_id(shop, tracked.id).await.unwrap();
        assert_eq!(stored.as_ref().map(|row| &row.case), tracked.case.as_ref());
        let rows = store.events_of_case(shop, tracked.id, 0, 1_000).await.unwrap();
        assert_eq!(rows.len(), tracked.log.len());
        let mut head = amends_domain::digest::Digest::ZERO;
        for (row, (at, event)) in rows.iter().zip(&tracked.log) {
            assert_eq!(row.body, event.encode());
            assert_eq!(row.at, *at);
            let millis = row.at.millis();
            head = chain(
                head,
                tracked.id,
                row.seq,
                millis,
                &row.actor,
                Event::VERSION,
                &row.body,
            );
        }
        assert_eq!(stored.map(|row| row.head), tracked.case.as_ref().map(|_| head));
    }
    let order = store.order_by_id(shop, world.order.id).await.unwrap().unwrap();
    assert_eq!(order.ledger, world.ledger);
}

async fn tell(store: &Store, committer: &Committer, story: &Story) {
    let world = &story.world;
    assert!(world.given.len() > 1, "a story of one command");
    let shop = shop_of(store, world).await;
    for given in &world.given {
        again(committer, shop, world, given).await;
    }
    ends_as_told(store, shop, world).await;
}

#[tokio::test]
async fn every_story_ends_on_a_database_as_it_is_told() {
    let calendar = Calendar::parse(include_str!("../../../../content/calendars/cn.toml")).unwrap();
    let stories: Vec<Story> = files().values().map(|text| told(parts(text).0)).collect();
    on_both(async |place| {
        let store = place.open().await;
        let calendars = Calendars::new([calendar.clone()]);
        let committer = store.committer(CommitSettings::default(), calendars);
        for story in &stories {
            tell(&store, &committer, story).await;
        }
    })
    .await;
}
