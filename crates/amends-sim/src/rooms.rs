//! What stands in the demo shop's rooms beside its cases: reviews, orders that are not paid or wait to be sent,
//! covers, a guide, what is known of a buyer, a segment and a mail to it. All people invented.
//!
//! Must not know: chance, cases. Tests: `tests/it/play.rs`.

use std::collections::BTreeSet;

use amends_app::buyers::book::{BookContent, BookDraft, PurchasePower, book_put};
use amends_app::buyers::visits::{
    BuyerVisitKind, BuyerVisitOutcome, VisitDraft, VisitTold, visit_finish, visit_plan,
};
use amends_app::care::mails::care_mail_put;
use amends_app::care::segments::segment_put;
use amends_app::care::{Audience, CareDraft, CareHead};
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::notices::language::Language;
use amends_app::orders::tracking::{ParcelEvent, ParcelState, tracking_import};
use amends_app::reviews::Scores;
use amends_app::reviews::draft::ReviewDraft;
use amends_app::reviews::take_in::{Unknown, review_take_in};
use amends_app::shops::settings::{ShopSettings, Tier};
use amends_app::shops::shop_read::{shop_get, shop_settings_set};
use amends_app::warranty::covers::{CoverDraft, cover_give};
use amends_app::warranty::guides::{GuideRow, guide_put};
use amends_app::warranty::plans::plan_add;
use amends_domain::care::Condition;
use amends_domain::case::Parcel;
use amends_domain::cover::{PlanKind, Reach};
use amends_domain::ids::{BuyerId, OrderId, PlanId};
use amends_domain::order::Order;
use amends_domain::plan::{Plan, Price};

use crate::bought::Bought;
use crate::seed::{SHOP_CURRENCY, SeededShop};

const HOUR: i64 = 3_600_000;
/// Orders that are sent at once.
const WAITING_MAX: u32 = 200;

/// Furnishes them.
pub(crate) async fn rooms_make(desk: &Desk, shop: &SeededShop) -> Result<(), AppError> {
    tiers(desk, shop).await?;
    reviews(desk, shop).await?;
    unpaid(desk, shop).await?;
    leave(desk, shop).await?;
    covers(desk, shop).await?;
    care(desk, shop).await?;
    visits(desk, shop).await
}

async fn tiers(desk: &Desk, shop: &SeededShop) -> Result<(), AppError> {
    let read = shop_get(desk, &shop.admin).await?;
    let tier = |code: &str, title: &str, discount_percent, gives: &str, visit_days| Tier {
        visit_days,
        code: code.to_owned(),
        title: title.to_owned(),
        discount_percent,
        gives: gives.to_owned(),
    };
    let settings = ShopSettings {
        tiers: vec![
            tier("vip", "VIP 会员", Some(20), "新品八折，售后专人对接", Some(60)),
            tier("member", "普通会员", None, "生日月送一张运费券", None),
        ],
        ..read.settings
    };
    shop_settings_set(desk, &shop.admin, &settings).await
}

/// What a buyer wrote, so many hours ago.
struct Said {
    nickname: &'static str,
    bought: &'static [&'static str],
    stars: u8,
    scores: [u8; 3],
    hours: i64,
    text: &'static str,
}

const SAID: [Said; 4] = [
    Said {
        nickname: "豆沙又下雨了",
        bought: &["KETTLE"],
        stars: 1,
        scores: [2, 4, 3],
        hours: 5,
        text: "水壶烧开一次就跳闸，第二天干脆没反应了，失望。",
    },
    Said {
        nickname: "薄荷先生",
        bought: &["SHIRT-W"],
        stars: 3,
        scores: [3, 5, 4],
        hours: 20,
        text: "衬衫料子可以，就是比尺码表小半号，肩膀紧。",
    },
    Said {
        nickname: "云朵日记",
        bought: &["TEA"],
        stars: 5,
        scores: [5, 5, 5],
        hours: 30,
        text: "茶很鲜，罐子也好看，送长辈很体面。",
    },
    Said {
        nickname: "半夏要早睡",
        bought: &["LAMP"],
        stars: 5,
        scores: [5, 5, 4],
        hours: 52,
        text: "灯光暖，灯罩有一点褶，客服马上补发了一个，服务很好。",
    },
];

