//! Writes a notice in words: every place filled by a value of its kind, or nothing at all.
//!
//! Must not know: whom it is for, how it leaves. Tests: beside the code.

use std::collections::BTreeMap;

use amends_domain::money::Money;
use amends_domain::policy::ClauseId;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::{Length, Moment, Zone};
use jiff::Timestamp;

use super::Arg;
use super::catalogue::{Catalogue, Kind, Slot, Tongue};
use super::language::Language;
use crate::template::{filled, one_line};

/// A notice in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Several lines, without greeting and closing.
    pub body: String,
    /// One line.
    pub sms: String,
}

/// Why a notice cannot be written; carries no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderFault {
    /// A code that is not in the catalogue.
    #[error("there is no notice {0}")]
    Code(String),
    /// An argument without a value.
    #[error("{code} lacks {name}")]
    Missing {
        /// The notice.
        code: String,
        /// The argument.
        name: String,
    },
    /// An argument of another kind.
    #[error("{code}: {name} is not of the kind the text asks for")]
    Kind {
        /// The notice.
        code: String,
        /// The argument.
        name: String,
    },
    /// A code or clause that has no words.
    #[error("{code}: {name} has no words for {what}")]
    Words {
        /// The notice.
        code: String,
        /// The argument.
        name: String,
        /// The code or clause.
        what: String,
    },
}

/// What values are shown by.
pub struct Scene<'a> {
    /// In which language.
    pub language: Language,
    /// By which wall clock.
    pub zone: &'a Zone,
    /// Where clauses and reasons have their titles.
    pub policy: &'a PolicySet,
}

/// Writes a notice in words. Values the text does not name are left aside.
pub fn render(
    catalogue: &Catalogue,
    code: &str,
    args: &BTreeMap<String, Arg>,
    scene: &Scene<'_>,
) -> Result<Rendered, RenderFault> {
    let unknown = || RenderFault::Code(code.to_owned());
    let slots = &catalogue.codes.get(code).ok_or_else(unknown)?.args;
    let tongue = catalogue.tongues.get(&scene.language).ok_or_else(unknown)?;
    let text = tongue.texts.get(code).ok_or_else(unknown)?;
    let mut values: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for (name, slot) in slots {
        let writing = Writing {
            catalogue,
            tongue,
            scene,
        };
        let value = value(code, name, slot, args.get(name), writing)?;
        values.insert(name, value);
    }
    let value = |name: &str| values.get(name).cloned().flatten();
    let one_line = |template| one_line(&filled(template, value));
    Ok(Rendered {
        subject: one_line(&text.subject),
        sms: one_line(&text.sms),
        body: filled(&text.body, value),
    })
}

/// With what is written.
#[derive(Clone, Copy)]
struct Writing<'a> {
    catalogue: &'a Catalogue,
    tongue: &'a Tongue,
    scene: &'a Scene<'a>,
}

/// A value in words; none where it may be absent and is.
fn value(
    code: &str,
    name: &str,
    slot: &Slot,
    arg: Option<&Arg>,
    writing: Writing<'_>,
) -> Result<Option<String>, RenderFault> {
    let Writing { tongue, scene, .. } = writing;
    if let (Kind::Items(form), Some(Arg::Items(items))) = (&slot.kind, arg) {
        return listed(code, form, items, writing).map(Some);
    }
    let (code, name) = (code.to_owned(), name.to_owned());
    let arg = arg.filter(|arg| !matches!(arg, Arg::Text(text) if text.trim().is_empty()));
    let Some(arg) = arg else {
        return if slot.optional {
            Ok(None)
        } else {
            Err(RenderFault::Missing { code, name })
        };
    };
    if !slot.kind.is_of(arg) {
        return Err(RenderFault::Kind { code, name });
    }
    let shown = in_words(&slot.kind, arg, tongue, scene);
    let what = || match arg {
        Arg::Words(word) => word.clone(),
        Arg::Clause(id) => id.to_string(),
        _ => String::new(),
    };
    let shown = shown.ok_or_else(|| RenderFault::Words {
        code,
        name,
        what: what(),
    })?;
    Ok(Some(shown))
}

/// A value in words, where there are any for it and it is of its kind.
pub(crate) fn in_words(kind: &Kind, arg: &Arg, tongue: &Tongue, scene: &Scene<'_>) -> Option<String> {
    match (kind, arg) {
        (Kind::Text, Arg::Text(text)) => Some(text.clone()),
        (Kind::Count, Arg::Count(count)) => Some(count.to_string()),
        (Kind::Money, Arg::Money(money)) => Some(amount(*money, tongue)),
        (Kind::Moment, Arg::Moment(at)) => {
            local(*at, scene.zone, &tongue.frame.moment, &tongue.frame.midnight)
        }
        (Kind::Day, Arg::Moment(at)) => local(*at, scene.zone, &tongue.frame.day, &tongue.frame.day),
        (Kind::Clause, Arg::Clause(id)) => clause(id, tongue, scene),
        (Kind::Length, Arg::Length(length)) => length_of(*length, tongue),
        (Kind::Words(group), Arg::Words(word)) => words(group, word, tongue, scene),
        _ => None,
    }
}

