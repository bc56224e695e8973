//! Files of columns, good and bad, read without a database.

use std::io::{self, Read};

use amends_domain::money::Currency;
use amends_domain::time::{Moment, Zone};

use super::super::super::file::cells::Reading;
use super::super::super::file::faults::{FAULTS_KEPT, Faults};
use super::super::super::file::{FileError, FileText, Form};
use super::super::{Beside, Mapping, OrdersRead};

fn reading() -> Reading {
    Reading {
        zone: Zone::named("Asia/Shanghai").unwrap(),
        currency: Currency::CNY,
        // 2026-04-01.
        now: Moment::from_millis(1_775_008_800_000),
    }
}

fn read(mapping: &str, text: &str) -> Result<OrdersRead, Faults> {
    let file = FileText {
        text: text.to_owned(),
        form: Form::Csv,
    };
    let mapping = Mapping::named(mapping).unwrap().unwrap();
    mapping.read(&file, &Beside::default(), &reading()).unwrap()
}

const HEAD: &str = "订单编号,买家昵称,商家编码,商品标题,数量,单价,实付金额,付款时间";

fn native(rows: &str) -> Result<OrdersRead, Faults> {
    read("amends", &format!("{HEAD}\n{rows}"))
}

/// Each order as `number: units×price … -discount +freight = paid`.
fn told(read: &OrdersRead) -> Vec<String> {
    let order = |order: &super::super::ReadOrder| {
        let draft = &order.draft;
        let lines = draft
            .lines
            .iter()
            .map(|line| format!("{}×{}-{}", line.units, line.price.minor(), line.discount.minor()));
        let lines: Vec<String> = lines.collect();
        let sums = (draft.discount.minor(), draft.freight.minor());
        format!("{}: {} -{} +{}", draft.number, lines.join(" "), sums.0, sums.1)
    };
    read.orders.iter().map(order).collect()
}

#[test]
fn rows_of_an_order_find_each_other_and_what_is_missing_from_the_payment_is_its_discount() {
    let good = native(
        "A1,小满,S,裙,2,¥199.50,\"1,200.00\",2026-03-01 10:00:00\n\
         A2,阿宁,S,裙,1,199.50,199.50,2026/3/1 10:00\n\
         A1,,T,包,1,\"1,000\",,\n",
    )
    .unwrap();
    assert_eq!(
        told(&good),
        ["A1: 2×19950-0 1×100000-0 -19900 +0", "A2: 1×19950-0 -0 +0"]
    );
    assert_eq!(good.orders[0].place.to_string(), "line 2");
    assert_eq!(
        good.orders[0].draft.paid_at.unwrap().to_string(),
        "2026-03-01T02:00:00.000Z"
    );
    let english = read(
        "amends",
        "Number,Nickname,SKU,Title,Units,Price,Line_Discount,Discount,Freight,Paid,Paid_At,No_Reason_Excluded\n\
         A1,mei,S,Dress,2,10,1,2,3,20,2026-03-01T10:00:00Z,yes\n",
    );
    let english = english.unwrap();
    assert_eq!(told(&english), ["A1: 2×1000-100 -200 +300"]);
    assert!(english.orders[0].draft.lines[0].no_reason_excluded);
}

