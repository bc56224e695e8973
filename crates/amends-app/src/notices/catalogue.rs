//! The catalogue of notices: codes with their typed arguments, and the words of each language,
//! read from `content/notices` and checked as a whole, so that no text can be sent half filled.
//!
//! Must not know: shops, cases, how a value is shown. Tests: beside the code.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::Arg;
use super::language::Language;
use crate::template::Template;

/// The codes that come with the program.
pub const CODES: &str = include_str!("../../../../content/notices/codes.toml");
/// The languages that come with the program, by file name.
pub const LANGUAGES: &[(&str, &str)] = &[
    (
        "zh-CN.toml",
        include_str!("../../../../content/notices/zh-CN.toml"),
    ),
    (
        "zh-TW.toml",
        include_str!("../../../../content/notices/zh-TW.toml"),
    ),
    ("en.toml", include_str!("../../../../content/notices/en.toml")),
];

/// The one version of the files' form.
const FORMAT: u32 = 1;
/// Groups of words that stand in the policy, not here.
pub(super) const OF_POLICY: [&str; 2] = ["reason", "refusal_reason"];

/// Why texts are not a catalogue: the file, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("notices, {file}: {reason}")]
pub struct CatalogueFault {
    /// The file's name.
    pub file: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// To whom a code goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The buyer.
    Buyer,
    /// People of the shop.
    Staff,
}

/// What an argument is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Words as they are.
    Text,
    /// An amount.
    Money,
    /// A day and a time.
    Moment,
    /// A day.
    Day,
    /// A clause.
    Clause,
    /// A number.
    Count,
    /// A length of time.
    Length,
    /// A code of this group.
    Words(String),
    /// Things of this form, one below the other.
    Items(String),
}

impl Kind {
    /// Whether a value is one of it.
    pub(super) fn is_of(&self, arg: &Arg) -> bool {
        matches!(
            (self, arg),
            (Self::Text, Arg::Text(_))
                | (Self::Money, Arg::Money(_))
                | (Self::Moment | Self::Day, Arg::Moment(_))
                | (Self::Clause, Arg::Clause(_))
                | (Self::Count, Arg::Count(_))
                | (Self::Length, Arg::Length(_))
                | (Self::Words(_), Arg::Words(_))
                | (Self::Items(_), Arg::Items(_))
        )
    }
}

/// An argument of a code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Slot {
    /// What it is.
    pub kind: Kind,
    /// Whether it may be absent; the line that names it is then left out.
    pub optional: bool,
}

impl TryFrom<String> for Slot {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let (name, optional) = text
            .strip_suffix('?')
            .map_or((&*text, false), |name| (name, true));
        let kind = match name.split_once(':') {
            Some(("words", group)) => Kind::Words(group.to_owned()),
            Some(("items", form)) => Kind::Items(form.to_owned()),
            _ => match name {
                "text" => Kind::Text,
                "money" => Kind::Money,
                "moment" => Kind::Moment,
                "day" => Kind::Day,
                "clause" => Kind::Clause,
                "count" => Kind::Count,
                "length" => Kind::Length,
                _ => return Err(format!("{text:?} is no kind of argument")),
            },
        };
        Ok(Self { kind, optional })
    }
}

/// A notice: to whom, and what it must be told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// To whom.
    pub to: Audience,
    /// Its arguments by name.
    pub args: BTreeMap<String, Slot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesFile {
    format: u32,
    codes: BTreeMap<String, Code>,
    items: Items,
}

/// Forms of things that are listed in a notice, with their arguments.
pub(super) type Items = BTreeMap<String, BTreeMap<String, Slot>>;

/// How a language writes around the texts; each a template with fixed names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    pub(super) greeting: Template,
    pub(super) greeting_nameless: Template,
    pub(super) closing: Template,
    pub(super) page: Template,
    pub(super) sms: Template,
    pub(super) code_subject: Template,
    pub(super) code: Template,
    pub(super) suggestion: Template,
    pub(super) opt_out: Template,
    pub(super) clause: Template,
    pub(super) money: Template,
    pub(super) length: Template,
    /// Patterns of day and time, as `strftime` has them.
    pub(super) moment: String,
    pub(super) midnight: String,
    pub(super) day: String,
}

