//! The shop and its settings over the wire.
//!
//! Must not know: policy clauses. Tests: `tests/it/shop.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_app::buyers::visits::LONGEST_PAUSE;
use amends_app::shops::settings::{PayAccount, ShopSettings, Tier};
use amends_app::shops::shop_read::ShopView;
use amends_domain::case::{TAG_CHARS_MAX, tag_fits};
use amends_domain::command::CARRIER_CHARS_MAX;
use amends_domain::digest::Digest;
use amends_domain::ids::ShopId;
use amends_domain::money::Currency;
use amends_domain::time::{Moment, OpeningHours};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::notices::NoticeSettingsDto;
use super::values::{At, MoneyDto};
use super::words::OnDays;
use crate::problem::Problem;

/// Most tags that people of a shop are offered.
const TAGS_OFFERED_MAX: usize = 100;
/// Most carriers whose time a shop sets.
const CARRIERS_MAX: usize = 50;
/// Longest time of a carrier.
const LONGEST_TRANSIT: u8 = 90;
/// Most tiers of a shop.
const TIERS_MAX: usize = 20;
/// Longest code of a tier.
const TIER_CODE_CHARS_MAX: usize = 32;
/// Most accounts that buyers are told of.
const PAY_ACCOUNTS_MAX: usize = 10;
/// Longest part of an account, in characters.
const PAY_ACCOUNT_CHARS_MAX: usize = 64;

/// A shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShopDto {
    /// Its id.
    #[schema(value_type = String)]
    pub(crate) id: ShopId,
    /// Its name.
    pub(crate) name: String,
    /// IANA name of its time zone.
    pub(crate) time_zone: String,
    /// The currency it usually sells in.
    pub(crate) currency: String,
    /// The hash of the policy set that new cases are opened under.
    #[schema(value_type = Option<String>)]
    pub(crate) policy: Option<Digest>,
    /// The public key by which its evidence bundles are checked.
    pub(crate) bundle_key: String,
    /// The figures that are always current.
    pub(crate) settings: SettingsDto,
    /// The desk's now; countdowns run from it.
    pub(crate) now: At,
}

/// Settings of a shop.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingsDto {
    /// Where returns go; shown to a buyer whose return is approved.
    #[serde(default)]
    pub(crate) return_address: String,
    /// The direct line of whoever handles heated cases; shown to their buyers.
    #[serde(default)]
    pub(crate) direct_line: String,
    /// Most an agent may pay out on one case; absent is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refund_limit_agent: Option<MoneyDto>,
    /// The same for a supervisor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refund_limit_supervisor: Option<MoneyDto>,
    /// The same for a manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refund_limit_manager: Option<MoneyDto>,
    /// The calendar that its working days are counted by, such as `cn`; without one they are Monday to
    /// Friday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) calendar: Option<String>,
    /// When it is open; always where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) opening_hours: Option<OpeningHoursDto>,
    /// The tags its people are offered, at most 100; others may be written all the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub(crate) tags: BTreeSet<String>,
    /// The tiers it gives its buyers, and what each brings, the highest first, at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tiers: Vec<TierDto>,
    /// How many days a parcel takes at most with each carrier, 1 to 90 each, at most 50 carriers; with others
    /// it is the policy's figure.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = std::collections::HashMap<String, u8>)]
    pub(crate) transit_days: BTreeMap<String, u8>,
    /// Accounts that unpaid orders are paid to, as the order letter names them; at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) pay_accounts: Vec<PayAccountDto>,
    /// How buyers and people of the shop are told what happens.
    #[serde(default)]
    pub(crate) notices: NoticeSettingsDto,
}

/// A tier of buyers.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Tier)]
pub(crate) struct TierDto {
    /// Its stable code: 1 to 32 of a-z, 0-9 and _.
    #[schema(example = "vip")]
    code: String,
    /// What people call it.
    title: String,
    /// Off new goods, in whole percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100)]
    discount_percent: Option<u8>,
    /// What else it gives.
    #[serde(default)]
    gives: String,
    /// After how many days its buyers are visited again; without it nobody is by his tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 730)]
    visit_days: Option<u32>,
}

