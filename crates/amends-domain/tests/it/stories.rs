//! Stories of an after-sales desk, as a good lead tells them: `testdata/stories/NAME.txt`.
//!
//! A file has a title, `policy:` lines where it needs other rules, the acts in the tests' language, a
//! line `---`, and the trace that is expected. `AMENDS_BLESS=1` writes a trace where none stands yet.
//! Must not know: how `decide` is divided.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use amends_domain::policy::set::PolicySet;

use crate::harness::{BEYOND, PACKS, set_of};
use crate::language::{Story, lines};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/stories")
}

/// Everything that comes along, with what the story changes: `add packs/NAME.toml`, `only FILE FILE` for
/// other packs instead, or a clause's line, such as `CLK-2 length = "36h"`.
pub(crate) fn policy(changes: &[&str]) -> PolicySet {
    let mut packs: Vec<String> = PACKS
        .iter()
        .chain(&BEYOND)
        .map(|pack| (*pack).to_owned())
        .collect();
    for change in changes {
        let (what, rest) = change.split_once(' ').unwrap();
        if what == "only" {
            let read = |file| fs::read_to_string(folder().join(file)).unwrap();
            packs = rest.split(' ').map(read).collect();
            continue;
        }
        if what == "add" {
            packs.push(fs::read_to_string(folder().join(rest)).unwrap());
            continue;
        }
        let head = format!("id = \"{what}\"\n");
        let pack = packs.iter_mut().find(|pack| pack.contains(&head));
        let pack = pack.unwrap_or_else(|| panic!("no clause {what}"));
        let (key, _) = rest.split_once(" = ").unwrap();
        let (before, clause) = pack.split_once(&head).unwrap();
        let at = clause.find(&format!("\n{key} = ")).unwrap() + 1;
        let end = at + clause[at..].find('\n').unwrap();
        *pack = format!("{before}{head}{}{rest}{}", &clause[..at], &clause[end..]);
    }
    set_of(&packs)
}

/// A story played to its end, under its own rules.
pub(crate) fn told(acts: &str) -> Story {
    let changes: Vec<&str> = lines(acts)
        .filter_map(|line| line.strip_prefix("policy: "))
        .collect();
    let acts: Vec<&str> = lines(acts)
        .skip(1)
        .filter(|line| !line.starts_with("policy: "))
        .collect();
    let mut story = Story::new(policy(&changes));
    story.play(&acts.join("\n"));
    story
}

/// Every story by the name of its file.
pub(crate) fn files() -> BTreeMap<PathBuf, String> {
    fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// A story's acts, and the trace that is expected.
pub(crate) fn parts(text: &str) -> (&str, &str) {
    text.split_once("\n---\n").unwrap_or((text, ""))
}

#[test]
fn every_story_ends_as_it_is_told() {
    let bless = std::env::var("AMENDS_BLESS").is_ok_and(|bless| bless == "1");
    let files = files();
    assert!(files.len() >= 40, "{} stories", files.len());
    let mut wrong = Vec::new();
    for (path, text) in files {
        let (acts, expected) = parts(&text);
        let title = acts.lines().next().unwrap_or("");
        assert!(!title.is_ascii(), "{} has no title", path.display());
        let actual = told(acts).finish();
        if expected.trim().is_empty() && bless {
            fs::write(&path, format!("{}\n---\n{actual}\n", acts.trim_end())).unwrap();
        } else if !lines(expected).eq(lines(&actual)) {
            wrong.push(format!("=== {}\n{actual}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "told otherwise:\n{}", wrong.join("\n"));
}
