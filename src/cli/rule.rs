//! `pack rule CODE` and `pack rules`: what is checked, and why.

use super::{Outcome, Screen};
use crate::check::{self, Rule, rules};
use crate::finding::Code;
use crate::load::codes;
use crate::pipeline;

/// Explain a rule: what it finds, why it matters, where it comes from, and what to do
#[derive(Debug, clap::Args)]
pub(super) struct RuleArgs {
    /// The rule's code, as findings show it in brackets
    #[arg(value_name = "CODE")]
    code: String,
}

/// List every rule and how serious it is
#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// Print the full explanations, as Markdown
    #[arg(long)]
    markdown: bool,
}

pub(super) fn rule(args: &RuleArgs, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let Some(rule) = rules::find(&args.code) else {
        if let Some((code, words)) = codes::EXPLAINED
            .iter()
            .find(|(code, _)| code.0 == args.code)
        {
            screen.print(&format!(
                "{code}\n\n{}\n\nFound when the files are read, before any rule looks at the meeting; the\nfinding itself says where, and what to do.\n",
                words.trim()
            ))?;
            return Ok(Outcome::Clean);
        }
        if let Some((code, words)) = of_builds().find(|(code, _)| code.0 == args.code) {
            screen.print(&format!(
                "{code}\n\n{words}\n\nSaid when a pack is built.\n"
            ))?;
            return Ok(Outcome::Clean);
        }
        return Err(unknown(&args.code));
    };
    screen.print(&explanation(rule))?;
    Ok(Outcome::Clean)
}

/// Refuses misspelt codes.
///
/// # Errors
/// Names the first code that no finding has.
pub(super) fn all_known<'a>(codes: impl Iterator<Item = &'a String>) -> anyhow::Result<()> {
    for code in codes {
        let is_known = |known: Code| known.0 == code;
        if !known().any(is_known) {
            return Err(unknown(code));
        }
    }
    Ok(())
}

/// Every code that a finding may have.
fn known() -> impl Iterator<Item = Code> {
    let of_rules = rules::RULES.iter().map(|rule| rule.code);
    of_rules
        .chain(codes::EXPLAINED.iter().map(|(code, _)| *code))
        .chain(of_builds().map(|(code, _)| code))
}

/// The codes that no rule and no reader of files has, with what they say.
fn of_builds() -> impl Iterator<Item = (Code, &'static str)> {
    pipeline::codes::explained()
        .filter(|(code, _)| rules::find(code.0).is_none())
        .chain([(
            check::codes::UNKNOWN_RULE,
            "A severity under [check] has no effect, because no finding has that code.",
        )])
}

fn unknown(code: &str) -> anyhow::Error {
    let distance = |known: &Code| strsim::osa_distance(known.0, code);
    let near = known().min_by_key(distance);
    match near.filter(|near| distance(near) <= 4) {
        Some(near) => anyhow::anyhow!("there is no rule {code}; did you mean {near}?"),
        None => anyhow::anyhow!("there is no rule {code}; `pack rules` lists them all"),
    }
}

pub(super) fn rules(args: &RulesArgs, screen: &mut Screen) -> anyhow::Result<Outcome> {
    if args.markdown {
        screen.print(&reference())?;
        return Ok(Outcome::Clean);
    }
    let mut text = String::new();
    let mut room = None;
    for rule in rules::RULES {
        if room != Some(rule.room) {
            if room.is_some() {
                text.push('\n');
            }
            text.push_str(&format!("{}\n", rule.room.title()));
            room = Some(rule.room);
        }
        text.push_str(&format!(
            "  {:<34} {:<8} {}\n",
            rule.code.0,
            rule.severity.as_str(),
            rule.summary
        ));
    }
    screen.print(&text)?;
    Ok(Outcome::Clean)
}

/// The reference of all rules as Markdown.
pub fn reference() -> String {
    let mut text = String::from(
        "# The rules of `pack check`\n\nEach rule has a code and a severity. A council sets another \
         severity in `council.toml`, a pack in its `pack.toml`:\n\n```toml\n[check]\ndoubled-word = \
         \"allow\"             # allow | note | warning | error\n```\n\nA finding is allowed at one place \
         by a comment above or beside it, with the reason:\n`<!-- pack: allow CODE: why -->` in Markdown, \
         `# pack: allow CODE: why` in TOML.\n",
    );
    let mut room = None;
    for rule in rules::RULES {
        if room != Some(rule.room) {
            text.push_str(&format!("\n## {}\n", rule.room.title()));
            room = Some(rule.room);
        }
        text.push_str(&format!(
            "\n### `{}`\n\n{}. Default: {}.\n\n{}\n\n- Basis: {}\n- Remedy: {}.\n\n```text\n{}\n```\n",
            rule.code,
            rule.summary,
            rule.severity.as_str(),
            rule.explanation,
            rule.basis.trim_end_matches('.'),
            rule.remedy.trim_end_matches('.'),
            rule.example
        ));
    }
    text.push_str(
        "\n## Files that cannot be understood\n\nFound when the files are read, before any rule looks at the \
         meeting.\n\n| Code | What it says |\n| --- | --- |\n",
    );
    for (code, words) in codes::EXPLAINED {
        if rules::find(code.0).is_none() {
            text.push_str(&format!("| `{code}` | {} |\n", words.trim()));
        }
    }
    text.push_str(
        "\n## What a build says\n\nFindings about how a pack was built.\n\n| Code | What it says |\n| --- | --- |\n",
    );
    for (code, words) in of_builds() {
        text.push_str(&format!("| `{code}` | {words} |\n"));
    }
    text
}

fn explanation(rule: &Rule) -> String {
    format!(
        "{} ({})\n\n{}.\n\n{}\n\nBasis:   {}\n\nExample:\n{}\n\nRemedy:  {}.\n\nIn council.toml or pack.toml, `[check] {} = \"allow\"` turns it off;\n`<!-- pack: allow {}: why -->` allows it at one place.\n",
        rule.code,
        rule.severity.as_str(),
        rule.summary,
        wrapped(rule.explanation, 80, ""),
        wrapped(rule.basis, 71, "         "),
        rule.example
            .lines()
            .map(|line| format!("    {line}"))
            .collect::<Vec<_>>()
            .join("\n"),
        wrapped(rule.remedy.trim_end_matches('.'), 71, "         "),
        rule.code,
        rule.code
    )
}

/// Text in lines of at most `width` characters, those after the first indented.
fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let current = lines.last().map_or(0, |line| line.chars().count());
        if current > 0 && current + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join(&format!("\n{indent}"))
}