impl TierDto {
    fn of(tier: Tier) -> Self {
        Self {
            code: tier.code,
            title: tier.title,
            discount_percent: tier.discount_percent,
            gives: tier.gives,
            visit_days: tier.visit_days,
        }
    }

    fn tier(self) -> Result<Tier, Problem> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !(1..=TIER_CODE_CHARS_MAX).contains(&self.code.len()) || !self.code.chars().all(fits) {
            return Err(Problem::invalid("tiers.code", "1 to 32 of a-z, 0-9 and _"));
        }
        if !tag_fits(&self.title) {
            let reason = format!("one line of 1 to {TAG_CHARS_MAX} characters");
            return Err(Problem::invalid("tiers.title", reason));
        }
        amends_app::orders::draft::bounded("tiers.gives", &self.gives)?;
        if self.discount_percent.is_some_and(|percent| percent > 100) {
            return Err(Problem::invalid("tiers.discount_percent", "0 to 100"));
        }
        if self
            .visit_days
            .is_some_and(|every| !(1..=LONGEST_PAUSE).contains(&every))
        {
            return Err(Problem::invalid(
                "tiers.visit_days",
                format!("1 to {LONGEST_PAUSE}"),
            ));
        }
        Ok(Tier {
            code: self.code,
            title: self.title,
            discount_percent: self.discount_percent,
            gives: self.gives,
            visit_days: self.visit_days,
        })
    }
}

fn tiers(given: Vec<TierDto>) -> Result<Vec<Tier>, Problem> {
    let codes: BTreeSet<&str> = given.iter().map(|tier| tier.code.as_str()).collect();
    if given.len() > TIERS_MAX || codes.len() != given.len() {
        let reason = format!("at most {TIERS_MAX}, each code once");
        return Err(Problem::invalid("tiers", reason));
    }
    given.into_iter().map(TierDto::tier).collect()
}

fn transit_days(given: BTreeMap<String, u8>) -> Result<BTreeMap<String, u8>, Problem> {
    let fits = |(carrier, days): (&String, &u8)| {
        (1..=CARRIER_CHARS_MAX).contains(&carrier.trim().chars().count())
            && (1..=LONGEST_TRANSIT).contains(days)
    };
    if given.len() > CARRIERS_MAX || !given.iter().all(fits) {
        let reason = format!(
            "at most {CARRIERS_MAX} carriers of 1 to {CARRIER_CHARS_MAX} characters, 1 to {LONGEST_TRANSIT} days each"
        );
        return Err(Problem::invalid("transit_days", reason));
    }
    Ok(given)
}

/// An account that buyers pay to. Each part is one line of 1 to 64 characters.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PayAccount)]
pub(crate) struct PayAccountDto {
    /// The bank or the service it is with.
    bank: String,
    /// Its number.
    account: String,
    /// Whose it is.
    holder: String,
}

impl PayAccountDto {
    fn of(account: PayAccount) -> Self {
        Self {
            bank: account.bank,
            account: account.account,
            holder: account.holder,
        }
    }
}

fn pay_accounts(given: Vec<PayAccountDto>) -> Result<Vec<PayAccount>, Problem> {
    if given.len() > PAY_ACCOUNTS_MAX {
        let reason = format!("at most {PAY_ACCOUNTS_MAX}");
        return Err(Problem::invalid("pay_accounts", reason));
    }
    let account = |given: PayAccountDto| {
        for (field, text) in [
            ("pay_accounts.bank", &given.bank),
            ("pay_accounts.account", &given.account),
            ("pay_accounts.holder", &given.holder),
        ] {
            let fits = (1..=PAY_ACCOUNT_CHARS_MAX).contains(&text.chars().count());
            if !fits || text.trim().is_empty() || text.contains(char::is_control) {
                let reason = format!("one line of 1 to {PAY_ACCOUNT_CHARS_MAX} characters");
                return Err(Problem::invalid(field, reason));
            }
        }
        Ok(PayAccount {
            bank: given.bank,
            account: given.account,
            holder: given.holder,
        })
    };
    given.into_iter().map(account).collect()
}

