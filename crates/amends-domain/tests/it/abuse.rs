//! Abuse and the block list: what they change, and above all what they don't. The stories called `abu-…` tell
//! the rest.
//!
//! Must not know: how signals are seen.

use amends_domain::event::Event;
use amends_domain::policy::set::PolicySet;

use crate::harness::{BEYOND, PACKS, set_of, whole_set};
use crate::language::Story;

const REQUESTS: &[&str] = &[
    "refund_only quality dress×1 photos 1",
    "refund_only regret dress×1",
    "return_and_refund no_reason dress×1 intact",
    "return_and_refund quality dress×2 photos 2",
    "exchange quality dress×1 photos 1",
    "repair quality dress×1 photos 1",
    "reissue missing_parts dress×1",
    "complaint service",
];

/// What a request was judged to be, at its opening.
fn judged(blocked: bool, request: &str) -> String {
    let mut story = Story::new(whole_set());
    if blocked {
        story.play("blocked 30 00:00");
    }
    story.play(&format!("2 10:00 buyer open {request}"));
    let events = story.last.unwrap().unwrap();
    let Event::Opened(opened) = &events[0] else {
        panic!("not opened")
    };
    let clocks: Vec<String> = events
        .iter()
        .filter_map(|event| match event {
            Event::ClockStarted { clock, run } => Some(format!("{clock:?} {:?}", run.due_at)),
            _ => None,
        })
        .filter(|clock| !clock.starts_with("UpwardAnswer"))
        .collect();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {clocks:?}",
        opened.right, opened.entitlement, opened.return_freight, opened.claim, opened.explanations
    )
}

#[test]
fn a_blocked_buyer_keeps_every_right_and_every_clock() {
    for request in REQUESTS {
        assert_eq!(judged(true, request), judged(false, request), "{request}");
    }
}

#[test]
fn a_blocked_buyers_request_goes_to_a_supervisor_by_its_clause() {
    let mut story = Story::new(whole_set());
    story.play("blocked 30 00:00; 2 10:00 buyer open refund_only quality dress×1 photos 1");
    let case = story.world.case('A').unwrap();
    assert!(case.passed.is_some(), "{case:?}");
}

/// What a person may still do, whoever he is, while abuse stands: all but an agent's goodwill.
#[test]
fn a_finding_stops_goodwill_of_an_agent_and_nothing_else() {
    let acts = [
        ("quality", "agent approve", true),
        ("quality", "agent offer REM-RETURN", true),
        ("regret", "agent approve", false),
        ("regret", "supervisor approve", true),
        ("regret", "manager approve", true),
        ("quality", "agent message", true),
        ("regret", "agent refuse used", true),
        ("quality", "agent offer REM-RETURN-10", false),
    ];
    for (reason, act, fits) in acts {
        let mut story = Story::new(whole_set());
        story.play(&format!(
            "10 10:00 buyer open return_and_refund {reason} dress×1 photos 1; \
             10 10:01 supervisor abuse extortion message; 10 10:02 {act}"
        ));
        let refused = story.last.unwrap().err();
        let code = refused.map(|refusal| refusal.code());
        let expected = (!fits).then_some(if act.contains("RETURN-10") {
            "remedy_not_met"
        } else {
            "goodwill_needs_supervisor"
        });
        assert_eq!(code, expected, "{reason}: {act}");
    }
}

fn with(clause: &str) -> Result<PolicySet, String> {
    let packs: Vec<String> = PACKS
        .iter()
        .chain(&BEYOND)
        .map(|pack| (*pack).to_owned())
        .chain([format!(
            "format = 1\nid = \"own\"\nrevision = \"1\"\nlayer = \"shop\"\n\
             title = {{ \"zh-CN\" = \"自\", \"zh-TW\" = \"自\", en = \"own\" }}\n\
             [[clause]]\nid = \"OWN\"\ntitle = {{ \"zh-CN\" = \"自\", \"zh-TW\" = \"自\", en = \"own\" }}\n\
             source = \"own\"\n{clause}\n"
        )])
        .collect();
    let packs: Result<Vec<_>, _> = packs
        .iter()
        .map(|text| amends_domain::policy::pack::Pack::parse(text))
        .collect();
    let packs = packs.map_err(|fault| fault.to_string())?;
    PolicySet::resolve(&packs).map_err(|fault| format!("{fault:?}"))
}

#[test]
fn no_right_and_no_clock_asks_the_block_list() {
    let right = "[clause.terms.right]\nkinds = [\"refund_only\"]\nwhen = \"buyer_blocked = false\"\n\
                 return_freight = \"shop\"\nproof = \"none\"";
    let fault = with(right).unwrap_err();
    assert!(fault.contains("keeps his rights"), "{fault}");
    let remedy =
        "[clause.terms.level]\nwhen = \"buyer_blocked = true\"\nseverity = \"high\"\nlevel = \"manager\"";
    assert!(with(remedy).is_ok());
}

#[test]
fn signals_whose_figures_cannot_be_are_refused() {
    set_of(&PACKS);
    for terms in [
        "signal = \"claim_frequency\"\nweight = \"low\"",
        "signal = \"claim_frequency\"\nweight = \"low\"\ndays = 90\nat_least = 5",
        "signal = \"claim_frequency\"\nweight = \"low\"\ndays = 0\nat_least = 5\npercent = 50",
        "signal = \"claim_frequency\"\nweight = \"low\"\ndays = 90\nat_least = 5\npercent = 101",
        "signal = \"shared_phone\"\nweight = \"low\"\nat_least = 0",
        "signal = \"shared_phone\"\nweight = \"low\"\ndays = 5",
        "signal = \"threat\"\nweight = \"low\"\nat_least = 2",
    ] {
        assert!(
            with(&format!("[clause.terms.signal]\n{terms}")).is_err(),
            "{terms}"
        );
    }
}
