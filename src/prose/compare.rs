//! Two versions of a text, word by word.

/// The most pairs of words, or of paragraphs, that are compared one by one.
const MOST: usize = 4_000_000;
/// Unchanged words that are shown on each side of a change.
const AROUND: usize = 6;

/// Two versions of a paragraph as one, with a few words around each change.
pub fn between(old: &str, new: &str) -> String {
    let old: Vec<&str> = old.split(' ').collect();
    let new: Vec<&str> = new.split(' ').collect();
    let mut line: Vec<String> = Vec::new();
    let mut at = 0;
    let runs = runs(&old, &new);
    for (index, run) in runs.iter().enumerate() {
        let same = &new[at..run.new.start];
        let lead = if index == 0 { 0 } else { AROUND };
        line.extend(shortened(same, lead, AROUND));
        if !run.old.is_empty() {
            line.push(format!("[-{}-]", old[run.old.clone()].join(" ")));
        }
        if !run.new.is_empty() {
            line.push(format!("{{+{}+}}", new[run.new.clone()].join(" ")));
        }
        at = run.new.end;
    }
    line.extend(shortened(&new[at..], AROUND, 0));
    line.join(" ")
}

/// The first and the last few of some words, with an ellipsis for those between them.
fn shortened(words: &[&str], first: usize, last: usize) -> Vec<String> {
    if words.len() <= first + last {
        return words.iter().map(|&word| word.to_owned()).collect();
    }
    let (start, end) = (&words[..first], &words[words.len() - last..]);
    let gap = std::iter::once(&"…");
    let kept = start.iter().chain(gap).chain(end);
    kept.map(|&word| word.to_owned()).collect()
}

/// Where two lists differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What is only in the old one.
    pub old: std::ops::Range<usize>,
    /// What is only in the new one.
    pub new: std::ops::Range<usize>,
}

/// The runs in which two lists differ, by their longest common subsequence. Where they are too long
/// to be compared one by one, what is between their common ends is one run.
pub fn runs<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Run> {
    let start = old
        .iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = rest.take_while(|(old, new)| old == new).count();
    let (a, b) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut runs: Vec<Run> = Vec::new();
    let mut differs =
        |old: std::ops::Range<usize>, new: std::ops::Range<usize>| match runs.last_mut() {
            Some(last) if last.old.end == old.start && last.new.end == new.start => {
                (last.old.end, last.new.end) = (old.end, new.end);
            }
            _ => runs.push(Run { old, new }),
        };
    if a.len().saturating_mul(b.len()) > MOST {
        differs(start..start + a.len(), start..start + b.len());
        return runs;
    }
    // lengths[i][j]: how much of a[i..] and b[j..] is common.
    let width = b.len() + 1;
    let mut lengths = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * width + j] = if a[i] == b[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let (from, to) = (start + i, start + j);
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len()
            || (i < a.len() && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
        {
            differs(from..from + 1, to..to);
            i += 1;
        } else {
            differs(from..from, to..to + 1);
            j += 1;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_changed_stand_among_those_that_did_not() {
        assert_eq!(
            between(
                "The cost is £4,200 a year for each of the three parks.",
                "The cost is £4,900 a year for each of the parks."
            ),
            "The cost is [-£4,200-] {+£4,900+} a year for each of the [-three-] parks."
        );
        let long = "one two three four five six seven eight nine ten".to_owned();
        assert_eq!(
            between(&long, &format!("{long} eleven")),
            "… five six seven eight nine ten {+eleven+}"
        );
    }
}
