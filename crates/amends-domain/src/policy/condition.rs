//! The condition language: comparisons of named facts joined by all, any and not, with three
//! values. Unknown never grants and never refuses.
//!
//! In a pack a comparison is a text (`"days_since_receipt <= 7d"`), a join a table with one key
//! (`{ any = [ … ] }`). There are no loops and no scripts, so every condition ends.
//! Must not know: clauses, cases. Tests: beside the code and `tests/it/policy.rs`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::facts::{FactKind, FactName, FactValue};
use crate::money::{Currency, Money};

/// Three-valued truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds.
    Met,
    /// It does not hold.
    NotMet,
    /// A fact is missing; the finding names it.
    Unknown,
}

impl Verdict {
    fn from(truth: bool) -> Self {
        if truth { Self::Met } else { Self::NotMet }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotMet, _) | (_, Self::NotMet) => Self::NotMet,
            (Self::Met, Self::Met) => Self::Met,
            _ => Self::Unknown,
        }
    }

    fn negated(self) -> Self {
        match self {
            Self::Met => Self::NotMet,
            Self::NotMet => Self::Met,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// How a fact is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    AtMost,
    AtLeast,
    Less,
    More,
    Is,
    IsNot,
    In,
    NotIn,
}

const OPERATORS: [(&str, Operator); 8] = [
    (" not in ", Operator::NotIn),
    (" in ", Operator::In),
    (" <= ", Operator::AtMost),
    (" >= ", Operator::AtLeast),
    (" != ", Operator::IsNot),
    (" < ", Operator::Less),
    (" > ", Operator::More),
    (" = ", Operator::Is),
];

/// One comparison of a fact with a value of the fact's own unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Comparison {
    fact: FactName,
    operator: Operator,
    value: FactValue,
    text: String,
}

/// Why a text is not a comparison.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// No operator found.
    #[error(
        "{0:?} is not a comparison; write a fact, an operator (<= >= < > = != in, not in) and a value, spaced"
    )]
    Form(String),
    /// A fact that does not exist.
    #[error("there is no fact {name:?}; the nearest is {nearest:?}")]
    Fact {
        /// As written.
        name: String,
        /// The nearest known name.
        nearest: &'static str,
    },
    /// A value of another unit than the fact's.
    #[error("{fact} is compared with {form}, not with {value:?}")]
    Value {
        /// The fact.
        fact: &'static str,
        /// How its values are written.
        form: &'static str,
        /// As written.
        value: String,
    },
    /// An order comparison of something that has no order, or a list of something that has no list.
    #[error("{fact} cannot be compared with {operator}")]
    Operator {
        /// The fact.
        fact: &'static str,
        /// The operator as written.
        operator: &'static str,
    },
}

fn parse_value(fact: FactName, text: &str) -> Result<FactValue, ConditionError> {
    let (form, value) = match fact.kind() {
        FactKind::Money => ("money like 300.00 CNY", parse_money(text)),
        FactKind::Days => (
            "days like 7d",
            text.strip_suffix('d')
                .and_then(|n| n.parse().ok())
                .map(FactValue::Days),
        ),
        FactKind::Hours => (
            "hours like 24h",
            text.strip_suffix('h')
                .and_then(|n| n.parse().ok())
                .map(FactValue::Hours),
        ),
        FactKind::Count => ("a whole number", text.parse().ok().map(FactValue::Count)),
        FactKind::Word => ("a word like no_reason, or a list like [a, b]", parse_words(text)),
        FactKind::Flag => ("true or false", text.parse().ok().map(FactValue::Flag)),
    };
    value.ok_or_else(|| ConditionError::Value {
        fact: fact.text(),
        form,
        value: text.to_owned(),
    })
}

fn parse_money(text: &str) -> Option<FactValue> {
    let (amount, currency) = text.split_once(' ')?;
    let currency: Currency = currency.parse().ok()?;
    Money::parse(amount, currency).ok().map(FactValue::Money)
}

fn parse_words(text: &str) -> Option<FactValue> {
    let list = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(text);
    let words: BTreeSet<String> = list.split(',').map(|word| word.trim().to_owned()).collect();
    let is_word = |word: &String| !word.is_empty() && !word.contains(['[', ']']);
    words.iter().all(is_word).then_some(FactValue::Words(words))
}

