//! What a condition or a mail comes to before anybody confirms it: how many are meant, who is left out and
//! why, the first of them masked, and the mail as it would read.
//!
//! Nothing is written. A large shop is looked at up to a limit, and the answer says so. Must not know: JSON,
//! SQL. Tests: `amends-api/tests/it/care.rs`.

use std::collections::BTreeMap;

use amends_domain::care::{Condition, LeftOut};
use amends_domain::ids::{BuyerId, CareId};
use amends_domain::time::Moment;

use super::mails::{row_of, words_checked};
use super::people::window;
use super::{Audience, CareHead, CarePlan, policy, segments, zone};
use crate::buyers::buyer_access::buyer_masked;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::care::{CareWords, care_text};
use crate::notices::language::Language;
use crate::vault::Identity;

/// Most windows of buyers looked at.
const WINDOWS_MAX: usize = 4;
/// Most buyers shown.
const SHOWN_MAX: usize = 10;

/// One of those who are meant.
pub struct CarePerson {
    /// Who.
    pub buyer: BuyerId,
    /// As he may be shown.
    pub identity: Identity,
    /// Why he gets no mail.
    pub left_out: Option<LeftOut>,
}

/// Whom it comes to.
#[derive(Default)]
pub struct CareReach {
    /// How many are meant.
    pub meant: u64,
    /// How many of them get it.
    pub gets: u64,
    /// How many do not, by why.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Whether every buyer was looked at; otherwise there are as many at least.
    pub is_whole: bool,
    /// The first of them, those who get it before the others.
    pub first: Vec<CarePerson>,
}

/// A mail before it is confirmed.
pub struct CarePreview {
    /// Whom it comes to.
    pub reach: CareReach,
    /// The first moment at which it may go.
    pub goes_from: Moment,
    /// The clause that says how often and when.
    pub clause: String,
    /// The whole of its text, with a name and a page that stand for any.
    pub text: String,
}

/// Whom a condition comes to.
pub async fn segment_preview(
    desk: &Desk,
    staff: &Staff,
    condition: Condition,
) -> Result<CareReach, AppError> {
    staff.require(Right::Care)?;
    segments::check(&condition)?;
    let set = policy(desk, staff.shop).await?;
    let head = CareHead {
        // Stands for nobody: the condition is given.
        to: Audience::Buyer(desk.random.id(desk.clock.now())),
        language: Language::default(),
        suggests: None,
        send_from: None,
    };
    let plan = CarePlan {
        condition,
        only: None,
        ..super::plan_of(desk, staff, &set, &head).await?
    };
    reach(desk, staff, &plan).await
}

/// What a draft comes to. Words that must not go to a buyer are told here already.
pub async fn care_mail_preview(desk: &Desk, staff: &Staff, id: CareId) -> Result<CarePreview, AppError> {
    staff.require(Right::Care)?;
    let row = row_of(desk, staff, id).await?;
    let head = CareHead::parse(&row)?;
    let set = policy(desk, staff.shop).await?;
    let plan = super::plan_of(desk, staff, &set, &head).await?;
    let body = row.body.clone().unwrap_or_default();
    words_checked(&set, &[row.subject.as_deref().unwrap_or_default(), &body])?;
    let now = desk.clock.now();
    let from = head.send_from.map_or(now, |from| from.max(now));
    let shop = desk.shop(staff.shop).await?;
    let text = care_text(&CareWords {
        language: head.language,
        shop: &shop.name,
        name: "",
        body: &body,
        suggests: plan.suggests.as_deref(),
        page: "https://…",
    })?;
    let clause = set.care().map(|(clause, _)| clause.to_string());
    Ok(CarePreview {
        reach: reach(desk, staff, &plan).await?,
        goes_from: plan.care.contact_from(from, &zone(desk, staff.shop).await?),
        clause: clause.unwrap_or_default(),
        text,
    })
}

async fn reach(desk: &Desk, staff: &Staff, plan: &CarePlan) -> Result<CareReach, AppError> {
    let mut reach = CareReach::default();
    let (mut after, now) = (String::new(), desk.clock.now());
    let (mut gets, mut others) = (Vec::new(), Vec::new());
    for _ in 0..WINDOWS_MAX {
        let window = window(desk, staff.shop, plan, &after, now).await?;
        for (buyer, left_out) in window.meant {
            reach.meant += 1;
            match left_out {
                Some(why) => *reach.left_out.entry(why.code()).or_default() += 1,
                None => reach.gets += 1,
            }
            let shown = if left_out.is_none() {
                &mut gets
            } else {
                &mut others
            };
            if shown.len() < SHOWN_MAX {
                shown.push((buyer, left_out));
            }
        }
        let Some(next) = window.next else {
            reach.is_whole = true;
            break;
        };
        after = next;
    }
    for (buyer, left_out) in gets.into_iter().chain(others).take(SHOWN_MAX) {
        let identity = buyer_masked(desk, staff, buyer).await?;
        reach.first.push(CarePerson {
            buyer,
            identity,
            left_out,
        });
    }
    Ok(reach)
}
