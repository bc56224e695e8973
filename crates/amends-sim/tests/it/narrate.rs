//! Every event there is, is told in Chinese.

use amends_app::content::starting_policy;
use amends_domain::money::Currency;
use amends_domain::time::Zone;
use amends_sim::narrate::Narrator;

use crate::fixture::stored;

#[test]
fn every_event_is_told_in_chinese() {
    let policy = starting_policy().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let narrator = Narrator {
        policy: &policy,
        currency: Currency::CNY,
        zone: &zone,
    };
    let chinese = |line: &String| {
        line.chars()
            .any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
    };
    for (name, event) in stored() {
        let told = narrator.tell(&event);
        assert!(told.first().is_some_and(chinese), "{name}: {told:?}");
    }
}
