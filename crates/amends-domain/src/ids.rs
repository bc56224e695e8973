//! Names of things: UUIDv7 newtypes that show their kind in a prefix (`case_…`).
//!
//! Must not know: where randomness comes from; the caller hands in time and random bytes.
//! Tests: beside the code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::Moment;

/// Why a text is not the id it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not an id of the form {prefix}_ and 32 hexadecimal digits")]
pub struct IdError {
    /// The prefix that was asked for.
    pub prefix: &'static str,
    /// What was given, cut to 64 characters.
    pub text: String,
}

fn parse(prefix: &'static str, text: &str) -> Result<Uuid, IdError> {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .filter(|digits| digits.len() == 32)
        .and_then(|digits| Uuid::try_parse(digits).ok())
        .ok_or_else(|| IdError {
            prefix,
            text: text.chars().take(64).collect(),
        })
}

macro_rules! prefixed_ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id: ordered by `at`, told apart by ten random bytes.
            pub fn new(at: Moment, random: [u8; 10]) -> Self {
                let millis = u64::try_from(at.millis()).unwrap_or_default();
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.as_simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse($prefix, text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    )*};
}

prefixed_ids! {
    /// A shop 店铺: the tenant.
    ShopId = "shop";
    /// An after-sales case 售后单.
    CaseId = "case";
    /// An order the shop sold.
    OrderId = "order";
    /// A line of an order.
    LineId = "line";
    /// A buyer 买家, as one shop knows him.
    BuyerId = "buyer";
    /// Somebody who signs in.
    PersonId = "person";
    /// A message, note or reason text that stands outside the events.
    TextId = "text";
    /// A piece of evidence 凭证: a photo, a video, a document.
    EvidenceId = "evidence";
    /// An entry of the block list.
    BlockId = "block";
    /// A mail that came in.
    MailId = "mail";
    /// A segment 人群 of buyers.
    SegmentId = "segment";
    /// A care mail 关怀邮件 that the shop writes to many.
    CareId = "care";
    /// A review 评价 a buyer wrote on the platform.
    ReviewId = "review";
    /// A plan 保障方案 a shop sells or gives.
    PlanId = "plan";
    /// A cover 保障: a plan with a line of an order.
    CoverId = "cover";
    /// A visit 回访 of a buyer beside any case.
    VisitId = "visit";
    /// An API token.
    TokenId = "token";
    /// A signed-in session.
    SessionId = "session";
}

/// A token acts as a person of its own.
impl From<TokenId> for PersonId {
    fn from(token: TokenId) -> Self {
        Self(token.0)
    }
}

/// What belongs to an order and to no case lies where those of cases lie, under the order's own id.
impl From<OrderId> for CaseId {
    fn from(order: OrderId) -> Self {
        Self(order.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_a_foreign_prefix_is_refused() {
        let id = CaseId::new(Moment::from_millis(1_700_000_000_000), [7; 10]);
        assert_eq!(id.to_string().parse::<CaseId>(), Ok(id));
        assert!(id.to_string().parse::<OrderId>().is_err());
        assert!("case_xyz".parse::<CaseId>().is_err());
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let early = CaseId::new(Moment::from_millis(1), [255; 10]);
        let late = CaseId::new(Moment::from_millis(2), [0; 10]);
        assert!(early < late && early.to_string() < late.to_string());
    }
}
