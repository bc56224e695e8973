//! The notices' worker: claims what waits, sends it, writes down what became of it.
//!
//! Nothing is sent inside a transaction, so a letter may leave twice when a node dies in between; its
//! id is the same, and whoever receives it can tell.
//! Must not know: why something is told. Tests: `amends-api/tests/it/notices.rs`.

use std::collections::HashMap;
use std::time::Duration;

use amends_domain::effect::backoff_millis;
use amends_domain::ids::CaseId;
use amends_domain::time::Zone;
use tokio::task::{Id, JoinSet};

use super::catalogue::Catalogue;
use super::language::Language;
use super::mail::{Letter, Sent};
use super::recipient::{addressee, masked};
use super::settings::NoticeSettings;
use super::{Couriers, NoticeChannel, NoticeRow, NoticeState, Recipient};
use crate::buyers::buyer_access::LINK_MILLIS;
use crate::buyers::link::{Link, link_sign};
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::settings::ShopSettings;
use crate::template::{filled, one_line};

/// Most notices in flight at once.
const CLAIM_MAX: u32 = 8;
/// How long a claim keeps other nodes away, in milliseconds.
const LEASE_MILLIS: i64 = 120_000;
/// How long a letter may take to leave: what has left is written down before the lease ends.
const LEAVE_WITHIN: Duration = Duration::from_millis(LEASE_MILLIS.unsigned_abs() / 2);
/// Most attempts: with the outbox's waits between them, about a day.
pub(crate) const ATTEMPTS_MAX: u32 = 12;

/// What a claimed notice comes to before anything is sent.
enum Prepared {
    /// It can leave.
    Ready(NoticeRow, Letter),
    /// It is settled, or waits, as it stands here.
    Decided(NoticeRow),
}

/// Sends what is due by the desk's clock, one claim's worth; returns whose notices.
pub async fn notices_run(desk: &Desk) -> Result<Vec<CaseId>, AppError> {
    let due = desk
        .store
        .notices_claim(desk.clock.now(), CLAIM_MAX, LEASE_MILLIS)
        .await?;
    let cases = due.iter().map(|row| row.case).collect();
    let mut flying: JoinSet<Sent> = JoinSet::new();
    let mut rows: HashMap<Id, NoticeRow> = HashMap::new();
    for row in due {
        match prepare(desk, row.clone()).await {
            Ok(Prepared::Ready(row, letter)) => {
                let couriers = desk.couriers.clone();
                let channel = row.channel;
                let leaving = flying.spawn(async move { send(&couriers, channel, &letter).await });
                rows.insert(leaving.id(), row);
            }
            Ok(Prepared::Decided(row)) => {
                desk.store.notice_mark(&row).await?;
            }
            Err(AppError::Store(fault)) => return Err(fault.into()),
            // Data that does not read: it may be mended, and holds up no other notice.
            Err(fault) => mark(desk, row, Sent::Later(fault.code().to_owned())).await?,
        }
    }
    while let Some(landed) = flying.join_next_with_id().await {
        let (id, sent) = landed.unwrap_or_else(|fault| {
            // A defect: told as any other fault, so that its attempts are bounded too.
            (fault.id(), Sent::Later("it could not be sent".to_owned()))
        });
        if let Some(row) = rows.remove(&id) {
            mark(desk, row, sent).await?;
        }
    }
    Ok(cases)
}

pub(crate) async fn send(couriers: &Couriers, channel: NoticeChannel, letter: &Letter) -> Sent {
    let sent = async {
        match (channel, &couriers.mail, &couriers.sms) {
            (NoticeChannel::Mail, Some(mail), _) => mail.send(letter).await,
            (NoticeChannel::Sms, _, Some(sms)) => sms.send(letter).await,
            _ => Sent::Later(format!("{} is not connected", channel.code())),
        }
    };
    tokio::time::timeout(LEAVE_WITHIN, sent)
        .await
        .unwrap_or_else(|_| Sent::Later("it took too long to leave".to_owned()))
}

