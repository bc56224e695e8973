//! The table of what becomes of a mail, as the trade tells it.

use amends_domain::time::Moment;

use super::*;

fn buyer(n: u8) -> BuyerId {
    BuyerId::new(Moment::from_millis(1), [n; 10])
}

fn order(n: u8) -> OrderId {
    OrderId::new(Moment::from_millis(1), [n; 10])
}

fn case(n: u8) -> CaseId {
    CaseId::new(Moment::from_millis(1), [n; 10])
}

/// A case of a buyer, on an order unless it is 0.
fn known(number: u8, whose: u8, on: u8) -> KnownCase {
    KnownCase {
        case: case(number),
        buyer: buyer(whose),
        order: (on > 0).then(|| order(on)),
    }
}

fn bought(number: u8, whose: u8) -> KnownOrder {
    KnownOrder {
        order: order(number),
        buyer: buyer(whose),
    }
}

fn of(writers: &[u8]) -> Known {
    Known {
        writers: writers.iter().map(|n| buyer(*n)).collect(),
        ..Known::default()
    }
}

fn said(whose: u8, on: u8) -> Fate {
    Fate::Message {
        buyer: buyer(whose),
        case: case(on),
    }
}

fn asked(whose: u8, on: u8) -> Fate {
    Fate::Consultation {
        buyer: buyer(whose),
        order: (on > 0).then(|| order(on)),
    }
}

/// With these cases open.
fn with(known: Known, open: &[KnownCase]) -> Known {
    Known {
        open: open.to_vec(),
        ..known
    }
}

/// Naming these cases.
fn named(known: Known, cases: &[Option<KnownCase>]) -> Known {
    Known {
        cases: cases.to_vec(),
        ..known
    }
}

/// Naming these orders.
fn on(known: Known, orders: &[KnownOrder]) -> Known {
    Known {
        orders: orders.to_vec(),
        ..known
    }
}

fn check(rows: &[(&str, Known, Fate)]) {
    for (told, known, becomes) in rows {
        assert_eq!(fate(known), *becomes, "{told}");
    }
}

const UNKNOWN: Fate = Fate::Parked(Parked::UnknownSender);
const NOT_HIS: Fate = Fate::Parked(Parked::NotHis);
const SEVERAL: Fate = Fate::Parked(Parked::Several);

#[test]
fn a_mail_goes_where_address_and_number_agree() {
    let (open, other, theirs) = (known(1, 1, 1), known(2, 1, 2), known(9, 9, 9));
    let (one, two, his) = (Some(open), Some(other), of(&[1]));
    let name = |cases: &[Option<KnownCase>]| named(his.clone(), cases);
    check(&[
        ("a stranger", of(&[]), UNKNOWN),
        ("a stranger's guess", named(of(&[]), &[one]), UNKNOWN),
        ("his case", name(&[one]), said(1, 1)),
        ("his case twice", name(&[one, one]), said(1, 1)),
        (
            "his case among others",
            with(name(&[two]), &[open, other]),
            said(1, 2),
        ),
        ("two cases of his", name(&[one, two]), SEVERAL),
        ("another's case", name(&[Some(theirs)]), NOT_HIS),
        ("his and another's", name(&[one, Some(theirs)]), NOT_HIS),
        ("a case that is not there", name(&[None]), NOT_HIS),
    ]);
}

#[test]
fn an_order_leads_to_its_open_case_or_opens_a_consultation() {
    let (open, other, third) = (known(1, 1, 1), known(2, 1, 2), known(3, 1, 1));
    let (one, theirs, his) = (bought(1, 1), bought(9, 9), of(&[1]));
    let name = |orders: &[KnownOrder]| on(his.clone(), orders);
    check(&[
        ("his order", name(&[one]), asked(1, 1)),
        (
            "a case open on it",
            with(name(&[one]), &[open, other]),
            said(1, 1),
        ),
        (
            "one open on another",
            with(name(&[bought(3, 1)]), &[open]),
            asked(1, 3),
        ),
        ("two open on it", with(name(&[one]), &[open, third]), SEVERAL),
        ("two orders of his", name(&[one, bought(2, 1)]), SEVERAL),
        ("another's order", name(&[theirs]), NOT_HIS),
        ("his and another's", name(&[one, theirs]), NOT_HIS),
    ]);
}

#[test]
fn without_a_number_it_is_the_only_thing_it_can_be() {
    let (open, other) = (known(1, 1, 1), known(2, 1, 2));
    check(&[
        ("nothing open", of(&[1]), asked(1, 0)),
        ("one open", with(of(&[1]), &[open]), said(1, 1)),
        ("two open", with(of(&[1]), &[open, other]), SEVERAL),
        ("an address two share", of(&[1, 2]), SEVERAL),
        ("one of them has a case", with(of(&[1, 2]), &[open]), said(1, 1)),
        (
            "an order of one of them",
            on(of(&[1, 2]), &[bought(5, 2)]),
            asked(2, 5),
        ),
    ]);
}

#[test]
fn a_machine_is_heard_and_not_answered() {
    let (open, his) = (Some(known(1, 1, 1)), of(&[1]));
    let empty = Known {
        empty: true,
        ..his.clone()
    };
    let absent = Known {
        automatic: true,
        ..named(his.clone(), &[open])
    };
    let own = Known {
        own: true,
        automatic: true,
        ..his
    };
    check(&[
        ("nothing written", empty, Fate::Parked(Parked::NoText)),
        ("an absence note", absent, Fate::Ignored(Ignored::Automatic)),
        ("our own mail", own, Fate::Ignored(Ignored::Own)),
    ]);
}
