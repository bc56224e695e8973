//! Every Rust file says first what it is for, and no file is called `mod.rs`.
//! It must not judge what the opening says. Its tests are below.

use super::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .flat_map(|(path, text)| opening(path, text).into_iter().chain(name(path)))
        .collect()
}

fn opening(path: &str, text: &str) -> Option<Finding> {
    let message = "doesn't open with `//!`; a reader must learn first what the file is for; \
                   say that, what it must not know, and where its tests are";
    (!text.starts_with("//!")).then(|| Finding::new(path, 1, message))
}

fn name(path: &str) -> Option<Finding> {
    let folder = path.strip_suffix("/mod.rs")?;
    let message = format!("is called mod.rs; ten tabs of that name say nothing; move it to {folder}.rs");
    Some(Finding::new(path, 1, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    #[test]
    fn a_file_opens_with_its_purpose() {
        expect(check, &[("a.rs", "//! Money.\nfn a() {}")], &[]);
        expect(check, &[("a.rs", "fn a() {}")], &["a.rs:1"]);
        expect(check, &[("a.rs", "")], &["a.rs:1"]);
    }

    #[test]
    fn no_file_is_called_mod() {
        expect(
            check,
            &[("crates/a/src/cases/mod.rs", "//! Cases.")],
            &["crates/a/src/cases/mod.rs:1"],
        );
        expect(check, &[("crates/a/src/cases.rs", "//! Cases.")], &[]);
    }
}
