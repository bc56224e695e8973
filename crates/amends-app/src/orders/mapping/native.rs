//! Our own form in JSON: a list of orders, a single one, or one a line.
//!
//! Must not know: CSV. Tests: beside the code.

use std::ops::ControlFlow;

use serde_json::value::RawValue;

use super::super::draft::JsonOrder;
use super::super::file::cells::Reading;
use super::super::file::entries::{Entries, located};
use super::super::file::faults::{Place, Wrong};
use super::Moments;
use super::collect::Collector;

pub(super) fn jsonl(text: &str, reading: &Reading, into: &mut Collector) {
    let lines = text.lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        if order(Place::line(at + 1), line, reading, into).is_break() {
            return;
        }
    }
}

pub(super) fn json(text: &str, reading: &Reading, into: &mut Collector) {
    if text.trim_start().starts_with('{') {
        // One order alone: whether there is room for more is no question.
        order(Place::Entry("[0]".to_owned()), text, reading, into).is_break();
        return;
    }
    let entries = match Entries::read(text) {
        Ok(entries) => entries,
        Err(wrong) => return into.faults.add(Place::File, "", wrong),
    };
    if entries.cut {
        return into.faults.add(Place::File, "", Wrong::TooManyLines);
    }
    for (key, entry) in entries.entries {
        if order(Place::Entry(key), RawValue::get(entry), reading, into).is_break() {
            return;
        }
    }
}

fn order(place: Place, text: &str, reading: &Reading, into: &mut Collector) -> ControlFlow<()> {
    let order: JsonOrder = match located(text) {
        Ok(order) => order,
        Err((field, wrong)) => {
            into.faults.add(place, field, wrong);
            // A line that is no order counts as one line, or a million of them would be read.
            return into.lines(1);
        }
    };
    into.lines(order.lines())?;
    match order.into_draft(reading) {
        Ok(draft) => into.order(place, draft, Moments::Stated),
        Err(wrongs) => {
            for (field, wrong) in wrongs {
                into.faults.add(place.clone(), field, wrong);
            }
        }
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use amends_domain::money::Currency;
    use amends_domain::time::{Moment, Zone};

    use super::super::super::file::faults::Faults;
    use super::super::super::file::{FileText, Form};
    use super::super::{Beside, Mapping, OrdersRead};
    use super::*;

    const GOOD: &str = r#"{"number":"A1","currency":"CNY","buyer":{"nickname":"小满"},"lines":[{"sku":"S","title":"裙","units":1,"price":"1,399.00"}],"paid_at":"2026-03-01 10:00:00"}"#;

    fn read(text: &str, form: Form) -> Result<OrdersRead, Faults> {
        let reading = Reading {
            zone: Zone::named("Asia/Shanghai").unwrap(),
            currency: Currency::CNY,
            now: Moment::from_millis(1_775_008_800_000),
        };
        let text = text.to_owned();
        let file = FileText { text, form };
        Mapping::Amends.read(&file, &Beside::default(), &reading).unwrap()
    }

    #[test]
    fn a_line_brings_its_covers() {
        let plan = format!("plan_{}", "0".repeat(32));
        let covered = format!(
            r#""units":1,"covers":[{{"plan":"{plan}","months":12}},{{"plan":"{plan}","months":24,"premium":"0.00"}}],"#
        );
        let read = read(&GOOD.replace(r#""units":1,"#, &covered), Form::Jsonl).unwrap();
        let covers = &read.orders[0].draft.alongside[0].covers;
        let told: Vec<(u32, Option<i64>)> = covers
            .iter()
            .map(|cover| (cover.months, cover.premium.map(|premium| premium.minor())))
            .collect();
        assert_eq!(told, [(12, None), (24, Some(0))]);
    }

    #[test]
    fn a_line_brings_what_its_page_said() {
        let page =
            r#""units":1,"listing":{"title":"手机壳","specification":[{"name":"颜色","value":"黑"}]},"#;
        let read = read(&GOOD.replace(r#""units":1,"#, page), Form::Jsonl).unwrap();
        let page = read.orders[0].draft.alongside[0].listing.as_ref().unwrap();
        assert_eq!(
            (page.listing.specification[0].value.as_str(), page.taken_at),
            ("黑", None)
        );
    }

    #[test]
    fn one_order_is_the_same_in_each_form() {
        for (text, form) in [
            (GOOD.to_owned(), Form::Json),
            (format!("[{GOOD}]"), Form::Json),
            (format!("{GOOD}\n\n"), Form::Jsonl),
        ] {
            let read = read(&text, form).unwrap();
            assert_eq!(read.orders.len(), 1, "{text}");
            assert_eq!(read.orders[0].draft.lines[0].price.minor(), 139_900);
        }
    }

    #[test]
    fn faults_name_line_or_entry_and_field() {
        let price = GOOD.replace("1,399.00", "-1");
        let unlisted = GOOD.replace("\"units\"", "\"colour\":1,\"units\"");
        let later = GOOD.replace(
            "\"paid_at\"",
            "\"dispatched_at\":\"2026-02-01 10:00\",\"paid_at\"",
        );
        for (text, form, says) in [
            (format!("{GOOD}\n\nnot json"), Form::Jsonl, "line 3: expected"),
            (
                format!("{GOOD}\n{GOOD}"),
                Form::Jsonl,
                "line 2, number: order A1 stands at line 1 already",
            ),
            (price, Form::Jsonl, "line 1, lines[0].price: \"-1\" is negative"),
            (unlisted, Form::Jsonl, "line 1, lines[0].colour: unknown field"),
            (later, Form::Jsonl, "line 1, dispatched_at: is before paid_at"),
            (
                GOOD.replace("CNY", "yuan"),
                Form::Jsonl,
                "line 1, currency: \"yuan\" is not a currency",
            ),
            (
                GOOD.replace("小满", ""),
                Form::Jsonl,
                "line 1, buyer.nickname: must not be empty",
            ),
            (format!("[{GOOD}, 7]"), Form::Json, "entry [1]: invalid type"),
            (format!("[{GOOD}"), Form::Json, "file: EOF"),
            ("[]".to_owned(), Form::Json, "file: holds nothing"),
        ] {
            let told = read(&text, form).unwrap_err();
            assert!(told.first[0].to_string().starts_with(says), "{told}");
        }
    }
}
