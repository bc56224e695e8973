//! A seeded shop: its people, its policy, and orders that look like a shop's.
//!
//! Must not know: cases. Tests: `tests/it/`.

use amends_app::accounts::people::{PersonAdd, person_add};
use amends_app::caller::Staff;
use amends_app::content::starting_policy;
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::orders::draft::OrderDraft;
use amends_app::shops::settings::ShopSettings;
use amends_app::shops::shop_create::{ShopCreate, shop_create};
use amends_app::vault::Identity;
use amends_domain::actor::Role;
use amends_domain::ids::{PersonId, ShopId};
use amends_domain::money::{Currency, Money};
use amends_domain::order::DraftLine;
use amends_domain::time::Moment;

use crate::catalog::{METHODS, NICK_HEADS, NICK_TAILS, REGIONS, WARES};
use crate::chance::Chance;

/// What the seeded shop sells in.
pub const SHOP_CURRENCY: Currency = Currency::CNY;

/// A shop with somebody in every role.
#[derive(Debug, Clone)]
pub struct SeededShop {
    /// The shop.
    pub shop: ShopId,
    /// The owner.
    pub admin: Staff,
    /// Handles cases.
    pub agent: Staff,
    /// The agents, the first of them among them.
    pub agents: Vec<Staff>,
    /// Looks after what is above an agent.
    pub supervisor: Staff,
    /// Looks after what is above a supervisor.
    pub manager: Staff,
    /// Rules for the platform.
    pub mediator: Staff,
}

impl SeededShop {
    /// Whom cases are handed to.
    pub fn handlers(&self) -> Vec<PersonId> {
        let agents = self.agents.iter().map(|staff| staff.person);
        agents.chain([self.supervisor.person]).collect()
    }
}

/// The people of the shop beside its owner: login, name, role.
pub const PEOPLE: &[(&str, &str, Role)] = &[
    ("xiao-man", "小满", Role::Agent),
    ("zhu-guan", "主管", Role::Supervisor),
    ("xiao-er", "平台小二", Role::Mediator),
    ("jing-li", "经理", Role::Manager),
    ("a-qing", "阿青", Role::Agent),
    ("xiao-yu", "小雨", Role::Agent),
];

/// Founds the demo shop. All its people have the same password.
pub async fn seed_shop(desk: &Desk, name: &str, password: &str) -> Result<SeededShop, AppError> {
    let person = |login: &str, display_name: &str, role| PersonAdd {
        login: login.to_owned(),
        password: password.to_owned(),
        display_name: display_name.to_owned(),
        role,
    };
    let create = ShopCreate {
        name: name.to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        currency: SHOP_CURRENCY,
        owner: person("dian-zhu", "店主", Role::Admin),
        policy: starting_policy()?,
        settings: ShopSettings {
            return_address: "浙江省杭州市余杭区示例路 1 号 售后仓".to_owned(),
            direct_line: "0571-0000-0000 转 8".to_owned(),
            refund_limit_agent: Some(50_000),
            refund_limit_supervisor: Some(300_000),
            refund_limit_manager: Some(1_000_000),
            tags: [
                "大件",
                "节日急用",
                "差评风险",
                "等物流回复",
                "等质检结果",
                "老客户",
                "需回电",
                "案例候选",
            ]
            .map(str::to_owned)
            .into(),
            ..ShopSettings::default()
        },
    };
    let (shop, owner) = shop_create(desk, create).await?;
    let admin = Staff {
        shop,
        person: owner,
        role: Role::Admin,
        token: None,
    };
    let mut staff = Vec::new();
    for (login, display_name, role) in PEOPLE {
        let id = person_add(desk, &admin, person(login, display_name, *role)).await?;
        staff.push(Staff {
            shop,
            person: id,
            role: *role,
            token: None,
        });
    }
    let first = |role| staff.iter().find(|staff| staff.role == role).cloned();
    let first = |role| first(role).ok_or(AppError::NotFound { what: "person" });
    let agents = staff.iter().filter(|staff| staff.role == Role::Agent);
    Ok(SeededShop {
        shop,
        admin,
        agent: first(Role::Agent)?,
        agents: agents.cloned().collect(),
        supervisor: first(Role::Supervisor)?,
        manager: first(Role::Manager)?,
        mediator: first(Role::Mediator)?,
    })
}

