//! Eight disputes of a second-hand market with a policy of its own: what the packs make of their facts is
//! what the author says: class of the verdict, who pays the freight, which anchors it rests on.
//!
//! `testdata/nexbuy` has the cases without the complaint and the policy with its anchors; the stories
//! `nex-…` have the facts, up to a line `# verdict`. Must not know: what the stories come to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use amends_domain::case::{Case, Kind};
use amends_domain::command::Command;
use amends_domain::facts::{FactName, RequestFacts};
use amends_domain::policy::condition::Verdict;
use amends_domain::policy::pack::Pack;
use amends_domain::policy::{Clause, Payer, Terms};
use serde::Deserialize;

use crate::harness::{World, yuan};
use crate::stories::{files, parts, told};

const POLICY: &str = include_str!("../../../../testdata/nexbuy/policy.toml");

/// What the source has of a case: its input without the complaint, and what the author makes of it.
#[derive(Deserialize)]
struct Source {
    id: String,
    method: String,
    opened_after_hours: i64,
    completed: bool,
    listing: BTreeMap<String, String>,
    chat: Vec<(String, String, String)>,
    code: String,
    summary: String,
}

/// What is expected of it, and on whose words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    id: String,
    story: String,
    rests: Vec<String>,
    class: String,
    freight: String,
    #[serde(default)]
    met: BTreeSet<String>,
    #[serde(default)]
    not_met: BTreeSet<String>,
    says: Vec<String>,
}

#[derive(Deserialize)]
struct Readings {
    case: Vec<Expected>,
}

fn sources() -> BTreeMap<String, Source> {
    include_str!("../../../../testdata/nexbuy/cases.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Source>(line).unwrap())
        .map(|source| (source.id.clone(), source))
        .collect()
}

fn readings() -> Vec<Expected> {
    let text = include_str!("../../../../testdata/nexbuy/readings.toml");
    toml::from_str::<Readings>(text).unwrap().case
}

/// A text as one line: the source is broken where its pages were.
fn joined(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// The story's acts up to the verdict.
fn acts(story: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../testdata/stories/{story}.txt"));
    let text = fs::read_to_string(path).unwrap();
    let (before, _) = parts(&text).0.split_once("# verdict").unwrap();
    before.to_owned()
}

/// What conditions see of the case.
fn request<'a>(world: &World, case: &'a Case) -> RequestFacts<'a> {
    let groups = world.policy.reason_path(&case.reason);
    RequestFacts {
        kind: case.kind.code(),
        reason: &case.reason,
        reason_groups: groups.into_iter().skip(1).map(str::to_owned).collect(),
        lines: case.claim.units.iter().map(|(line, _)| *line).collect(),
        goods_value: yuan(world.ledger.left_for(&case.claim.units)),
        amount_asked: yuan(case.claim.amount),
        declared: case.declared,
        liability: case.liability.as_ref(),
        assessment: case.assessment,
        severity: case.severity,
        rejected_units: 0,
        two_way_freight: None,
        covered: BTreeSet::new(),
        now: case.opened_at,
        clock: world.now,
    }
}

/// What the packs say of a case: each clause that has a condition, with its verdict.
fn judged(world: &World, case: &Case) -> Vec<(Clause, Verdict)> {
    let request = request(world, case);
    let facts = world.facts(&Command::Withdraw);
    let value = |name: FactName| facts.value(name, &request);
    let judge = |clause: &Clause| {
        let [when] = clause.terms.conditions()[..] else {
            return None;
        };
        Some((clause.clone(), when.judge(&value, &mut Vec::new())))
    };
    world.policy.clauses().iter().filter_map(judge).collect()
}

/// The ids of those that came to this.
fn ids(judged: &[(Clause, Verdict)], verdict: Verdict) -> BTreeSet<String> {
    let those = judged.iter().filter(|(_, came)| *came == verdict);
    those.map(|(clause, _)| clause.id.to_string()).collect()
}

/// Which class of verdict the clauses that are met make.
fn class(met: &BTreeSet<String>) -> &'static str {
    const CLASSES: [(&str, &str); 4] = [
        ("ELI-304", "not_heard"),
        ("SND-501", "snad"),
        ("SND-502", "rejected"),
        ("SND-503", "neutral"),
    ];
    let those: Vec<&str> = CLASSES
        .iter()
        .filter(|(anchor, _)| met.contains(*anchor))
        .map(|(_, class)| *class)
        .collect();
    let [class] = those[..] else {
        panic!("{those:?} of {met:?}")
    };
    class
}

/// Who pays when the goods go back, as every clause that is met and has them go back says.
fn freight(judged: &[(Clause, Verdict)]) -> &'static str {
    let met = judged.iter().filter(|(_, came)| *came == Verdict::Met);
    let payers: Vec<Payer> = met
        .filter_map(|(clause, _)| match &clause.terms {
            Terms::Right(terms) if terms.kinds.contains(&Kind::ReturnAndRefund) => Some(terms.return_freight),
            Terms::Remedy(terms) if terms.route == Some(Kind::ReturnAndRefund) => Some(terms.return_freight),
            _ => None,
        })
        .collect();
    match payers.first() {
        None => "nobody",
        Some(first) => {
            assert!(payers.iter().all(|payer| payer == first), "{payers:?}");
            if *first == Payer::Shop { "shop" } else { "buyer" }
        }
    }
}