async fn reviews(desk: &Desk, shop: &SeededShop) -> Result<(), AppError> {
    const NUMBERS: [&str; 4] = ["DEMO-0021", "DEMO-0022", "DEMO-0023", "DEMO-0024"];
    for (said, number) in SAID.iter().zip(NUMBERS) {
        let bought = Bought {
            number,
            nickname: said.nickname,
            skus: said.bought,
            paid_days: 9,
            dispatched_days: Some(8),
            delivered_days: Some(4),
            ..Bought::default()
        };
        bought.import(desk, shop).await?;
        let [description, service, logistics] = said.scores.map(Some);
        let draft = ReviewDraft {
            platform_id: format!("PJ-{number}"),
            order_number: number.to_owned(),
            sku: said.bought.first().map(|sku| (*sku).to_owned()),
            rating: None,
            stars: Some(said.stars),
            text: Some(said.text.to_owned()),
            pictures: Vec::new(),
            scores: Scores {
                description,
                service,
                logistics,
            },
            written_at: desk.clock.now().plus_millis(-said.hours * HOUR),
        };
        review_take_in(desk, &shop.admin, &draft, Unknown::Refused).await?;
    }
    Ok(())
}

/// A coat that was ordered last night and not paid.
async fn unpaid(desk: &Desk, shop: &SeededShop) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0025",
        nickname: "青柠看海去",
        skus: &["COAT-38"],
        placed_hours: Some(14),
        dispatched_days: None,
        delivered_days: None,
        ..Bought::default()
    };
    bought.import(desk, shop).await?;
    Ok(())
}

/// What the weeks before left behind is sent by now; today's orders wait, one of them too long, and one is only
/// said to be sent.
async fn leave(desk: &Desk, shop: &SeededShop) -> Result<(), AppError> {
    let now = desk.clock.now();
    let (_, waiting) = desk.store.orders_unsent(shop.shop, WAITING_MAX).await?;
    let moved = waiting.iter().flat_map(|row| {
        let stages = [(20, ParcelState::Dispatched), (84, ParcelState::Delivered)];
        let event = |(hours, state)| ParcelEvent {
            order: row.number.clone(),
            parcel: None,
            at: row.since.plus_millis(hours * HOUR),
            state,
        };
        stages.map(event).into_iter().filter(|event| event.at <= now)
    });
    let moved: Vec<ParcelEvent> = moved.collect();
    tracking_import(desk, &shop.admin, &moved).await?;
    for (number, nickname, skus, paid_days) in [
        ("DEMO-0031", "麦穗的猫", &["TEA"], 0),
        ("DEMO-0032", "山月同学", &["MUG", "VASE"], 1),
        ("DEMO-0033", "橘子日记", &["SCARF"], 3),
        ("DEMO-0034", "拾光爱吃鱼", &["CHARGER"], 3),
    ]
        as [(&'static str, &'static str, &'static [&'static str], i64); 4]
    {
        let bought = Bought {
            number,
            nickname,
            skus,
            paid_days,
            dispatched_days: None,
            delivered_days: None,
            ..Bought::default()
        };
        bought.import(desk, shop).await?;
    }
    let said = ParcelEvent {
        order: "DEMO-0034".to_owned(),
        parcel: Some(Parcel {
            carrier: "圆通".to_owned(),
            waybill: "YT0000000134".to_owned(),
        }),
        at: now.plus_millis(-30 * HOUR),
        state: ParcelState::Dispatched,
    };
    tracking_import(desk, &shop.admin, &[said]).await?;
    Ok(())
}

async fn covers(desk: &Desk, shop: &SeededShop) -> Result<(), AppError> {
    let price = |months, premium| Price {
        months,
        sku: None,
        premium,
    };
    let longer = Plan {
        kind: PlanKind::ExtendedWarranty,
        name: "家电延保".to_owned(),
        provider: "安修维修".to_owned(),
        insurer: Some("安行保险".to_owned()),
        after_months: None,
        reach: Reach {
            in_all: Some(90_000),
            ..Reach::default()
        },
        currency: SHOP_CURRENCY,
        prices: vec![price(12, 4_900), price(24, 7_900)],
    };
    let broken = Plan {
        kind: PlanKind::Accident,
        name: "耳机意外保".to_owned(),
        reach: Reach {
            per_claim: Some(30_000),
            claims: Some(1),
            ..Reach::default()
        },
        prices: vec![price(12, 3_900)],
        ..longer.clone()
    };
    let longer = plan_add(desk, &shop.supervisor, longer).await?.id;
    let broken = plan_add(desk, &shop.supervisor, broken).await?.id;
    for (number, nickname, skus, plan, months) in [
        ("DEMO-0026", "阿洛在路上", &["VACUUM"], longer, 24),
        ("DEMO-0027", "星河小姐", &["EARBUD"], broken, 12),
    ] {
        let bought = Bought {
            number,
            nickname,
            skus,
            paid_days: 20,
            dispatched_days: Some(19),
            delivered_days: Some(16),
            ..Bought::default()
        };
        covered(desk, shop, bought.import(desk, shop).await?, plan, months).await?;
    }
    let guide = GuideRow {
        sku: "COOKER".to_owned(),
        version: 0,
        title: "电饭煲开箱和第一次使用".to_owned(),
        address: String::new(),
        body: "1. 内胆先用清水洗一遍，擦干外壁再放进去。\n2. 第一次先煮一锅清水，倒掉再用。\n\
               3. 煮粥看内胆右侧的“粥”刻度，不超过 0.8 升。\n4. 蒸汽阀每次用完取下来冲洗。"
            .to_owned(),
    };
    guide_put(desk, &shop.supervisor, guide).await?;
    Ok(())
}