/// Finds out where a notice goes and writes the letter.
async fn prepare(desk: &Desk, mut row: NoticeRow) -> Result<Prepared, AppError> {
    let inconsistent = |what: &str| AppError::Inconsistent(format!("a notice's {what}"));
    let shop = desk.shop(row.shop).await?;
    let settings = ShopSettings::parse(&shop.settings)?.notices;
    let now = desk.clock.now();
    if let Some(morning) = waits_until(&settings, &row, &shop.time_zone, now) {
        row.due_at = morning;
        return Ok(Prepared::Decided(row));
    }
    let to: Recipient = row.recipient.parse().map_err(|_| inconsistent("recipient"))?;
    let language = Language::named(&row.language).ok_or_else(|| inconsistent("language"))?;
    let addressee = addressee(desk, &settings, &row, to).await?;
    let Some(body) = row.body.clone().filter(|_| !addressee.address.is_empty()) else {
        row.state = NoticeState::NoAddress;
        row.settled_at = Some(now);
        return Ok(Prepared::Decided(row));
    };
    let catalogue = Catalogue::shipped().map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let tongue = catalogue.tongues.get(&language);
    let frame = &tongue.ok_or_else(|| inconsistent("language"))?.frame;
    let name = one_line(&addressee.name);
    let text = match row.channel {
        NoticeChannel::Mail => {
            let greeting = if name.is_empty() {
                &frame.greeting_nameless
            } else {
                &frame.greeting
            };
            let greeting = filled(greeting, |_| Some(name.clone()));
            let closing = filled(&frame.closing, |_| Some(shop.name.clone()));
            let page = page_of(desk, &settings, &row, to).await?;
            let page = page.map(|page| filled(&frame.page, |_| Some(page.clone())));
            let parts = [Some(greeting), Some(body), page, Some(closing)];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            format!("{}\n", parts.join("\n\n"))
        }
        NoticeChannel::Sms => filled(&frame.sms, |place| {
            Some(if place == "shop" {
                shop.name.clone()
            } else {
                body.clone()
            })
        }),
    };
    row.address = Some(masked(row.channel, &addressee.address));
    let letter = Letter {
        id: notice_id(&row),
        shop: shop.name,
        address: addressee.address,
        subject: row.subject.clone().unwrap_or_default(),
        text,
        at: row.at,
        opt_out: String::new(),
    };
    Ok(Prepared::Ready(row, letter))
}

/// The address under which a buyer finds his order, where the shop has said under which its pages are.
async fn page_of(
    desk: &Desk,
    settings: &NoticeSettings,
    row: &NoticeRow,
    to: Recipient,
) -> Result<Option<String>, AppError> {
    let order = match to {
        _ if settings.page_address.is_empty() => None,
        Recipient::Buyer => {
            let case = desk.store.case_by_id(row.shop, row.case).await?;
            case.and_then(|row| row.case.order)
        }
        Recipient::Order(order) => Some(order),
        Recipient::Role(_) | Recipient::Person(_) => None,
    };
    let token = order.map(|order| {
        let expires_at = desk.clock.now().plus_millis(LINK_MILLIS);
        let shop = row.shop;
        link_sign(
            &desk.vault,
            &Link {
                shop,
                order,
                expires_at,
            },
        )
    });
    Ok(token.map(|token| format!("{}/portal#link={token}", settings.page_address)))
}

/// A notice's id: of the event it follows from, so that the same is never told under two.
pub fn notice_id(row: &NoticeRow) -> String {
    format!("{}.{}.{}.{}", row.case, row.seq, row.code, row.channel.code())
}

/// Until when a notice must wait, if it must.
fn waits_until(
    settings: &NoticeSettings,
    row: &NoticeRow,
    time_zone: &str,
    now: amends_domain::time::Moment,
) -> Option<amends_domain::time::Moment> {
    if row.channel != NoticeChannel::Sms {
        return None;
    }
    settings.sms_waits_until(now, &Zone::named(time_zone)?)
}

/// Writes down what became of a letter.
async fn mark(desk: &Desk, mut row: NoticeRow, sent: Sent) -> Result<(), AppError> {
    let now = desk.clock.now();
    row.attempts += 1;
    (row.state, row.error) = match sent {
        Sent::Gone => (NoticeState::Sent, None),
        Sent::Refused(why) => (NoticeState::Failed, Some(why)),
        Sent::Later(why) if row.attempts >= ATTEMPTS_MAX => (NoticeState::Failed, Some(why)),
        Sent::Later(why) => (NoticeState::Queued, Some(why)),
    };
    if row.state == NoticeState::Queued {
        row.due_at = now.plus_millis(backoff_millis(row.attempts - 1));
    } else {
        row.settled_at = Some(now);
    }
    desk.store.notice_mark(&row).await?;
    Ok(())
}
