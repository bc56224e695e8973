//! Notices and their settings over the wire.
//!
//! Must not know: addresses in clear. Tests: `tests/it/notices.rs`.

use std::collections::BTreeMap;

use amends_app::notices::deliver::notice_id;
use amends_app::notices::language::Language;
use amends_app::notices::settings::NoticeSettings;
use amends_app::notices::{NoticeChannel, NoticeRow, NoticeState};
use amends_domain::actor::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::At;
use crate::problem::Problem;

/// By which way a notice goes.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NoticeChannel)]
pub(crate) enum Channel {
    /// Mail.
    Mail,
    /// A short message to a telephone.
    Sms,
}

/// How far a notice has come.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// It waits, or is tried again.
    Queued,
    /// It was handed over to the mail server or the telephone service.
    Sent,
    /// It will not be sent; the error says why.
    Failed,
    /// Whom it is for has no address on this channel.
    NoAddress,
}

/// Something that was told, or was to be told.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeDto {
    /// Its id, also the beginning of its mail's Message-ID.
    id: String,
    /// The `seq` of the event it follows from.
    seq: u64,
    /// Which notice it is.
    code: String,
    /// By which way it goes.
    channel: Channel,
    /// `buyer`, a role, or the id of somebody of the shop.
    to: String,
    /// The tag of its language.
    language: String,
    /// How far it has come.
    state: State,
    /// Where it went, masked.
    address: Option<String>,
    /// Its subject; absent for short messages, and once the buyer was erased.
    subject: Option<String>,
    /// Its text without greeting; absent once the buyer was erased, or when it could not be written.
    text: Option<String>,
    /// How often it was tried.
    attempts: u32,
    /// When it was queued.
    at: At,
    /// When it is tried next; absent once it came to its end.
    next_at: Option<At>,
    /// When it came to its end.
    settled_at: Option<At>,
    /// What went wrong last.
    error: Option<String>,
}

/// The notices of a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticesDto {
    /// Oldest first.
    notices: Vec<NoticeDto>,
}

impl NoticesDto {
    pub(crate) fn of(rows: Vec<NoticeRow>) -> Self {
        Self {
            notices: rows.into_iter().map(NoticeDto::of).collect(),
        }
    }
}

impl NoticeDto {
    fn of(row: NoticeRow) -> Self {
        let state = match row.state {
            NoticeState::Queued => State::Queued,
            NoticeState::Sent => State::Sent,
            NoticeState::Failed => State::Failed,
            NoticeState::NoAddress => State::NoAddress,
        };
        Self {
            id: notice_id(&row),
            seq: row.seq,
            code: row.code,
            channel: row.channel.into(),
            to: row.recipient,
            language: row.language,
            state,
            address: row.address,
            subject: row.subject,
            text: row.body,
            attempts: row.attempts,
            at: row.at.into(),
            next_at: row.settled_at.is_none().then(|| row.due_at.into()),
            settled_at: row.settled_at.map(Into::into),
            error: row.error,
        }
    }
}

impl From<NoticeChannel> for Channel {
    fn from(channel: NoticeChannel) -> Self {
        match channel {
            NoticeChannel::Mail => Self::Mail,
            NoticeChannel::Sms => Self::Sms,
        }
    }
}

impl From<Channel> for NoticeChannel {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Mail => Self::Mail,
            Channel::Sms => Self::Sms,
        }
    }
}

/// How buyers and people of the shop are told what happens. What is absent is as usual.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NoticeSettingsDto {
    /// The language of whoever has not chosen one: `zh-CN`, `zh-TW` or `en`.
    language: String,
    /// By which ways; absent is by all that are connected, an empty list is not at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    channels: Option<Vec<Channel>>,
    /// From which hour of the shop's day short messages may go, 0 to 23.
    sms_from_hour: u8,
    /// Up to which hour, 1 to 24; what comes later waits for the next morning.
    sms_until_hour: u8,
    /// Under which address buyers reach this service, such as `https://care.shop.example`: mails to them then
    /// carry a link to their order. Empty is no link.
    #[serde(skip_serializing_if = "String::is_empty")]
    page_address: String,
    /// Mail addresses of roles of the shop, for whoever does not sign in with one.
    staff_mail: BTreeMap<String, String>,
}

impl Default for NoticeSettingsDto {
    fn default() -> Self {
        Self::of(NoticeSettings::default())
    }
}

impl NoticeSettingsDto {
    pub(crate) fn of(settings: NoticeSettings) -> Self {
        let channels = |channels: Vec<NoticeChannel>| channels.into_iter().map(Into::into).collect();
        let staff = settings.staff_mail.into_iter();
        Self {
            language: settings.language.tag().to_owned(),
            channels: settings.channels.map(channels),
            sms_from_hour: settings.sms_from_hour,
            sms_until_hour: settings.sms_until_hour,
            page_address: settings.page_address,
            staff_mail: staff.map(|(role, mail)| (role.code().to_owned(), mail)).collect(),
        }
    }

    pub(crate) fn settings(self) -> Result<NoticeSettings, Problem> {
        let language = Language::named(&self.language)
            .ok_or_else(|| Problem::invalid("notices.language", "must be zh-CN, zh-TW or en"))?;
        let role = |(role, mail): (String, String)| {
            let role = Role::named(&role);
            let fault = || Problem::invalid("notices.staff_mail", "must be addresses by role, such as agent");
            role.map(|role| (role, mail)).ok_or_else(fault)
        };
        let channels = |channels: Vec<Channel>| channels.into_iter().map(Into::into).collect();
        let settings = NoticeSettings {
            language,
            channels: self.channels.map(channels),
            sms_from_hour: self.sms_from_hour,
            sms_until_hour: self.sms_until_hour,
            page_address: self.page_address,
            staff_mail: self.staff_mail.into_iter().map(role).collect::<Result<_, _>>()?,
        };
        match settings.fault() {
            Some((field, reason)) => Err(Problem::invalid(&format!("notices.{field}"), reason)),
            None => Ok(settings),
        }
    }
}