/// A notice in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub(super) subject: Template,
    pub(super) body: Template,
    pub(super) sms: Template,
}

/// Codes of each group, with their words.
pub(super) type Words = BTreeMap<String, BTreeMap<String, String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageFile {
    format: u32,
    language: Language,
    frame: Frame,
    texts: BTreeMap<String, Text>,
    items: BTreeMap<String, Template>,
    words: Words,
}

/// What one language has.
#[derive(Debug, Clone)]
pub(crate) struct Tongue {
    pub(super) frame: Frame,
    pub(super) texts: BTreeMap<String, Text>,
    pub(super) items: BTreeMap<String, Template>,
    pub(super) words: Words,
}

/// Codes and their words in every language.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub(super) codes: BTreeMap<String, Code>,
    pub(super) items: Items,
    pub(super) tongues: BTreeMap<Language, Tongue>,
}

impl Catalogue {
    /// The catalogue that comes with the program.
    pub fn shipped() -> Result<&'static Self, &'static CatalogueFault> {
        static SHIPPED: LazyLock<Result<Catalogue, CatalogueFault>> =
            LazyLock::new(|| Catalogue::parse(CODES, LANGUAGES));
        SHIPPED.as_ref()
    }

    /// Reads codes and languages, the latter with their files' names, and checks that they fit:
    /// every code has its text in every language, every text names its code's arguments and no other.
    pub fn parse(codes: &str, languages: &[(&str, &str)]) -> Result<Self, CatalogueFault> {
        let file: CodesFile = toml::from_str(codes).map_err(|fault| said("codes.toml", fault))?;
        format_known("codes.toml", file.format)?;
        let mut tongues = BTreeMap::new();
        for (name, text) in languages {
            let read: LanguageFile = toml::from_str(text).map_err(|fault| said(name, fault))?;
            format_known(name, read.format)?;
            let tongue = Tongue {
                frame: read.frame,
                texts: read.texts,
                items: read.items,
                words: read.words,
            };
            check_tongue(&file, &tongue).map_err(|reason| said(name, reason))?;
            if tongues.insert(read.language, tongue).is_some() {
                let tag = read.language.tag();
                return Err(said(name, format!("{tag} is in another file already")));
            }
        }
        for language in Language::ALL {
            if !tongues.contains_key(language) {
                let file = format!("{}.toml", language.tag());
                return Err(said(&file, "this language is missing"));
            }
        }
        check_words(&file, &tongues)?;
        Ok(Self {
            codes: file.codes,
            items: file.items,
            tongues,
        })
    }

    /// What a language has.
    pub(crate) fn tongue(&self, language: Language) -> Option<&Tongue> {
        self.tongues.get(&language)
    }

    /// Every code, with to whom it goes and what it must be told.
    pub fn codes(&self) -> &BTreeMap<String, Code> {
        &self.codes
    }
}

fn said(file: &str, reason: impl std::fmt::Display) -> CatalogueFault {
    CatalogueFault {
        file: file.to_owned(),
        reason: reason.to_string(),
    }
}

fn format_known(file: &str, format: u32) -> Result<(), CatalogueFault> {
    if format == FORMAT {
        Ok(())
    } else {
        Err(said(
            file,
            format!("format {format}; this program reads {FORMAT}"),
        ))
    }
}

