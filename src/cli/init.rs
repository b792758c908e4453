//! `pack init`: a council's folder, begun with the answers to four questions.

use std::io::{self, BufRead, IsTerminal as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::beginning::{Beginning, usual_body};
use super::{Outcome, Screen, new};
use crate::model::{Jurisdiction, Tier};

/// Start a folder for your council: asks for its name, nation, tier and first committee
///
/// Options answer the questions in advance. Nothing is asked where there is no terminal.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to start in; made if it does not exist
    #[arg(default_value = ".")]
    folder: PathBuf,

    /// The council's name
    #[arg(long)]
    name: Option<String>,

    /// The nation whose law it follows: england, wales, scotland or northern-ireland
    #[arg(long, value_name = "NATION", value_parser = |word: &str| chosen(&Jurisdiction::WORDS, word))]
    jurisdiction: Option<Jurisdiction>,

    /// Its tier: principal (county, district, borough, unitary), or parish for a parish, town or
    /// community council
    #[arg(long, value_parser = |word: &str| chosen(&Tier::WORDS, word))]
    tier: Option<Tier>,

    /// Its first committee or other body, such as "Planning Committee"
    #[arg(long)]
    body: Option<String>,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    if args.folder.join("council.toml").exists() {
        bail!(
            "{} already has a council.toml: `pack new meeting` starts the next meeting",
            args.folder.display()
        );
    }
    let beginning = if io::stdin().is_terminal() && io::stderr().is_terminal() {
        asked(args, &mut io::stdin().lock(), &mut io::stderr())?
    } else {
        let name = args.name.clone().context(
            "give the council's name: pack init --name \"Anytown Council\" (questions are asked only at a terminal)",
        )?;
        let tier = args.tier.unwrap_or(Tier::Principal);
        Beginning {
            jurisdiction: args.jurisdiction.unwrap_or(Jurisdiction::England),
            tier,
            body: args.body.clone().unwrap_or_else(|| usual_body(&name, tier)),
            name,
        }
    };
    new::council(&args.folder, &beginning, screen)?;
    Ok(Outcome::Clean)
}

/// Asks for whatever the arguments do not say.
fn asked(
    args: &Args,
    input: &mut impl BufRead,
    screen: &mut impl io::Write,
) -> anyhow::Result<Beginning> {
    let name = match &args.name {
        Some(name) => name.clone(),
        None => ask(
            input,
            screen,
            "What is your council called?",
            None,
            |name| (!name.is_empty()).then(|| name.to_owned()),
        )?,
    };
    let jurisdiction = match args.jurisdiction {
        Some(jurisdiction) => jurisdiction,
        None => choose(input, screen, "Where is it?", &Jurisdiction::WORDS)?,
    };
    let tier = match args.tier {
        Some(tier) => tier,
        None => choose(
            input,
            screen,
            "Is it a principal council (county, district, borough, unitary) or a parish, town or community council?",
            &Tier::WORDS,
        )?,
    };
    let body = match &args.body {
        Some(body) => body.clone(),
        None => {
            let usual = usual_body(&name, tier);
            ask(
                input,
                screen,
                "Which body meets first?",
                Some(&usual),
                |body| (!body.is_empty()).then(|| body.to_owned()),
            )?
        }
    };
    Ok(Beginning {
        name,
        jurisdiction,
        tier,
        body,
    })
}

/// Asks for one of several words; an empty answer means the first.
fn choose<T: Copy>(
    input: &mut impl BufRead,
    screen: &mut impl io::Write,
    question: &str,
    words: &[(&str, T)],
) -> anyhow::Result<T> {
    let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let question = format!("{question} {}", list.join(" | "));
    ask(input, screen, &question, list.first().copied(), |answer| {
        chosen(words, answer).ok()
    })
}

/// Asks until an answer can be used; an empty one means the usual answer.
fn ask<T>(
    input: &mut impl BufRead,
    screen: &mut impl io::Write,
    question: &str,
    usual: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> anyhow::Result<T> {
    loop {
        match usual {
            Some(usual) => write!(screen, "{question} [{usual}] ")?,
            None => write!(screen, "{question} ")?,
        }
        screen.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            bail!("stopped: nothing has been created");
        }
        let answer = match (line.trim(), usual) {
            ("", Some(usual)) => usual,
            (answer, _) => answer,
        };
        if let Some(answer) = read(answer) {
            return Ok(answer);
        }
    }
}

/// What a word stands for, however it is written: "Northern Ireland" is `northern-ireland`.
fn chosen<T: Copy>(words: &[(&str, T)], word: &str) -> Result<T, String> {
    let written = word.trim().to_lowercase().replace(' ', "-");
    words
        .iter()
        .find(|(known, _)| *known == written)
        .map(|(_, value)| *value)
        .ok_or_else(|| {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            format!("choose one of {}", list.join(", "))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Args = Args {
        folder: PathBuf::new(),
        name: None,
        jurisdiction: None,
        tier: None,
        body: None,
    };

    fn answered(args: &Args, answers: &str) -> anyhow::Result<Beginning> {
        asked(args, &mut answers.as_bytes(), &mut Vec::new())
    }

    #[test]
    fn an_answer_that_cannot_be_used_is_asked_for_again() {
        let begun = answered(&NOTHING, "\nNorth Anytown\nFrance\nNorthern Ireland\n\n\n");
        let begun = begun.expect("answers");
        assert_eq!(begun.name, "North Anytown");
        assert_eq!(begun.jurisdiction, Jurisdiction::NorthernIreland);
        assert_eq!(begun.tier, Tier::Principal);
        assert_eq!(begun.body, "Scrutiny Committee");
    }

    #[test]
    fn what_is_given_is_not_asked_for() {
        let args = Args {
            name: Some("Little Anytown Parish Council".to_owned()),
            tier: Some(Tier::Parish),
            ..NOTHING
        };
        let begun = answered(&args, "wales\n\n").expect("answers");
        assert_eq!(begun.jurisdiction, Jurisdiction::Wales);
        assert_eq!(begun.body, "Little Anytown Parish Council");
        assert_eq!(begun.body_id(), "council");
    }

    #[test]
    fn an_end_of_answers_makes_nothing() {
        assert!(answered(&NOTHING, "Anytown\n").is_err());
    }
}
