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
    /// What people call it when they write to each other.
    pub name: &'static str,
    /// The shop's category.
    pub category: &'static str,
    /// Price of one, in fen.
    pub price_minor: i64,
    /// Marked on the listing as excluded from the no-reason return.
    pub no_reason_excluded: bool,
}

const fn ware(
    sku: &'static str,
    title: &'static str,
    name: &'static str,
    category: &'static str,
    price_minor: i64,
) -> Ware {
    Ware {
        sku,
        title,
        name,
        category,
        price_minor,
        no_reason_excluded: false,
    }
}

const fn excluded(of: Ware) -> Ware {
    Ware {
        no_reason_excluded: true,
        ..of
    }
}

/// Everything on the shelves.
pub const WARES: &[Ware] = &[
    ware("DRESS-S", "碎花连衣裙 S 码", "连衣裙", "clothing", 39_900),
    ware("DRESS-M", "碎花连衣裙 M 码", "连衣裙", "clothing", 39_900),
    ware("DRESS-L", "碎花连衣裙 L 码", "连衣裙", "clothing", 42_900),
    ware("SHIRT-W", "纯棉衬衫 白 M 码", "衬衫", "clothing", 15_900),
    ware("SHIRT-B", "纯棉衬衫 蓝 L 码", "衬衫", "clothing", 15_900),
    ware("COAT-38", "双面羊毛大衣 驼色 38 码", "大衣", "clothing", 128_000),
    ware("SCARF", "羊毛围巾 燕麦色", "围巾", "clothing", 12_850),
    ware("SOCKS", "精梳棉短袜 五双装", "袜子", "clothing", 2_990),
    ware("KETTLE", "电热水壶 1.7 升", "水壶", "appliance", 18_999),
    ware("COOKER", "智能电饭煲 4 升", "电饭煲", "appliance", 32_900),
    ware("VACUUM", "无线吸尘器 轻巧款", "吸尘器", "appliance", 89_900),
    ware("EARBUD", "主动降噪无线耳机", "耳机", "electronics", 52_192),
    ware(
        "EARBUD-PRO",
        "主动降噪无线耳机 旗舰款",
        "耳机",
        "electronics",
        79_900,
    ),
    ware("CHARGER", "快充充电器 65 瓦", "充电器", "electronics", 6_990),
    ware("SPEAKER", "便携蓝牙音箱", "音箱", "electronics", 25_900),
    ware("LAMP", "陶瓷台灯 暖光", "台灯", "home", 26_800),
    ware("VASE", "手工玻璃花瓶", "花瓶", "home", 9_933),
    ware("MUG", "窑变釉马克杯", "杯子", "home", 5_800),
    ware("RAKE", "园艺耙子", "耙子", "garden", 4_580),
    ware("SHOVEL", "园艺铲子", "铲子", "garden", 5_260),
    ware("CREAM", "神经酰胺保湿面霜 50 克", "面霜", "skincare", 16_800),
    ware("SERUM", "烟酰胺精华液 30 毫升", "精华液", "skincare", 21_900),
    ware("TEA", "明前龙井 100 克", "茶叶", "food", 18_800),
    ware("NUTS", "每日坚果 30 包", "坚果", "food", 11_900),
    excluded(ware("UNDER", "无痕内裤三条装", "内裤", "underwear", 8_801)),
    excluded(ware("MUG-NAME", "刻字马克杯（定制）", "刻字杯", "custom", 7_777)),
];

/// What people call a product; without a word of their own, just that.
pub fn name_of(sku: &str) -> &'static str {
    let ware = WARES.iter().find(|ware| ware.sku == sku);
    ware.map_or("东西", |ware| ware.name)
}

/// First halves of nicknames.
pub const NICK_HEADS: &[&str] = &[
    "小满", "青柠", "晚风", "南山", "云朵", "麦穗", "橘子", "阿洛", "半夏", "木棉", "星河", "拾光", "豆沙",
    "薄荷", "山月", "栗子",
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
    "要早睡",
    "看海去",
];
/// Provinces parcels go to.
pub const REGIONS: &[&str] = &[
    "浙江", "广东", "江苏", "四川", "北京", "上海", "湖北", "新疆", "福建", "山东",
];
/// How people pay.
pub const METHODS: &[&str] = &["alipay", "credit_card", "debit_card", "huabei"];
/// Carriers.
pub const CARRIERS: &[&str] = &["顺丰", "中通", "圆通", "韵达", "京东快递"];
/// Marks that the shop's people set on cases.
pub const TAGS: &[&str] = &[
    "需回电",
    "老客户",
    "等仓库核实",
    "等物流回复",
    "等质检结果",
    "赠品未发",
    "大件",
    "节日急用",
    "差评风险",
    "重复进线",
];