fn check_tongue(file: &CodesFile, tongue: &Tongue) -> Result<(), String> {
    let codes = &file.codes;
    if let Some(unknown) = tongue.texts.keys().find(|code| !codes.contains_key(*code)) {
        return Err(format!("[texts.{unknown}]: there is no such code in codes.toml"));
    }
    for (name, code) in codes {
        let text = tongue.texts.get(name);
        let text = text.ok_or_else(|| format!("[texts.{name}] is missing"))?;
        check_text(code, text).map_err(|reason| format!("[texts.{name}]: {reason}"))?;
    }
    for (form, args) in &file.items {
        let template = tongue.items.get(form);
        let template = template.ok_or_else(|| format!("[items]: {form} is missing"))?;
        let names: BTreeSet<&str> = template.names().flatten().collect();
        if !names.iter().copied().eq(args.keys().map(String::as_str)) {
            return Err(format!(
                "[items]: {form} must name {:?}, and names {names:?}",
                args.keys()
            ));
        }
    }
    check_frame(&tongue.frame).map_err(|reason| format!("[frame]: {reason}"))
}

fn check_text(code: &Code, text: &Text) -> Result<(), String> {
    for (field, template) in [
        ("subject", &text.subject),
        ("body", &text.body),
        ("sms", &text.sms),
    ] {
        let inside = field == "body";
        if !inside && template.lines.len() > 1 {
            return Err(format!("{field} must be one line"));
        }
        for names in template.names() {
            for name in &names {
                let slot = code.args.get(*name);
                let slot = slot.ok_or_else(|| format!("{field} names {{{name}}}, which the code has not"))?;
                if slot.optional && !inside {
                    return Err(format!("{field} names {{{name}}}, which may be absent"));
                }
            }
        }
    }
    let used: BTreeSet<&str> = text.body.names().flatten().collect();
    match code.args.keys().find(|name| !used.contains(name.as_str())) {
        Some(unused) => Err(format!("body does not name {{{unused}}}")),
        None => Ok(()),
    }
}

fn check_frame(frame: &Frame) -> Result<(), String> {
    let wanted: [(&str, &Template, &[&str]); 10] = [
        ("suggestion", &frame.suggestion, &["title"]),
        ("opt_out", &frame.opt_out, &["page"]),
        ("greeting", &frame.greeting, &["name"]),
        ("greeting_nameless", &frame.greeting_nameless, &[]),
        ("closing", &frame.closing, &["shop"]),
        ("page", &frame.page, &["page"]),
        ("sms", &frame.sms, &["shop", "text"]),
        ("clause", &frame.clause, &["id", "title"]),
        ("money", &frame.money, &["currency", "figure"]),
        ("length", &frame.length, &["count", "unit"]),
    ];
    for (field, template, names) in wanted {
        let found: Vec<&str> = template
            .names()
            .flatten()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if found != names {
            return Err(format!("{field} must name {names:?}, and names {found:?}"));
        }
    }
    let then = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    for (field, pattern) in [
        ("moment", &frame.moment),
        ("midnight", &frame.midnight),
        ("day", &frame.day),
    ] {
        jiff::fmt::strtime::format(pattern, &then).map_err(|fault| format!("{field}: {fault}"))?;
    }
    Ok(())
}