#[test]
fn a_dispatch_record_says_what_was_sent_short() {
    let header = "订单编号,买家昵称,商家编码,商品标题,数量,实发数量,单价,付款时间";
    let rows = [
        "A1,m,S,裙,2,1,10,2026-03-01 10:00",
        "A1,m,T,包,1,0,10,2026-03-01 10:00",
        "A1,m,U,帽,1,,10,2026-03-01 10:00",
    ];
    let good = read("amends", &format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    let lines = &good.orders[0].draft.lines;
    let left: Vec<Option<u32>> = lines.iter().map(|line| line.units_dispatched).collect();
    assert_eq!(left, [Some(1), Some(0), None]);
    let bad = read(
        "amends",
        &format!("{header}\nA1,m,S,裙,2,-1,10,2026-03-01 10:00\n"),
    );
    let told = bad.unwrap_err().to_string();
    assert!(
        told.contains("line 2, 实发数量: \"-1\" is not a number of units"),
        "{told}"
    );
}

#[test]
fn what_was_ordered_may_not_be_paid_yet() {
    let header = "订单编号,买家昵称,商家编码,商品标题,数量,单价,下单时间,付款时间";
    let read = read("amends", &format!("{header}\nA1,m,S,裙,1,10,2026-03-01 10:00,\n")).unwrap();
    let draft = &read.orders[0].draft;
    assert_eq!(draft.placed_at.unwrap().to_string(), "2026-03-01T02:00:00.000Z");
    assert_eq!(draft.paid_at, None);
}

#[test]
fn every_fault_names_its_line_and_column() {
    for (rows, faults) in [
        (
            "A1,m,S,裙,2,-5,10,2026-03-01 10:00",
            &["line 2, 单价: \"-5\" is negative"][..],
        ),
        (
            "A1,m,S,裙,0,5,10,2026-03-01 10:00",
            &["line 2, 数量: \"0\" is not a number of units"],
        ),
        (
            "A1,m,S,裙,1,5,5,2026-02-30 10:00",
            &["line 2, 付款时间: \"2026-02-30 10:00\" is not a moment"],
        ),
        (
            "A1,m,S,裙,1,5,5,2027-02-03 10:00",
            &["line 2, 付款时间: \"2027-02-03 10:00\" is before the year 2000 or still to come"],
        ),
        ("A1,m,S,裙,1,5,5,", &["line 2, paid_at: is empty"]),
        (",m,S,裙,1,5,5,2026-03-01 10:00", &["line 2, 订单编号: is empty"]),
        (
            "1.2E+17,m,S,裙,1,5,5,2026-03-01 10:00",
            &["line 2, 订单编号: \"1.2E+17\" was rounded"],
        ),
        (
            "A1,m,S,裙,1,5,6,2026-03-01 10:00",
            &["line 2: paid 6.00 CNY, but what was bought comes to 5.00 CNY"],
        ),
        (
            "A1,m,,裙,x,五,5,2026-03-01 10:00",
            &[
                "line 2, 商家编码: is empty",
                "line 2, 数量: \"x\"",
                "line 2, 单价: \"五\"",
            ],
        ),
        (
            "A1,m,S,裙,1,5,10,2026-03-01 10:00\nA1,n,T,包,1,5,10,2026-03-01 10:00",
            &["line 3, 买家昵称: \"n\" here and \"m\" at line 2"],
        ),
        (
            "A1,m,S,裙,1,5,10,2026-03-01 10:00\nA1,m,S,裙,1,5,10,2026-03-01 10:00",
            &["line 3: is the same as line 2"],
        ),
        (
            "A1,m,S,裙,1,5,5",
            &["line 2: the row has 7 cells and the header 8"],
        ),
        ("", &["file: holds nothing"]),
    ] {
        let told = native(rows).unwrap_err();
        let told: Vec<String> = told.first.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), faults.len(), "{rows}: {told:?}");
        for (told, fault) in told.iter().zip(faults) {
            assert!(told.starts_with(fault), "{rows}: {told}");
        }
    }
    let currencies = format!("{HEAD},币种\nA1,m,S,裙,1,5,5,2026-03-01 10:00,yuan");
    let told = read("amends", &currencies).unwrap_err().to_string();
    assert!(
        told.contains("line 2, 币种: \"yuan\" is not a currency"),
        "{told}"
    );
    let many: Vec<String> = (0..201)
        .map(|at| format!("A1,m,S{at},裙,1,5,,2026-03-01 10:00\n"))
        .collect();
    let told = native(&many.concat()).unwrap_err().to_string();
    assert!(told.contains("1 to 200 lines, this one has 201"), "{told}");
}

#[test]
fn a_column_missing_or_strange_is_told_before_any_row() {
    let told = read("amends", "订单编号,运废\nA1,x\n").unwrap_err().to_string();
    assert!(
        told.contains("line 1, 付款时间: there is no such column"),
        "{told}"
    );
    assert!(
        told.contains("line 1, 运废: this column is not in the mapping"),
        "{told}"
    );
    let json = FileText {
        text: "[]".to_owned(),
        form: Form::Json,
    };
    let taobao = Mapping::named("taobao").unwrap().unwrap();
    let told = taobao
        .read(&json, &Beside::default(), &reading())
        .unwrap()
        .unwrap_err();
    assert!(
        told.to_string().contains("is JSON, and this mapping reads CSV"),
        "{told}"
    );
}

