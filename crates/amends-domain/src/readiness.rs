//! Whether a shop is ready to stand before the platform: a look at each known cause of losing a dispute
//! (DSP-3) before anything is handed in.
//!
//! Must not know: how pictures are measured, how words are read. Tests: `tests/it/readiness.rs`.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::Side;
use crate::case::abuse::{Abuse, AbuseState};
use crate::case::clock::Clock;
use crate::case::evidence::EvidenceKind;
use crate::decide::judge::{Asked, View};
use crate::evolve::State;
use crate::facts::Facts;
use crate::policy::ClauseId;
use crate::policy::evidence::{EvidenceForm, EvidenceTerms};
use crate::policy::set::PolicySet;
use crate::time::Moment;

/// What a shop has to show, as it was found outside the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// What the product's page said when the goods were bought; none where nobody kept it.
    pub listing: Option<ListingShown>,
    /// Pieces of the case that are still there.
    pub pieces: Vec<Piece>,
    /// How often the buyer waited longer for a reply than the platform allows.
    pub late_replies: u32,
    /// Texts of the talk that are gone.
    pub texts_missing: u32,
    /// Messages of the shop that say what it must not say.
    pub wrong_words: u32,
}

/// What a product's page had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListingShown {
    /// Specification: sizes, colours, materials.
    pub specification: bool,
    /// After-sales terms.
    pub terms: bool,
}

/// A piece of evidence, measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it shows.
    pub kind: EvidenceKind,
    /// Its type, such as `image/jpeg`.
    pub media: String,
    /// In bytes.
    pub bytes: u64,
    /// Of a picture that could be read: shorter side in pixels, sharpness 0 to 100.
    pub picture: Option<(u32, u32)>,
    /// Whether the shop added it, and so could mend it.
    pub by_shop: bool,
}

/// A cause of losing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// The listing is vague, or nobody kept it.
    Listing,
    /// No after-sales terms on the page.
    Terms,
    /// The refusal goes against a rule or a law.
    Rules,
    /// A fair demand was handled late.
    Replies,
    /// The record of the talk has gaps.
    Record,
    /// Our own words were rude, or not about facts.
    Words,
    /// What this reason needs is not there.
    Needs,
    /// Pictures are small or blurred.
    Pictures,
    /// Files are of a form that is not taken.
    Form,
    /// Nothing was said for the shop.
    Statement,
    /// It is late.
    Time,
    /// Abuse was noted, and what it rests on can't be looked at, or the buyer contests it still.
    Finding,
}

impl Point {
    /// Every point of any case, in the order in which they are looked at; a finding of abuse comes beside.
    pub const ALL: &[Point] = &[
        Self::Listing,
        Self::Terms,
        Self::Rules,
        Self::Replies,
        Self::Record,
        Self::Words,
        Self::Needs,
        Self::Pictures,
        Self::Form,
        Self::Statement,
        Self::Time,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Listing => "listing",
            Self::Terms => "terms",
            Self::Rules => "rules",
            Self::Replies => "replies",
            Self::Record => "record",
            Self::Words => "words",
            Self::Needs => "needs",
            Self::Pictures => "pictures",
            Self::Form => "form",
            Self::Statement => "statement",
            Self::Time => "time",
            Self::Finding => "finding",
        }
    }

    /// Who can supply what is missing.
    pub fn supplier(self) -> Supplier {
        match self {
            Self::Listing | Self::Terms => Supplier::Operations,
            Self::Rules | Self::Words | Self::Finding => Supplier::Supervisor,
            Self::Replies | Self::Record | Self::Form | Self::Statement | Self::Time => Supplier::Agent,
            Self::Needs | Self::Pictures => Supplier::Warehouse,
        }
    }
}

/// Who of the shop can supply something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supplier {
    /// The case's agent.
    Agent,
    /// A supervisor.
    Supervisor,
    /// Who keeps the product pages 运营.
    Operations,
    /// Who packs and checks the goods 仓库.
    Warehouse,
}

impl Supplier {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Operations => "operations",
            Self::Warehouse => "warehouse",
        }
    }
}

/// What a look at a point came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Which.
    pub point: Point,
    /// Whether nothing is missing there.
    pub ready: bool,
    /// How many things are amiss: late replies, gaps, pictures.
    pub amiss: u32,
    /// Kinds of evidence that are missing.
    pub missing: Vec<EvidenceKind>,
    /// The clauses that ask for it.
    pub clauses: Vec<ClauseId>,
    /// When it must be there, where that is what is asked.
    pub due_at: Option<Moment>,
}

/// How ready a shop is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// Each point.
    pub looks: Vec<Look>,
}

impl Readiness {
    /// Points at which nothing is missing, in whole percent.
    pub fn score(&self) -> u32 {
        let ready = self.looks.iter().filter(|look| look.ready).count();
        let percent = (ready * 100).checked_div(self.looks.len());
        percent
            .and_then(|percent| u32::try_from(percent).ok())
            .unwrap_or(0)
    }
}

