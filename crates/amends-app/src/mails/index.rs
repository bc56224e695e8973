//! Gives buyers who were known before the indexes of their mail address, by which a mail finds them, and of
//! their address, by which accounts that share it do.
//!
//! Must not know: mails. Tests: beside the code.

use crate::desk::Desk;
use crate::error::AppError;

/// Gives some of them theirs; returns how many. Asked again, more.
pub async fn buyers_index(desk: &Desk) -> Result<usize, AppError> {
    let mut done = 0;
    for shop in desk.store.shops_list().await? {
        let buyers = desk.store.buyers_without_indexes(shop.id).await?;
        let mut indexes = Vec::with_capacity(buyers.len());
        for buyer in buyers {
            let Some((key, sealed)) = buyer.key_wrapped.zip(buyer.sealed) else {
                continue;
            };
            let identity = desk.vault.open(shop.id, buyer.id, &key, &sealed);
            let identity = identity.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
            let email = desk.vault.email_index(shop.id, &identity.email);
            let address = desk.vault.address_index(shop.id, &identity.address);
            indexes.push((buyer.id, email, address));
        }
        if !indexes.is_empty() {
            desk.store.buyers_set_indexes(shop.id, &indexes).await?;
        }
        done += indexes.len();
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use amends_domain::ids::BuyerId;
    use amends_domain::time::Moment;
    use amends_store::{BuyerRow, OrdersFile, Store, Target};

    use super::*;
    use crate::clock::Clock;
    use crate::payments::ByHand;
    use crate::random::Random;
    use crate::vault::{Identity, Vault};

    #[tokio::test]
    async fn whoever_was_known_before_is_found_by_his_address() {
        let store = Store::connect(&Target::SqliteMemory).await.unwrap();
        store.migrate().await.unwrap();
        let at = Moment::from_millis(1_000);
        let (random, vault) = (Random::seeded(1), Vault::new([1; 32]));
        let desk = Desk::start(store, Clock::manual(at), random, vault, Arc::new(ByHand));
        let owner = crate::accounts::people::PersonAdd {
            login: "owner".to_owned(),
            password: "一个够长的密码在这里".to_owned(),
            display_name: "店主".to_owned(),
            role: amends_domain::actor::Role::Admin,
        };
        let create = crate::shops::shop_create::ShopCreate {
            name: "店".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            currency: amends_domain::money::Currency::CNY,
            owner,
            policy: policy(),
            settings: crate::shops::settings::ShopSettings::default(),
        };
        let (shop, _) = crate::shops::shop_create::shop_create(&desk, create)
            .await
            .unwrap();
        let row = |email: &str| {
            let id: BuyerId = desk.random.id(at);
            let identity = Identity {
                email: email.to_owned(),
                ..Identity::default()
            };
            let sealed = desk.vault.seal(shop, id, &identity, &desk.random).unwrap();
            BuyerRow {
                id,
                key_wrapped: Some(sealed.key_wrapped),
                sealed: Some(sealed.identity),
                nickname_index: None,
                phone_index: None,
                email_index: None,
                address_index: None,
                erased_at: None,
                created_at: at,
            }
        };
        let buyers = [row("XiaoMan@example.com "), row("")];
        let file = OrdersFile {
            buyers: &buyers,
            ..OrdersFile::default()
        };
        desk.store.orders_file_insert(shop, file).await.unwrap();
        let index = desk.vault.email_index(shop, "xiaoman@example.com");
        let found = async || desk.store.buyers_by_email_index(shop, &index, 9).await.unwrap();
        assert_eq!(found().await, []);
        assert_eq!(buyers_index(&desk).await.unwrap(), 2);
        let ids: Vec<BuyerId> = found().await.iter().map(|buyer| buyer.id).collect();
        assert_eq!(ids, [buyers[0].id]);
        assert_eq!(buyers_index(&desk).await.unwrap(), 0);
    }

    fn policy() -> amends_domain::policy::set::PolicySet {
        let packs: Vec<_> = crate::content::PACKS
            .iter()
            .map(|(_, text)| amends_domain::policy::pack::Pack::parse(text).unwrap())
            .collect();
        amends_domain::policy::set::PolicySet::examine(&amends_domain::policy::dates::latest(&packs)).unwrap()
    }
}