#[test]
fn a_taobao_report_reads_as_it_is_exported() {
    let head = "子订单编号,主订单编号,买家会员名,标题,价格,购买数量,商家编码,商品ID,买家应付货款,买家应付邮费,订单状态,退款状态,订单付款时间,发货时间,确认收货时间,备注";
    let good = read(
        "taobao",
        &format!(
            "{head}\n\
             =\"11\",=\"3001\",小满,连衣裙,199.50,2,,998,379.00,6.00,卖家已发货,没有申请退款,2026-03-01 10:00:00,2026-03-02 09:00:00,,\n\
             '12,'3001,小满,腰带,49.00,1,BELT,999,49.00,6.00,卖家已发货,没有申请退款,2026-03-01 10:00:00,2026-03-02 09:00:00,,加急\n\
             '13,'3001,小满,帽子,30.00,1,HAT,997,30.00,6.00,卖家已发货,退款成功,2026-03-01 10:00:00,,,\n\
             '14,'3002,阿宁,帽子,30.00,1,HAT,997,30.00,0,等待买家付款,没有申请退款,,,,\n"
        ),
    );
    let good = good.unwrap();
    assert_eq!(told(&good), ["3001: 2×19950-2000 1×4900-0 -0 +600"]);
    assert_eq!(good.passed_over, 2);
    let skus: Vec<&str> = good.orders[0]
        .draft
        .lines
        .iter()
        .map(|line| line.sku.as_str())
        .collect();
    assert_eq!(skus, ["998", "BELT"]);
}

/// A source of rows that are made as they are asked for.
struct Generated<F> {
    made: u32,
    rows: u32,
    left: Vec<u8>,
    row: F,
}

impl<F: FnMut(u32) -> String> Read for Generated<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() && self.made < self.rows {
            self.left = (self.row)(self.made).into_bytes();
            self.made += 1;
        }
        let count = self.left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.left[..count]);
        self.left.drain(..count);
        Ok(count)
    }
}

fn generated(name: &str, rows: u32, row: impl FnMut(u32) -> String) -> Faults {
    let source = Generated {
        made: 0,
        rows,
        left: Vec::new(),
        row,
    };
    let file = match FileText::read(source, name) {
        Ok(file) => file,
        Err(FileError::Faults(faults)) => return faults,
        Err(FileError::Io(fault)) => panic!("{fault}"),
    };
    let mapping = Mapping::named("amends").unwrap().unwrap();
    mapping
        .read(&file, &Beside::default(), &reading())
        .unwrap()
        .unwrap_err()
}

#[test]
fn a_million_lines_are_answered_and_not_imported() {
    const MILLION: u32 = 1_000_000;
    let too_many = "has more than 200000 lines";
    let csv = |at: u32| match at {
        0 => format!("{HEAD}\n"),
        _ => format!("A{at},m,S,x,1,5,5,2026-03-01 10:00\n"),
    };
    let told = generated("a.csv", MILLION, csv);
    assert!(told.to_string().contains(too_many), "{told}");
    let told = generated("a.jsonl", MILLION, |at| format!("{{\"number\":\"{at}\"}}\n"));
    assert!(told.to_string().contains(too_many), "{told}");
    // Longer rows make more than the bytes a file may have.
    let told = generated("a.csv", MILLION, |at| format!("{at},{}\n", "长".repeat(40)));
    assert!(told.to_string().contains("more than 64 MiB"), "{told}");
}

#[test]
fn of_many_faults_the_first_are_told_and_all_are_counted() {
    let told = generated("a.csv", 100_001, |at| match at {
        0 => format!("{HEAD}\n"),
        _ => format!("A{at},m,S,x,1,-5,5,2026-03-01 10:00\n"),
    });
    assert_eq!((told.first.len(), told.total), (FAULTS_KEPT, 100_000));
}