/// Things one below the other, each in the form that the language has for them.
fn listed(
    code: &str,
    form: &str,
    items: &[BTreeMap<String, Arg>],
    writing: Writing<'_>,
) -> Result<String, RenderFault> {
    let unknown = || RenderFault::Code(form.to_owned());
    let slots = writing.catalogue.items.get(form).ok_or_else(unknown)?;
    let template = writing.tongue.items.get(form).ok_or_else(unknown)?;
    let mut lines = Vec::with_capacity(items.len());
    for item in items {
        let mut values: BTreeMap<&str, Option<String>> = BTreeMap::new();
        for (name, slot) in slots {
            values.insert(name, value(code, name, slot, item.get(name), writing)?);
        }
        lines.push(filled(template, |name| values.get(name).cloned().flatten()));
    }
    Ok(lines.join("\n"))
}

fn length_of(length: Length, tongue: &Tongue) -> Option<String> {
    let text = length.to_string();
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(unit_at);
    let unit = tongue.words.get("unit")?.get(unit)?;
    Some(filled(&tongue.frame.length, |name| {
        Some(if name == "count" {
            count.to_owned()
        } else {
            unit.clone()
        })
    }))
}

fn amount(money: Money, tongue: &Tongue) -> String {
    let figure = format!("{}.{:02}", money.minor() / 100, money.minor() % 100);
    let code = money.currency().code().to_owned();
    let named = tongue.words.get("currency").and_then(|words| words.get(&code));
    let currency = named.cloned().unwrap_or(code);
    filled(&tongue.frame.money, |name| {
        Some(if name == "figure" {
            figure.clone()
        } else {
            currency.clone()
        })
    })
}

/// On the shop's wall. What ends at midnight ends at 24:00 of the day before, as people say it.
fn local(at: Moment, zone: &Zone, usual: &str, midnight: &str) -> Option<String> {
    let then = Timestamp::from_millisecond(at.millis()).ok()?;
    let then = then.to_zoned(zone.tz().clone());
    if then.time() == jiff::civil::Time::midnight() {
        let before = then.yesterday().ok()?;
        return jiff::fmt::strtime::format(midnight, &before).ok();
    }
    jiff::fmt::strtime::format(usual, &then).ok()
}

fn clause(id: &ClauseId, tongue: &Tongue, scene: &Scene<'_>) -> Option<String> {
    let title = scene.language.title(&scene.policy.clause(id)?.title);
    Some(filled(&tongue.frame.clause, |name| {
        Some(if name == "id" {
            id.to_string()
        } else {
            title.to_owned()
        })
    }))
}

fn words(group: &str, word: &str, tongue: &Tongue, scene: &Scene<'_>) -> Option<String> {
    let in_policy = match group {
        "reason" => scene.policy.reason(word).map(|reason| &reason.title),
        "refusal_reason" => {
            let mut reasons = scene.policy.refusal_reasons().iter();
            reasons
                .find(|reason| reason.code == word)
                .map(|reason| &reason.title)
        }
        _ => return tongue.words.get(group)?.get(word).cloned(),
    };
    in_policy.map(|title| scene.language.title(title).to_owned())
}

#[cfg(test)]
mod tests {
    use amends_domain::money::Currency;

    use super::*;
    use crate::content::starting_policy;

    /// 2026-01-03T18:00:00+08:00.
    const EVENING: Moment = Moment::from_millis(1_767_434_400_000);
    /// 2026-01-04T00:00:00+08:00.
    const MIDNIGHT: Moment = Moment::from_millis(1_767_456_000_000);

    fn sample(slot: &Slot) -> Arg {
        match &slot.kind {
            Kind::Text => Arg::Text("第一行 {x}\n第二行".to_owned()),
            Kind::Money => Arg::Money(Money::new(19_905, Currency::CNY).unwrap()),
            Kind::Moment | Kind::Day => Arg::Moment(EVENING),
            Kind::Clause => Arg::Clause("CLK-2".to_owned().try_into().unwrap()),
            Kind::Count => Arg::Count(17),
            Kind::Length => Arg::Length(Length::Hours(17)),
            Kind::Items(form) => {
                let slots = &Catalogue::shipped().unwrap().items[form];
                let item = slots.iter().map(|(name, slot)| (name.clone(), sample(slot)));
                Arg::Items(vec![item.collect()])
            }
            Kind::Words(group) => Arg::Words(match group.as_str() {
                "refusal_reason" => "used".to_owned(),
                "reason" => "quality".to_owned(),
                known => {
                    let tongue = Catalogue::shipped().unwrap().tongues.values().next();
                    tongue.unwrap().words[known].keys().next().unwrap().clone()
                }
            }),
        }
    }