/// Of the anchors those of the families that are expected: `SND-501` and what else begins with `SND-`.
fn of_families(anchors: &BTreeSet<String>, expected: &BTreeSet<String>) -> BTreeSet<String> {
    let family = |anchor: &str| anchor.split('-').next().unwrap().to_owned();
    let families: BTreeSet<String> = expected.iter().map(|anchor| family(anchor)).collect();
    let among = |anchor: &&String| families.contains(&family(anchor));
    anchors.iter().filter(among).cloned().collect()
}

#[test]
fn each_case_is_decided_as_its_author_says() {
    for expected in readings() {
        let story = told(&acts(&expected.story));
        let case = story.world.case('A').unwrap();
        let judged = judged(&story.world, case);
        let (met, not_met) = (ids(&judged, Verdict::Met), ids(&judged, Verdict::NotMet));
        let name = &expected.story;
        assert_eq!(class(&met), expected.class, "{name}");
        assert_eq!(freight(&judged), expected.freight, "{name}");
        assert_eq!(of_families(&met, &expected.met), expected.met, "{name}");
        assert!(expected.not_met.is_subset(&not_met), "{name}: {not_met:?}");
        let right = case.right.as_ref().map(ToString::to_string);
        assert_eq!(right.is_some(), expected.class == "snad", "{name}: {right:?}");
    }
}

#[test]
fn facts_rest_on_the_input_and_expectations_on_the_summary() {
    let sources = sources();
    let readings = readings();
    assert_eq!(readings.len(), sources.len());
    for expected in &readings {
        let source = &sources[&expected.id];
        let listing = source.listing.values().cloned();
        let chat = source.chat.iter().map(|(_, who, said)| {
            assert!(["Buyer", "Seller", "System"].contains(&who.as_str()), "{who}");
            said.clone()
        });
        let input = joined(&listing.chain(chat).collect::<Vec<_>>().join("\n"));
        for words in &expected.rests {
            assert!(input.contains(&joined(words)), "{}: {words}", expected.id);
        }
        for words in &expected.says {
            assert!(
                joined(&source.summary).contains(&joined(words)),
                "{}: {words}",
                expected.id
            );
        }
        // The author's headings fall into three groups; a case that is not heard has one all the same.
        let group = match expected.class.as_str() {
            "snad" | "not_heard" => "SND-A",
            "neutral" => "SND-B",
            _ => "REJ",
        };
        assert!(source.code.starts_with(group), "{}: {}", expected.id, source.code);
        assert!(!source.completed, "{}", expected.id);
    }
}

#[test]
fn the_stories_begin_as_the_input_says() {
    let sources = sources();
    for expected in readings() {
        let source = &sources[&expected.id];
        let story = told(&acts(&expected.story));
        let (order, case) = (&story.world.order, story.world.case('A').unwrap());
        let hours = (case.opened_at.millis() - order.delivered_at.unwrap().millis()) / 3_600_000;
        assert_eq!(hours, source.opened_after_hours, "{}", expected.id);
        let in_app = source.method.starts_with("In-app");
        assert_eq!(
            order.payment_method,
            if in_app { "in_app_cod" } else { "cod" },
            "{}",
            expected.id
        );
        // The price as it was haggled down to, or as it was listed: somewhere it is said.
        let price = order.lines[0].unit_paid_minor[0] / 100;
        let said: Vec<&str> = source
            .chat
            .iter()
            .map(|(_, _, said)| said.as_str())
            .chain(source.listing.values().map(String::as_str))
            .collect();
        let digits: String = said.join(" ").replace(',', "");
        let tenths = format!("{}.{}", price / 1_000, price % 1_000 / 100);
        assert!(
            digits.contains(&price.to_string()) || digits.contains(&tenths),
            "{}: {price}",
            expected.id
        );
    }
}

#[test]
fn every_clause_is_an_anchor_of_the_policy_in_its_own_words() {
    let text = joined(include_str!("../../../../testdata/nexbuy/policy.txt"));
    for clause in Pack::parse(POLICY).unwrap().clauses {
        assert!(text.contains(&format!("[{}]", clause.id)), "{}", clause.id);
        let (_, words) = clause.source.split_once('：').unwrap();
        assert!(text.contains(&joined(words)), "{}: {words}", clause.id);
    }
}

#[test]
fn there_is_a_story_of_each_case_and_no_other() {
    let named: BTreeSet<String> = readings().into_iter().map(|expected| expected.story).collect();
    let told: BTreeSet<String> = files()
        .keys()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name.starts_with("nex-"))
        .collect();
    assert_eq!(named, told);
}
