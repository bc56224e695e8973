//! The languages notices are written in.
//!
//! Must not know: any text. Tests: beside the catalogue.

use amends_domain::policy::Title;
use serde::{Deserialize, Serialize};

/// A language of the product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// Traditional Chinese.
    #[serde(rename = "zh-TW")]
    ZhTw,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[Self::ZhCn, Self::ZhTw, Self::En];

    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::ZhTw => "zh-TW",
            Self::En => "en",
        }
    }

    /// A language by its tag.
    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.tag() == tag)
    }

    /// A title in it.
    pub(crate) fn title(self, title: &Title) -> &str {
        match self {
            Self::ZhCn => &title.zh_cn,
            Self::ZhTw => &title.zh_tw,
            Self::En => &title.en,
        }
    }
}
