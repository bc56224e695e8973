//! Who looks at a case now, and who is typing: so that two people do not answer over each other.
//!
//! Kept in memory and by each node for itself; whoever says nothing for half a minute is gone. That nobody
//! answers over another is not built on it: what is decided on old terms is refused anyway.
//! Must not know: HTTP. Tests: `amends-api/tests/it/stream.rs`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use amends_domain::ids::{CaseId, PersonId, ShopId};
use amends_domain::time::Moment;
use tokio::sync::watch;

use crate::accounts::people::person_name;
use crate::caller::{Caller, Right, Staff};
use crate::cases::case_read::case_row;
use crate::desk::Desk;
use crate::error::AppError;

/// How long somebody counts as there after he last said so, in milliseconds.
const LASTS_MILLIS: i64 = 30_000;
/// Most cases one person is at: a window each; the one he left longest ago gives way.
const CASES_OF_PERSON_MAX: usize = 10;

/// What somebody does at a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// He has it open 正在查看.
    Viewing,
    /// He is writing 正在输入.
    Typing,
}

/// Somebody at a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// The name others see.
    pub name: String,
    /// What he does.
    pub presence: Presence,
    until: Moment,
}

type OfShop = BTreeMap<(CaseId, PersonId), Present>;

/// Everybody who is at some case of this node.
#[derive(Debug)]
pub struct Presences {
    shops: Mutex<BTreeMap<ShopId, OfShop>>,
    changed: watch::Sender<u64>,
}

impl Default for Presences {
    fn default() -> Self {
        Self {
            shops: Mutex::default(),
            changed: watch::Sender::new(0),
        }
    }
}

impl Presences {
    /// Counts up whenever somebody comes, goes, or begins to type.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Who is at which case of a shop.
    pub fn of_shop(&self, shop: ShopId, now: Moment) -> BTreeMap<CaseId, Vec<Present>> {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(here) = shops.get_mut(&shop) else {
            return BTreeMap::new();
        };
        here.retain(|_, present| present.until > now);
        let mut of_cases: BTreeMap<CaseId, Vec<Present>> = BTreeMap::new();
        for ((case, _), present) in here.iter() {
            of_cases.entry(*case).or_default().push(present.clone());
        }
        of_cases
    }

    fn note(&self, shop: ShopId, case: CaseId, person: PersonId, present: Option<Present>, now: Moment) {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        let here = shops.entry(shop).or_default();
        here.retain(|_, present| present.until > now);
        let place = (case, person);
        match present {
            Some(present) => {
                let mut his: Vec<(Moment, (CaseId, PersonId))> = here
                    .iter()
                    .filter(|(at, _)| at.1 == person && **at != place)
                    .map(|(at, present)| (present.until, *at))
                    .collect();
                his.sort_unstable();
                for (_, longest_ago) in his.iter().rev().skip(CASES_OF_PERSON_MAX - 1) {
                    here.remove(longest_ago);
                }
                here.insert(place, present);
            }
            None => {
                here.remove(&place);
            }
        }
        drop(shops);
        self.changed.send_modify(|changes| *changes += 1);
    }
}

/// Somebody of the shop is at a case, or leaves it.
pub async fn presence_note(
    desk: &Desk,
    staff: &Staff,
    case: CaseId,
    presence: Option<Presence>,
) -> Result<(), AppError> {
    staff.require(Right::Handle)?;
    case_row(desk, &Caller::Staff(staff.clone()), case).await?;
    let now = desk.clock.now();
    let present = match presence {
        None => None,
        Some(presence) => {
            let name = person_name(desk, staff).await?;
            Some(Present {
                person: staff.person,
                name: name.unwrap_or_else(|| staff.role.code().to_owned()),
                presence,
                until: now.plus_millis(LASTS_MILLIS),
            })
        }
    };
    desk.presences.note(staff.shop, case, staff.person, present, now);
    Ok(())
}

/// Who is at which case of the shop.
pub fn presences(desk: &Desk, staff: &Staff) -> Result<BTreeMap<CaseId, Vec<Present>>, AppError> {
    staff.require(Right::Read)?;
    Ok(desk.presences.of_shop(staff.shop, desk.clock.now()))
}
