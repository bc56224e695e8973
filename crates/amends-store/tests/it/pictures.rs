//! Pictures that look alike are found, all of them and no others.

use std::collections::BTreeSet;

use amends_domain::digest::Digest;
use amends_store::{ALIKE_BITS, PictureRow};

use crate::place::on_both;
use crate::shop::Shop;

/// Looks without a pattern, the same each time.
fn looks() -> impl Iterator<Item = u64> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    })
}

fn row(number: usize, look: u64) -> PictureRow {
    PictureRow {
        sha256: Digest::of(&[&number.to_be_bytes()]),
        width: 1_200,
        height: 900,
        sharpness: 80,
        look,
    }
}

#[tokio::test]
async fn what_differs_in_few_bits_is_found_wherever_they_are_and_nothing_else() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        let stranger = Shop::on(shop.store.clone()).await;
        // Forty pictures; of each eleven more, the first with no bit changed, the last with ten.
        let mut random = looks();
        let mut rows: Vec<PictureRow> = Vec::new();
        for own in looks().take(40) {
            for changed in 0..=10 {
                let mut bits = BTreeSet::new();
                while bits.len() < changed {
                    bits.insert(random.next().unwrap() % 64);
                }
                let look = bits.iter().fold(own, |look, bit| look ^ 1 << bit);
                rows.push(row(rows.len(), look));
            }
        }
        for row in &rows {
            shop.store.picture_insert(shop.id, row).await.unwrap();
            shop.store.picture_insert(shop.id, row).await.unwrap();
        }
        let near = async |of: &PictureRow| {
            let found = shop.store.looks_near(shop.id, of.sha256, of.look).await.unwrap();
            assert!(found.is_sorted_by_key(|(_, bits)| *bits));
            found.into_iter().collect::<BTreeSet<_>>()
        };
        let mut pairs = 0;
        for of in &rows {
            let bits = |other: &PictureRow| (other.look ^ of.look).count_ones();
            let others = rows.iter().filter(|other| other.sha256 != of.sha256);
            let alike = others.filter(|other| bits(other) <= ALIKE_BITS);
            let expected: BTreeSet<_> = alike.map(|other| (other.sha256, bits(other))).collect();
            pairs += expected.len();
            assert_eq!(near(of).await, expected);
        }
        assert!(pairs > 1_000, "{pairs}");
        let elsewhere = stranger
            .store
            .looks_near(stranger.id, rows[0].sha256, rows[0].look);
        assert_eq!(elsewhere.await.unwrap(), []);

        // What is forgotten is not found any more.
        shop.store.picture_remove(shop.id, rows[1].sha256).await.unwrap();
        let found = near(&rows[0]).await;
        assert!(found.iter().all(|(other, _)| *other != rows[1].sha256));
        assert_eq!(
            place.rows_of("looks").await,
            4 * (i64::try_from(rows.len()).unwrap() - 1)
        );
    })
    .await;
}

#[tokio::test]
async fn of_a_plain_surface_nothing_is_said() {
    on_both(async |place| {
        let shop = Shop::at(place).await;
        for (number, look) in [0, 0, 0b111, u64::MAX].into_iter().enumerate() {
            let row = row(number, look);
            shop.store.picture_insert(shop.id, &row).await.unwrap();
            let near = shop.store.looks_near(shop.id, row.sha256, look).await;
            assert_eq!(near.unwrap(), []);
        }
    })
    .await;
}
