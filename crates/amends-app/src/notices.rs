//! Notices: what buyers and people of the shop are told by mail and short message, in their language.
//!
//! The feed reads what happened, writes what it tells in words, one row a channel, and the worker beside
//! sends the rows. Mail that is slow holds up no commit and no refund.
//! Must not know: when something is told; events say. Tests: `amends-api/tests/it/notices.rs`,
//! `amends-api/tests/it/telling.rs`.

pub(crate) mod care;
pub mod catalogue;
pub(crate) mod code;
pub mod deliver;
pub mod feed;
pub mod language;
pub mod mail;
mod put;
pub(crate) mod recipient;
pub mod render;
pub mod settings;
pub mod sms;
mod telling;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use amends_domain::actor::Role;
use amends_domain::ids::{CaseId, OrderId, PersonId, ShopId};
use amends_domain::money::Money;
use amends_domain::policy::ClauseId;
use amends_domain::time::{Length, Moment};
pub use amends_store::{NoticeChannel, NoticeRow, NoticeState};

use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use language::Language;
use mail::Mail;
use sms::SmsFolder;

/// A value that a notice names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words of a person, an address, a waybill: shown as they are.
    Text(String),
    /// An amount.
    Money(Money),
    /// A moment, shown in the shop's time; where the text asks for a day, its day.
    Moment(Moment),
    /// A clause of the policy the case is judged by, shown with its title.
    Clause(ClauseId),
    /// A code whose words stand in the catalogue or in the policy.
    Words(String),
    /// A number.
    Count(u64),
    /// A length of time, as the policy writes it.
    Length(Length),
    /// Things of one form, each with its own values.
    Items(Vec<BTreeMap<String, Arg>>),
}

/// Whom a notice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// The case's buyer.
    Buyer,
    /// The buyer of an order, about no case.
    Order(OrderId),
    /// Whoever has this role in the shop.
    Role(Role),
    /// Somebody of the shop.
    Person(PersonId),
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Buyer => f.write_str("buyer"),
            Self::Order(order) => order.fmt(f),
            Self::Role(role) => f.write_str(role.code()),
            Self::Person(person) => person.fmt(f),
        }
    }
}

impl FromStr for Recipient {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "buyer" {
            return Ok(Self::Buyer);
        }
        let role = Role::named(text).map(Self::Role);
        role.or_else(|| text.parse().ok().map(Self::Person))
            .or_else(|| text.parse().ok().map(Self::Order))
            .ok_or_else(|| format!("{text:?} is nobody a notice can be for"))
    }
}

/// Something to be told because of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRequest {
    /// The shop.
    pub shop: ShopId,
    /// The case.
    pub case: CaseId,
    /// The event's place in the case.
    pub seq: u64,
    /// Which notice, by its code in the catalogue.
    pub code: String,
    /// Whom it is for.
    pub to: Recipient,
    /// What it names.
    pub args: BTreeMap<String, Arg>,
    /// The recipient's own language; none is the shop's.
    pub language: Option<Language>,
}

/// What notices leave by, on this node.
#[derive(Clone, Default)]
pub struct Couriers {
    /// Mail; none is not connected.
    pub mail: Option<Arc<dyn Mail>>,
    /// Short messages; none is not connected.
    pub sms: Option<Arc<SmsFolder>>,
}

impl Couriers {
    pub(crate) fn connected(&self) -> Vec<NoticeChannel> {
        let mail = self.mail.as_ref().map(|_| NoticeChannel::Mail);
        let sms = self.sms.as_ref().map(|_| NoticeChannel::Sms);
        mail.into_iter().chain(sms).collect()
    }
}

fn row(
    request: &NoticeRequest,
    channel: NoticeChannel,
    language: Language,
    written: &Result<render::Rendered, String>,
    now: Moment,
) -> NoticeRow {
    let (subject, body) = match (written, channel) {
        (Ok(written), NoticeChannel::Mail) => (Some(written.subject.clone()), Some(written.body.clone())),
        (Ok(written), NoticeChannel::Sms) => (None, Some(written.sms.clone())),
        (Err(_), _) => (None, None),
    };
    NoticeRow {
        shop: request.shop,
        case: request.case,
        seq: request.seq,
        code: request.code.clone(),
        channel,
        recipient: request.to.to_string(),
        language: language.tag().to_owned(),
        subject,
        body,
        state: written
            .as_ref()
            .map_or(NoticeState::Failed, |_| NoticeState::Queued),
        address: None,
        attempts: 0,
        at: now,
        due_at: now,
        settled_at: written.as_ref().err().map(|_| now),
        error: written.as_ref().err().cloned(),
    }
}

/// What was told about a case, oldest first.
pub async fn notices_of_case(desk: &Desk, staff: &Staff, case: CaseId) -> Result<Vec<NoticeRow>, AppError> {
    staff.require(Right::Read)?;
    let found = desk.store.case_by_id(staff.shop, case).await?;
    found.ok_or(AppError::NotFound { what: "case" })?;
    Ok(desk.store.notices_of_case(staff.shop, case).await?)
}
