//! The scripts that come with the program: scenes and codes in one order, and the words of each language,
//! read from `content/scripts` and checked as a whole.
//!
//! Must not know: shops, cases, where a value comes from. Tests: beside the code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Script;
use super::places::Values;
use crate::notices::language::Language;
use crate::notices::render::Scene;
use crate::template::{Template, filled};

const INDEX: &str = include_str!("../../../../content/scripts/index.toml");
const LANGUAGES: &[(&str, &str)] = &[
    (
        "zh-CN.toml",
        include_str!("../../../../content/scripts/zh-CN.toml"),
    ),
    (
        "zh-TW.toml",
        include_str!("../../../../content/scripts/zh-TW.toml"),
    ),
    ("en.toml", include_str!("../../../../content/scripts/en.toml")),
];
/// The one version of the files' form.
const FORMAT: u32 = 1;

/// Why texts are no catalogue: the file, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("content/scripts/{file}: {reason}")]
pub struct ScriptFault {
    file: String,
    reason: String,
}

fn fault(file: &str, reason: impl std::fmt::Display) -> ScriptFault {
    ScriptFault {
        file: file.to_owned(),
        reason: reason.to_string(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    format: u32,
    scenes: Vec<SceneOf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SceneOf {
    code: String,
    scripts: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    title: String,
    text: Template,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tongue {
    format: u32,
    language: Language,
    scenes: BTreeMap<String, String>,
    /// How a place is written that has no value.
    places: BTreeMap<String, String>,
    texts: BTreeMap<String, Wording>,
}

/// Every script in every language.
#[derive(Debug, Clone)]
pub struct Scripts {
    scenes: Vec<SceneOf>,
    tongues: BTreeMap<Language, Tongue>,
}

impl Scripts {
    /// The scripts that come with the program.
    pub fn shipped() -> Result<&'static Self, &'static ScriptFault> {
        static SHIPPED: LazyLock<Result<Scripts, ScriptFault>> =
            LazyLock::new(|| Scripts::parse(INDEX, LANGUAGES));
        SHIPPED.as_ref()
    }

    /// Reads scenes and languages, and checks that they fit: each script has its words in every language,
    /// with places that a case can have values for.
    fn parse(index: &str, languages: &[(&str, &str)]) -> Result<Self, ScriptFault> {
        const FILE: &str = "index.toml";
        let index: Index = toml::from_str(index).map_err(|reason| fault(FILE, reason))?;
        known_format(FILE, index.format)?;
        let mut tongues = BTreeMap::new();
        for (file, text) in languages {
            let tongue: Tongue = toml::from_str(text).map_err(|reason| fault(file, reason))?;
            known_format(file, tongue.format)?;
            check(&index.scenes, &tongue).map_err(|reason| fault(file, reason))?;
            tongues.insert(tongue.language, tongue);
        }
        if let Some(missing) = Language::ALL
            .iter()
            .find(|language| !tongues.contains_key(language))
        {
            return Err(fault(
                &format!("{}.toml", missing.tag()),
                "this language is missing",
            ));
        }
        Ok(Self {
            scenes: index.scenes,
            tongues,
        })
    }

    /// Every script in a language, filled.
    pub(super) fn filled(&self, values: &Values, scene: &Scene<'_>) -> Vec<Script> {
        let Some(tongue) = self.tongues.get(&scene.language) else {
            return Vec::new();
        };
        let every = self
            .scenes
            .iter()
            .flat_map(|group| group.scripts.iter().map(move |code| (group, code)));
        every
            .filter_map(|(group, code)| tongue.filled(group, code, values, scene))
            .collect()
    }
}

impl Tongue {
    fn filled(&self, group: &SceneOf, code: &str, values: &Values, scene: &Scene<'_>) -> Option<Script> {
        let wording = self.texts.get(code)?;
        let mut missing = Vec::new();
        for name in wording.text.names().flatten() {
            let mark = self.places.get(name)?;
            if values.in_words(name, scene).is_none() && !missing.contains(mark) {
                missing.push(mark.clone());
            }
        }
        let value = |name: &str| {
            let known = values.in_words(name, scene);
            known.or_else(|| self.places.get(name).cloned())
        };
        Some(Script {
            code: code.to_owned(),
            scene: group.code.clone(),
            scene_title: self.scenes.get(&group.code)?.clone(),
            title: wording.title.clone(),
            text: filled(&wording.text, value),
            missing,
        })
    }
}

fn known_format(file: &str, format: u32) -> Result<(), ScriptFault> {
    if format == FORMAT {
        return Ok(());
    }
    Err(fault(
        file,
        format!("format {format}; this program reads {FORMAT}"),
    ))
}

fn check(scenes: &[SceneOf], tongue: &Tongue) -> Result<(), String> {
    for scene in scenes {
        if !tongue.scenes.contains_key(&scene.code) {
            return Err(format!("[scenes]: {} is missing", scene.code));
        }
        if let Some(missing) = scene
            .scripts
            .iter()
            .find(|code| !tongue.texts.contains_key(*code))
        {
            return Err(format!("[texts.{missing}] is missing"));
        }
    }
    for name in Values::NAMES {
        if !tongue.places.contains_key(*name) {
            return Err(format!("[places]: {name} is missing"));
        }
    }
    let listed = |code: &String| scenes.iter().any(|scene| scene.scripts.contains(code));
    for (code, wording) in &tongue.texts {
        if !listed(code) {
            return Err(format!("[texts.{code}]: index.toml does not list it"));
        }
        let mut names = wording.text.names().flatten();
        if let Some(unknown) = names.find(|name| !Values::NAMES.contains(name)) {
            return Err(format!("[texts.{code}] names {{{unknown}}}, which no case has"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(file: &str, from: &str, to: &str) -> Result<Scripts, ScriptFault> {
        let edit = |name: &str, text: &str| {
            if name != file {
                return text.to_owned();
            }
            assert!(text.contains(from), "{file} has no {from}");
            text.replacen(from, to, 1)
        };
        let languages: Vec<_> = LANGUAGES
            .iter()
            .map(|(name, text)| (*name, edit(name, text)))
            .collect();
        let languages: Vec<_> = languages
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        Scripts::parse(&edit("index.toml", INDEX), &languages)
    }

    #[test]
    fn mistakes_among_the_scripts_are_named_with_file_and_place() {
        for [file, from, to, told] in [
            ["en.toml", "{name}", "{nick}", "names {nick}, which no case has"],
            [
                "en.toml",
                "[texts.greeting]",
                "[texts.hello]",
                "[texts.greeting] is missing",
            ],
            [
                "index.toml",
                "\"greeting\", ",
                "",
                "zh-CN.toml: [texts.greeting]: index.toml does not list it",
            ],
            [
                "zh-TW.toml",
                "language = \"zh-TW\"",
                "language = \"en\"",
                "this language is missing",
            ],
            ["zh-CN.toml", "format = 1", "format = 2", "this program reads 1"],
            [
                "zh-CN.toml",
                "\nname = ",
                "\nnome = ",
                "[places]: name is missing",
            ],
            [
                "zh-CN.toml",
                "\nopening = ",
                "\nopened = ",
                "[scenes]: opening is missing",
            ],
        ] {
            let said = edited(file, from, to).map(|_| ()).unwrap_err().to_string();
            assert!(
                said.contains(told),
                "{file}: {from} → {to}\n told {said}\n not {told}"
            );
        }
    }

    /// Words that a platform deducts points for would be found when they are sent, but a script must not
    /// lead anybody there.
    #[test]
    fn no_script_says_what_a_platform_takes_for_a_violation() {
        let scripts = Scripts::shipped().unwrap();
        for tongue in scripts.tongues.values() {
            for (code, wording) in &tongue.texts {
                let text = filled(&wording.text, |name| tongue.places.get(name).cloned());
                let found = amends_language::violations(&text);
                assert!(found.is_ok_and(|found| found.is_empty()), "{code}: {text}");
            }
        }
    }
}
