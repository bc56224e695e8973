//! Money: minor units (fen) with a currency, and division that loses nothing.
//!
//! Must not know: prices, policies, ledgers. Tests: beside the code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code; every currency is kept with two decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Renminbi, the currency of the demo shop.
    pub const CNY: Currency = Currency(*b"CNY");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|letter| letter.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(MoneyError::Currency(text.chars().take(16).collect())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

/// Why a text or a sum is not money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three capital letters.
    #[error("{0:?} is not a currency code of three capital letters")]
    Currency(String),
    /// Not an amount with at most two decimals.
    #[error("{0:?} is not an amount with at most two decimals")]
    Amount(String),
    /// Larger than [`Money::MAX_MINOR`].
    #[error("an amount of more than {max} minor units", max = Money::MAX_MINOR)]
    TooLarge,
}

/// An amount in minor units of one currency; never negative, never above [`Money::MAX_MINOR`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "MoneyText")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyText {
    minor: i64,
    currency: Currency,
}

impl TryFrom<MoneyText> for Money {
    type Error = MoneyError;
    fn try_from(text: MoneyText) -> Result<Self, MoneyError> {
        Money::new(text.minor, text.currency)
    }
}

impl Money {
    /// Ten thousand million yuan: far above any order, far below overflow when summed.
    pub const MAX_MINOR: i64 = 1_000_000_000_000;

    /// Checked construction: `0 ≤ minor ≤ MAX_MINOR`.
    pub fn new(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        match minor {
            0..=Self::MAX_MINOR => Ok(Self { minor, currency }),
            i64::MIN..0 => Err(MoneyError::Amount(minor.to_string())),
            _ => Err(MoneyError::TooLarge),
        }
    }

    /// This much, or the nearest amount there is.
    pub fn clamped(minor: i64, currency: Currency) -> Self {
        let minor = minor.clamp(0, Self::MAX_MINOR);
        Self { minor, currency }
    }

    /// Nothing, in this currency.
    pub fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Parses `"521.92"` in a given currency.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let fault = || MoneyError::Amount(text.chars().take(32).collect());
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 13 {
            return Err(fault());
        }
        let whole: i64 = whole.parse().map_err(|_| fault())?;
        let tenths: i64 = part.parse().map_err(|_| fault())?;
        let hundredths = if part.len() == 1 { tenths * 10 } else { tenths };
        Self::new(whole * 100 + hundredths, currency)
    }

    /// Minor units (fen, cent).
    pub fn minor(&self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.minor == 0
    }

    /// The sum of two amounts, `None` on different currencies or past the limit.
    pub fn plus(self, other: Money) -> Option<Money> {
        (self.currency == other.currency).then_some(())?;
        Money::new(self.minor + other.minor, self.currency).ok()
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{:02} {}",
            self.minor / 100,
            self.minor % 100,
            self.currency
        )
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Divides `total` minor units over `weights` so that the parts sum to `total` exactly and each
/// part is within one unit of its exact share. Part *k* is the difference of two floors of the
/// running share, so the result depends on nothing but the order of the weights.
/// With all weights zero everything falls to the first; with no weights nothing can be divided.
pub fn allocate(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum == 0 {
        return weights
            .iter()
            .enumerate()
            .map(|(at, _)| if at == 0 { total } else { 0 })
            .collect();
    }
    let mut running = 0_i128;
    let mut given = 0_i128;
    weights
        .iter()
        .map(|weight| {
            running += i128::from(*weight);
            let upto = i128::from(total) * running / sum;
            let part = upto - given;
            given = upto;
            i64::try_from(part).unwrap_or(i64::MAX)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_read_and_print() {
        for (text, minor) in [
            ("0", 0),
            ("1", 100),
            ("1.5", 150),
            ("521.92", 52_192),
            ("0.07", 7),
        ] {
            assert_eq!(
                Money::parse(text, Currency::CNY).map(|money| money.minor()),
                Ok(minor)
            );
        }
        for text in ["", ".", "1.", ".5", "-1", "1.234", "1e3", "１", "99999999999999"] {
            assert!(Money::parse(text, Currency::CNY).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_division(total in 0..1_000_000_000_i64, weights in prop::collection::vec(0..1_000_000_i64, 1..40)) {
            let parts = allocate(total, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            prop_assert!(parts.iter().all(|part| *part >= 0));
            let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
            if sum > 0 {
                for (part, weight) in parts.iter().zip(&weights) {
                    let exact = i128::from(total) * i128::from(*weight);
                    prop_assert!((i128::from(*part) * sum - exact).abs() <= sum);
                }
            }
        }
    }
}
