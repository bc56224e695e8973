//! What the seeded shop sells, and the names of those who buy. All invented.
//!
//! Must not know: chance, orders. Tests: `tests/it/`.

/// A product of the seeded shop.
#[derive(Debug, Clone, Copy)]
pub struct Ware {
    /// Stock-keeping code.
    pub sku: &'static str,
    /// What the buyer sees.
    pub title: &'static str,
    /// The shop's category.
    pub category: &'static str,
    /// Price of one, in fen.
    pub price_minor: i64,
    /// Marked on the listing as excluded from the no-reason return.
    pub no_reason_excluded: bool,
}

const fn ware(sku: &'static str, title: &'static str, category: &'static str, price_minor: i64) -> Ware {
    Ware {
        sku,
        title,
        category,
        price_minor,
        no_reason_excluded: false,
    }
}

const fn excluded(sku: &'static str, title: &'static str, category: &'static str, price_minor: i64) -> Ware {
    Ware {
        sku,
        title,
        category,
        price_minor,
        no_reason_excluded: true,
    }
}

/// Everything on the shelves.
pub const WARES: &[Ware] = &[
    ware("DRESS-S", "碎花连衣裙 S 码", "clothing", 39_900),
    ware("DRESS-M", "碎花连衣裙 M 码", "clothing", 39_900),
    ware("DRESS-L", "碎花连衣裙 L 码", "clothing", 42_900),
    ware("SHIRT-W", "纯棉衬衫 白", "clothing", 15_900),
    ware("SHIRT-B", "纯棉衬衫 蓝", "clothing", 15_900),
    ware("SCARF", "羊毛围巾", "clothing", 12_850),
    ware("KETTLE", "电热水壶 1.7 升", "electronics", 18_999),
    ware("LAMP", "陶瓷台灯", "home", 26_800),
    ware("EARBUD", "无线耳机", "electronics", 52_192),
    ware("CHARGER", "快充充电器", "electronics", 6_990),
    ware("RAKE", "园艺耙子", "garden", 4_580),
    ware("SHOVEL", "园艺铲子", "garden", 5_260),
    ware("VASE", "手工花瓶", "home", 9_933),
    ware("CREAM", "保湿面霜 50 克", "beauty", 16_800),
    excluded("UNDER", "贴身内衣两件装", "intimate", 8_801),
    excluded("MUG-NAME", "刻字马克杯（定制）", "custom", 7_777),
];

/// First halves of nicknames.
pub const NICK_HEADS: &[&str] = &[
    "小满", "青柠", "晚风", "南山", "云朵", "麦穗", "橘子", "阿洛", "半夏", "木棉", "星河", "拾光",
];
/// Second halves.
pub const NICK_TAILS: &[&str] = &[
    "在路上",
    "同学",
    "不加糖",
    "的猫",
    "日记",
    "小姐",
    "先生",
    "爱吃鱼",
    "又下雨了",
    "2号",
];
/// Provinces parcels go to.
pub const REGIONS: &[&str] = &[
    "浙江", "广东", "江苏", "四川", "北京", "上海", "湖北", "新疆", "福建", "山东",
];
/// How people pay.
pub const METHODS: &[&str] = &["alipay", "credit_card", "debit_card", "huabei"];
/// Carriers.
pub const CARRIERS: &[&str] = &["顺丰", "中通", "圆通", "韵达", "京东快递"];
