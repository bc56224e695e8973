//! A shop's settings: the figures that are always current and never pinned to a case.
//!
//! Must not know: policy clauses. Tests: beside the code.

use std::collections::{BTreeMap, BTreeSet};

use amends_domain::actor::Role;
use amends_domain::money::{Currency, Money};
use amends_domain::time::OpeningHours;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::notices::settings::NoticeSettings;

/// Settings, stored as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ShopSettings {
    /// Where returns go, shown to a buyer whose return is approved.
    pub return_address: String,
    /// The direct line of whoever handles heated cases, shown to their buyers (REM-7).
    pub direct_line: String,
    /// Most an agent may pay out on one case, in minor units of the shop's currency; absent is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_limit_agent: Option<i64>,
    /// The same for a supervisor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_limit_supervisor: Option<i64>,
    /// The same for a manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_limit_manager: Option<i64>,
    /// The calendar its working days are counted by; without one they are Monday to Friday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// When it is open; always where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<OpeningHours>,
    /// The tags its people are offered; others may be written all the same.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// The tiers 等级 it gives its buyers, and what each brings, the highest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Tier>,
    /// How many days a parcel takes at most with each carrier; with others it is the policy's figure.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub transit_days: BTreeMap<String, u8>,
    /// Accounts that unpaid orders are paid to, as the order letter names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pay_accounts: Vec<PayAccount>,
    /// How buyers and people of the shop are told what happens.
    pub notices: NoticeSettings,
}

/// An account of the shop that buyers pay to 收款账户.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayAccount {
    /// The bank or the service it is with.
    pub bank: String,
    /// Its number.
    pub account: String,
    /// Whose it is.
    pub holder: String,
}

/// A tier 等级 of buyers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its stable code, as packs write it.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// Off new goods, in whole percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_percent: Option<u8>,
    /// What else it gives, in the shop's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub gives: String,
    /// After how many days its buyers are visited again; without it nobody is by his tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit_days: Option<u32>,
}

impl ShopSettings {
    /// Reads stored settings.
    pub fn parse(text: &str) -> Result<Self, AppError> {
        serde_json::from_str(text).map_err(|fault| AppError::Inconsistent(format!("shop settings: {fault}")))
    }

    /// The stored form.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A role's limit, in the shop's currency; none of a role is no limit.
    pub fn refund_limit(&self, role: Role, currency: Currency) -> Option<Money> {
        let minor = match role {
            Role::Agent => self.refund_limit_agent,
            Role::Supervisor => self.refund_limit_supervisor,
            Role::Manager => self.refund_limit_manager,
            Role::Admin => None,
            Role::Auditor | Role::Mediator | Role::Machine => Some(0),
        };
        minor.map(|minor| Money::clamped(minor, currency))
    }
}
