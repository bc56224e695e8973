//! What `amends bench care` measures: planning a care mail for a large shop, from its confirmation until the
//! last letter is written.
//!
//! One in sixteen buyers is a VIP, every fifth has an order, one in 256 wants no mail. Must not know: how
//! figures are shown. Tests: none; it is run by hand.

use std::time::Duration;

use amends_domain::actor::Role;
use amends_domain::care::Condition;
use amends_domain::ids::{BuyerId, LineId, OrderId};
use amends_domain::ledger::OrderLedger;
use amends_store::{BuyerRow, OrderImport, OrdersFile};

use super::{Bench, delivered_order};
use crate::caller::Staff;
use crate::care::mails::{care_mail_confirm, care_mail_get, care_mail_put};
use crate::care::segments::segment_put;
use crate::care::{Audience, CareDraft, CareHead, CareMailState, plan_window};
use crate::clock::Stopwatch;
use crate::error::AppError;
use crate::notices::language::Language;
use crate::shops::settings::ShopSettings;

/// Buyers written in one transaction while preparing.
const BUYERS_PER_INSERT: usize = 20_000;

/// What planning achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// How long it took.
    pub took: Duration,
    /// Letters written.
    pub letters: u64,
    /// Buyers left out.
    pub left_out: u64,
}

impl Bench {
    /// Fills the shop with buyers.
    pub async fn buyers(&self, buyers: usize) -> Result<(), AppError> {
        let mut settings = ShopSettings::default();
        "https://care.shop.example".clone_into(&mut settings.notices.page_address);
        let store = &self.desk.store;
        store.shop_set_settings(self.shop, &settings.text()).await?;
        let now = self.desk.clock.now();
        for from in (0..buyers).step_by(BUYERS_PER_INSERT) {
            let numbers = from..(from + BUYERS_PER_INSERT).min(buyers);
            let rows: Vec<BuyerRow> = numbers
                .map(|number| BuyerRow {
                    id: self
                        .desk
                        .random
                        .id(now.plus_millis(i64::try_from(number).unwrap_or_default())),
                    key_wrapped: Some(vec![1; 72]),
                    sealed: Some(vec![2; 200]),
                    nickname_index: Some(self.desk.random.bytes::<32>().to_vec()),
                    phone_index: None,
                    email_index: Some(self.desk.random.bytes::<32>().to_vec()),
                    address_index: None,
                    erased_at: None,
                    created_at: now,
                })
                .collect();
            let orders: Vec<OrderImport> = rows.iter().step_by(5).map(|row| self.order_of(row.id)).collect();
            let file = OrdersFile {
                orders: &orders,
                buyers: &rows,
                ..OrdersFile::default()
            };
            store.orders_file_insert(self.shop, file).await?;
        }
        store.bulk_known(self.shop, now).await?;
        Ok(store.bulk_settle().await?)
    }

    fn order_of(&self, buyer: BuyerId) -> OrderImport {
        let now = self.desk.clock.now();
        let (order, line): (OrderId, LineId) = (self.desk.random.id(now), self.desk.random.id(now));
        let order = delivered_order(order, line, buyer, now);
        OrderImport {
            covers: Vec::new(),
            ledger: OrderLedger::open(&order),
            order,
            buyer: None,
            products: Vec::new(),
        }
    }

    /// Confirms a mail to a segment and writes all of its letters.
    pub async fn care(&self, name: &str, condition: Condition) -> Result<Planned, AppError> {
        let desk = &*self.desk;
        let staff = Staff {
            shop: self.shop,
            person: self.agent,
            role: Role::Admin,
            token: None,
        };
        let segment = segment_put(desk, &staff, None, (name.to_owned(), condition)).await?;
        let draft = CareDraft {
            subject: "入冬提醒".to_owned(),
            body: "天冷了，羊毛衫最好平铺晾干。".to_owned(),
            head: CareHead {
                to: Audience::Segment(segment.id),
                language: Language::ZhCn,
                suggests: None,
                send_from: None,
            },
        };
        let id = care_mail_put(desk, &staff, None, draft).await?.row.id;
        let watch = Stopwatch::start();
        let mut row = care_mail_confirm(desk, &staff, id, 1).await?.row;
        while row.state == CareMailState::Planning {
            plan_window(desk, self.shop, &row).await?;
            row = care_mail_get(desk, &staff, id).await?.row;
        }
        let took = watch.elapsed();
        let counts = desk.store.care_counts(self.shop, id).await?;
        let left_out = counts.iter().filter(|(name, _)| name.starts_with("left."));
        Ok(Planned {
            took,
            letters: counts.get("planned").copied().unwrap_or_default(),
            left_out: left_out.map(|(_, count)| count).sum(),
        })
    }
}
