//! The remedies there are for a case: each explained, planned and costed, those that can be offered
//! first (REM-1), and who may grant it (REM-6).
//!
//! Must not know: how one is chosen. Tests: `amends-api/tests/it/remedies.rs`.

use amends_domain::actor::{Actor, Authority, Envelope, Role};
use amends_domain::case::remedy::Offered;
use amends_domain::command::{Command, Pick};
use amends_domain::facts::Facts;
use amends_domain::policy::condition::Verdict;
use amends_domain::refusal::Refusal;
use amends_domain::{Possible, State, decide};

use super::case_next::facts;
use super::case_read::CaseView;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::settings::ShopSettings;

/// A remedy, and who may put it before the buyer.
pub struct RemedyView {
    /// What it is, how it runs, what it costs, and what it may give.
    pub possible: Possible,
    /// Who may offer it now, with the least it gives.
    pub grant: Grant,
}

/// Who may offer a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// Whoever asks.
    Caller,
    /// Not he; the lowest role that may.
    Role(Role),
    /// Nobody, for now.
    Nobody(Box<Refusal>),
}

/// Every remedy for a case, as of now. What a remedy costs is the shop's own affair: not for buyers.
pub async fn case_remedies(desk: &Desk, staff: &Staff, view: &CaseView) -> Result<Vec<Offered>, AppError> {
    staff.require(Right::Read)?;
    let (state, facts) = looked_at(desk, staff, view).await?;
    let at = desk.clock.now();
    let found = amends_domain::remedies(&state, &facts, &view.policy, at);
    Ok(found.into_iter().map(|possible| possible.offered).collect())
}

/// The case and its order, and what the rules look at beside them.
async fn looked_at(desk: &Desk, staff: &Staff, view: &CaseView) -> Result<(State, Facts), AppError> {
    let case = &view.row.case;
    let (facts, ledger) = facts(desk, staff.shop, case).await?;
    let state = State {
        case: Some(case.clone()),
        ledger,
    };
    Ok((state, facts))
}

/// The same, each with who may grant it. That is asked of the rules by a trial, so that the answer can't
/// say something else than they do.
pub async fn case_remedies_granted(
    desk: &Desk,
    staff: &Staff,
    view: &CaseView,
) -> Result<Vec<RemedyView>, AppError> {
    staff.require(Right::Read)?;
    let case = &view.row.case;
    let (state, facts) = looked_at(desk, staff, view).await?;
    let shop = desk.shop(staff.shop).await?;
    let settings = ShopSettings::parse(&shop.settings)?;
    let at = desk.clock.now();
    let offer_by = |role: Role, offered: &Offered| {
        let envelope = Envelope {
            case: case.id,
            actor: Actor::Person {
                id: staff.person,
                role,
            },
            authority: Authority {
                refund_limit: settings.refund_limit(role, shop.currency),
            },
            at,
            if_terms: None,
        };
        decide(&state, &facts, &view.policy, &envelope, &offer_of(offered)).map(|_| ())
    };
    let grant = |offered: &Offered| {
        let Err(mut refusal) = offer_by(staff.role, offered) else {
            return Grant::Caller;
        };
        for role in Role::ALL.iter().copied().filter(|role| role.handles_cases()) {
            match offer_by(role, offered) {
                Ok(()) => return Grant::Role(role),
                Err(of_role) => refusal = of_role,
            }
        }
        Grant::Nobody(Box::new(refusal))
    };
    let remedies = amends_domain::remedies(&state, &facts, &view.policy, at);
    let views = remedies.into_iter().map(|possible| {
        let offered = &possible.offered;
        let grant = match offered.explanation.verdict {
            Verdict::Met => grant(offered),
            Verdict::NotMet | Verdict::Unknown => Grant::Nobody(Box::new(Refusal::RemedyNotMet {
                explanation: Box::new(offered.explanation.clone()),
            })),
        };
        RemedyView { possible, grant }
    });
    Ok(views.collect())
}

/// A remedy offered alone, with the least it gives.
pub(super) fn offer_of(offered: &Offered) -> Command {
    let pick = Pick {
        clause: offered.clause().clone(),
        amount: None,
        compensation: None,
        replacement_sku: None,
    };
    Command::Offer {
        picks: vec![pick],
        text: None,
    }
}