async fn covered(
    desk: &Desk,
    shop: &SeededShop,
    order: OrderId,
    plan: PlanId,
    months: u32,
) -> Result<(), AppError> {
    let order = order_of(desk, shop, order).await?;
    let line = order.lines.first().ok_or(AppError::NotFound { what: "line" })?.id;
    let draft = CoverDraft {
        plan,
        months,
        premium: None,
    };
    cover_give(desk, &shop.admin, order.id, line, &draft).await?;
    Ok(())
}

async fn order_of(desk: &Desk, shop: &SeededShop, order: OrderId) -> Result<Order, AppError> {
    let row = desk.store.order_by_id(shop.shop, order).await?;
    Ok(row.ok_or(AppError::NotFound { what: "order" })?.order)
}

async fn care(desk: &Desk, shop: &SeededShop) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0028",
        nickname: "木棉的猫",
        tier: "vip",
        region: "浙江",
        skus: &["SCARF", "COAT-38"],
        paid_days: 30,
        dispatched_days: Some(29),
        delivered_days: Some(27),
        ..Bought::default()
    };
    let order = bought.import(desk, shop).await?;
    let buyer = order_of(desk, shop, order).await?.buyer;
    let book = BookDraft {
        content: BookContent {
            notes: "说话爽快，先讲办法再讲规则；大衣怕压，要求挂装发货。".to_owned(),
            job: "小学老师".to_owned(),
            city: "杭州".to_owned(),
            purchase_power: Some(PurchasePower::High),
            preferences: "驼色、燕麦色；白天上课不接电话，晚上七点后方便。".to_owned(),
            blocked_because: String::new(),
        },
        tier: Some("vip".to_owned()),
        tags: BTreeSet::from(["老客户".to_owned()]),
        blocked: false,
    };
    book_put(desk, &shop.supervisor, buyer, 0, book).await?;
    let condition = Condition {
        tiers: BTreeSet::from(["vip".to_owned()]),
        orders_min: Some(1),
        ..Condition::default()
    };
    let name = "VIP 会员".to_owned();
    let segment = segment_put(desk, &shop.supervisor, None, (name, condition)).await?;
    let draft = CareDraft {
        subject: "羊毛大衣和围巾，入冬前这样打理".to_owned(),
        body: "大衣第一次穿之前，挂在通风处散半天味道；起球用软毛刷顺着毛刷，不要揪。\n\
               围巾用三十度以下的水手洗，平铺晾干，别挂着晒。"
            .to_owned(),
        head: CareHead {
            to: Audience::Segment(segment.id),
            language: Language::ZhCn,
            suggests: None,
            send_from: None,
        },
    };
    care_mail_put(desk, &shop.supervisor, None, draft).await?;
    Ok(())
}

/// Whom to call: one today who never complained, a regular of whom it is known how the last call went.
async fn visits(desk: &Desk, shop: &SeededShop) -> Result<(), AppError> {
    let now = desk.clock.now();
    let buyer = async |number: &str| -> Result<BuyerId, AppError> {
        let row = desk.store.order_by_number(shop.shop, number).await?;
        Ok(row.ok_or(AppError::NotFound { what: "order" })?.order.buyer)
    };
    let draft = |kind, every_days| VisitDraft {
        kind,
        due_at: now,
        every_days,
        wished: false,
    };
    let regular = draft(BuyerVisitKind::Regular, Some(60));
    let called = visit_plan(desk, &shop.agent, buyer("DEMO-0028").await?, regular).await?;
    let told = VisitTold {
        outcome: BuyerVisitOutcome::Reached,
        score: Some(5),
        text: "使用情况：大衣每周穿两次，挂装发货没有压痕\n建议和需要：秋冬新款先发实拍图".to_owned(),
        next_at: None,
    };
    visit_finish(desk, &shop.agent, called.id, told).await?;
    let proactive = draft(BuyerVisitKind::Proactive, None);
    visit_plan(desk, &shop.agent, buyer("DEMO-0024").await?, proactive).await?;
    Ok(())
}
