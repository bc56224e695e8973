//! What somebody writes himself, without what he quotes below it.
//!
//! Only what follows to the very end and is surely a quotation is cut; whoever answers between quoted
//! lines keeps all of them.
//! Must not know: mails. Tests: beside the code.

/// How far below a line that begins a quoted head its other lines stand.
const HEAD_LINES: usize = 6;
/// Lines by which mail programs begin what was answered, without dashes and spaces.
const DIVIDERS: &[&str] = &[
    "original message",
    "original",
    "原始邮件",
    "原始郵件",
    "邮件原件",
    "郵件原件",
];
/// How the line before a quotation ends.
const WROTE: &[&str] = &["wrote:", "写道:", "写道：", "寫道:", "寫道："];
/// First lines of a quoted head, and one that follows.
const HEADS: &[(&str, &str)] = &[
    ("from:", "subject:"),
    ("发件人", "主题"),
    ("寄件者", "主旨"),
    ("寄件人", "主旨"),
];

/// The text without its quotation, and how many characters that had.
pub(super) fn reply(text: &str) -> (String, usize) {
    let lines: Vec<&str> = text.lines().collect();
    let cut = (0..lines.len()).find(|at| quotes_from(&lines, *at));
    let kept = cut.map_or(text.trim().to_owned(), |at| {
        lines.get(..at).unwrap_or_default().join("\n").trim().to_owned()
    });
    if kept.is_empty() {
        // Nothing is left that he wrote himself: then it was no quotation to him.
        return (text.trim().to_owned(), 0);
    }
    let quoted = cut.map_or(0, |at| {
        let quoted = lines.get(at..).unwrap_or_default().join("\n");
        quoted.trim().chars().count()
    });
    (kept, quoted)
}

/// Whether everything from this line on is a quotation.
fn quotes_from(lines: &[&str], at: usize) -> bool {
    let rest = lines.get(at..).unwrap_or_default();
    let Some((first, below)) = rest.split_first() else {
        return false;
    };
    divides(first) || begins_head(first, below) || wrote(first, below) || all_quoted(rest)
}

fn divides(line: &str) -> bool {
    let line = line.trim();
    let bare = line.trim_matches(['-', ' ']);
    line.starts_with("--") && line.ends_with("--") && DIVIDERS.contains(&bare.to_lowercase().as_str())
}

fn begins_head(first: &str, below: &[&str]) -> bool {
    let starts = |line: &str, word: &str| {
        let bare = line.trim().trim_matches('*').to_lowercase();
        let after = bare.strip_prefix(word.trim_end_matches(':'));
        after.is_some_and(|after| after.trim_start_matches(['*', ' ']).starts_with([':', '：']))
    };
    HEADS.iter().any(|(head, follows)| {
        starts(first, head) && below.iter().take(HEAD_LINES).any(|line| starts(line, follows))
    })
}

/// 'On Monday he wrote:', over one line or two, and then nothing but quoted lines.
fn wrote(first: &str, below: &[&str]) -> bool {
    let ends = |line: &str| WROTE.iter().any(|word| line.trim_end().ends_with(word));
    if ends(first) {
        return all_quoted(below);
    }
    let begins = ["On ", "在"]
        .iter()
        .any(|word| first.trim_start().starts_with(word));
    match below.split_first() {
        Some((second, below)) => begins && ends(second) && all_quoted(below),
        None => false,
    }
}

fn all_quoted(lines: &[&str]) -> bool {
    let mut written = lines.iter().filter(|line| !line.trim().is_empty()).peekable();
    written.peek().is_some() && written.all(|line| line.starts_with('>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_below_is_cut_and_nothing_else() {
        for (text, kept, cuts) in [
            ("还没收到货", "还没收到货", false),
            ("还没收到\n\n> 您好\n> 已发货\n", "还没收到", true),
            (
                "还没收到\n\n在 2026年1月1日，演示店铺 写道：\n> 您好\n",
                "还没收到",
                true,
            ),
            (
                "Not yet.\n\nOn Thu, Jan 1, 2026 at 9:00 the shop\n<a@b.example> wrote:\n\n> Dear\n",
                "Not yet.",
                true,
            ),
            (
                "还没收到\n\n------------------ 原始邮件 ------------------\n发件人: 店\n",
                "还没收到",
                true,
            ),
            (
                "Not yet.\n\n-----Original Message-----\nFrom: shop\n",
                "Not yet.",
                true,
            ),
            (
                "还没收到\n发件人: 店\n发送时间: 今天\n收件人: 我\n主题: 售后单 1\n\n您好",
                "还没收到",
                true,
            ),
            (
                "Not yet.\n*From:* shop\n*Sent:* today\n*Subject:* Case 1\n\nDear",
                "Not yet.",
                true,
            ),
            // Answered line by line: everything stays.
            (
                "> 收到了吗？\n没有\n> 要退吗？\n要",
                "> 收到了吗？\n没有\n> 要退吗？\n要",
                false,
            ),
            ("他写道：\n我要退货", "他写道：\n我要退货", false),
            ("From: 杭州\nTo: 上海", "From: 杭州\nTo: 上海", false),
            ("--\n小满", "--\n小满", false),
            // Only quoted: it is all there is.
            ("> 您好", "> 您好", false),
            (
                "-----Original Message-----\n转给您",
                "-----Original Message-----\n转给您",
                false,
            ),
            ("", "", false),
        ] {
            let (said, quoted) = reply(text);
            assert_eq!((said.as_str(), quoted > 0), (kept, cuts), "{text}");
        }
    }
}
