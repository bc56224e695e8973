//! Ways to look at a text that several rules share.
//! They must not know any rule. Their tests are below.

/// The lines that are code, with their numbers from 1: whole-line comments are left out, so they may say anything.
pub(super) fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    numbered(text).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

pub(super) fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// What stands between backticks in a line of Markdown.
pub(super) fn backticked(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|span| !span.is_empty())
}

/// A place in the repository, as prose names it; not a pattern such as `crates/*`.
pub(super) fn is_path(span: &str) -> bool {
    const FOLDERS: [&str; 4] = ["crates/", "content/", "docs/", "xtask/"];
    FOLDERS.iter().any(|folder| span.starts_with(folder)) && !span.contains(['*', '<', '{', '…', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_not_code() {
        let lines: Vec<_> = code_lines("//! a\nlet b;\n  // c\nlet d; // e").collect();
        assert_eq!(lines, [(2, "let b;"), (4, "let d; // e")]);
    }

    #[test]
    fn backticks_come_in_pairs() {
        assert_eq!(backticked("see `a/b` and `c`.").collect::<Vec<_>>(), ["a/b", "c"]);
    }

    #[test]
    fn patterns_and_other_words_are_no_paths() {
        assert!(is_path("crates/amends-domain") && is_path("docs/"));
        assert!(!is_path("crates/*") && !is_path("serve") && !is_path("docs/<name>.md"));
    }
}
