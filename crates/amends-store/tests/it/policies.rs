//! Which policy set is in force from when, and which a case is opened under.

use amends_domain::digest::Digest;
use amends_domain::ids::ShopId;
use amends_domain::policy::pack::Pack;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;
use amends_store::{PolicyPeriod, Submission};

use crate::place::on_both;
use crate::shop::{HOUR, MORNING, Shop, fresh, policy};

/// The demo shop's set, told apart by the revision of its own pack.
fn revision(name: &str) -> PolicySet {
    let packs = [
        include_str!("../../../../content/policies/cn-law.toml").to_owned(),
        include_str!("../../../../content/policies/taobao.toml").to_owned(),
        include_str!("../../../../content/policies/demo-shop.toml")
            .replace("revision = \"1\"", &format!("revision = \"{name}\"")),
    ];
    PolicySet::resolve(&packs.map(|text| Pack::parse(&text).unwrap())).unwrap()
}

fn at(hours: i64) -> Moment {
    MORNING.plus_millis(hours * HOUR)
}

/// An opening of its own order, so many hours after the shop was founded.
async fn opening(shop: &Shop, hours: i64) -> Submission {
    let order = shop.sell(&[10_000]).await;
    let mut submission = shop.open(&order, 1);
    submission.envelope.at = at(hours);
    submission
}

async fn opened_under(shop: &Shop, hours: i64) -> Digest {
    let opened = shop.commit(opening(shop, hours).await).await.unwrap();
    policy_of(shop, opened.number).await
}

async fn policy_of(shop: &Shop, number: i64) -> Digest {
    let row = shop.store.case_by_number(shop.id, number).await.unwrap();
    row.unwrap().case.policy
}

#[tokio::test]
async fn what_is_published_for_later_takes_force_by_itself() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let (store, first) = (&shop.store, policy());
        // As shops were before there were periods: their own row says it.
        assert!(store.policy_periods(shop.id).await.unwrap().is_empty());
        assert_eq!(
            store.policy_in_force(shop.id, at(0)).await.unwrap(),
            Some(first.hash())
        );
        assert_eq!(opened_under(&shop, 0).await, first.hash());

        let (now, later, rash) = (revision("now"), revision("later"), revision("rash"));
        let sets = [(at(10), &now), (at(20), &later)];
        assert!(store.policy_publish(shop.id, &sets, at(10)).await.unwrap());
        for (hours, set) in [(9, &first), (10, &now), (19, &now), (20, &later), (900, &later)] {
            let hash = Some(set.hash());
            assert_eq!(
                store.policy_in_force(shop.id, at(hours)).await.unwrap(),
                hash,
                "{hours}"
            );
            assert_eq!(opened_under(&shop, hours).await, set.hash(), "{hours}");
        }

        // One batch, two moments.
        let (early, late) = (opening(&shop, 19).await, opening(&shop, 20).await);
        let (early, late) = tokio::join!(shop.commit(early), shop.commit(late));
        assert_eq!(policy_of(&shop, early.unwrap().number).await, now.hash());
        assert_eq!(policy_of(&shop, late.unwrap().number).await, later.hash());

        // A publication takes the place of what was planned, and of nothing before it.
        assert!(
            store
                .policy_publish(shop.id, &[(at(15), &rash)], at(15))
                .await
                .unwrap()
        );
        let periods = store.policy_periods(shop.id).await.unwrap();
        let period = |from, set: &PolicySet| PolicyPeriod {
            from,
            hash: set.hash(),
        };
        assert_eq!(
            periods,
            [
                period(Moment::from_millis(0), &first),
                period(at(10), &now),
                period(at(15), &rash)
            ]
        );
        assert_eq!(opened_under(&shop, 20).await, rash.hash());
        let row = store.shop_by_id(shop.id).await.unwrap().unwrap();
        assert_eq!(row.policy, Some(rash.hash()));
        assert_eq!(
            store.policy_set(shop.id, later.hash()).await.unwrap(),
            Some(later),
            "published sets stay"
        );

        let nobody = ShopId::new(MORNING, fresh());
        assert!(
            !store
                .policy_publish(nobody, &[(at(0), &rash)], at(0))
                .await
                .unwrap()
        );
        assert_eq!(store.policy_in_force(nobody, at(0)).await.unwrap(), None);
    })
    .await;
}
