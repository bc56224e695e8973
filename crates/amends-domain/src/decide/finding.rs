//! What is found out about a case while it runs: who is liable, what state the goods are in, and what
//! it was judged without. Each judges its rights anew (LIA, FLW-4).
//!
//! Must not know: how evidence is kept. Tests: `tests/it/finding.rs`.

use std::collections::BTreeSet;

use super::judge::Asked;
use super::{Deciding, level, not_now, pieces_within, talk};
use crate::case::evidence::EvidenceKind;
use crate::case::liability::{Liability, Party};
use crate::case::{Case, Declared, Goods, Request};
use crate::digest::TextRef;
use crate::event::{Event, Judged};
use crate::policy::condition::Verdict;
use crate::policy::pack::Cause;
use crate::policy::{ClauseId, Explanation, Payer, Proof};
use crate::refusal::Refusal;

pub(super) fn find(deciding: &mut Deciding<'_>, case: &Case, finding: &Liability) -> Result<(), Refusal> {
    if !finding.shares.is_empty() {
        let parties: BTreeSet<Party> = finding.shares.iter().map(|share| share.party).collect();
        let total: u64 = finding.shares.iter().map(|share| u64::from(share.percent)).sum();
        let some = finding.shares.iter().all(|share| share.percent > 0);
        if total != 100 || parties.len() != finding.shares.len() || !some {
            return Err(Refusal::SharesDoNotAddUp { total });
        }
    }
    pieces_within(&finding.evidence)?;
    if let Some(given) = &finding.cause {
        let known: Vec<&Cause> = deciding.policy.causes_of(&case.reason).collect();
        if !known.iter().any(|cause| cause.code == *given) {
            return Err(Refusal::UnknownCause {
                given: given.clone(),
                known: known.iter().map(|cause| cause.code.clone()).collect(),
            });
        }
    }
    let asked = Asked {
        liability: Some(finding),
        ..Asked::of(case)
    };
    let judged = judged_while_open(deciding, case, &asked);
    deciding.push(Event::Found {
        finding: finding.clone(),
        judged,
    });
    level::judge(deciding);
    Ok(())
}

/// The buyer is asked to show something. Where a right that needs no proof supports him, or would once he
/// has said what is missing, none may be asked for (ELG-1).
pub(super) fn ask_evidence(
    deciding: &mut Deciding<'_>,
    case: &Case,
    kinds: &BTreeSet<EvidenceKind>,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    let proof = |clause: &ClauseId| deciding.policy.right(clause).map(|right| right.proof);
    if case.right.as_ref().and_then(proof) != Some(Proof::MayBeAsked) {
        let judged = deciding.view().judged(&Asked::of(case));
        let spared = judged.explanations.into_iter().find(|explanation| {
            explanation.verdict != Verdict::NotMet && proof(&explanation.clause) == Some(Proof::None)
        });
        if let Some(Explanation { clause, .. }) = spared {
            return Err(Refusal::ProofMustNotBeAsked { clause });
        }
    }
    if kinds.is_empty() {
        return Ok(());
    }
    deciding.push(Event::EvidenceAsked {
        kinds: kinds.clone(),
        text,
    });
    talk::replied(deciding);
    Ok(())
}

pub(super) fn supply(
    deciding: &mut Deciding<'_>,
    case: &Case,
    goods_intact: Option<bool>,
    photos: Option<u32>,
) -> Result<(), Refusal> {
    let Some(known) = case.declared else {
        return Err(not_now(case));
    };
    let declared = Declared {
        goods_intact: goods_intact.or(known.goods_intact),
        photos: photos.unwrap_or(known.photos),
        ..known
    };
    if declared == known {
        return Ok(());
    }
    let asked = Asked {
        declared: Some(declared),
        ..Asked::of(case)
    };
    let judged = judged_while_open(deciding, case, &asked);
    deciding.push(Event::Supplied { declared, judged });
    level::judge(deciding);
    Ok(())
}

/// A request that is still to be decided is judged anew. What was granted stays as it was granted, and what
/// was agreed as it was agreed; but while the goods are on their way back, a right that turns out to be met
/// takes their freight off the buyer (LIA-4).
fn judged_while_open<'a>(deciding: &'a Deciding<'_>, case: &Case, asked: &Asked<'a>) -> Option<Box<Judged>> {
    let judged = || deciding.view().judged_again(asked);
    match (&case.request, &case.goods) {
        (Request::Applied | Request::Refused, _) => judged(),
        (Request::Approved, Some(Goods::ToShip | Goods::OnTheWay(_)))
            if case.agreed.is_none() && case.return_freight == Payer::Buyer =>
        {
            judged().filter(|judged| judged.return_freight == Payer::Shop)
        }
        _ => None,
    }
}