impl FromStr for Comparison {
    type Err = ConditionError;
    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let found = OPERATORS.iter().find_map(|(sign, operator)| {
            text.split_once(sign)
                .map(|(fact, value)| (fact.trim(), sign.trim(), *operator, value.trim()))
        });
        let (name, sign, operator, value) = found.ok_or_else(|| ConditionError::Form(text.to_owned()))?;
        let fact = FactName::named(name).ok_or_else(|| ConditionError::Fact {
            name: name.to_owned(),
            nearest: FactName::nearest(name),
        })?;
        let ordered = matches!(
            fact.kind(),
            FactKind::Money | FactKind::Days | FactKind::Hours | FactKind::Count
        );
        let fits = match operator {
            Operator::AtMost | Operator::AtLeast | Operator::Less | Operator::More => ordered,
            Operator::In | Operator::NotIn => fact.kind() == FactKind::Word,
            Operator::Is | Operator::IsNot => true,
        };
        if !fits {
            return Err(ConditionError::Operator {
                fact: fact.text(),
                operator: sign,
            });
        }
        let value = parse_value(fact, value)?;
        Ok(Self {
            fact,
            operator,
            value,
            text: text.to_owned(),
        })
    }
}

impl TryFrom<String> for Comparison {
    type Error = ConditionError;
    fn try_from(text: String) -> Result<Self, ConditionError> {
        text.parse()
    }
}