/// Days until an order leaves, and until it arrives, in hours; some never leave in the simulation.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    /// Hours from payment to dispatch.
    pub dispatch_hours: i64,
    /// Hours from dispatch to delivery.
    pub delivery_hours: i64,
    /// It gets lost on the way.
    pub lost: bool,
}

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::CNY).unwrap_or(Money::zero(Currency::CNY))
}

/// What somebody bought: one to four wares.
fn seed_lines(chance: &mut Chance) -> Vec<DraftLine> {
    let count = 1 + chance.weighted(&[62, 26, 9, 3]);
    let mut lines: Vec<DraftLine> = Vec::new();
    for _ in 0..count {
        let Some(ware) = chance.pick(WARES) else { continue };
        if lines.iter().any(|line| line.sku == ware.sku) {
            continue;
        }
        let units = [1, 2, 3, 5][chance.weighted(&[78, 14, 5, 3])];
        let discount = if chance.percent(15) {
            chance.between(1, ware.price_minor / 10)
        } else {
            0
        };
        lines.push(DraftLine {
            sku: ware.sku.to_owned(),
            title: ware.title.to_owned(),
            category: ware.category.to_owned(),
            no_reason_excluded: ware.no_reason_excluded,
            units,
            price: yuan(ware.price_minor),
            discount: yuan(discount),
            units_dispatched: dispatched(chance, units),
        });
    }
    lines
}

/// A believable order placed at `at`, as its shop system would hand it in.
pub fn seed_order(chance: &mut Chance, number: u64, at: Moment) -> (OrderDraft, Course) {
    let lines = seed_lines(chance);
    let goods: i64 = lines
        .iter()
        .map(|line| line.price.minor() * i64::from(line.units) - line.discount.minor())
        .sum();
    let discount = if chance.percent(30) {
        chance.between(1, (goods / 20).max(2))
    } else {
        0
    };
    let freight = if goods < 9_900 { 800 } else { 0 };
    let word = |words: &[&'static str], chance: &mut Chance| chance.pick(words).copied().unwrap_or_default();
    let nickname = format!("{}{}", word(NICK_HEADS, chance), word(NICK_TAILS, chance));
    let phone = format!("138{:08}", chance.between(0, 100_000_000));
    let region = word(REGIONS, chance).to_owned();
    let draft = OrderDraft {
        alongside: Vec::new(),
        number: format!("S{number:08}"),
        buyer: Identity {
            nickname: format!("{nickname}{}", chance.between(0, 400)),
            name: "示例买家".to_owned(),
            phone,
            email: String::new(),
            address: format!("{region}示例街道 {} 号", chance.between(1, 999)),
        },
        buyer_tier: if chance.percent(20) {
            "vip".to_owned()
        } else {
            String::new()
        },
        region,
        payment_method: word(METHODS, chance).to_owned(),
        lines,
        discount: yuan(discount),
        freight: yuan(freight),
        paid: None,
        placed_at: None,
        paid_at: Some(at),
        dispatched_at: None,
        delivered_at: None,
        cancelled_at: None,
    };
    let late = chance.percent(6);
    let course = Course {
        dispatch_hours: if late {
            chance.between(80, 200)
        } else {
            chance.between(3, 60)
        },
        delivery_hours: chance.between(20, 130),
        lost: chance.percent(5),
    };
    (draft, course)
}

/// What the shop's own dispatch record says of a line: sometimes nothing, sometimes one too few.
fn dispatched(chance: &mut Chance, units: u32) -> Option<u32> {
    match chance.weighted(&[70, 22, 8]) {
        0 => Some(units),
        1 => None,
        _ => Some(units.saturating_sub(1)),
    }
}
