//! The words that the law wants on exempt and confidential papers, and on the agenda where the
//! press and public are to be excluded.
//!
//! England: Local Government Act 1972, s.100A(4), s.100B(5), Schedule 12A Part 1 (paragraphs 1 to
//! 7). Wales: the same act, Schedule 12A Part 4 (paragraphs 12 to 18). Scotland: Local Government
//! (Scotland) Act 1973, s.50A(4), Schedule 7A Part I. Northern Ireland: Local Government Act
//! (Northern Ireland) 2014, s.42, Schedule 6 Part 1.

use super::words::Words;
use crate::model::{Access, Jurisdiction};

/// "Not for publication: paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"; none
/// for what is public.
pub fn notice(access: &Access, jurisdiction: Jurisdiction, words: Words) -> Option<String> {
    let heading = words.not_for_publication();
    match (access, words.tongue().reason(access, jurisdiction)) {
        (Access::Public, _) => None,
        (_, Some(reason)) => Some(format!("{heading}: {reason}")),
        (_, None) => Some(heading.to_owned()),
    }
}

/// The resolution that lets a meeting exclude the press and public (s.100A(4), (5)).
pub fn resolution(access: &Access, jurisdiction: Jurisdiction, words: Words) -> Option<String> {
    let interest = match access {
        Access::Exempt {
            public_interest, ..
        } => public_interest.as_deref(),
        Access::Public | Access::Confidential { .. } => return None,
    };
    let power = match jurisdiction {
        Jurisdiction::England | Jurisdiction::Wales => {
            "section 100A(4) of the Local Government Act 1972"
        }
        Jurisdiction::Scotland => "section 50A(4) of the Local Government (Scotland) Act 1973",
        Jurisdiction::NorthernIreland => {
            "section 42 of the Local Government Act (Northern Ireland) 2014"
        }
    };
    let citation = match (words, words.tongue().reason(access, jurisdiction)) {
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
    if let Some(interest) = interest {
        text.push(' ');
        text.push_str(match words {
            Words::English => "The public interest in keeping it private outweighs the public interest in disclosing it:",
            Words::Welsh => "Mae budd y cyhoedd o'i chadw'n breifat yn fwy na budd y cyhoedd o'i datgelu:",
        });
        text.push(' ');
        text.push_str(interest);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exempt(paragraphs: &[u8]) -> Access {
        Access::Exempt {
            paragraphs: paragraphs.to_vec(),
            public_interest: Some("It would weaken the sale.".to_owned()),
            span: None,
        }
    }

    #[test]
    fn the_notice_cites_the_schedule_of_the_jurisdiction() {
        let notice = |paragraphs: &[u8], jurisdiction| {
            notice(&exempt(paragraphs), jurisdiction, Words::English).unwrap_or_default()
        };
        assert_eq!(
            notice(&[3], Jurisdiction::England),
            "Not for publication: paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
        );
        assert_eq!(
            notice(&[12, 14], Jurisdiction::Wales),
            "Not for publication: paragraphs 12 and 14 of Part 4 of Schedule 12A, Local Government Act 1972"
        );
    }

    #[test]
    fn what_is_public_has_no_notice() {
        assert_eq!(
            notice(&Access::Public, Jurisdiction::England, Words::English),
            None
        );
    }

    #[test]
    fn the_resolution_gives_the_public_interest_reason() {
        let text = resolution(&exempt(&[3]), Jurisdiction::England, Words::English);
        assert!(text.is_some_and(|text| text.ends_with("It would weaken the sale.")));
    }
}
