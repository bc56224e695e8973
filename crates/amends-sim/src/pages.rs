//! What the product pages of the seeded shop said.
//!
//! Must not know: who bought. Tests: `tests/it/play.rs`.

use amends_app::orders::listing::{Listing, Quality};

use crate::catalog::Ware;

/// Sizes of the dress, as its page shows them.
const DRESS_SIZES: &str = "S 码：胸围 84 厘米，腰围 68 厘米，衣长 112 厘米\n\
    M 码：胸围 88 厘米，腰围 72 厘米，衣长 114 厘米\n\
    L 码：胸围 92 厘米，腰围 76 厘米，衣长 116 厘米\n\
    平铺手量，误差 1 至 2 厘米";
/// Sizes of the shirt.
const SHIRT_SIZES: &str = "M 码：肩宽 43 厘米，胸围 104 厘米，衣长 71 厘米\n\
    L 码：肩宽 45 厘米，胸围 108 厘米，衣长 73 厘米\n\
    平铺手量，误差 1 至 2 厘米";
/// Sizes of the coat.
const COAT_SIZES: &str = "38 码：肩宽 42 厘米，胸围 102 厘米，衣长 105 厘米，袖长 58 厘米";

/// What a page says of the goods: its specification, a line each `name：value`, and its sizes.
fn told(sku: &str) -> (&'static str, &'static str) {
    match sku {
        "DRESS-S" | "DRESS-M" | "DRESS-L" => (
            "面料：棉 100%\n颜色：米白底碎花\n洗涤：30 度以下机洗，反面晾晒",
            DRESS_SIZES,
        ),
        "SHIRT-W" | "SHIRT-B" => ("面料：棉 100%\n工艺：免烫\n洗涤：可机洗", SHIRT_SIZES),
        "COAT-38" => (
            "面料：羊毛 90%，羊绒 10%\n里料：无里料，双面呢\n洗涤：只可干洗",
            COAT_SIZES,
        ),
        "SCARF" => (
            "面料：羊毛 100%\n尺寸：70 厘米 × 190 厘米\n色差：屏幕显示与实物略有差别",
            "",
        ),
        "SOCKS" => ("面料：棉 78%，聚酯纤维 20%，氨纶 2%\n尺码：35 至 39", ""),
        "KETTLE" => ("容量：1.7 升\n功率：1850 瓦\n内胆：304 不锈钢\n质保：一年", ""),
        "COOKER" => ("容量：4 升\n功率：860 瓦\n预约：24 小时\n质保：一年", ""),
        "VACUUM" => (
            "重量：1.3 千克\n续航：40 分钟（标准挡）\n尘杯：0.5 升\n质保：两年",
            "",
        ),
        "EARBUD" | "EARBUD-PRO" => (
            "降噪：主动降噪\n续航：单次 6 小时，配充电盒 24 小时\n防水：IPX4\n质保：一年",
            "",
        ),
        "CHARGER" => ("输出：最高 65 瓦\n接口：USB-C 两个\n质保：一年", ""),
        "SPEAKER" => ("续航：12 小时\n防水：IPX7\n质保：一年", ""),
        "LAMP" => (
            "材质：陶瓷灯座，亚麻灯罩\n高度：42 厘米\n光源：E27，暖光 2700K，随货一只",
            "",
        ),
        "VASE" => ("材质：手工吹制玻璃，允许有细小气泡\n高度：26 厘米", ""),
        "MUG" => (
            "材质：陶瓷，窑变釉，每只花纹不同\n容量：350 毫升\n微波炉：可用",
            "",
        ),
        "RAKE" => ("材质：锰钢耙头，木柄\n长度：135 厘米", ""),
        "SHOVEL" => ("材质：锰钢铲头，木柄\n长度：98 厘米", ""),
        "CREAM" => (
            "净含量：50 克\n保质期：三年，开封后 12 个月\n适合：干性与中性皮肤",
            "",
        ),
        "SERUM" => ("净含量：30 毫升\n保质期：三年，开封后 6 个月", ""),
        "TEA" => ("净含量：100 克\n等级：一级\n保质期：18 个月", ""),
        "NUTS" => (
            "净含量：750 克，30 小包\n保质期：8 个月\n致敏：含坚果和乳制品",
            "",
        ),
        "UNDER" => ("面料：锦纶 72%，氨纶 28%\n尺码：均码，适合 45 至 65 千克", ""),
        "MUG-NAME" => ("材质：陶瓷\n容量：330 毫升\n刻字：最多 8 个字，下单时填写", ""),
        _ => ("", ""),
    }
}

/// The page of a product as it stood.
pub(crate) fn page(ware: &Ware) -> Listing {
    let (specification, sizes) = told(ware.sku);
    let qualities = specification.lines().filter_map(|line| line.split_once('：'));
    let terms = if ware.no_reason_excluded {
        "本商品不支持七天无理由退货，下单前请确认；有质量问题请在签收后 48 小时内联系客服"
    } else {
        "签收后七天内，商品完好可无理由退货，退回运费由买家承担；质量问题由本店承担来回运费"
    };
    Listing {
        title: ware.title.to_owned(),
        address: format!("https://shop.example/item/{}", ware.sku.to_lowercase()),
        specification: qualities
            .map(|(name, value)| Quality {
                name: name.to_owned(),
                value: value.to_owned(),
            })
            .collect(),
        sizes: sizes.to_owned(),
        terms: terms.to_owned(),
    }
}
