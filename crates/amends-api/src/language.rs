//! The caller's language, from `Accept-Language`.
//!
//! Must not know: any text. Tests: beside the code.

use std::convert::Infallible;

use amends_domain::policy::Title;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;

/// A language of the product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// Traditional Chinese.
    ZhTw,
    /// English.
    En,
}

impl Language {
    /// The first of the caller's languages that we have; ranges count in the order they stand in
    /// unless their weights say otherwise.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let text = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let mut ranges: Vec<(u16, Self)> = text.split(',').take(20).filter_map(range).collect();
        ranges.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        ranges.first().map(|(_, language)| *language).unwrap_or_default()
    }

    /// Its tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::ZhTw => "zh-TW",
            Self::En => "en",
        }
    }

    /// A title in it.
    pub(crate) fn title(self, title: &Title) -> String {
        match self {
            Self::ZhCn => title.zh_cn.clone(),
            Self::ZhTw => title.zh_tw.clone(),
            Self::En => title.en.clone(),
        }
    }
}

/// One range with its weight in thousandths; none for a language we do not have or a weight of 0.
fn range(text: &str) -> Option<(u16, Language)> {
    let (tag, weight) = text.split_once(";q=").unwrap_or((text, "1"));
    let weight = match weight.trim().split_once('.') {
        None => weight.trim().parse::<u16>().ok()?.min(1) * 1_000,
        Some(("1", _)) => 1_000,
        Some((_, digits)) => format!("{digits:0<3}").get(..3)?.parse().ok()?,
    };
    let tag = tag.trim().to_ascii_lowercase();
    let language = match tag.as_str() {
        "zh-tw" | "zh-hk" | "zh-mo" => Language::ZhTw,
        tag if tag.starts_with("zh-hant") => Language::ZhTw,
        tag if tag == "zh" || tag.starts_with("zh-") || tag == "*" => Language::ZhCn,
        tag if tag == "en" || tag.starts_with("en-") => Language::En,
        _ => return None,
    };
    (weight > 0).then_some((weight, language))
}

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_have_is_spoken() {
        for (header, language) in [
            ("", Language::ZhCn),
            ("fr-FR, de;q=0.9", Language::ZhCn),
            ("en-US,en;q=0.9,zh-CN;q=0.8", Language::En),
            ("fr, zh-Hant-HK;q=0.9, en;q=0.5", Language::ZhTw),
            ("en;q=0.3, zh-TW;q=0.35", Language::ZhTw),
            ("en;q=0, zh", Language::ZhCn),
            ("*", Language::ZhCn),
            ("en;q=x", Language::ZhCn),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, header.parse().unwrap());
            assert_eq!(Language::of(&headers), language, "{header}");
        }
    }
}