fn check_words(file: &CodesFile, tongues: &BTreeMap<Language, Tongue>) -> Result<(), CatalogueFault> {
    let all = |tongue: &Tongue| -> BTreeSet<(String, String)> {
        let pairs = tongue.words.iter().flat_map(|(group, words)| {
            let pair = |code: &String| (group.clone(), code.clone());
            words.keys().map(pair).collect::<Vec<_>>()
        });
        pairs.collect()
    };
    let anywhere: BTreeSet<(String, String)> = tongues.values().flat_map(all).collect();
    for (language, tongue) in tongues {
        if let Some((group, code)) = anywhere.difference(&all(tongue)).next() {
            let file = format!("{}.toml", language.tag());
            return Err(said(&file, format!("[words.{group}]: {code} is missing")));
        }
    }
    let known = |group: &str| OF_POLICY.contains(&group) || anywhere.iter().any(|(known, _)| known == group);
    let of_codes = file.codes.iter().map(|(name, code)| ("codes", name, &code.args));
    let of_items = file.items.iter().map(|(name, args)| ("items", name, args));
    for (table, name, args) in of_codes.chain(of_items) {
        for (arg, slot) in args {
            let lacking = match &slot.kind {
                Kind::Words(group) if !known(group) => format!("[words.{group}], which no language has"),
                Kind::Items(form) if !file.items.contains_key(form) => {
                    format!("[items.{form}], which is not there")
                }
                _ => continue,
            };
            let reason = format!("[{table}.{name}]: {arg} asks for {lacking}");
            return Err(said("codes.toml", reason));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shipped files with one edit each.
    fn edited(file: &str, from: &str, to: &str) -> Result<Catalogue, CatalogueFault> {
        let edit = |name: &str, text: &str| {
            if name == file {
                assert!(text.contains(from), "{file} has no {from}");
                text.replacen(from, to, 1)
            } else {
                text.to_owned()
            }
        };
        let codes = edit("codes.toml", CODES);
        let languages: Vec<(&str, String)> = LANGUAGES
            .iter()
            .map(|(name, text)| (*name, edit(name, text)))
            .collect();
        let languages: Vec<(&str, &str)> = languages
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        Catalogue::parse(&codes, &languages)
    }

    /// File, what stands there, what is put there instead, and what is told of it.
    const MISTAKES: &[[&str; 4]] = &[
        [
            "en.toml",
            "answer by {due}",
            "answer by {day}",
            "[texts.application_received]: subject names {day}",
        ],
        [
            "en.toml",
            "[texts.closed]",
            "[texts.shut]",
            "[texts.shut]: there is no such code",
        ],
        [
            "codes.toml",
            "[codes.closed]",
            "[codes.shut]\nto = \"buyer\"\nargs = {}\n[codes.closed]",
            "zh-CN.toml: [texts.shut] is missing",
        ],
        [
            "codes.toml",
            "outcome = \"words:outcome\"",
            "outcome = \"words:ending\"",
            "[words.ending], which no language has",
        ],
        [
            "codes.toml",
            "arrives = \"day\"",
            "arrives = \"week\"",
            "is no kind of argument",
        ],
        [
            "zh-TW.toml",
            "依據：{clause}",
            "依據",
            "zh-TW.toml: [texts.application_received]: body does not name {clause}",
        ],
        [
            "zh-TW.toml",
            "language = \"zh-TW\"",
            "language = \"en\"",
            "en is in another file already",
        ],
        ["zh-TW.toml", "language = \"zh-TW\"", "language = \"fr\"", "fr"],
        ["zh-TW.toml", "huabei = ", "huabai = ", "[words.method]: huab"],
        [
            "zh-CN.toml",
            "{number}：您的申请",
            "{number：您的申请",
            "a brace without its other one",
        ],
        [
            "zh-CN.toml",
            "greeting = \"{name}",
            "greeting = \"{buyer}",
            "greeting must name",
        ],
        ["zh-CN.toml", "day = \"%Y", "day = \"%!", "[frame]: day"],
        ["zh-CN.toml", "format = 1", "format = 2", "this program reads 1"],
        [
            "zh-CN.toml",
            "已收到，{due} 前给您答复。\"",
            "已收到。依据：{clause}\"",
            "which may be absent",
        ],
    ];

    #[test]
    fn mistakes_in_the_catalogue_are_named_with_file_and_place() {
        for [file, from, to, told] in MISTAKES.iter().copied() {
            let fault = edited(file, from, to).map(|_| ()).unwrap_err().to_string();
            assert!(
                fault.contains(told),
                "{file}: {from} → {to}\n told {fault}\n not {told}"
            );
        }
    }

    #[test]
    fn a_language_that_is_missing_is_named() {
        let fault = Catalogue::parse(CODES, &LANGUAGES[..2]).map(|_| ()).unwrap_err();
        assert_eq!(fault.to_string(), "notices, en.toml: this language is missing");
    }
}
