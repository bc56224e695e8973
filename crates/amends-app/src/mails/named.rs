//! What a mail names: a case as our notices write it, a notice it answers, numbers of orders.
//!
//! Must not know: whose any of it is. Tests: beside the code.

use amends_domain::ids::CaseId;

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
        let id = CaseId::new(Moment::from_millis(1), [1; 10]);
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
