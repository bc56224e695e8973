//! No figure of the domain in Rust: lengths, percentages, points and amounts of a policy stand in packs alone.
//! It looks for the forms in which one would hide, not for numbers. It must not look at tests. Its tests are below.

use super::Finding;
use super::text::code_lines;
use super::tree::Tree;

/// Where a figure would be the policy's. The simulator's and the program's are their own.
const CRATES: [&str; 5] = [
    "crates/amends-api/src/",
    "crates/amends-app/src/",
    "crates/amends-domain/src/",
    "crates/amends-language/src/",
    "crates/amends-store/src/",
];

/// Constants that are named as a figure and are none of a policy's: file, name, reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "crates/amends-api/src/api/cases/queue.rs",
        "HOURS_MAX",
        "how far ahead a filter may look",
    ),
    (
        "crates/amends-app/src/bench/queue.rs",
        "HOURS_AFTER",
        "the bench's own shop",
    ),
    (
        "crates/amends-domain/src/time/calendar.rs",
        "WEEK_DAYS",
        "the days of a week",
    ),
    (
        "crates/amends-domain/src/time/calendar.rs",
        "WORKED_WEEKDAYS",
        "Monday to Friday, where no calendar says otherwise",
    ),
    (
        "crates/amends-domain/src/time/length.rs",
        "DAY_HOURS",
        "the hours of a day",
    ),
    (
        "crates/amends-store/src/commit/load.rs",
        "NINETY_DAYS_MILLIS",
        "part of a fact's name, returns_last_90_days",
    ),
    (
        "crates/amends-store/src/prune.rs",
        "ENDED_DAYS",
        "how long the desk keeps what has ended",
    ),
    (
        "crates/amends-store/src/prune.rs",
        "KEY_DAYS",
        "how long the desk knows a key again",
    ),
    (
        "crates/amends-store/src/prune.rs",
        "MAIL_DAYS",
        "how long the desk knows a mail again that nothing came of",
    ),
];

/// Words by which a constant says that it is a figure.
const UNITS: [&str; 8] = [
    "HOURS", "DAYS", "WEEKS", "MONTHS", "PERCENT", "POINTS", "YUAN", "FEN",
];
/// Units of a length, as packs write it.
const LENGTHS: [&str; 5] = ["min", "h", "d", "wh", "wd"];
/// What makes a figure out of a number in code.
const MADE: [&str; 6] = [
    "Length::Minutes(",
    "Length::Hours(",
    "Length::Days(",
    "Length::WorkingHours(",
    "Length::WorkingDays(",
    "Money::new(",
];
/// Names that are held against a number where a rule is written in code.
const NAMES: [&str; 4] = ["points", "percent", "hours", "days"];
const ADVICE: &str = "figures of policy are data, or a shop needs a new program where it needs a new pack; \
     put it into a clause and read it from the set";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree
        .rust()
        .filter(|(path, _)| CRATES.iter().any(|of| path.starts_with(of)) && !path.contains("tests"));
    let mut findings: Vec<Finding> = files.flat_map(|(path, text)| check_file(path, text)).collect();
    for (path, name, _) in EXCEPTIONS {
        let gone = |text: &str| !code_lines(text).any(|(_, line)| constant(line) == Some(name));
        if tree.text(path).is_some_and(gone) {
            let message = format!("has no {name} any more; take it out of this rule's exceptions");
            findings.push(Finding::new(path, 1, message));
        }
    }
    findings
}

fn check_file(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in
        code_lines(text).take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"))
    {
        if let Some(what) = figure(path, line) {
            findings.push(Finding::new(path, number, format!("{what}; {ADVICE}")));
        }
    }
    findings
}

/// The figure a line has, if any.
fn figure(path: &str, line: &str) -> Option<String> {
    if let Some(name) = constant(line) {
        let is_unit = |word: &str| UNITS.contains(&word);
        let excepted = EXCEPTIONS
            .iter()
            .any(|(of, known, _)| *of == path && *known == name);
        if name.split('_').any(is_unit) && !excepted {
            return Some(format!("the constant {name}"));
        }
    }
    // An example of the API's description is nobody's figure.
    if line.contains("example =") {
        return None;
    }
    let mut literals = line.split('"').skip(1).step_by(2);
    if let Some(literal) = literals.find(|literal| is_length(literal) || is_amount(literal)) {
        return Some(format!("the literal {literal:?}"));
    }
    if let Some(made) = MADE.iter().find(|made| follows_number(line, made)) {
        return Some(format!("{made}…) of a number"));
    }
    let name = NAMES.iter().find(|name| is_held_against(line, name))?;
    Some(format!("{name} held against a number"))
}