impl From<Comparison> for String {
    fn from(comparison: Comparison) -> String {
        comparison.text
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Comparison {
    /// Judges a known value. Amounts of another currency cannot be compared: unknown.
    fn judge(&self, actual: &FactValue) -> Verdict {
        let ordering = match (actual, &self.value) {
            (FactValue::Money(a), FactValue::Money(b)) if a.currency() != b.currency() => {
                return Verdict::Unknown;
            }
            (FactValue::Money(a), FactValue::Money(b)) => a.minor().cmp(&b.minor()),
            (FactValue::Days(a), FactValue::Days(b))
            | (FactValue::Hours(a), FactValue::Hours(b))
            | (FactValue::Count(a), FactValue::Count(b)) => a.cmp(b),
            (FactValue::Words(a), FactValue::Words(b)) => return self.judge_words(a, b),
            (FactValue::Path(path), FactValue::Words(b)) => return self.judge_path(path, b),
            (FactValue::Flag(a), FactValue::Flag(b)) => a.cmp(b),
            _ => return Verdict::Unknown,
        };
        Verdict::from(match self.operator {
            Operator::AtMost => ordering.is_le(),
            Operator::AtLeast => ordering.is_ge(),
            Operator::Less => ordering.is_lt(),
            Operator::More => ordering.is_gt(),
            Operator::Is | Operator::In => ordering.is_eq(),
            Operator::IsNot | Operator::NotIn => ordering.is_ne(),
        })
    }

    /// Every word must be in the list (`in`, `=`), or none of them (`not in`, `!=`).
    fn judge_words(&self, actual: &BTreeSet<String>, listed: &BTreeSet<String>) -> Verdict {
        Verdict::from(match self.operator {
            Operator::IsNot | Operator::NotIn => actual.is_disjoint(listed),
            _ => actual.is_subset(listed),
        })
    }
}

impl Comparison {
    /// A word is in the list when it, or a group it belongs to, is.
    fn judge_path(&self, path: &[String], listed: &BTreeSet<String>) -> Verdict {
        let among = path.iter().any(|word| listed.contains(word));
        Verdict::from(match self.operator {
            Operator::IsNot | Operator::NotIn => !among,
            _ => among,
        })
    }
}

/// A condition tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Condition {
    /// One comparison.
    Compare(Comparison),
    /// A join.
    Join(Join),
}

/// How conditions are joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

// By hand and not `untagged`, so that a mistake in a comparison keeps its own words.
impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Condition;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a comparison as text, or a table with one of all, any, not")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Condition, E> {
                text.parse().map(Condition::Compare).map_err(E::custom)
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Condition, A::Error> {
                let fault = || A::Error::custom("a join is a table with just one of all, any, not");
                let key: Option<String> = map.next_key()?;
                let join = match key.as_deref() {
                    Some("all") => Join::All(map.next_value()?),
                    Some("any") => Join::Any(map.next_value()?),
                    Some("not") => Join::Not(map.next_value()?),
                    _ => return Err(fault()),
                };
                // A second join beside the first would otherwise be dropped without a word.
                match map.next_key::<String>()? {
                    None => Ok(Condition::Join(join)),
                    Some(_) => Err(fault()),
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// What one comparison came to, with the value it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The comparison as the pack has it.
    pub condition: String,
    /// Met, not met or unknown.
    pub verdict: Verdict,
    /// The actual value; absent when unknown, and then `condition` names the fact to supply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
}

impl Condition {
    /// Every word a fact is compared with, in any branch.
    pub fn words(&self) -> Vec<(FactName, &str)> {
        match self {
            Self::Compare(Comparison {
                fact,
                value: FactValue::Words(words),
                ..
            }) => words.iter().map(|word| (*fact, word.as_str())).collect(),
            Self::Compare(_) => Vec::new(),
            Self::Join(Join::All(parts) | Join::Any(parts)) => parts.iter().flat_map(Self::words).collect(),
            Self::Join(Join::Not(part)) => part.words(),
        }
    }

    /// Whether a fact is compared in any branch.
    pub fn names(&self, asked: FactName) -> bool {
        match self {
            Self::Compare(Comparison { fact, .. }) => *fact == asked,
            Self::Join(Join::All(parts) | Join::Any(parts)) => parts.iter().any(|part| part.names(asked)),
            Self::Join(Join::Not(part)) => part.names(asked),
        }
    }

    /// Judges the tree; every comparison leaves its finding, so nothing is decided unseen. Only where one
    /// of several is enough, and is met, the others are left out: they decide nothing.
    pub fn judge(
        &self,
        value: &impl Fn(FactName) -> Option<FactValue>,
        findings: &mut Vec<Finding>,
    ) -> Verdict {
        match self {
            Self::Compare(comparison) => {
                let actual = value(comparison.fact);
                let verdict = actual
                    .as_ref()
                    .map_or(Verdict::Unknown, |actual| comparison.judge(actual));
                findings.push(Finding {
                    condition: comparison.text.clone(),
                    verdict,
                    actual: actual.map(|actual| actual.to_string()),
                });
                verdict
            }
            Self::Join(Join::All(parts)) => parts.iter().fold(Verdict::Met, |verdict, part| {
                verdict.and(part.judge(value, findings))
            }),
            Self::Join(Join::Any(parts)) => {
                let judged: Vec<(Verdict, Vec<Finding>)> = parts
                    .iter()
                    .map(|part| {
                        let mut findings = Vec::new();
                        (part.judge(value, &mut findings), findings)
                    })
                    .collect();
                let none = judged
                    .iter()
                    .fold(Verdict::Met, |none, (verdict, _)| none.and(verdict.negated()));
                let verdict = none.negated();
                for (of_part, found) in judged {
                    if verdict != Verdict::Met || of_part == Verdict::Met {
                        findings.extend(found);
                    }
                }
                verdict
            }
            Self::Join(Join::Not(part)) => part.judge(value, findings).negated(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_named() {
        for (text, says) in [
            ("days_since_reciept <= 7d", "nearest is \"days_since_receipt\""),
            ("days_since_receipt <= 7", "days like 7d"),
            ("hours_since_receipt <= 1d", "hours like 24h"),
            ("reason <= no_reason", "cannot be compared"),
            ("goods_value <= 300", "money like 300.00 CNY"),
            ("goods_intact", "is not a comparison"),
        ] {
            let fault = text.parse::<Comparison>().map_err(|fault| fault.to_string());
            assert!(
                fault.as_ref().is_err_and(|fault| fault.contains(says)),
                "{text}: {fault:?}"
            );
        }
    }

    #[test]
    fn unknown_neither_grants_nor_refuses() {
        use Verdict::{Met, NotMet, Unknown};
        for (a, b, all) in [
            (Met, Unknown, Unknown),
            (NotMet, Unknown, NotMet),
            (Met, Met, Met),
            (Unknown, Unknown, Unknown),
        ] {
            assert_eq!((a.and(b), b.and(a)), (all, all));
        }
        assert_eq!(Unknown.negated(), Unknown);
    }
}
