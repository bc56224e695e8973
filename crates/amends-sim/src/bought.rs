//! Orders written by hand, for plays and stories.
//!
//! Must not know: what becomes of them. Tests: `tests/it/play.rs`.

use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::orders::draft::{Alongside, OrderDraft};
use amends_app::orders::listing::ListingDraft;
use amends_app::orders::order_import::order_import;
use amends_app::vault::Identity;
use amends_domain::ids::OrderId;
use amends_domain::money::Money;
use amends_domain::order::DraftLine;

use crate::catalog::{WARES, Ware};
use crate::pages::page;
use crate::seed::{SHOP_CURRENCY, SeededShop};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// An order, its moments in days before now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bought {
    pub(crate) number: &'static str,
    pub(crate) nickname: &'static str,
    pub(crate) tier: &'static str,
    pub(crate) region: &'static str,
    pub(crate) method: &'static str,
    pub(crate) skus: &'static [&'static str],
    /// In fen.
    pub(crate) discount: i64,
    pub(crate) paid_days: i64,
    /// Ordered so many hours before now, and not paid; instead of the day of its payment.
    pub(crate) placed_hours: Option<i64>,
    pub(crate) dispatched_days: Option<i64>,
    pub(crate) delivered_days: Option<i64>,
}

impl Default for Bought {
    fn default() -> Self {
        Self {
            number: "",
            nickname: "",
            tier: "",
            region: "浙江",
            method: "alipay",
            skus: &[],
            discount: 0,
            paid_days: 4,
            placed_hours: None,
            dispatched_days: Some(3),
            delivered_days: Some(1),
        }
    }
}

impl Bought {
    /// Hands it in.
    pub(crate) async fn import(&self, desk: &Desk, shop: &SeededShop) -> Result<OrderId, AppError> {
        let now = desk.clock.now();
        let before = |days: i64| now.plus_millis(-days * DAY);
        let money = |minor| Money::clamped(minor, SHOP_CURRENCY);
        let wares = self
            .skus
            .iter()
            .filter_map(|sku| WARES.iter().find(|ware| ware.sku == *sku));
        let line = |ware: &Ware| DraftLine {
            sku: ware.sku.to_owned(),
            title: ware.title.to_owned(),
            category: ware.category.to_owned(),
            no_reason_excluded: ware.no_reason_excluded,
            units: 1,
            price: money(ware.price_minor),
            discount: money(0),
            units_dispatched: None,
        };
        let alongside = |ware: &Ware| Alongside {
            listing: Some(ListingDraft {
                listing: page(ware),
                taken_at: None,
            }),
            ..Alongside::default()
        };
        let draft = OrderDraft {
            alongside: wares.clone().map(alongside).collect(),
            number: self.number.to_owned(),
            buyer: Identity {
                nickname: self.nickname.to_owned(),
                // Everybody has his own: the digits of his order.
                phone: format!(
                    "1380000{:0>4}",
                    self.number.rsplit('-').next().unwrap_or_default()
                ),
                ..Identity::default()
            },
            buyer_tier: self.tier.to_owned(),
            region: self.region.to_owned(),
            payment_method: self.method.to_owned(),
            lines: wares.map(line).collect(),
            discount: money(self.discount),
            freight: money(0),
            paid: None,
            placed_at: self.placed_hours.map(|hours| now.plus_millis(-hours * HOUR)),
            paid_at: self.placed_hours.is_none().then(|| before(self.paid_days)),
            dispatched_at: self.dispatched_days.map(before),
            delivered_at: self.delivered_days.map(before),
            cancelled_at: None,
        };
        let imported = order_import(desk, &shop.admin, &[draft]).await?;
        let order = imported.orders.first().copied();
        order.ok_or(AppError::NotFound { what: "order" })
    }
}