    fn write(code: &str, language: Language, args: &BTreeMap<String, Arg>) -> Result<Rendered, RenderFault> {
        let policy = starting_policy().unwrap();
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let scene = Scene {
            language,
            zone: &zone,
            policy: &policy,
        };
        render(Catalogue::shipped().unwrap(), code, args, &scene)
    }

    fn samples(code: &str) -> BTreeMap<String, Arg> {
        let slots = &Catalogue::shipped().unwrap().codes()[code].args;
        slots
            .iter()
            .map(|(name, slot)| (name.clone(), sample(slot)))
            .collect()
    }

    /// Every code in every language, with all values, with the needed ones only, and without each.
    #[test]
    fn every_notice_is_written_whole_in_every_language_or_not_at_all() {
        for (code, of) in Catalogue::shipped().unwrap().codes() {
            for language in Language::ALL {
                let all = samples(code);
                let written = write(code, *language, &all).unwrap();
                for (field, text) in [
                    ("subject", &written.subject),
                    ("body", &written.body),
                    ("sms", &written.sms),
                ] {
                    let place = format!("{code} {} {field}: {text}", language.tag());
                    // The one brace there is came with a person's words, and stays as it was.
                    let bare = text.replace("{x}", "");
                    assert!(!bare.contains(['{', '}']) && !bare.trim().is_empty(), "{place}");
                    assert!(field == "body" || !text.contains('\n'), "{place}");
                    // What is about an order and no case has no number of one.
                    let numbered = of.args.contains_key("number");
                    assert!(text.contains("17") || field == "body" || !numbered, "{place}");
                    assert!(field != "subject" || text.chars().count() <= 90, "{place}");
                }
                let needed: BTreeMap<_, _> = all
                    .iter()
                    .filter(|(name, _)| !of.args[*name].optional)
                    .map(|(name, arg)| (name.clone(), arg.clone()))
                    .collect();
                let short = write(code, *language, &needed).unwrap();
                assert!(
                    short
                        .body
                        .lines()
                        .all(|line| !line.trim().ends_with(['：', ':', '，'])
                            || line.contains("17")
                            || short.body.contains(&format!("{line}\n"))),
                    "{}",
                    short.body
                );
                for name in needed.keys() {
                    let mut without = needed.clone();
                    without.remove(name);
                    let fault = RenderFault::Missing {
                        code: code.clone(),
                        name: name.clone(),
                    };
                    assert_eq!(write(code, *language, &without), Err(fault));
                }
            }
        }
    }

    #[test]
    fn values_are_shown_as_each_language_shows_them() {
        let mut args = samples("refund_paid");
        args.insert("arrives".to_owned(), Arg::Moment(MIDNIGHT));
        for (language, told) in [
            (
                Language::ZhCn,
                "售后单 17 退款 199.05 元 已退回您的支付宝账户，预计 2026年1月3日 到账。",
            ),
            (
                Language::ZhTw,
                "售後單 17 退款 199.05 元人民幣 已退回您的支付寶帳戶，預計 2026年1月3日 入帳。",
            ),
            (
                Language::En,
                "case 17: CNY 199.05 refunded to your Alipay account, there by 3 January 2026.",
            ),
        ] {
            assert_eq!(write("refund_paid", language, &args).unwrap().sms, told);
        }
        let mut args = samples("application_received");
        for (due, told) in [
            (EVENING, "我们会在 2026年1月3日 18:00 前给您明确答复"),
            (MIDNIGHT, "我们会在 2026年1月3日 24:00 前给您明确答复"),
        ] {
            args.insert("due".to_owned(), Arg::Moment(due));
            let body = write("application_received", Language::ZhCn, &args).unwrap().body;
            assert!(body.contains(told), "{body}");
            assert!(
                body.contains("依据：「商家处理售后申请的时限」（CLK-2）"),
                "{body}"
            );
        }
    }

    #[test]
    fn a_value_of_another_kind_or_without_words_is_refused() {
        let with = |name: &str, arg: Arg| {
            let mut args = samples("refund_paid");
            args.insert(name.to_owned(), arg);
            write("refund_paid", Language::En, &args)
        };
        let (code, method) = ("refund_paid".to_owned(), "method".to_owned());
        assert_eq!(
            with("method", Arg::Words("barter".to_owned())),
            Err(RenderFault::Words {
                code: code.clone(),
                name: method,
                what: "barter".to_owned()
            })
        );
        let name = "amount".to_owned();
        assert_eq!(
            with("amount", Arg::Count(3)),
            Err(RenderFault::Kind { code, name })
        );
        assert_eq!(
            write("nothing", Language::En, &BTreeMap::new()),
            Err(RenderFault::Code("nothing".to_owned()))
        );
    }
}