/// Looks at every known cause of losing.
pub fn readiness(state: &State, facts: &Facts, policy: &PolicySet, at: Moment, shown: &Shown) -> Readiness {
    let view = View {
        state,
        facts,
        policy,
        at,
    };
    let Some(case) = &state.case else {
        return Readiness { looks: Vec::new() };
    };
    let wanted = wanted(view, case);
    let stands = case.abuse.as_deref().is_some_and(Abuse::stands);
    let looks = Point::ALL
        .iter()
        .chain(stands.then_some(&Point::Finding))
        .map(|point| look(*point, case, policy, shown, &wanted));
    Readiness {
        looks: looks.collect(),
    }
}

/// Clauses that say what a dispute like this needs.
fn wanted<'a>(view: View<'a>, case: &'a Case) -> Vec<(&'a ClauseId, &'a EvidenceTerms)> {
    let request = view.request(&Asked::of(case));
    let policy: &PolicySet = view.policy;
    policy
        .evidence()
        .filter(|(_, terms)| view.holds(&terms.when, &request))
        .collect()
}

fn look(
    point: Point,
    case: &Case,
    policy: &PolicySet,
    shown: &Shown,
    wanted: &[(&ClauseId, &EvidenceTerms)],
) -> Look {
    let mut look = Look {
        point,
        ready: false,
        amiss: 0,
        missing: Vec::new(),
        clauses: Vec::new(),
        due_at: None,
    };
    let forms = || wanted.iter().filter_map(|(_, terms)| terms.form.as_ref());
    let amiss = |wrong: &dyn Fn(&EvidenceForm, &Piece) -> bool| {
        // What the buyer handed in the shop can't mend.
        let wrong = |piece: &&Piece| piece.by_shop && forms().any(|form| wrong(form, piece));
        u32::try_from(shown.pieces.iter().filter(wrong).count()).unwrap_or(u32::MAX)
    };
    match point {
        Point::Listing => look.amiss = u32::from(shown.listing.is_none_or(|listing| !listing.specification)),
        Point::Terms => look.amiss = u32::from(shown.listing.is_none_or(|listing| !listing.terms)),
        Point::Rules => {
            look.amiss = u32::from(case.right.is_some());
            look.clauses.extend(case.right.clone());
        }
        Point::Replies => {
            look.amiss = shown.late_replies;
            look.clauses
                .extend(policy.clock(Clock::FirstReply).map(|(clause, _)| clause.clone()));
        }
        Point::Record => look.amiss = shown.texts_missing,
        Point::Words => look.amiss = shown.wrong_words,
        Point::Needs => {
            let mut there: BTreeSet<EvidenceKind> = shown.pieces.iter().map(|piece| piece.kind).collect();
            // Both are kept here, and handed in with the rest.
            there.insert(EvidenceKind::ChatRecord);
            if shown.listing.is_some() {
                there.insert(EvidenceKind::ListingSnapshot);
            }
            let asking = wanted.iter().filter(|(_, terms)| !terms.needs.is_empty());
            look.clauses = asking.map(|(clause, _)| (*clause).clone()).collect();
            let needs: BTreeSet<EvidenceKind> = wanted
                .iter()
                .flat_map(|(_, terms)| terms.needs.iter().copied())
                .collect();
            look.missing = needs.difference(&there).copied().collect();
            look.amiss = u32::try_from(look.missing.len()).unwrap_or(u32::MAX);
        }
        Point::Pictures => {
            look.amiss = amiss(&|form, piece| {
                let poor =
                    |(side, sharp): (u32, u32)| side < form.side_pixels_min || sharp < form.sharpness_min;
                piece.picture.is_some_and(poor)
            });
        }
        Point::Form => {
            look.amiss =
                amiss(&|form, piece| piece.bytes > form.bytes_max || !form.media.contains(&piece.media));
        }
        Point::Statement => {
            look.amiss = u32::from(!case.has_stated(Side::Shop));
        }
        Point::Time => {
            look.clauses
                .extend(policy.clock(Clock::Evidence).map(|(clause, _)| clause.clone()));
            look.due_at = case.clocks.get(&Clock::Evidence).map(|run| run.due_at);
            // Before the platform is asked nothing is late; afterwards it is once the clock has ended.
            let over = case.awaits_ruling() && !look.clauses.is_empty() && look.due_at.is_none();
            look.amiss = u32::from(over);
        }
        Point::Finding => finding(case, &mut look),
    }
    look.ready = look.amiss == 0;
    look
}

/// Somebody can look at what it rests on, and the buyer's word about it was heard.
fn finding(case: &Case, look: &mut Look) {
    let Some(abuse) = case.abuse.as_deref() else {
        return;
    };
    let rests = &abuse.rests_on;
    let pointed_at = rests.messages.is_empty() && rests.evidence.is_empty();
    let contested = abuse.state == AbuseState::Contested;
    look.amiss = u32::from(pointed_at) + u32::from(contested);
    look.clauses.extend(abuse.clause.clone());
}
