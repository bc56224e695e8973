//! Money and moments as they are written in JSON.
//!
//! Must not know: where they stand. Tests: beside the code.

use amends_domain::money::{Currency, Money};
use amends_domain::time::Moment;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

/// An amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "MoneyFields", into = "MoneyFields")]
#[schema(as = Money, value_type = MoneyFields)]
pub(crate) struct MoneyDto(pub(crate) Money);

/// An amount in minor units (fen, cent) of a currency.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Amount)]
pub(crate) struct MoneyFields {
    /// Minor units, 0 to 1,000,000,000,000.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 39900)]
    minor: i64,
    /// ISO 4217.
    #[schema(example = "CNY")]
    currency: String,
}

impl TryFrom<MoneyFields> for MoneyDto {
    type Error = String;
    fn try_from(fields: MoneyFields) -> Result<Self, String> {
        let currency: Currency = fields.currency.parse().map_err(|fault| format!("{fault}"))?;
        Money::new(fields.minor, currency)
            .map(Self)
            .map_err(|fault| fault.to_string())
    }
}

impl From<MoneyDto> for MoneyFields {
    fn from(MoneyDto(money): MoneyDto) -> Self {
        Self {
            minor: money.minor(),
            currency: money.currency().to_string(),
        }
    }
}

impl From<Money> for MoneyDto {
    fn from(money: Money) -> Self {
        Self(money)
    }
}

impl MoneyDto {
    /// An amount that cannot be negative; a negative one would be a fault of the books.
    pub(crate) fn of(minor: i64, currency: Currency) -> Self {
        Self(Money::new(minor, currency).unwrap_or(Money::zero(currency)))
    }
}

/// A moment, RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(as = Moment, value_type = String, format = DateTime, example = "2026-03-01T08:00:00.000Z")]
pub(crate) struct At(pub(crate) Moment);

impl From<Moment> for At {
    fn from(moment: Moment) -> Self {
        Self(moment)
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        at(&text).map(Self).ok_or_else(|| {
            serde::de::Error::custom(
                "not a moment of RFC 3339 such as 2026-03-01T16:00:00+08:00, from 1970 to 9000",
            )
        })
    }
}

fn at(text: &str) -> Option<Moment> {
    let millis = text.parse::<jiff::Timestamp>().ok()?.as_millisecond();
    let moment = Moment::from_millis(millis);
    (moment.millis() == millis).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_back_and_nothing_else_does() {
        assert_eq!(at("2026-03-01T16:00:00+08:00"), at("2026-03-01T08:00:00Z"));
        for text in [
            "",
            "2026-03-01",
            "2026-03-01T16:00:00",
            "1969-12-31T00:00:00Z",
            "9999-12-31T00:00:00Z",
            "now",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn money_is_bounded() {
        let read = |text| {
            serde_json::from_str::<MoneyDto>(text)
                .map(|money| money.0.minor())
                .ok()
        };
        assert_eq!(read(r#"{"minor":39900,"currency":"CNY"}"#), Some(39_900));
        for text in [
            r#"{"minor":-1,"currency":"CNY"}"#,
            r#"{"minor":1.5,"currency":"CNY"}"#,
            r#"{"minor":1000000000001,"currency":"CNY"}"#,
            r#"{"minor":1,"currency":"yuan"}"#,
            r#"{"minor":1,"currency":"CNY","more":1}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
