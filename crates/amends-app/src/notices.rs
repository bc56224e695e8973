//! Notices: what buyers and people of the shop are told by mail and short message, in their language.
//!
//! An effect of the outbox becomes a [`NoticeRequest`]; [`notice_queue`] writes it in words, one row a
//! channel, and the worker beside sends the rows. Mail that is slow holds up no refund.
//! Must not know: when something is told; events say. Tests: `amends-api/tests/it/notices.rs`.

pub mod catalogue;
pub mod deliver;
pub mod language;
pub mod mail;
mod put;
mod recipient;
pub mod render;
pub mod settings;
pub mod sms;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use amends_domain::actor::Role;
use amends_domain::ids::{CaseId, PersonId, ShopId};
use amends_domain::money::Money;
use amends_domain::policy::ClauseId;
use amends_domain::time::Moment;
pub use amends_store::{NoticeChannel, NoticeRow, NoticeState};

use crate::caller::{Right, Staff};
use crate::cases::case_read::policy_set;
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::settings::ShopSettings;
use catalogue::Catalogue;
use language::Language;
use mail::Mail;
use render::{Scene, render};
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
}

/// Whom a notice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// The case's buyer.
    Buyer,
    /// Whoever has this role in the shop.
    Role(Role),
    /// Somebody of the shop.
    Person(PersonId),
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Buyer => f.write_str("buyer"),
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
    fn connected(&self) -> Vec<NoticeChannel> {
        let mail = self.mail.as_ref().map(|_| NoticeChannel::Mail);
        let sms = self.sms.as_ref().map(|_| NoticeChannel::Sms);
        mail.into_iter().chain(sms).collect()
    }
}

/// Writes a notice in words and queues it on the channels the shop has chosen; settles the effect of
/// the same event in the same transaction. A notice that cannot be written whole is kept as failed,
/// with the reason; asked again, nothing is queued twice.
pub async fn notice_queue(desk: &Desk, request: &NoticeRequest) -> Result<(), AppError> {
    let shop = desk.shop(request.shop).await?;
    let settings = ShopSettings::parse(&shop.settings)?.notices;
    let connected = desk.couriers.connected();
    let mut channels = settings.channels.clone().unwrap_or(connected);
    if request.to != Recipient::Buyer {
        // The shop knows mail addresses of its people, no telephones.
        channels.retain(|channel| *channel == NoticeChannel::Mail);
    }
    let now = desk.clock.now();
    let mut rows = Vec::with_capacity(channels.len());
    if !channels.is_empty() {
        let language = request.language.unwrap_or(settings.language);
        let written = words(desk, request, &shop.time_zone, language).await?;
        for channel in channels {
            rows.push(row(request, channel, language, &written, now));
        }
    }
    let effect = (request.shop, request.case, request.seq);
    Ok(desk.store.notices_queue(effect, &rows, now).await?)
}

async fn words(
    desk: &Desk,
    request: &NoticeRequest,
    time_zone: &str,
    language: Language,
) -> Result<Result<render::Rendered, String>, AppError> {
    let catalogue = Catalogue::shipped().map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let case = desk.store.case_by_id(request.shop, request.case).await?;
    let case = case.ok_or(AppError::NotFound { what: "case" })?.case;
    let policy = policy_set(desk, request.shop, case.policy).await?;
    let Some(zone) = amends_domain::time::Zone::named(time_zone) else {
        return Ok(Err(format!("{time_zone:?} is not a time zone")));
    };
    let scene = Scene {
        language,
        zone: &zone,
        policy: &policy,
    };
    let written = render(catalogue, &request.code, &request.args, &scene);
    Ok(written.map_err(|fault| fault.to_string()))
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