/// When a shop is open.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpeningHoursDto {
    /// Minutes after midnight at which it opens.
    from_minute: u16,
    /// Minutes after midnight at which it closes; 1440 is 24:00.
    to_minute: u16,
    /// On which days.
    on_days: OnDays,
}

impl OpeningHoursDto {
    fn of(hours: OpeningHours) -> Self {
        Self {
            from_minute: hours.from_minute(),
            to_minute: hours.to_minute(),
            on_days: hours.on_days().into(),
        }
    }

    fn hours(self) -> Result<OpeningHours, Problem> {
        OpeningHours::new(self.from_minute, self.to_minute, self.on_days.into())
            .map_err(|fault| Problem::invalid("opening_hours", fault.to_string()))
    }
}

impl ShopDto {
    pub(crate) fn of(view: ShopView, bundle_key: String, now: Moment) -> Self {
        let currency = view.row.currency;
        Self {
            id: view.row.id,
            name: view.row.name,
            time_zone: view.row.time_zone,
            currency: currency.to_string(),
            policy: view.row.policy,
            bundle_key,
            settings: SettingsDto::of(view.settings, currency),
            now: now.into(),
        }
    }
}

impl SettingsDto {
    pub(crate) fn of(settings: ShopSettings, currency: Currency) -> Self {
        let money = |minor: Option<i64>| minor.map(|minor| MoneyDto::of(minor, currency));
        Self {
            return_address: settings.return_address,
            direct_line: settings.direct_line,
            refund_limit_agent: money(settings.refund_limit_agent),
            refund_limit_supervisor: money(settings.refund_limit_supervisor),
            refund_limit_manager: money(settings.refund_limit_manager),
            calendar: settings.calendar,
            opening_hours: settings.opening_hours.map(OpeningHoursDto::of),
            tags: settings.tags,
            tiers: settings.tiers.into_iter().map(TierDto::of).collect(),
            transit_days: settings.transit_days,
            pay_accounts: settings.pay_accounts.into_iter().map(PayAccountDto::of).collect(),
            notices: NoticeSettingsDto::of(settings.notices),
        }
    }

    /// Settings for a shop of this currency.
    pub(crate) fn settings(self, currency: Currency) -> Result<ShopSettings, Problem> {
        amends_app::orders::draft::bounded("return_address", &self.return_address)?;
        amends_app::orders::draft::bounded("direct_line", &self.direct_line)?;
        if self.tags.len() > TAGS_OFFERED_MAX || !self.tags.iter().all(|tag| tag_fits(tag)) {
            return Err(Problem::invalid(
                "tags",
                format!("at most {TAGS_OFFERED_MAX}, each one line of 1 to {TAG_CHARS_MAX} characters"),
            ));
        }
        let limit = |field: &str, money: Option<MoneyDto>| match money {
            Some(MoneyDto(money)) if money.currency() != currency => Err(Problem::invalid(
                field,
                format!("must be in the shop's currency, {currency}"),
            )),
            money => Ok(money.map(|MoneyDto(money)| money.minor())),
        };
        Ok(ShopSettings {
            refund_limit_agent: limit("refund_limit_agent", self.refund_limit_agent)?,
            refund_limit_supervisor: limit("refund_limit_supervisor", self.refund_limit_supervisor)?,
            refund_limit_manager: limit("refund_limit_manager", self.refund_limit_manager)?,
            calendar: self.calendar,
            opening_hours: self.opening_hours.map(OpeningHoursDto::hours).transpose()?,
            tags: self.tags,
            tiers: tiers(self.tiers)?,
            transit_days: transit_days(self.transit_days)?,
            pay_accounts: pay_accounts(self.pay_accounts)?,
            notices: self.notices.settings()?,
            return_address: self.return_address,
            direct_line: self.direct_line,
        })
    }
}
