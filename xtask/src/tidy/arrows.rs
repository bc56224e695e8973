//! Which crate may use which, and what the pure crates may use at all: read from the Cargo.toml files.
//! It must not look at dev-dependencies: a test may use anything. Its tests are below.

use toml::{Table, Value};

use super::Finding;
use super::tree::Tree;

/// From a crate to the crates of this house it may use. What isn't listed is forbidden.
const ALLOWED: &[(&str, &[&str])] = &[
    (
        "amends",
        &[
            "amends-api",
            "amends-app",
            "amends-bundle",
            "amends-domain",
            "amends-sim",
            "amends-web",
        ],
    ),
    ("amends-api", &["amends-app", "amends-domain"]),
    (
        "amends-app",
        &[
            "amends-bundle",
            "amends-domain",
            "amends-language",
            "amends-store",
        ],
    ),
    ("amends-bundle", &[]),
    ("amends-domain", &[]),
    ("amends-language", &["amends-domain"]),
    ("amends-sim", &["amends-app", "amends-domain"]),
    ("amends-store", &["amends-domain"]),
    ("amends-web", &[]),
];

/// Crates that are functions of their input: no async, no IO, no clock, no randomness.
const PURE: &[&str] = &["amends-domain", "amends-language"];

/// What the pure crates may use from outside. Whatever joins must be as pure.
const PURE_ENOUGH: &[&str] = &[
    "ferrous-opencc",
    "jiff",
    "serde",
    "serde_json",
    "sha2",
    "strsim",
    "thiserror",
    "toml",
    "unicode-normalization",
    "uuid",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.crates()
        .into_iter()
        .filter_map(|name| {
            let path = format!("crates/{name}/Cargo.toml");
            let text = tree.text(&path)?;
            Some(check_manifest(name, &path, text))
        })
        .flatten()
        .collect()
}

fn check_manifest(name: &str, path: &str, text: &str) -> Vec<Finding> {
    let Ok(manifest) = text.parse::<Table>() else {
        return vec![Finding::new(
            path,
            1,
            "isn't TOML; nothing can be built from it; mend it",
        )];
    };
    let Some((_, allowed)) = ALLOWED.iter().find(|(from, _)| *from == name) else {
        let message =
            format!("{name} isn't in the table of arrows; every crate has its place; add it to the rule");
        return vec![Finding::new(path, 1, message)];
    };
    dependencies(&manifest)
        .into_iter()
        .filter_map(|dependency| {
            let message = objection(name, &dependency, allowed)?;
            Some(Finding::new(path, line_of(text, &dependency), message))
        })
        .collect()
}

fn objection(from: &str, to: &str, allowed: &[&str]) -> Option<String> {
    if is_ours(to) {
        return (!allowed.contains(&to)).then(|| {
            format!(
                "{from} uses {to}; arrows point one way: amends → api → app → store and language → domain; \
                 ask a crate that may, or move the code"
            )
        });
    }
    (PURE.contains(&from) && !PURE_ENOUGH.contains(&to)).then(|| {
        format!(
            "{from} uses {to}; it must stay free of async, IO, clock and randomness; \
             hand the value in, or add {to} to the rule if it is as pure"
        )
    })
}

fn is_ours(name: &str) -> bool {
    name == "amends" || name.starts_with("amends-")
}

/// Names of everything the crate is built with, those of single targets too.
fn dependencies(manifest: &Table) -> Vec<String> {
    let targets = manifest
        .get("target")
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::values);
    std::iter::once(manifest)
        .chain(targets.filter_map(Value::as_table))
        .flat_map(|part| [part.get("dependencies"), part.get("build-dependencies")])
        .filter_map(|dependencies| dependencies?.as_table())
        .flatten()
        .map(|(name, value)| {
            value
                .get("package")
                .and_then(Value::as_str)
                .unwrap_or(name)
                .to_owned()
        })
        .collect()
}

fn line_of(manifest: &str, dependency: &str) -> usize {
    manifest
        .lines()
        .position(|line| line.starts_with(dependency))
        .map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    const API: &str = "crates/amends-api/Cargo.toml";
    const DOMAIN: &str = "crates/amends-domain/Cargo.toml";

    #[test]
    fn api_may_use_app_but_never_store() {
        expect(
            check,
            &[(API, "[dependencies]\namends-app.workspace = true\naxum = \"0.8\"")],
            &[],
        );
        expect(
            check,
            &[(API, "[dependencies]\namends-store.workspace = true")],
            &["crates/amends-api/Cargo.toml:2"],
        );
    }

    #[test]
    fn no_arrow_points_back() {
        expect(
            check,
            &[(DOMAIN, "[dependencies]\namends-app.workspace = true")],
            &["crates/amends-domain/Cargo.toml:2"],
        );
    }

    #[test]
    fn domain_stays_pure() {
        expect(check, &[(DOMAIN, "[dependencies]\nserde = \"1\"")], &[]);
        expect(
            check,
            &[(DOMAIN, "[dependencies]\ntokio = \"1\"")],
            &["crates/amends-domain/Cargo.toml:2"],
        );
    }

    #[test]
    fn tests_may_use_anything() {
        expect(
            check,
            &[(
                DOMAIN,
                "[dev-dependencies]\namends-sim.workspace = true\ntokio = \"1\"",
            )],
            &[],
        );
    }

    #[test]
    fn another_name_or_a_single_target_hides_nothing() {
        let renamed = "[dependencies]\nstore = { package = \"amends-store\", path = \"../amends-store\" }";
        expect(check, &[(API, renamed)], &["crates/amends-api/Cargo.toml:1"]);
        let target = "[target.'cfg(unix)'.dependencies]\namends-store = { path = \"../amends-store\" }";
        expect(check, &[(API, target)], &["crates/amends-api/Cargo.toml:2"]);
    }

    #[test]
    fn a_new_crate_needs_its_place() {
        expect(
            check,
            &[("crates/amends-mail/Cargo.toml", "")],
            &["crates/amends-mail/Cargo.toml:1"],
        );
    }
}
