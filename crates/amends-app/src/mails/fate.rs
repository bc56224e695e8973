//! What becomes of a mail: a pure function over what it says and what the shop knows.
//!
//! A number is no proof of who writes, and an address alone says not which case is meant: where both do
//! not fit, somebody of the shop decides.
//! Must not know: databases, languages beside the words of our own notices. Tests: beside the code.

use amends_domain::ids::{BuyerId, CaseId, OrderId};

/// A case that counts for a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCase {
    /// The case.
    pub case: CaseId,
    /// Whose it is.
    pub buyer: BuyerId,
    /// On which order.
    pub order: Option<OrderId>,
}

/// An order that a mail names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownOrder {
    /// The order.
    pub order: OrderId,
    /// Whose it is.
    pub buyer: BuyerId,
}

/// What the shop knows of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// A machine wrote it.
    pub automatic: bool,
    /// It came from the desk itself.
    pub own: bool,
    /// Nothing was written.
    pub empty: bool,
    /// Buyers with the sender's address.
    pub writers: Vec<BuyerId>,
    /// Cases it names, by number or as what it answers; none for a number that no case has.
    pub cases: Vec<Option<KnownCase>>,
    /// Orders it names.
    pub orders: Vec<KnownOrder>,
    /// Open cases of its writers.
    pub open: Vec<KnownCase>,
}

/// Why a mail waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parked {
    /// Nobody the shop knows has this address.
    UnknownSender,
    /// It names a case or an order that is not his.
    NotHis,
    /// Several are possible.
    Several,
    /// There is nothing to say.
    NoText,
}

impl Parked {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownSender => "unknown_sender",
            Self::NotHis => "not_his",
            Self::Several => "several",
            Self::NoText => "no_text",
        }
    }
}

/// Why nothing comes of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// A machine wrote it.
    Automatic,
    /// The desk itself did.
    Own,
}

impl Ignored {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Own => "own",
        }
    }
}

/// What becomes of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is a message of this buyer on this case.
    Message {
        /// Whose.
        buyer: BuyerId,
        /// Where.
        case: CaseId,
    },
    /// It opens a consultation 咨询.
    Consultation {
        /// Whose.
        buyer: BuyerId,
        /// On which order.
        order: Option<OrderId>,
    },
    /// Somebody of the shop must say whose it is.
    Parked(Parked),
    /// Nothing comes of it.
    Ignored(Ignored),
}

/// What becomes of a mail.
pub fn fate(known: &Known) -> Fate {
    if known.own {
        return Fate::Ignored(Ignored::Own);
    }
    if known.automatic {
        return Fate::Ignored(Ignored::Automatic);
    }
    if known.writers.is_empty() {
        return Fate::Parked(Parked::UnknownSender);
    }
    if known.empty {
        return Fate::Parked(Parked::NoText);
    }
    if !known.cases.is_empty() {
        return of_cases(known);
    }
    if !known.orders.is_empty() {
        return of_orders(known);
    }
    match (only(&known.open), known.writers.as_slice()) {
        (Only::One(case), _) => message(case),
        (Only::None, [buyer]) => Fate::Consultation {
            buyer: *buyer,
            order: None,
        },
        _ => Fate::Parked(Parked::Several),
    }
}

fn message(case: KnownCase) -> Fate {
    Fate::Message {
        buyer: case.buyer,
        case: case.case,
    }
}

fn of_cases(known: &Known) -> Fate {
    let his: Option<Vec<KnownCase>> = known.cases.iter().copied().collect();
    let Some(named) = his.filter(|named| named.iter().all(|case| known.writers.contains(&case.buyer))) else {
        return Fate::Parked(Parked::NotHis);
    };
    match only(&named) {
        Only::One(case) => message(case),
        _ => Fate::Parked(Parked::Several),
    }
}

fn of_orders(known: &Known) -> Fate {
    if known
        .orders
        .iter()
        .any(|order| !known.writers.contains(&order.buyer))
    {
        return Fate::Parked(Parked::NotHis);
    }
    let Only::One(order) = only(&known.orders) else {
        return Fate::Parked(Parked::Several);
    };
    let on_it = known.open.iter().filter(|case| case.order == Some(order.order));
    match only(&on_it.copied().collect::<Vec<_>>()) {
        Only::One(case) => message(case),
        Only::None => Fate::Consultation {
            buyer: order.buyer,
            order: Some(order.order),
        },
        Only::Several => Fate::Parked(Parked::Several),
    }
}

