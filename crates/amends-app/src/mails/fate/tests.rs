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

#[test]
fn a_mail_goes_where_address_and_number_agree() {
    let (open, other) = (known(1, 1, 1), known(2, 1, 2));
    let (theirs, with) = (known(9, 9, 9), |known: Known, open: &[KnownCase]| Known {
        open: open.to_vec(),
        ..known
    });
    let named = |known: Known, cases: &[Option<KnownCase>]| Known {
        cases: cases.to_vec(),
        ..known
    };
    let bought_by = |known: Known, orders: &[KnownOrder]| Known {
        orders: orders.to_vec(),
        ..known
    };
    let parked = Fate::Parked;
    for (told, known, becomes) in [
        ("a stranger", of(&[]), parked(Parked::UnknownSender)),
        (
            "a stranger with somebody's number",
            named(of(&[]), &[Some(open)]),
            parked(Parked::UnknownSender),
        ),
        ("his case", named(of(&[1]), &[Some(open)]), said(1, 1)),
        (
            "his case, by subject and answer",
            named(of(&[1]), &[Some(open), Some(open)]),
            said(1, 1),
        ),
        (
            "his case among others open",
            with(named(of(&[1]), &[Some(other)]), &[open, other]),
            said(1, 2),
        ),
        (
            "two cases of his",
            named(of(&[1]), &[Some(open), Some(other)]),
            parked(Parked::Several),
        ),
        (
            "another's case",
            named(of(&[1]), &[Some(theirs)]),
            parked(Parked::NotHis),
        ),
        (
            "his case and another's",
            named(of(&[1]), &[Some(open), Some(theirs)]),
            parked(Parked::NotHis),
        ),
        (
            "a case that is not there",
            named(of(&[1]), &[None]),
            parked(Parked::NotHis),
        ),
        ("his order", bought_by(of(&[1]), &[bought(1, 1)]), asked(1, 1)),
        (
            "his order with a case open",
            with(bought_by(of(&[1]), &[bought(1, 1)]), &[open, other]),
            said(1, 1),
        ),
        (
            "his order, another has a case open",
            with(bought_by(of(&[1]), &[bought(3, 1)]), &[open]),
            asked(1, 3),
        ),
        (
            "two cases open on it",
            with(bought_by(of(&[1]), &[bought(1, 1)]), &[open, known(3, 1, 1)]),
            parked(Parked::Several),
        ),
        (
            "two orders of his",
            bought_by(of(&[1]), &[bought(1, 1), bought(2, 1)]),
            parked(Parked::Several),
        ),
        (
            "another's order",
            bought_by(of(&[1]), &[bought(9, 9)]),
            parked(Parked::NotHis),
        ),
        (
            "his order and another's",
            bought_by(of(&[1]), &[bought(1, 1), bought(9, 9)]),
            parked(Parked::NotHis),
        ),
        ("no number, nothing open", of(&[1]), asked(1, 0)),
        ("no number, one open", with(of(&[1]), &[open]), said(1, 1)),
        (
            "no number, two open",
            with(of(&[1]), &[open, other]),
            parked(Parked::Several),
        ),
        (
            "an address two buyers share",
            of(&[1, 2]),
            parked(Parked::Several),
        ),
        (
            "shared, and one has a case",
            with(of(&[1, 2]), &[open]),
            said(1, 1),
        ),
        (
            "shared, and an order of one",
            bought_by(of(&[1, 2]), &[bought(5, 2)]),
            asked(2, 5),
        ),
        (
            "nothing written",
            Known {
                empty: true,
                ..of(&[1])
            },
            parked(Parked::NoText),
        ),
        (
            "an absence note",
            Known {
                automatic: true,
                ..named(of(&[1]), &[Some(open)])
            },
            Fate::Ignored(Ignored::Automatic),
        ),
        (
            "our own mail",
            Known {
                own: true,
                automatic: true,
                ..of(&[])
            },
            Fate::Ignored(Ignored::Own),
        ),
    ] {
        assert_eq!(fate(&known), becomes, "{told}");
    }
}
