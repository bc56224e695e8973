//! What events make of a parcel's exception and of what is asked of others for it.
//!
//! Must not know: who may do so. Tests: `tests/it/recourse.rs`.

use crate::case::Case;
use crate::case::recourse::{Addressee, ParcelException, Recourse, RecourseAnswer, RecourseStage};
use crate::event::{Event, ExceptionNoted, RecourseFiled};
use crate::time::Moment;

pub(super) fn evolve(case: &mut Case, event: &Event, at: Moment) {
    match event {
        Event::ExceptionNoted(ExceptionNoted { fault, parcel, .. }) => {
            case.exception = Some(ParcelException {
                fault: *fault,
                parcel: parcel.clone(),
                noticed_at: at,
                told: false,
            });
        }
        Event::ExceptionTold => {
            if let Some(exception) = &mut case.exception {
                exception.told = true;
            }
        }
        Event::RecourseFiled(RecourseFiled { to, amount, .. }) => {
            case.recourses
                .insert(*to, filed(*amount, RecourseStage::Filed, at));
        }
        Event::RecourseSupplemented { to, .. } => change(case, *to, |recourse| {
            recourse.stage = RecourseStage::Filed;
            recourse.supplements += 1;
        }),
        Event::RecourseAnswered { to, answer, .. } => change(case, *to, |recourse| {
            recourse.stage = match answer {
                RecourseAnswer::MoreWanted => RecourseStage::MoreWanted,
                RecourseAnswer::Declined => RecourseStage::Declined,
                RecourseAnswer::Granted { amount } => match amount.map_or(0, |amount| amount.minor()) {
                    0 => RecourseStage::Settled,
                    amount => RecourseStage::Granted { amount },
                },
            };
        }),
        Event::RecourseReceived { to, amount, .. } => change(case, *to, |recourse| {
            recourse.received += amount;
            if recourse.stage
                == (RecourseStage::Granted {
                    amount: recourse.received,
                })
            {
                recourse.stage = RecourseStage::Settled;
            }
        }),
        Event::RecourseDropped { to, .. } => {
            let dropped = filed(0, RecourseStage::Dropped, at);
            case.recourses.entry(*to).or_insert(dropped).stage = RecourseStage::Dropped;
        }
        _ => {}
    }
}

fn filed(asked: i64, stage: RecourseStage, at: Moment) -> Recourse {
    Recourse {
        asked,
        stage,
        filed_at: at,
        supplements: 0,
        received: 0,
    }
}

fn change(case: &mut Case, to: Addressee, how: impl FnOnce(&mut Recourse)) {
    if let Some(recourse) = case.recourses.get_mut(&to) {
        how(recourse);
    }
}