enum Only<T> {
    None,
    One(T),
    Several,
}

fn only<T: Copy + PartialEq>(these: &[T]) -> Only<T> {
    match these.split_first() {
        None => Only::None,
        Some((first, rest)) if rest.iter().all(|other| other == first) => Only::One(*first),
        Some(_) => Only::Several,
    }
}

/// Words by which our notices begin a subject, and those that answers put before it.
const CASE_WORDS: &[&str] = &["售后单", "售後單", "case"];
const ANSWER_WORDS: &[&str] = &[
    "re", "fw", "fwd", "aw", "回复", "回覆", "答复", "答覆", "转发", "轉寄",
];
/// Shortest and longest number of an order that is looked for in what people write.
const NUMBER_CHARS_MIN: usize = 4;
const NUMBER_CHARS_MAX: usize = 64;
/// Most numbers of one mail that are looked for.
const NUMBERS_MAX: usize = 50;

/// The case's number, where a subject names one as our notices do.
pub(super) fn case_number(subject: &str) -> Option<i64> {
    let mut rest = subject.trim().to_lowercase();
    while let Some(after) = without_answer_word(&rest) {
        rest = after;
    }
    let after = CASE_WORDS.iter().find_map(|word| rest.strip_prefix(word))?;
    let after = after.trim_start_matches([' ', '#', '＃', ':', '：']);
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn without_answer_word(subject: &str) -> Option<String> {
    let (word, rest) = subject.split_once([':', '：'])?;
    // Some count how often it was answered.
    let word = word
        .trim()
        .trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '[' | ']' | '(' | ')'));
    ANSWER_WORDS.contains(&word).then(|| rest.trim().to_owned())
}

/// The case that a mail of ours was about, by the id it went out under.
pub(super) fn case_of_notice(message_id: &str) -> Option<CaseId> {
    let (local, _) = message_id.rsplit_once('@')?;
    let case = local.strip_suffix(".mail")?.split('.').next()?;
    case.parse().ok()
}

/// What may be an order's number: letters and digits in one piece, with a digit in it, each once.
pub(super) fn numbers(subject: &str, text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let piece = |letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    for word in subject.split(piece).chain(text.split(piece)) {
        let word = word.trim_matches(['-', '_']);
        let fits = (NUMBER_CHARS_MIN..=NUMBER_CHARS_MAX).contains(&word.len());
        let counts = word.bytes().any(|byte| byte.is_ascii_digit());
        if fits && counts && !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
        if found.len() >= NUMBERS_MAX {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn a_subject_names_a_case_as_our_notices_do() {
        for (subject, number) in [
            ("售后单 12：您的申请已收到", Some(12)),
            ("回复：售后单 12：您的申请已收到", Some(12)),
            ("Re: RE: 回复: 售後單 12 已完結", Some(12)),
            ("Re[2]: Case 12: your refund is approved", Some(12)),
            ("case #7", Some(7)),
            ("My phone case 2 broke", None),
            ("售后单", None),
            ("售后单 99999999999999999999999", None),
            ("订单 12", None),
            ("", None),
        ] {
            assert_eq!(case_number(subject), number, "{subject}");
        }
    }

    #[test]
    fn an_answer_to_a_notice_is_found_by_its_id() {
        let id = case(1);
        let found = |text: String| case_of_notice(&text);
        assert_eq!(
            found(format!("{id}.3.approved_refund.mail@shop.example")),
            Some(id)
        );
        assert_eq!(found(format!("{id}@shop.example")), None);
        assert_eq!(found("x.1.y.mail@shop.example".to_owned()), None);
        assert_eq!(found(String::new()), None);
    }

    #[test]
    fn numbers_stand_in_any_sentence() {
        let found = numbers(
            "订单20260101的裙子",
            "单号：TB-2026/001，电话 13800001234。TB-2026 abc 12",
        );
        assert_eq!(found, ["20260101", "TB-2026", "13800001234"]);
        let many: Vec<String> = (1_000..2_000).map(|number| number.to_string()).collect();
        assert_eq!(numbers("", &many.join(" ")).len(), NUMBERS_MAX);
    }
}