/// The name of a constant that a line begins.
fn constant(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("const ")?;
    let (name, _) = rest.split_once(':')?;
    let visible = before.trim().is_empty() || before.trim_start().starts_with("pub");
    let named = name
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    (visible && named).then_some(name)
}

fn split_number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit())?;
    (end > 0).then(|| text.split_at(end))
}

fn is_length(literal: &str) -> bool {
    split_number(literal).is_some_and(|(_, unit)| LENGTHS.contains(&unit))
}

/// `30%`, or an amount with its currency: `12.00 CNY`.
fn is_amount(literal: &str) -> bool {
    let Some((_, rest)) = split_number(literal) else {
        return false;
    };
    rest == "%" || rest.starts_with('.') && rest.ends_with(" CNY")
}

fn follows_number(line: &str, made: &str) -> bool {
    let after = line.split(made).nth(1);
    after.is_some_and(|after| after.starts_with(|letter: char| letter.is_ascii_digit() && letter != '0'))
}

/// `days <= 15`, `percent_max == 30`, `points: 12`: a name that ends so, and a number that is not 0, 1 or 100.
fn is_held_against(line: &str, name: &str) -> bool {
    let at = line.match_indices(name);
    at.into_iter().any(|(at, _)| {
        let rest = &line[at + name.len()..];
        let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_lowercase() || letter == '_');
        let rest = rest.trim_start();
        let sign = rest.trim_start_matches(['<', '>', '=', ':']);
        let compared = rest.len() - sign.len();
        let number: String = sign
            .trim_start()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        (1..=2).contains(&compared) && !matches!(number.as_str(), "" | "0" | "1" | "100")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    const RULE: &str = "crates/amends-domain/src/decide/x.rs";

    #[test]
    fn a_figure_is_found_in_every_form() {
        for line in [
            "const DECISION_HOURS: u32 = 48;",
            "pub const RETURN_DAYS_MAX: i64 = 10;",
            "    pub(super) const COMPENSATION_PERCENT: u32 = 30;",
            "const REVIEW_POINTS: u32 = 24;",
            "let length = Length::parse(\"48h\");",
            "let least = \"500.00 CNY\";",
            "start(clock, Length::Days(10));",
            "let limit = Money::new(50_000, currency);",
            "if days_since_receipt <= 15 {",
            "Violation { points: 12 }",
        ] {
            expect(
                check,
                &[(RULE, line)],
                &["crates/amends-domain/src/decide/x.rs:1"],
            );
        }
    }

    #[test]
    fn what_is_no_figure_is_left_alone() {
        for line in [
            "const CLAIM_MAX: u32 = 48;",
            "const LEASE_MILLIS: i64 = 60_000;",
            "if percent > 100 {",
            "let days = end - start;",
            "fn points(self) -> u32;",
            "    #[schema(example = \"48h\")]",
            "let zero = Money::new(0, currency);",
            "let word = \"4th\";",
            "Self::Hours(count) => write!(f, \"{count}h\"),",
            "// CLK-2 is 48 hours, \"48h\"",
        ] {
            expect(check, &[(RULE, line)], &[]);
        }
    }

    #[test]
    fn tests_and_the_simulator_may_name_figures() {
        let line = "const DECISION_HOURS: u32 = 48;";
        expect(check, &[("crates/amends-sim/src/x.rs", line)], &[]);
        expect(check, &[("crates/amends-domain/src/policy/tests.rs", line)], &[]);
        expect(
            check,
            &[(RULE, &format!("#[cfg(test)]\nmod tests {{\n    {line}"))],
            &[],
        );
    }

    #[test]
    fn an_exception_ends_with_its_constant() {
        let path = "crates/amends-domain/src/time/length.rs";
        expect(check, &[(path, "const DAY_HOURS: i64 = 24;")], &[]);
        expect(
            check,
            &[(path, "const OTHER: i64 = 24;")],
            &["crates/amends-domain/src/time/length.rs:1"],
        );
    }
}
