//! A buyer who ties money to a review, the supervisor who notes it, the buyer who contests, the manager who
//! settles it: of one case in some dozens, and the same ones always.
//!
//! No chance is drawn for it, so that the rest of a shop's year stays as its seed tells it. Must not know: what
//! the desk answers. Tests: `tests/it/`.

use amends_domain::case::abuse::{AbuseState, RestsOn, SignalKind};
use amends_domain::case::{Case, Status};
use amends_domain::command::{Command, TextKind};
use amends_domain::digest::Digest;

use crate::agents::Seat;
use crate::aside::Aside;
use crate::buyers::Act;

const HOUR: i64 = 3_600_000;
/// One case of so many.
const ONE_IN: u8 = 40;

const DEMAND: &str = "退款之外再给我 200，不然全网差评。";
const GROUNDS: &str =
    "您在留言里以差评索要退款之外的 200 元，我们如实记录。您的申请照常处理，该退的一分不少。";
const CONTEST: &str = "我当时在气头上，说的是来回运费，不是要钱。";
const UPHELD: &str = "复核了全部留言，金额和运费对不上，记录维持。您的售后权利不受影响。";
const LIFTED: &str = "复核后确认说的是来回运费，是我们理解有误，记录已撤销，给您添麻烦了。";

/// A number of the case's own.
fn number(case: &Case) -> u8 {
    let digest = Digest::of(&[b"abuse", case.id.to_string().as_bytes()]);
    digest.bytes().first().copied().unwrap_or_default()
}

/// What is planned of it beside a case's course, and how long until then.
pub(crate) fn waiting(case: &Case) -> Option<(i64, Aside)> {
    let state = case.abuse.as_deref().map(|abuse| abuse.state);
    match state {
        None if number(case).is_multiple_of(ONE_IN) && case.status() == Status::AwaitingDecision => {
            Some((HOUR / 2, Aside::Extort))
        }
        Some(AbuseState::Noted) if !number(case).is_multiple_of(3) => Some((5 * HOUR, Aside::Contest)),
        Some(AbuseState::Contested) => Some((20 * HOUR, Aside::Settle)),
        _ => None,
    }
}

/// What the buyer does of it.
pub(crate) fn buyers(aside: Aside) -> Option<Act> {
    match aside {
        Aside::Extort => Some(Act::words(DEMAND, TextKind::Message)),
        Aside::Contest => Some(Act::said(CONTEST, |text| Command::ContestAbuse { text })),
        _ => None,
    }
}

/// What the shop does of it.
pub(crate) fn shops(case: &Case, aside: Aside) -> Option<(Seat, Act)> {
    match aside {
        Aside::Note => {
            let note = Act::said(GROUNDS, |grounds| Command::NoteAbuse {
                grounds,
                rests_on: RestsOn {
                    signals: [SignalKind::Extortion].into(),
                    ..RestsOn::default()
                },
                listings: std::collections::BTreeSet::new(),
            });
            Some((Seat::Supervisor, note))
        }
        Aside::Settle => {
            let upheld = number(case).is_multiple_of(2);
            let said = if upheld { UPHELD } else { LIFTED };
            Some((
                Seat::Manager,
                Act::said(said, move |text| Command::SettleAbuse { upheld, text }),
            ))
        }
        _ => None,
    }
}
