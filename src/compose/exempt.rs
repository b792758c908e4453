//! The words that the law requires on exempt and confidential papers, and on the agenda where the
//! press and public are to be excluded. The model knows which law that is, and what it is called.

use super::words::Words;
use crate::model::law::REASON;
use crate::model::{Access, Law};

/// "Not for publication: paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"; `None`
/// for what is public.
pub fn notice(access: &Access, law: Law, words: Words) -> Option<String> {
    let heading = words.not_for_publication();
    match (access, words.tongue().reason(access, law)) {
        (Access::Public, _) => None,
        (_, Some(reason)) => Some(format!("{heading}: {reason}")),
        (_, None) => Some(heading.to_owned()),
    }
}

/// The resolution that lets a meeting exclude the press and public; `None` where the law itself
/// excludes them.
pub fn resolution(access: &Access, law: Law, words: Words) -> Option<String> {
    match law {
        Law::EnglishParish | Law::WelshCommunity | Law::ScottishCommunity => {
            prejudicial(access, law, words)
        }
        Law::England
        | Law::EnglishExecutive
        | Law::Wales
        | Law::Scotland
        | Law::NorthernIreland
        | Law::NorthernIrishExecutive => exempt(access, law, words),
    }
}

/// A principal council's resolution: exempt information, as a schedule describes it, would be
/// disclosed.
fn exempt(access: &Access, law: Law, words: Words) -> Option<String> {
    let Access::Exempt {
        public_interest, ..
    } = access
    else {
        return None;
    };
    let power = words.tongue().power(law)?;
    let citation = match (words, words.tongue().reason(access, law)) {
        (_, None) => String::new(),
        (Words::English, Some(reason)) => format!(" as defined in {reason}"),
        (Words::Welsh, Some(reason)) => format!(" fel y'i diffinnir ym {reason}"),
    };
    let mut text = match words {
        Words::English => format!(
            "That under {power} the press and public be excluded from the meeting during this item, because it is likely that exempt information{citation} would be disclosed."
        ),
        Words::Welsh => format!(
            "Bod y wasg a'r cyhoedd yn cael eu gwahardd o'r cyfarfod yn ystod yr eitem hon o dan {power}, gan ei bod yn debygol y byddai gwybodaeth eithriedig{citation} yn cael ei datgelu."
        ),
    };
    if let Some(interest) = public_interest {
        text.push(' ');
        if REASON.arises(law) {
            text.push_str(match words {
                Words::English => "The public interest in keeping it private outweighs the public interest in disclosing it:",
                Words::Welsh => "Mae budd y cyhoedd o'i chadw'n breifat yn fwy na budd y cyhoedd o'i datgelu:",
            });
            text.push(' ');
        }
        text.push_str(interest);
    }
    Some(text)
}

/// The resolution of a parish or community council: publicity would be prejudicial to the public
/// interest because of the nature of the business.
fn prejudicial(access: &Access, law: Law, words: Words) -> Option<String> {
    let interest = match access {
        Access::Public => return None,
        Access::Confidential { .. } => None,
        Access::Exempt {
            public_interest, ..
        } => public_interest.as_deref(),
    };
    let under = match (words, words.tongue().power(law)) {
        (_, None) => String::new(),
        (Words::English, Some(power)) => format!(" under {power}"),
        (Words::Welsh, Some(power)) => format!(" o dan {power}"),
    };
    let mut text = match words {
        Words::English => format!(
            "That{under} the press and public be excluded from the meeting during this item, because publicity would be prejudicial to the public interest by reason of the confidential nature of the business to be transacted"
        ),
        Words::Welsh => format!(
            "Bod y wasg a'r cyhoedd yn cael eu gwahardd o'r cyfarfod yn ystod yr eitem hon{under}, gan y byddai cyhoeddusrwydd yn niweidiol i fudd y cyhoedd oherwydd natur gyfrinachol y busnes i'w drafod"
        ),
    };
    match interest {
        Some(interest) => {
            text.push_str(": ");
            text.push_str(interest);
        }
        None => text.push('.'),
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exempt_by(paragraphs: &[u8]) -> Access {
        Access::Exempt {
            paragraphs: paragraphs.to_vec(),
            public_interest: Some("It would weaken the sale.".to_owned()),
            span: None,
        }
    }

    #[test]
    fn the_notice_cites_the_schedule_of_the_jurisdiction() {
        let notice = |paragraphs: &[u8], law| {
            notice(&exempt_by(paragraphs), law, Words::English).unwrap_or_default()
        };
        assert_eq!(
            notice(&[3], Law::England),
            "Not for publication: paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
        );
        assert_eq!(
            notice(&[12, 14], Law::Wales),
            "Not for publication: paragraphs 12 and 14 of Part 4 of Schedule 12A, Local Government Act 1972"
        );
    }

    #[test]
    fn what_is_public_has_no_notice() {
        assert_eq!(notice(&Access::Public, Law::England, Words::English), None);
    }

    #[test]
    fn the_resolution_gives_the_public_interest_reason() {
        let text = resolution(&exempt_by(&[3]), Law::England, Words::English);
        assert!(text.is_some_and(|text| text.ends_with("It would weaken the sale.")));
    }

    #[test]
    fn each_law_has_a_resolution_of_its_own() {
        let said = |law| resolution(&exempt_by(&[3]), law, Words::English).unwrap_or_default();
        for (law, holds, lacks) in [
            (
                Law::England,
                "section 100A(4) of the Local Government Act 1972",
                "1960",
            ),
            (Law::EnglishExecutive, "regulation 4(2)", "100A"),
            (
                Law::EnglishParish,
                "section 1(2) of the Public Bodies (Admission to Meetings) Act 1960",
                "12A",
            ),
            (
                Law::WelshCommunity,
                "section 1(2) of the Public Bodies (Admission to Meetings) Act 1960",
                "12A",
            ),
            (Law::Scotland, "section 50A(4)", "public interest"),
            (Law::ScottishCommunity, "prejudicial", "Act"),
            (Law::NorthernIreland, "Northern Ireland", "12A"),
        ] {
            let said = said(law);
            assert!(said.contains(holds), "{law:?}: {said}");
            assert!(!said.contains(lacks), "{law:?}: {said}");
            assert!(
                said.ends_with("It would weaken the sale."),
                "{law:?}: {said}"
            );
        }
    }
}
